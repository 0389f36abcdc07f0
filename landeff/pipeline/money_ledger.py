"""Ledger lines of money and of the land behind it."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from landeff.core.columns import item_unit
from landeff.link.ledger import Entry, Role
from landeff.pipeline.compositions import Books
from landeff.pipeline.config import Config
from landeff.pipeline.land import Land
from landeff.pipeline.lookup import look_up

#: Measure of the land of parcels by whether an enterprise is known to use it.
LAND_IN_USE = "enterprise_land"


def money_entries(
    books: Books,
    allocated: pd.DataFrame,
    unmatched: pd.DataFrame,
    share_in_zones: pd.Series,
    config: Config,
) -> Iterable[Entry]:
    """Lines of every item and year: what the sources said, what was changed, where it went.

    Args:
        share_in_zones: share of each parcel (``parcel_id``) inside top-level zones.
    """
    if books.came_in.empty:
        return
    share = look_up(allocated["parcel_id"], share_in_zones)
    lost = pd.concat([unmatched, books.aside])
    lines: list[tuple[str, Role, pd.DataFrame]] = [
        ("total_in", "in", books.came_in),
        ("set_to_zero", "adjust", books.zeroed.assign(value=-books.zeroed["was"])),
        ("corrected", "adjust", books.corrected),
        ("in_zones", "out", allocated.assign(value=allocated["value"] * share)[share > 0.0]),
        ("outside_zones", "out", allocated.assign(value=allocated["value"] * (1.0 - share))[share < 1.0]),
        *((str(reason), "out", rows) for reason, rows in lost.groupby("reason")),
    ]
    files = ", ".join(dict.fromkeys(source.name for source in config.of("returns")))
    for entry, role, rows in lines:
        sums = (
            rows.sort_values("value")  # the sum of floats must not depend on the order of the rows
            .groupby(["item", "year"], dropna=False, sort=True)["value"]
            .agg(["sum", "size"])
            .reset_index()
        )
        for item, year, value, n in zip(sums["item"], sums["year"], sums["sum"], sums["size"], strict=True):
            when = None if pd.isna(year) else int(year)
            source = files if role == "in" else ""
            yield Entry(
                item, entry, role, float(value), item_unit(item, config.currency), int(n), when, source
            )


def land_entries(shares: pd.DataFrame, land: Land, config: Config) -> Iterable[Entry]:
    """Lines of the land of parcels, each year: used by an enterprise that is known, or by none."""
    whole = land.parcels.set_index("parcel_id")["basis_area_m2"]
    total = float(whole.sort_values().sum())
    for year in config.years:
        here = shares[(shares["year"] == year) & shares["parcel_id"].isin(whole.index)]
        used = float(here["land_area_m2"].sort_values().sum())
        n = int(here["parcel_id"].nunique())
        yield Entry(LAND_IN_USE, "total_in", "in", total, "m²", len(whole), year)
        yield Entry(LAND_IN_USE, "with_enterprise", "out", used, "m²", n, year)
        yield Entry(LAND_IN_USE, "without_enterprise", "out", total - used, "m²", len(whole) - n, year)
