"""The areas of a parcel side by side (registered, contract, ellipsoidal), and which one a figure uses."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

from landeff.core.issues import row_issues
from landeff.core.landuse import land_use_class
from landeff.link.links import JOINED
from landeff.pipeline.config import Config
from landeff.pipeline.load import Inputs
from landeff.pipeline.lookup import column_or_missing, look_up

#: Registered areas are planar on the local meridian: below this they agree with the measured one.
_TOLERANCE_M2 = 0.5
_TOLERANCE_RATIO = 0.0005
#: What stands in for each basis where a parcel has none.
_ORDER = {
    "registered": ("registered", "ellipsoidal"),
    "contract": ("contract", "registered", "ellipsoidal"),
    "ellipsoidal": ("ellipsoidal",),
}
_COLUMN = {"registered": "registered_area_m2", "contract": "contract_area_m2", "ellipsoidal": "area_m2"}


def with_areas(
    parcels: gpd.GeoDataFrame, pairs: pd.DataFrame, inputs: Inputs, config: Config
) -> gpd.GeoDataFrame:
    """Parcels with all their areas, the one per-mu figures use, and the class of use.

    ``contract_area_m2`` is the parcel's part of the supplied areas of its records. Areas that disagree by
    more than the larger of 0.5 m² and 0.05 % are issues.

    Args:
        parcels: with ``area_m2``.
        pairs: ``parcel_supply`` of ``docs/tables.md``.
    """
    measured = parcels["area_m2"]
    registered = column_or_missing(parcels, "registered_area_m2", "float64")
    off = _differs(registered, measured)
    inputs.issues += row_issues(
        parcels[off],
        "info",
        "registered_area_differs",
        "parcels",
        key="parcel_id",
        decision="registered area kept; measured m²: " + _two_digits(measured[off]),
        column="registered_area_m2",
        value=_two_digits(registered[off]),
        fix="compare the certificate with the polygon",
    )
    contract = _contract_area(parcels, pairs, inputs)
    parcels = parcels.assign(
        contract_area_m2=contract,
        registered_difference_m2=registered - measured,
        contract_difference_m2=contract - measured,
        land_use_class=land_use_class(
            column_or_missing(parcels, "land_use_code"), column_or_missing(parcels, "land_use_system")
        ),
    )
    # A declared ellipsoidal basis is that of measured scopes (developed, boundary), not of the parcels.
    basis = "contract" if config.scopes.area == "contract" else "registered"
    return parcels.assign(basis_area_m2=area_on(parcels, basis), area_basis=_basis_used(parcels, basis))


def area_on(parcels: pd.DataFrame, basis: str) -> pd.Series:
    """Area of each parcel on a basis, or on the next one where the parcel has none.

    >>> parcels = pd.DataFrame({"registered_area_m2": [None, 90.0], "area_m2": [10.0, 91.0]})
    >>> area_on(parcels, "registered").tolist()
    [10.0, 90.0]
    """
    area = pd.Series(np.nan, index=parcels.index, name="basis_area_m2")
    for each in _ORDER[basis]:
        area = area.fillna(column_or_missing(parcels, _COLUMN[each], "float64"))
    return area


def _basis_used(parcels: pd.DataFrame, basis: str) -> pd.Series:
    used = pd.Series(pd.NA, index=parcels.index, dtype="str")
    for each in _ORDER[basis]:
        known = column_or_missing(parcels, _COLUMN[each], "float64").notna()
        used = used.mask(used.isna() & known, each)
    return used


def _contract_area(parcels: gpd.GeoDataFrame, pairs: pd.DataFrame, inputs: Inputs) -> pd.Series:
    """Supplied area that falls to each parcel; records that disagree with their polygons are told.

    Of parcels under several records all of them together are compared with the parcel, by their parts.
    """
    joined = pairs[pairs["decision"].isin(JOINED)]
    area = parcels.set_index("parcel_id")["area_m2"]
    contract = joined.groupby("parcel_id")["area_m2"].sum(min_count=1)
    measured = look_up(joined["parcel_id"], area) * joined["share_of_parcel_ratio"]
    record = inputs.table("supply").set_index("supply_id", drop=False)
    together = look_up(record["supply_id"], measured.groupby(joined["supply_id"]).sum())
    supplied = column_or_missing(record, "supplied_area_m2", "float64")
    off = _differs(supplied, together)
    inputs.issues += row_issues(
        record[off],
        "info",
        "contract_area_differs",
        "supply",
        key="supply_id",
        decision="shown beside the others; measured m² of its parcels: " + _two_digits(together[off]),
        column="supplied_area_m2",
        value=_two_digits(supplied[off]),
        fix="compare the contract with the polygon",
    )
    return look_up(parcels["parcel_id"], contract).astype("float64")


def _differs(stated: pd.Series, measured: pd.Series) -> pd.Series:
    off: pd.Series = (stated - measured).abs() > np.maximum(_TOLERANCE_M2, _TOLERANCE_RATIO * measured)
    return off


def _two_digits(numbers: pd.Series) -> pd.Series:
    return numbers.map("{:.2f}".format).astype("str")
