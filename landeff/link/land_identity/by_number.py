"""Pairs that a number tells: 电子监管号, then contract number, then the code of the parcel."""

from __future__ import annotations

import pandas as pd

from landeff.link.land_identity.sides import AREA_TOLERANCE, PAIR, Sides, joined, rows, two_sides

#: Certainty of an accepted pair, and of one that a number tells but something speaks against.
CERTAIN, NEARLY, DOUBTFUL = 1.0, 0.95, 0.5


def number_pairs(parcels: pd.DataFrame, supply: pd.DataFrame) -> pd.DataFrame:
    """The pairs that a number tells for certain: ``supply_id``, ``parcel_id``, ``method``; arguments as in
    :func:`landeff.link.land_identity.candidates.land_candidates`.
    """
    found = pairs_by_number(two_sides(parcels, supply))
    told = found.loc[found["decision"] == "accepted", [*PAIR, "method"]]
    return told.sort_values(PAIR, ignore_index=True)


def pairs_by_number(sides: Sides) -> pd.DataFrame:
    """All pairs that a number tells, accepted or queued, each once."""
    by_id = _by_supply_number(sides)
    by_contract = _by_contract(sides, by_id)
    accepted = pd.concat([by_id, by_contract[by_contract["decision"] == "accepted"]], ignore_index=True)
    by_code = _by_parcel_code(sides, accepted)
    found = pd.concat([by_id, by_contract, by_code], ignore_index=True)
    # An accepted pair is no question any more; else the first key asks.
    found = found.assign(rank=found["decision"].ne("accepted"))
    found = found.sort_values([*PAIR, "rank"], kind="stable").drop_duplicates(PAIR)
    return found.drop(columns="rank").reset_index(drop=True)


def meeting(land: pd.DataFrame, records: pd.DataFrame, on: str = "number") -> pd.DataFrame:
    """Pairs of parcels and records that state one number."""
    return land.merge(records, on=on)[[on, *PAIR]].drop_duplicates(PAIR)


def states_another(sides: Sides, pairs: pd.DataFrame, column: str) -> pd.Series:
    """Whether both sides state numbers of a kind, and none of them is the same."""
    land, records = sides.land_numbers[column], sides.record_numbers[column]
    on = "parcel" if column == "parcel_id" else "number"
    same = pd.MultiIndex.from_frame(meeting(land, records, on)[PAIR])
    told = pairs["parcel_id"].isin(land["parcel_id"]) & pairs["supply_id"].isin(records["supply_id"])
    return told & ~pd.MultiIndex.from_frame(pairs[PAIR]).isin(same)


def _by_supply_number(sides: Sides) -> pd.DataFrame:
    pairs = meeting(sides.land_numbers["supply_id"], sides.record_numbers["supply_id"])
    return rows(pairs, "supply_id", CERTAIN, "supply_id", "accepted")


def _by_contract(sides: Sides, by_id: pd.DataFrame) -> pd.DataFrame:
    """Parcels whose own number tells no record, by the contract they are of.

    A contract of one record covers every parcel that states it. Of several records each parcel has the one
    whose area (and holder) it has, where that is so of no other; a single parcel has them all where their
    areas add up to it. Anything else is for a person.
    """
    land = sides.land_numbers["contract_no"]
    pairs = meeting(land[~land["parcel_id"].isin(by_id["parcel_id"])], sides.record_numbers["contract_no"])
    pairs = pairs.reset_index(drop=True)
    if pairs.empty:
        return rows(pairs, "contract_no", CERTAIN, "", "accepted")
    n_records, n_parcels = (pairs.groupby("number")[name].transform("nunique") for name in PAIR)
    area, holder = sides.area_fits(pairs), sides.holder_is_written_alike(pairs)
    ours, theirs = sides.both(pairs, "holder")
    is_taken = pairs["supply_id"].isin(by_id["supply_id"])
    fits = area & (holder | ours.isna() | theirs.isna()) & ~is_taken
    alone = fits & _once(pairs, fits)
    up = (n_parcels == 1) & ~is_taken.groupby(pairs["number"]).transform("any") & _adds_up(sides, pairs)
    other = states_another(sides, pairs, "supply_id")
    is_told = ((n_records == 1) | alone | up) & ~other
    reasons = joined(
        "contract_no",
        (n_records > 1, "several_records"),
        ((n_records > 1) & area, "area"),
        ((n_records > 1) & holder, "holder"),
        ((n_records > 1) & up, "areas_add_up"),
        (other, "supply_id_differs"),
    )
    score = pd.Series(DOUBTFUL, index=pairs.index) + 0.3 * area + 0.15 * holder
    score = score.mask(is_told, NEARLY).mask(is_told & (n_records == 1), CERTAIN)
    decision = pd.Series("queued", index=pairs.index).mask(is_told, "accepted")
    return rows(pairs, "contract_no", score, reasons, decision)


