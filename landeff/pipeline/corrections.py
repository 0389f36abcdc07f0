"""Corrections and decisions of a run: put into the tables, and told of one by one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from landeff.core.columns import COLUMNS
from landeff.core.corrections import OUTCOMES, apply, kind_of
from landeff.core.review_words import (
    FINDINGS,
    KINDS,
    STAGES,
    code_of,
    column_named,
    refused_columns,
    table_titles,
)
from landeff.link.decisions import decide
from landeff.pipeline.config import Config
from landeff.pipeline.correction_keys import row_keys, told_keys
from landeff.pipeline.correction_units import with_units
from landeff.pipeline.load import Inputs, settle_zones
from landeff.pipeline.returns import with_subject
from landeff.publish.terms import TERMS
from landeff.sources.review import typed

#: What else tables are called in the results.
_TABLE_WORDS = {code: term for (group, code), term in TERMS.items() if group == "table"}
_CELL = ("table", "key", "column")
_CELLS = {"old": "old_value", "new": "new_value"}
_TEXT = ("table", "key", "column", "kind", "old_value", "new_value", "reason", "document", "signer")


def correct_inputs(inputs: Inputs, config: Config) -> None:
    """Apply the corrections of input tables, before anybody is identified and anything is measured.

    Tables of ``inputs`` change; what became of each correction is added to ``inputs.outcomes``, the change
    of money to ``inputs.corrected``.
    """
    rows = _understood(inputs)
    rows = rows[rows["table"] != FINDINGS]
    if rows.empty:
        return
    before = inputs.tables
    keys = {name: row_keys(frame, name) for name, frame in before.items()}
    rows = rows.assign(key=told_keys(rows["key"], rows["table"]))
    refused = {name: refused_columns(name) for name in before}
    tables, outcomes = _chained(before, keys, rows, config.as_of, refused)
    inputs.outcomes.append(with_units(_where_aside(outcomes, inputs), config.currency))
    inputs.tables = tables
    _follow(inputs, before)


def _chained(
    tables: dict[str, pd.DataFrame],
    keys: dict[str, pd.Series],
    rows: pd.DataFrame,
    as_of: dt.date,
    refused: dict[str, tuple[str, ...]],
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """Corrections applied one upon the other: of a cell corrected twice the second sees what the first made.

    So the workbooks of two rounds can both be named, in whatever order.
    """
    tables, outcomes = apply(tables, keys, rows, as_of, refused=refused)
    newly = outcomes
    while True:
        cell = pd.Series([tuple(row) for row in outcomes[list(_CELL)].to_numpy()], outcomes.index)
        made = {tuple(row) for row in newly.loc[newly["status"] == "applied", list(_CELL)].to_numpy()}
        again = outcomes["outcome"].eq("old_differs") & cell.map(made.__contains__).astype(bool)
        if not again.any():
            return tables, outcomes
        tables, newly = apply(tables, keys, rows[again], as_of, refused=refused)
        newly = newly[newly["outcome"] != "old_differs"]
        outcomes = pd.concat([outcomes.drop(index=newly.index), newly]).loc[rows.index]


def decided(inputs: Inputs, links: pd.DataFrame, kinds: Iterable[str]) -> pd.DataFrame:
    """``links`` with the decisions on questions of ``kinds``; outcomes are added to ``inputs.outcomes``."""
    if inputs.decisions.empty:
        return links
    told = inputs.decisions[inputs.decisions["kind"].isin(list(kinds))]
    inputs.decided_kinds |= set(kinds)
    links, outcomes = decide(links, told)
    inputs.outcomes.append(_as_corrections(outcomes))
    return links


def land_answers(inputs: Inputs, kind: str = "supply_land") -> Callable[[pd.DataFrame], pd.DataFrame]:
    """Puts the decisions of ``inputs`` into the questions which parcel, or batch, a supply record is."""
    return lambda links: decided(inputs, links, [kind])


def undecided(inputs: Inputs) -> None:
    """Decisions on questions of kinds that the run does not ask are told as well."""
    if inputs.decisions.empty:
        return
    told = inputs.decisions[~inputs.decisions["kind"].isin(list(inputs.decided_kinds))]
    nothing = pd.DataFrame(columns=["kind", "decision", "decided_by", "decided_on"]).astype("str")
    names = ("left_table", "left_key", "left_name", "right_table", "right_key", "right_name", "seen")
    nothing = nothing.assign(**{name: pd.Series(dtype="str") for name in names})
    inputs.outcomes.append(_as_corrections(decide(nothing, told)[1]))


def move_findings(findings: pd.DataFrame, inputs: Inputs, config: Config) -> pd.DataFrame:
    """Findings with their states moved on (疑似 → 调查中 → 已认定 → 已处置), which corrections alone may do.

    Only hits have a state. A state moves forward only; corrections of a chain follow each other, whatever
    their order.
    """
    hits = findings["verdict"] == "hit"
    findings = findings.assign(stage=findings["stage"].where(hits).astype("str"))
    rows = _understood(inputs)
    rows = rows[rows["table"] == FINDINGS]
    if rows.empty:
        return findings
    own = findings["parcel_id"] + "|" + findings["rule_id"]
    rows = rows.assign(key=_finding_keys(rows["key"], findings[hits]))
    states = {
        name: rows[name].map(lambda word: code_of(STAGES, word), na_action="ignore")
        for name in _CELLS.values()
    }
    rank = {name: place for place, name in enumerate(STAGES)}
    old, new = (states[name].map(rank) for name in _CELLS.values())
    fault = rows["fault"].where(rows["fault"].notna() | (old.notna() & new.notna()), "unknown_state")
    fault = fault.where(fault.notna() | (new > old), "not_forward")
    rows = rows.assign(old=states["old_value"], new=states["new_value"], fault=fault)
    outcomes = []
    for place, _ in enumerate(STAGES):  # the corrections of each state, once those before it are applied
        at = old.fillna(0).eq(place)
        tables, told = apply({FINDINGS: findings}, {FINDINGS: own.where(hits)}, rows[at], config.as_of)
        findings = tables[FINDINGS]
        outcomes.append(told)
    inputs.outcomes.append(pd.concat(outcomes))
    return findings


def _finding_keys(keys: pd.Series, hits: pd.DataFrame) -> pd.Series:
    """Keys ``parcel|rule``; a parcel alone stands for its finding where it has one only."""
    own = hits["parcel_id"] + "|" + hits["rule_id"]
    alone = own[~hits["parcel_id"].duplicated(keep=False)].set_axis(
        hits.loc[~hits["parcel_id"].duplicated(keep=False), "parcel_id"]
    )
    keys = keys.str.normalize("NFKC").str.replace(r"\s*\|\s*", "|", regex=True).str.strip()
    return keys.map(alone).fillna(keys).astype("str")


def _understood(inputs: Inputs) -> pd.DataFrame:
    """Corrections with canonical table and column, values of their kinds, and what is wrong with them."""
    rows = inputs.corrections
    if rows.empty:
        return pd.DataFrame(columns=[*_TEXT, "old", "new", "valid_until", "fault"])
    titles = table_titles()
    table = rows["table"].map(
        lambda word: code_of(titles, word) or code_of(_TABLE_WORDS, word), na_action="ignore"
    )
    named = [
        _column(inputs, name, word) if isinstance(name, str) and isinstance(word, str) else (None, None)
        for name, word in zip(table, rows["column"], strict=True)
    ]
    column = pd.Series([name for name, _ in named], index=rows.index, dtype="object")
    rows = rows.assign(
        unit=pd.Series([unit for _, unit in named], index=rows.index, dtype="object"),
        kind=rows["kind"].fillna("correction").map(lambda word: code_of(KINDS, word) or word),
        named_table=table,
        named_column=column,
    )
    rows = rows.assign(old=None, new=None, is_bad=False).astype({"old": "object", "new": "object"})
    for (name, title), part in rows.groupby(["named_table", "named_column"], sort=True):
        rows.loc[part.index, ["old", "new", "is_bad"]] = _typed(part, inputs, str(name), str(title))
    fault = _faults(rows)
    return rows.assign(
        fault=fault,
        table=table.fillna(rows["table"]).astype("str"),
        column=column.fillna(rows["column"]).astype("str"),
    )


def _column(inputs: Inputs, table: str, word: str) -> tuple[str | None, str | None]:
    others = [str(name) for name in inputs.tables[table].columns] if table in inputs.tables else []
    return column_named(table, word, others)


def _typed(part: pd.DataFrame, inputs: Inputs, table: str, column: str) -> pd.DataFrame:
    """``old``, ``new`` and ``is_bad`` of the corrections of one column."""
    if table == FINDINGS or column == "geometry":
        return pd.DataFrame({"old": part["old_value"], "new": part["new_value"], "is_bad": False})
    kind = kind_of(inputs.table(table), column)
    found: dict[str, list[pd.Series]] = {}
    is_bad = pd.Series(False, index=part.index)
    for unit, rows in part.groupby("unit", dropna=False):
        for name in _CELLS.values():
            parsed = typed(rows[name], kind, column, unit if isinstance(unit, str) else None)
            known = parsed.values.astype("object").where(parsed.values.notna(), None)
            found.setdefault(name, []).append(known)
            is_bad |= parsed.defects["bad_value"].reindex(part.index, fill_value=False)
    values = {name: pd.concat(found[cell]).reindex(part.index) for name, cell in _CELLS.items()}
    return pd.DataFrame({**values, "is_bad": is_bad})


def _faults(rows: pd.DataFrame) -> pd.Series:
    """What is wrong with a correction whatever the table holds; missing where nothing is."""
    nothing = rows["new_value"].isna()
    low, high = (
        rows["named_column"].map(
            {name: getattr(spec, end) for name, spec in COLUMNS.items() if getattr(spec, end) is not None}
        )
        for end in ("low", "high")
    )
    number = pd.to_numeric(rows["new"].where(low.notna() & ~rows["is_bad"].astype(bool)), errors="coerce")
    cases = {
        "unknown_kind": ~rows["kind"].isin(list(KINDS)),
        "unknown_table": rows["named_table"].isna(),
        "unknown_column": rows["named_column"].isna(),
        "no_signer": rows["signer"].isna(),
        "no_ground": rows["reason"].isna() & rows["document"].isna(),
        "bad_date": rows["valid_until"].isna() & rows["date_text"].fillna("").ne(""),
        "bad_value": rows["is_bad"].astype(bool),
        "no_new": nothing & rows["named_column"].ne("geometry"),
        "out_of_range": (number < low.astype("float64")) | (number > high.astype("float64")),
    }
    conditions = [case.to_numpy(dtype=bool) for case in cases.values()]
    found = pd.Series(np.select(conditions, list(cases), ""), index=rows.index, dtype="object")
    return found.where(found != "", None)


def _where_aside(outcomes: pd.DataFrame, inputs: Inputs) -> pd.DataFrame:
    """Keys that are unknown because their row was set aside."""
    lost = outcomes["outcome"] == "key_unknown"
    aside = {
        (name, str(key))
        for name in outcomes.loc[lost, "table"].unique()
        for key in inputs.aside(str(name))["key"].dropna()
    }
    pairs = zip(outcomes["table"], outcomes["key"], strict=True)
    is_known = [(table, str(key).partition("|")[0]) in aside for table, key in pairs]
    is_aside = lost & pd.Series(is_known, index=outcomes.index, dtype=bool)
    told = OUTCOMES["key_set_aside"]
    texts = {"outcome": "key_set_aside", "title_zh": told.zh, "title_en": told.en}
    return outcomes.assign(**{name: outcomes[name].mask(is_aside, text) for name, text in texts.items()})


def _follow(inputs: Inputs, before: dict[str, pd.DataFrame]) -> None:
    """What hangs on the corrected columns: subjects and amounts of money, parents of zones."""
    returns, zones = inputs.tables.get("returns"), inputs.tables.get("zones")
    if zones is not None and zones is not before["zones"]:
        inputs.tables["zones"] = settle_zones(zones, inputs)
    if returns is None or returns is before["returns"]:
        return
    inputs.tables["returns"] = with_subject(returns)
    change = returns["value"].fillna(0.0) - before["returns"]["value"].fillna(0.0)
    changed = returns.loc[change != 0, ["item", "year"]].assign(value=change[change != 0])
    if len(changed):
        inputs.corrected.append(changed)


def _as_corrections(outcomes: pd.DataFrame) -> pd.DataFrame:
    """Decisions in the columns of corrections."""
    answer = outcomes["answer_text"] if "answer_text" in outcomes else outcomes["answer"]
    candidate = outcomes["right_name"].fillna(outcomes["right_key"])
    return pd.DataFrame(
        {
            "kind": "decision",
            "table": outcomes["left_table"],
            "key": outcomes["left_key"],
            "column": outcomes["kind"],
            "old_value": outcomes["was"],
            "new_value": answer + " " + candidate.fillna(""),
            "now": outcomes["now"],
            "reason": outcomes.get("note"),
            "signer": outcomes["decided_by"],
            "decided_on": outcomes["decided_on"],
            "date_text": outcomes.get("date_text"),
            **{name: outcomes[name] for name in ("status", "outcome", "title_zh", "title_en")},
            **{name: outcomes[name] for name in ("source_file", "source_row") if name in outcomes},
        },
        index=outcomes.index,
    )
