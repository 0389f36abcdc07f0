"""Supply results as the public land market shows them; what they hold is read here by json and openpyxl."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from trap import project

import landeff
from landeff.core.tables import TABLES
from landeff.pipeline.check import check
from landeff.pipeline.load_config import load_config
from landeff.sources.columns.mapping import ColumnMap, Mapped, to_table
from landeff.sources.readers import read

pytestmark = pytest.mark.real

JSON_COLUMNS: dict[str, Any] = {
    "idnumber": "supply_id",
    "name": "project_name",
    "location": "location",
    "area": {"to": "supplied_area_m2", "unit": "公顷"},
    "use": "land_use",
    "supply": "supply_method",
    "industry": "industry",
    "price": {"to": "price_cny", "unit": "万元"},
    "holder": "holder",
    "plot_ratio_minimum": "agreed_far_min",
    "plot_ratio_maximum": "agreed_far_max",
    "time4handover_plan": "agreed_handover_on",
    "time4commencement_plan": "agreed_start_on",
    "time4completion_plan": "agreed_completion_on",
    "time4commencement_reality": "actual_start_on",
    "time4completion_reality": "actual_completion_on",
    "date4sign": "signed_on",
}
XLSX_COLUMNS: dict[str, Any] = {
    "Electronic supervision number": "supply_id",
    "Project name": "project_name",
    "Project location": "location",
    "Area (hectare)": "supplied_area_m2",
    "Land utilisation": "land_use",
    "Land supply method": "supply_method",
    "Industry category": "industry",
    "Transaction price (ten thousand yuan)": "price_cny",
    "Land use right holder Row 1": "holder",
    "Land use right holder Row 2": {"to": "holder", "fill": True},
    "Agreed floor area ratio lower limit": "agreed_far_min",
    "Agreed floor area ratio upper limit": "agreed_far_max",
    "Agreed land delivery time": "agreed_handover_on",
    "Agreed start time": "agreed_start_on",
    "Agreed completion time": "agreed_completion_on",
    "Actual start time": "actual_start_on",
    "Actual completion time": "actual_completion_on",
    "Contract signing date": "signed_on",
}
DATES = {"time4handover_plan": "agreed_handover_on", "time4commencement_plan": "agreed_start_on",
         "time4completion_plan": "agreed_completion_on", "date4sign": "signed_on"}  # fmt: skip


@pytest.fixture(scope="module")
def folder(real_data: Path) -> Path:
    return real_data / "land_market"


@pytest.fixture(scope="module")
def records(folder: Path) -> list[dict[str, str]]:
    """The records as :mod:`json` reads them: two arrays, one after the other."""
    text = (folder / "results_2018_zitaichen_gbk.json").read_bytes().decode("gb18030")
    first, end = json.JSONDecoder().raw_decode(text)
    second = json.loads(text[end:])
    return [*first, *second]


def supply(path: Path, columns: dict[str, Any]) -> Mapped:
    maps = {
        header: ColumnMap(to) if isinstance(to, str) else ColumnMap(**to) for header, to in columns.items()
    }
    return to_table(read(path), TABLES["supply"], maps, defaults={})


def day(text: str) -> str:
    """``2019年01月30日`` as ISO text; blank stays blank."""
    return text.strip().replace("年", "-").replace("月", "-").replace("日", "")


def test_the_203_results_reach_supply_and_38_listings_do_not(folder: Path) -> None:
    mapped = supply(folder / "results_2018_zitaichen_gbk.json", JSON_COLUMNS)
    assert len(mapped.frame) == 203
    assert mapped.frame["supplied_area_m2"].sum() / 10_000 == pytest.approx(736.199, abs=0.0005)
    aside = mapped.set_aside
    assert len(aside) == 38
    assert set(aside["reason"]) == {"missing_key"}
    assert aside["source_row"].tolist() == list(range(204, 242))
    assert aside["supplied_area_m2"].notna().all()


def test_every_record_says_what_the_file_says(folder: Path, records: list[dict[str, str]]) -> None:
    frame = supply(folder / "results_2018_zitaichen_gbk.json", JSON_COLUMNS).frame
    results = [record for record in records if "idnumber" in record]
    assert frame["supply_id"].tolist() == [record["idnumber"] for record in results]
    assert frame["holder"].fillna("").tolist() == [record["holder"].strip() for record in results]
    assert frame["location"].fillna("").tolist() == [record["location"].strip() for record in results]
    for key, column in DATES.items():
        written = frame[column].dt.strftime("%Y-%m-%d").fillna("")
        assert written.tolist() == [day(record[key]) for record in results], column
    price = [float(record["price"]) * 10_000 if record["price"].strip() else -1.0 for record in results]
    assert frame["price_cny"].fillna(-1.0).tolist() == pytest.approx(price)
    assert frame["actual_start_on"].isna().all()


def test_the_workbook(folder: Path) -> None:
    path = folder / "results_2019_beijing_liptao.xlsx"
    frame = supply(path, XLSX_COLUMNS).frame
    page = openpyxl.load_workbook(path, read_only=True).active
    header, *rows = [[cell or "" for cell in row] for row in page.iter_rows(values_only=True)]
    expected = pd.DataFrame(rows, columns=header)
    assert len(frame) == 189
    assert frame["supply_id"].tolist() == expected["Electronic supervision number"].tolist()
    holder = expected["Land use right holder Row 1"].where(
        expected["Land use right holder Row 1"] != "", expected["Land use right holder Row 2"]
    )
    assert frame["holder"].tolist() == holder.str.strip().tolist()
    assert "光明日报社" in set(frame["holder"])  # stands in the second row of holders, the first is empty
    area = expected["Area (hectare)"].astype(float) * 10_000
    assert frame["supplied_area_m2"].tolist() == pytest.approx(area.tolist())
    for header_text, column in {"Agreed land delivery time": "agreed_handover_on", "Agreed start time":
                                "agreed_start_on", "Contract signing date": "signed_on"}.items():  # fmt: skip
        written = frame[column].dt.strftime("%Y-%m-%d").fillna("")
        assert written.tolist() == [day(text) for text in expected[header_text]], column


def test_through_a_project(folder: Path) -> None:
    sources = [
        {"path": str(folder / "results_2018_zitaichen_gbk.json"), "columns": JSON_COLUMNS},
        {"path": str(folder / "results_2019_beijing_liptao.xlsx"), "columns": XLSX_COLUMNS},
    ]
    raw = project()
    raw["sources"]["supply"] = sources
    issues = check(load_config(raw))
    missing = issues[(issues["code"] == "missing_key") & (issues["table"] == "supply")]
    assert missing["source_row"].tolist() == list(range(204, 242))
    assert issues.loc[issues["code"] == "lists_joined", "value"].tolist() == ["203 + 38 records"]
    result = landeff.run(raw)
    aside = result.table("set_aside")
    assert (aside["table"] == "supply").sum() == 38
