"""Shapefile, whose text may be in any encoding and often does not say in which.

The encoding declared by the user wins, then ``.cpg``, then the language byte of the dbf (the latter two only
if the text is valid in it), then a strict trial of UTF-8 and GB18030 over the text.
"""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd

from landeff.core.errors import InputError
from landeff.core.issues import Issue
from landeff.sources.encoding import TRIALS, codec, declared, decodes_cut, detected, is_chinese_utf8
from landeff.sources.layers import read_layer, vector
from landeff.sources.readers import Options, Raw, reader, sha256

#: Language driver bytes (dbf header, byte 29) that name an East Asian or Western code page.
LANGUAGE_BYTE = {0x4D: "gb18030", 0x7A: "gb18030", 0x4F: "big5", 0x78: "big5", 0x03: "cp1252"}
#: Latin-1 keeps every byte, so that the text can be decoded afterwards.
_BYTES = "ISO-8859-1"


@reader((".shp",), "vector")
def read_shapefile(path: Path, options: Options) -> Raw:
    """Read a shapefile with its text in the right encoding; ``.shx`` is made up where it is missing."""
    parts = {part.suffix.lower(): part for part in sorted(path.parent.glob("*")) if part.stem == path.stem}
    frame, issues = read_layer(path, path.name, encoding=_BYTES)
    encoding, note = _encoding(frame, parts, options.encoding, path.name)
    frame, cut = _decode(frame, encoding)
    issues += (note,) if note else ()
    issues += (_cut_issue(cut),) if len(cut) else ()
    raw = vector(frame, issues, path.name, options.crs, encoding)
    files = [parts[suffix] for suffix in (".shp", ".shx", ".dbf", ".prj", ".cpg") if suffix in parts]
    return Raw(raw.frame, raw.rows, sha256=sha256(*files), crs=raw.crs, encoding=encoding, issues=raw.issues)


def _encoding(
    frame: gpd.GeoDataFrame, parts: dict[str, Path], wanted: str | None, name: str
) -> tuple[str, Issue | None]:
    """Encoding of the text of ``frame`` (whose every character stands for a byte), and how it was settled."""
    texts = _texts(frame)
    sample = max(texts, key=lambda text: (sum(char > "\x7f" for char in text), text), default="").encode(
        _BYTES
    )
    if wanted:
        return declared(wanted, name), None
    tried = []
    for source, found in (("its .cpg", _cpg(parts)), ("its language byte", _language(parts))):
        if found and decodes_cut(texts, found) and not (found == "gb18030" and is_chinese_utf8(texts)):
            note = detected(found, f"by {source}", sample.decode(found, errors="replace")) if texts else None
            return found, note
        tried += [f"{source} says {found}, which the text contradicts"] if found else []
    for trial in TRIALS:
        if decodes_cut(texts, trial):
            why = "; ".join([*tried, "it is valid in it"])
            return trial, detected(trial, why, sample.decode(trial, errors="replace")) if texts else None
    raise InputError(
        f"{name}: its text is neither UTF-8 nor GB18030.", 'declare encoding, for instance "big5" or "cp1252"'
    )


def _texts(frame: gpd.GeoDataFrame) -> list[str]:
    """Distinct texts that are not plain ASCII: headers first, then values in order."""
    columns = [frame[column].dropna().astype("str") for column in _text_columns(frame)]
    values = pd.concat(columns, ignore_index=True) if columns else pd.Series(dtype="str")
    values = values[~values.str.fullmatch(r"[\x00-\x7f]*")].drop_duplicates().sort_values()
    headers = [column for column in frame.columns if not str(column).isascii()]
    return [*values, *headers]


def _text_columns(frame: gpd.GeoDataFrame) -> list[str]:
    return [column for column in frame.columns if pd.api.types.is_string_dtype(frame[column].dtype)]


def _cpg(parts: dict[str, Path]) -> str | None:
    return codec(parts[".cpg"].read_text(encoding="ascii", errors="replace")) if ".cpg" in parts else None


def _language(parts: dict[str, Path]) -> str | None:
    if ".dbf" not in parts:
        return None
    with parts[".dbf"].open("rb") as file:
        header = file.read(32)
    return LANGUAGE_BYTE.get(header[29]) if len(header) == 32 else None


def _decode(frame: gpd.GeoDataFrame, encoding: str) -> tuple[gpd.GeoDataFrame, pd.Series[str]]:
    """Text decoded, and the values that the field's width cut in the middle of a character, now mended."""
    decoded, cut = {}, []
    for column in _text_columns(frame):
        values = frame[column].str.encode(_BYTES).str.decode(encoding, errors="replace").astype("str")
        broken = values.str.endswith("\ufffd", na=False)
        decoded[column] = values.str.rstrip("\ufffd")
        cut.append(decoded[column][broken])
    names = {
        column: str(column).encode(_BYTES).decode(encoding, errors="replace").rstrip("\ufffd")
        for column in frame.columns
        if column != frame.geometry.name
    }
    return frame.assign(**decoded).rename(columns=names), pd.concat(cut) if cut else pd.Series(dtype="str")


def _cut_issue(cut: pd.Series[str]) -> Issue:
    return Issue(
        "warning",
        "text_cut_off",
        "",
        "the half character at the end was dropped",
        value=str(cut.min()),
        fix="widen the text field in the GIS, or deliver a GeoPackage",
        n=len(cut),
    )
