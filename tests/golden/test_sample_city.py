"""The sample city against the truth its generator planted, and against its workbooks read another way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest

import landeff
from landeff.core.issues import FIELDS

DATA = Path(__file__).parents[2] / "data"
MU = 10_000 / 15
#: What the truth calls a row without land, and what the ledger calls it.
REASONS = {
    "bad_code": "bad_check_digit",
    "blank_code": "no_code",
    "ambiguous_name": "name_ambiguous",
    "no_land": "no_land",
    "duplicate_row": "duplicate_row",
    "rounded_code": "code_rounded_by_excel",
}
#: Items of the workbooks by heading; 2022 is in 元, everything else in 万元.
ITEMS = {
    "增值税": "vat",
    "企业所得税": "income_tax",
    "城镇土地使用税": "land_use_tax",
    "房产税": "property_tax",
    "入库税收合计": "tax_paid",
}


def lines(city: landeff.Result, measure: str, year: int | None = None) -> pd.DataFrame:
    ledger = city.table("ledger")
    chosen = ledger[(ledger["measure"] == measure)]
    chosen = chosen[chosen["year"].isna() if year is None else chosen["year"] == year]
    return chosen.set_index("entry")


def top(city: landeff.Result) -> pd.DataFrame:
    return city.zones[~city.zones["is_sub_park"].astype(bool)]


# --- areas and the headline figure


def test_developed_area(city: landeff.Result) -> None:
    assert top(city)["developed_area_m2"].sum() == pytest.approx(220e6, rel=1e-4)


def test_tax_per_mu_under_the_declared_scope(city: landeff.Result) -> None:
    scopes = city.table("zone_scopes")
    (row,) = scopes[(scopes["zone_id"] == "") & scopes["is_declared"]].to_dict("records")
    assert (row["tax"], row["land"], row["area"], row["year"]) == (
        "tax_paid",
        "developed",
        "ellipsoidal",
        2024,
    )
    assert row["tax_cny_per_mu"] / 1e4 == pytest.approx(13.6, abs=0.05)
    assert scopes[scopes["zone_id"] == ""]["land"].nunique() == 3  # never without two others beside it


@pytest.mark.parametrize(("year", "wan"), [("2022", 12.4), ("2023", 13.0), ("2024", 13.6)])
def test_tax_per_mu_of_each_year(city: landeff.Result, year: str, wan: float) -> None:
    rows = city.table("zone_year")
    rows = rows[(rows["year"] == int(year)) & rows["zone_id"].isin(top(city)["zone_id"])]
    assert rows["tax_cny"].sum() / (rows["scope_area_m2"].sum() / MU) / 1e4 == pytest.approx(wan, abs=0.05)


def test_drawn_areas(city: landeff.Result, totals: dict[str, Any]) -> None:
    assert top(city)["area_m2"].sum() == pytest.approx(totals["zones_area_m2"], rel=1e-7)
    assert lines(city, "parcels_area")["value"]["total_in"] == pytest.approx(
        totals["parcels_area_m2"], rel=1e-7
    )
    unsupplied = city.table("remainders")["area_m2"].sum()
    assert unsupplied == pytest.approx(totals["approved_unsupplied_m2"], rel=0.01)


# --- idle land


def test_every_truth_row_has_a_finding(idle: pd.DataFrame, parcels_truth: pd.DataFrame) -> None:
    assert set(idle.index) == set(parcels_truth.index)
    assert idle.index.is_unique


def test_planted_idle_land_is_found_and_nothing_else(idle: pd.DataFrame, parcels_truth: pd.DataFrame) -> None:
    expected = parcels_truth["idle_expected"].reindex(idle.index)
    assert pd.crosstab(expected, idle["verdict"]).to_dict() == {
        verdict: {other: int((expected == verdict).sum()) if other == verdict else 0 for other in counts}
        for verdict, counts in pd.crosstab(expected, idle["verdict"]).to_dict().items()
    }
    hits = idle[idle["verdict"] == "hit"]
    assert len(hits) == 156  # totals.json


def test_idle_land_is_idle_since_the_planted_date(idle: pd.DataFrame, parcels_truth: pd.DataFrame) -> None:
    hits = idle.index[idle["verdict"] == "hit"]
    found, planted = idle.loc[hits, "since_on"], parcels_truth.loc[hits, "since_on"]
    assert (found.to_numpy() == planted.to_numpy().astype("datetime64[s]")).all()


def test_withheld_dates_are_unknown_and_say_why(idle: pd.DataFrame, parcels_truth: pd.DataFrame) -> None:
    unknown = idle[idle["verdict"] == "unknown"]
    planted = parcels_truth.loc[unknown.index, "reason"].replace({"unlinked": "missing_facts"})
    assert (unknown["reason"].to_numpy() == planted.to_numpy()).all()
    assert unknown["missing"].notna().all()


def test_classes_of_the_inventory_follow_the_verdicts(city: landeff.Result, idle: pd.DataFrame) -> None:
    parcels = city.parcels.set_index("parcel_id")
    hits = idle.index[idle["verdict"] == "hit"]
    to_check = idle.index[(idle["verdict"] == "unknown") & (idle["reason"] == "to_check")]
    assert set(parcels.index[parcels["inventory_class"] == "idle"]) == set(hits)
    assert set(parcels.index[parcels["inventory_class"] == "idle_to_check"]) == set(to_check)


# --- money


@pytest.mark.parametrize("year", [2022, 2023, 2024])
def test_tax_goes_where_it_was_planted(
    city: landeff.Result, tax_truth: pd.DataFrame, totals: dict[str, Any], year: int
) -> None:
    entries = lines(city, "tax_paid", year)
    of_year = tax_truth[tax_truth["year"] == year]
    stated = totals["tax_paid_cny"][str(year)]
    assert entries["value"]["total_in"] == pytest.approx(stated["all_rows"], abs=0.005)
    assert entries["n_rows"]["total_in"] == len(of_year)
    for reason, rows in of_year[of_year["reason"] != ""].groupby("reason"):
        assert entries["value"][REASONS[reason]] == pytest.approx(rows["tax_cny"].sum(), abs=0.005), reason
        assert entries["n_rows"][REASONS[reason]] == len(rows), reason
    on_parcels = entries["value"]["in_zones"] + entries["value"]["outside_zones"]
    assert on_parcels == pytest.approx(of_year.loc[of_year["reason"] == "", "tax_cny"].sum(), abs=0.005)
    # Which part lies in zones rests on plane shares in the truth and ellipsoidal ones here.
    assert entries["value"]["in_zones"] == pytest.approx(stated["in_zones"], rel=1e-8)


def test_rows_without_land_are_the_planted_rows(city: landeff.Result, tax_truth: pd.DataFrame) -> None:
    unmatched, aside = city.table("unmatched"), city.table("set_aside")
    unmatched = unmatched[unmatched["item"] == "tax_paid"]
    found = pd.concat([unmatched, aside[aside["table"] == "returns"]])
    found = {(row.source_file, row.source_row): row.reason for row in found.itertuples()}
    lost = tax_truth[(tax_truth["reason"] != "") & (tax_truth["reason"] != "duplicate_row")]
    planted = {(row.source_file, row.source_row): REASONS[row.reason] for row in lost.itertuples()}
    copies = {place: reason for place, reason in found.items() if reason == "duplicate_row"}
    assert {place: reason for place, reason in found.items() if place not in copies} == planted
    assert len(copies) == (tax_truth["reason"] == "duplicate_row").sum()  # either of two equal rows


def test_money_of_parcels_follows_the_planted_shares(city: landeff.Result, tax_truth: pd.DataFrame) -> None:
    shares = pd.read_csv(DATA / "truth" / "shares_truth.csv")
    good = tax_truth[(tax_truth["year"] == 2024) & (tax_truth["reason"] == "")]
    paid = good.groupby("enterprise_id")["tax_cny"].sum()
    expected = (shares["share_ratio"] * shares["enterprise_id"].map(paid)).groupby(shares["parcel_id"]).sum()
    expected = expected[expected != 0.0]
    got = city.parcels.set_index("parcel_id")["tax_cny"].dropna()
    got, expected = got[got != 0.0].align(expected)
    assert got.notna().all()
    assert expected.notna().all()
    # The truth rounds shares to six digits.
    assert ((got - expected).abs() <= 1e-6 * paid.max()).all()


def workbook_sums(year: int) -> tuple[dict[str, float], dict[str, float], int]:
    """Column sums of a tax workbook, its own 合计 row, and the number of rows, in 元."""
    sheet = openpyxl.load_workbook(DATA / f"税收{year}.xlsx", read_only=True)["入库税收"]
    grid = list(sheet.iter_rows(values_only=True))
    heads = [lower or upper for upper, lower in zip(grid[2], grid[3], strict=True)]
    factor = 1 if year == 2022 else 10_000
    columns = {ITEMS[str(head).removesuffix("（元）")]: at for at, head in enumerate(heads) if at >= 4}
    rows = [row for row in grid[4:] if row[0] != "合计"]
    (total,) = [row for row in grid[4:] if row[0] == "合计"]
    sums = {item: round(sum(row[at] or 0 for row in rows) * factor, 2) for item, at in columns.items()}
    return sums, {item: round(total[at] * factor, 2) for item, at in columns.items()}, len(rows)


@pytest.mark.parametrize("year", [2022, 2023, 2024])
def test_ledger_begins_with_the_sums_of_the_workbook(city: landeff.Result, year: int) -> None:
    sums, totals_row, n_rows = workbook_sums(year)
    assert sums == pytest.approx(totals_row, abs=0.005)
    for item, expected in sums.items():
        entries = lines(city, item, year)
        assert entries["value"]["total_in"] == pytest.approx(expected, abs=0.005), item
        assert entries["n_rows"]["total_in"] == n_rows, item


def test_ledger_balances_to_the_cent(city: landeff.Result) -> None:
    ledger = city.table("ledger")
    signed = ledger["value"].where(ledger["role"] != "out", -ledger["value"])
    assert signed.groupby([ledger["measure"], ledger["year"].fillna(0)]).sum().abs().max() < 0.005


def test_money_out_is_what_stands_on_the_parcels(city: landeff.Result) -> None:
    by_year = city.table("parcel_year").groupby("year")
    for item in [*ITEMS.values(), "output", "taxable_sales"]:
        for year, value in by_year[f"{item}_cny"].sum().items():
            entries = lines(city, item, int(year))
            on_parcels = entries["value"]["in_zones"] + entries["value"]["outside_zones"]
            assert value == pytest.approx(on_parcels, abs=0.005), (item, year)
            elsewhere = entries[entries["role"] == "out"]["value"].drop(["in_zones", "outside_zones"]).sum()
            assert entries["value"]["total_in"] == pytest.approx(value + elsewhere, abs=0.005), (item, year)


def test_contributions_are_the_money_of_parcels(city: landeff.Result) -> None:
    parts = city.table("contributions").groupby(["parcel_id", "year", "item"])["value"].sum()
    tax = parts.xs("tax_paid", level="item")
    by_year = city.table("parcel_year").set_index(["parcel_id", "year"])["tax_cny"].dropna()
    pd.testing.assert_series_equal(
        tax.sort_index(), by_year.sort_index(), check_names=False, check_exact=False, atol=0.001, rtol=0
    )


# --- who is who


def who_is_written(year: int) -> pd.DataFrame:
    """Code and name of each row of a tax workbook."""
    sheet = openpyxl.load_workbook(DATA / f"税收{year}.xlsx", read_only=True)["入库税收"]
    rows = enumerate(sheet.iter_rows(min_col=2, max_col=3, values_only=True), start=1)
    cells = [(f"税收{year}.xlsx", at, code, name) for at, (code, name) in rows]
    return pd.DataFrame(cells, columns=["source_file", "source_row", "code", "name"])


def returns_told(city: landeff.Result, tax_truth: pd.DataFrame) -> pd.DataFrame:
    """Rows of the tax tables with a fault, each with the mention of it in ``links``, if any."""
    links = city.table("links")
    links = links[(links["kind"] == "enterprise") & (links["left_table"] == "returns")]
    faulty = tax_truth[~tax_truth["planted"].isin(["", "rounded_code", "duplicate_row"])]
    sheets = pd.concat([who_is_written(year) for year in (2022, 2023, 2024)])
    rows = faulty.merge(sheets, on=["source_file", "source_row"], validate="1:1")
    rows["key"] = (rows["code"] + " " + rows["name"]).fillna(rows["code"]).fillna(rows["name"])
    return rows.merge(links, left_on="key", right_on="left_key", how="left")


def test_faulty_codes_and_names_lead_to_the_planted_enterprise(
    city: landeff.Result, tax_truth: pd.DataFrame
) -> None:
    told = returns_told(city, tax_truth)
    accepted = told[told["decision"] == "accepted"]
    assert (accepted["right_key"] == accepted["enterprise_id"]).all()  # no wrong link at all
    found = {"letter_o", "digit_changed", "no_code", "former_name"}
    assert set(accepted["planted"]) == found
    assert set(told.loc[told["planted"].isin(found), "decision"]) == {"accepted"}


def test_the_queue_holds_the_planted_ambiguous_names(city: landeff.Result, tax_truth: pd.DataFrame) -> None:
    told = returns_told(city, tax_truth)
    queued = told[told["decision"] == "queued"]
    assert set(queued["planted"]) == {"branch", "trade_left_out"}
    planted = tax_truth[tax_truth["reason"] == "ambiguous_name"]
    is_right = queued["right_key"] == queued["enterprise_id"]
    shown = queued[is_right].drop_duplicates(["source_file", "source_row"])
    assert len(shown) == len(planted) > 0  # the right one is among the candidates of each
    nameless = told[told["planted"].isin(["no_name", "digit_and_name"])]
    assert nameless["decision"].isna().all()


# --- land


def test_balance_is_the_area_of_each_zone(city: landeff.Result) -> None:
    sums = city.table("balance").groupby("zone_id")["area_m2"].sum()
    area = city.zones.set_index("zone_id")["area_m2"]
    assert set(sums.index) == set(area.index)
    assert (sums - area).abs().max() < 0.01


def test_zone_figures_are_ratios_of_sums(city: landeff.Result) -> None:
    parts = city.table("parcel_zone").merge(city.table("parcel_year"), on="parcel_id")
    parts["tax_cny"] *= parts["share_ratio"]
    tax = parts.groupby(["zone_id", "year"])["tax_cny"].sum()
    by_year = city.table("zone_year").set_index(["zone_id", "year"]).sort_index()
    tax = tax.reindex(by_year.index).fillna(0.0)
    assert (by_year["tax_cny"].fillna(0.0) - tax).abs().max() < 0.01
    per_mu = by_year["tax_cny"] / (by_year["scope_area_m2"] / MU)
    np.testing.assert_allclose(by_year["tax_cny_per_mu"], per_mu, rtol=1e-12)
    latest = by_year.xs(2024, level="year")
    zones = city.zones.set_index("zone_id").loc[latest.index]
    pd.testing.assert_series_equal(zones["tax_cny_per_mu"], latest["tax_cny_per_mu"])
    np.testing.assert_allclose(zones["scope_area_m2"], zones["developed_area_m2"], rtol=1e-12)


def test_land_of_zones_adds_up_parcels_by_share(city: landeff.Result) -> None:
    parts = city.table("parcel_zone").merge(city.parcels[["parcel_id", "basis_area_m2", "tax_cny"]])
    parts["basis_area_m2"] *= parts["share_ratio"]
    zones = city.zones.set_index("zone_id")
    area = parts.groupby("zone_id")["basis_area_m2"].sum()
    np.testing.assert_allclose(zones["parcels_area_m2"], area.reindex(zones.index).fillna(0.0), rtol=1e-9)
    unknown = parts[parts["tax_cny"].isna()].groupby("zone_id")["basis_area_m2"].sum()
    np.testing.assert_allclose(
        zones["tax_unknown_area_m2"], unknown.reindex(zones.index).fillna(0.0), rtol=1e-9
    )


def test_share_in_zones_is_the_planted_one(city: landeff.Result, parcels_truth: pd.DataFrame) -> None:
    share = city.parcels.set_index("parcel_id")["zone_share_ratio"]
    assert (share - parcels_truth["zone_share"].reindex(share.index)).abs().max() < 2e-6


def test_inventory_adds_up_parcels_and_remainders(city: landeff.Result) -> None:
    by = ["district_code", "inventory_class"]
    listed = city.parcels[city.parcels["inventory_class"] != "none"]
    parcels = listed[[*by, "basis_area_m2"]].set_axis([*by, "area_m2"], axis=1)
    rows = pd.concat([pd.DataFrame(parcels), city.table("remainders")[[*by, "area_m2"]]])
    expected = rows.groupby(by)["area_m2"].agg(["size", "sum"])
    inventory = city.table("inventory").set_index(["district_code", "category"]).sort_index()
    inventory = inventory[inventory["n"] > 0]
    assert inventory["n"].tolist() == expected["size"].tolist()
    np.testing.assert_allclose(inventory["area_m2"], expected["sum"], rtol=1e-12)


# --- what was planted wrong is told


def test_planted_defects_are_told(city: landeff.Result) -> None:
    issues = city.table("issues")
    assert list(issues.columns) == list(FIELDS)
    counts = issues.groupby("code")["n"].sum()
    assert counts["duplicate_key"] == 2  # one parcel number, two rows
    assert counts["impossible_value"] == 1  # the negative registered area
    assert counts["code_rounded_by_excel"] == 1
    assert counts["placeholder_date"] == 3  # three agreed starts in 1901
    assert counts["overlap_noise"] == 3  # borders 3 mm over the neighbour's: below the threshold
    named = issues[issues["severity"] == "error"]
    assert (
        named[["source_file", "source_row", "value", "fix", "column"]]
        .replace("", None)
        .notna()
        .all(axis=None)
    )


def test_saved_result_reads_back_equal(city: landeff.Result, saved: Path) -> None:
    again = landeff.load_result(saved)
    assert again.dataset.meta == city.dataset.meta
    for name, table in city.dataset.tables.items():
        pd.testing.assert_frame_equal(pd.DataFrame(again.table(name)), pd.DataFrame(table), obj=name)
