"""The truth that was planted, reckoned from the drawing alone."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd

from landeff.sample.approvals import unsupplied_area
from landeff.sample.city import City
from landeff.sample.clock import AS_OF
from landeff.sample.geodesy import ellipsoidal_area
from landeff.sample.taxes import TAX_WAN_PER_MU


def write_truth(folder: Path, city: City, tax_rows: pd.DataFrame) -> None:
    """Write ``parcels_truth.csv``, ``tax_truth.csv``, ``shares_truth.csv`` and ``totals.json``.

    ``tax_rows`` are the rows as written, with ``source_file`` and ``source_row``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _write(parcels_truth(city), folder / "parcels_truth.csv")
    _write(_tax_truth(tax_rows), folder / "tax_truth.csv")
    _write(_shares_truth(city), folder / "shares_truth.csv")
    text = json.dumps(totals(city), ensure_ascii=False, indent=2)
    (folder / "totals.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def _write(table: pd.DataFrame, path: Path) -> None:
    table.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")


def parcels_truth(city: City) -> pd.DataFrame:
    """The verdict every row of the parcel layer was made for."""
    truth = city.supply.truth
    table = pd.DataFrame({"parcel_id": city.cadastre["宗地代码"], "source_row": np.arange(1, len(truth) + 1)})
    table = table.join(truth[["idle_expected", "reason", "start_due_on", "since_on"]])
    table["zone_share"] = city.land.parcels["zone_share"].round(6)
    table["planted"] = city.cadastre["planted"]
    return table.assign(why=truth["why"])


def _tax_truth(tax_rows: pd.DataFrame) -> pd.DataFrame:
    columns = ["source_file", "source_row", "year", "enterprise_id", "planted", "reason"]
    return tax_rows[columns].assign(tax_cny=(tax_rows["tax_paid"] * 1e4).round(2))


def _shares_truth(city: City) -> pd.DataFrame:
    shares = city.taxes.shares
    parcel_id = shares["parcel"].map(city.land.parcels["parcel_id"])
    table = pd.DataFrame({"enterprise_id": shares["enterprise_id"], "parcel_id": parcel_id})
    return table.assign(share_ratio=shares["share"].round(6))


def totals(city: City) -> dict[str, object]:
    """Areas in m², and tax paid in 元 of each year by where it goes."""
    zones = city.land.zones
    top = zones.geometry[zones["parent_zone_id"].isna()]
    unsupplied, pieces = unsupplied_area(city.approvals, city.land)
    truth = city.supply.truth
    verdicts = (truth["idle_expected"] + " " + truth["reason"]).str.strip().value_counts().sort_index()
    return {
        "as_of": AS_OF.isoformat(),
        "zones_area_m2": round(float(ellipsoidal_area(np.asarray(top)).sum()), 2),
        "developed_area_m2": round(city.land.developed_m2, 2),
        "parcels": len(city.cadastre),
        "parcels_area_m2": round(float(city.land.parcels["area_m2"].sum()), 2),
        "approved_unsupplied_m2": round(unsupplied, 2),
        "approved_unsupplied_pieces": pieces,
        "verdicts": {str(verdict): int(n) for verdict, n in verdicts.items()},
        "tax_paid_cny": {str(year): _tax_totals(city, year) for year in TAX_WAN_PER_MU},
    }


def _tax_totals(city: City, year: int) -> dict[str, float]:
    rows = city.taxes.rows[city.taxes.rows["year"] == year]
    shares = city.taxes.shares
    in_zone = shares["share"] * shares["parcel"].map(city.land.parcels["zone_share"])
    zone_share = rows["enterprise_id"].map(in_zone.groupby(shares["enterprise_id"]).sum()).fillna(0.0)
    cny = rows["tax_paid"] * 1e4
    good = rows["reason"] == ""
    by_reason = cny[~good].groupby(rows["reason"]).sum()
    in_zones = float((cny * zone_share)[good].sum())
    return {
        "all_rows": round(float(cny.sum()), 2),
        "in_zones": round(in_zones, 2),
        "outside_zones": round(float(cny[good].sum()) - in_zones, 2),
        **{str(reason): round(float(value), 2) for reason, value in by_reason.items()},
        "in_zones_cny_per_developed_mu": round(in_zones / (city.land.developed_m2 / (2000 / 3)), 2),
    }
