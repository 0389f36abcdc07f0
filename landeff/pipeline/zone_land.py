"""The land table of each zone: what the survey, the plans, the supply ledger and the verdicts tell of it.

A zone may hand in its own statistics (``zone_statistics``): they stand in place of what is derived, group by
group, since a sum of two sources is neither. What is not known stays an interval, and names its codes.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from landeff.core.issues import Issue, row_issues
from landeff.core.land_table import CODES, KNOWN_M2, SUMS, column_of, known_values, narrowed
from landeff.pipeline.config import Config
from landeff.pipeline.judge import Judged
from landeff.pipeline.land import Land
from landeff.pipeline.load import Inputs
from landeff.pipeline.lookup import column_or_missing, look_up
from landeff.pipeline.money import CITY, top_level
from landeff.pipeline.zone_cover import FARMLAND, RED_LINE, UNBUILT, UNKNOWN, zone_cover

#: Groups of codes that one source must tell together.
GROUPS = (
    ("total", "ready", "buildable", *(code for code in CODES if code[0] in "abc" and code != "buildable")),
    tuple(code for code in CODES if code[0] in "def"),
    ("g",),
    tuple(code for code in CODES if code[0] == "h"),
)
_OF_SURVEY = ("a1", "a2", "a31", "a32", "a4", "a51", "a52", "a6", "b11", "b12", "c1")
_BASIS = {
    **dict.fromkeys((*_OF_SURVEY, "a", "a3", "a5"), "survey"),
    **dict.fromkeys(("c2", "c3", "c"), "survey_plans"),
    **dict.fromkeys(("b21", "b22", "b", "ready", "buildable"), "survey_supply"),
    **dict.fromkeys(("d", "d1", "d2"), "supply"),
    "g": "verdicts",
    "total": "measured",
}
_BUILT = ("residential", "industrial", "storage", "commercial", "public", "transport", "green", "vacant")
_STATE_LAND, _ALLOCATED = "国有建设用地", "划拨"


@dataclass(frozen=True, slots=True)
class LandTable:
    """Terms of every zone and of all top-level zones together (``CITY``): intervals, values, sources.

    Frames have a row a zone (index ``zone_id``) and a column a code of :data:`CODES`.
    """

    low: pd.DataFrame
    high: pd.DataFrame
    value: pd.DataFrame
    basis: pd.DataFrame


def land_table(land: Land, judged: Judged, inputs: Inputs, config: Config, gaps: pd.DataFrame) -> LandTable:
    """The land table; statistics that contradict themselves are told as ``zone_statistics_differ``.

    Args:
        gaps: land that no parcel covers, with ``state`` and ``land_use_class``.
    """
    zones = land.zone_pieces.set_index("zone_id")["area_m2"].sort_index()
    low = pd.DataFrame(0.0, index=zones.index, columns=list(CODES))
    high = pd.DataFrame(np.inf, index=zones.index, columns=list(CODES))
    low["total"] = high["total"] = zones
    _from_survey(low, high, land, judged, inputs)
    _from_supply(low, high, land, judged, gaps)
    _from_verdicts(low, high, land, judged)
    stated = stated_terms(inputs, config, zones.index)
    inputs.issues += _strangers(inputs, zones.index)
    told = _put_stated(low, high, stated)
    one, two = narrowed(low, high)
    wrong = ((one - two) > KNOWN_M2).any(axis=1)
    inputs.issues += _contradictions(stated[wrong], inputs)
    one, two = one.where(~wrong, low, axis=0), two.where(~wrong, high, axis=0)
    basis = _bases(one, two, low, high, told)
    top = top_level(land.zones)["zone_id"]
    one.loc[CITY], two.loc[CITY] = one.loc[top].sum(), two.loc[top].sum()
    same = basis.loc[top].nunique() == 1
    basis.loc[CITY] = basis.loc[top].iloc[0].where(same, "mixed") if len(top) else ""
    return LandTable(one, two, known_values(one, two), basis)


def stated_terms(inputs: Inputs, config: Config, zone_ids: pd.Index) -> pd.DataFrame:
    """What zones handed in for the latest year, one row a zone, columns of ``zone_statistics``."""
    table = inputs.table("zone_statistics")
    year = column_or_missing(table, "year", "Int64")
    rows = table[(year == max(config.years)) | year.isna()].sort_values(["zone_id", "year"])
    return rows.drop_duplicates("zone_id").set_index("zone_id").reindex(zone_ids)


def supplied(parcels: pd.DataFrame) -> pd.Series:
    """Whether each parcel is supplied state land: linked to a supply record, or registered as such.

    NA where neither is known (``boolean``); land registered as anything else is not.
    """
    linked = column_or_missing(parcels, "is_supply_linked", "boolean").fillna(False)
    right = column_or_missing(parcels, "right_type").astype("str")
    state = right.str.contains(_STATE_LAND, regex=False).astype("boolean").where(right.notna())
    return (linked.astype("boolean") | state).rename("is_supplied")


def _from_survey(low: pd.DataFrame, high: pd.DataFrame, land: Land, judged: Judged, inputs: Inputs) -> None:
    """A, B and C: built land and waters by the survey, the rest by plans, supply and approvals."""
    cover = zone_cover(land)
    if cover.empty:
        return
    wide = cover.pivot_table(index="zone_id", columns="kind", values="area_m2", aggfunc="sum")
    wide = wide.reindex(index=low.index, columns=[*CODES, UNBUILT, UNKNOWN]).fillna(0.0)
    doubt = wide[UNKNOWN]
    for code in _OF_SURVEY:
        low[code], high[code] = wide[code], wide[code] + doubt
    drawn = set(land.plans["plan_kind"].dropna()) if land.plans is not None else set()
    open_plans = pd.Series(0.0, index=low.index)
    for code, plan in (("c2", RED_LINE), ("c3", FARMLAND)):
        is_given = plan in drawn and not len(inputs.aside("plans"))
        room = 0.0 if is_given else wide[UNBUILT]
        open_plans = open_plans + (0.0 if is_given else 1.0)
        low[code], high[code] = wide[code], wide[code] + doubt + room
    ready, later, either = _unbuilt(cover[cover["kind"] == UNBUILT], judged, inputs, low.index)
    may_be_c = open_plans > 0
    low["b21"], high["b21"] = ready, ready + either + doubt
    low["b22"], high["b22"] = later.where(~may_be_c, 0.0), later + either + doubt


def _unbuilt(
    cover: pd.DataFrame, judged: Judged, inputs: Inputs, zone_ids: pd.Index
) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Unbuilt land that is ready for supply, that is not, and that may be either, by zone."""
    parcels = judged.parcels.set_index("parcel_id")
    of_parcel = look_up(cover["parcel_id"], supplied(parcels))
    approvals = inputs.table("approvals").set_index("approval_id")
    cleared = look_up(cover["approval_id"], column_or_missing(approvals, "is_cleared", "boolean"))
    all_known = "approvals" in inputs.tables and not len(inputs.aside("approvals"))
    bare = cover["parcel_id"].isna()
    outside = bare & cover["approval_id"].isna() & all_known
    is_ready = (of_parcel.fillna(False) | (bare & cleared.fillna(False))).to_numpy(dtype=bool)
    is_later = (outside | (bare & ~cleared.fillna(True))).to_numpy(dtype=bool) & ~is_ready
    kinds = np.select([is_ready, is_later], ["ready", "later"], "either")
    sums = cover.groupby(["zone_id", kinds])["area_m2"].sum().unstack()
    sums = sums.reindex(index=zone_ids, columns=["ready", "later", "either"]).fillna(0.0)
    return sums["ready"], sums["later"], sums["either"]


