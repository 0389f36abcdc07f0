"""Land-use codes of a table: which classification they are of, and which of them are unknown in it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from landeff.core.issues import Issue
from landeff.core.landuse import DEFAULT, FOREIGN, MIXED, SYSTEMS, is_known, use_of
from landeff.core.landuse.telling import row_systems, tell_system
from landeff.sources.codes.issues import grouped

#: Column of codes → column of their titles, where a source has one.
_TITLES: Mapping[str, str] = MappingProxyType({"land_use_code": "land_use", "land_class_code": "land_class"})


_HAN = "[\u4e00-\u9fff]"
#: Share of unknown codes from which a column may be of no Chinese system; share that lost zeros must explain.
_MOSTLY, _EXPLAINED = 0.5, 0.9


def check_land_use(frame: pd.DataFrame, table: str, declared: str | None) -> tuple[pd.DataFrame, list[Issue]]:
    """Settle the system of the land-use codes of a table and tell what is unknown in it.

    A system that is not GB/T 21010 becomes the column ``land_use_system``. Where hardly a code is known the
    column holds codes of another country: none of them is read, and nothing is said.
    """
    for column, title in _TITLES.items():
        if column in frame and frame[column].notna().any():
            return _settled(frame, table, column, frame.get(title), declared)
    return frame, []


def _settled(
    frame: pd.DataFrame, table: str, column: str, titles: pd.Series[str] | None, declared: str | None
) -> tuple[pd.DataFrame, list[Issue]]:
    codes = frame[column]
    told = tell_system(codes, titles, is_parcels=table == "parcels")
    system = declared or told.system
    of_row = row_systems(codes, system)
    rows = frame[codes.notna()]
    unknown = rows[~is_known(codes, of_row)[rows.index]]
    ambiguous = unknown[is_known(unknown[column], DEFAULT)] if system == MIXED else unknown.iloc[:0]
    unknown = unknown.drop(index=ambiguous.index)
    is_other = len(unknown) == len(rows) and not unknown[column].str.contains(_HAN).any()
    if not declared and is_other and not _all_lost_zeros(rows[column]):
        return frame, []
    if not declared and _is_foreign(rows[column], len(unknown) / len(rows)):
        return frame.assign(land_use_system=pd.Series(FOREIGN, index=frame.index, dtype="str")), []
    issues = [] if declared else _told(rows, ambiguous, table, column, told.system, told.by)
    issues += grouped(
        unknown,
        table,
        column,
        "unknown_land_use_code",
        "warning",
        "kept; its class is unknown",
        _fix(unknown[column], system),
    )
    if of_row.eq(DEFAULT).all():
        return frame, issues
    return frame.assign(land_use_system=of_row.where(codes.notna())), issues


def _all_lost_zeros(codes: pd.Series[str]) -> bool:
    """Whether codes none of which is known are codes whose leading 0 a spreadsheet dropped (601 for 0601)."""
    short = codes.str.fullmatch(r"\d{3}|\d{5}")
    explained = short & is_known("0" + codes)
    of_codes = explained.groupby(codes).first()
    return bool(min(explained.mean(), of_codes.mean()) >= _EXPLAINED)


def _is_foreign(codes: pd.Series[str], unknown: float) -> bool:
    """Whether a column that fits a little is of another country: most codes unknown, lost zeros or not."""
    if unknown < _MOSTLY or codes.str.contains(_HAN).any():
        return False
    return float((is_known(codes) | is_known("0" + codes)).mean()) < _EXPLAINED


def _told(
    rows: pd.DataFrame, ambiguous: pd.DataFrame, table: str, column: str, system: str, by: tuple[str, ...]
) -> list[Issue]:
    """What was concluded about the system without being declared."""
    declare = 'declare land_use_system = "{}", or the right one'
    if system == MIXED:
        return grouped(
            ambiguous,
            table,
            column,
            "land_use_systems_mixed",
            "warning",
            f"kept; class unknown, for the column mixes classifications ({', '.join(by)})",
            declare.format(DEFAULT),
        )
    if system == DEFAULT:
        return []
    decision = f"read in {SYSTEMS[system].en}, by {', '.join(by)}"
    return grouped(rows, table, column, "land_use_system_told", "info", decision, declare.format(system))


def _fix(unknown: pd.Series[str], system: str) -> str:
    wanted = DEFAULT if system == MIXED else system
    for code in unknown.unique():
        if len(str(code)) in (3, 5) and use_of(f"0{code}", wanted):
            return f"a spreadsheet dropped the leading 0: write 0{code} for {code}"
    return "correct the codes, or declare land_use_system"
