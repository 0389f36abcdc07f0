"""The project file: what a run is told, checked whole before anything is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pandas as pd

from landeff.analysis.scenario import Scenario
from landeff.core.dataset import Scopes
from landeff.core.text import Lang
from landeff.link.composition import Composition
from landeff.link.shares import Policy
from landeff.link.standing import PRECEDENCE
from landeff.pipeline.blocks_config import BlockSettings
from landeff.pipeline.hot_spots_config import HotSpotSettings
from landeff.pipeline.raster_config import RasterInput
from landeff.pipeline.steps import COMPUTING, SAVING
from landeff.sources.columns.mapping import ColumnMap
from landeff.sources.columns.tax_years import YearBy
from landeff.sources.crs.infer import Axes
from landeff.sources.readers import Hidden

Duplicates = Literal["set_aside", "dissolve", "sum"]
Negative = Literal["keep", "zero"]
Assign = Literal["overlap", "representative_point"]
BlankStart = Literal["unknown", "not_started"]
ParcelCodes = Literal["keep", "parcel"]
Groups = Literal["separate", "merged"]
OverParcel = Literal["scale", "refuse"]

LAND_SCOPES = ("developed", "industrial_supplied", "parcels", "matched", "boundary")
AREA_BASES = ("registered", "contract", "ellipsoidal")


@dataclass(frozen=True, slots=True)
class Source:
    """One input: a file, or a frame handed over by a script, and how its columns are called.

    Attributes:
        table: canonical table it feeds (:data:`landeff.core.tables.TABLES`), or ``corrections``.
        name: what messages and traces call it (the file's name).
        duplicates: what happens to rows that share a key; ``negative``: to money below zero.
        hidden: whether hidden rows and columns of a workbook are data.
        year_by: which date tells the year of a row of money: of receipt, or of the tax period.
        axes: ``yx`` declares that northings, or latitudes, stand in x; ``transform``: local parameter file.
        holes: closed lines of a drawing that lie inside another are its holes.
        blank_start: ``not_started`` declares the supply register authoritative about starts, as exported on
            ``register_on``: a blank then means that works had not begun that day.
        land_use_system: classification of its land-use codes; told from the column where nobody says.
        parcel_codes: ``parcel`` cuts codes of units (28 characters) to the parcel (19) they stand on.
    """

    table: str
    name: str
    columns: Mapping[str, ColumnMap]
    path: Path | None = None
    data: pd.DataFrame | None = None
    layer: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    encoding: str | None = None
    crs: str | None = None
    axes: Axes = "xy"
    holes: bool = False
    transform: Path | None = None
    year: int | None = None
    currency: str | None = None
    hidden: Hidden = "keep"
    year_by: YearBy | None = None
    duplicates: Duplicates = "set_aside"
    negative: Negative = "keep"
    blank_start: BlankStart = "unknown"
    register_on: dt.date | None = None
    land_use_system: str | None = None
    parcel_codes: ParcelCodes = "keep"


@dataclass(frozen=True, slots=True)
class Config:
    """A checked project file. Paths are absolute; see ``docs/guide.md`` for the keys."""

    name: str
    crs: str
    years: tuple[int, ...]
    as_of: dt.date
    scopes: Scopes
    sources: tuple[Source, ...]
    base: Path
    extent: tuple[float, float, float, float] | None = None  # west, south, east, north in degrees
    district_code: str = ""
    jurisdiction: str = ""
    currency: str = "CNY"
    land_use_system: str | None = None
    synthetic: bool = False
    assign: Assign = "overlap"
    repair_tolerance_ratio: float = 0.001
    repair_tolerance_m2: float = 1.0
    gap_m2: float = 200.0  # mapping minimum of construction land (TD/T 1055-2019): a larger hole may be land
    allocation: Policy = "by_land_area"
    precedence: tuple[str, ...] = PRECEDENCE
    groups: Groups = "separate"
    leases_over_parcel: OverParcel = "scale"
    compositions: tuple[Composition, ...] = ()
    min_matched_share: float = 0.95
    rules: tuple[str, ...] = ("national/idle",)
    scorecards: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    rules_folder: Path | None = None
    rule_parameters: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    disposal: Path | None = None  # file of ways of disposal in place of those that ship
    supply_base_year: int | None = None
    supply_window_years: int = 5
    out: Path | None = None
    map_review_no: str = ""
    tiles: str = ""
    lang: Lang = "zh"
    rasters: tuple[RasterInput, ...] = ()
    life: Mapping[str, object] = field(default_factory=dict)  # calendar of working days, promises
    blocks: BlockSettings = field(default_factory=BlockSettings)
    hot_spots: HotSpotSettings = field(default_factory=HotSpotSettings)
    scenarios: tuple[Scenario, ...] = ()
    raw: Mapping[str, object] = field(default_factory=dict, compare=False, repr=False)

    @property
    def n_steps(self) -> int:
        """How many steps running and saving report together."""
        return len(self.sources) + len(self.rasters) + len(COMPUTING) + len(SAVING)

    def of(self, table: str) -> tuple[Source, ...]:
        """The sources that feed ``table``."""
        return tuple(source for source in self.sources if source.table == table)