def _from_supply(
    low: pd.DataFrame, high: pd.DataFrame, land: Land, judged: Judged, gaps: pd.DataFrame
) -> None:
    """D: parcels that are supplied; built land without a parcel and without an approval may be, or not."""
    parcels = judged.parcels.set_index("parcel_id")
    pieces = land.parcel_pieces
    is_supplied = look_up(pieces["parcel_id"], supplied(parcels))
    method = look_up(pieces["parcel_id"], column_or_missing(parcels, "supply_method")).astype("str")
    allocated = method.str.contains(_ALLOCATED, regex=False).fillna(False).astype(bool)
    sure, unsure = is_supplied.fillna(False).astype(bool), is_supplied.isna()
    zone = pieces["zone_id"]

    def area(rows: pd.Series) -> pd.Series:
        sums: pd.Series = pieces.loc[rows, "area_m2"].groupby(zone[rows]).sum()
        return sums.reindex(low.index, fill_value=0.0)

    open_gaps = gaps[gaps["land_use_class"].isin(_BUILT) & (gaps["state"] != "approved_unsupplied")]
    bare = open_gaps.groupby("zone_id")["area_m2"].sum().reindex(low.index, fill_value=0.0)
    doubt = area(unsure) + bare
    no_method = area(sure & method.isna())
    low["d"], high["d"] = area(sure), area(sure) + doubt
    for code, rows in (("d1", sure & allocated), ("d2", sure & ~allocated & method.notna())):
        low[code], high[code] = area(rows), area(rows) + no_method + doubt


