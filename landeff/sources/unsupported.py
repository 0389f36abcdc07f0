"""Files that landeff does not read: what they are, and how to turn them into something it does."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from landeff.core.errors import InputError

_UNPACK = "unpack it and name the file inside; landeff looks into .zip only"
_SHAPE = "name the .shp; the other parts are found beside it"
_PROJECT = "name the data files that the project shows"
_EXCEL = "open it in Excel or WPS and save it as .xlsx"

#: Suffixes → what such a file is, and what to do.
_WAYS = {
    ".dwg": ("an AutoCAD drawing",
             "in CAD save it as DXF 2000 or later (另存为 DXF), or export the parcels to a shapefile"),
    ".dxb": ("a binary DXF", "in CAD save it as ASCII DXF"),
    ".mdb .accdb": ("an Access database, perhaps a personal geodatabase",
                    "in ArcGIS export the layer to a file geodatabase; in Access export a table to .xlsx"),
    ".vct": ("a VCT exchange file (GB/T 17798)",
             "convert it in the survey database software or ArcGIS to a file geodatabase or shapefile"),
    ".wp .wl .wt .wat .wap": ("a MapGIS file", "in MapGIS export it to a shapefile, with its .prj"),
    ".gdbtable .gdbtablx .gdbindexes .atx .spx": ("part of a file geodatabase", "name the .gdb folder"),
    ".shx .prj .cpg .sbn .sbx .qix": ("part of a shapefile", _SHAPE),
    ".dat .id .map .mid .ind": ("part of a MapInfo table", "name the .tab or .mif"),
    ".rar .7z .gz .tar .tgz .bz2": ("a packed file", _UNPACK),
    ".mxd .aprx .qgs .qgz .lyr .lyrx .qlr .mpk": ("a GIS project without data of its own", _PROJECT),
    ".vrt": ("a pointer to other files", "name the file it points to"),
    ".tif .tiff .img .png .jpg .jpeg": ("a picture or raster", "name it under [[rasters]] if it is evidence"),
    ".pdf .doc .docx .wps .rtf .ppt .pptx": ("a document, no table", "ask for the table itself as .xlsx"),
    ".mht .mhtml .xml": ("a web or XML page saved from a system", _EXCEL),
    ".e00 .adf": ("an ArcInfo coverage", "in ArcGIS export it to a shapefile or a file geodatabase"),
    ".gml .gpx .dgn .svg .osm": ("a drawing or exchange file", "in QGIS save it as GeoPackage"),
}  # fmt: skip

WAYS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {suffix: way for suffixes, way in _WAYS.items() for suffix in suffixes.split()}
)


def not_read(path: Path, suffix: str, known: str) -> InputError:
    """The error for a file that no reader is for: what it is and how to convert it."""
    if suffix in WAYS:
        what, how = WAYS[suffix]
        lie = f" ({path.suffix} is only its name)" if path.suffix.lower() != suffix else ""
        return InputError(f"{path.name} is {what}{lie}, which landeff does not read.", how)
    what = path.suffix or "a file without suffix"
    return InputError(f"{path.name}: no reader for {what}.", f"use one of {known}")
