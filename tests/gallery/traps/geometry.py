"""Polygons as they are drawn: crossing themselves, drawn twice, overlapping, apart by a hair, thin as a line.

Thresholds are those of ``landeff.measure.topology``: an overlap is told above 1 m² and 0.1 % of the smaller
polygon, a sliver is under 1 m² or 0.2 m wide, areas differ above 0.5 m² and 0.05 %.
"""

import pandas as pd
import shapely
from four_squares import E, N, box, layer
from shapely import affinity
from trap import Trap, project


def _parcels(folder, *shapes, **columns):
    """A layer of parcels S1, S2 … in a GeoPackage."""
    path = folder / "宗地.gpkg"
    codes = [f"S{number}" for number in range(1, len(shapes) + 1)]
    layer(list(shapes), parcel_id=codes, **columns).to_file(path)
    mapping = {"mu": {"to": "registered_area_m2", "unit": "亩"}} if "mu" in columns else {}
    return project(parcels={"path": str(path), "columns": mapping})


def _zones(folder, *shapes):
    path = folder / "园区.gpkg"
    layer(list(shapes), zone_id=[f"Y{number}" for number in range(1, len(shapes) + 1)]).to_file(path)
    return project(zones={"path": str(path)})


def _polygon(*points):
    return affinity.translate(shapely.Polygon(points), E, N)


SQUARE = box(0, 0, 100, 100)
BOW_TIE = _polygon((200, 0), (300, 100), (300, 0), (200, 100))
TAIL = _polygon((200, 0), (300, 0), (300, 100), (200, 100), (200, 160), (200, 100))


def _bow_tie(folder):
    return _parcels(folder, SQUARE, BOW_TIE)


def _tail(folder):
    return _parcels(folder, SQUARE, TAIL)


def _certificate(folder):
    return _parcels(folder, SQUARE, mu=[16.5])  # 11 000 m² on the certificate, 100 m by 100 m drawn


def _contract(folder):
    rows = pd.DataFrame({"supply_id": ["S1"], "area": [60.0]})  # 60 ha; parcel A is 1 000 m by 500 m
    columns = {"area": {"to": "supplied_area_m2", "unit": "公顷"}}
    return project(supply={"data": rows, "columns": columns})


def _drawn_twice(folder):
    reversed_ring = shapely.Polygon(list(SQUARE.exterior.coords)[::-1])
    return _parcels(folder, SQUARE, reversed_ring)


def _over_the_border(folder):
    return _parcels(folder, SQUARE, box(99, 0, 200, 100))  # 1 m × 100 m, 1 % of the smaller


def _one_centimetre(folder):
    return _parcels(folder, SQUARE, box(99.995, 0, 200, 100))  # 5 mm × 100 m = 0.5 m²


def _zones_overlap(folder):
    return _zones(folder, box(0, 0, 2000, 1000), box(1990, 0, 4000, 1000))


def _courtyard(folder):
    ring = SQUARE.difference(box(40, 40, 50, 50))  # 100 m² left free between two halves
    west, east = ring.intersection(box(0, 0, 45, 100)), ring.intersection(box(45, 0, 100, 100))
    return _parcels(folder, west, east)


def _hairline(folder):
    west = SQUARE.intersection(
        _polygon((0, 0), (50, 0), (50, 40), (49.99, 50), (50, 60), (50, 100), (0, 100))
    )
    return _parcels(folder, west, box(50, 0, 100, 100))  # triangle of 20 m × 1 cm: 0.1 m²


def _zones_apart(folder):
    ring = box(0, 0, 4000, 1000).difference(box(1995, 500, 2005, 510))
    return _zones(
        folder, ring.intersection(box(0, 0, 2000, 1000)), ring.intersection(box(2000, 0, 4000, 1000))
    )


def _strip(folder):
    return _parcels(folder, SQUARE, box(200, 0, 200.1, 100))  # 10 cm wide, 10 m²


def _corner_to_corner(folder):
    return _parcels(folder, shapely.MultiPolygon([SQUARE, box(100, 100, 150, 150)]))


def _needle(folder):
    needle = _polygon((0, 0), (100, 0), (100, 100), (50.2, 100), (50, 160), (49.8, 100), (0, 100))
    return _parcels(folder, needle)  # 40 cm at the foot, 60 m long: 2·atan(0.2 / 60) = 0.38°


