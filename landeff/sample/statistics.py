"""Official grades, district totals, targets and benchmarks."""

from __future__ import annotations

from typing import cast

import numpy as np
import pandas as pd

from landeff.sample.places import DISTRICTS, SYNTHETIC

_CATEGORIES = {"idle": "闲置土地", "approved_unsupplied": "批而未供", "low_efficiency": "低效用地"}


def draw_grades(taxes: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Grades of 2023 and 2024: 20 % A, 40 % B, 35 % C, 5 % D by tax, with some luck."""
    found = []
    luck = pd.Series(
        rng.normal(0, 0.25, taxes["enterprise_id"].nunique()), index=taxes["enterprise_id"].unique()
    )
    for year in (2023, 2024):
        rows = taxes[(taxes["year"] == year) & (taxes["tax_paid"] > 0)].sort_values("enterprise_id")
        score = np.log(rows["tax_paid"]) + rows["enterprise_id"].map(luck) + rng.normal(0, 0.15, len(rows))
        rank = score.rank(pct=True, ascending=False)
        grade = pd.cut(rank, [0, 0.2, 0.6, 0.95, 1.0], labels=list("ABCD")).astype("str")
        document = f"示例工信〔{year + 1}〕7号"
        table = rows[["enterprise_id", "name"]].assign(year=year, grade=grade, document=document)
        found.append(table.sample(frac=0.8, random_state=rng).sort_index())
    return pd.concat(found, ignore_index=True)


def draw_totals(tax_wan: pd.Series, rng: np.random.Generator) -> pd.DataFrame:
    """GDP and general budget revenue of each district; ``tax_wan`` is indexed by district and year."""
    rows = []
    for key, tax in tax_wan.items():
        district, year = cast("tuple[str, int]", key)
        revenue = tax * rng.uniform(1.5, 2.0)
        values = {"gdp": revenue * rng.uniform(13, 17), "general_budget_revenue": revenue}
        for item, value in values.items():
            rows.append(
                {
                    "district_code": district,
                    "place": DISTRICTS[district],
                    "year": year,
                    "item": item,
                    "yi": round(value / 1e4, 2),
                }
            )
    return pd.DataFrame(rows)


def draw_targets(rng: np.random.Generator) -> pd.DataFrame:
    """Mu of each category that each district is to deal with in 2025."""
    rows = [
        {"district_code": code, "place": name, "category": title, "mu": round(rng.uniform(200, 1500), -1)}
        for code, name in DISTRICTS.items()
        for title in _CATEGORIES.values()
    ]
    return pd.DataFrame(rows)


def benchmarks() -> pd.DataFrame:
    """Reference values, each with its source and how it was derived."""
    scope = "税收口径、土地口径原文未载明"
    less = "报告称“不足苏州、无锡的一半”，由13.6×2推得的下限，非公布值"
    rows = [
        ("tax_cny_per_mu", "示例市", 2020, 13.6, "", scope, f"{SYNTHETIC}：按公开报告所述13.6万元/亩设定"),
        ("tax_cny_per_mu", "苏州", 2020, 27.2, ">", scope, less),
        ("tax_cny_per_mu", "无锡", 2020, 27.2, ">", scope, less),
        ("tax_cny_per_mu", "全国国家级开发区", 2020, 36.0, "", "二、三产业税收÷已建成城镇建设用地",
         "2020年度国家级开发区土地集约利用监测统计通报：综合地均税收539.96万元/公顷÷15"),
    ]  # fmt: skip
    return pd.DataFrame(
        rows, columns=["indicator", "place", "year", "wan_per_mu", "bound", "scopes", "source"]
    )
