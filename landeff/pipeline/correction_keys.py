"""Keys of rows as a person writes them: one code, or several joined by ``|``."""

from __future__ import annotations

import pandas as pd

from landeff.core.columns import COLUMNS
from landeff.core.tables import TABLES
from landeff.pipeline.lookup import column_or_missing
from landeff.publish.terms import TERMS

_BAR = "|"
_ITEMS = {
    title: code for (group, code), term in TERMS.items() if group == "item" for title in (term.zh, term.en)
}


def row_keys(frame: pd.DataFrame, table: str) -> pd.Series[str]:
    """Key of each row of an input table as text; the subject of money without a code is its name.

    >>> rows = {"subject_id": ["T", None], "name": ["甲", "乙"], "year": [2024, 2024], "item": ["output"] * 2}
    >>> row_keys(pd.DataFrame(rows), "returns").tolist()
    ['T|2024|output', '乙|2024|output']
    """
    parts = [_part(frame, name) for name in TABLES[table].key]
    if not parts:
        return pd.Series(index=frame.index, dtype="str")
    keys = parts[0]
    for part in parts[1:]:
        keys = keys + _BAR + part
    return keys.astype("str")


def _part(frame: pd.DataFrame, name: str) -> pd.Series[str]:
    values = column_or_missing(frame, name)
    if name == "subject_id":
        values = values.fillna(column_or_missing(frame, "name"))
    if name in COLUMNS and COLUMNS[name].kind == "integer":
        values = values.astype("Int64")
    if name in COLUMNS and COLUMNS[name].kind == "date":
        values = pd.to_datetime(values).dt.strftime("%Y-%m-%d")
    return values.astype("str").fillna("").str.normalize("NFKC").str.strip()


def told_keys(keys: pd.Series[str], tables: pd.Series[str]) -> pd.Series[str]:
    """Keys as a person wrote them, in the way of :func:`row_keys`; same index.

    >>> told_keys(pd.Series(["T ｜ 2024年｜产值"]), pd.Series(["returns"])).tolist()
    ['T|2024|output']
    """
    found = [
        _told(key, TABLES[table].key) if isinstance(key, str) and table in TABLES else key
        for key, table in zip(keys.str.normalize("NFKC").str.strip(), tables, strict=True)
    ]
    return pd.Series(found, index=keys.index, dtype="str")


def _told(key: str, names: tuple[str, ...]) -> str:
    if len(names) < 2:
        return key
    parts = [part.strip() for part in key.rsplit(_BAR, len(names) - 1)]
    parts += [""] * (len(names) - len(parts))
    return _BAR.join(_meant(part, name) for part, name in zip(parts, names, strict=True))


def _meant(part: str, name: str) -> str:
    if name == "item":
        return _ITEMS.get(part, part)
    if name == "year":
        return part.removesuffix("年度").removesuffix("年").removesuffix(".0")
    return part
