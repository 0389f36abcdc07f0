"""The keys of the project file, the kind of value each takes, and the words a value is one of."""

from __future__ import annotations

import datetime as dt
from typing import get_args

import pandas as pd

from landeff.core.landuse import SYSTEMS
from landeff.link.shares import POLICIES
from landeff.pipeline import blocks_config, hot_spots_config, life_config
from landeff.pipeline.config import (
    AREA_BASES,
    LAND_SCOPES,
    Assign,
    BlankStart,
    Groups,
    Negative,
    OverParcel,
    ParcelCodes,
)
from landeff.pipeline.raster_config import CHOICES as RASTER_CHOICES
from landeff.sources.columns.tax_years import YEAR_BY
from landeff.sources.crs.infer import Axes
from landeff.sources.readers import Hidden

SECTIONS: dict[str, dict[str, type | tuple[type, ...]]] = {
    "project": {
        "name": str,
        "crs": str,
        "years": list,
        "as_of": dt.date,
        "extent": list,
        "district_code": str,
        "jurisdiction": str,
        "currency": str,
        "land_use_system": str,
        "synthetic": bool,
    },
    "scopes": {"tax": str, "land": str, "area": str},
    "measure": {
        "assign": str,
        "repair_tolerance_ratio": (int, float),
        "repair_tolerance_m2": (int, float),
        "gap_m2": (int, float),
    },
    "link": {
        "allocation": str,
        "min_matched_share": (int, float),
        "precedence": list,
        "groups": str,
        "leases_over_parcel": str,
        "compositions": list,
    },
    "standards": {
        "rules": list,
        "scorecards": list,
        "effects": list,
        "disposal": str,
        "folder": str,
        "parameters": dict,
        "supply_base_year": int,
        "supply_window_years": int,
    },
    "life": life_config.KEYS,
    "blocks": blocks_config.KEYS,
    "hot_spots": hot_spots_config.KEYS,
    "publish": {"out": str, "map_review_no": str, "lang": str, "tiles": str},
}
SOURCE: dict[str, type | tuple[type, ...]] = {
    "path": str,
    "data": pd.DataFrame,
    "columns": dict,
    "layer": str,
    "sheet": str,
    "header_row": int,
    "encoding": str,
    "crs": str,
    "axes": str,
    "holes": bool,
    "transform": str,
    "year": int,
    "currency": str,
    "duplicates": str,
    "hidden": str,
    "year_by": str,
    "negative": str,
    "blank_start": str,
    "register_on": dt.date,
    "land_use_system": str,
    "parcel_codes": str,
}
#: A review workbook says by its headers what is in it.
REVIEW = {key: SOURCE[key] for key in ("path", "data", "sheet", "encoding")}
COLUMN: dict[str, type | tuple[type, ...]] = {
    "to": str,
    "unit": str,
    "values": dict,
    "year": int,
    "month": int,
    "fill": bool,
}
#: What can be done with rows that share a key, by table.
DUPLICATES = {
    "zones": ("set_aside", "dissolve"),
    "parcels": ("set_aside", "dissolve"),
    "districts": ("set_aside", "dissolve"),
    "returns": ("set_aside", "sum"),
}
CHOICES: dict[str, tuple[str, ...]] = {
    "scopes.land": LAND_SCOPES,
    "scopes.area": AREA_BASES,
    "measure.assign": get_args(Assign),
    "link.allocation": POLICIES,
    "link.groups": get_args(Groups),
    "link.leases_over_parcel": get_args(OverParcel),
    "publish.lang": ("zh", "en"),
    **RASTER_CHOICES,
    "negative": get_args(Negative),
    "hidden": get_args(Hidden),
    "year_by": YEAR_BY,
    "blank_start": get_args(BlankStart),
    "axes": get_args(Axes),
    "project.land_use_system": tuple(SYSTEMS),
    "land_use_system": tuple(SYSTEMS),
    "parcel_codes": get_args(ParcelCodes),
}
REQUIRED = {"project": ("name", "crs", "years", "as_of"), "scopes": ("tax", "land", "area")}