TRAPS = [
    Trap(
        "invalid_geometry",
        "宗地界线自相交：读取时一次提示，能修复的修复",
        "The border of a parcel crosses itself: told once on reading; what can be repaired is",
        _tail,
        {"table": "parcels", "column": "geometry", "n": 1, "source_row": 2},
    ),
    Trap(
        "repaired_geometry",
        "图形带一条没有面积的“尾巴”：修复，面积变化 0 平方米",
        "A polygon carries a tail without area: repaired, which changes its area by nothing",
        _tail,
        {"table": "parcels", "key": "S2", "source_row": 2, "decision": "area changed by +0.00 m²"},
    ),
    Trap(
        "bad_geometry",
        "图形成“8”字形，两半面积抵消：修复会改变面积，搁置待人工更正",
        "A polygon is a bow-tie whose halves cancel: repair would change its area, so the row is set aside",
        _bow_tie,
        {"table": "parcels", "key": "S2", "source_row": 2, "severity": "error"},
    ),
    Trap(
        "registered_area_differs",
        "登记面积与图形相差超过 0.5 平方米和 0.05%：采用登记面积，两者并列",
        "The certificate and the polygon differ by more than 0.5 m² and 0.05 %: registered kept, both shown",
        _certificate,
        {"key": "S1", "column": "registered_area_m2", "value": "11000.00"},
    ),
    Trap(
        "contract_area_differs",
        "供地台账的面积与所关联宗地图形不符：三种面积并列，不取舍",
        "The supplied area and the polygon of the linked parcel differ: all are shown side by side",
        _contract,
        {"table": "supply", "key": "S1", "value": "600000.00", "source_row": 1},
    ),
    Trap(
        "duplicate_geometry",
        "同一图形以两个宗地代码各绘一次：平衡表只计一次",
        "One polygon is drawn under two parcel codes: counted once in the balance",
        _drawn_twice,
        {"table": "parcels", "key": "S1, S2", "source_row": 2, "n": 1},
    ),
    Trap(
        "parcel_overlap",
        "相邻宗地压盖 1 米宽：按代码顺序只计一次，写明面积",
        "A parcel reaches 1 m over its neighbour's border: the land is counted once, its area told",
        _over_the_border,
        {"table": "parcels", "key": "S1, S2", "severity": "warning", "n": 1},
    ),
    Trap(
        "overlap_noise",
        "相邻宗地压盖 5 毫米：各计一次，合并为一条提示",
        "A parcel reaches 5 mm over its neighbour's border: counted once, all such pairs in one line",
        _one_centimetre,
        {"table": "parcels", "severity": "info", "n": 1},
    ),
    Trap(
        "zone_overlap",
        "两个园区边界重叠（一区多园、代管）：按优先级只计一次",
        "Two zones overlap: the land goes to the one that precedes",
        _zones_overlap,
        {"table": "zones", "key": "Y1, Y2", "n": 1},
    ),
    Trap(
        "parcel_gap",
        "宗地之间留下 100 平方米的空洞：提示，按无宗地覆盖处理",
        "Parcels leave a hole of 100 m² between them: told, and left as land that nobody covers",
        _courtyard,
        {"table": "parcels", "key": "S1, S2", "n": 1},
    ),
    Trap(
        "gap_noise",
        "相邻宗地界线相差 1 厘米留下细缝：合并为一条提示",
        "Borders 1 cm apart leave a hairline gap: all of them in one line",
        _hairline,
        {"table": "parcels", "severity": "info", "n": 1},
    ),
    Trap(
        "zone_gap",
        "园区之间留下 100 平方米的空洞：提示",
        "Zones leave a hole of 100 m² between them: told",
        _zones_apart,
        {"table": "zones", "key": "Y1, Y2", "n": 1},
    ),
    Trap(
        "sliver",
        "宗地只有 10 厘米宽：保留并提示",
        "A parcel is 10 cm wide: kept and told",
        _strip,
        {"table": "parcels", "key": "S2", "source_row": 2},
    ),
    Trap(
        "parts_touch",
        "一宗地的两部分仅在一点相接：保留并提示",
        "Two parts of a parcel meet in a point only: kept and told",
        _corner_to_corner,
        {"table": "parcels", "key": "S1"},
    ),
    Trap(
        "spike",
        "宗地带一个不足 1° 的尖角：保留并提示",
        "A corner of a parcel is sharper than 1°: kept and told",
        _needle,
        {"table": "parcels", "key": "S1", "decision": "kept: a corner of 0.38°"},
    ),
]
