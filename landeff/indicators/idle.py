"""What idle land comes to: suspended works, the class of the cause, fee or recovery as an estimate.

Source: 《闲置土地处置办法》 (国土资源部令第53号), arts 2, 8, 12, 14, 30.
Everything here is 测算（以认定为准）.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from landeff.core.calendar import from_days, shift, to_days
from landeff.core.text import Term
from landeff.indicators.clock import DECREE, ONE_YEAR
from landeff.indicators.spec import indicator

FEE_RATIO = 0.2  # art. 14 (1): 20 % of the price
#: Words that tell whose cause a delay is (art. 8: force majeure is treated like the government's).
_CAUSES = {
    "government": (
        r"政府|规划(?:调整|修改|变更)|政策|未(?:按期)?(?:交地|征迁|拆迁)"
        r"|文物|军事|信访|自然灾害|不可抗力|government"
    ),
    "judicial": r"司法|查封|法院|诉讼|破产|judicial",
    "enterprise": r"企业|用地单位|使用权人|资金|enterprise",
}
_MIXED = r"混合|共同|mixed"


@indicator(
    "parcel",
    title=Term("闲置原因类别", "class of the cause"),
    unit="",
    source=f"{DECREE}第八条",
)
def delay_cause_class(delay_cause: pd.Series) -> pd.Series:
    """Whose cause a delay is: ``government``, ``enterprise``, ``judicial`` or ``mixed`` (of several).

    Missing where nothing is written, or no word of it tells.

    >>> words = pd.Series(["企业自身原因", "政府原因、企业原因", "不明", None], dtype="str")
    >>> delay_cause_class(words).fillna("?").tolist()
    ['enterprise', 'mixed', '?', '?']
    """
    words = delay_cause.fillna("").astype("str").str.lower()
    found = pd.DataFrame({name: words.str.contains(pattern) for name, pattern in _CAUSES.items()})
    n = found.sum(axis="columns").to_numpy()
    one = found.columns.to_numpy()[found.to_numpy().argmax(axis=1)]
    mixed = (n > 1) | words.str.contains(_MIXED).to_numpy()
    named = np.where(mixed, "mixed", one)
    return pd.Series(named, index=delay_cause.index, dtype="str").where(mixed | (n == 1))


@indicator(
    "parcel",
    title=Term("处置方式（测算，以认定为准）", "consequence (estimate)"),
    unit="",
    source=f"{DECREE}第十二条、第十四条",
)
def idle_consequence(
    is_started: pd.Series,
    idle_from_on: pd.Series,
    recovery_from_on: pd.Series,
    delay_cause_class: pd.Series,
    as_of: dt.date,
) -> pd.Series:
    """What art. 14 or 12 leads to for land without works: ``fee``, ``recovery`` or ``art12``.

    Not started, by the enterprise's own causes: ``fee`` from one year past due on, ``recovery`` from two.
    By the government's: ``art12``. Missing where the land is not surely idle, and where the cause is mixed,
    judicial or not known.
    """
    today = np.datetime64(as_of, "D")
    idle = (~is_started.astype("boolean")).fillna(False).to_numpy(dtype=bool)
    idle &= to_days(idle_from_on) <= today
    cause = delay_cause_class.fillna("").to_numpy(dtype=object)
    own, official = idle & (cause == "enterprise"), idle & (cause == "government")
    two_years = to_days(recovery_from_on) <= today
    chosen = np.select([own & two_years, own, official], ["recovery", "fee", "art12"], "")
    return pd.Series(chosen, index=is_started.index, dtype="str").where(chosen != "")


@indicator(
    "parcel",
    title=Term("土地闲置费（测算，以认定为准）", "idle-land fee (estimate)"),
    unit="元",
    source=f"{DECREE}第十四条第一项：土地出让或划拨价款的20%",
)
def idle_fee_estimate_cny(idle_consequence: pd.Series, price_cny: pd.Series) -> pd.Series:
    """20 % of the price where :func:`idle_consequence` is ``fee``; NaN elsewhere and without a price.

    >>> idle_fee_estimate_cny(pd.Series(["fee", "recovery"]), pd.Series([1_000_000.0, 1.0])).tolist()
    [200000.0, nan]
    """
    return (price_cny.astype("float64") * FEE_RATIO).where((idle_consequence == "fee").fillna(False))


@indicator(
    "parcel",
    title=Term("开发建设面积比例", "share under works"),
    unit="%",
    source=f"{DECREE}第二条第二款：开发建设用地面积 ÷ 应动工开发建设用地总面积",
)
def developed_share_ratio(construction_area_m2: pd.Series, due_construction_area_m2: pd.Series) -> pd.Series:
    """Area under works over the area due to be built, to twelve digits (a third is 0.333333333333)."""
    return _share(construction_area_m2, due_construction_area_m2)


@indicator(
    "parcel",
    title=Term("投资比例", "share invested"),
    unit="%",
    source=f"{DECREE}第二条第二款、第三十条：已投资额 ÷ 总投资额，均不含价款和税费",
)
def invested_share_ratio(actual_investment_cny: pd.Series, planned_investment_cny: pd.Series) -> pd.Series:
    """Invested over planned, both without land price and taxes (art. 30), to twelve digits."""
    return _share(actual_investment_cny, planned_investment_cny)


@indicator(
    "parcel",
    title=Term("中止开发满一年日期", "works stopped for a year"),
    unit="日期",
    source=f"{DECREE}第二条第二款",
    settled_by=("suspended_since_on",),
)
def suspended_year_on(suspended_since_on: pd.Series) -> pd.Series:
    """First day on which works have been stopped for a calendar year."""
    return from_days(shift(to_days(suspended_since_on), ONE_YEAR), suspended_since_on.index)


@indicator(
    "parcel",
    title=Term("是否动工（按第三十条）", "started by art. 30"),
    unit="是/否",
    source=f"{DECREE}第三十条：深基坑开挖完毕；打入所有基础桩；其他地基施工完成三分之一",
)
def is_started_art30(
    permit_on: pd.Series, foundation: pd.Series, foundation_ratio: pd.Series, as_of: dt.date
) -> pd.Series:
    """Whether works have begun as art. 30 has it: with a building permit, and the foundation so far.

    ``foundation`` is ``deep_pit`` (深基坑) or ``piles`` (桩基), which must be done, or anything else written
    (其他), of which a third must be. NA where a fact that decides is missing. A permit alone is no start.
    """
    today, permit = np.datetime64(as_of, "D"), to_days(permit_on)
    kind, done = foundation.fillna("").astype("str"), foundation_ratio.astype("float64").to_numpy()
    whole = kind.str.contains(r"deep_pit|深基坑|piles?|桩").to_numpy()
    known = ~np.isnan(done) & (kind != "").to_numpy()
    enough = np.where(whole, done >= 1, np.round(done, 12) >= round(1 / 3, 12))
    begun = known & enough & (permit <= today)
    not_begun = (permit > today) | (known & ~enough)
    return pd.Series(pd.arrays.BooleanArray(begun, ~(begun | not_begun)), index=permit_on.index)


def _share(part: pd.Series, whole: pd.Series) -> pd.Series:
    known = whole.astype("float64").where(whole > 0)
    return (part.astype("float64") / known).round(12)
