"""Rasters as evidence: dates, coverage, cells too coarse, and files that say too little of themselves."""

import datetime as dt

import numpy as np
import rasterio
from affine import Affine
from geotiff import E, N, write
from trap import Trap, project

DAY = dt.date(2024, 6, 1)


def _values(rows=10, columns=50):
    """Cells of 100 m over all four squares."""
    return np.tile(np.arange(columns, dtype="float32") % 7, (rows, 1))


def _project(path, **entry):
    given = {"name": "ndvi", "path": str(path), "kind": "mean", "unit": "", "observed_on": DAY, **entry}
    return {**project(), "rasters": [{key: value for key, value in given.items() if value is not None}]}


def _undated(folder):
    return _project(write(folder / "植被.tif", _values()), observed_on=None)


def _stamped(folder):
    tags = {"TIFFTAG_DATETIME": "2024:05:04 10:00:00"}
    return _project(write(folder / "植被.tif", _values(), tags=tags), observed_on=None)


def _too_new(folder):
    return _project(write(folder / "植被.tif", _values()), observed_on=dt.date(2025, 3, 1))


def _half(folder):
    """The raster ends at x = 2 000, in the middle of B."""
    return _project(write(folder / "植被.tif", _values(columns=20)))


def _clouds(folder):
    """No data east of x = 2 800: C and D are under cloud."""
    values = _values()
    values[:, 28:] = -1
    return _project(write(folder / "植被.tif", values, nodata=-1))


def _night_light(folder):
    path = write(folder / "夜光.tif", np.ones((10, 10)), left=E - 1000, top=N + 6000, cell=1000.0)
    return _project(path, name="light", unit="nW/cm²/sr")


def _elsewhere(folder):
    return _project(write(folder / "植被.tif", _values(), left=E + 100_000))


def _rotated(folder):
    turned = Affine.translation(E, N + 1000) @ Affine.rotation(5) @ Affine.scale(100, -100)
    return _project(write(folder / "航片.tif", _values(), transform=turned))


def _scan(folder):
    path = folder / "现状图.png"
    with rasterio.open(path, "w", driver="PNG", width=5, height=5, count=1, dtype="uint8") as png:
        png.write(np.zeros((1, 5, 5), dtype="uint8"))
    return _project(path)


def _no_georeference(folder):
    return _project(write(folder / "扫描.tif", _values(), transform=Affine.identity(), crs=None))


def _no_crs(folder):
    return _project(write(folder / "植被.tif", _values(), crs=None))


def _three_bands(folder):
    return _project(write(folder / "影像.tif", np.array([_values()] * 3)))


def _hidden_nodata(folder):
    values = _values()
    values[5:, 3] = -9999
    return _project(write(folder / "植被.tif", values))


def _quantities_as_classes(folder):
    return _project(write(folder / "植被.tif", _values() / 8), kind="classes", unit=None)


def _palette(folder):
    """A land-cover map of codes 1–3, drawn by a colour table; its mean would be 2."""
    path = write(folder / "地类.tif", (_values() % 3 + 1).astype("uint8"), photometric="palette")
    with rasterio.open(path, "r+") as file:
        file.write_colormap(1, {1: (255, 0, 0, 255), 2: (0, 255, 0, 255), 3: (0, 0, 255, 255)})
    return _project(path)


def _absent_class(folder):
    """Built is 255 in the file; the project asks for 1."""
    path = write(folder / "建成区.tif", np.where(_values() > 2, 255, 0).astype("uint8"))
    return _project(path, name="built", kind="class_share", classes=[1], unit=None)


def _another_system(folder):
    path = write(folder / "植被.tif", _values(), crs="EPSG:2364")
    return _project(path, crs="EPSG:4528")


def _hidden_and_scaled(folder):
    """NDVI × 10 000 in 16 bits, its scale in the file; -9999 is no NDVI of -0.9999."""
    values = (_values() * 1000).astype("int16")
    values[5:, 3] = -9999
    path = write(folder / "植被.tif", values)
    with rasterio.open(path, "r+") as file:
        file.scales = (0.0001,)
    return _project(path)


def _filled(folder):
    values = _values()
    values[5:, 3] = np.finfo("float32").max
    return _project(write(folder / "植被.tif", values))


def _no_datum(folder):
    return _project(
        write(folder / "植被.tif", _values(), crs="+proj=tmerc +lon_0=120 +x_0=40500000 +ellps=GRS80")
    )


def _other_datum(folder):
    """Hong Kong 1980 named for Yangzhou: PROJ has no operation there but ballpark."""
    return _project(write(folder / "植被.tif", _values(), crs="EPSG:2326"))


def _shifted(folder):
    return _project(write(folder / "植被.tif", _values()), crs="GCJ-02")


def _old_datum(folder):
    return _project(write(folder / "植被.tif", _values(), crs="EPSG:2364"))


