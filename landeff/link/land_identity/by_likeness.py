"""Pairs that no number tells: holder, area and location together; else geometry."""

from __future__ import annotations

import numpy as np
import pandas as pd

from landeff.link.land_identity.by_number import states_another
from landeff.link.land_identity.sides import AREA_TOLERANCE, PAIR, Sides, joined, rows
from landeff.link.land_identity.texts import nested
from landeff.link.names.compare import compare
from landeff.link.names.extra import missing as extra_missing
from landeff.link.names.parse import parse

#: What each fact adds to the score of a pair; from :data:`THRESHOLD` on, unique both ways, it is accepted.
WEIGHTS = {"holder": 0.45, "area": 0.3, "location": 0.2}
THRESHOLD = 0.9
#: Of the parcel within the contract's polygon, or the other way round: one and the same (domain §5.4,
#: an engineering default of supply against approval, not a standard).
MATCH_RATIO = 0.9
#: Overlaps of a smaller share of both are borders, no question.
ASKED_RATIO = 0.1
#: Pieces of one parcel may overlap by so much of it.
_PIECES = 1.05
#: Pairs of one holder and area, or one place and area, beyond which nobody can choose among them.
_CROWD = 10_000
#: So many candidates of a record are shown to a person.
_SHOWN = 5


def pairs_by_likeness(sides: Sides, open_pairs: Sides) -> pd.DataFrame:
    """Pairs of open parcels and open records of which two of holder, area and location are the same.

    Args:
        sides: everything, for the numbers that contradict.
        open_pairs: the parcels and records that no number told.

    Returns:
        Candidates: accepted where all three are the same, no number contradicts, and neither side has
        another such; else queued.
    """
    pairs = _with_two_facts(open_pairs)
    if pairs.empty:
        return rows(pairs, "holder_area_location", 0.0, "", "queued")
    facts = {name: pairs[name] for name in WEIGHTS}
    score = sum((weight * facts[name] for name, weight in WEIGHTS.items()), start=pd.Series(0.0, pairs.index))
    doubts = [(states_another(sides, pairs, name), f"{name}_differs") for name in sides.land_numbers]
    doubts += [(pairs["holder_differs"], "holder_differs")]
    is_whole = (score >= THRESHOLD) & ~pd.concat([doubt for doubt, _ in doubts], axis=1).any(axis=1)
    is_alone = is_whole & _once(pairs, score >= THRESHOLD)
    several = is_whole & ~is_alone
    reasons = joined("", *((fact, name) for name, fact in facts.items()), *doubts, (several, "several_fit"))
    decision = pd.Series("queued", index=pairs.index).mask(is_alone, "accepted")
    return rows(pairs, "holder_area_location", score.round(4), reasons, decision)


def pairs_by_geometry(sides: Sides, overlaps: pd.DataFrame) -> pd.DataFrame:
    """Pairs of open parcels and records whose polygons overlap.

    Args:
        overlaps: of open parcels and records: ``supply_id``, ``parcel_id``, ``share_of_supply_ratio``,
            ``share_of_parcel_ratio``.

    Returns:
        Candidates: accepted where 90 % of one lie in the other, nothing contradicts, and the records of the
        parcel do not cover it twice; queued from 10 % on.
    """
    pairs = overlaps[overlaps[["share_of_supply_ratio", "share_of_parcel_ratio"]].max(axis=1) >= ASKED_RATIO]
    pairs = pairs.sort_values(PAIR, ignore_index=True)
    if pairs.empty:
        return rows(pairs, "geometry", 0.0, "", "queued")
    of_parcel, of_supply = pairs["share_of_parcel_ratio"], pairs["share_of_supply_ratio"]
    best = pd.concat([of_parcel, of_supply], axis=1).max(axis=1)
    is_match = best >= MATCH_RATIO
    covered = of_parcel.where(is_match, 0.0).groupby(pairs["parcel_id"]).transform("sum")
    placed = of_supply.where(is_match, 0.0).groupby(pairs["supply_id"]).transform("sum")
    same, differs = _holders(sides, pairs)
    doubts = [(states_another(sides, pairs, name), f"{name}_differs") for name in sides.land_numbers]
    doubts += [
        (differs, "holder_differs"),
        (is_match & ((covered > _PIECES) | (placed > _PIECES)), "covered_twice"),
    ]
    is_told = is_match & ~pd.concat([doubt for doubt, _ in doubts], axis=1).any(axis=1)
    area = sides.area_fits(pairs)
    reasons = joined("overlap", (~is_match, "overlap_below_90"), (same, "holder"), (area, "area"), *doubts)
    decision = pd.Series("queued", index=pairs.index).mask(is_told, "accepted")
    return rows(pairs, "geometry", (best.clip(upper=1.0) * 0.95).round(4), reasons, decision)


