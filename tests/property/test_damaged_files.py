"""Whatever becomes of a file on its way, it is read, or refused with an :class:`InputError` and its fix."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import drawings
import geopandas as gpd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import box

from landeff.core.errors import InputError
from landeff.sources.readers import read, reader_of

X, Y = 40_443_000, 3_586_000
#: The file that is read, and the one that is damaged.
TARGETS = [
    *(("a.shp", f"a.{suffix}") for suffix in ("shp", "shx", "dbf", "prj", "cpg")),
    *((name, name) for name in ("a.gpkg", "a.fgb", "a.geojson", "a.parquet", "a.dxf", "a.kml", "a.zip")),
    *((name, name) for name in ("a.mif", "a.html", "b.dbf")),
    ("a.mif", "a.mid"),
]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    shapes = [box(X, Y, X + 90, Y + 90), box(X + 100, Y, X + 190, Y + 90)]
    frame = gpd.GeoDataFrame(
        {"QLR": ["扬州示例公司", "黑龙江省"], "n": [1, 2]}, geometry=shapes, crs="EPSG:4528"
    )
    frame.to_file(folder / "a.shp", encoding="gbk", engine="pyogrio")
    for name in ("a.gpkg", "a.fgb", "a.geojson"):
        frame.to_file(folder / name, engine="pyogrio")
    frame.to_parquet(folder / "a.parquet")
    lines = [drawings.line("A", drawings.SQUARE), drawings.old_line("宗", drawings.SQUARE)]
    drawings.dxf(folder / "a.dxf", *lines, drawings.text("A", 5, 5, "字"))
    drawings.kml(folder / "a.kml")
    drawings.mif(folder / "a.mif", "Neutral", "gbk")
    page = "<html><table><tr><td rowspan=2>名称<td colspan=2>税收<tr><td>甲<td>1</table>"
    (folder / "a.html").write_bytes(page.encode("gbk"))
    with zipfile.ZipFile(folder / "a.zip", "w", zipfile.ZIP_DEFLATED) as book:
        for suffix in ("shp", "shx", "dbf", "prj"):
            book.write(folder / f"a.{suffix}", f"宗地/a.{suffix}")
    (folder / "b.dbf").write_bytes((folder / "a.dbf").read_bytes())
    return folder


@pytest.mark.filterwarnings("ignore")
@given(st.sampled_from(TARGETS), st.integers(min_value=0, max_value=2**32))
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_damaged_file_is_read_or_refused(files: Path, target: tuple[str, str], seed: int) -> None:
    path, part = files / target[0], files / target[1]
    whole = part.read_bytes()
    part.write_bytes(damaged(whole, random.Random(seed)))
    fix = "none is needed"
    try:
        read(path)
        reader_of(path).names(path)
    except InputError as error:
        fix = error.fix
    finally:
        part.write_bytes(whole)
    assert fix


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Bytes changed, lost and put in, mostly in the header."""
    spoilt = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8))):
        end = len(spoilt) if chance.random() < 0.5 else min(120, len(spoilt))
        at = chance.randrange(end + 1)
        kind = chance.random()
        if kind < 0.6:
            spoilt[at : at + 1] = bytes([chance.choice((0, 255, chance.randrange(256)))])
        elif kind < 0.8:
            del spoilt[at : at + chance.randrange(1, 60)]
        else:
            spoilt[at:at] = chance.randbytes(chance.randrange(1, 9))
    return bytes(spoilt)
