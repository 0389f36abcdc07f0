"""Dossiers of a finished run: what is known of each parcel, as a page to print."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.errors import ConfigError
from landeff.core.text import Lang
from landeff.pipeline.explain import no_parcel, told_blocks
from landeff.pipeline.explain_proposals import proposals_block
from landeff.pipeline.verdicts import explanations_of
from landeff.publish.dossier import Dossier, Locators, draw_dossiers, identity, money, neighbours
from landeff.publish.terms import INVENTORY, term


def dossiers(
    dataset: Dataset, parcels: Collection[str] = (), classes: Collection[str] = (), *, lang: Lang
) -> str:
    """The dossiers of some parcels as one HTML page, each beginning a printed page.

    Args:
        parcels: parcel codes. classes: classes of the inventory, all of whose parcels are told: by class in
            the order of the inventory, then the largest first.

    Raises:
        ConfigError: there is no such parcel or class, or none of either is named.
    """
    return draw_dossiers(_told(dataset, _chosen(dataset, parcels, classes), lang), dataset.meta, lang)


def _told(dataset: Dataset, rows: pd.DataFrame, lang: Lang) -> Iterator[Dossier]:
    why = explanations_of(dataset, rows["parcel_id"].tolist())
    locators = Locators(dataset)
    for place in range(len(rows)):
        row = rows.iloc[place]
        parcel_id = str(row["parcel_id"])
        head, badges = identity(row)
        yield Dossier(
            parcel_id,
            head,
            badges,
            (
                *told_blocks(dataset, row, lang, why.get(parcel_id, ())),
                *proposals_block(dataset, parcel_id, lang),
            ),
            locators.of(parcel_id, row.get("zone_id")),
            money(dataset, parcel_id),
            neighbours(dataset, locators.touching(parcel_id)),
        )


def _chosen(dataset: Dataset, parcels: Collection[str], classes: Collection[str]) -> pd.DataFrame:
    """Rows of ``parcels``: those named as they are named, then those of the classes."""
    table = pd.DataFrame(dataset.frame("parcels"))
    if not parcels and not classes:
        raise ConfigError("no parcel is named.", "name parcels with --parcel, or a class with --class")
    known = set(table["parcel_id"])
    for parcel_id in parcels:
        if parcel_id not in known:
            raise no_parcel(parcel_id, sorted(known))
    for name in classes:
        if name not in INVENTORY:
            listed = ", ".join(f"{each} ({term('inventory', each).zh})" for each in INVENTORY)
            raise ConfigError(f"there is no inventory class {name}.", f"one of: {listed}")
    named = table[table["parcel_id"].isin(list(parcels))]
    order = {each: place for place, each in enumerate(dict.fromkeys(parcels))}
    named = named.sort_values("parcel_id", key=lambda codes: codes.map(order))
    place = {name: i for i, name in enumerate(INVENTORY)}
    of = table.reindex(columns=[*table.columns, *({"inventory_class"} - set(table.columns))])
    of = of[of["inventory_class"].isin(list(classes)) & ~of["parcel_id"].isin(list(parcels))]
    of = of.assign(_place=of["inventory_class"].map(place)).sort_values(
        ["_place", "basis_area_m2", "parcel_id"], ascending=[True, False, True]
    )
    return pd.concat([named, of.drop(columns="_place")]) if len(named) else of.drop(columns="_place")