def _once(pairs: pd.DataFrame, chosen: pd.Series) -> pd.Series:
    """Chosen pairs of which neither side is in another chosen pair of the same number."""
    counts = [chosen.groupby([pairs["number"], pairs[name]]).transform("sum") for name in PAIR]
    return chosen & (counts[0] == 1) & (counts[1] == 1)


def _adds_up(sides: Sides, pairs: pd.DataFrame) -> pd.Series:
    """Whether the records of the parcel's contract add up to its area."""
    supplied = sides.records["supplied"].reindex(pairs["supply_id"]).set_axis(pairs.index)
    together = supplied.groupby([pairs["number"], pairs["parcel_id"]]).transform("sum")
    known = supplied.notna().groupby([pairs["number"], pairs["parcel_id"]]).transform("all")
    fits = pd.Series(False, index=pairs.index)
    for name in ("registered", "measured"):
        area = sides.land[name].reindex(pairs["parcel_id"]).set_axis(pairs.index)
        fits |= (area - together).abs() <= AREA_TOLERANCE * together
    return fits & known & (together > 0)


def _by_parcel_code(sides: Sides, accepted: pd.DataFrame) -> pd.DataFrame:
    """Parcels whose code a record states, cut to 19 characters on both sides.

    A parcel that has another record, or a record that has other land, is told where all of it fits in.
    """
    land, records = sides.land_numbers["parcel_id"], sides.record_numbers["parcel_id"]
    whole, cut = meeting(land, records), meeting(land, records, "parcel")
    is_whole = pd.MultiIndex.from_frame(cut[PAIR]).isin(pd.MultiIndex.from_frame(whole[PAIR]))
    by_record = [cut["supply_id"], cut["parcel"]]
    has_whole = pd.Series(is_whole, index=cut.index).groupby(by_record).transform("any")
    pairs = cut[is_whole | ~has_whole].reset_index(drop=True)
    known = pd.MultiIndex.from_frame(accepted[PAIR])
    pairs = pairs[~pd.MultiIndex.from_frame(pairs[PAIR]).isin(known)].reset_index(drop=True)
    if pairs.empty:
        return rows(pairs, "parcel_id", CERTAIN, "", "accepted")
    several = pairs.groupby(["supply_id", "parcel"])["parcel_id"].transform("nunique") > 1
    everything = pd.concat([accepted[PAIR], pairs[PAIR]], ignore_index=True)
    n_records = pairs["parcel_id"].map(everything.groupby("parcel_id").size())
    full_parcel = (n_records > 1) & ~_fits_parcel(sides, pairs, everything)
    has_land = pairs["supply_id"].isin(accepted["supply_id"])
    full_record = has_land & ~_fits_record(sides, pairs, everything)
    other_id = states_another(sides, pairs, "supply_id") & ~pairs["parcel_id"].isin(accepted["parcel_id"])
    other_contract = states_another(sides, pairs, "contract_no")
    doubts = [
        (several, "several_units"),
        (full_parcel, "parcel_has_another_record"),
        (full_record, "record_has_other_land"),
        (other_id, "supply_id_differs"),
        (other_contract, "contract_no_differs"),
    ]
    is_doubtful = pd.concat([doubt for doubt, _ in doubts], axis=1).any(axis=1)
    score = pd.Series(CERTAIN, index=pairs.index).mask(is_doubtful, DOUBTFUL)
    decision = pd.Series("accepted", index=pairs.index).mask(is_doubtful, "queued")
    return rows(pairs, "parcel_id", score, joined("parcel_id", *doubts), decision)


def _fits_parcel(sides: Sides, pairs: pd.DataFrame, everything: pd.DataFrame) -> pd.Series:
    """Whether all records of the parcel together are not more than the parcel."""
    supplied = sides.records["supplied"].reindex(everything["supply_id"])
    together = supplied.groupby(everything["parcel_id"].to_numpy()).sum(skipna=False, min_count=1)
    need = pairs["parcel_id"].map(together)
    area = sides.land[["registered", "measured"]].max(axis=1).reindex(pairs["parcel_id"])
    return need <= area.set_axis(pairs.index) * (1 + AREA_TOLERANCE)


def _fits_record(sides: Sides, pairs: pd.DataFrame, everything: pd.DataFrame) -> pd.Series:
    """Whether all parcels of the record together are not more than was supplied."""
    area = sides.land[["registered", "measured"]].min(axis=1).reindex(everything["parcel_id"])
    together = area.groupby(everything["supply_id"].to_numpy()).sum(min_count=1)
    supplied = sides.records["supplied"].reindex(pairs["supply_id"]).set_axis(pairs.index)
    return pairs["supply_id"].map(together) <= supplied * (1 + AREA_TOLERANCE)
