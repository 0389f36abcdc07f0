"""The project file: what a run is told, checked whole before anything is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pandas as pd

from landeff.core.dataset import Scopes
from landeff.core.text import Lang
from landeff.link.shares import Policy
from landeff.pipeline.steps import COMPUTING, SAVING
from landeff.sources.mapping import ColumnMap

Duplicates = Literal["set_aside", "dissolve", "sum"]
Negative = Literal["keep", "zero"]
Assign = Literal["overlap", "representative_point"]
BlankStart = Literal["unknown", "not_started"]

LAND_SCOPES = ("developed", "industrial_supplied", "parcels", "matched", "boundary")
AREA_BASES = ("registered", "ellipsoidal")


@dataclass(frozen=True, slots=True)
class Source:
    """One input: a file, or a frame handed over by a script, and how its columns are called.

    Attributes:
        table: canonical table it feeds (:data:`landeff.core.tables.TABLES`).
        name: what messages and traces call it (the file's name).
        duplicates: what happens to rows that share a key; ``negative``: to money below zero.
        blank_start: ``not_started`` declares the supply register authoritative about starts, as exported on
            ``register_on``: a blank then means that works had not begun that day.
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
    year: int | None = None
    currency: str | None = None
    duplicates: Duplicates = "set_aside"
    negative: Negative = "keep"
    blank_start: BlankStart = "unknown"
    register_on: dt.date | None = None


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
    jurisdiction: str = ""
    currency: str = "CNY"
    synthetic: bool = False
    assign: Assign = "overlap"
    repair_tolerance_ratio: float = 0.001
    repair_tolerance_m2: float = 1.0
    allocation: Policy = "by_land_area"
    min_matched_share: float = 0.95
    rules: tuple[str, ...] = ("national/idle",)
    rules_folder: Path | None = None
    out: Path | None = None
    map_review_no: str = ""
    lang: Lang = "zh"
    raw: Mapping[str, object] = field(default_factory=dict, compare=False, repr=False)

    @property
    def n_steps(self) -> int:
        """How many steps running and saving report together."""
        return len(self.sources) + len(COMPUTING) + len(SAVING)

    def of(self, table: str) -> tuple[Source, ...]:
        """The sources that feed ``table``."""
        return tuple(source for source in self.sources if source.table == table)
