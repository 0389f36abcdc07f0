"""Layers whose numbers do not fit what is said of them, or fit several systems; layers that are no land."""

import zipfile

import geopandas as gpd
import shapely
from four_squares import N, box
from pyproj import Transformer
from shapely.affinity import translate
from trap import Trap, project

SQUARES = [box(0, 0, 1000, 500), box(1500, 0, 2500, 500)]
YANGZHOU = {"extent": [119.0, 32.0, 120.0, 33.4]}


def _given(folder, shapes, crs, name="宗地.gpkg", here=None):
    frame = gpd.GeoDataFrame({"parcel_id": ["A", "B"]}, geometry=shapes, crs=crs)
    frame.to_file(folder / name, engine="pyogrio")
    raw = project(parcels={"path": str(folder / name), "columns": {}})
    raw["project"] = {**raw["project"], **(here or {})}
    return raw


def _moved(crs):
    to = Transformer.from_crs("EPSG:4528", crs, always_xy=True).transform
    return [shapely.transform(each, to, interleaved=False) for each in SQUARES]


def _wide_zone(folder):
    return _given(folder, _moved("EPSG:4509"), None, "宗地.shp", YANGZHOU)


def _utm(folder):
    return _given(folder, _moved("EPSG:32650"), None, "宗地.shp", YANGZHOU)


def _local_plane_called_cgcs2000(folder):
    return _given(folder, [translate(each, -40_443_000, -N) for each in SQUARES], "EPSG:4528")


def _two_continents(folder):
    near_the_gulf = [shapely.box(1, 1, 1.01, 1.01), shapely.box(1.02, 1, 1.03, 1.01)]
    return _given(folder, near_the_gulf, "EPSG:4490")


def _zipped_geojson(folder):
    _given(folder, _moved("EPSG:4326"), "EPSG:4326", "宗地.geojson")
    with zipfile.ZipFile(folder / "宗地.zip", "w") as archive:
        archive.write(folder / "宗地.geojson", "宗地.geojson")
    return project(parcels={"path": str(folder / "宗地.zip"), "columns": {}})


def _points(folder):
    return _given(folder, [each.centroid for each in SQUARES], "EPSG:4528")


TRAPS = [
    Trap(
        "refused",
        "无坐标系，横坐标离中央经线 2.4°：6 度带与 UTM 分不出（北坐标差 1.4 公里），请声明",
        "No system, eastings 2.4° off the meridian: a 6° zone or UTM, 1.4 km apart; asked for",
        _wide_zone,
        message=r'lie 2\.4° off 117°E.*"EPSG:4509" \(CGCS2000\) or "EPSG:32650" \(UTM\)',
    ),
    Trap(
        "refused",
        "无坐标系的 UTM 图层：不当作 6 度带，请声明",
        "A UTM layer that does not say so: not taken for a 6° zone, asked for",
        _utm,
        message=r'"EPSG:32650" \(UTM\)',
    ),
    Trap(
        "refused",
        "独立坐标（0、0 起）却写着 CGCS2000 第 40 带：拒绝，请提供转换参数",
        "A local plane that begins at 0, called CGCS2000 zone 40: refused, parameters asked for",
        _local_plane_called_cgcs2000,
        message=r"x 0\.0…2500\.0, y 0\.0…500\.0 cannot be in EPSG:4528.*transform",
    ),
    Trap(
        "refused",
        "园区与宗地相距千公里以上：拒绝，请核对坐标系",
        "Zones and parcels lie more than a thousand kilometres apart: refused, the systems to be checked",
        _two_continents,
        message="more than a thousand kilometres apart",
    ),
    Trap(
        "wgs84_by_format",
        "zip 内的 GeoJSON：同样提示只是按格式视为 WGS 84",
        "A GeoJSON in a zip: told as well that the format alone makes it WGS 84",
        _zipped_geojson,
        {
            "table": "parcels",
            "decision": "taken as WGS 84, as the format .geojson prescribes, though nobody said so",
        },
    ),
    Trap(
        "refused",
        "宗地图层全是点：拒绝，写明第一行的原因",
        "A layer of parcels that holds points only: refused, with the reason of its first row",
        _points,
        message=r"no row of parcels can be used \(bad_geometry\); 宗地\.gpkg row 1: not a polygon",
    ),
]
