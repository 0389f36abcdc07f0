"""The report: what it says, what it refuses to say, and that text stays text."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from pathlib import Path

import pandas as pd
import pytest

from landeff.core.dataset import Dataset, Meta, Scopes
from landeff.publish.report import build_report, sections

META = Meta(
    name="试验市",
    as_of=dt.date(2024, 12, 31),
    years=(2023, 2024),
    crs="EPSG:4528",
    scopes=Scopes("tax_paid", "developed", "registered"),
)


def text_of(html: str) -> str:
    """What a reader reads, one space between pieces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.split("</head>")[1]))


def scopes_table() -> pd.DataFrame:
    """448.8 亿元 on 330,000 mu (220 km²) are 13.6 万元/亩; other scopes: 450,000 and 220,000 mu."""
    rows = [("developed", 220e6, True), ("boundary", 300e6, False), ("parcels", 220_000 * 10_000 / 15, False)]
    return pd.DataFrame(
        [
            {
                "zone_id": "",
                "tax": "tax_paid",
                "land": land,
                "area": "registered",
                "name": "全市",
                "year": 2024,
                "tax_cny": 44_880_000_000.0,
                "scope_area_m2": area,
                "tax_cny_per_mu": 44_880_000_000 / (area * 15 / 10_000),
                "is_declared": declared,
            }
            for land, area, declared in rows
        ]
    )


def test_headline_figure_stands_with_its_scope_and_two_others() -> None:
    text = text_of(build_report(Dataset(META, {"zone_scopes": scopes_table()})))
    assert (
        "13.60 万元/亩 入库税收 ÷ 开发面积（登记面积），2024 年；税收 4,488,000.00 万元，用地 330,000.00 亩"
        in text
    )
    assert "9.97 万元/亩 入库税收 ÷ 四至范围" in text  # 4,488,000 / 450,000
    assert "20.40 万元/亩 入库税收 ÷ 全部宗地" in text  # 4,488,000 / 220,000


def test_a_benchmark_bound_stays_a_bound_and_other_scopes_are_warned_of() -> None:
    benchmarks = pd.DataFrame(
        {
            "indicator": "tax_cny_per_mu",
            "place": ["苏州", "试验省"],
            "year": [2020, 2024],
            "value": [272_000.0, 145_000.0],
            "bound": [">", None],
            "scopes": ["原文未载明", "tax_paid, developed, registered"],
            "source": "公报",
        }
    )
    text = text_of(build_report(Dataset(META, {"zone_scopes": scopes_table(), "benchmarks": benchmarks})))
    assert "苏州 2020 ＞ 27.20 原文未载明 口径不同或未载明" in text
    assert "试验省 2024 14.50 tax_paid, developed, registered 口径一致" in text


def test_below_the_gate_the_report_says_so_first() -> None:
    meta = dataclasses.replace(META, matched_share=0.62, below_gate=True)
    text = text_of(build_report(Dataset(meta, {"zone_scopes": scopes_table()})))
    assert "未达对账线：只有 62.0% 的税收对上了宗地，低于 95.0%" in text


def test_inventory_sums_and_targets() -> None:
    # 30 and 10 mu idle, targets 20 and 10 mu
    mu = 10_000 / 15
    inventory = pd.DataFrame(
        {
            "district_code": ["1", "2"],
            "district_name": ["甲区", "乙区"],
            "category": "idle",
            "n": [3, 1],
            "area_m2": [30 * mu, 10 * mu],
            "target_m2": [20 * mu, 10 * mu],
        }
    )
    text = text_of(build_report(Dataset(META, {"inventory": inventory})))
    assert "甲区 3 30.00 20.00 乙区 1 10.00 10.00 合计 4 40.00 30.00" in text


def test_sub_parks_stand_below_their_zone() -> None:
    zones = pd.DataFrame(
        {
            "zone_id": ["A", "A1", "B"],
            "name": ["甲园", "甲中园", "乙园"],
            "parent_zone_id": [None, "A", None],
            "is_sub_park": pd.array([False, True, False], dtype="boolean"),
            "rank": pd.array([2, 1, 1], dtype="Int64"),
            "tax_cny_per_mu": [10_000.0, 30_000.0, 20_000.0],
        }
    )
    text = text_of(build_report(Dataset(META, {"zones": zones})))
    assert text.index("乙园") < text.index("甲园") < text.index("甲中园")


def test_the_ledger_shows_whether_it_balances() -> None:
    def ledger(placed: float) -> Dataset:
        rows = [("in", "来源", 100.0), ("adjust", "负值置零", 25.0), ("out", "已落宗地", placed)]
        frame = pd.DataFrame(rows, columns=["role", "title_zh", "value"])
        frame = frame.assign(
            measure="tax", year=2024, entry=frame["role"], title_en="", unit="元", n_rows=1, source=""
        )
        return Dataset(META, {"ledger": frame})

    assert "100.00 25.00 125.00 0.00 平衡" in text_of(build_report(ledger(125.0)))
    assert "100.00 25.00 124.99 0.01 不平衡" in text_of(build_report(ledger(124.99)))


