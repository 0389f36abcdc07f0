"""Districts as the base of the map page, in a real browser."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from landeff.core.dataset import Dataset
from landeff.publish.map import build_map

pytestmark = pytest.mark.browser
HOSTILE = '<img src=x onerror="window.__x=1">'
Z_INDEX = "+getComputedStyle(document.querySelector('.leaflet-{}-pane')).zIndex"
MEETING = """() => {
  const boxes = (name) => [...document.querySelectorAll(name)].map((each) => each.getBoundingClientRect());
  const names = boxes('.le-district-name');
  return names.flatMap((a, k) => [...boxes('.le-zone-name'), ...names.filter((_, j) => j !== k)].filter((b) =>
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)).length;
}"""
BOUNDS = "() => Landeff.app.map.getBounds().toBBoxString()"


@pytest.fixture(scope="module")
def with_districts(tiny_dataset: Dataset) -> Dataset:
    """Two districts around the zones, the first of those of the inventory, its name hostile."""
    zones = tiny_dataset.layer("zones")
    west, south, east, north = shapely.bounds(shapely.box(*zones.total_bounds).buffer(6_000))
    middle = (west + east) / 2
    codes = sorted(tiny_dataset.frame("inventory")["district_code"].unique())[:2]
    districts = gpd.GeoDataFrame(
        {"district_code": codes, "district_name": [HOSTILE, "乙区"][: len(codes)]},
        geometry=[shapely.box(west, south, middle, north), shapely.box(middle, south, east, north)][
            : len(codes)
        ],
        crs=zones.crs,
    )
    return Dataset(tiny_dataset.meta, {**tiny_dataset.tables, "districts": districts})


@pytest.fixture(scope="module")
def paths(
    tiny_dataset: Dataset, with_districts: Dataset, tmp_path_factory: pytest.TempPathFactory
) -> list[Path]:
    folder = tmp_path_factory.mktemp("districts")
    made = [folder / "with.html", folder / "without.html"]
    for path, dataset in zip(made, (with_districts, tiny_dataset), strict=True):
        build_map(dataset).save(path)
    return made


def _open(page, path):
    page.open_file(path)
    page.page.evaluate("Landeff.started")
    page.wait_until("Landeff.app.grid.isPainted()")


def test_below_everything_and_in_no_figure(page, paths):
    told = []
    for path in paths:
        _open(page, path)
        told.append([page.page.evaluate(BOUNDS), page.page.locator(".le-totals").inner_text()])
        page.assert_quiet()
    assert told[0] == told[1]  # fitted to the zones, the same sums
    assert page.page.locator(".leaflet-le-districts-pane").count() == 0
    assert page.page.locator(".le-to-district").count() == 0
    _open(page, paths[0])
    below, tiles = (page.page.evaluate(Z_INDEX.format(name)) for name in ("le-districts", "tile"))
    assert below < tiles
    land = page.page.locator(".leaflet-le-districts-pane path[fill='#fff']")
    assert land.count() == page.page.evaluate("() => Landeff.app.config.districts.outlines.length") >= 1
    assert land.first.evaluate("path => getComputedStyle(path).pointerEvents") == "none"


def test_names_are_text_and_never_meet_others(page, paths):
    _open(page, paths[0])
    seen = 0
    for step in (0, -1, -1, 3, 1):
        page.page.evaluate(
            "(by) => Landeff.app.map.setZoom(Landeff.app.map.getZoom() + by, {animate: false})", step
        )
        page.page.wait_for_timeout(60)
        seen += page.page.locator(".le-district-name").count()
        assert page.page.evaluate(MEETING) == 0
    assert seen > 0
    assert page.page.evaluate("window.__x") is None
    page.assert_quiet()


def test_the_table_leads_to_the_outline_by_keyboard(page, paths):
    _open(page, paths[0])
    before = page.page.evaluate(BOUNDS)
    button = page.page.locator(".le-to-district").first
    button.focus()
    page.page.keyboard.press("Enter")
    assert page.page.evaluate(BOUNDS) != before
    first = "Landeff.app.config.districts.outlines[0].bounds"
    assert page.page.evaluate(f"() => Landeff.app.map.getBounds().contains({first})")
    page.assert_quiet()
