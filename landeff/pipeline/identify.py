"""Who the enterprises of every table are, before their money and land are brought together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import pandas as pd

from landeff.core.errors import MissingExtraError
from landeff.link.codes import repaired
from landeff.link.enterprises import KIND, Identity, candidates, settle
from landeff.link.naming import contradicting
from landeff.pipeline.corrections import decided
from landeff.pipeline.identity_issues import (
    code_issues,
    contradiction_issues,
    name_issues,
    not_matched,
    register_issues,
    twice_issues,
)
from landeff.pipeline.load import Inputs
from landeff.pipeline.lookup import column_or_missing

#: Table → its columns of codes, of names, and of codes as they were written.
MENTIONED: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "returns": ("enterprise_id", "name", "source_code"),
        "occupancy": ("enterprise_id", "name", "source_code"),
        "grades": ("enterprise_id", "name", "source_code"),
        "parcels": ("holder_code", "holder", "holder_source_code"),
    }
)

#: Doubts about codes as written; they fall away where another reading was found.
_DOUBTS = frozenset(["bad_credit_code", "bad_check_digit"])


def identify_enterprises(inputs: Inputs) -> Identity:
    """Give every row of ``inputs`` the code of the enterprise that it means.

    The code as written stays as ``source_code`` (``holder_source_code`` of parcels); rows of ``returns``
    whose owner a person has to say are told by ``is_owner_queued``. Tables, rows set aside and issues of
    ``inputs`` change. Without the extra ``match`` codes alone are followed, and an issue says so.
    """
    _mend_register(inputs)
    enterprises = inputs.table("enterprises")
    mentions = pd.concat([_mentions(inputs, table) for table in MENTIONED], ignore_index=True)
    try:
        asked = candidates(mentions, enterprises)
        wrong = contradicting(asked.mentions, enterprises)
    except MissingExtraError:
        asked = candidates(mentions, enterprises, by_name=False)
        wrong = asked.mentions.head(0)
        inputs.issues += not_matched(asked.names_left)
    links = decided(inputs, asked.links, [KIND])
    identity = replace(asked, mentions=settle(asked.mentions, links), links=links)
    for table, columns in MENTIONED.items():
        if table not in inputs.tables:
            continue
        rows = _told(inputs.tables[table], table, identity.mentions)
        inputs.issues += [
            *code_issues(rows, table, columns[0]),
            *name_issues(rows, table, columns[1]),
            *contradiction_issues(rows, table, columns[1], wrong),
        ]
        _drop_doubts(inputs, table, rows.loc[rows["method"] == "code_repaired", "code"])
        inputs.tables[table] = _with_ids(inputs.tables[table], rows, table)
    _holders_aside(inputs, identity.mentions)
    for table in ("returns", "occupancy", "grades"):
        inputs.issues += twice_issues(inputs.table(table), table)
    if "grades" in inputs.tables:
        inputs.tables["grades"] = _one_grade(inputs.tables["grades"])
    return identity


def _mend_register(inputs: Inputs) -> None:
    """Codes of the register put right, where the right one is not in it as well."""
    if "enterprises" not in inputs.tables:
        return
    frame = inputs.tables["enterprises"]
    code = frame["enterprise_id"]
    right = repaired(code)
    right = right.where(~right.isin(code) & ~right.duplicated(keep=False))
    _drop_doubts(inputs, "enterprises", code[right.notna()])
    inputs.issues += register_issues(frame[right.notna()].assign(enterprise_id_right=right.dropna()))
    inputs.tables["enterprises"] = frame.assign(enterprise_id=right.fillna(code))


def _drop_doubts(inputs: Inputs, table: str, codes: pd.Series) -> None:
    settled = set(codes)
    inputs.issues = [
        issue
        for issue in inputs.issues
        if not (issue.table == table and issue.code in _DOUBTS and issue.value in settled)
    ]


def _mentions(inputs: Inputs, table: str) -> pd.DataFrame:
    frames = [inputs.table(table)]
    if table == "parcels":
        frames.append(inputs.aside(table))
    named = [_code_and_name(frame, table) for frame in frames]
    return pd.concat(named).drop_duplicates().assign(table=table)


def _code_and_name(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    code, name, _ = MENTIONED[table]
    pair = {"code": column_or_missing(frame, code), "name": column_or_missing(frame, name)}
    return pd.DataFrame(pair, index=frame.index).astype("str")


def _told(frame: pd.DataFrame, table: str, mentions: pd.DataFrame) -> pd.DataFrame:
    """Rows of a table with ``code``, ``name`` as written, ``enterprise_id``, ``method`` and ``is_queued``."""
    of_table = mentions[mentions["table"] == table].drop(columns=["table", "key"])
    told = _code_and_name(frame, table).merge(of_table, on=["code", "name"], how="left", validate="m:1")
    told = told.set_axis(frame.index).astype({"is_queued": "boolean"}).fillna({"is_queued": False})
    keys = ("subject_id", "parcel_id", "supply_id", "year", "item", "tenure", "source_file", "source_row")
    here = frame[[name for name in keys if name in frame]]
    return here.assign(**told)


def _with_ids(frame: pd.DataFrame, rows: pd.DataFrame, table: str) -> pd.DataFrame:
    code, _, written = MENTIONED[table]
    frame = frame.assign(**{written: rows["code"], code: rows["enterprise_id"]})
    return frame.assign(is_owner_queued=rows["is_queued"]) if table == "returns" else frame


def _holders_aside(inputs: Inputs, mentions: pd.DataFrame) -> None:
    """Holders of parcels that were set aside: their money is booked under the land they stand on."""
    for at, frame in enumerate(inputs.set_aside):
        if "holder_code" in frame and len(frame) and (frame["table"] == "parcels").all():
            inputs.set_aside[at] = _with_ids(frame, _told(frame, "parcels", mentions), "parcels")


def _one_grade(grades: pd.DataFrame) -> pd.DataFrame:
    """One grade an enterprise and year: that beside its own code, else the one all rows agree on."""
    key = ["enterprise_id", "year"]
    is_own = grades["source_code"] == grades["enterprise_id"]
    has_own = is_own.groupby([grades[name] for name in key]).transform("any")
    rows = grades[is_own | ~has_own.fillna(False).astype(bool)]
    agree = rows.groupby(key)["grade"].transform("nunique") <= 1
    return rows[agree].drop_duplicates(key).reset_index(drop=True)
