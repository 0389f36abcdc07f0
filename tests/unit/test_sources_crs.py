"""Systems named, inferred and joined: against the EPSG registry, domain figures and hand calculations."""

from __future__ import annotations

import contextlib
import math
import zipfile
from pathlib import Path
from typing import Any

import four_squares
import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS, Transformer
from pyproj.database import query_crs_info

import landeff
from landeff.core.datums import (
    easting_prefix,
    gauss_kruger,
    is_shifted,
    meridian_of,
    project_crs_problem,
    spoken_system,
    superseded,
)
from landeff.core.errors import ConfigError, InputError, LandeffError
from landeff.core.shift import Box, find_shift
from landeff.pipeline.load_config import load_config
from landeff.sources.crs.infer import layer_box, looks_swapped, readings, readings_at, swapped
from landeff.sources.crs.parameters import read_parameters
from landeff.sources.crs.place import Laid, check_neighbours, locate
from landeff.sources.crs.provinces import place_of
from landeff.sources.crs.settle import settle_crs

XIAN_PRJ = (
    'PROJCS["{name}",GEOGCS["{geographic}",DATUM["{datum}",SPHEROID["{ellipsoid}",{a},{rf}]],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],'
    'PARAMETER["False_Easting",40500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",120.0],'
    'PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
)
CGCS2000 = {"a": 6378137.0, "rf": 298.257222101}
YANGZHOU = place_of((119.0, 32.0, 120.0, 33.4))


def box_at(crs: str, lon: float, lat: float, size: float = 0.01) -> Box:
    """Box of a small layer, by PROJ alone."""
    at = Transformer.from_crs("EPSG:4490", crs, always_xy=True)
    return at.transform_bounds(lon, lat, lon + size, lat + size)


# --- names and codes


@pytest.mark.parametrize("datum", ["CGCS2000", "Xian 1980", "Beijing 1954"])
@pytest.mark.parametrize(("width", "zones"), [(3, range(25, 46)), (6, range(13, 24))])
@pytest.mark.parametrize("prefixed", [True, False])
def test_codes_are_those_of_the_registry(datum: str, width: Any, zones: range, prefixed: bool) -> None:
    for zone in zones:
        crs = CRS(gauss_kruger(zone, width, prefixed=prefixed, datum=datum))
        meridian = 3 * zone if width == 3 else 6 * zone - 3
        grid = "3-degree Gauss-Kruger" if width == 3 else "Gauss-Kruger"
        assert crs.name == f"{datum} / {grid} {f'zone {zone}' if prefixed else f'CM {meridian}E'}"
        assert (meridian_of(crs), easting_prefix(crs)) == (meridian, zone if prefixed else 0)
        assert superseded(crs) == (None if datum == "CGCS2000" else datum)


def test_no_other_system_of_the_registry_is_taken_for_an_old_chinese_one() -> None:
    names = {
        info.name for info in query_crs_info("EPSG") if info.area_of_use and "China" in info.area_of_use.name
    }
    old = {name for name in names if spoken_system(name) in ("Xian 1980", "Beijing 1954")}
    assert {name.split(" / ")[0] for name in old} == {"Xian 1980", "Beijing 1954", "New Beijing"}
    others = {info.name for info in query_crs_info("EPSG")} - names
    assert not [name for name in others if spoken_system(name)]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2000国家大地坐标系", "CGCS2000"),
        ("80国家大地坐标系", "Xian 1980"),
        ("８０国家大地坐标系", "Xian 1980"),
        ("1980西安坐标系", "Xian 1980"),
        ("1954年北京坐标系", "Beijing 1954"),
        ("Beijing_1954_3_Degree_GK_CM_117E", "Beijing 1954"),
        ("GCJ02", "GCJ-02"),
        ("bd09ll", "BD-09"),
        ("百度坐标系", "BD-09"),
        ("扬州地方坐标系", None),
        ("WGS 84 / UTM zone 54N", None),
    ],
)
def test_names_that_offices_use(text: str, meant: str | None) -> None:
    assert spoken_system(text) == meant
    assert is_shifted(text) == (meant in ("GCJ-02", "BD-09"))


