"""DXF: closed lines of one CAD layer as polygons, with the texts that stand inside them.

Lines closed by flag or by coming back to their first point are outlines; hatches count where a layer has no
closed line. Arcs are followed in steps of a quarter degree, which leaves an area right to 4 in a million.
"""

from __future__ import annotations

import re
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from landeff.core.issues import Issue
from landeff.sources.readers import Options, Raw, choose, reader
from landeff.sources.text.encoding import Hint, settle
from landeff.sources.vector.byte_text import BYTES, decoded, foreign_texts
from landeff.sources.vector.layers import ARC_STEP, read_layer, vector
from landeff.sources.vector.nesting import containers, cut_holes
from landeff.sources.vector.polygons import left_out

_CONFIG = {"DXF_ENCODING": BYTES, "OGR_ARC_STEPSIZE": ARC_STEP}
_CODE_PAGE = re.compile(rb"\$DWGCODEPAGE\s+3\s+(?:ANSI_|CP|DOS)?(\d+)", re.IGNORECASE)
_VERSION = re.compile(rb"\$ACADVER\s+1\s+AC(\d{4})")
_PAGES = {b"936": "gb18030", b"950": "cp950", b"1252": "cp1252"}
_UTF8_SINCE = b"1021"  # AutoCAD 2007


def _names(path: Path) -> tuple[str, ...]:
    frame, _, _ = _read(path, Options())
    return tuple(sorted(frame.loc[_is_polygon(frame), "Layer"].dropna().unique())) or (path.stem,)


@reader((".dxf",), "vector", _names)
def read_dxf(path: Path, options: Options) -> Raw:
    """Read the closed lines of the CAD layer asked for with ``layer``, or of the only one that has any.

    Columns: ``Layer``, ``EntityHandle``, ``Text`` (what stands inside, from top to bottom, joined by ``; ``).
    A closed line within another is a polygon of its own and told, unless ``holes`` is declared.
    """
    frame, encoding, issues = _read(path, options)
    available = tuple(sorted(frame.loc[_is_polygon(frame), "Layer"].dropna().unique()))
    layer = choose(path.name, options.layer, available, "layer")
    texts = frame[frame.geometry.geom_type == "Point"].dropna(subset="Text")
    own = frame[frame["Layer"] == layer]
    is_hatch = own["SubClasses"].fillna("").astype("str").str.contains("AcDbHatch")
    is_outline = _is_polygon(own) & ~is_hatch
    chosen = is_outline if is_outline.any() else _is_polygon(own)
    outlines = own.loc[chosen, ["Layer", "EntityHandle", "geometry"]].reset_index(drop=True)
    outlines, nested = _nested(outlines, cut=options.holes)
    outlines.insert(2, "Text", _texts_inside(outlines, texts))
    issues += (*left_out(own[~chosen]), *nested)
    return vector(outlines, issues, path.name, options.crs, encoding)


def _read(path: Path, options: Options) -> tuple[gpd.GeoDataFrame, str, tuple[Issue, ...]]:
    """All of model space, its text in the right encoding."""
    frame, issues = read_layer(
        path, path.name, config=_CONFIG, encoding="UTF-8", force_2d=True, CLOSED_LINE_AS_POLYGON="YES"
    )
    if "PaperSpace" in frame:
        frame = frame[~frame["PaperSpace"].fillna(value=0).astype("bool")]
    encoding, told = settle(foreign_texts(frame), path.name, options.encoding, _hints(path))
    frame, _ = decoded(frame, encoding)
    return frame, encoding, (*issues, *told)


def _hints(path: Path) -> tuple[Hint, ...]:
    with path.open("rb") as file:
        head = file.read(1 << 16)
    version, page = _VERSION.search(head), _CODE_PAGE.search(head)
    if version and version[1] >= _UTF8_SINCE:
        return (Hint("its version", "utf-8", 1e4),)
    named = _PAGES.get(page[1]) if page else None
    return (Hint("its code page", named, 1e4),) if named else ()


def _is_polygon(frame: gpd.GeoDataFrame) -> pd.Series[bool]:
    return pd.Series(frame.geometry.geom_type.isin(["Polygon", "MultiPolygon"]), dtype="bool")


def _nested(outlines: gpd.GeoDataFrame, *, cut: bool) -> tuple[gpd.GeoDataFrame, tuple[Issue, ...]]:
    """Outlines with those inside cut out of the one around them, or an issue that some lie in others."""
    inner, outer = containers(outlines.geometry.to_numpy())
    if not len(inner):
        return outlines, ()
    if cut:
        shapes, is_shell = cut_holes(outlines.geometry.to_numpy(), inner, outer)
        return outlines.set_geometry(shapes)[is_shell].reset_index(drop=True), ()
    issue = Issue(
        "warning",
        "outline_in_outline",
        "",
        "closed lines that lie inside another are polygons of their own",
        value=f"{len(np.unique(inner))} of {len(outlines)}",
        fix="if they are holes of the outer ones, declare holes = true for the source",
        n=len(np.unique(inner)),
    )
    return outlines, (issue,)


def _texts_inside(outlines: gpd.GeoDataFrame, texts: gpd.GeoDataFrame) -> pd.Series[str]:
    """The texts whose insertion point lies in each outline; missing where there is none."""
    points = texts.geometry.to_numpy()
    tree = shapely.STRtree(points)
    which, text = tree.query(outlines.geometry.to_numpy(), predicate="intersects")
    found = pd.DataFrame(
        {"which": which, "text": texts["Text"].to_numpy()[text], "x": shapely.get_x(points)[text],
         "y": shapely.get_y(points)[text]}
    ).sort_values(["which", "y", "x"], ascending=[True, False, True])  # fmt: skip
    joined = found.groupby("which")["text"].agg("; ".join)
    return joined.reindex(outlines.index).astype("str")
