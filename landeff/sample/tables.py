"""The city's tables under the headings and in the units of an office."""

from __future__ import annotations

import numpy as np
import pandas as pd

from landeff.sample.parcels import USES
from landeff.sample.sheets import Sheet, date_texts
from landeff.sample.supply import Supply

_ITEMS = {
    "vat": "增值税",
    "income_tax": "企业所得税",
    "land_use_tax": "城镇土地使用税",
    "property_tax": "房产税",
    "tax_paid": "入库税收合计",
}
#: The year whose tax table is in 元; the others are in 万元.
YEAR_IN_YUAN = 2022


def supply_sheets(supply: Supply, rng: np.random.Generator) -> list[Sheet]:
    """Supply ledger and extensions."""
    ledger = supply.ledger
    table = pd.DataFrame(
        {
            "电子监管号": ledger["supply_id"],
            "合同编号": ledger["contract_no"],
            "项目名称": ledger["holder"] + "项目",
            "土地使用权人": ledger["holder"],
            "项目位置": ledger["location"],
            "土地用途": ledger["use"].map({use: values[1] for use, values in USES.items()}),
            "供地方式": ledger["method"],
            "供地面积（公顷）": ledger["area_ha"],
            "成交价款（万元）": ledger["price_wan"],
            "约定容积率下限": ledger["far_min"],
            "约定投资额（万元）": ledger["investment_wan"],
            "合同签订日期": date_texts(ledger["signed"], rng),
            "实际交地时间": date_texts(ledger["handover"], rng),
            "约定开工时间": date_texts(ledger["agreed_start"], rng),
            "约定竣工时间": date_texts(ledger["agreed_completion"], rng),
            "实际开工时间": date_texts(ledger["actual_start"], rng),
            "是否动工": ledger["started"],
            "核查日期": date_texts(ledger["checked"], rng),
        }
    )
    extensions = supply.extensions
    later = pd.DataFrame(
        {
            "电子监管号": extensions["supply_id"],
            "新约定开工日期": date_texts(extensions["new_start"], rng),
            "新约定竣工日期": date_texts(extensions["new_completion"], rng),
            "补充协议文号": extensions["document"],
            "签订日期": date_texts(extensions["signed"], rng),
        }
    )
    note = "单位：公顷、万元；“是否动工”空白为未核查"
    sums = ("供地面积（公顷）", "成交价款（万元）")
    return [
        Sheet("供地台账", "建设用地供应台账", table, note, sums),
        Sheet("动工延期", "动工开发延期补充协议", later),
    ]


def tax_sheet(rows: pd.DataFrame, year: int) -> Sheet:
    """Tax paid in a year, item by item; rows in the order of ``rows``."""
    in_yuan = year == YEAR_IN_YUAN
    unit = "元" if in_yuan else "万元"
    names = {item: f"{title}（元）" if in_yuan else title for item, title in _ITEMS.items()}
    table = pd.DataFrame(
        {
            "序号": range(1, len(rows) + 1),
            "统一社会信用代码": rows["code"].to_numpy(),
            "纳税人名称": rows["name"].to_numpy(),
            "行业": rows["industry"].to_numpy(),
            **{
                name: (rows[item] * (1e4 if in_yuan else 1)).round(2).to_numpy()
                for item, name in names.items()
            },
        }
    )
    rounded = np.flatnonzero(rows["reason"] == "rounded_code").tolist()
    return Sheet(
        "入库税收",
        f"开发园区企业入库税收汇总表（{year}年度）",
        table,
        f"单位：{unit}",
        tuple(names.values()),
        ("其中", [names[item] for item in _ITEMS if item != "tax_paid"]),
        {"统一社会信用代码": rounded},
    )


def output_sheet(output: pd.DataFrame) -> Sheet:
    """Output and taxable sales, all years in one table."""
    columns = {
        "year": "年度",
        "enterprise_id": "统一社会信用代码",
        "name": "企业名称",
        "output": "工业总产值（万元）",
        "taxable_sales": "应税销售（万元）",
    }
    table = output[list(columns)].rename(columns=columns)
    return Sheet(
        "产值", "企业产值与应税销售", table, "单位：万元", ("工业总产值（万元）", "应税销售（万元）")
    )


def enterprise_sheet(enterprises: pd.DataFrame, rng: np.random.Generator) -> Sheet:
    """The register of enterprises."""
    table = pd.DataFrame(
        {
            "统一社会信用代码": enterprises["enterprise_id"],
            "企业名称": enterprises["name"],
            "曾用名": enterprises["former_names"],
            "行业代码": enterprises["industry_code"],
            "行业名称": enterprises["industry"],
            "成立日期": date_texts(enterprises["founded_on"].dt.date, rng),
        }
    )
    return Sheet("企业名录", "开发园区企业名录", table, "行业按GB/T 4754-2017")


def occupancy_sheet(occupancy: pd.DataFrame) -> Sheet:
    """Who stands on which parcel."""
    columns = {
        "parcel_id": "宗地代码",
        "enterprise_id": "统一社会信用代码",
        "name": "企业名称",
        "tenure": "占用方式",
        "land_mu": "占地面积（亩）",
        "floor_m2": "建筑面积（平方米）",
    }
    table = occupancy[list(columns)].rename(columns=columns)
    return Sheet("企业用地", "企业用地与租赁情况", table, "单位：亩、平方米", ("占地面积（亩）",))


def grade_sheets(grades: pd.DataFrame) -> list[Sheet]:
    """Official grades, a sheet a year."""
    columns = {
        "enterprise_id": "统一社会信用代码",
        "name": "企业名称",
        "grade": "评价等级",
        "document": "文号",
    }
    return [
        Sheet(
            f"{year}年度",
            f"工业企业资源集约利用综合评价结果（{year}年度）",
            rows[list(columns)].rename(columns=columns).assign(发布单位="示例市工业和信息化局"),
        )
        for year, rows in grades.groupby("year")
    ]


def statistics_sheets(totals: pd.DataFrame, targets: pd.DataFrame) -> list[Sheet]:
    """District totals and targets."""
    titles = {"gdp": "地区生产总值", "general_budget_revenue": "一般公共预算收入"}
    shown = pd.DataFrame(
        {
            "县区代码": totals["district_code"],
            "县区": totals["place"],
            "年度": totals["year"],
            "指标": totals["item"].map(titles),
            "数值（亿元）": totals["yi"],
        }
    )
    wanted = pd.DataFrame(
        {
            "县区代码": targets["district_code"],
            "县区": targets["place"],
            "年度": 2025,
            "类别": targets["category"],
            "处置任务（亩）": targets["mu"],
        }
    )
    return [
        Sheet("地区总量", "县区主要指标", shown, "单位：亿元"),
        Sheet("处置任务", "存量用地处置任务", wanted, "单位：亩", ("处置任务（亩）",)),
    ]


def benchmark_sheet(benchmarks: pd.DataFrame) -> Sheet:
    """Reference values, with their sources."""
    columns = {
        "indicator": "指标",
        "place": "地区",
        "year": "年度",
        "bound": "界限",
        "wan_per_mu": "每亩数值（万元）",
        "scopes": "口径",
        "source": "来源",
    }
    table = benchmarks[list(columns)].rename(columns=columns)
    return Sheet("参照值", "亩均税收参照值", table, "单位：万元/亩")
