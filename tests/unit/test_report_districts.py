"""The section of districts: maps in scale, figures in the table, names as text."""

from __future__ import annotations

import re

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from landeff.core.dataset import Dataset
from landeff.publish.districts import NO_DISTRICT
from landeff.publish.report import build_report
from landeff.publish.report.district_map import DistrictMap
from landeff.publish.report.district_table import district_table
from landeff.publish.report.model import Abreast, Note, Table
from landeff.publish.report.sections.districts import SECTION, _breaks
from landeff.publish.terms import STOCK

HOSTILE = '"><script>window.__x=1</script>'


@pytest.fixture(scope="module")
def dataset(tiny_dataset: Dataset) -> Dataset:
    """Squares of 10 km side by side, one for each district of the inventory and one that has nothing."""
    codes = [*sorted(tiny_dataset.frame("inventory")["district_code"].unique()), "329999"]
    west, south, *_ = tiny_dataset.layer("zones").total_bounds
    boxes = [shapely.box(west + 1e4 * k, south, west + 1e4 * (k + 1), south + 1e4) for k in range(len(codes))]
    names = [HOSTILE, *(f"区{k}" for k in range(1, len(codes)))]
    layer = gpd.GeoDataFrame(
        {"district_code": codes, "district_name": names}, geometry=boxes, crs=tiny_dataset.meta.crs
    )
    return Dataset(tiny_dataset.meta, {**tiny_dataset.tables, "districts": layer})


def _stock(dataset: Dataset) -> pd.Series:
    inventory = dataset.frame("inventory")
    return inventory[inventory["category"].isin(STOCK)].groupby("district_code")["area_m2"].sum()


def test_without_outlines_there_is_no_section(tiny_dataset: Dataset) -> None:
    assert list(SECTION.build(tiny_dataset)) == []


def test_areas_of_circles_are_in_proportion_to_the_stock(dataset: Dataset) -> None:
    first, table, note = SECTION.build(dataset)
    assert isinstance(table, Table)
    assert isinstance(note, Note)
    assert isinstance(first, Abreast)
    stock_map = first.blocks[1]
    assert isinstance(stock_map, DistrictMap)
    stock = _stock(dataset).reindex(dataset.layer("districts")["district_code"]).fillna(0.0).tolist()
    radii = [each.radius for each in stock_map.places]
    largest = max(range(len(stock)), key=stock.__getitem__)
    for radius, area in zip(radii, stock, strict=True):
        assert (radius / radii[largest]) ** 2 == pytest.approx(area / stock[largest], abs=0.01)
    assert radii[-1] == 0
    assert stock_map.circle is not None
    told = float(re.sub(r"[^\d.]", "", stock_map.circle[1].zh)) * 10_000 / 15
    assert (stock_map.circle[0] / radii[largest]) ** 2 == pytest.approx(told / stock[largest], abs=0.01)


def test_the_table_adds_up_and_has_districts_without_figures(dataset: Dataset) -> None:
    table = SECTION.build(dataset)[1]
    assert isinstance(table, Table)
    at = [each.name for each in table.fields].index("stock_m2")
    *rows, last = table.rows
    assert last.is_total
    assert last.values[at] == pytest.approx(_stock(dataset).sum())
    assert sum(row.values[at] for row in rows) == pytest.approx(last.values[at])
    assert rows[-1].values[at] == 0
    assert rows[-1].values[[each.name for each in table.fields].index("tax_cny_per_mu")] is None


def test_land_of_no_district_has_a_row_of_its_own(dataset: Dataset) -> None:
    """Neither the section nor the first screen loses it, and neither calls a district without a name nan."""
    inventory = dataset.frame("inventory").assign(district_name=None)
    first = inventory["district_code"].min()
    inventory["district_code"] = inventory["district_code"].mask(inventory["district_code"] == first)
    tables = {name: table for name, table in dataset.tables.items() if name != "campaign"}
    lost = Dataset(dataset.meta, {**tables, "inventory": inventory})
    (on_screen,) = district_table(lost)
    in_section = SECTION.build(lost)[1]
    assert isinstance(in_section, Table)
    for table in (on_screen, in_section):
        at = next(n for n, each in enumerate(table.fields) if each.title.zh in ("面积", "合计"))
        *rows, total = table.rows
        assert rows[-1].values[0] == NO_DISTRICT
        assert sum(row.values[at] for row in rows) == pytest.approx(total.values[at])
        assert "nan" not in [row.values[0] for row in rows]


def test_districts_without_data_are_grey_and_say_so(dataset: Dataset) -> None:
    first = SECTION.build(dataset)[0]
    assert isinstance(first, Abreast)
    tax_map = first.blocks[0]
    assert isinstance(tax_map, DistrictMap)
    assert (tax_map.places[-1].told, tax_map.places[-1].fill) == ("—", tax_map.classes[-1][0])
    used = {each.fill for each in tax_map.places}
    assert used == {colour for colour, _ in tax_map.classes}  # no class is empty


@pytest.mark.parametrize(
    ("values", "breaks"),
    [
        ([], ()),
        ([5.0], ()),
        ([5.0, 5.0, 5.0], ()),
        # quartiles by linear interpolation: 1.75, 2.5, 3.25
        ([1.0, 2.0, 3.0, 4.0], (1.75, 2.5, 3.25)),
        # quartiles 1, 1 and 3.25: nothing lies below 1
        ([1.0, 1.0, 1.0, 10.0], (3.25,)),
    ],
)
def test_no_class_is_empty(values: list[float], breaks: tuple[float, ...]) -> None:
    assert _breaks(pd.Series(values, dtype="float64")) == breaks


def test_names_are_text(dataset: Dataset) -> None:
    page = build_report(dataset)
    assert HOSTILE not in page
    assert "&lt;script&gt;window.__x=1" in page
    assert "<script" not in page