def best_few(candidates: pd.DataFrame) -> pd.DataFrame:
    """Candidates, of the queued ones the best few of each record."""
    ordered = candidates.sort_values(["supply_id", "score", "parcel_id"], ascending=[True, False, True])
    nth = ordered[ordered["decision"] == "queued"].groupby("supply_id").cumcount()
    return candidates.drop(index=nth.index[nth >= _SHOWN])


def _with_two_facts(sides: Sides) -> pd.DataFrame:
    """Pairs with ``holder``, ``area``, ``location`` (boolean), at least two of them true."""
    land, records = sides.land.reset_index(), sides.records.reset_index()
    by_area = _of_near_area(records, land, ["holder"]), _of_near_area(records, land, ["spot"])
    by_place = _met(records, land, ["holder", "spot"])
    pairs = pd.concat([*by_area, by_place], ignore_index=True).drop_duplicates()
    pairs = pairs.sort_values(PAIR, ignore_index=True)
    spots, areas = sides.both(pairs, "spot"), sides.both(pairs, "area")
    location = (spots[0] == spots[1]) & spots[0].notna() & nested(*areas)
    holder, differs = _holders(sides, pairs)
    pairs = pairs.assign(
        holder=holder, area=sides.area_fits(pairs), location=location, holder_differs=differs
    )
    return pairs[pairs[list(WEIGHTS)].sum(axis=1) >= 2].reset_index(drop=True)


def _met(records: pd.DataFrame, land: pd.DataFrame, on: list[str]) -> pd.DataFrame:
    """Pairs that share ``on``, but where so many share it that it tells nobody from nobody."""
    ours, theirs = records.dropna(subset=on), land.dropna(subset=on)
    sizes = ours.groupby(on).size() * theirs.groupby(on).size()
    few = sizes[sizes <= _CROWD].index
    told = [frame[frame.set_index(on).index.isin(few)] for frame in (ours, theirs)]
    return told[0].merge(told[1], on=on)[PAIR]


def _of_near_area(records: pd.DataFrame, land: pd.DataFrame, on: list[str]) -> pd.DataFrame:
    """Pairs that share ``on`` and about their area: areas within the tolerance are in neighbouring steps."""
    step = np.log1p(4 * AREA_TOLERANCE)
    ours = records[records["supplied"] > 0]
    ours = ours.assign(step=np.floor(np.log(ours["supplied"]) / step).astype("int64"))
    ours = pd.concat([ours.assign(step=ours["step"] + by) for by in (-1, 0, 1)])
    found = []
    for name in ("registered", "measured"):
        theirs = land[land[name] > 0]
        theirs = theirs.assign(step=np.floor(np.log(theirs[name]) / step).astype("int64"))
        found.append(_met(ours, theirs, [*on, "step"]))
    return pd.concat(found).drop_duplicates()


def _holders(sides: Sides, pairs: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Whether the holders of each pair are the same, and whether they are certainly two.

    Names written alike are the same; others are compared part by part, where that can be done.
    """
    ours, theirs = sides.both(pairs, "holder")
    same = sides.holder_is_written_alike(pairs)
    both = pd.DataFrame({"a": ours, "b": theirs})[~same].dropna()
    if both.empty or extra_missing():
        return same, pd.Series(False, index=pairs.index)
    distinct = both.drop_duplicates()
    verdicts = [
        compare(parse(a), parse(b)).verdict for a, b in zip(distinct["a"], distinct["b"], strict=True)
    ]
    told = distinct.assign(verdict=verdicts).set_index(["a", "b"])["verdict"]
    verdict = pd.Series(told.reindex(pd.MultiIndex.from_frame(both)).to_numpy(), index=both.index)
    verdict = verdict.reindex(pairs.index)
    return same | (verdict == "same"), verdict == "different"


def _once(pairs: pd.DataFrame, chosen: pd.Series) -> pd.Series:
    """Chosen pairs of which neither side is in another chosen pair."""
    counts = [chosen.groupby(pairs[name]).transform("sum") for name in PAIR]
    return chosen & (counts[0] == 1) & (counts[1] == 1)
