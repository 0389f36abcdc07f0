"""What is wrong with the geometry, as issues and as a layer that shows where."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from landeff.core.issues import Issue, row_issues
from landeff.core.tables import TABLES
from landeff.measure.area import AreaScale
from landeff.measure.gaps import gaps_between
from landeff.measure.topology import (
    SLIVER_M,
    SLIVER_M2,
    kinds_of_overlap,
    slivers,
    spikes,
    touching_parts,
    widths_m,
)
from landeff.pipeline.load import Inputs

COLUMNS = ("kind", "table", "key", "other_key", "area_m2", "width_m", "source_file", "source_row", "geometry")
_SPOT_M = 0.5  # radius of the disc that marks a point: a layer for QGIS is of one type
_FIX_BORDERS = "correct the borders"


@dataclass(slots=True)
class Audit:
    """The error geometries found so far; each row is of an issue, whose code is its ``kind``.

    Attributes:
        crs, metres: CRS of the run, and the length of its unit.
    """

    crs: str
    scale: AreaScale
    metres: float
    rows: list[pd.DataFrame] = field(default_factory=list)

    def add(self, kind: str | npt.NDArray[Any], table: str, found: pd.DataFrame) -> None:
        """Note rows with ``key``, ``source_file``, ``source_row``, ``geometry`` and perhaps ``other_key``.

        Points become discs, without area and width.
        """
        if found.empty:
            return
        shapes = found["geometry"].to_numpy(dtype=object).copy()
        is_point = shapely.get_dimensions(shapes) == 0
        shapes[is_point] = shapely.buffer(shapes[is_point], _SPOT_M / self.metres, quad_segs=4)
        area = np.where(is_point, np.nan, self.scale.area_m2(shapes))
        rows = found.assign(
            kind=kind, table=table, area_m2=area, width_m=widths_m(shapes, area), geometry=shapes
        )
        self.rows.append(rows.reindex(columns=list(COLUMNS)))

    def table(self) -> gpd.GeoDataFrame:
        """The ``audit`` table of ``docs/tables.md``."""
        empty = pd.DataFrame({name: pd.Series(dtype=object) for name in COLUMNS})
        rows = pd.concat(self.rows or [empty], ignore_index=True)
        text = dict.fromkeys(("kind", "table", "key", "other_key", "source_file"), "str")
        rows = rows.astype({**text, "area_m2": "float64", "width_m": "float64", "source_row": "Int64"})
        layer = gpd.GeoDataFrame(rows, geometry="geometry", crs=self.crs)
        # Never by where a row stood in its file.
        by = ["kind", "table", "key", "other_key", *layer.bounds.columns]
        order = layer.join(layer.bounds).sort_values(by, kind="stable").index
        return layer.loc[order].reset_index(drop=True)


def audit_for(crs: str, scale: AreaScale) -> Audit:
    """An audit without rows."""
    layer = gpd.GeoSeries([], crs=crs)
    unit = float(layer.crs.axis_info[0].unit_conversion_factor)
    metres = unit if layer.crs.is_projected else unit * float(layer.crs.ellipsoid.semi_major_metre)
    return Audit(crs, scale, metres)


def audit_reasons(layer: gpd.GeoDataFrame, table: str, code: str, reason: pd.Series, audit: Audit) -> None:
    """Mark where polygons are invalid, as GEOS tells: ``Self-intersection[443000 3584000]``."""
    place = reason.str.extract(r"\[(\S+) (\S+)\]$").astype("float64")
    known = np.isfinite(place).all(axis=1)
    found = layer[known].assign(key=layer.loc[known, TABLES[table].key[0]])
    audit.add(code, table, pd.DataFrame(found.assign(geometry=shapely.points(place[known].to_numpy()))))


def audit_overlaps(
    layer: gpd.GeoDataFrame, table: str, found: pd.DataFrame, inputs: Inputs, audit: Audit
) -> None:
    """Tell of land that two polygons of a layer claim; below the threshold all pairs in one issue.

    Args:
        layer: polygons in order of precedence, with ``area_m2``.
        found: overlaps, as :func:`landeff.measure.partition.make_disjoint` finds them.
    """
    if found.empty:
        return
    code_of = {
        "duplicate": "duplicate_geometry",
        "overlap": f"{table[:-1]}_overlap",
        "noise": "overlap_noise",
    }
    codes = np.array([code_of[kind] for kind in kinds_of_overlap(found, layer["area_m2"])], dtype=object)
    key = TABLES[table].key[0]
    first, second = (
        layer.iloc[found[name].to_numpy()].reset_index(drop=True) for name in ("first", "second")
    )
    pairs = second[["source_file", "source_row"]].assign(
        key=second[key], other_key=first[key], geometry=found["geometry"]
    )
    audit.add(codes, table, pairs)
    fix = _FIX_BORDERS if table == "parcels" else "set precedence, or correct the boundaries"
    both = first[key].astype("str") + ", " + second[key].astype("str")
    # Not "counted for the first": a third one before both may hold part of it.
    told = _written(found["area_m2"], 2) + " m² not counted for " + second[key].astype("str")
    for code in sorted(set(codes) - {"overlap_noise"}):
        rows = pairs.assign(key=both)[codes == code]
        inputs.issues += row_issues(
            rows, "warning", code, table, key="key", column="geometry", decision=told[rows.index], fix=fix
        )
    noise = found["area_m2"].to_numpy()[codes == "overlap_noise"]
    if len(noise):
        decision = f"{noise.sum():.4f} m² in all, each counted once: below the threshold of an overlap"
        inputs.issues.append(Issue("info", "overlap_noise", table, decision, fix=_FIX_BORDERS, n=len(noise)))


def audit_gaps(
    layer: gpd.GeoDataFrame,
    table: str,
    geometry: npt.NDArray[np.object_],
    at_most_m2: float,
    inputs: Inputs,
    audit: Audit,
) -> None:
    """Tell of holes and narrow strips between polygons; those below the size of a sliver all in one issue.

    Args:
        geometry: the polygons of ``layer``, each square metre in one of them only.
    """
    gaps, around = gaps_between(geometry, audit.scale, at_most_m2, audit.metres)
    around["key"] = layer[TABLES[table].key[0]].to_numpy()[around["position"]]
    around = around.sort_values(["gap", "key"])
    by_gap = around.groupby("gap")
    gaps = gaps.assign(
        key=by_gap["key"].first(),
        other_key=by_gap["key"].agg(lambda keys: ", ".join(keys.iloc[1:])),
        keys=by_gap["key"].agg(", ".join),
        n_around=by_gap.size(),
    )
    nearest = around.drop_duplicates("gap").set_index("gap")["position"].reindex(gaps.index)
    place = layer[["source_file", "source_row"]].take(nearest.to_numpy()).set_axis(gaps.index)
    gaps = pd.concat([gaps, place], axis=1)
    gaps = gaps[(gaps["n_around"] > 1) | (gaps["width_m"] < SLIVER_M)]
    is_noise = gaps["area_m2"] < SLIVER_M2
    code, noise = f"{table[:-1]}_gap", gaps[is_noise]
    audit.add(np.where(is_noise, "gap_noise", code), table, gaps)
    told = _written(gaps["area_m2"], 2) + " m², " + _written(gaps["width_m"], 2) + " m wide, "
    inputs.issues += row_issues(
        gaps[~is_noise],
        "warning",
        code,
        table,
        key="keys",
        column="geometry",
        decision=told[~is_noise] + "left as land that nobody covers",
        fix=_FIX_BORDERS,
    )
    if len(noise):
        decision = f"{noise['area_m2'].sum():.4f} m² in all, left as land that nobody covers: slivers"
        inputs.issues.append(Issue("info", "gap_noise", table, decision, fix=_FIX_BORDERS, n=len(noise)))


def audit_shapes(layer: gpd.GeoDataFrame, table: str, inputs: Inputs, audit: Audit) -> None:
    """Tell of valid polygons whose form is odd: slivers, parts that touch at a point, spikes."""
    geometry = layer.geometry.to_numpy()
    thin = slivers(geometry, audit.scale)
    of_part = pd.Series(np.where(thin["n_parts"] > 1, " of a part", ""), index=thin.index, dtype="str")
    told = (
        "kept: " + _written(thin["area_m2"], 2) + " m², " + _written(thin["width_m"], 3) + " m wide" + of_part
    )
    _tell("sliver", layer, table, thin, told, inputs, audit)
    touching = touching_parts(geometry)
    _tell("parts_touch", layer, table, touching, "kept: two parts meet in a point", inputs, audit)
    sharp = spikes(geometry, audit.metres)
    told = "kept: a corner of " + _written(sharp["angle_degrees"], 2) + "°"
    _tell("spike", layer, table, sharp, told, inputs, audit)


def _tell(
    code: str,
    layer: gpd.GeoDataFrame,
    table: str,
    found: pd.DataFrame,
    decision: str | pd.Series,
    inputs: Inputs,
    audit: Audit,
) -> None:
    """One issue and one row of the audit for each of ``found`` (``position`` in the layer, ``geometry``)."""
    if found.empty:
        return
    rows = pd.DataFrame(layer.iloc[found["position"].to_numpy()]).set_axis(found.index)
    rows = rows.assign(key=rows[TABLES[table].key[0]], geometry=found["geometry"])
    inputs.issues += row_issues(
        rows,
        "info" if code == "parts_touch" else "warning",
        code,
        table,
        key="key",
        column="geometry",
        decision=decision,
        fix="mend the polygon in the GIS",
    )
    audit.add(code, table, rows)


def _written(numbers: pd.Series, digits: int) -> pd.Series:
    return numbers.map(f"{{:.{digits}f}}".format).astype("str")
