"""Files: text in an unsaid or wrong encoding, parts missing, names cut, zips, drawings, suffixes that lie."""

import json

from trap import Trap
from trap_files import file_source, overwrite, parts_of, write_shp, write_zip


def _gbk_without_cpg(folder):
    return file_source(write_shp(folder))


def _wrong_cpg(folder):
    return file_source(write_shp(folder, cpg="ISO-8859-1"))


def _big5(folder):
    return file_source(write_shp(folder, encoding="big5", QLR=["臺北市信義區公所", "黑龍江省"]))


def _either(folder):
    return file_source(write_shp(folder, encoding="ISO-8859-1", QLR=["Malmö", "Lund"]))


def _mojibake(folder):
    """UTF-8 that somebody once opened as GBK and saved."""
    spoilt = ["扬州示例公司".encode().decode("gbk", errors="ignore"), "B"]
    return file_source(write_shp(folder, QLR=spoilt))


def _declared_wrong(folder):
    return file_source(write_shp(folder), encoding="utf-8")


def _cut(folder):
    path = write_shp(folder)
    dbf = path.with_suffix(".dbf")
    half = "扬州".encode("gbk") + "示".encode("gbk")[:1]
    dbf.write_bytes(dbf.read_bytes().replace("扬州示例公司".encode("gbk"), half.ljust(12)))
    return file_source(path)


def _same_name_twice(folder):
    path = write_shp(folder, 约定开工=["2022-06-01", None], 约定竣工=["2024-06-01", None])
    dbf = path.with_suffix(".dbf")
    overwrite(dbf, 32 + 32 * 3, dbf.read_bytes()[32 + 32 * 2 : 32 + 32 * 2 + 11])
    return file_source(path)


def _same_name_mapped(folder):
    raw = _same_name_twice(folder)
    raw["sources"]["parcels"]["columns"] = {"约定开工": "location"}
    return raw


def _numbered_copy(folder):
    return file_source(write_shp(folder, encoding="utf-8", 约定开工日期=["a", "b"], 约定开工时间=["c", "d"]))


def _no_shx(folder):
    path = write_shp(folder)
    path.with_suffix(".shx").unlink()
    return file_source(path)


def _no_dbf(folder):
    path = write_shp(folder)
    path.with_suffix(".dbf").unlink()
    return file_source(path)


def _empty_prj(folder):
    path = write_shp(folder)
    path.with_suffix(".prj").write_bytes(b"\0\0 ?")
    return file_source(path)


