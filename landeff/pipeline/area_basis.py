"""The areas of a parcel side by side (registered, contract, ellipsoidal), and which one a figure uses."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

from landeff.core.issues import row_issues
from landeff.core.landuse import land_use_class
from landeff.link.land import link_supply
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


def with_areas(parcels: gpd.GeoDataFrame, inputs: Inputs, config: Config) -> gpd.GeoDataFrame:
    """Parcels with all their areas, the one per-mu figures use, and the class of use.

    ``contract_area_m2`` is the supplied area of the linked record, split by measured area where several
    parcels share a record. Areas that disagree by more than the larger of 0.5 m² and 0.05 % are issues.
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
    contract = _contract_area(parcels, inputs)
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


def _contract_area(parcels: pd.DataFrame, inputs: Inputs) -> pd.Series:
    """Supplied area of the linked record, by parcel; what disagrees with the polygons is told."""
    supply = inputs.table("supply")
    if "supplied_area_m2" not in supply:
        return pd.Series(np.nan, index=parcels.index)
    links = link_supply(parcels, supply)
    links["area_m2"] = look_up(links["parcel_id"], parcels.set_index("parcel_id")["area_m2"])
    measured = links.groupby("supply_id")["area_m2"].sum()
    record = supply.set_index("supply_id", drop=False)
    together = look_up(record["supply_id"], measured)
    off = _differs(record["supplied_area_m2"], together)
    inputs.issues += row_issues(
        record[off],
        "info",
        "contract_area_differs",
        "supply",
        key="supply_id",
        decision="shown beside the others; measured m² of its parcels: " + _two_digits(together[off]),
        column="supplied_area_m2",
        value=_two_digits(record["supplied_area_m2"][off]),
        fix="compare the contract with the polygon",
    )
    share = links["area_m2"] / look_up(links["supply_id"], measured)
    links["contract_m2"] = look_up(links["supply_id"], record["supplied_area_m2"]) * share
    return look_up(parcels["parcel_id"], links.set_index("parcel_id")["contract_m2"]).astype("float64")


def _differs(stated: pd.Series, measured: pd.Series) -> pd.Series:
    off: pd.Series = (stated - measured).abs() > np.maximum(_TOLERANCE_M2, _TOLERANCE_RATIO * measured)
    return off


def _two_digits(numbers: pd.Series) -> pd.Series:
    return numbers.map("{:.2f}".format).astype("str")
