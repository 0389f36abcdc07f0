"""Stated areas against the polygons: their quotient tells a wrong unit from a wrong number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import geopandas as gpd
import pandas as pd

from landeff.core.issues import Issue
from landeff.core.units import UNITS, unit_of
from landeff.link.land_identity.by_number import number_pairs
from landeff.pipeline.columns import units_of
from landeff.pipeline.config import Config
from landeff.pipeline.load import Inputs
from landeff.pipeline.lookup import look_up
from landeff.sources.columns.plausible import number

#: Areas that a layer states about its own polygons.
_STATED = {
    "zones": "approved_area_m2",
    "parcels": "registered_area_m2",
    "approvals": "approved_area_m2",
    "survey": "survey_area_m2",
}
_UNITS = ("平方米", "亩", "公顷", "平方公里")
#: A unit is wrong where the median quotient, and half of them, are within this of the quotient of two units.
_TOLERANCE = 0.05
_LEAST = 3


def units_against_polygons(
    layers: Mapping[str, gpd.GeoDataFrame], inputs: Inputs, config: Config
) -> list[Issue]:
    """Columns of areas that are the polygons' in another unit than declared (``unit_against_polygons``).

    Judged source by source, from three rows with both areas on. A quotient that is no two units' quotient is
    not told here: those rows differ one by one (``registered_area_differs``).

    Args:
        layers: measured, with ``area_m2``.
    """
    issues = []
    for table, column, rows in _pairs(layers, inputs):
        for source in config.of(table):
            file = rows["source_file"].str.split("/", n=1).str[0]  # of a file in a zip: the zip
            ours = rows[file == source.name]
            issue = _judged(ours, table, column, units_of(source).get(column, "平方米"))
            issues += [issue] if issue else []
    return issues


def _pairs(layers: Mapping[str, gpd.GeoDataFrame], inputs: Inputs) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Rows with a stated and a measured area above nought, by table and column."""
    for table, column in _STATED.items():
        if table in layers and column in layers[table]:
            yield table, column, _both(pd.DataFrame(layers[table]), column)
    supply, parcels = inputs.table("supply"), layers["parcels"]
    if "supplied_area_m2" in supply and len(supply):
        # By number alone: what is told by area would hide an area in a wrong unit.
        links = number_pairs(pd.DataFrame(parcels.drop(columns="geometry")), supply)
        area = look_up(links["parcel_id"], parcels.set_index("parcel_id")["area_m2"])
        together = area.groupby(links["supply_id"]).sum()
        measured = supply.assign(area_m2=look_up(supply["supply_id"], together).to_numpy())
        yield "supply", "supplied_area_m2", _both(measured, "supplied_area_m2")


def _both(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    rows = rows[(rows[column] > 0) & (rows["area_m2"] > 0)]
    return rows.assign(quotient=(rows[column] / rows["area_m2"]).astype("float64"))


def _judged(rows: pd.DataFrame, table: str, column: str, word: str) -> Issue | None:
    declared = unit_of(word)
    if len(rows) < _LEAST or declared is None:
        return None
    middle = float(rows["quotient"].median())
    for each in _UNITS:
        wrong_by = declared.factor / UNITS[each].factor
        near = (rows["quotient"] / wrong_by).sub(1).abs() < _TOLERANCE
        if wrong_by == 1 or abs(middle / wrong_by - 1) >= _TOLERANCE or near.mean() < 0.5:
            continue
        first = rows.sort_values("source_row", kind="stable").iloc[0]
        return Issue(
            "error",
            "unit_against_polygons",
            table,
            f"kept in {word} as declared; by the polygons it is {each}",
            column=column,
            value=f"median {number(middle)} × the polygons",
            source_file=str(first["source_file"]),
            source_row=int(first["source_row"]),
            fix=f'declare unit = "{each}"',
            n=len(rows),
        )
    return None
