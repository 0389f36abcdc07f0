"""What hot spots mean, in words that every output shares."""

from __future__ import annotations

import pandas as pd

from landeff.core.columns import title
from landeff.core.text import Term
from landeff.publish.terms import TERMS

#: Codes of classes from hot to cold; the last two say why there is none.
CLASSES = tuple(code for group, code in TERMS if group == "hot_spot")


def figure_title(rows: pd.DataFrame) -> Term:
    """What was looked at: figure and year of the rows of one variable."""
    named, year = title(str(rows["variable"].iloc[0])), rows["year"].iloc[0]
    return Term(f"{named.zh}（{year} 年）", f"{named.en}, {year}")


def short_method(rows: pd.DataFrame) -> Term:
    """One line: what is compared with what."""
    distance = f"{rows['distance_m'].iloc[0]:g}"
    return Term(
        f"看片区，不看单宗：{distance} 米内各宗位次与其余宗地相比（Gi*）；极显著、显著：误报率不超过 1%、5%",
        f"of the surroundings, not of the parcel: ranks within {distance} m against all others (Gi*); very "
        "sure, sure: at most 1 %, 5 % false",
    )


def long_method(rows: pd.DataFrame) -> tuple[Term, ...]:
    """How the classes came about, and what they do not say."""
    distance, least = f"{rows['distance_m'].iloc[0]:g}", rows["min_neighbours"].iloc[0]
    only = str(rows["only"].iloc[0])
    counted = Term(f"只计 {only} 的宗地。", f" Only parcels with {only} count.") if only else Term("", "")
    return (
        Term(
            f"方法：数值已知的宗地按亩均值排位，逐宗比较其 {distance} 米内（按形心，含本宗，跨园区）各宗与其"
            "余宗地的位次（Getis–Ord Gi*，即秩和检验）。同一企业的几宗地只有一个数，按约一个观测计。可比邻宗"
            f"不足 {least} 家的不作判断。极显著、显著指误报率不超过 1%、5%（Benjamini–Hochberg）。"
            f"{counted.zh}",
            "Method: parcels of known value are ranked; around each, those within "
            f"{distance} m (centres, itself included, across zones) are compared with all others (Getis–Ord "
            "Gi* of ranks, the rank-sum test). Parcels of one firm bear one figure and count about once. "
            f"With fewer than {least} independent neighbours nothing is said. Very sure and "
            f"sure: at most 1 % and 5 % are false (Benjamini–Hochberg).{counted.en}",
        ),
        Term(
            "读法：说的是片区，高值片区里的某一宗可以很低。片区金额合计 ÷ 用地合计须与位次同向，否则列“位次与"
            "比值不一致”。数值不明的宗地不参与，不算低值。结果随距离而变；未见集聚不等于没有高低之分；"
            "不作为认定低效用地的依据。",
            "Reading: it is about surroundings; a parcel in a hot spot may itself be low. The ratio of sums "
            "around a parcel must point to the side that the ranks do. Parcels of unknown value take no part "
            "and are not low. Results change with the distance; no cluster seen does not mean no "
            "differences; no ground to call land inefficient.",
        ),
    )


def split_by_variable(table: pd.DataFrame) -> list[pd.DataFrame]:
    """The rows of each figure, in the order of the table."""
    return [rows for _, rows in table.groupby("variable", sort=False)] if len(table) else []
