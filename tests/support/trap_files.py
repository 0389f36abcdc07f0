"""Files for traps of formats."""

import zipfile

import geopandas as gpd
from four_squares import box
from trap import project

SQUARES = [box(0, 0, 1000, 500), box(1500, 0, 2500, 500)]


DBF = {"parcel_id": ["A", "B"], "QLR": ["扬州示例公司", "黑龙江省"]}


def write_shp(folder, name="宗地", encoding="gbk", cpg=None, crs="EPSG:4528", **columns):
    """A shapefile that says nothing of its text, unless in ``cpg``."""
    path = folder / f"{name}.shp"
    frame = gpd.GeoDataFrame({**DBF, **columns}, geometry=SQUARES, crs=crs)
    frame.to_file(path, encoding=encoding, engine="pyogrio")
    path.with_suffix(".cpg").unlink()
    overwrite(path.with_suffix(".dbf"), 29, b"\0")
    if cpg:
        path.with_suffix(".cpg").write_text(cpg)
    return path


def overwrite(path, at, data):
    changed = bytearray(path.read_bytes())
    changed[at : at + len(data)] = data
    path.write_bytes(changed)


def file_source(path, **settings):
    return project(parcels={"path": str(path), **settings})


def write_zip(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in files.items():
            book.writestr(name, data if isinstance(data, bytes) else data.read_bytes())
    return file_source(path)


def parts_of(path):
    return {part.name: part for part in sorted(path.parent.glob(f"{path.stem}.*"))}
