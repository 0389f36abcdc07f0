"""Tax and output of each enterprise and year, and the truth about whose land it belongs to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from landeff.sample.enterprises import People
from landeff.sample.faults import as_written
from landeff.sample.land import DEVELOPED_M2
from landeff.sample.names import INDUSTRIES
from landeff.sample.parcels import M2_PER_MU

#: Tax paid per mu of developed land (万元/亩) that the sample is made to have: an assumption, not a finding.
TAX_WAN_PER_MU = {2022: 12.4, 2023: 13.0, 2024: 13.6}
ITEMS = ("vat", "income_tax", "land_use_tax", "property_tax")
N_REFUNDS, N_DUPLICATES = 8, 1


@dataclass(frozen=True, slots=True)
class Taxes:
    """``rows`` of the tax tables (``year``, ``enterprise_id`` as intended, ``code`` and ``name`` as written,
    ``registered_name``, ``industry``, the items and ``tax_paid`` in 万元, ``planted``: what is wrong with a
    row, ``reason``: why it finds no land), ``output``, and ``shares`` (``enterprise_id``, ``parcel``,
    ``share``)."""

    rows: pd.DataFrame
    output: pd.DataFrame
    shares: pd.DataFrame


def draw_taxes(parcels: pd.DataFrame, people: People, rng: np.random.Generator) -> Taxes:
    """Tax such that the zones' enterprises paid 13.6 万元 per mu of developed land in 2024.

    ``parcels`` has ``parcel_id``, ``registered_mu``, ``is_bare``, ``zone`` and ``zone_share``.
    """
    shares = _shares(parcels, people)
    in_zone = shares["share"] * shares["parcel"].map(parcels["zone_share"])
    zone_share = in_zone.groupby(shares["enterprise_id"]).sum()
    weight = _weights(parcels, people, shares, rng)
    rows, output = [], []
    for year, per_mu in TAX_WAN_PER_MU.items():
        table = people.enterprises[["enterprise_id", "name", "industry"]].assign(year=year)
        table["weight"] = weight * rng.lognormal(0, 0.12, len(weight))
        table["registered_name"] = table["name"]
        written = as_written(people.enterprises, rng)
        table[["code", "name", "planted", "reason"]] = written
        has_land = table["enterprise_id"].isin(zone_share.index)
        table.loc[~has_land & (table["reason"] == ""), "reason"] = "no_land"
        if year == max(TAX_WAN_PER_MU):  # one code that a spreadsheet took for a number
            is_plain = (table["reason"] == "") & (table["planted"] == "")
            digits = table.index[is_plain & table["code"].str.isdigit() & (table["weight"] > 0)]
            table.loc[digits[len(digits) // 2], ["planted", "reason"]] = "rounded_code", "rounded_code"
        table = table[table["weight"] > 0]
        reaching = table["enterprise_id"].map(zone_share).fillna(0.0).where(table["reason"] == "", 0.0)
        target = per_mu * DEVELOPED_M2 / M2_PER_MU
        rows.append(_tax_table(table, reaching, target, rng))
        output.append(_output_table(table, rng))
        is_plain = (rows[-1]["reason"] == "") & (rows[-1]["planted"] == "")
        small = rows[-1][is_plain & rows[-1]["tax_paid"].between(5, 15)]
        rows.append(small.head(N_DUPLICATES).assign(planted="duplicate_row", reason="duplicate_row"))
    taxed = pd.concat(rows, ignore_index=True)
    return Taxes(taxed, pd.concat(output, ignore_index=True), shares)


def _shares(parcels: pd.DataFrame, people: People) -> pd.DataFrame:
    """Share of each enterprise on its parcels by land occupied: stated, or all of a parcel it holds."""
    position = pd.Series(parcels.index, index=parcels["parcel_id"])
    stated = people.occupancy.assign(
        parcel=people.occupancy["parcel_id"].map(position), mu=people.occupancy["land_mu"]
    )
    held = pd.DataFrame(
        {
            "enterprise_id": people.holders["holder_code"],
            "parcel": parcels.index,
            "mu": parcels["registered_mu"],
        }
    )
    columns = ["enterprise_id", "parcel", "mu"]
    all_rows = pd.concat(
        [stated[columns], held[~held["parcel"].isin(stated["parcel"])][columns]], ignore_index=True
    )
    all_rows = all_rows[all_rows["enterprise_id"].isin(people.enterprises["enterprise_id"])]
    all_rows["share"] = all_rows["mu"] / all_rows.groupby("enterprise_id")["mu"].transform("sum")
    return all_rows.sort_values(["enterprise_id", "parcel"], ignore_index=True)


def _weights(
    parcels: pd.DataFrame, people: People, shares: pd.DataFrame, rng: np.random.Generator
) -> pd.Series:
    """Relative tax of enterprises: land in use, industry, zone, luck; nothing where all land is bare."""
    used = shares["mu"].where(~shares["parcel"].map(parcels["is_bare"]), 0.0)
    quality = pd.Series(rng.lognormal(0, 0.3, 11))
    used *= shares["parcel"].map(parcels["zone"]).map(quality).fillna(1.0)
    land = used.groupby(shares["enterprise_id"]).sum()
    enterprises = people.enterprises
    mu = enterprises["enterprise_id"].map(land).fillna(8.0)
    rate = (
        enterprises["industry_code"].map({code: values[3] for code, values in INDUSTRIES.items()}).fillna(0.7)
    )
    return mu**0.9 * rate * rng.lognormal(0, 1.0, len(enterprises))


def _tax_table(
    table: pd.DataFrame, reaching: pd.Series, target_wan: float, rng: np.random.Generator
) -> pd.DataFrame:
    money = table["weight"].clip(upper=float(table["weight"].quantile(0.998)))
    refunds = rng.choice(money.index[money < money.median()], N_REFUNDS, replace=False)
    money[refunds] = -0.2 * money[refunds]
    paid = (money * target_wan / (money * reaching).sum()).round(2)
    split = rng.dirichlet([9, 4, 1.2, 1.0, 2.0], len(table))
    items = {item: (paid * split[:, i]).round(2) for i, item in enumerate(ITEMS)}
    columns = ["year", "enterprise_id", "code", "name", "registered_name", "industry", "planted", "reason"]
    return table[columns].assign(**items, tax_paid=paid)


def _output_table(table: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    output = (table["weight"] * rng.lognormal(np.log(60), 0.5, len(table))).round(2)
    sales = (output * rng.uniform(0.88, 1.02, len(table))).round(2)
    told = table[["year", "enterprise_id"]].assign(name=table["registered_name"])
    return told.assign(output=output, taxable_sales=sales)
