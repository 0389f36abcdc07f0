"""The two sides of the question, parcels and supply records, with what is compared of each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from landeff.core.parcel_code import parts
from landeff.link.land_identity.texts import names, places, stated, stated_parcels

#: Areas agree within this share of the contract's (issue of the land ledger: ±0.5 %).
AREA_TOLERANCE = 0.005
PAIR = ["supply_id", "parcel_id"]
ROW = [*PAIR, "method", "score", "reasons", "decision"]


@dataclass(frozen=True, slots=True)
class Sides:
    """What is compared.

    Attributes:
        land: by ``parcel_id``: ``registered`` and ``measured`` area, ``holder``, ``area``, ``spot``.
        records: by ``supply_id``: ``supplied`` area, ``holder``, ``area``, ``spot``.
        land_numbers, record_numbers: supply numbers, contract numbers and parcel codes each states
            (key and ``number``), by ``supply_id``, ``contract_no``, ``parcel_id``.
    """

    land: pd.DataFrame
    records: pd.DataFrame
    land_numbers: dict[str, pd.DataFrame]
    record_numbers: dict[str, pd.DataFrame]

    def area_fits(self, pairs: pd.DataFrame) -> pd.Series:
        """Whether the contract's area is that of the parcel, registered or measured, within ±0.5 %."""
        supplied = self.records["supplied"].reindex(pairs["supply_id"]).to_numpy()
        fits = np.zeros(len(pairs), dtype=bool)
        for name in ("registered", "measured"):
            area = self.land[name].reindex(pairs["parcel_id"]).to_numpy()
            fits |= (supplied > 0) & (np.abs(area - supplied) <= AREA_TOLERANCE * supplied)
        return pd.Series(fits, index=pairs.index)

    def holder_is_written_alike(self, pairs: pd.DataFrame) -> pd.Series:
        """Whether both sides name the same holder, character by character."""
        ours, theirs = self.both(pairs, "holder")
        return (ours == theirs) & ours.notna()

    def both(self, pairs: pd.DataFrame, name: str) -> tuple[pd.Series, pd.Series]:
        """A column of the record and of the parcel of each pair."""
        ours = self.records[name].reindex(pairs["supply_id"]).set_axis(pairs.index)
        return ours, self.land[name].reindex(pairs["parcel_id"]).set_axis(pairs.index)


def two_sides(parcels: pd.DataFrame, supply: pd.DataFrame) -> Sides:
    """Both tables made ready; see :func:`landeff.link.land_identity.candidates.land_candidates`."""
    land = _side(parcels, "parcel_id")
    land["registered"] = _number(parcels, "registered_area_m2").to_numpy()
    land["measured"] = _number(parcels, "area_m2").to_numpy()
    records = _side(supply, "supply_id").assign(supplied=_number(supply, "supplied_area_m2").to_numpy())
    own = supply[["supply_id"]].assign(written=supply["supply_id"])
    codes = stated_parcels(parcels[["parcel_id"]].assign(key=parcels["parcel_id"]), "key")
    return Sides(
        land,
        records,
        {
            "supply_id": stated(parcels, "parcel_id", "supply_id"),
            "contract_no": stated(parcels, "parcel_id", "contract_no"),
            "parcel_id": codes.rename(columns={"key": "parcel_id"}),
        },
        {
            "supply_id": _unique(stated(own, "supply_id", "written")),
            "contract_no": stated(supply, "supply_id", "contract_no"),
            "parcel_id": _cadastral(supply, codes),
        },
    )


def rows(
    pairs: pd.DataFrame,
    method: str,
    score: pd.Series | float,
    reasons: pd.Series | str,
    decision: pd.Series | str,
) -> pd.DataFrame:
    """Pairs as candidates of one method, columns :data:`ROW`."""
    made = pairs.assign(method=method, score=score, reasons=reasons, decision=decision)
    text = dict.fromkeys((*PAIR, "method", "reasons", "decision"), "str")
    return made[ROW].astype({**text, "score": "float64"})


def joined(first: str, *more: tuple[pd.Series, str]) -> pd.Series:
    """Reasons of each row: ``first``, and those whose condition holds, joined by a comma."""
    text = pd.Series(first, index=more[0][0].index, dtype="str")
    for holds, reason in more:
        text = text.where(~holds.fillna(False).astype(bool), text + "," + reason)
    return text.str.removeprefix(",")


def _side(frame: pd.DataFrame, key: str) -> pd.DataFrame:
    holder, location = (
        frame[name] if name in frame else pd.Series(index=frame.index, dtype="str")
        for name in ("holder", "location")
    )
    told = places(location).assign(holder=names(holder.astype("str")))
    return told.set_index(pd.Index(frame[key].astype("str"), name=key))


def _number(frame: pd.DataFrame, name: str) -> pd.Series:
    return frame[name].astype("float64") if name in frame else pd.Series(np.nan, index=frame.index)


def _cadastral(supply: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """Codes of parcels that records state; the number of a plot in a sale (2020G12) says nothing of them."""
    if "parcel_id" not in supply:
        return pd.DataFrame({"supply_id": [], "number": [], "parcel": []}, dtype="str")
    told = stated_parcels(supply, "supply_id")
    is_code = told["parcel"].isin(codes["parcel"]) | parts(told["parcel"])["serial"].notna()
    return told[is_code].reset_index(drop=True)


def _unique(numbers: pd.DataFrame) -> pd.DataFrame:
    """Numbers that are one record's alone."""
    return numbers[~numbers["number"].duplicated(keep=False)]
