"""A finished run as plain tables and facts: what ``pipeline`` makes and ``publish`` shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

import geopandas as gpd
import pandas as pd

from landeff.core.text import Lang, Term


@dataclass(frozen=True, slots=True)
class Scopes:
    """What a per-mu figure counts: without the three and a year it cannot be quoted.

    Attributes:
        tax: item of ``returns`` in the numerator (``tax_paid`` …).
        land: land in the denominator (``developed``, ``industrial_supplied``, ``boundary``, ``parcels``).
        area: basis of the area (``registered``, ``ellipsoidal``).
    """

    tax: str
    land: str
    area: str


@dataclass(frozen=True, slots=True)
class Meta:
    """Facts about a run that every output states.

    Attributes:
        tax_title: title of the numerator where it is composed of items, marked where that is not verified;
            ``None`` for an item as the sources report it.
    """

    name: str
    as_of: dt.date
    years: tuple[int, ...]
    crs: str
    scopes: Scopes
    currency: str = "CNY"
    jurisdiction: str = ""
    allocation: str = "by_land_area"
    synthetic: bool = False
    min_matched_share: float = 0.95
    matched_share: float | None = None
    below_gate: bool = False
    notices: tuple[Term, ...] = ()
    tax_title: Term | None = None
    map_review_no: str = ""
    tiles: str = ""
    lang: Lang = "zh"

    @property
    def year(self) -> int:
        """The latest year, the one headline figures are about."""
        return max(self.years)


@dataclass(frozen=True, slots=True)
class Dataset:
    """Tables of a finished run, by name, with what they mean in :class:`Meta`.

    See ``docs/tables.md`` for the columns of each table.
    """

    meta: Meta
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)

    def frame(self, name: str) -> pd.DataFrame:
        """The table called ``name``; an empty frame where the run had none."""
        return self.tables.get(name, pd.DataFrame())

    def layer(self, name: str) -> gpd.GeoDataFrame:
        """The table called ``name`` as a GeoDataFrame in the project CRS (empty where there is none)."""
        table = self.tables.get(name)
        if isinstance(table, gpd.GeoDataFrame):
            return table
        return gpd.GeoDataFrame({"geometry": []}, geometry="geometry", crs=self.meta.crs)
