"""How much of each parcel lies in the areas of a plan, kind by kind: a share, never a bare yes or no."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from landeff.measure.area import AreaScale
from landeff.measure.cutting import Geometries
from landeff.measure.overlap import overlap_areas, shares
from landeff.measure.partition import make_disjoint


def once_by_kind(
    geometries: npt.ArrayLike, kinds: npt.ArrayLike, scale: AreaScale
) -> tuple[Geometries, pd.DataFrame]:
    """Plan polygons made disjoint within their kind; kinds may overlap one another, as plans do.

    Args:
        geometries: valid polygons in order of precedence.
        kinds: text of each; polygons of a missing kind are one kind of their own.

    Returns:
        The polygons without what an earlier one of the kind holds, and the overlaps: ``first``, ``second``
        (positions) and ``area_m2``.
    """
    out = np.array(geometries, dtype=object, copy=True)
    codes, _ = pd.factorize(np.asarray(kinds, dtype=object))
    found = [pd.DataFrame({"first": [], "second": [], "area_m2": []}).astype({"first": int, "second": int})]
    for code in np.unique(codes):
        rows = np.flatnonzero(codes == code)
        out[rows], overlaps = make_disjoint(out[rows], scale)
        found.append(overlaps.assign(first=rows[overlaps["first"]], second=rows[overlaps["second"]]))
    return out, pd.concat(found, ignore_index=True)


def plan_shares(
    parcels: npt.ArrayLike,
    parcel_area_m2: npt.ArrayLike,
    plans: npt.ArrayLike,
    kinds: npt.ArrayLike,
    scale: AreaScale,
) -> pd.DataFrame:
    """Overlap of parcels with plan polygons that are disjoint within their kind (:func:`once_by_kind`).

    Returns:
        ``left`` (parcel), ``right`` (plan polygon), ``area_m2`` (> 0) and ``share_ratio`` (of the parcel);
        the shares of a parcel in one kind sum to at most 1.
    """
    pairs = overlap_areas(parcels, plans, scale)
    codes, _ = pd.factorize(np.asarray(kinds, dtype=object))
    kind = pd.Series(codes[pairs["right"]], index=pairs.index)
    parts = [shares(rows, parcel_area_m2) for _, rows in pairs.groupby(kind)]
    return pairs.assign(share_ratio=pd.concat([pd.Series(dtype="float64"), *parts]))