def _geojson(folder, *rings):
    """Degrees about the four squares, one ring a parcel, as written by hand or by a script."""
    features = [
        {
            "type": "Feature",
            "properties": {"parcel_id": "ABCD"[at]},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for at, ring in enumerate(rings)
    ]
    path = folder / "宗地.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return file_source(path, crs="EPSG:4490")


_RING = [[119.4, 32.38], [119.41, 32.38], [119.41, 32.384], [119.4, 32.384], [119.4, 32.38]]


def _open_ring(folder):
    return _geojson(folder, _RING, [[x + 0.02, y] for x, y in _RING[:-1]])


def _one_point(folder):
    return _geojson(folder, _RING, _RING[:1])


def _no_prj(folder):
    path = write_shp(folder)
    path.with_suffix(".prj").unlink()
    return file_source(path)


def _mac_zip(folder):
    """Read without ado but for its text: litter of a Mac beside the layer."""
    files = {f"成果/{name}": part for name, part in parts_of(write_shp(folder)).items()}
    return write_zip(folder / "成果.zip", {"__MACOSX/成果/._宗地.shp": b"x", **files})


_SAMPLE = {"value": "扬州示例公司", "source_file": "宗地.shp"}


TRAPS = [
    Trap(
        "encoding_detected",
        "shapefile 无 .cpg、内容为 GBK：按字形识别，写明可信度与样例",
        "A shapefile in GBK without .cpg: told by its characters, with confidence and a sample",
        _gbk_without_cpg,
        {**_SAMPLE, "decision": "text read as gb18030 (by its characters; confidence >99.9%)"},
    ),
    Trap(
        "encoding_detected",
        ".cpg 写着 ISO-8859-1，实为 GBK：以文字为准，不当作西文",
        "The .cpg says ISO-8859-1 and the text is GBK: the text is believed, not read as Western",
        _wrong_cpg,
        _SAMPLE,
    ),
    Trap(
        "encoding_detected",
        "繁体 Big5：不误读为 GBK",
        "Big5 text: not taken for GBK",
        _big5,
        {"value": "臺北市信義區公所", "source_file": "宗地.shp"},
    ),
    Trap(
        "encoding_detected",
        "zip 内带 __MACOSX：只读图层本身，来源写到包内文件",
        "A zip with __MACOSX inside: only the layer is read; traces name the file inside",
        _mac_zip,
        {"value": "扬州示例公司", "source_file": "成果.zip/成果/宗地.shp"},
    ),
    Trap(
        "refused",
        "文字在几种编码下都读得通：请声明，不猜",
        "Text that could be in either of two encodings: asked for, not guessed",
        _either,
        message="encoding of its text is in doubt.*declare encoding",
    ),
    Trap(
        "refused",
        "文件里已是乱码（UTF-8 曾被当作 GBK 另存）：请声明或更换文件",
        "Text that is garbled in the file itself (UTF-8 once saved as GBK): refused",
        _mojibake,
        message="encoding of its text is in doubt",
    ),
    Trap(
        "text_undecodable",
        "声明的编码与文字不符：照声明读，写明多少处无法解码",
        "The declared encoding does not fit: read as declared, what cannot be decoded is counted",
        _declared_wrong,
        {"source_file": "宗地.shp", "n": 2},
    ),
    Trap(
        "text_cut_off",
        "字段宽度截断在半个汉字处：去掉半个字并提示",
        "A field's width cuts a character in half: the half is dropped and told",
        _cut,
        {"value": "扬州", "n": 1},
    ),
    Trap(
        "field_names_collide",
        "dbf 中两个字段同名：按序号区分，两列都保留",
        "Two fields of a dbf share a name: told apart by number, both kept",
        _same_name_twice,
        {"column": "约定开工", "value": "约定开工 (1), 约定开工 (2)", "n": 2},
    ),
    Trap(
        "refused",
        "同名字段未指明是哪一个：拒绝",
        "A mapping names a field that exists twice, and not which: refused",
        _same_name_mapped,
        message="约定开工",
    ),
    Trap(
        "field_names_collide",
        "字段名截断为 10 字节后同名、由软件加 _1：提示核对",
        "Names that were the same after 10 bytes and got a _1: to be checked",
        _numbered_copy,
        {"column": "约定_1", "value": "约定开, 约定_1"},
    ),
    Trap(
        "part_missing",
        "缺 .shx：在临时目录重建索引，不动原文件",
        "The .shx is missing: made up in a temporary folder, the delivery untouched",
        _no_shx,
        {"value": ".shx", "source_file": "宗地.shp"},
    ),
    Trap(
        "refused",
        "缺 .dbf：没有属性，必填列无处对应",
        "The .dbf is missing: no attributes, so no required column",
        _no_dbf,
        message="parcel_id",
    ),
    Trap(
        "crs_inferred",
        "缺 .prj，横坐标带带号：推断坐标系并提示",
        "The .prj is missing and eastings carry a zone number: inferred and told",
        _no_prj,
        {"source_file": "宗地.shp"},
    ),
    Trap(
        "part_missing",
        ".prj 内容无效：按缺失处理，坐标系另行推断",
        "The .prj says nothing: as if it were missing, the system is inferred",
        _empty_prj,
        {"value": ".prj", "source_file": "宗地.shp"},
    ),
    Trap(
        "rings_closed",
        "环的首尾点不重合：以直线闭合并提示",
        "A ring does not come back to its first point: closed with a straight line, and told",
        _open_ring,
        {"value": "rows 2", "source_file": "宗地.geojson", "n": 1},
    ),
    Trap(
        "geometry_unreadable",
        "只有一个点的“多边形”：只读属性，该行另行搁置",
        "A polygon of one point: read without its geometry, the row is set aside",
        _one_point,
        {"value": "rows 2", "source_file": "宗地.geojson", "n": 1},
    ),
]
