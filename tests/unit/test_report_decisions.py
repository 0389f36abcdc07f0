"""The first screen of the report, and the lines over the years."""

from __future__ import annotations

import datetime as dt
import itertools
import re

import pandas as pd
import pytest

from landeff.core.dataset import Dataset, Meta, Scopes
from landeff.core.text import Term
from landeff.core.units import M2_PER_MU
from landeff.publish.css_text import css_text
from landeff.publish.districts import district_tax
from landeff.publish.fields import field
from landeff.publish.groups import by_code
from landeff.publish.report import build_report
from landeff.publish.report.chart import chart
from landeff.publish.report.model import Lines, Row, Table, known_columns

META = Meta(
    "试验市", dt.date(2024, 12, 31), (2023, 2024), "EPSG:4528", Scopes("tax_paid", "developed", "registered")
)
MU = M2_PER_MU


def zones() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "zone_id": ["Z1", "Z1-1", "Z2"],
            "name": ["甲园", "甲园一区", "乙园"],
            "district_code": ["1", "1", "2"],
            "is_sub_park": [False, True, False],
        }
    )


def zone_year() -> pd.DataFrame:
    """万元: Z1 80 then 100 on 10 mu, Z2 90 then 90 on 10 mu; the sub-park is part of Z1."""
    rows = [("Z1", 80, 100), ("Z1-1", 50, 60), ("Z2", 90, 90)]
    return pd.DataFrame(
        [
            {"zone_id": zone, "year": year, "name": zone, "tax_cny": tax * 1e4, "scope_area_m2": 10 * MU}
            for zone, *taxes in rows
            for year, tax in zip((2023, 2024), taxes, strict=True)
        ]
    ).assign(tax_cny_per_mu=lambda each: each["tax_cny"] / 10)


def test_districts_are_sums_over_sums_of_whole_zones() -> None:
    table = district_tax(Dataset(META, {"zones": zones(), "zone_year": zone_year()}))
    table = table.set_index(["district_code", "year"])
    # 100 ÷ 10, 90 ÷ 10 and 190 ÷ 20 万元 per mu; the year before 8, 9 and 8.5
    assert table.loc[("1", 2024), "tax_cny_per_mu"] == pytest.approx(10e4)
    assert table.loc[("", 2024), "tax_cny_per_mu"] == pytest.approx(9.5e4)
    assert table.loc[("1", 2024), "change_ratio"] == pytest.approx(0.25)
    assert table.loc[("2", 2024), "change_ratio"] == pytest.approx(0)
    assert table.loc[("", 2024), "change_ratio"] == pytest.approx(9.5 / 8.5 - 1)
    assert table.loc[("1", 2024), ["rank", "rank_before"]].tolist() == [1, 2]
    assert table.loc[("2", 2024), ["rank", "rank_before"]].tolist() == [2, 1]
    assert pd.isna(table.loc[("1", 2023), "change_ratio"])


def test_no_land_or_a_year_left_out_is_unknown_not_zero() -> None:
    years = zone_year().assign(scope_area_m2=0.0)
    table = district_tax(Dataset(META, {"zones": zones(), "zone_year": years}))
    assert table["tax_cny_per_mu"].isna().all()
    gap = zone_year().replace({"year": {2023: 2022}})
    table = district_tax(Dataset(META, {"zones": zones(), "zone_year": gap}))
    assert table["change_ratio"].isna().all()


def test_unknown_land_of_a_zone_leaves_its_district_unknown_not_smaller() -> None:
    years = zone_year()
    years.loc[(years["zone_id"] == "Z2") & (years["year"] == 2024), "scope_area_m2"] = float("nan")
    table = district_tax(Dataset(META, {"zones": zones(), "zone_year": years}))
    table = table.set_index(["district_code", "year"])["tax_cny_per_mu"]
    # 190 over the 10 mu of Z1 alone would be 19 万元 per mu
    assert table[[("2", 2024), ("", 2024)]].isna().all()
    assert table["1", 2024] == pytest.approx(10e4)
    assert table["", 2023] == pytest.approx(8.5e4)


def report(**tables: pd.DataFrame) -> str:
    parcels = pd.DataFrame(
        {
            "parcel_id": ["P1", "P2", "P3"],
            "holder": ["甲公司", "乙公司", "丙公司"],
            "zone_name": ["甲园", "甲园", "乙园"],
            "inventory_class": ["idle", "idle", "due_soon"],
            "idle_verdict": ["hit", "hit", "clear"],
            "basis_area_m2": [30 * MU, 20 * MU, 10 * MU],
            "idle_from_on": pd.to_datetime(["2023-12-31", "2024-06-30", "2025-01-20"]),
            "recovery_from_on": pd.to_datetime(["2024-12-31", "2025-06-30", "2026-01-20"]),
            "days_to_idle": pd.array([-366, -184, 20], dtype="Int64"),
        }
    )
    inventory = pd.DataFrame(
        {
            "district_code": ["1", "2"],
            "district_name": ["甲区", "乙区"],
            "category": "idle",
            "n": [1, 1],
            "area_m2": [30 * MU, 20 * MU],
            "target_m2": [40 * MU, None],
        }
    )
    found = {"parcels": parcels, "inventory": inventory, "zones": zones(), "zone_year": zone_year(), **tables}
    html = build_report(Dataset(META, found))
    first = html.split('<section id="s5">')[1].split("</section>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", first))


