"""The findings table: every verdict with its evidence, its ground and what is missing."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from landeff.core.columns import title
from landeff.core.text import Lang
from landeff.standards import kleene
from landeff.standards.condition import Comparison, comparisons
from landeff.standards.evaluate import (
    HIT,
    NOT_APPLICABLE,
    OPEN,
    Facts,
    Verdicts,
    aged,
    expected,
    judge,
    missing,
)
from landeff.standards.rules import CATEGORIES, Rule

COLUMNS = (
    "parcel_id",
    "rule_id",
    "verdict",
    "reason",
    "since_on",
    "missing",
    "aged",
    "evidence",
    "basis",
    "rule_version",
    "stage",
    "advice",
)
_TRUTH = {kleene.TRUE: "true", kleene.FALSE: "false", kleene.UNKNOWN: "unknown"}

#: Column → the two columns that say which file and row its value came from.
Sources = Mapping[str, tuple[str, str]]


def findings(
    frame: pd.DataFrame,
    verdicts: Iterable[Verdicts],
    as_of: dt.date,
    *,
    sources: Sources | None = None,
    settled_by: Mapping[str, Collection[str]] | None = None,
    keep: Collection[str] = ("hit", "clear", "unknown"),
    lang: Lang = "zh",
    key: str = "parcel_id",
) -> pd.DataFrame:
    """All verdicts as a table, one row for each parcel and rule that applies to it; see ``docs/tables.md``.

    Args:
        frame: the parcels the verdicts were made of, with ``key``.
        sources: where values came from, by column.
        settled_by: for a computed column, the columns to ask for where it is missing.
        keep: verdicts that get a row.
        lang: language of the advice.
        key: column that names a row of the frame.

    Returns:
        Sorted by parcel and rule. ``evidence`` is JSON, rebuilt from the frame.
    """
    parts = [
        _of_rule(frame, item, as_of, sources or {}, settled_by or {}, keep, key).assign(
            advice=item.rule.advice.text(lang)
        )
        for item in verdicts
    ]
    columns = [key, *COLUMNS[1:]]
    if not parts:
        empty = pd.DataFrame({name: pd.Series(dtype="str") for name in columns})
        return empty.astype({"since_on": "datetime64[s]"})
    table = pd.concat(parts, ignore_index=True)[columns]
    return table.sort_values([key, "rule_id"], ignore_index=True)


def category_verdicts(verdicts: Iterable[Verdicts], index: pd.Index) -> pd.DataFrame:
    """What the rules of each category say together: a hit if any hits, unknown if none hits and any is.

    Returns:
        On ``index``, for each category that has rules: ``<category>_verdict`` (missing where none applies),
        ``<category>_reason`` (of the first unknown rule) and ``<category>_rule_id`` (the first rule, by id,
        that says it).
    """
    found: dict[str, pd.Series] = {}
    ordered = sorted(verdicts, key=lambda item: item.rule.id)
    for category in CATEGORIES:
        rules = [item for item in ordered if item.rule.category == category and item.rule.of == "parcels"]
        if category == "other" or not rules:
            continue
        code = kleene.any_of([item.code for item in rules])
        speaks = np.stack([item.code for item in rules]).argmax(axis=0)
        to_check = np.stack([item.to_check for item in rules])[speaks, np.arange(len(index))]
        ids = np.array([item.rule.id for item in rules], dtype=object)[speaks]
        whole = Verdicts(rules[0].rule, index, code, to_check)
        found[f"{category}_verdict"] = whole.labels()
        found[f"{category}_reason"] = whole.reasons()
        found[f"{category}_rule_id"] = pd.Series(
            np.where(code == NOT_APPLICABLE, None, ids), index=index, dtype="str"
        )
    return pd.DataFrame(found, index=index)


def missing_facts(table: pd.DataFrame, area_m2: pd.Series) -> pd.DataFrame:
    """What would settle the unknown findings: parcels and area by rule and missing column.

    Args:
        table: :func:`findings`.
        area_m2: area of each parcel, indexed by parcel_id.

    Returns:
        ``rule_id, column, n, area_m2, title_zh, title_en``, largest area first. A parcel that lacks two facts
        counts for both.
    """
    rows = table.loc[table["verdict"] == "unknown", ["parcel_id", "rule_id", "missing"]]
    rows = rows.assign(column=rows["missing"].str.split(",")).explode("column")
    rows = rows[rows["column"].fillna("") != ""]
    rows = rows.assign(area_m2=rows["parcel_id"].map(area_m2).astype("float64"))
    counted = rows.groupby(["rule_id", "column"], as_index=False).agg(
        n=("area_m2", "size"), area_m2=("area_m2", "sum")
    )
    titles = [title(name) for name in counted["column"]]
    counted["title_zh"] = pd.Series([t.zh for t in titles], dtype="str")
    counted["title_en"] = pd.Series([t.en for t in titles], dtype="str")
    return counted.sort_values(
        ["area_m2", "rule_id", "column"], ascending=[False, True, True], ignore_index=True
    )


def _of_rule(
    frame: pd.DataFrame,
    item: Verdicts,
    as_of: dt.date,
    sources: Sources,
    settled_by: Mapping[str, Collection[str]],
    keep: Collection[str],
    key: str,
) -> pd.DataFrame:
    rule = item.rule
    labels = item.labels()
    rows = labels.isin(set(keep)).to_numpy()
    part = frame[rows]
    code = item.code[rows]
    facts = Facts(part, as_of).of(rule)
    since = part[rule.since].to_numpy("datetime64[s]") if rule.since in part else np.datetime64("NaT", "s")
    n = len(part)
    return pd.DataFrame(
        {
            key: part[key].to_numpy(),
            "rule_id": np.full(n, rule.id, dtype=object),
            "verdict": labels[rows].to_numpy(),
            "reason": item.reasons()[rows].to_numpy(),
            "since_on": np.where(code == HIT, since, np.datetime64("NaT", "s")),
            "missing": _missing_names(rule, facts, code, settled_by),
            "aged": _aged_names(rule, facts, code),
            "evidence": _evidence(list(comparisons(rule.condition)), facts, sources),
            "basis": "；".join(basis.text for basis in rule.basis),
            "rule_version": rule.version,
            "stage": "suspected",
        }
    ).astype(dict.fromkeys((key, "rule_id", "verdict", "reason", "missing", "aged", "evidence"), "str"))


def _missing_names(
    rule: Rule, facts: Facts, code: kleene.Truth, settled_by: Mapping[str, Collection[str]]
) -> list[str | None]:
    """Missing columns of each row, computed ones replaced by what would settle them, joined by ``,``."""
    absent: dict[str, kleene.Mask] = {}
    for name, rows in missing(rule, facts).items():
        for fact in _asked_for(name, settled_by):
            blank = rows if fact == name else rows & ~facts.column(fact).known
            absent[fact] = absent[fact] | blank if fact in absent else blank
    return _joined(absent, code)


def _aged_names(rule: Rule, facts: Facts, code: kleene.Truth) -> list[str | None]:
    """Columns of each row whose values are too old to count, joined by ``,``."""
    named = _joined(aged(rule, facts) if rule.stale else {}, code)
    return [name or None for name in named]


def _joined(absent: Mapping[str, kleene.Mask], code: kleene.Truth) -> list[str | None]:
    """For each open row the names whose mask holds, joined by ``,``; ``None`` for the others."""
    names = sorted(absent)
    # one text for each different combination of names
    pattern = np.zeros(len(code), dtype=object) if len(names) > 62 else np.zeros(len(code), dtype=np.int64)
    for bit, name in enumerate(names):
        pattern = pattern + absent[name].astype(np.int64) * (1 << bit)
    kinds, which = np.unique(pattern, return_inverse=True)
    texts = [",".join(name for bit, name in enumerate(names) if int(kind) >> bit & 1) for kind in kinds]
    return [texts[k] if state == OPEN else None for k, state in zip(which, code, strict=True)]


def _asked_for(name: str, settled_by: Mapping[str, Collection[str]]) -> list[str]:
    found: list[str] = []
    for column in settled_by.get(name, (name,)):
        found += [column] if column == name or column not in settled_by else _asked_for(column, settled_by)
    return found


def _evidence(leaves: list[Comparison], facts: Facts, sources: Sources) -> list[str]:
    columns = [_evidence_of(leaf, facts, sources) for leaf in leaves]
    return [json.dumps(row, ensure_ascii=False, default=str) for row in zip(*columns, strict=True)]


def _evidence_of(leaf: Comparison, facts: Facts, sources: Sources) -> list[dict[str, Any]]:
    """Evidence of one comparison for every row of the frame."""
    frame, blank = facts.frame, [None] * len(facts.frame)
    right = expected(leaf, facts.parameters, facts.as_of)
    file, row = sources.get(leaf.column, ("", ""))
    cells = (
        _plain(frame[leaf.column]) if leaf.column in frame else blank,
        judge(leaf, facts).tolist(),
        _plain(frame[file]) if file in frame else blank,
        _plain(frame[row]) if row in frame else blank,
    )
    found = [
        {
            "column": leaf.column,
            "op": leaf.op,
            "expected": right,
            "value": value,
            "verdict": _TRUTH[verdict],
            "source_file": source_file,
            "source_row": source_row,
        }
        for value, verdict, source_file, source_row in zip(*cells, strict=True)
    ]
    for name, values in _asides(leaf, facts).items():
        for place, value in zip(found, values, strict=True):
            if value is not None:
                place[name] = value
    return found


def _asides(leaf: Comparison, facts: Facts) -> dict[str, list[Any]]:
    """What only some comparisons have: the value of the other column, the day of a value that is too old."""
    found = {}
    if leaf.to is not None and facts.constant(leaf.to) is None and leaf.to in facts.frame:
        found["other"] = _plain(facts.frame[leaf.to])
    limit = facts.stale.get(leaf.column)
    if limit is not None and limit.observed_on in facts.frame and leaf.op != "is_null":
        old = facts.column(leaf.column).known & ~facts.fresh(leaf.column)
        found["aged_on"] = _plain(facts.frame[limit.observed_on].where(old))
    return found


def _plain(series: pd.Series) -> list[Any]:
    """Values for JSON: dates as ISO text, missing as ``None``."""
    if pd.api.types.is_datetime64_any_dtype(series):
        series = series.dt.strftime("%Y-%m-%d")
    return series.astype(object).where(series.notna(), None).tolist()
