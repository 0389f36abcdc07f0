"""Layers for traps of coordinate systems."""

import geopandas as gpd
import shapely
from four_squares import box
from pyproj import Transformer
from trap import Trap, project

SQUARES = [box(0, 0, 1000, 500), box(1500, 0, 2500, 500)]


def layer_source(shapes, crs):
    return gpd.GeoDataFrame({"parcel_id": ["A", "B"]}, geometry=shapes, crs=crs)


def degrees():
    return [shapely.transform(each, TO_DEGREES, interleaved=False) for each in SQUARES]


TO_DEGREES = Transformer.from_crs("EPSG:4528", "EPSG:4490", always_xy=True).transform


def file_source(folder, frame, name="宗地.shp", here=None, **settings):
    path = folder / name
    frame.to_file(path, engine="pyogrio")
    raw = project(parcels={"path": str(path), **settings})
    raw["project"] = {**raw["project"], **(here or {})}
    return raw


def refusal(zh, en, build, message):
    return Trap("refused", zh, en, build, message=message)
