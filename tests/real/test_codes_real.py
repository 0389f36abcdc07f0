"""Real codes, and real ledgers with the right and with a wrong unit."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from landeff.core.credit_code import ALPHABET, statuses
from landeff.core.landuse import land_use_class
from landeff.core.tables import TABLES
from landeff.link.codes import repaired
from landeff.sources.codes.checks import check_codes
from landeff.sources.columns.headers import guess_table, propose
from landeff.sources.columns.mapping import ColumnMap, Mapped, to_table
from landeff.sources.columns.plausible import plausible_issues
from landeff.sources.readers import read

pytestmark = pytest.mark.real
UNITS = {"supplied_area_m2": "公顷", "price_cny": "万元"}


def ledger(path: Path, units: dict[str, str]) -> Mapped:
    raw = read(path)
    columns = {
        each.header: ColumnMap(each.to, units.get(each.to))
        for each in propose([str(name) for name in raw.frame.columns], "supply")
        if each.to
    }
    return to_table(raw, TABLES["supply"], columns, defaults={})


def test_real_credit_codes_are_valid(real_data: Path) -> None:
    """The 100 codes are the test data of python-stdnum, all of them valid."""
    codes = (real_data / "company_names" / "uscc_valid.txt").read_text(encoding="utf-8").split()
    assert len(codes) == 100
    assert set(statuses(pd.Series(codes, dtype="str"))) == {"valid"}


def test_no_single_error_in_a_credit_code_stays_unseen(real_data: Path) -> None:
    """Each changed character and each exchange of neighbours is rejected; the standard leaves none out.

    Weights 3^i mod 31 are never 0 and neighbours never alike, and 31 is prime: w·(a − b) and
    (w − w′)·(a − b) are 0 mod 31 only where a = b.
    """
    codes = (real_data / "company_names" / "uscc_valid.txt").read_text(encoding="utf-8").split()
    changed = {
        code[:at] + letter + code[at + 1 :]
        for code in codes
        for at in range(18)
        for letter in ALPHABET
        if letter != code[at]
    }
    exchanged = {
        code[:at] + code[at + 1] + code[at] + code[at + 2 :]
        for code in codes
        for at in range(17)
        if code[at] != code[at + 1]
    }
    assert len(changed) == 100 * 18 * 30
    assert len(exchanged) > 1_400
    wrong = pd.Series(sorted((changed | exchanged) - set(codes)), dtype="str")
    assert (statuses(wrong) != "valid").all()
    assert repaired(wrong).isna().all()


@pytest.mark.parametrize("name", ["results_2018_zitaichen_gbk.json", "results_2019_beijing_liptao.xlsx"])
def test_land_market_headers(real_data: Path, name: str) -> None:
    raw = read(real_data / "land_market" / name)
    assert guess_table(raw)[0] == "supply"
    found = {each.to for each in propose([str(name) for name in raw.frame.columns], "supply")}
    assert found >= {
        "supply_id", "location", "supplied_area_m2", "land_use", "industry", "price_cny", "holder",
        "signed_on", "agreed_far_min", "agreed_far_max", "agreed_handover_on", "agreed_start_on",
        "agreed_completion_on", "actual_start_on", "actual_completion_on",
    }  # fmt: skip


def test_land_market_units(real_data: Path) -> None:
    """The site publishes 公顷 and 万元 (README); taken for m² and 元 both columns are told."""
    path = real_data / "land_market" / "results_2018_zitaichen_gbk.json"
    right = plausible_issues(ledger(path, UNITS).frame, "supply", UNITS)
    assert [each.code for each in right if each.code == "unit_implausible"] == []
    units = {"supplied_area_m2": "平方米", "price_cny": "元"}
    wrong = plausible_issues(ledger(path, units).frame, "supply", units)
    columns = {each.column: each.decision for each in wrong if each.code == "unit_implausible"}
    assert set(columns) == {"supplied_area_m2", "price_cny"}
    assert "公顷" in columns["supplied_area_m2"]
    assert columns["price_cny"].endswith("plausible as 万元")


def test_foreign_parcels_are_not_nagged(real_data: Path) -> None:
    raw = read(real_data / "cambridge" / "ASSESSING_ParcelsFY2013.topojson", crs="EPSG:4326")
    mapped = to_table(raw, TABLES["parcels"], {"ML": ColumnMap("parcel_id")}, defaults={})
    taxes = read(real_data / "cambridge" / "TaxFY13.csv").frame
    use = taxes.drop_duplicates("ML").set_index("ML")["UseCode"].astype("str")
    frame = mapped.frame.assign(land_use_code=mapped.frame["parcel_id"].map(use))
    settled, issues = check_codes(frame, "parcels")
    assert issues == []
    codes = settled["land_use_code"]
    assert codes.eq("0101").any()  # a Cambridge code that would be a paddy field in GB/T 21010
    assert land_use_class(codes, settled["land_use_system"]).isna().all()