@pytest.mark.parametrize(
    ("named", "old"),
    [
        (
            (
                "Xian_1980_3_Degree_GK_Zone_40",
                "GCS_Xian_1980",
                "D_Xian_1980",
                "Xian_1980",
                6378140.0,
                298.257,
            ),
            True,
        ),
        (("地方", "GCS_Unknown", "D_Unknown", "Krasovsky_1940", 6378245.0, 298.3), True),
        (("地方", "GCS_Unknown", "D_Unknown", "GRS_1980", 6378137.0, 298.257222101), False),
    ],
)
def test_old_prj_files(named: tuple[Any, ...], old: bool) -> None:
    keys = ("name", "geographic", "datum", "ellipsoid", "a", "rf")
    assert (superseded(CRS(XIAN_PRJ.format(**dict(zip(keys, named, strict=True))))) is not None) == old


@pytest.mark.parametrize("datum", ["D_China_2000", "China_2000", "CGCS2000", "D_CGCS_2000",
                                   "D_China_Geodetic_Coordinate_System_2000"])  # fmt: skip
def test_cgcs2000_by_any_of_its_names(datum: str) -> None:
    """Its ellipsoid and zone 40: the coordinates are those of EPSG:4528, and no two datums are equated."""
    text = XIAN_PRJ.format(name="p", geographic="g", datum=datum, ellipsoid="e", **CGCS2000)
    shift = find_shift(text, "EPSG:4528")
    x, y = shift(np.array([40_443_000.0]), np.array([3_584_000.0]))
    assert (float(x[0]), float(y[0])) == pytest.approx((40_443_000.0, 3_584_000.0), abs=1e-6)
    assert shift.equated is None


@pytest.mark.parametrize("datum", ["unknown", "Unknown", "D_Unknown", "D_User_Defined", "Not_specified"])
def test_a_system_that_names_no_datum_is_joined_to_nothing(datum: str) -> None:
    """PROJ finds ``unknown`` equal to every datum, with no operation and no ballpark to refuse."""
    text = XIAN_PRJ.format(name="p", geographic="g", datum=datum, ellipsoid="e", **CGCS2000)
    for source, target in ((text, "EPSG:4528"), ("EPSG:4490", text)):
        with pytest.raises(InputError, match="names no datum"):
            find_shift(source, target)


# --- no ballpark


def test_a_point_of_the_exchange_format_sample() -> None:
    """J1 of the sample: 119.400°E 32.380°N is X = 3584149.011, Y = 40443538.748 (zone 40)."""
    for source in ("EPSG:4490", "EPSG:4326"):
        x, y = find_shift(source, "EPSG:4528")(np.array([119.4]), np.array([32.38]))
        assert (round(float(x[0]), 3), round(float(y[0]), 3)) == (40443538.748, 3584149.011)


CODES = (
    4490,
    4326,
    4528,
    4549,
    3857,
    2326,
    2263,
    26986,
    4979,
    9000,
    32650,
    2364,
    2416,
    4610,
    4555,
    5514,
    27700,
)
SYSTEMS = [f"EPSG:{code}" for code in CODES]


@pytest.mark.parametrize("source", SYSTEMS)
@pytest.mark.parametrize("target", SYSTEMS)
def test_no_step_is_a_ballpark_transformation(source: str, target: str) -> None:
    steps: tuple[Transformer, ...] = ()
    with contextlib.suppress(InputError):
        steps = find_shift(source, target).steps
    assert not [step for step in steps if "allpark" in step.description]


