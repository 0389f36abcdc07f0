"""Corrections of single cells: applied only while the old value still is what the table has."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from landeff.core.columns import COLUMNS, DTYPES, Kind
from landeff.core.text import Term

#: What a correction has to say; ``old`` and ``new`` are values of the column's kind, ``fault`` an outcome
#: that was known before (a word that is no date …), else missing.
NEEDED = ("table", "key", "column", "old", "new", "valid_until", "fault")
#: What became of a correction.
OUTCOMES: Mapping[str, Term] = MappingProxyType(
    {
        "applied": Term("已采用", "applied"),
        "unknown_kind": Term(
            "未采用：类型不是“更正、异议、外业核查”之一", "not applied: no such kind of correction"
        ),
        "unknown_table": Term("未采用：没有这张表", "not applied: there is no such table in the run"),
        "unknown_column": Term("未采用：表中没有这个字段", "not applied: the table has no such column"),
        "no_key": Term("未采用：缺编号", "not applied: the key is missing"),
        "no_signer": Term("未采用：缺签字人", "not applied: the signer is missing"),
        "no_ground": Term("未采用：理由和文号都没有填", "not applied: neither reason nor document is given"),
        "bad_date": Term("未采用：有效期不是日期", "not applied: valid-until is not a date"),
        "bad_value": Term(
            "未采用：原值或新值不是该字段的值", "not applied: old or new is no value of the column"
        ),
        "no_new": Term(
            "未采用：新值未填（要清空请填“空”）", "not applied: no new value (write 空 to empty the cell)"
        ),
        "out_of_range": Term(
            "未采用：新值超出该字段的范围", "not applied: the new value is out of the column's range"
        ),
        "refused_geometry": Term(
            "未采用：图形不在此更正，请提交改正后的图层",
            "not applied: a polygon is corrected in its layer",
        ),
        "refused_column": Term(
            "未采用：编号和币种不在此更正，请改原文件",
            "not applied: keys and currencies are corrected in the source",
        ),
        "expired": Term("未采用：已过有效期", "not applied: no longer valid"),
        "key_unknown": Term("未采用：表中没有这个编号", "not applied: the table has no such key"),
        "key_set_aside": Term("未采用：该行已搁置", "not applied: the row was set aside"),
        "key_twice": Term("未采用：该编号对应多行", "not applied: several rows have the key"),
        "old_differs": Term("未采用：原值与表中现值不符", "not applied: the table has another value"),
        "contradicted": Term(
            "未采用：同一处的更正互相矛盾", "not applied: corrections contradict each other"
        ),
        "unknown_state": Term("未采用：没有这种认定状态", "not applied: there is no such state"),
        "not_forward": Term("未采用：认定状态只能向前推进", "not applied: a state only moves forward"),
    }
)
#: Half a cent, half a hundredth of a square metre: what people see of a figure is rounded.
_ROUNDED = 0.005
_NOISE = 1e-9


def apply(
    tables: Mapping[str, pd.DataFrame],
    keys: Mapping[str, pd.Series[str]],
    corrections: pd.DataFrame,
    as_of: dt.date,
    *,
    refused: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """Put corrections into the cells they name.

    A correction is applied where its table and column exist, exactly one row has its key, that row still has
    the old value (a missing ``old`` means that the cell is empty), and ``valid_until`` (missing: no end) is
    not before ``as_of``. Of corrections that give one cell different values none is applied. Their order is
    irrelevant; rows and columns that no correction names stay as they are.

    Args:
        tables: by name.
        keys: key of each row as text, on the index of its table.
        corrections: :data:`NEEDED`; other columns travel along.
        refused: columns of each table that are not corrected here; ``geometry`` never is.

    Returns:
        The tables (new where anything changed, else the same objects), and ``corrections`` (same index) with
        ``status`` (``applied``, ``not_applied``), ``outcome``, ``title_zh``, ``title_en``, ``now`` (text of
        the value before, missing where the cell is not found or empty), ``target_file`` and ``target_row``
        (where the row of the cell came from).

    >>> parcels = pd.DataFrame({"parcel_id": ["A", "B"], "registered_area_m2": [100.0, 200.0]})
    >>> told = {"table": ["parcels"], "key": ["B"], "column": ["registered_area_m2"], "old": [200.0]}
    >>> told |= {"new": [210.0], "valid_until": [pd.NaT], "fault": [None]}
    >>> keys = {"parcels": parcels["parcel_id"]}
    >>> new, outcomes = apply({"parcels": parcels}, keys, pd.DataFrame(told), dt.date(2024, 12, 31))
    >>> new["parcels"]["registered_area_m2"].tolist(), outcomes["status"].tolist()
    ([100.0, 210.0], ['applied'])
    """
    told = corrections.reindex(columns=[*dict.fromkeys([*corrections.columns, *NEEDED])])
    told = told.astype({"old": "object", "new": "object"})
    outcome = pd.Series(told["fault"], dtype="object")
    outcome = outcome.where(outcome.notna(), _without_table(told, tables, as_of, refused))
    found_in = pd.DataFrame(None, told.index, ["now", "target_file", "target_row"], dtype="object")
    made = dict(tables)
    open_rows = told[outcome == ""]
    for (name, column), rows in open_rows.groupby(["table", "column"], sort=True):
        table = str(name)
        found, at, cells = _found(rows, made[table], keys[table], str(column))
        outcome[rows.index] = found
        found_in.loc[rows.index] = cells
        applied = rows[found == "applied"]
        if len(applied):
            made[table] = _corrected(made[table], applied, at, str(column))
    return made, _told(told, outcome, found_in)


def kind_of(frame: pd.DataFrame, column: str) -> Kind:
    """Kind of a column: of the data dictionary, else number or text as its type says."""
    if column in COLUMNS:
        return COLUMNS[column].kind
    return "number" if column in frame and pd.api.types.is_numeric_dtype(frame[column]) else "text"


def _without_table(
    told: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    as_of: dt.date,
    refused: Mapping[str, Collection[str]],
) -> pd.Series:
    """Outcomes that can be told without looking into a table; ``""`` for the others."""
    pairs = list(zip(told["table"], told["column"], strict=True))
    closed = [column in refused.get(table, ()) for table, column in pairs]
    cases = {
        "unknown_table": ~told["table"].isin(list(tables)),
        "no_key": told["key"].isna() | (told["key"] == ""),
        "refused_geometry": told["column"] == "geometry",
        "refused_column": pd.Series(closed, index=told.index, dtype=bool),
        "expired": pd.to_datetime(told["valid_until"]) < pd.Timestamp(as_of),
    }
    chosen = np.select([case.to_numpy(dtype=bool) for case in cases.values()], list(cases), "")
    return pd.Series(chosen, index=told.index, dtype="object")


def _found(
    rows: pd.DataFrame, frame: pd.DataFrame, keys: pd.Series[str], column: str
) -> tuple[pd.Series, pd.Series, pd.DataFrame]:
    """Outcome, position in ``frame``, present value and its trace for corrections of one column."""
    kind = kind_of(frame, column)
    n = rows["key"].map(keys.value_counts()).fillna(0)
    places = pd.Series(np.arange(len(keys)), index=pd.Index(keys)).groupby(level=0).first()
    at = rows["key"].map(places)
    is_found = n.eq(1)
    sources = {"now": column, "target_file": "source_file", "target_row": "source_row"}
    cells = pd.DataFrame(None, rows.index, list(sources), dtype="object")
    for name, source in sources.items():
        if source in frame:
            values = frame[source].astype("object").to_numpy()
            cells.loc[is_found, name] = values[at[is_found].astype("int64")]
    is_same = _alike(cells["now"], rows["old"], kind, column)
    stands = is_found & is_same
    new = _comparable(rows["new"], kind).where(stands)
    texts = new.astype("object").where(new.notna(), "\0").astype("str").where(stands)
    several = texts.groupby(rows["key"]).transform("nunique") > 1
    cases = {"key_unknown": n.eq(0), "key_twice": n.gt(1), "old_differs": ~is_same, "contradicted": several}
    found = np.select([case.to_numpy(dtype=bool) for case in cases.values()], list(cases), "applied")
    return pd.Series(found, index=rows.index, dtype="object"), at, cells


def _comparable(values: pd.Series, kind: Kind) -> pd.Series:
    if kind in ("code", "text"):
        texts = values.astype("str").str.normalize("NFKC").str.strip()
        return texts.mask(texts == "")
    return values.astype(DTYPES["number" if kind == "integer" else kind])


def _alike(now: pd.Series, old: pd.Series, kind: Kind, column: str) -> pd.Series:
    """Whether two columns of values are the same; two missing ones are."""
    left, right = _comparable(now, kind), _comparable(old, kind)
    if kind in ("number", "integer"):
        is_rounded = column == "value" or (
            column in COLUMNS and COLUMNS[column].dimension in ("area", "money")
        )
        allowed = np.maximum(_ROUNDED if is_rounded else _NOISE, _NOISE * right.abs())
        same = (left - right).abs() <= allowed
    else:
        same = (left == right).fillna(False)
    return (same | (left.isna() & right.isna())).astype(bool)


def _corrected(frame: pd.DataFrame, applied: pd.DataFrame, at: pd.Series, column: str) -> pd.DataFrame:
    """A copy of ``frame`` with the new values of one column."""
    kind = kind_of(frame, column)
    values = frame[column].copy() if column in frame else pd.Series(np.nan, frame.index).astype(DTYPES[kind])
    unique = applied.drop_duplicates("key")
    places = at[unique.index].astype("int64").to_numpy()
    new = unique["new"].where(unique["new"].notna()).astype(values.dtype)
    values.iloc[places] = new.array
    return frame.assign(**{column: values})


def _told(told: pd.DataFrame, outcome: pd.Series, found_in: pd.DataFrame) -> pd.DataFrame:
    titles = [OUTCOMES[name] for name in outcome]
    return told.assign(
        status=pd.Series(np.where(outcome == "applied", "applied", "not_applied"), told.index, dtype="str"),
        outcome=outcome.astype("str"),
        title_zh=pd.Series([title.zh for title in titles], index=told.index, dtype="str"),
        title_en=pd.Series([title.en for title in titles], index=told.index, dtype="str"),
        now=shown(found_in["now"]),
        target_file=found_in["target_file"].astype("str"),
        target_row=found_in["target_row"].astype("Int64"),
    )


def shown(values: pd.Series) -> pd.Series[str]:
    """Values of any kind as text: ISO dates, 是 and 否, numbers to four decimals, missing as missing."""
    return values.map(_text, na_action="ignore").where(values.notna()).astype("str")


def _text(value: object) -> str:
    if isinstance(value, bool | np.bool_):
        return "是" if value else "否"
    if isinstance(value, dt.date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    return str(value)
