"""Codes against the standards they are of: every doubt is an issue, no code is changed.

A column in which nothing looks like a code of the standard is not checked, and nothing is said: ids of an
office's own, and those of other countries, are no mistakes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import pandas as pd

from landeff.core import credit_code, parcel_code
from landeff.core.divisions import division
from landeff.core.industries import division_codes, divisions
from landeff.core.issues import Issue
from landeff.sources.codes.issues import grouped, per_code
from landeff.sources.codes.land_use import check_land_use

_KEPT = "kept as it is"
_LICENCE = "compare with the business licence"
_OLD_CODES = ("register_number", "tax_number", "organisation_code")
#: Share of a column's codes that has to be known before the others are taken for mistakes.
_MOSTLY = 0.5


def check_codes(
    frame: pd.DataFrame, table: str, land_use_system: str | None = None
) -> tuple[pd.DataFrame, list[Issue]]:
    """Check every code column of a canonical table.

    Args:
        land_use_system: a key of :data:`landeff.core.landuse.SYSTEMS` as declared, ``None`` to tell it from
            the column.

    Returns:
        The table, with ``land_use_system`` where its land-use codes are not those of GB/T 21010, and issues
        ``bad_parcel_code``, ``bad_check_digit``, ``bad_credit_code``, ``old_enterprise_code``,
        ``identity_number``, ``unknown_division``, ``superseded_division``, ``unknown_industry_code``,
        ``industry_contradicts_code``, ``unknown_land_use_code``, ``land_use_system_told``,
        ``land_use_systems_mixed``.
    """
    issues: list[Issue] = []
    for column, check in _CHECKS.items():
        if column in frame:
            rows = frame[frame[column].notna()]
            issues += check(rows, table, column) if len(rows) else []
    frame, told = check_land_use(frame, table, land_use_system)
    return frame, [*issues, *told]


def _parcel_codes(rows: pd.DataFrame, table: str, column: str) -> list[Issue]:
    rows = rows[~rows[column].str.contains(parcel_code.SEVERAL) | (table != "supply")]  # may list several
    faults = parcel_code.faults(rows[column])
    right = faults.isna()
    if not right.any():
        return []
    wrong = rows[~right]
    codes = wrong[column]
    meant = codes.map({code: parcel_code.proposed(code) for code in codes.unique()})
    fix = ("write " + meant).where(meant != "", "correct the code in the cadastre")
    issues = per_code(wrong, table, column, "bad_parcel_code", "warning", f"{_KEPT}: " + faults[~right], fix)
    return [*issues, *_divisions(rows[right].assign(**{column: rows[column].str[:6]}), table, column)]


def _divisions(rows: pd.DataFrame, table: str, column: str) -> list[Issue]:
    """Divisions abolished and unknown; one issue each. Zones of statistics are as good as any."""
    found = {code: division(str(code)) for code in rows[column].unique()}
    status = rows[column].map({code: each.status for code, each in found.items()})
    if status.isin(["current", "superseded"]).sum() < _MOSTLY * len(rows):
        return []
    unknown = per_code(
        rows[status == "unknown"],
        table,
        column,
        "unknown_division",
        "warning",
        _KEPT,
        "check the six digits against GB/T 2260",
    )
    old = rows[status == "superseded"]
    decision = old[column].map({c: f"kept; {d.name} was abolished in {d.until}" for c, d in found.items()})
    fix = old[column].map(
        {
            code: f"use {each.successor} {division(each.successor).name}"
            if each.successor
            else "use the code of today"
            for code, each in found.items()
        }
    )
    return [*unknown, *per_code(old, table, column, "superseded_division", "info", decision, fix)]


def _district_codes(rows: pd.DataFrame, table: str, column: str) -> list[Issue]:
    return _divisions(rows, table, column)


def _credit_codes(rows: pd.DataFrame, table: str, column: str) -> list[Issue]:
    codes = pd.Series(rows[column].unique(), dtype="str")
    kinds = credit_code.statuses(codes).set_axis(codes)
    is_credit = kinds.isin(["valid", "bad_check_digit"]).any()
    if not is_credit and kinds.isin(_OLD_CODES).sum() < _MOSTLY * len(codes):
        return []
    status = rows[column].map(kinds)
    issues = per_code(
        rows[status == "bad_check_digit"],
        table,
        column,
        "bad_check_digit",
        "warning",
        f"{_KEPT}: the same wrong code elsewhere still matches",
        _LICENCE,
    )
    other = rows[status == "other"]
    meant = other[column].map({code: credit_code.proposed(str(code)) for code in other[column].unique()})
    why = f"{_KEPT}: " + other[column].map(lambda code: _credit_fault(str(code)))
    fix = ("write " + meant).where(meant != "", _LICENCE)
    issues += per_code(other, table, column, "bad_credit_code", "warning", why, fix)
    old, people = rows[status.isin(_OLD_CODES)], rows[status == "identity_number"]
    decision, fix_old = "kept; links to the same old code only", "add the unified social credit code of today"
    issues += grouped(old, table, column, "old_enterprise_code", "warning", decision, fix_old)
    return [*issues, *_people(people, table, column)]


def _people(rows: pd.DataFrame, table: str, column: str) -> list[Issue]:
    """Natural persons, without their numbers."""
    decision = "kept, not shown here: identity numbers of natural persons"
    fix = "leave the column out of what is handed on"
    return grouped(rows.assign(**{column: "***"}), table, column, "identity_number", "info", decision, fix)


def _credit_fault(code: str) -> str:
    if len(code) != 18:
        return f"{len(code)} characters, not 18"
    return "characters that the code cannot have"


def _industry_codes(rows: pd.DataFrame, table: str, column: str) -> list[Issue]:
    found = division_codes(rows[column])
    if found.notna().sum() < _MOSTLY * len(rows):
        return []
    unknown = rows[found.isna()]
    padded = "0" + unknown[column]
    lost_zero = division_codes(padded).notna() & unknown[column].str.len().isin([1, 3])
    fix = ("a spreadsheet dropped the leading 0: write " + padded).where(
        lost_zero, "use a division of GB/T 4754-2017"
    )
    issues = per_code(unknown, table, column, "unknown_industry_code", "warning", _KEPT, fix)
    if "industry" not in rows:
        return issues
    code_of_title = {each.title.zh: code for code, each in divisions().items()}
    other = rows["industry"].map(code_of_title)
    off = rows[other.notna() & found.notna() & (other != found)]
    shown = off.assign(**{column: off[column] + " " + off["industry"]})
    return [
        *issues,
        *per_code(
            shown,
            table,
            column,
            "industry_contradicts_code",
            "warning",
            "code kept; GB/T 4754-2017 has the title under " + other[off.index],
            "say which edition of GB/T 4754 the codes are of, or correct them",
        ),
    ]


_CHECKS: Mapping[str, Callable[[pd.DataFrame, str, str], list[Issue]]] = MappingProxyType(
    {
        "parcel_id": _parcel_codes,
        "enterprise_id": _credit_codes,
        "holder_code": _credit_codes,
        "group_id": _credit_codes,
        "district_code": _district_codes,
        "industry_code": _industry_codes,
    }
)
