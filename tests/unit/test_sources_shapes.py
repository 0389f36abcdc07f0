"""Features that are land only in part, or have no shape at all: nothing goes without a word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import shapely

from landeff.core.errors import InputError
from landeff.sources.readers import Raw, read

RING = [[119.40, 32.38], [119.41, 32.38], [119.41, 32.39], [119.40, 32.39], [119.40, 32.38]]
SQUARE, LABEL = (
    {"type": "Polygon", "coordinates": [RING]},
    {"type": "Point", "coordinates": [119.405, 32.385]},
)


def collection(folder: Path, *parts: object) -> Raw:
    shape = {"type": "GeometryCollection", "geometries": list(parts)}
    feature = {"type": "Feature", "properties": {"名称": "甲"}, "geometry": shape}
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    (folder / "宗地.geojson").write_text(text, encoding="utf-8")
    return read(folder / "宗地.geojson")


def codes(raw: Raw) -> dict[str, str]:
    return {issue.code: issue.value for issue in raw.issues}


@pytest.mark.parametrize(
    "parts",
    [(SQUARE, LABEL), (LABEL, {"type": "GeometryCollection", "geometries": [SQUARE]})],
    ids=["beside", "nested"],
)
def test_a_label_beside_its_polygon_costs_no_land(tmp_path: Path, parts: tuple[object, ...]) -> None:
    """As Google Earth writes a ``MultiGeometry``."""
    raw = collection(tmp_path, *parts)
    (shape,) = raw.frame["geometry"]
    assert shape.equals(shapely.Polygon(RING))
    assert codes(raw) == {"not_polygons": "rows 1"}


def test_a_collection_without_polygon_stays_what_it_is(tmp_path: Path) -> None:
    raw = collection(tmp_path, LABEL)
    assert [shape.geom_type for shape in raw.frame["geometry"]] == ["GeometryCollection"]
    assert codes(raw) == {}


def test_features_of_a_topojson_without_a_shape_are_told(tmp_path: Path) -> None:
    geometries = [
        {"type": None, "properties": {"名称": "甲"}},
        {"type": "Polygon", "arcs": [[0]], "properties": {"名称": "乙"}},
    ]
    objects = {"宗地": {"type": "GeometryCollection", "geometries": geometries}}
    text = json.dumps({"type": "Topology", "objects": objects, "arcs": [RING]})
    (tmp_path / "宗地.topojson").write_text(text, encoding="utf-8")
    raw = read(tmp_path / "宗地.topojson")
    assert (raw.frame["名称"].tolist(), raw.rows.tolist()) == (["乙"], [2])
    assert codes(raw) == {"not_polygons": "rows 1"}


def test_esri_json_reads_without_a_word_of_gdal(tmp_path: Path) -> None:
    feature = {"attributes": {"名称": "甲"}, "geometry": {"rings": [RING[::-1]]}}
    fields = [{"name": "名称", "type": "esriFieldTypeString", "alias": "名称"}]
    layer = {"geometryType": "esriGeometryPolygon", "spatialReference": {"wkid": 4490}, "fields": fields}
    (tmp_path / "宗地.json").write_text(json.dumps({**layer, "features": [feature]}), encoding="utf-8")
    raw = read(tmp_path / "宗地.json")
    assert (raw.crs, raw.issues) == ("EPSG:4490", ())


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.xlsx", b"PK\x03\x04 and then nothing", "cannot be read as a workbook"),
        ("a.zip", b"PK\x03\x04 and then nothing", "cannot be unpacked"),
        ("a.gml", b"<?xml version='1.0'?><gml:FeatureCollection/>", "save it as GeoPackage"),
    ],
)
def test_what_is_wrong_is_said_of_the_format_it_is(
    tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError) as error:
        read(tmp_path / name)
    assert told in str(error.value)
    assert "format that landeff does not read, which" not in str(error.value)
