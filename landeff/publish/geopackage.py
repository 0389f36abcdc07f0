"""The result as a GeoPackage for GIS: layers with Chinese field names and styles that QGIS picks up."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from xml.sax.saxutils import quoteattr

import geopandas as gpd
import pandas as pd
import pyogrio

from landeff.core.columns import title
from landeff.core.dataset import Dataset
from landeff.core.errors import OutputError
from landeff.core.text import Term
from landeff.publish.blocks.columns import block_aliases
from landeff.publish.blocks.words import size_title
from landeff.publish.flagged import with_findings
from landeff.publish.hot_spots.columns import hot_spot_aliases, with_hot_spots
from landeff.publish.issue_texts import CODES
from landeff.publish.plain import plain
from landeff.publish.terms import INVENTORY, term

_LAYERS = {
    "districts": Term("县区界", "districts"),
    "zones": Term("园区", "zones"),
    "parcels": Term("宗地", "parcels"),
    "remainders": Term("批而未供", "unsupplied"),
    "blocks": Term("集中连片地块", "contiguous blocks"),
    "audit": Term("图形检查", "geometry audit"),
}
_FINDINGS = Term("判定", "findings")
_FILLS = {
    "idle": ("#d0021b", "diagonal_x"),
    "due_soon": ("#ef8a1d", "f_diagonal"),
    "idle_to_check": ("#7d858c", "b_diagonal"),
    "low_efficiency": ("#2f6db5", "dense5"),
    "idle_suspended": ("#8f1d6b", "diagonal_x"),
    "case_by_case": ("#5b8fd0", "dense6"),
    "below_agreed": ("#27627a", "f_diagonal"),
    "built_unused": ("#2e8b74", "b_diagonal"),
    "underused": ("#6b8e23", "dense5"),
    "supplied_unused": ("#b5651d", "b_diagonal"),
    "scattered": ("#8a7a5c", "dense6"),
    "missing_facts": ("#a9b0b6", "dense6"),
    "none": ("#eef0f2", "solid"),
}
_UNSUPPLIED = ("#c9b400", "dense4")
#: Blocks of stock land by size, hollow: what they are made of shows through.
_BLOCKS = {
    "500-": ("#0b2e45", "b_diagonal"),
    "300-500": ("#20688c", "f_diagonal"),
    "100-300": ("#2d7d6f", "no"),
    "-100": ("#6b7075", "no"),
}
#: Errors by what has to be done: mend the polygon, settle whose land it is, close the gap, look at it.
_AUDIT = {
    **dict.fromkeys(("bad_geometry", "repaired_geometry"), ("#d0021b", "cross")),
    **dict.fromkeys(("duplicate_geometry", "parcel_overlap", "zone_overlap"), ("#e6007e", "b_diagonal")),
    **dict.fromkeys(("parcel_gap", "zone_gap"), ("#2f6db5", "f_diagonal")),
    **dict.fromkeys(("overlap_noise", "gap_noise", "parts_touch", "sliver", "spike"), ("#7d858c", "dense5")),
}
_ALIASES = {
    "key": "编号",
    "table": "表代码",
    "table_title": "表",
    "source_file": "来源文件",
    "source_row": "来源行",
    "supply_source_file": "供地来源文件",
    "supply_source_row": "供地来源行",
    "zone_share_ratio": "在园区内比例",
    "n_parcels": "宗地数",
    "parcels_area_m2": "宗地面积",
    "tax_unknown_area_m2": "税收不明面积",
    "is_sub_park": "是否园中园",
    "rank": "排名",
    "verdict": "判定",
    "reason": "原因",
    "missing": "缺少的事实",
    "evidence": "判定过程",
    "basis": "依据",
    "rule_version": "规则版本",
    "stage": "认定状态",
    "advice": "建议",
    "idle_rule_id": "闲置判定规则",
    "due_soon_rule_id": "到期判定规则",
    "due_soon_reason": "到期判定原因",
    "low_efficiency_rule_id": "低效判定规则",
    "low_efficiency_reason": "低效判定原因",
    "state_rule_id": "状态判定规则",
    **hot_spot_aliases(),
}
#: Findings belong to parcels: Related Tables Extension of the GeoPackage standard (OGC 18-000), "attributes".
_RELATION = """CREATE TABLE gpkgext_relations (id INTEGER PRIMARY KEY AUTOINCREMENT,
 base_table_name TEXT NOT NULL, base_primary_column TEXT NOT NULL DEFAULT 'id',
 related_table_name TEXT NOT NULL, related_primary_column TEXT NOT NULL DEFAULT 'id',
 relation_name TEXT NOT NULL, mapping_table_name TEXT NOT NULL UNIQUE);
