"""Systems named, inferred and joined: against the EPSG registry, domain figures and hand calculations."""

from __future__ import annotations

import contextlib
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS, Transformer
from pyproj.database import query_crs_info

from landeff.core.datums import (
    easting_prefix,
    gauss_kruger,
    is_shifted,
    meridian_of,
    spoken_system,
    superseded,
)
from landeff.core.errors import InputError
from landeff.core.shift import Box, find_shift
from landeff.sources.crs.infer import layer_box, looks_swapped, readings, readings_at, swapped
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