TRAPS = [
    Trap(
        "raster_palette",
        "对带颜色表的地类栅格求平均：照算，但提示像是类别代码",
        "The mean is asked of a land-cover map with a colour table: taken, and told",
        _palette,
        {"key": "ndvi", "source_file": "地类.tif"},
    ),
    Trap(
        "raster_class_absent",
        "所问的类别代码在栅格里一处也没有（建成区存为 255，却问 1）：份额全为 0，并提示",
        "The class asked for occurs nowhere (built is 255, the project asks for 1): shares of 0, and told",
        _absent_class,
        {"key": "built", "value": "1"},
    ),
    Trap(
        "crs_overridden",
        "栅格文件写的是西安 80，项目声明为 CGCS2000：按声明使用并提示",
        "The raster says Xi'an 80, the project declares CGCS2000: used as declared, and told",
        _another_system,
        {"table": "rasters", "source_file": "植被.tif"},
    ),
    Trap(
        "refused",
        "栅格存整数并带比例系数，-9999 未声明为无数据：拒绝（不当作 -0.9999）",
        "Integers with a scale, -9999 not declared as no data: refused, not taken for -0.9999",
        _hidden_and_scaled,
        message="植被.tif holds -9999 .* declare nodata = -9999",
    ),
    Trap(
        "refused",
        "3.4e38 混在数值里，未声明为无数据：拒绝",
        "3.4e38 among the values, not declared as no data: refused",
        _filled,
        message="植被.tif holds numbers above 1e\\+30 .* declare nodata",
    ),
    Trap(
        "refused",
        "栅格的坐标系没写基准：请声明 crs",
        "The raster's system names no datum: asked for",
        _no_datum,
        message="植被.tif does not say in which coordinate system",
    ),
    Trap(
        "refused",
        "栅格所在基准与 CGCS2000 之间只有近似转换：拒绝",
        "Between the raster's datum and CGCS2000 PROJ knows nothing but ballpark: refused",
        _other_datum,
        message="植被.tif: .* PROJ knows no transformation",
    ),
    Trap(
        "refused",
        "栅格声明为 GCJ-02：拒绝",
        "A raster declared GCJ-02: refused",
        _shifted,
        message="crs = 'GCJ-02' is GCJ-02, shifted for display",
    ),
    Trap(
        "raster_date_missing",
        "栅格没有日期：数值照出，日期不详，请声明 observed_on",
        "A raster has no date: its figures are given without one",
        _undated,
        {"table": "rasters", "key": "ndvi", "source_file": "植被.tif"},
    ),
    Trap(
        "raster_date_from_file",
        "栅格只有文件内的时间标签：按该日期取用并提示",
        "A raster has only the time stamp in its file: taken, and told",
        _stamped,
        {
            "key": "ndvi",
            "decision": "dated 2024-05-04 by the time stamp in the file, which may be when it was written",
        },
    ),
    Trap(
        "raster_after_as_of",
        "栅格的观测日晚于截止日：照用并提示",
        "A raster shows a day after the as-of date: used, and told",
        _too_new,
        {"key": "ndvi", "decision": "used, though observed on 2025-03-01, after the as-of date 2024-12-31"},
    ),
    Trap(
        "raster_partly_covered",
        "栅格只盖住宗地的一部分：数值只代表该部分，规则按不清楚处理",
        "A raster covers part of a parcel: the figure is of that part, rules take it as unknown",
        _half,
        {"key": "ndvi", "value": "B", "n": 1},
    ),
    Trap(
        "raster_no_data",
        "宗地全在无数据区（如云下）：数值不详，不当作 0",
        "Parcels lie where there is no data (under cloud): unknown, not zero",
        _clouds,
        {"key": "ndvi", "value": "C, D", "n": 2},
    ),
    Trap(
        "raster_coarse",
        "夜光栅格一个像元比宗地还大：照算并提示证据单薄",
        "A cell of a night-light raster is larger than the parcels: computed, and told that it is thin",
        _night_light,
        {"key": "light", "value": "A, B, C, D", "n": 4},
    ),
    Trap(
        "refused",
        "栅格与宗地不相交：拒绝，多半是坐标系不对",
        "A raster lies elsewhere: refused",
        _elsewhere,
        message=r"植被\.tif \(rasters\.ndvi\) does not touch the parcels.*declare crs",
    ),
    Trap(
        "refused",
        "栅格带旋转：拒绝，先用 gdalwarp 转正",
        "A raster is rotated: refused, with the command that mends it",
        _rotated,
        message=r"航片\.tif is rotated.*gdalwarp",
    ),
    Trap(
        "refused",
        "以 PNG 图片充当栅格：拒绝",
        "A picture stands for a raster: refused",
        _scan,
        message=r"现状图\.png is not a GeoTIFF",
    ),
    Trap(
        "refused",
        "TIFF 没有地理参考：拒绝",
        "A TIFF is not georeferenced: refused",
        _no_georeference,
        message=r"扫描\.tif has no georeference",
    ),
    Trap(
        "refused",
        "栅格没有坐标系：拒绝，请声明 crs",
        "A raster does not say its coordinate system: refused until it is declared",
        _no_crs,
        message=r"植被\.tif does not say in which coordinate system.*declare crs",
    ),
    Trap(
        "refused",
        "栅格为西安80坐标系：拒绝，先转换到 CGCS2000",
        "A raster is on Xi'an 80: refused until converted",
        _old_datum,
        message=r"植被\.tif is on the superseded datum Xian 1980",
    ),
    Trap(
        "refused",
        "栅格有多个波段而未声明：拒绝，列出各波段",
        "A raster has several bands and none is declared: refused, the bands named",
        _three_bands,
        message=r"影像\.tif has several bands \(1 .*declare band",
    ),
    Trap(
        "refused",
        "以 -9999 表示无数据而未声明：拒绝，否则会混入平均值",
        "-9999 stands for no data and nobody says so: refused, else it would enter the means",
        _hidden_nodata,
        message=r"植被\.tif holds -9999 under the polygons.*declare nodata = -9999",
    ),
    Trap(
        "refused",
        "对连续量求地类份额：拒绝",
        "Shares of classes are asked of a quantity: refused",
        _quantities_as_classes,
        message=r"植被\.tif holds 0\.125: its values are no class codes",
    ),
]
