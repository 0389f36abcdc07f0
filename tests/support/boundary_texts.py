"""Boundary-point texts made by hand."""

from __future__ import annotations

from pathlib import Path

import shapely

from landeff.sources.readers import Raw, read

E, N = 40_443_000, 3_584_000


HEAD = """[属性描述]
格式版本号=1.01版本
数据产生单位=扬州市自然资源和规划局
数据产生日期=2025-03-01
坐标系=2000国家大地坐标系
几度分带=3
投影类型=高斯克吕格
计量单位=米
带号=40
精度=0.001
转换参数=0,0,0,0,0,0,0
[地块坐标]
"""


PARCEL = "5,3.3914,321003001002GB00012,示例地块,面,I50G087087,工业用地,0601,@\n"


POINTS = """J1,1,3584149.011,40443538.748
J2,1,3584203.405,40443727.266
J3,1,3584370.013,40443681.145
J4,1,3584315.619,40443492.630
J1,1,3584149.011,40443538.748
"""


SAMPLE = HEAD + PARCEL + POINTS


#: North, east of the sample's four corners.
CORNERS = [
    (3584149.011, 40443538.748),
    (3584203.405, 40443727.266),
    (3584370.013, 40443681.145),
    (3584315.619, 40443492.630),
]


LAND = shapely.Polygon([(east, north) for north, east in CORNERS])


def parse(folder: Path, text: str, encoding: str = "utf-8", **options: str) -> Raw:
    path = folder / "界址点.txt"
    path.write_bytes(text.encode(encoding))
    return read(path, **options)  # type: ignore[arg-type]


def shape(raw: Raw, row: int = 0) -> shapely.Geometry:
    return raw.frame.geometry.iloc[row]  # type: ignore[attr-defined]


def codes(raw: Raw) -> list[str]:
    return [issue.code for issue in raw.issues if issue.code != "encoding_detected"]


def ring(number: int, *corners: tuple[float, float], e: int = E) -> str:
    """Rows of a ring, closed, from (x, y) east and north of the origin."""
    rows = [f"J{place},{number},{N + y:.3f},{e + x:.3f}" for place, (x, y) in enumerate(corners, 1)]
    return "\n".join([*rows, rows[0]]) + "\n"


def box(number: int, x0: float, y0: float, x1: float, y1: float, e: int = E) -> str:
    return ring(number, (x0, y0), (x1, y0), (x1, y1), (x0, y1), e=e)


def land(x0: float, y0: float, x1: float, y1: float) -> shapely.Polygon:
    return shapely.box(E + x0, N + y0, E + x1, N + y1)


def rows(count: object, area: object = "", name: str = "甲") -> str:
    return f"{count},{area},P1,{name},面,,工业用地,0601,@\n"


def issue(raw: Raw, code: str) -> dict[str, object]:
    found = [each for each in raw.issues if each.code == code]
    assert len(found) == 1, [each.code for each in raw.issues]
    return {name: getattr(found[0], name) for name in ("source_row", "key", "value", "n", "severity")}