CREATE VIEW parcels_findings AS SELECT parcels.fid AS base_id, findings.fid AS related_id
 FROM parcels JOIN findings ON findings.parcel_id = parcels.parcel_id;
INSERT INTO gpkgext_relations (base_table_name, base_primary_column, related_table_name,
 related_primary_column, relation_name, mapping_table_name)
 VALUES ('parcels', 'fid', 'findings', 'fid', 'attributes', 'parcels_findings');
INSERT INTO gpkg_extensions (table_name, column_name, extension_name, definition, scope) VALUES
 ('gpkgext_relations', NULL, 'gpkg_related_tables', 'http://www.geopackage.org/18-000.html', 'read-write'),
 ('parcels_findings', NULL, 'gpkg_related_tables', 'http://www.geopackage.org/18-000.html', 'read-write');
"""
#: Zones bold, parts of a zone fine: label, filter (``ELSE``: what no other rule draws) and width in mm.
_ZONE_RULES = (
    (Term("园中园", "part of a zone"), "coalesce(attribute('is_sub_park'), false)", 0.25),
    (_LAYERS["zones"], "ELSE", 0.6),
)
#: Names of zones in the colour of their outline on a white edge; parts of a zone are named from 1:60,000 on.
_ZONE_NAME = "if(coalesce(attribute('is_sub_park'), false) and @map_scale > 60000, '', attribute('name'))"
#: Layers that bear names: the expression, its colour, where it stands (QGIS: 1 in the middle, 4 wherever
#: there is room), and how it fares where names meet (10 comes first).
_NAMED = {"zones": (_ZONE_NAME, "#1f4e79", 1, 5), "districts": ("district_name", "#616c76", 4, 1)}
_STYLES_TABLE = """CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
 f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256),
 styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30),
 ui TEXT(30), update_time DATETIME)"""


def write_geopackage(dataset: Dataset, path: Path) -> None:
    """Write zones, parcels (with the deciding finding) and other layers; findings as a table.

    Areas stay in m² and money in the project's currency, as the column names say; field aliases are Chinese.
    Layers the run does not have are left out. Same dataset, same bytes: the file is dated ``as_of``.

    Raises:
        OutputError: the file cannot be written.
    """
    moment = f"{dataset.meta.as_of.isoformat()}T00:00:00.000Z"
    written = []
    try:
        path.unlink(missing_ok=True)
        with _dated(moment):
            for name in _LAYERS:
                layer = _layer(dataset, name)
                if len(layer):
                    _write(layer, path, name)
                    written.append((name, [column for column in layer.columns if column != "geometry"]))
            findings = dataset.frame("findings")
            if len(findings):
                _write(findings, path, "findings")
                written.append(("findings", list(findings.columns)))
        if written:
            _embed_styles(path, written, moment)
        if {"parcels", "findings"} <= {name for name, _ in written}:
            _relate(path)
    except (OSError, sqlite3.Error, pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise OutputError(
            f"{path} cannot be written: {error}", "close it in other programs and run again"
        ) from error


def _layer(dataset: Dataset, name: str) -> gpd.GeoDataFrame:
    layer = dataset.layer(name)
    if name == "parcels" and len(layer):
        layer = gpd.GeoDataFrame(
            with_hot_spots(with_findings(dataset), dataset).assign(geometry=layer.geometry.to_numpy()),
            crs=layer.crs,
        )
    if name == "audit" and len(layer):
        titles = [CODES[code].zh if code in CODES else code for code in layer["kind"]]
        tables = [term("table", name).zh for name in layer["table"]]
        layer = layer.assign(kind_title=titles, table_title=tables)
    return layer.rename(columns=distinct_names(layer.columns))


def distinct_names(columns: Iterable[str]) -> dict[str, str]:
    """New names for columns that SQLite, blind to case, takes for another or for its ``fid``, ``geom``.

    >>> distinct_names(["name", "NAME", "FID"])
    {'NAME': 'NAME_2', 'FID': 'FID_2'}
    """
    taken, renamed = {"fid", "geom"}, {}
    for column in columns:
        name, number = column, 2
        while name.lower() in taken:
            name, number = f"{column}_{number}", number + 1
        taken.add(name.lower())
        if name != column:
            renamed[column] = name
    return renamed


def _write(frame: pd.DataFrame, path: Path, name: str) -> None:
    """One layer; dates without time of day, text without characters that UTF-8 cannot hold."""
    frame = frame.astype(dict.fromkeys(frame.select_dtypes("datetime").columns, "date32[pyarrow]"))
    for column in frame.select_dtypes(["str", "object"]).columns:
        frame[column] = frame[column].map(plain, na_action="ignore")
    pyogrio.write_dataframe(
        frame,
        path,
        layer=name,
        driver="GPKG",
        append=path.exists(),
        use_arrow=True,
        promote_to_multi=isinstance(frame, gpd.GeoDataFrame),
        dataset_options={"VERSION": "1.2"},  # the newest that QGIS of 2022 reads without a warning
        layer_options={"IDENTIFIER": _titled(name)},
    )


def _titled(name: str) -> str:
    return _LAYERS.get(name, _FINDINGS).zh


@contextmanager
def _dated(moment: str) -> Iterator[None]:
    """GDAL writes ``moment`` as the time of change, and builds its index in the same order every time."""
    options = {"OGR_CURRENT_DATE": moment, "OGR_GPKG_ALLOW_THREADED_RTREE": "NO"}
    pyogrio.set_gdal_config_options(options)
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(dict.fromkeys(options))


def _symbol(name: str, fill: str, pattern: str, outline: str, width_mm: float) -> str:
    """A fill symbol, in the form of QGIS 3.26 and later (``Option``) and in the older one (``prop``)."""
    properties = {
        "color": _rgb(fill),
        "style": pattern,
        "outline_color": _rgb(outline),
        "outline_style": "solid",
        "outline_width": str(width_mm),
        "outline_width_unit": "MM",
        "joinstyle": "bevel",
    }
    props = "".join(f"<prop k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in properties.items())
    options = "".join(
        f'<Option name={quoteattr(key)} type="QString" value={quoteattr(value)}/>'
        for key, value in properties.items()
    )
    return (
        f'<symbol name={quoteattr(name)} type="fill" alpha="1" clip_to_extent="1" force_rhr="0">'
        '<layer class="SimpleFill" enabled="1" pass="0" locked="0">'
        f'<Option type="Map">{options}</Option>{props}</layer></symbol>'
    )


def _rgb(colour: str) -> str:
    return ",".join(str(int(colour[start : start + 2], 16)) for start in (1, 3, 5)) + ",255"


def _renderer(layer: str) -> str:
    """Parcels by inventory class and errors by kind, hatched; zones and districts as outlines."""
    if layer == "parcels":
        outlines = {code: ("#5f676e", 0.1) if code == "none" else (_FILLS[code][0], 0.3) for code in _FILLS}
        labels = {code: term("inventory", code).zh for code in _FILLS}
        return _categorized("inventory_class", labels, _FILLS, outlines)
    if layer == "audit":
        outlines = {code: (fill, 0.6) for code, (fill, _) in _AUDIT.items()}
        return _categorized("kind", {code: CODES[code].zh for code in _AUDIT}, _AUDIT, outlines)
    if layer == "blocks":
        outlines = {
            code: (fill, 0.8 if pattern != "no" else 0.4) for code, (fill, pattern) in _BLOCKS.items()
        }
        return _categorized("size_class", {code: size_title(code).zh for code in _BLOCKS}, _BLOCKS, outlines)
    if layer == "districts":  # land below everything else
        return _ruled([(_titled(layer), "ELSE")], [_symbol("0", "#ffffff", "solid", "#98a1a9", 0.3)])
    if layer == "zones":
        symbols = [
            _symbol(str(k), "#ffffff", "no", "#1f4e79", width) for k, (*_, width) in enumerate(_ZONE_RULES)
        ]
        return _ruled([(label.zh, rule) for label, rule, _ in _ZONE_RULES], symbols)
    return _ruled([(_titled(layer), "ELSE")], [_symbol("0", *_UNSUPPLIED, "#8a7a00", 0.3)])


def _ruled(rules: Iterable[tuple[str, str]], symbols: Iterable[str]) -> str:
    """A symbol a rule: its label and filter."""
    drawn = "".join(
        f'<rule key="{{{place}}}" symbol="{place}" label={quoteattr(label)} filter={quoteattr(rule)}/>'
        for place, (label, rule) in enumerate(rules)
    )
    return (
        '<renderer-v2 type="RuleRenderer" enableorderby="0" forceraster="0" symbollevels="0">'
        f'<rules key="{{rules}}">{drawn}</rules><symbols>{"".join(symbols)}</symbols></renderer-v2>'
    )


def _categorized(
    column: str,
    labels: Mapping[str, str],
    fills: Mapping[str, tuple[str, str]],
    outlines: Mapping[str, tuple[str, float]],
) -> str:
    """A symbol for each code of ``column``: fill and pattern, outline and its width in mm."""
    categories = "".join(
        f'<category symbol="{place}" value={quoteattr(code)} label={quoteattr(labels[code])} '
        'render="true" type="string"/>'
        for place, code in enumerate(fills)
    )
    symbols = "".join(_symbol(str(place), *fills[code], *outlines[code]) for place, code in enumerate(fills))
    return (
        f'<renderer-v2 type="categorizedSymbol" attr={quoteattr(column)} enableorderby="0" forceraster="0" '
        f'symbollevels="0"><categories>{categories}</categories><symbols>{symbols}</symbols></renderer-v2>'
    )


def _qml(layer: str, columns: list[str]) -> str:
    """A QGIS style with the renderer and the Chinese names of the fields (field 0 is ``fid``)."""
    aliases = "".join(
        f'<alias index="{place}" field={quoteattr(plain(column))} name={quoteattr(_alias(column, layer))}/>'
        for place, column in enumerate(columns, start=1)
    )
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
        '<qgis version="3.22.0" styleCategories="Symbology|Labeling|Fields">'
        f"{_drawn(layer)}<aliases>{aliases}</aliases></qgis>"
    )


def _drawn(layer: str) -> str:
    """How a layer is drawn; zones and districts bear their names. A table is not drawn."""
    if layer not in _LAYERS:
        return ""
    return _renderer(layer) + (_names(*_NAMED[layer]) if layer in _NAMED else "")


def _names(expression: str, colour: str, placement: int, priority: int) -> str:
    """Names in the colour of an outline on a white edge; a layer named in its middle keeps others off."""
    return (
        '<labeling type="simple"><settings calloutType="simple">'
        f'<text-style fieldName={quoteattr(expression)} isExpression="1" fontSize="9" fontSizeUnit="Point" '
        f'textColor="{_rgb(colour)}" textOpacity="1" namedStyle="Regular">'
        '<text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,255" '
        'bufferOpacity="1"/></text-style><text-format wrapChar="" autoWrapLength="10" multilineAlign="1"/>'
        f'<placement placement="{placement}" quadOffset="4" priority="{priority}"/><rendering drawLabels="1" '
        f'obstacle="{int(placement == 1)}" obstacleType="0" fontLimitPixelSize="0" labelPerPart="0"/>'
        "</settings></labeling>"
    )


def _alias(column: str, layer: str = "") -> str:
    if layer == "blocks":
        return plain(block_aliases(INVENTORY).get(column) or title(column).zh)
    named = _ALIASES.get(column) or plain(title(column).zh)
    if named != column or not column.endswith("_cny"):
        return named
    item = column.removesuffix("_cny")  # of the returns
    told = term("item", item).zh
    return named if told == item else told


def _relate(path: Path) -> None:
    """Say which findings belong to which parcel, for programs that follow relations."""
    with closing(sqlite3.connect(path)) as base:
        base.executescript(_RELATION)


def _embed_styles(path: Path, layers: list[tuple[str, list[str]]], moment: str) -> None:
    """Store the styles in the file, where QGIS looks for them."""
    with closing(sqlite3.connect(path)) as base, base:
        base.execute(_STYLES_TABLE)
        base.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id) "
            "VALUES ('layer_styles', 'attributes', 'layer_styles', '', ?, 0)",
            (moment,),
        )
        for name, columns in layers:
            (geometry,) = base.execute(
                "SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?", (name,)
            ).fetchone() or ("",)
            base.execute(
                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, "
                "styleName, styleQML, styleSLD, useAsDefault, description, owner, update_time) "
                "VALUES ('', '', ?, ?, ?, ?, '', 1, ?, '', ?)",
                (name, geometry, _titled(name), _qml(name, columns), _titled(name), moment),
            )
