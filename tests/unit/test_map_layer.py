"""``landeff.map_layer``: classes, legend and what it refuses."""

from __future__ import annotations

import builtins

import folium
import geopandas as gpd
import pytest
import shapely

import landeff
from landeff.core.errors import InputError, MissingExtraError


def _squares(**columns: list[object]) -> gpd.GeoDataFrame:
    n = len(next(iter(columns.values())))
    left = range(n)
    return gpd.GeoDataFrame(columns, geometry=shapely.box(left, 0, [x + 1 for x in left], 1), crs=4326)


def _legend(layer) -> list[tuple[str, int]]:
    return [(entry["title"], entry["n"]) for entry in layer.config["classes"]]


def test_works_in_any_folium_map():
    page = folium.Map(tiles=None)
    layer = landeff.map_layer(_squares(use=["a", "b", None]), "use", tooltip=["use"]).add_to(page)
    assert _legend(layer) == [("a", 1), ("b", 1), ("其他 / 无数据", 1)]
    assert "Landeff.layer(" in page.get_root().render()
    assert page.get_bounds() == [[0, 0], [1, 3]]


def test_numbers_are_classed_by_limits_given():
    layer = landeff.map_layer(
        _squares(far=[0.5, 1.0, 2.0, None]), "far", breaks=[2, 1], lang="en", missing="none"
    )
    assert _legend(layer) == [("< 1", 1), ("1–2", 1), ("≥ 2", 1), ("none", 1)]
    assert layer.config["method"] == ""


def test_the_legend_says_how_limits_were_found():
    numbers = _squares(v=[float(k) for k in range(100)])
    assert landeff.map_layer(numbers, "v").config["method"] == "分位数分级"
    layer = landeff.map_layer(numbers, "v", scheme="EqualInterval", classes=4, lang="en")
    assert layer.config["method"] == "classes by EqualInterval"
    assert layer.config["breaks"] == [24.8, 49.5, 74.2]  # 99/4 · k, three significant digits


def test_ties_of_categories_do_not_depend_on_the_order_of_rows():
    values = [*"bbaacd"]
    once = landeff.map_layer(_squares(v=values), "v")
    again = landeff.map_layer(_squares(v=values[::-1]), "v")
    assert _legend(once) == _legend(again) == [("a", 2), ("b", 2), ("c", 1), ("d", 1)]
    hatches = [entry["hatch"] for entry in once.config["classes"]]
    assert len(set(hatches)) == 4  # never colour alone


def test_truth_values_are_categories():
    assert _legend(landeff.map_layer(_squares(v=[True, False, True]), "v")) == [("True", 2), ("False", 1)]


def test_palettes():
    numbers = _squares(v=[1.0, 5.0])
    fills = [[e["fill"] for e in landeff.map_layer(numbers, "v", breaks=[2], palette=p).config["classes"]]
             for p in ("batlow", "batlow_r", ["#ffffff", "#000000"])]  # fmt: skip
    assert fills == [["#faccfa", "#011959"], ["#011959", "#faccfa"], ["#ffffff", "#000000"]]


def test_names_what_is_wrong():
    numbers = _squares(a=[1.0, 2.0])
    with pytest.raises(InputError, match="no column 'b'"):
        landeff.map_layer(numbers, "b")
    with pytest.raises(InputError, match="no column 'c'"):
        landeff.map_layer(numbers, tooltip={"c": "C"})
    with pytest.raises(InputError, match="no CRS"):
        landeff.map_layer(numbers.set_crs(None, allow_override=True))
    with pytest.raises(InputError, match="no palette 'jet'"):
        landeff.map_layer(numbers, "a", palette="jet")
    with pytest.raises(InputError, match="2 classes, but 1 colours"):
        landeff.map_layer(numbers, "a", breaks=[1.5], palette=["#ffffff"])
    with pytest.raises(InputError, match="is no colour"):
        landeff.map_layer(numbers, "a", breaks=[1.5], palette=["red;}</style>", "#ffffff"])
    with pytest.raises(InputError, match="no scheme 'Magic'"):
        landeff.map_layer(numbers, "a", scheme="Magic")


def test_a_scheme_without_its_extra_says_what_to_install(monkeypatch):
    original = builtins.__import__

    def refuse(name, *rest, **more):
        if name == "mapclassify":
            raise ImportError(name)
        return original(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(MissingExtraError, match="stats"):
        landeff.map_layer(_squares(a=[1.0, 2.0]), "a", scheme="FisherJenks")
