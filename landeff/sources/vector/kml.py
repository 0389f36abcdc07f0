"""KML: placemarks with their ``ExtendedData`` as columns, in degrees of WGS 84 (OGC 12-007r2, section 7)."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pandas as pd

from landeff.core.errors import InputError
from landeff.core.issues import Issue
from landeff.sources.readers import Options, Raw, choose, reader
from landeff.sources.staging import plain_name, staged
from landeff.sources.text.encoding import Hint, codec, settle_file
from landeff.sources.vector.layers import layer_names, read_layer, vector
from landeff.sources.vector.polygons import is_polygon, left_out

_PROLOG = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9_.-]+)[\"'][^>]*\?>")
#: GDAL turns what is not ASCII in these names into ``_``, so that several become one.
_DATA = re.compile(rb"(<(?:\w+:)?Data\b[^>]*?\bname\s*=\s*)(?:\"([^\"]*)\"|'([^']*)')")
_ENTITY = re.compile(rb"<!(?:ENTITY|DOCTYPE)", re.IGNORECASE)
#: How a placemark looks or moves, which says nothing about land; GDAL makes a column of each.
_LOOKS = ("id", "timestamp", "begin", "end", "altitudeMode", "tessellate", "extrude", "visibility",
          "drawOrder", "icon", "snippet", "Snippet")  # fmt: skip


def _names(path: Path) -> tuple[str, ...]:
    with staged({_staged_name(path): _utf8(path, None)[0]}) as folder:
        return layer_names(folder / _staged_name(path), path.name)


@reader((".kml",), "vector", _names)
def read_kml(path: Path, options: Options) -> Raw:
    """Read the polygons of one folder; points and lines are left out and counted."""
    data, encoding, told = _utf8(path, options.encoding)
    data, names = _aliased(data)
    with staged({_staged_name(path): data}) as folder:
        source = folder / _staged_name(path)
        layer = choose(path.name, options.layer, layer_names(source, path.name), "layer")
        frame, issues = read_layer(source, path.name, layer=layer, force_2d=True)
    frame = frame.drop(columns=[each for each in _LOOKS if each in frame and _says_nothing(frame[each])])
    frame = frame.rename(columns=names)
    is_land = is_polygon(frame)
    issues += (*told, *left_out(frame[~is_land]))
    return vector(frame[is_land], issues, path.name, options.crs, encoding)


def _says_nothing(column: pd.Series) -> bool:
    """An ``id`` may be a parcel's, unless it is the running number that programs write (``a.12``)."""
    return column.name != "id" or bool(column.dropna().astype("str").str.fullmatch(r".*\.\d+").all())


def _aliased(data: bytes) -> tuple[bytes, dict[str, str]]:
    """The text with plain names for the columns of ``ExtendedData``, and what each stands for."""
    aliases: dict[bytes, str] = {}

    def alias(found: re.Match[bytes]) -> bytes:
        name = found[2] if found[2] is not None else found[3]
        return found[1] + b'"' + aliases.setdefault(name, f"landeff_data_{len(aliases)}").encode() + b'"'

    told = _DATA.sub(alias, data)
    return told, {short: html.unescape(name.decode(errors="replace")) for name, short in aliases.items()}


def _staged_name(path: Path) -> str:
    return plain_name(path.stem) + ".kml"


def _utf8(path: Path, wanted: str | None) -> tuple[bytes, str, tuple[Issue, ...]]:
    """The file in UTF-8, the encoding it was in, and what there is to tell."""
    data = path.read_bytes()
    if _ENTITY.search(data[:4096]):
        raise InputError(
            f"{path.name} declares entities, which no KML needs: refused.", "save it anew in Google Earth"
        )
    prolog = _PROLOG.match(data.removeprefix(b"\xef\xbb\xbf"))
    named = codec(prolog[1].decode()) if prolog else None
    hints = (Hint("its first line", named, 1e4),) if named else ()
    encoding, told = settle_file(data, path.name, wanted, hints)
    if encoding != "utf-8":
        text = data.decode(encoding, errors="replace").lstrip("\ufeff")
        data = re.sub(r"^\s*<\?xml.*?\?>", "", text, count=1, flags=re.DOTALL).encode()
    return data, encoding, told
