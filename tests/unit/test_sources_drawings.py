"""DXF: closed lines of one CAD layer as parcels, holes if declared, arcs, texts."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import drawings
import pytest

from landeff.core.errors import InputError
from landeff.sources.readers import Raw, read, reader_of

CRS = "EPSG:4528"
X0, Y0 = 40_443_000.0, 3_586_000.0


def codes(raw: Raw) -> list[str]:
    return sorted(issue.code for issue in raw.issues)


def drawing(path: Path, *more: str, **settings: Any) -> Path:
    squares = [drawings.shifted(drawings.SQUARE, X0 + x, Y0) for x in (0, 200)]
    inner = drawings.shifted([(x / 5, y / 5) for x, y in drawings.SQUARE], X0 + 210, Y0 + 10)  # 20 m
    return drawings.dxf(
        path,
        drawings.old_line("宗地", squares[0]),
        drawings.line("宗地", squares[1]),
        drawings.line("宗地", inner),
        drawings.line("宗地", drawings.shifted(drawings.SQUARE, X0, Y0 + 300), closed=False),
        drawings.old_line("宗地", drawings.shifted(drawings.SQUARE, X0 + 500, Y0), paper=True),
        drawings.text("注记", X0 + 50, Y0 + 20, "甲公司"),
        drawings.text("注记", X0 + 50, Y0 + 60, "321003001001GB00001"),
        *more,
        **settings,
    )


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"page": "ANSI_1252"},  # as drawings exchanged between systems say
        {"version": "AC1032", "encoding": "utf-8"},
    ],
)
def test_closed_lines_of_a_drawing(tmp_path: Path, settings: dict[str, Any]) -> None:
    raw = read(drawing(tmp_path / "a.dxf", **settings))
    assert raw.frame.geometry.area.tolist() == [10_000, 10_000, 400]
    assert raw.frame["Text"].iloc[0] == "321003001001GB00001; 甲公司"
    assert raw.frame["Layer"].tolist() == ["宗地"] * 3
    assert raw.crs == CRS  # from the eastings
    told = {issue.code: issue.value for issue in raw.issues}
    assert told["not_polygons"] == "1 LineString"  # the open one; paper space is no land
    assert told["outline_in_outline"] == "1 of 3"


def test_holes_of_a_drawing_are_declared(tmp_path: Path) -> None:
    raw = read(drawing(tmp_path / "a.dxf"), holes=True)
    assert raw.frame.geometry.area.tolist() == [10_000, 9_600]
    assert "outline_in_outline" not in codes(raw)


def test_an_island_in_a_hole_is_land(tmp_path: Path) -> None:
    rings = [[(d, d), (100 - d, d), (100 - d, 100 - d), (d, 100 - d)] for d in (0, 10, 20, 30)]
    lines = [drawings.line("A", drawings.shifted(ring, X0, Y0)) for ring in rings]
    raw = read(drawings.dxf(tmp_path / "a.dxf", *lines), holes=True)
    # Sides 100, 80, 60, 40: 10 000 − 6 400 and 3 600 − 1 600.
    assert raw.frame.geometry.area.tolist() == [3_600, 2_000]


def test_arcs_of_a_drawing(tmp_path: Path) -> None:
    circle = drawings.line("A", [(X0, Y0), (X0 + 10, Y0)], bulge=1.0)
    raw = read(drawings.dxf(tmp_path / "a.dxf", circle))
    assert raw.frame.geometry.area.iloc[0] == pytest.approx(math.pi * 25, rel=4e-6)


def test_the_layer_of_a_drawing_has_to_be_named(tmp_path: Path) -> None:
    other = drawings.line("房屋", drawings.shifted(drawings.SQUARE, X0, Y0 + 500))
    path = drawing(tmp_path / "a.dxf", other)
    assert reader_of(path).names(path) == ("宗地", "房屋")
    with pytest.raises(InputError, match="holds 2 layers"):
        read(path)
    assert len(read(path, layer="房屋").frame) == 1
    with pytest.raises(InputError, match="has no layer '注记'"):  # no closed line in it
        read(path, layer="注记")