def test_no_single_enterprise_tax_in_the_report(tiny_dataset: Dataset) -> None:
    html = build_report(tiny_dataset)
    assert "查无此企有限公司" not in html
    assert "91321000MA1ZZZZZ9X" not in text_of(html).split("数据问题")[0]


def test_an_empty_run_still_makes_a_report() -> None:
    assert "本次运行没有启用认定规则" in text_of(build_report(Dataset(META)))


@pytest.mark.parametrize("name", ["zones", "parcels", "findings", "inventory", "balance", "ledger", "issues"])
def test_any_table_may_be_missing(tiny_dataset: Dataset, name: str) -> None:
    tables = {key: table for key, table in tiny_dataset.tables.items() if key != name}
    assert build_report(Dataset(tiny_dataset.meta, tables), "en")


@pytest.mark.parametrize("name", ["zones", "parcels", "findings", "inventory", "balance", "ledger", "issues"])
def test_any_table_may_be_empty(tiny_dataset: Dataset, name: str) -> None:
    tables = {**tiny_dataset.tables, name: tiny_dataset.tables[name].iloc[0:0]}
    assert build_report(Dataset(tiny_dataset.meta, tables))


def test_hostile_text_stays_text(hostile_dataset: Dataset) -> None:
    html = build_report(hostile_dataset)
    assert html.count("<script") == 0
    assert "<img" not in html
    assert "&lt;img src=x onerror=" in html


def test_what_utf8_cannot_hold_is_replaced_and_long_text_is_cut(tiny_dataset: Dataset) -> None:
    parcels = tiny_dataset.layer("parcels").copy()
    parcels["holder"] = parcels["holder"].astype(object)
    parcels.loc[parcels["inventory_class"] == "idle", "holder"] = "甲\ud800\x00" + "长" * 5000
    meta = dataclasses.replace(tiny_dataset.meta, name="名\udfff称")
    html = build_report(Dataset(meta, {**tiny_dataset.tables, "parcels": parcels}))
    assert html.encode("utf-8")
    assert "甲\ufffd\ufffd长" in html
    assert "长" * 400 not in html


def test_same_dataset_same_report_whatever_the_row_order(tiny_dataset: Dataset) -> None:
    keys = {"parcels": ["parcel_id"], "zones": ["zone_id"], "findings": ["parcel_id", "rule_id"]}
    shuffled = {
        name: table.sample(frac=1, random_state=7).sort_values(keys[name], ignore_index=True)
        if name in keys
        else table
        for name, table in tiny_dataset.tables.items()
    }
    assert build_report(Dataset(tiny_dataset.meta, shuffled)) == build_report(tiny_dataset)


def test_english_report_has_english_headings(tiny_dataset: Dataset) -> None:
    html = build_report(tiny_dataset, "en")
    headings = re.findall(r"<h2>(.*?)</h2>|<th scope=\"col\"[^>]*>(.*?)</th>", html)
    shown = ["".join(pair) for pair in headings]
    assert "Land balance sheet" in shown
    assert not [text for text in shown if re.search("[\u4e00-\u9fff]", text)]


def test_a_new_section_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "weather.py").write_text(
        "from landeff.core.text import Term\n"
        "from landeff.publish.report.model import Note, Section\n"
        "SECTION = Section(Term('天气', 'Weather'), 5, lambda dataset: [Note(Term('晴', 'fine'))])\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(sections, "__path__", [*sections.__path__, str(tmp_path)])
    text = text_of(build_report(Dataset(META)))
    assert text.index("天气 晴") < text.index("方法与依据 口径与方法")


def test_what_to_do_first_counts_what_the_lists_hold(tiny_dataset: Dataset) -> None:
    parcels = tiny_dataset.frame("parcels")
    idle = parcels[parcels["inventory_class"] == "idle"]
    mu = idle["basis_area_m2"].sum() * 15 / 10_000
    text = text_of(build_report(tiny_dataset))
    assert f"发《闲置土地调查通知书》 {len(idle)} {mu:,.2f} 自发现之日起 30 日内" in text
    assert text.index("先办事项 按紧迫程度") < text.index("园区比较 亩均税收")


def test_a_share_done_is_said_to_be_unknown() -> None:
    inventory = pd.DataFrame(
        {
            "district_code": "1",
            "district_name": "甲区",
            "category": ["idle"],
            "n": 1,
            "area_m2": 10_000 / 15,
            "target_m2": 20_000 / 15,
        }
    )
    text = text_of(build_report(Dataset(META, {"inventory": inventory})))
    assert "甲区 1 1.00 2.00 合计 1 1.00 2.00" in text
    assert "完成率不详" in text
