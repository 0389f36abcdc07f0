"""Layers for comparison on the map page, in a real browser."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from landeff.core.dataset import Dataset
from landeff.publish.map import build_map

pytestmark = pytest.mark.browser
LINES = "[...document.querySelectorAll('.leaflet-le-outlines-pane path')]"
FILE = '<img src=x onerror="window.__x=1">.geojson'


@pytest.fixture(scope="module")
def map_path(tiny_dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    shapes = [shapely.box(119.39, 32.40, 119.41, 32.41), shapely.LineString([(119.39, 32.4), (119.4, 32.41)])]
    comparison = gpd.GeoDataFrame(
        {"name": ["甲", "乙"], "source_file": [FILE, "b.gpkg"], "crs_declared": ["GCJ-02", None]},
        geometry=shapes,
    )
    path = tmp_path_factory.mktemp("outlines") / "map.html"
    build_map(Dataset(tiny_dataset.meta, {**tiny_dataset.tables, "comparison": comparison})).save(path)
    return path


def test_switched_on_and_off(page, map_path):
    page.open_file(map_path)
    page.page.evaluate("Landeff.started")
    page.wait_until("Landeff.app.grid.isPainted()")
    totals = page.page.locator(".le-totals").inner_text()
    assert page.page.evaluate(f"{LINES}.length") == 0
    switch = page.page.get_by_role("checkbox", name="仅供对照（GCJ-02，未纠偏，偏移数百米）")
    assert not switch.is_checked()
    switch.check()
    assert page.page.evaluate(f"{LINES}.length") == 1
    look = "path => ['stroke', 'stroke-dasharray', 'fill'].map((name) => path.getAttribute(name))"
    line = page.page.locator(".leaflet-le-outlines-pane path").first
    assert line.evaluate(look) == ["#d4008f", "6 5", "none"]
    above = "+getComputedStyle(document.querySelector('.leaflet-{}-pane')).zIndex"
    assert page.page.evaluate(above.format("le-outlines")) > page.page.evaluate(above.format("overlay"))
    assert page.page.locator(".le-outline").first.inner_text().endswith(FILE)  # text, never markup
    page.page.get_by_role("checkbox", name="b.gpkg").check()
    assert page.page.evaluate(f"{LINES}.length") == 2
    switch.uncheck()
    assert page.page.evaluate(f"{LINES}.length") == 1
    assert page.page.locator(".le-totals").inner_text() == totals
    page.page.get_by_role("button", name="English").click()
    assert "for comparison only (GCJ-02, not shifted back" in page.page.locator(
        ".le-outlines"
    ).inner_text().lower().replace("gcj", "GCJ")
    assert page.page.evaluate("window.__x") is None
    page.assert_quiet()


def test_a_run_without_has_no_switch(page, tiny_dataset, tmp_path):
    build_map(tiny_dataset).save(tmp_path / "map.html")
    page.open_file(tmp_path / "map.html")
    page.page.evaluate("Landeff.started")
    assert page.page.locator(".le-outlines").count() == 0
    page.assert_quiet()
