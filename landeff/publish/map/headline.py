"""What the map says before anything is chosen: a few figures of the whole run."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.flagged import is_computed
from landeff.publish.map.classes import Style
from landeff.publish.map.layers.inventory import STYLES
from landeff.publish.terms import INVENTORY, term


@dataclass(frozen=True, slots=True)
class Headline:
    """Plots of an inventory class: how many, and m²; drawn in the style of the map."""

    title: Term
    style: Style
    n: int
    area_m2: float


def headlines(dataset: Dataset, plots: gpd.GeoDataFrame) -> tuple[Headline, ...]:
    """A figure for each inventory class that the run looked for, found or not."""
    if "inventory_class" not in plots.columns:
        return ()
    shown = [name for name in INVENTORY if is_computed(dataset, name)]
    by_class = plots.groupby("inventory_class")["basis_area_m2"]
    n, area = by_class.size(), by_class.sum()
    return tuple(
        Headline(term("inventory", name), STYLES[name], int(n.get(name, 0)), float(area.get(name, 0.0)))
        for name in shown
    )
