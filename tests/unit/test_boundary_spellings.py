"""界址点坐标 with other separators, in full width, under other suffixes: one sample each time."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely

from landeff.core.boundary_points import AREA, CLASS, ID, NAME, SHEET, USE
from landeff.sources.readers import Raw, read

SAMPLE = """[属性描述]
数据产生单位=扬州市自然资源和规划局
坐标系=2000国家大地坐标系
几度分带=3
投影类型=高斯克吕格
计量单位=米
带号=40
[地块坐标]
5,3.3914,321003001002GB00012,示例地块,面,I50G087087,工业用地,0601,@
J1,1,3584149.011,40443538.748
J2,1,3584203.405,40443727.266
J3,1,3584370.013,40443681.145
J4,1,3584315.619,40443492.630
J1,1,3584149.011,40443538.748
"""
LAND = shapely.Polygon(
    [
        (40443538.748, 3584149.011),
        (40443727.266, 3584203.405),
        (40443681.145, 3584370.013),
        (40443492.630, 3584315.619),
    ]
)
FULL_WIDTH = {char: char + 0xFEE0 for char in range(0x21, 0x7F)}


def shown(raw: Raw) -> list[str]:
    (shape,) = raw.frame["geometry"]
    assert shape.normalize().equals_exact(LAND.normalize(), 1e-6)
    assert raw.frame[AREA].tolist() == [3.3914]
    assert raw.crs == "EPSG:4528"
    return [str(cell) for cell in raw.frame[[ID, NAME, SHEET, USE, CLASS]].iloc[0].str.normalize("NFKC")]


@pytest.mark.parametrize(
    "text",
    [
        SAMPLE.replace(",", "\t"),
        SAMPLE.replace(",", "；"),
        SAMPLE.replace(",", "，"),
        SAMPLE.translate(FULL_WIDTH),
    ],
    ids=["tabs", "semicolons", "full-width commas", "full width throughout"],
)
def test_other_separators_lose_no_cell(tmp_path: Path, text: str) -> None:
    path = tmp_path / "界址点.txt"
    path.write_bytes(text.encode("gb18030"))
    assert shown(read(path)) == ["321003001002GB00012", "示例地块", "I50G087087", "工业用地", "0601"]


@pytest.mark.parametrize("name", ["界址点.csv", "界址点.jzd", "界址点.dat"])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
def test_told_by_content(tmp_path: Path, name: str, encoding: str) -> None:
    (tmp_path / name).write_bytes(SAMPLE.encode(encoding))
    raw = read(tmp_path / name)
    assert shown(raw)[0] == "321003001002GB00012"
    assert "suffix_differs" in [issue.code for issue in raw.issues]


def test_the_encoding_is_told_with_confidence_and_sample(tmp_path: Path) -> None:
    path = tmp_path / "界址点.txt"
    path.write_bytes(SAMPLE.encode("gb18030"))
    (told,) = read(path).issues
    assert (told.code, told.value) == ("encoding_detected", "数据产生单位=扬州市自然资源和规划局")
    assert "confidence" in told.decision
