"""Text that GDAL handed over byte by byte (as Latin-1), to be decoded once its encoding is settled."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from landeff.core.issues import Issue
from landeff.sources.text.encoding import decode_cut

#: Latin-1 keeps every byte.
BYTES = "ISO-8859-1"


def text_columns(frame: pd.DataFrame) -> list[str]:
    """Columns of text."""
    return [each for each in frame.columns if pd.api.types.is_string_dtype(frame[each].dtype)]


def foreign_texts(frame: pd.DataFrame) -> list[bytes]:
    """Distinct values that are not plain ASCII, in order."""
    columns = [frame[column].dropna().astype("str") for column in text_columns(frame)]
    values = pd.concat(columns, ignore_index=True) if columns else pd.Series(dtype="str")
    values = values[~values.str.fullmatch(r"[\x00-\x7f]*")].drop_duplicates().sort_values()
    return [value.encode(BYTES) for value in values if _is_bytes(value)]


def decoded(frame: gpd.GeoDataFrame, encoding: str) -> tuple[gpd.GeoDataFrame, tuple[Issue, ...]]:
    """The frame with its text decoded, and an issue about values that end in half a character."""
    columns, halves = {}, []
    for column in text_columns(frame):
        codes, distinct = pd.factorize(frame[column], use_na_sentinel=True)
        read = [decode_cut(str(text).encode(BYTES), encoding) if _is_bytes(text) else (text, False)
                for text in distinct]  # fmt: skip
        values = pd.Series([text for text, _ in read] + [None], dtype="str")
        is_half = pd.Series([half for _, half in read] + [False], dtype="bool")
        columns[column] = values.iloc[codes].set_axis(frame.index)
        halves.append(columns[column][is_half.to_numpy()[codes]])
    cut = pd.concat(halves) if halves else pd.Series(dtype="str")
    return frame.assign(**columns), _cut_issue(cut)


def _is_bytes(text: object) -> bool:
    """Whether each character stands for a byte; drawings may spell out others (``\\U+5C0F``)."""
    return str(text).isascii() or max(str(text)) <= "\xff"


def _cut_issue(cut: pd.Series[str]) -> tuple[Issue, ...]:
    if cut.empty:
        return ()
    return (
        Issue(
            "warning",
            "text_cut_off",
            "",
            "the half character at the end was dropped",
            value=str(cut.min()),
            fix="widen the text field in the GIS, or deliver a GeoPackage",
            n=len(cut),
        ),
    )
