"""Every messy file reads with the right text and count, or fails with one clear message; no traceback.

Counts are those of the files' own headers (dBASE: records at byte 4); texts and systems as their projects
document them (geotools: 黑龙江省; nybb: the five boroughs, New York Long Island in US feet).
"""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from landeff.core.errors import InputError
from landeff.sources.readers import read, reader_of

pytestmark = pytest.mark.real

READ = {
    "REL.zip": 1,
    "chinese_poly.shp": 1,
    "corrupt_too_long.shp": 10,
    "mixedcase.zip": 40,
    "null.shp": 9,
    "nybb_16a.zip": 5,
    "corrupt_too_long.dbf": 10,
    "null.dbf": 9,
    "chinese_poly.dbf": 1,
}
REFUSED = {
    "blockgroups_multishapefile.zip": "holds 2 layers.*blockgroups, blockgroups2",
    "empty.shp": "has no rows",
    "empty.dbf": "has no rows",
    "empty_zipfile.zip": "holds no layer or table",
    "noshp.zip": r"holds counties\.dbf and no \.shp",
}
PARTS = (".shx", ".prj")


def records(path: Path) -> int:
    """Rows as the dbf's own header counts them."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as book:
            (name,) = [each for each in book.namelist() if each.lower().endswith(".dbf")]
            head = book.read(name)
    else:
        head = path.with_suffix(".dbf").read_bytes()
    return int(struct.unpack("<I", head[4:8])[0])


def test_no_file_is_forgotten(real_data: Path) -> None:
    files = {path.name for path in (real_data / "messy").iterdir() if path.suffix not in PARTS}
    assert files == set(READ) | set(REFUSED)


@pytest.mark.parametrize(("name", "count"), READ.items())
def test_files_that_can_be_read(real_data: Path, name: str, count: int) -> None:
    path = real_data / "messy" / name
    raw = read(path)
    assert len(raw.frame) == count == records(path)
    texts = raw.frame.select_dtypes("str")
    assert not texts.map(lambda text: "\ufffd" in str(text)).any(axis=None)


@pytest.mark.parametrize(("name", "message"), REFUSED.items())
def test_files_that_are_refused(real_data: Path, name: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as error:
        read(real_data / "messy" / name)
    assert error.value.fix
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("name", ["chinese_poly.shx", "chinese_poly.prj"])
def test_parts_say_which_file_to_name(real_data: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"part of a shapefile.*name the \.shp"):
        read(real_data / "messy" / name)


def test_gbk_without_cpg(real_data: Path) -> None:
    raw = read(real_data / "messy" / "chinese_poly.shp")
    assert raw.frame["NAME"].tolist() == ["黑龙江省"]
    (issue,) = raw.issues
    assert (issue.code, issue.value, raw.encoding) == ("encoding_detected", "黑龙江省", "gb18030")


def test_several_shapefiles_in_one_zip(real_data: Path) -> None:
    path = real_data / "messy" / "blockgroups_multishapefile.zip"
    assert reader_of(path).names(path) == ("blockgroups", "blockgroups2")
    raw = read(path, layer="blockgroups2")
    assert raw.name == "blockgroups_multishapefile.zip/blockgroups2.shp"
    assert len(raw.frame) == 663  # both dbf headers


def test_names_sizes_and_systems(real_data: Path) -> None:
    boroughs = read(real_data / "messy" / "nybb_16a.zip")
    names = {"Manhattan", "Bronx", "Brooklyn", "Queens", "Staten Island"}
    assert set(boroughs.frame["BoroName"]) == names
    assert boroughs.crs == "EPSG:2263"  # US survey feet
    # The city's own figures, in square feet of the same plane (taken before points were rounded).
    assert boroughs.frame.geometry.area.to_numpy() == pytest.approx(boroughs.frame["Shape_Area"], rel=1e-5)
    senate = read(real_data / "messy" / "mixedcase.zip")  # its dbf is called senate.DBF
    assert senate.crs == "EPSG:26986"
    # Its borders were simplified after the areas were written.
    assert senate.frame.geometry.area.to_numpy() == pytest.approx(senate.frame["SHAPE_AREA"], rel=2e-3)