def _from_verdicts(low: pd.DataFrame, high: pd.DataFrame, land: Land, judged: Judged) -> None:
    """G: suspected idle land; parcels whose verdict is open may be idle too."""
    verdict = judged.parcels.set_index("parcel_id").get("idle_verdict")
    if verdict is None or verdict.isna().all():
        return
    pieces = land.parcel_pieces.assign(verdict=look_up(land.parcel_pieces["parcel_id"], verdict))
    sums = pieces.groupby(["zone_id", "verdict"])["area_m2"].sum().unstack()
    sums = sums.reindex(index=low.index, columns=["hit", "unknown"]).fillna(0.0)
    low["g"], high["g"] = sums["hit"], sums["hit"] + sums["unknown"]


def _put_stated(low: pd.DataFrame, high: pd.DataFrame, stated: pd.DataFrame) -> pd.DataFrame:
    """Put what zones handed in into both ends; whatever of the group they did not is open again."""
    told = pd.DataFrame(
        {code: column_or_missing(stated, column_of(code), "float64") for code in CODES}, index=low.index
    ).astype("float64")
    for group in map(list, GROUPS):
        part = told[group]
        is_open = part.isna().mul(part.notna().any(axis=1), axis=0)
        is_open.loc[:, is_open.columns == "total"] = False
        for end, unknown in ((low, 0.0), (high, np.inf)):
            end[group] = part.fillna(end[group].mask(is_open, unknown))
    return told


def _strangers(inputs: Inputs, zone_ids: pd.Index) -> list[Issue]:
    """Rows of a zone that the run does not know."""
    table = inputs.table("zone_statistics")
    return row_issues(
        table[~table["zone_id"].isin(zone_ids)],
        "warning",
        "zone_unknown",
        "zone_statistics",
        key="zone_id",
        decision="no zone of the run has this code: the row is not used",
        column="zone_id",
        fix="correct the code, or add the zone",
    )


def _contradictions(wrong: pd.DataFrame, inputs: Inputs) -> list[Issue]:
    fix = "correct the statistics sheet: parts must sum to their whole"
    issues = []
    for zone_id, row in zip(wrong.index, wrong.to_dict("records"), strict=True):
        parts = [
            f"{whole.upper()} ≠ {' + '.join(part.upper() for part in names)}"
            for whole, names in SUMS.items()
            if _differs(row, whole, names)
        ]
        number = row.get("source_row")
        issues.append(
            Issue(
                "warning",
                "zone_statistics_differ",
                "zone_statistics",
                "terms contradict each other: each taken as stated, nothing worked out from them",
                key=str(zone_id),
                value="; ".join(parts),
                source_file=str(row.get("source_file", "")),
                source_row=None if pd.isna(number) else int(number),
                fix=fix,
            )
        )
    return issues


def _differs(row: Mapping[Hashable, Any], whole: str, names: tuple[str, ...]) -> bool:
    """Whether a stated whole is less than its stated parts, or not their sum where all are stated."""
    values = [float(str(row.get(column_of(name), "nan"))) for name in (whole, *names)]
    known = [value for value in values[1:] if not np.isnan(value)]
    if np.isnan(values[0]) or not known:
        return False
    off = sum(known) - values[0]
    return bool(off > KNOWN_M2 or (len(known) == len(names) and abs(off) > KNOWN_M2))


def _bases(
    one: pd.DataFrame, two: pd.DataFrame, low: pd.DataFrame, high: pd.DataFrame, told: pd.DataFrame
) -> pd.DataFrame:
    """Where each known term comes from: ``stated``, its own source, or ``sum`` where others tell it."""
    known = known_values(one, two).notna()
    own = known_values(low, high).notna()
    basis = pd.DataFrame("", index=one.index, columns=one.columns)
    for group in map(list, GROUPS):
        is_told = told[group].notna().to_numpy()
        own_source = np.array([_BASIS.get(code, "sum") for code in group], dtype=object)
        source = np.where(is_told.any(axis=1, keepdims=True), "stated_sum", own_source)
        source = np.where(own[group].to_numpy() | (source != "sum"), source, "sum")
        source = np.where(known[group].to_numpy(), np.where(is_told, "stated", source), "")
        basis[group] = pd.DataFrame(source, index=one.index, columns=group, dtype="str")
    return basis
