"""Real files, read right: counts and texts as their sources document them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from landeff.core.tables import TABLES
from landeff.sources.columns.duplicates import resolve
from landeff.sources.columns.headers import guess_table, propose
from landeff.sources.columns.mapping import ColumnMap, to_table
from landeff.sources.readers import read

pytestmark = pytest.mark.real


@pytest.mark.parametrize(("year", "count"), [(2013, 13_159), (2014, 13_116)])
def test_cambridge_parcels(real_data: Path, year: int, count: int) -> None:
    path = real_data / "cambridge" / f"ASSESSING_ParcelsFY{year}.topojson"
    raw = read(path, crs="EPSG:4326")
    assert len(raw.frame) == count
    assert read(path).crs is None  # TopoJSON says nothing about it
    topology = json.loads(path.read_text(encoding="utf-8"))
    (only,) = topology["objects"].values()
    wanted = [shape["properties"] for shape in only["geometries"]]
    for name in ("ML", "MAP", "LOT", "Editor"):
        texts = raw.frame[name].astype("object").where(raw.frame[name].notna(), None).tolist()
        assert texts == [each.get(name) for each in wanted]


def test_cambridge_keys(real_data: Path) -> None:
    """13,007 matched and 70 without tax make 13,077 keys; 6 polygons have none (the data's own README)."""
    raw = read(real_data / "cambridge" / "ASSESSING_ParcelsFY2013.topojson", crs="EPSG:4326")
    mapped = to_table(raw, TABLES["parcels"], {"ML": ColumnMap("parcel_id")}, defaults={})
    frame, _, issues = resolve(mapped.frame, ("parcel_id",), "dissolve", "parcels")
    assert len(mapped.set_aside) == 6
    assert len(frame) == frame["parcel_id"].nunique() == 13_007 + 70
    assert [issue.code for issue in issues] == ["dissolve_duplicates"]


def test_cambridge_tax_table(real_data: Path) -> None:
    """27,424 rows; value of all rows 35,777,280,764 with the 25 rows of −1 (README)."""
    raw = read(real_data / "cambridge" / "TaxFY13.csv")
    assert len(raw.frame) == 27_424
    columns = {"ML": ColumnMap("parcel_id"), "TotalAppraisedParcelValue": ColumnMap("item:value", "usd")}
    mapped = to_table(raw, TABLES["returns"], columns, defaults={"year": 2013, "currency": "USD"})
    values = mapped.frame["value"]
    assert (values < 0).sum() == 25
    assert values.sum() == 35_777_280_764
    assert mapped.set_aside.empty


def test_land_market_workbook(real_data: Path) -> None:
    raw = read(real_data / "land_market" / "results_2019_beijing_liptao.xlsx")
    assert guess_table(raw)[0] == "supply"
    columns = {
        each.header: ColumnMap(each.to, each.unit)
        for each in propose([str(name) for name in raw.frame.columns], "supply")
        if each.to
    }
    frame = to_table(raw, TABLES["supply"], columns, defaults={}).frame
    assert len(frame) == 189
    first = frame.iloc[0]
    assert first["supply_id"] == "1101002019B01585"
    assert first["holder"] == "北京农村商业银行股份有限公司"
    assert first["supplied_area_m2"] == pytest.approx(1206.05)  # 0.120605 ha
    assert first["price_cny"] == pytest.approx(2_845_022)  # 284.5022 万元
    assert str(first["signed_on"].date()) == "2019-06-27"
