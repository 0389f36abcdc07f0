"""What is wrong in boundary-point files, mended or told; and writing them."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from boundary_texts import (
    CORNERS,
    HEAD,
    LAND,
    PARCEL,
    POINTS,
    SAMPLE,
    E,
    N,
    box,
    codes,
    issue,
    land,
    parse,
    rows,
    shape,
)

from landeff.core.boundary_points import AREA, CLASS, ID, NAME, SHEET, USE
from landeff.core.errors import InputError
from landeff.publish.boundary_points import sheet_numbers, write_boundary_points
from landeff.sources.readers import Raw, read

GOOD = rows(5).replace("P1", "P2") + box(1, 500, 0, 600, 100)


@pytest.mark.parametrize(
    ("points", "line", "value"),
    [
        ("J1,1,3584000,40443000\nJ2,1,3584000\nJ3,1,3584100,40443100\n", 15, "J2,1,3584000"),
        ("J1,1,3584000,40443000\nJ2,1,358四,40443000\nJ3,1,3584100,40443100\n", 15, "J2,1,358四,40443000"),
        ("J1,1,3584000,40443000\nJ2,1,3E+06,40443000\nJ3,1,3584100,40443100\n", 15, "J2,1,3E+06,40443000"),
        ("J1,1,3584000,40443000\nJ2,1,3584000,40443100\n", 14, ""),
        ("", 13, ""),
        (
            "J1,1,3584000,40443000\nJ2,1,3584100,3584100\nJ3,1,3584100,40443100\nJ4,1,3584000,40443100\n",
            15,
            "3584100, 3584100",
        ),
    ],
)
def test_a_bad_parcel_is_told_and_the_rest_is_read(
    tmp_path: Path, points: str, line: int, value: str
) -> None:
    raw = parse(tmp_path, HEAD + rows("") + points + GOOD)
    assert raw.frame[ID].tolist() == ["P1", "P2"]
    assert shape(raw) is None
    assert shape(raw, 1).equals(land(500, 0, 600, 100))
    expected = {"source_row": line, "key": "P1", "value": value, "n": 1, "severity": "error"}
    assert issue(raw, "parcel_not_drawn") == expected


def test_closing_point_with_one_number_twice(tmp_path: Path) -> None:
    """The last row repeats X as Y; the first point of its ring says what was meant."""
    text = HEAD + PARCEL + POINTS[: POINTS.rindex("40443538.748")] + "3584149.011\n"
    raw = parse(tmp_path, text)
    assert shape(raw).equals_exact(LAND, 0)
    assert issue(raw, "closing_point_mended")["source_row"] == 18
    unproven = text.replace("J1,1,3584149.011,3584149.011", "J5,1,3584159.011,3584159.011")
    raw = parse(tmp_path, unproven)
    assert shape(raw) is None
    assert issue(raw, "parcel_not_drawn")["source_row"] == 18


def test_closing_point_of_an_arcpy_script(tmp_path: Path) -> None:
    """Easting first throughout, and the easting twice in the closing row."""
    points = [f"{place},1,{east},{north}" for place, (north, east) in enumerate(CORNERS, 1)]
    points.append(f"1,1,{CORNERS[0][1]},{CORNERS[0][1]}")
    raw = parse(tmp_path, HEAD + PARCEL + "\n".join(points) + "\n")
    assert shape(raw).equals_exact(LAND, 0)
    assert sorted(codes(raw)) == ["axes_swapped", "closing_point_mended"]


def test_closing_point_under_another_ring_number(tmp_path: Path) -> None:
    raw = parse(tmp_path, HEAD + PARCEL + POINTS[: POINTS.rindex("J1")] + "J1,3,3584149.011,40443538.748\n")
    assert shape(raw).equals_exact(LAND, 0)
    assert issue(raw, "closing_point_mended")["source_row"] == 18


def test_point_counts(tmp_path: Path) -> None:
    """A wrong count is borne out by the stated area (1 ha), or by a ring that closes; else it is not."""
    square = box(1, 0, 0, 100, 100)
    unclosed = square[: square.rindex("J1")]
    for count, area, points, is_drawn in [
        (9, 1.0, unclosed, True),
        (9, 2.0, square, False),
        (9, "", square, True),
        (9, "", unclosed, False),
    ]:
        raw = parse(tmp_path, HEAD + rows(count, area) + points)
        assert (shape(raw) is not None) == is_drawn
        assert ("point_count_differs" if is_drawn else "parcel_not_drawn") in codes(raw)


@pytest.mark.parametrize(
    ("area", "hectares", "code"),
    [
        ("1.0000", 1.0, []),
        ("10000", 1.0, ["area_unit_converted"]),
        ("15", 1.0, ["area_unit_converted"]),
        ("1.0000公顷", 1.0, []),
        ("10000㎡", 1.0, []),
        ("15亩", 1.0, []),
        ("2.5", 2.5, []),
        ("", None, []),
        ("0", None, ["impossible_value"]),
        ("约一公顷", None, ["not_a_number"]),
    ],
)
def test_units_of_stated_areas(tmp_path: Path, area: str, hectares: float | None, code: list[str]) -> None:
    """100 m by 100 m are 1 ha, 10 000 m² and 15 mu."""
    raw = parse(tmp_path, HEAD + rows(5, area) + box(1, 0, 0, 100, 100))
    assert raw.frame[AREA].astype("object").where(raw.frame[AREA].notna(), None).tolist() == [hectares]
    assert codes(raw) == code


def test_area_of_an_undrawn_parcel_is_in_the_unit_of_the_others(tmp_path: Path) -> None:
    text = HEAD + rows("", "250000") + "J1,1,甲,乙\n" + rows(5, "10000") + box(1, 0, 0, 100, 100)
    assert parse(tmp_path, text).frame[AREA].tolist() == [25.0, 1.0]


def test_rows_out_of_step(tmp_path: Path) -> None:
    for row, name in [
        (PARCEL.replace(",@", ""), "示例地块"),
        (PARCEL.removeprefix("5,"), "示例地块"),
        (PARCEL.replace("示例地块", "甲,乙"), "甲,乙"),
    ]:
        raw = parse(tmp_path, HEAD + row + POINTS)
        assert shape(raw).equals_exact(LAND, 0)
        assert raw.frame[[ID, NAME, AREA, CLASS]].iloc[0].tolist() == [
            "321003001002GB00012", name, 3.3914, "0601"]  # fmt: skip
        assert issue(raw, "parcel_row_mended")["source_row"] == 13


def test_lines_and_points_are_left_out(tmp_path: Path) -> None:
    text = HEAD + rows(2).replace("面", "线") + "1,1,3584000,40443000\n2,1,3584100,40443000\n" + GOOD
    raw = parse(tmp_path, text)
    assert raw.frame[ID].tolist() == ["P2"]
    assert issue(raw, "lines_points_left_out")["n"] == 1


def test_parameters_are_secret(tmp_path: Path) -> None:
    """转换参数 between datums are classified: not applied, not shown, not carried on."""
    text = SAMPLE.replace("0,0,0,0,0,0,0", "-12.0643,34.5,0.7,1.25,0,0,0")
    raw = parse(tmp_path, text)
    assert shape(raw).equals_exact(LAND, 0)
    assert codes(raw) == ["conversion_parameters_ignored"]
    assert "12.0643" not in repr(raw.issues) + repr(raw.frame.attrs)
    _write(raw, tmp_path / "b.txt")
    assert "转换参数=0,0,0,0,0,0,0" in (tmp_path / "b.txt").read_bytes().decode("gb18030")


def test_a_text_table_is_still_a_table(tmp_path: Path) -> None:
    raw = parse(tmp_path, "宗地代码\t面积（亩）\nA1\t12.5\nA2\t3\n", "gb18030")
    assert not isinstance(raw.frame, gpd.GeoDataFrame)
    assert raw.frame.to_dict("list") == {"宗地代码": ["A1", "A2"], "面积（亩）": ["12.5", "3"]}


def test_no_parcels(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="has no parcel row"):
        parse(tmp_path, HEAD)


def _write(raw: Raw, path: Path, **options: object) -> tuple[str, ...]:
    frame = raw.frame.set_crs(raw.crs, allow_override=True)  # type: ignore[attr-defined]
    return tuple(each.code for each in write_boundary_points(frame, path, **options))  # type: ignore[arg-type]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_the_sample_is_written_as_it_was(tmp_path: Path, encoding: str) -> None:
    raw = parse(tmp_path, SAMPLE, "gb18030")
    assert _write(raw, tmp_path / "b.txt", encoding=encoding) == ()
    assert (tmp_path / "b.txt").read_bytes() == SAMPLE.replace("\n", "\r\n").encode(encoding)


def test_points_are_numbered_through(tmp_path: Path) -> None:
    hole = land(0, 0, 100, 100).difference(land(20, 20, 60, 60))
    frame = gpd.GeoDataFrame({ID: ["P1"]}, geometry=[hole], crs="EPSG:4549")
    write_boundary_points(frame, tmp_path / "b.txt", area_m2=[8400.5])
    lines = (tmp_path / "b.txt").read_bytes().decode("gb18030").split("\r\n")
    assert [line.split(",")[:2] for line in lines[13:23]] == [
        ["J1", "1"], ["J2", "1"], ["J3", "1"], ["J4", "1"], ["J1", "1"],
        ["J5", "2"], ["J6", "2"], ["J7", "2"], ["J8", "2"], ["J5", "2"]]  # fmt: skip
    assert lines[12].startswith("10,0.8401,P1,")  # 8400.5 m², half up
    assert lines[8] == "带号=40"


def test_precision(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame(geometry=[shapely.box(443_000.126, 3_584_000, 443_100, 3_584_100)], crs=4549)
    for digits, text in [(2, "443000.13"), (3, "443000.126"), (4, "443000.1260")]:
        write_boundary_points(frame, tmp_path / "b.txt", digits=digits)
        written = (tmp_path / "b.txt").read_bytes().decode("gb18030")
        assert f",{text}\r\n" in written
        assert f"精度={10**-digits:.{digits}f}" in written
        again = read(tmp_path / "b.txt")
        _write(again, tmp_path / "c.txt")
        assert (tmp_path / "c.txt").read_bytes() == (tmp_path / "b.txt").read_bytes()


def test_text_of_a_cell_stays_in_its_cell(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame(
        {NAME: ["甲,乙\n[地块坐标]\r\n丙"], USE: ["a@"], CLASS: ["@"]},
        geometry=[land(0, 0, 9, 9)],
        crs="EPSG:4528",
    )
    write_boundary_points(frame, tmp_path / "b.txt")
    back = read(tmp_path / "b.txt").frame
    assert back[[NAME, USE, CLASS]].iloc[0].tolist() == ["甲，乙 [地块坐标] 丙", "a@", "@"]


def test_what_the_format_cannot_hold(tmp_path: Path) -> None:
    shapes = [land(0, 0, 9, 9), None, shapely.Point(E, N), shapely.Polygon()]
    frame = gpd.GeoDataFrame({ID: list("ABCD"), "税收": range(4)}, geometry=shapes, crs="EPSG:4528")
    told = write_boundary_points(frame, tmp_path / "b.txt")
    assert [(each.code, each.n) for each in told] == [("not_written", 3), ("column_not_written", 1)]
    assert read(tmp_path / "b.txt").frame[ID].tolist() == ["A"]
    for crs in ("EPSG:4490", "EPSG:32650", "EPSG:3857"):
        with pytest.raises(InputError, match="no Gauss-Krüger plane"):
            write_boundary_points(frame.set_crs(crs, allow_override=True), tmp_path / "c.txt")


def test_sheet_numbers() -> None:
    """GB/T 13989: 39°22′30″ is 3°22′30″ above 36°: 81 rows of 2′30″ from below, row 96 - 81 = 15 from above;
    114°33′45″ is 33′45″ east of 114°: 9 columns of 3′45″, column 10. Row J (36°–40°), zone 50 (114°–120°)."""
    points = np.array([shapely.Point(114.5625, 39.375), shapely.Point(119.4, 32.381)])
    assert sheet_numbers(points, "EPSG:4490") == ["J50G015010", "I50G087087"]


def test_missing_values_are_empty_cells(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame(
        {ID: ["P1"], NAME: [None], AREA: [np.nan], SHEET: ["X"]}, geometry=[land(0, 0, 9, 9)], crs=4528
    )
    write_boundary_points(frame, tmp_path / "b.txt")
    assert "\r\n5,,P1,,面,X,,,@\r\n" in (tmp_path / "b.txt").read_bytes().decode("gb18030")
    assert pd.isna(read(tmp_path / "b.txt").frame[AREA].iloc[0])