@pytest.mark.parametrize("old", ["EPSG:2364", "EPSG:2416", "EPSG:4610", "EPSG:4555"])
@pytest.mark.parametrize("new", ["EPSG:4490", "EPSG:4326", "EPSG:4549", "EPSG:32650"])
def test_old_datums_are_never_joined(old: str, new: str) -> None:
    """PROJ would: Xi'an 80 by ballpark, Beijing 54 by operations made for oil fields."""
    for source, target in ((old, new), (new, old)):
        with pytest.raises(InputError, match="is a superseded datum"):
            find_shift(source, target)


def test_the_same_datum_is_proj_itself() -> None:
    x, y = np.array([40_443_000.0, 40_452_000.0]), np.array([3_584_000.0, 3_590_000.0])
    for target in ("EPSG:4548", "EPSG:4549", "EPSG:4498", "EPSG:4490"):
        ours = find_shift("EPSG:4528", target)(x, y)
        theirs = Transformer.from_crs("EPSG:4528", target, always_xy=True).transform(x, y)
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-6 if target != "EPSG:4490" else 1e-11)
    assert find_shift("EPSG:4528", "EPSG:4548").equated is None


def test_heights_and_missing_geometries_stay() -> None:
    shapes = np.array([shapely.Point(119.4, 32.4, 7.5), None, shapely.Point(119.4, 32.4)], dtype=object)
    high, missing, flat = find_shift("EPSG:4490", "EPSG:4528").geometries(shapes)
    assert high.z == 7.5
    assert missing is None
    assert not flat.has_z
    assert (high.x, high.y) == (flat.x, flat.y)


# --- reading the numbers

# From 9°N: on the open sea south of it northings have six digits like eastings.
lonlat = st.tuples(st.floats(74.0, 134.5), st.floats(9.0, 53.0))


@given(lonlat, st.booleans())
def test_a_place_and_six_digits_tell_the_meridian(at: tuple[float, float], is_exchanged: bool) -> None:
    """Wherever in China: of 21 meridians one puts the layer there, and it is the one PROJ drew it with."""
    lon, lat = at
    code = f"EPSG:{4509 + min(45, max(25, round(lon / 3)))}"
    box = box_at(code, lon, lat)
    place = place_of((lon - 0.2, lat - 0.2, lon + 0.2, lat + 0.2))
    assert place is not None
    found = readings_at(swapped(box) if is_exchanged else box, place)
    assert [(each.crs, each.axes) for each in found] == [(code, "yx" if is_exchanged else "xy")]


