"""The measured ground that other layers are laid over."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from landeff.measure.area import AreaScale
from landeff.measure.cutting import Geometries
from landeff.pipeline.load import Inputs

#: Rows that are copies of a row that was kept: nothing of the land is missing without them.
_COPIES = ("duplicate_row",)


@dataclass(frozen=True, slots=True)
class Ground:
    """Parcels and zones of a run.

    Attributes:
        extent: where areas can be measured.
        parcels: in use, with ``area_m2`` and ``land_use_class``.
        cover: their polygons, land that several claim given to one of them.
        zones: top-level zones after precedence.
        parcel_zone: which of these zones each parcel lies in.
    """

    scale: AreaScale
    extent: shapely.Polygon
    parcels: gpd.GeoDataFrame
    cover: Geometries
    zones: gpd.GeoDataFrame
    parcel_zone: pd.DataFrame

    @property
    def polygons(self) -> Geometries:
        """Parcels as drawn."""
        return np.asarray(self.parcels.geometry.to_numpy(), dtype=object)

    @property
    def parcel_id(self) -> npt.NDArray[np.object_]:
        """Keys of the parcels, by position."""
        return np.asarray(self.parcels["parcel_id"].to_numpy(), dtype=object)

    def doubtful(self, inputs: Inputs, table: str) -> pd.DataFrame:
        """Parcels that rows set aside may lie on, which are thereby unknown.

        Returns:
            ``parcel_id`` and ``row`` (position in ``inputs.aside(table)``), one row a pair whose boxes meet.
        """
        lost = inputs.aside(table)
        if "geometry" not in lost:
            return pd.DataFrame({"parcel_id": [], "row": []})
        drawn = lost["geometry"].to_numpy(dtype=object)
        is_drawn = lost["geometry"].notna().to_numpy() & ~lost["reason"].isin(_COPIES).to_numpy()
        boxes = np.full(len(drawn), None, dtype=object)
        boxes[is_drawn] = shapely.envelope(drawn[is_drawn])
        row, parcel = shapely.STRtree(self.polygons).query(boxes, predicate="intersects")
        return pd.DataFrame({"parcel_id": self.parcel_id[parcel], "row": row})