def test_the_first_screen_serves_three_decisions() -> None:
    text = report()
    assert "亩均税收 9.50 万元/亩 比上年 +11.8%；2024 年，入库税收 ÷ 开发面积（登记面积）" in text
    assert "疑似闲置 2 宗 50.00 亩" in text
    assert "其中满两年 1 宗 30.00 亩" in text  # two years on the day itself
    assert "90 天内满一年 1 宗 10.00 亩；最近的还剩 20 天" in text
    # parcels, mu, task; all, share; tax per mu, rank, rise, change
    assert "甲区 1 30.00 40.00 30.00 60.0 10.00 1 ↑1 25.0" in text
    assert "乙区 1 20.00 — 20.00 40.0 9.00 2 ↓1 0.0" in text
    notices, recovery = text.split("三、拟收回")
    assert re.search(r"P1 甲公司 30\.00 2023-12-31 P2 乙公司 20\.00 2024-06-30", notices)
    assert "P1 甲公司 30.00 2024-12-31" in recovery
    assert "P2" not in recovery


def test_what_was_disposed_of_stands_beside_the_task() -> None:
    """10 of 40 mu in 甲区; in 乙区 an area is unknown, and so is the share of both together."""
    campaign = pd.DataFrame(
        {
            "district_code": ["1", "2"],
            "district_name": ["甲区", "乙区"],
            "category": "idle",
            "n": [1, 1],
            "area_m2": [30 * MU, 20 * MU],
            "target_m2": [40 * MU, 10 * MU],
            "disposed_m2": [10 * MU, 5 * MU],
            "done_m2": [10 * MU, 5 * MU],
            "done_ratio": [0.25, None],
        }
    )
    text = report(campaign=campaign)
    assert "甲区 1 30.00 40.00 10.00 25.0 30.00 60.0" in text
    assert "乙区 1 20.00 10.00 5.00 — 20.00 40.0" in text
    assert "合计 2 50.00 50.00 15.00 — 50.00 100.0" in text


def test_grades_and_industries_by_sums_over_sums() -> None:
    """Two of grade A: 90 万元 and unknown on 10 + 20 mu are 3 万元 per mu; outside zones counts nowhere."""
    parcels = pd.DataFrame(
        {
            "parcel_id": ["P1", "P2", "P3", "P4"],
            "zone_id": ["Z1", "Z1", "Z2", None],
            "grade_latest": ["A", "A", None, "A"],
            "basis_area_m2": [10 * MU, 20 * MU, 5 * MU, 99 * MU],
            "tax_cny": [90e4, None, None, 9e9],
        }
    )
    table = by_code(Dataset(META, {"parcels": parcels}), "grade_latest")
    assert table["n"].tolist() == [2, 1]
    assert table["unknown_area_m2"].tolist() == pytest.approx([20 * MU, 5 * MU])
    assert table["tax_cny_per_mu"].iloc[0] == pytest.approx(3e4)
    assert pd.isna(table["tax_cny"].iloc[1])
    assert by_code(Dataset(META, {"parcels": parcels}), "industry_division_code").empty
    html = build_report(Dataset(META, {"parcels": parcels}))
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
    assert "A 2 30.00 20.00 90.00 3.00" in text
    assert "不详 1 5.00 5.00 — —" in text


def test_a_gap_has_the_office_that_keeps_the_fact() -> None:
    missing = pd.DataFrame(
        {
            "rule_id": "national/idle",
            "column": ["handover_on", "grade_latest"],
            "n": [3, 1],
            "area_m2": [3 * MU, 9 * MU],
            "title_zh": ["实际交地日期", "最近一年官方等级"],
            "title_en": ["actual handover", "grade"],
        }
    )
    text = report(missing_facts=missing)
    assert text.index("最近一年官方等级 工信局") < text.index("实际交地日期 自然资源局")


def test_labels_of_lines_never_lie_on_each_other() -> None:
    series = tuple((f"园{i}", (1.0 + i / 100, None, 1.0 + i / 50)) for i in range(20))
    drawn = chart(Lines(Term("题", "title"), (2022, 2023, 2024), series))
    places = sorted(at for *_, at in drawn.series if at is not None)
    assert len(places) == 20
    assert min(b - a for a, b in itertools.pairwise(places)) >= 16.9
    assert places[0] >= 0
    assert places[-1] <= drawn.height


def test_a_line_goes_where_its_values_are() -> None:
    """Marks 0 to 20: the height of 300 less 34 below and 14 above is 252, a half is 140, all is 14."""
    drawn = chart(Lines(Term("题", "title"), (2023, 2024), (("园", (10.0, 20.0)), ("空", (None, None)))))
    assert drawn.series[0][0] == "44.0,140.0 350.0,14.0"
    assert drawn.series[1][0] == ""
    assert drawn.series[1][-1] is None
    assert [mark for _, mark in drawn.grid] == ["0", "5", "10", "15", "20"]


def test_columns_without_a_known_value_are_left_out() -> None:
    fields = (field("a", "text", "甲", "a"), field("b", "count", "乙", "b"), field("c", "text", "丙", "c"))
    table = Table(fields, (Row(("x", None, "")), Row(("y", 0, ""), is_total=True)), Term("题", "title"))
    kept = known_columns(table)
    assert [each.name for each in kept.fields] == ["a", "b"]
    assert kept.rows == (Row(("x", None)), Row(("y", 0), is_total=True))


@pytest.mark.parametrize("text", ['"; } body { display: none', "</style><script>", "\\", "a\nb", "*/"])
def test_text_in_a_style_sheet_stays_a_string(text: str) -> None:
    told = css_text(text)
    assert not set('"<>{};*\n/') & set(told)
    read = re.sub(r"\\([0-9a-f]+) ", lambda found: chr(int(found[1], 16)), told)
    assert read == text.replace("\n", " ")
