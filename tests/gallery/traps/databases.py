"""Attributes that a database left behind: rows it marked as deleted, codes whose leading 0 it dropped."""

import struct

from four_squares import box, layer
from trap import Trap, project

SQUARES = [box(0, 0, 1000, 500), box(1500, 0, 2500, 500), box(3000, 0, 4000, 500)]


def _deleted(folder):
    """The second row of the dbf is marked with ``*``, as dBASE III does (lengths at 8 and 10)."""
    path = folder / "宗地.shp"
    layer(SQUARES, parcel_id=["A", "B", "C"]).to_file(path, engine="pyogrio")
    dbf = bytearray(path.with_suffix(".dbf").read_bytes())
    start, width = struct.unpack("<HH", dbf[8:12])
    dbf[start + width] = ord("*")
    path.with_suffix(".dbf").write_bytes(dbf)
    return project(parcels={"path": str(path), "columns": {}})


def _zeros_lost_throughout(folder):
    path = folder / "宗地.gpkg"
    layer(SQUARES, parcel_id=["A", "B", "C"], YTDM=[601, 604, 701]).to_file(path, engine="pyogrio")
    return project(parcels={"path": str(path), "columns": {"YTDM": "land_use_code"}})


TRAPS = [
    Trap(
        "rows_deleted",
        "dbf 中标记删除而未清除的行：不计入，写明行号；其余行号不变",
        "Rows of a dbf marked as deleted and still there: left out, their numbers told; others keep theirs",
        _deleted,
        {"source_file": "宗地.shp", "source_row": 2, "value": "rows 2", "n": 1},
    ),
    Trap(
        "unknown_land_use_code",
        "整列地类编码都丢了前导 0（601、604、701）：提示应写 0601",
        "All land-use codes lost their leading 0 (601, 604, 701): told, with 0601 as the fix",
        _zeros_lost_throughout,
        {"value": "601, 604, 701", "n": 3, "fix": "a spreadsheet dropped the leading 0: write 0601 for 601"},
    ),
]