@given(lonlat, st.sampled_from([3, 6]), st.booleans())
def test_a_prefix_tells_the_zone(at: tuple[float, float], width: Any, is_exchanged: bool) -> None:
    lon, lat = at
    zone = min(45, max(25, round(lon / 3))) if width == 3 else int(lon // 6) + 1
    code = f"EPSG:{(4488 if width == 3 else 4478) + zone}"
    box = box_at(code, lon, lat)
    found = readings(swapped(box) if is_exchanged else box)
    assert [(each.crs, each.axes) for each in found] == [(code, "yx" if is_exchanged else "xy")]


@pytest.mark.parametrize(
    ("lon", "lat"),
    [(119.4, 32.4), (76.0, 39.5), (87.6, 43.8), (91.1, 29.6), (109.5, 18.3), (126.6, 45.8), (134.3, 48.3)],
    ids=["Yangzhou", "Kashgar", "Urumqi", "Lhasa", "Sanya", "Harbin", "Fuyuan"],
)
def test_exchanged_axes_in_a_known_system(lon: float, lat: float) -> None:
    zone = round(lon / 3)
    for code in (4490, 4488 + zone, 4509 + zone, 4478 + int(lon // 6) + 1):
        box = box_at(f"EPSG:{code}", lon, lat)
        assert looks_swapped(CRS(code), swapped(box))
        assert not looks_swapped(CRS(code), box)


def test_new_york_in_feet_is_not_taken_for_exchanged_axes() -> None:
    """The five boroughs in EPSG:2263 have x like a small northing and y like a six-digit easting."""
    assert not looks_swapped(CRS("EPSG:2263"), (913175.1, 120121.9, 1067382.5, 272844.3))


def test_one_stray_feature_of_many_does_not_hide_the_zone() -> None:
    shapes = shapely.box(
        40_443_000 + 100 * np.arange(200), 3_584_000, 40_443_090 + 100 * np.arange(200), 3_584_090
    )
    shapes[77] = shapely.box(0, 0, 1, 1)
    settled = settle_crs(gpd.GeoDataFrame(geometry=shapes), None, "宗地.shp")
    assert settled.crs == "EPSG:4528"
    assert layer_box(np.array([None, shapely.Polygon()], dtype=object)) is None


def test_the_province_only_filters() -> None:
    """Jiangsu spans two zones: six digits are read by the project's meridian, and asked for without it."""
    box = box_at("EPSG:4549", 119.4, 32.4)
    located = locate("a", box, None, place_of(None, "321000"), "EPSG:4528")
    assert located.crs == "EPSG:4549"
    for place, project in ((place_of(None, "321000"), "EPSG:4490"), (place_of(None, "440300"), "EPSG:4528")):
        with pytest.raises(InputError, match="does not say"):
            locate("a", box, None, place, project)


def test_the_odd_layer_out_is_named() -> None:
    def laid(name: str, crs: str, drawn: str, lon: float = 119.4) -> Laid:
        box = box_at(drawn, lon, 32.4)
        at = Transformer.from_crs(crs, "EPSG:4490", always_xy=True).transform_bounds(*box)
        return Laid(name, name, crs, box, at)

    good = [laid("zones", "EPSG:4528", "EPSG:4528"), laid("parcels", "EPSG:4549", "EPSG:4549")]
    assert check_neighbours(good) == ()
    with pytest.raises(InputError) as error:
        check_neighbours([*good, laid("survey", "EPSG:4548", "EPSG:4549")])
    assert error.value.problem.startswith("survey (EPSG:4548")
    assert 'survey: crs = "EPSG:4549"' in error.value.fix
    (issue,) = check_neighbours([*good, laid("plans", "EPSG:4490", "EPSG:4490", lon=130.0)])
    assert (issue.code, issue.table) == ("layer_apart", "plans")


# --- the office's own parameters


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_seven_parameters_by_the_example_of_epsg(tmp_path: Path) -> None:
    """Guidance note 7-2, position vector: WGS 72, 55°N 4°E, is 55°00′00.090″N 4°00′00.554″E in WGS 84."""
    path = write(
        tmp_path / "七参数.toml",
        'to = "EPSG:4326"\n'
        "seven = { dx = 0, dy = 0, dz = 4.5, rx = 0, ry = 0, rz = 0.554, scale_ppm = 0.219, "
        'convention = "position_vector" }\n'
        "check = [[4.0, 55.0, 4.00015388889, 55.000025]]\n",
    )
    found = read_parameters(path, "EPSG:4322")
    x, y = found.move(np.array([4.0]), np.array([55.0]))
    assert float(x[0] - 4) * 3600 == pytest.approx(0.554, abs=0.0005)
    assert float(y[0] - 55) * 3600 == pytest.approx(0.090, abs=0.0005)
    assert found.worst_m < 0.05
    with pytest.raises(InputError, match="need the crs of the source"):
        read_parameters(path, None)


def test_four_parameters_by_hand(tmp_path: Path) -> None:
    """cos α = 0.8, sin α = 0.6: N = 10, E = 20 goes to 8 − 12 + 1 = −3 and 6 + 16 + 2 = 24."""
    angle = math.degrees(math.atan2(3, 4)) * 3600
    path = write(
        tmp_path / "四参数.toml",
        'to = "EPSG:4528"\n'
        f"four = {{ east_m = 2, north_m = 1, rotation_s = {angle!r}, scale_ppm = 0 }}\n"
        "check = [[20, 10, 24, -3]]\n",
    )
    assert read_parameters(path, None).worst_m == pytest.approx(0, abs=1e-9)


def test_the_example_in_the_docs_is_one(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "crs.md").read_text("utf-8")
    text = page.partition("```toml\n")[2].partition("```")[0]
    for kind in ("four", "pipeline"):
        lines = [
            line.removeprefix("# ") if line.startswith((kind, f"# {kind}")) else line
            for line in text.split("\n")
        ]
        if kind == "pipeline":
            lines = [line for line in lines if not line.startswith("four")]
            lines = [line.replace("+step …", "+step +proj=affine +xoff=117 +yoff=3") for line in lines]
        found = read_parameters(write(tmp_path / "a.toml", "\n".join(lines)), None)
        assert found.worst_m == pytest.approx(0, abs=1e-6)


def test_a_pipeline_by_hand(tmp_path: Path) -> None:
    path = write(
        tmp_path / "p.toml",
        'to = "EPSG:4528"\npipeline = "+proj=pipeline +step +proj=affine +xoff=100 +yoff=-50"\n'
        "check = [[1, 2, 101, -48]]\n",
    )
    assert read_parameters(path, None).worst_m == 0


PARAMETER = "7.654321098"


def test_seven_parameters_by_the_formula(tmp_path: Path) -> None:
    """Bursa-Wolf written out, coordinate frame: X′ = T + (1 + m) R X, R = [[1, rz, -ry], [-rz, 1, rx], …].

    Krassovsky to CGCS2000; the made-up parameters have other signs and sizes in each place.
    """
    second = math.pi / 648_000
    rx, ry, rz = 0.5 * second, -0.7 * second, 1.2 * second
    turn = np.array([[1, rz, -ry], [-rz, 1, rx], [ry, -rx, 1]])
    at = Transformer.from_pipeline("+proj=cart +a=6378245 +rf=298.3").transform(119.4, 32.4, 0.0)
    moved = np.array([15.0, -150.0, -80.0]) + (1 + 2.5e-6) * turn @ np.array(at)
    back = Transformer.from_pipeline("+inv +proj=cart +a=6378137 +rf=298.257222101")
    lon, lat, _ = back.transform(*moved)
    path = write(
        tmp_path / "七参数.toml",
        'to = "EPSG:4490"\ntolerance_m = 0.0001\nseven = { dx = 15, dy = -150, dz = -80, '
        'rx = 0.5, ry = -0.7, rz = 1.2, scale_ppm = 2.5, convention = "coordinate_frame" }\n'
        f"check = [[119.4, 32.4, {lon!r}, {lat!r}]]\n",
    )
    assert read_parameters(path, "EPSG:4214").worst_m < 0.0001
    other = write(path, path.read_text("utf-8").replace("coordinate_frame", "position_vector"))
    with pytest.raises(InputError, match="misses its check point 1"):
        read_parameters(other, "EPSG:4214")


@pytest.mark.parametrize(
    "text",
    [
        f"four = {PARAMETER} {PARAMETER}",
        f'to = "EPSG:4528"\nfour = {{ east_m = {PARAMETER} }}\ncheck = [[1, 2, 3, 4]]',
        f'to = "EPSG:4528"\nfour = {{ east_m = {PARAMETER}, north_m = 0, rotation_s = 0, scale_ppm = 0 }}',
        f'to = "EPSG:4528"\nfour = {{ east_m = {PARAMETER}, north_m = 0, rotation_s = 0, scale_ppm = 0 }}\n'
        "check = [[1, 2, 3, 4]]",
        f'to = "EPSG:4528"\npipeline = "+proj=nothing +xoff={PARAMETER}"\ncheck = [[1, 2, 3, 4]]',
        f'to = "EPSG:4528"\npipeline = "+proj=hgridshift +grids={PARAMETER}.gsb"\ncheck = [[1, 2, 3, 4]]',
        f'to = "{PARAMETER}"\npipeline = "+proj=noop"\ncheck = [[1, 2, 3, 4]]',
        f'to = "EPSG:4528"\nseven = {{ dx = {PARAMETER}, convention = "x" }}\ncheck = [[1, 2, 3, 4]]',
        f'to = "EPSG:4528"\nfive = {PARAMETER}',
        f'to = "EPSG:4528"\nfour = {{ east_m = nan, north_m = {PARAMETER}, rotation_s = 0, scale_ppm = 0 }}',
    ],
)
def test_a_bad_parameter_file_is_refused_without_repeating_it(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError) as error:
        read_parameters(write(tmp_path / "参数.toml", text), "EPSG:2364")
    assert "参数.toml" in error.value.problem
    assert error.value.fix
    assert PARAMETER not in str(error.value)
    assert error.value.__cause__ is None


def test_nothing_of_the_parameters_reaches_the_output(tmp_path: Path) -> None:
    east = float(PARAMETER)
    corner = four_squares.E, four_squares.N
    path = write(
        tmp_path / "参数.toml",
        f'to = "EPSG:4528"\nfour = {{ east_m = {PARAMETER}, north_m = 0, rotation_s = 0, scale_ppm = 0 }}\n'
        f"check = [[{corner[0]}.0, {corner[1]}.0, {corner[0] + east!r}, {corner[1]}.0]]\n",
    )
    raw = four_squares.project()
    old = raw["sources"]["parcels"]["data"].set_crs("EPSG:2364", allow_override=True)
    raw["sources"]["parcels"] |= {"data": old, "transform": str(path)}
    result = landeff.run(raw)
    moved = result.table("parcels").geometry.total_bounds[0]
    assert moved == pytest.approx(corner[0] + east, abs=1e-6)
    out = tmp_path / "out"
    result.save(out)
    for file in (each for each in out.rglob("*") if each.is_file()):
        parts = [file.read_bytes()]
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                parts += [archive.read(name) for name in archive.namelist()]
        assert not any(PARAMETER.encode() in part for part in parts), file
    assert "参数.toml" in (out / "manifest.json").read_text("utf-8")


# --- the project file


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"extent": [119.0, 32.0, 118.0, 33.0]}, "extent"),
        ({"extent": [119.0, 32.0]}, "extent"),
        ({"extent": ["a", 1, 2, 3]}, "extent"),
        ({"district_code": "99"}, "district_code"),
        ({"district_code": "990000"}, "district_code"),
        ({"crs": "EPSG:3857"}, "Mercator"),
        ({"crs": "GCJ-02"}, "shifted for display"),
        ({"crs": "EPSG:2364"}, "Xian 1980"),
        ({"crs": "EPSG:4479"}, "neither projected nor geographic"),
        ({"crs": 'LOCAL_CS["扬州",UNIT["Meter",1.0]]'}, "neither projected nor geographic"),
        ({"crs": "+proj=tmerc +lon_0=119.5 +x_0=500000 +ellps=GRS80"}, "names no datum"),
        ({"crs": "2000国家大地坐标系"}, "names a datum and no projection: .* EPSG:4528"),
        ({"crs": "+proj=tmerc +lon_0=120 +ellps=GRS80 +towgs84=1,2,3,4,5,6,7"}, "transformation parameters"),
    ],
)
def test_mistakes_in_the_project_file(changes: dict[str, Any], told: str) -> None:
    raw = four_squares.project()
    raw["project"] |= changes
    with pytest.raises(ConfigError, match=told):
        load_config(raw)


def test_mistakes_of_a_source(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="axes = 'xyz' is not one of xy, yx"):
        load_config(four_squares.project(parcels={"axes": "xyz"}))
    with pytest.raises(LandeffError, match=r"没有\.toml cannot be read"):
        landeff.run(four_squares.project(parcels={"transform": str(tmp_path / "没有.toml")}))


def test_what_a_project_may_be_in() -> None:
    for crs in ("EPSG:4528", "EPSG:4549", "EPSG:4490", "EPSG:2249", "EPSG:32650"):
        assert project_crs_problem(crs) is None
