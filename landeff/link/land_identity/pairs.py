"""Supply records and parcels once every question has its answer, and the part of each that the other has."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from landeff.link.land_identity.candidates import KIND, METHODS
from landeff.link.land_identity.sides import PAIR
from landeff.link.links import JOINED

COLUMNS = (
    "parcel_id",
    "supply_id",
    "method",
    "score",
    "share_of_supply_ratio",
    "share_of_parcel_ratio",
    "area_m2",
    "decision",
)
#: Figures of a record that its parcels share by area; dates, words and flags go to each.
SHARED = ("supplied_area_m2", "price_cny", "planned_investment_cny", "actual_investment_cny")


def settle_land(links: pd.DataFrame, parcels: pd.DataFrame, supply: pd.DataFrame) -> pd.DataFrame:
    """Which records and parcels are one, and in which parts.

    Args:
        links: of :func:`.candidates.land_candidates`, with a person's decisions where there are any. What a
            person confirmed outweighs what holder, area, location or geometry told of either side.
        parcels: ``parcel_id``, ``basis_area_m2`` (by which records are shared out).
        supply: ``supply_id`` and, where known, ``supplied_area_m2``.

    Returns:
        All pairs asked, columns :data:`COLUMNS`. ``share_of_supply_ratio`` of a record's joined pairs sums to
        1, by the area of its parcels; ``area_m2`` is that part of the supplied area, to the hundredth, and
        sums to it; ``share_of_parcel_ratio`` of a parcel's joined pairs sums to 1, by those parts (evenly
        where a part is unknown). The three are missing where ``decision`` is neither ``accepted`` nor
        ``confirmed``. A parcel whose area is unknown weighs as much as the record's others on average.

    >>> from landeff.link.land_identity.candidates import land_candidates
    >>> parcels = pd.DataFrame({"parcel_id": ["a", "b"], "contract_no": ["C", "C"]})
    >>> parcels["basis_area_m2"] = [300.0, 100.0]
    >>> supply = pd.DataFrame({"supply_id": ["1"], "contract_no": ["C"], "supplied_area_m2": [399.99]})
    >>> settle_land(land_candidates(parcels, supply), parcels, supply)["area_m2"].tolist()
    [299.99, 100.0]
    """
    asked = links[links["kind"] == KIND]
    pairs = asked.rename(columns={"left_key": "supply_id", "right_key": "parcel_id"})
    pairs = pairs[[*PAIR, "method", "score", "decision"]].sort_values(PAIR, ignore_index=True)
    pairs = pairs.assign(decision=pairs["decision"].mask(_outweighed(pairs), "refused"))
    joined = pairs[pairs["decision"].isin(JOINED)]
    weight = joined["parcel_id"].map(parcels.set_index("parcel_id")["basis_area_m2"]).astype("float64")
    share = _shares(weight.where(weight > 0), joined["supply_id"])
    joined = joined.assign(share_of_supply_ratio=share)
    supplied = _figure(supply, "supplied_area_m2", joined)
    joined = joined.assign(area_m2=parts(supplied, share, joined["supply_id"]))
    joined = joined.assign(share_of_parcel_ratio=_of_parcel(joined))
    table = pairs.join(joined[["share_of_supply_ratio", "share_of_parcel_ratio", "area_m2"]])
    return table[list(COLUMNS)].sort_values(["parcel_id", "supply_id"], ignore_index=True)


def shared(pairs: pd.DataFrame, supply: pd.DataFrame, columns: Sequence[str] = SHARED) -> pd.DataFrame:
    """The part of each figure of a record that each of its parcels has: ``pairs`` that are joined, with them.

    Parts sum to the record's figure. A figure that the record does not state is missing, not nought.
    """
    joined = pairs[pairs["decision"].isin(JOINED)].sort_values(PAIR, ignore_index=True)
    share = joined["share_of_supply_ratio"]
    figures = {
        name: parts(_figure(supply, name, joined), share, joined["supply_id"])
        for name in columns
        if name in supply
    }
    return joined.assign(**figures)


def parts(whole: pd.Series, share: pd.Series, by: pd.Series) -> pd.Series:
    """``whole`` of each group in parts by ``share``, to the hundredth, that sum to it.

    Formula: differences of the running sum of the shares times the whole, each rounded; the last is the
    whole itself, so that nothing is lost or made.

    >>> parts(pd.Series([100.0] * 3), pd.Series([1 / 3] * 3), pd.Series(["S"] * 3)).tolist()
    [33.33, 33.34, 33.33]
    """
    running = share.groupby(by).cumsum()
    is_last = ~by.duplicated(keep="last")
    low, high = whole.clip(upper=0.0), whole.clip(lower=0.0)
    upto = (whole * running).round(2).clip(lower=low, upper=high).where(~is_last, whole)
    part: pd.Series = upto - upto.groupby(by).shift(1).fillna(0.0)
    return part.round(2).where(~is_last | (whole.round(2) == whole), part)


def _figure(supply: pd.DataFrame, name: str, pairs: pd.DataFrame) -> pd.Series:
    if name not in supply:
        return pd.Series(np.nan, index=pairs.index)
    return pairs["supply_id"].map(supply.set_index("supply_id")[name]).astype("float64")


def _shares(weight: pd.Series, by: pd.Series) -> pd.Series:
    """Weights as shares of their group; unknown ones weigh like the others, all unknown ones alike."""
    weight = weight.fillna(weight.groupby(by).transform("mean")).fillna(1.0)
    share: pd.Series = weight / weight.groupby(by).transform("sum")
    return share


def _of_parcel(joined: pd.DataFrame) -> pd.Series:
    by = joined["parcel_id"]
    area = joined["area_m2"].where(joined["area_m2"] > 0)
    known = area.notna().groupby(by).transform("all")
    return _shares(area.where(known), by)


def _outweighed(pairs: pd.DataFrame) -> pd.Series:
    """Pairs accepted by likeness of which either side was confirmed to be something else."""
    confirmed = pairs[pairs["decision"] == "confirmed"]
    is_alike = ~pairs["method"].isin(METHODS[:3]) & (pairs["decision"] == "accepted")
    return is_alike & (
        pairs["supply_id"].isin(confirmed["supply_id"]) | pairs["parcel_id"].isin(confirmed["parcel_id"])
    )
