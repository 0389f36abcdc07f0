"""The twenty lines that draw a map of Cambridge."""

from __future__ import annotations

import json
import runpy
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.real
SCRIPT = Path(__file__).parents[2] / "examples" / "cambridge_map.py"


def test_twenty_lines():
    lines = SCRIPT.read_text("utf-8").splitlines()
    assert sum(bool(line.strip()) for line in lines) <= 20


def test_every_parcel_is_on_the_map(real_data, tmp_path):
    folder = real_data / "cambridge"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["cambridge_map.py", str(folder), str(tmp_path / "map.html")])
        names = runpy.run_path(str(SCRIPT), run_name="__main__")
    expected = json.loads((folder / "expected_fy2013.json").read_text())
    parcels = names["parcels"]
    assert len(parcels) == expected["distinct_ML_polygons"]
    assert parcels["Tax"].notna().sum() == expected["ML_matched"]
    assert parcels["Tax"].sum() * 1000 == pytest.approx(expected["matched_est_tax"], rel=1e-6)
    area = expected["all_polygon_area_km2_geodesic"]
    assert parcels.to_crs(26986).area.sum() / 1e6 == pytest.approx(area, rel=5e-3)
    layers = [each for each in names["page"]._children.values() if hasattr(each, "store")]
    assert sum(entry["n"] for entry in layers[0].config["classes"]) == len(parcels)
    page = (tmp_path / "map.html").read_text("utf-8")
    assert "<title>What the land of Cambridge paid in 2013</title>" in page
    assert len(page) < 1_500_000
    assert "cdn." not in page
