"""What ``landeff.OfflineMap`` does by itself, and the looks of a layer that follow from its data."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely

import landeff
from landeff.publish.map.layer import label_places


def _plots(**columns: list[object]) -> gpd.GeoDataFrame:
    left = range(len(next(iter(columns.values()))))
    return gpd.GeoDataFrame(columns, geometry=shapely.box(left, 0, [x + 1 for x in left], 1), crs=4326)


def _html(page: landeff.OfflineMap) -> str:
    return page.get_root().render()


def test_shows_all_of_its_layers_under_the_title_of_the_first():
    page = landeff.OfflineMap()
    landeff.map_layer(_plots(far=[0.5, 1.5]), "far", title="<i>Far</i>").add_to(page)
    landeff.map_layer(_plots(n=[1, 2, 3]), "n", title="second").add_to(page)
    text = _html(page)
    assert "[[0.0,0.0],[1.0,3.0]]);" in text
    assert "<title>&lt;i&gt;Far&lt;/i&gt;</title>" in text
    assert _html(page) == text


@pytest.mark.parametrize("place", ["location", "fit_bounds", "nothing"])
def test_a_place_that_was_chosen_stays(place):
    page = landeff.OfflineMap([32.4, 119.4] if place == "location" else None, title="mine")
    if place != "nothing":
        landeff.map_layer(_plots(far=[0.5]), "far", title="Far").add_to(page)
    if place == "fit_bounds":
        page.fit_bounds([[0, 0], [9, 9]])
    text = _html(page)
    assert "zoomSnap" not in text.split("<body>")[1]
    assert "<title>mine</title>" in text


def test_a_colour_more_than_classes_is_that_of_missing_numbers():
    plots = _plots(far=[0.5, 1.5, None])
    colours = ["#fbe6c5", "#45235c", "#e6e5e1"]
    entries = landeff.map_layer(plots, "far", breaks=[1], palette=colours).config["classes"]
    assert [(each["solid"], each["n"]) for each in entries] == [(colour, 1) for colour in colours]
    grey = landeff.map_layer(plots, "far", breaks=[1], palette=colours[:2]).config["classes"][2]["solid"]
    assert grey not in colours


def test_a_legend_with_a_title_of_its_own_says_what_its_numbers_are():
    plots = _plots(**{"Thousand US$ per mu": [0.5]})
    assert landeff.map_layer(plots, "Thousand US$ per mu").config["unit"] == ""
    assert (
        landeff.map_layer(plots, "Thousand US$ per mu", title="Tax").config["unit"] == "Thousand US$ per mu"
    )
    assert landeff.map_layer(plots, "Thousand US$ per mu", title="Tax", unit="k$").config["unit"] == "k$"


def test_labels_stand_inside_the_shape():
    """An L whose corner is above: half way up only the left leg is there, 1 of 10 wide: x = 0.5 / 10."""
    shape = shapely.Polygon([(0, 0), (1, 0), (1, 9), (10, 9), (10, 10), (0, 10)])
    right, down = label_places(gpd.GeoDataFrame(geometry=[shape, None, shapely.Polygon()], crs=4326))
    assert right.tolist() == [0.05, 0.5, 0.5]
    assert 0 < down[0] < 1
