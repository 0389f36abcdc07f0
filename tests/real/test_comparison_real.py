"""The boundary of Yangzhou from a map service, GCJ-02, beside the four squares: drawn, and in no figure."""

from __future__ import annotations

import json
from pathlib import Path

import four_squares
import geopandas as gpd
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import landeff
from landeff.publish.map import build_map, map_model

pytestmark = pytest.mark.real
UNITS = ("321002", "321003", "321012", "321023", "321081", "321084")


def test_boundaries_in_gcj02_change_no_figure_and_are_drawn(real_data: Path) -> None:
    paths = [real_data / "yangzhou_boundary" / f"{unit}.geojson" for unit in UNITS]
    raw = four_squares.project()
    raw["project"]["district_code"] = "321000"
    plain = landeff.run(raw)
    raw["sources"]["comparison"] = [{"path": str(path), "crs": "GCJ-02"} for path in paths]
    compared = landeff.run(raw)
    for name in sorted(set(plain.dataset.tables) - {"comparison"}):
        one, other = pd.DataFrame(plain.table(name)), pd.DataFrame(compared.table(name))
        if name == "issues":
            other = other[other["table"].ne("comparison")].reset_index(drop=True)
        assert_frame_equal(one, other, obj=name)
    drawn = compared.table("comparison").geometry
    for path, shape in zip(paths, drawn, strict=True):
        assert shape.equals_exact(gpd.read_file(path).geometry.iloc[0], 0)  # not one digit shifted
    assert len(map_model(compared.dataset).outlines) == len(UNITS)
    page = build_map(compared.dataset).get_root().render()
    longitude, latitude = json.loads(paths[0].read_text("utf-8"))["coordinates"][0][0][0]
    assert f"[{longitude}, {latitude}]" in page or f"[{longitude},{latitude}]" in page
