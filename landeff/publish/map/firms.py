"""Who stands on the plots, what they score, and which rows of the sources their money stands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.explanation import unverified
from landeff.core.text import Term
from landeff.core.units import M2_PER_MU, WAN
from landeff.publish.score_sheet.model import REASONS, STATUS, WHY_MISSING
from landeff.publish.terms import TERMS

_SHARES = ["enterprise_id", "parcel_id", "share_ratio", "method", "land_basis", "land_area_m2"]
_GRADES = [
    *("enterprise_id", "scorecard", "year", "total", "adjustment", "rank", "n", "group", "grade"),
    *("reason", "official_grade", "distance"),
]
_SCORES = [
    *("value", "unit", "benchmark", "lowest", "ratio", "cap", "weight", "points", "status", "reason"),
]
_MONEY = ["parcel_id", "year", "item", "enterprise_id", "value", "share_ratio", "source_file", "source_row"]
METHODS = {
    "occupancy": Term("按企业用地表", "by the table of land in use"),
    "holder": Term("按权利人", "by the holder"),
    "location": Term("按坐落", "by the location"),
    "group": Term("按集团成员", "by members of its group"),
}
LAND_BASES = {
    "land_area": Term("占地面积", "land area"),
    "contract_area": Term("合同面积", "area of the lease"),
    "share": Term("给定比例", "share as given"),
    "remainder": Term("扣除出租后的余额", "what is left after leases"),
    "floor_area": Term("建筑面积", "floor area"),
    "holder": Term("权利人整宗", "the holder's whole parcel"),
    "equal": Term("平均", "equal parts"),
    "group": Term("集团合并", "the group together"),
    "unknown": Term("面积不详", "area unknown"),
}


@dataclass(frozen=True, slots=True)
class Firms:
    """What the page knows of firms; all tables empty where the run has none.

    Attributes:
        firms: enterprise_id, name; sorted by code. The other tables point at its rows in ``firm``.
        stands: parcel_id, firm, share_ratio (of the firm's money, latest year), method, land_basis, land_mu.
        grades: firm, scorecard, year, total, … of the latest year scored, for firms that stand on a plot.
        scores: grade (row of ``grades``), item (key of ``titles``), value, benchmark, points, …; in the order
            of the scorecard.
        money: parcel_id, year, item, firm, wan (10k of the currency), share_ratio, source_file, source_row:
            the rows behind tax and output.
        titles: terms of codes, by group of codes.
    """

    firms: pd.DataFrame
    stands: pd.DataFrame
    grades: pd.DataFrame
    scores: pd.DataFrame
    money: pd.DataFrame
    titles: Mapping[str, Mapping[str, Term]]


def firms_of(dataset: Dataset) -> Firms:
    """Firms, their shares, scores and money; sorted, whatever the order of rows."""
    stands = _stands(dataset)
    grades = _grades(dataset, stands)
    scores = _scores(dataset, grades)
    money = _money(dataset)
    codes = pd.concat([stands["enterprise_id"], money["enterprise_id"]]).dropna().astype("str").unique()
    firms = pd.DataFrame({"enterprise_id": sorted(codes)})
    firms["name"] = firms["enterprise_id"].map(_names(dataset))
    place = pd.Series(range(len(firms)), index=firms["enterprise_id"])
    stands, grades, money = (
        table.assign(firm=table["enterprise_id"].map(place).astype("float64"))
        for table in (stands, grades, money)
    )
    return Firms(firms, stands, grades, scores, money, _titles(dataset))


def _stands(dataset: Dataset) -> pd.DataFrame:
    shares = dataset.frame("shares").reindex(columns=[*_SHARES, "year"])
    latest = shares[shares["year"] == dataset.meta.year].dropna(subset=["enterprise_id", "parcel_id"])
    latest = latest.sort_values(["parcel_id", "enterprise_id", "method"], kind="stable", ignore_index=True)
    return latest.assign(land_mu=latest["land_area_m2"].astype("float64") / M2_PER_MU)


def _grades(dataset: Dataset, stands: pd.DataFrame) -> pd.DataFrame:
    grades = dataset.frame("grades_simulated").reindex(columns=[*_GRADES, "model"])
    latest = grades.groupby("scorecard")["year"].transform("max")
    here = (grades["year"] == latest) & grades["enterprise_id"].isin(stands["enterprise_id"].unique())
    return grades[here].sort_values(["enterprise_id", "scorecard", "year"], kind="stable", ignore_index=True)


def _scores(dataset: Dataset, grades: pd.DataFrame) -> pd.DataFrame:
    if grades.empty:
        return pd.DataFrame()
    keys = ["enterprise_id", "scorecard", "year"]
    scores = dataset.frame("scores").reindex(columns=[*keys, "model", "item", *_SCORES])
    cards = dataset.frame("scorecards").reindex(columns=["scorecard", "model", "item", "order"])
    order = cards.dropna(subset="item").drop_duplicates(["scorecard", "model", "item"])
    place = grades[keys].assign(grade=range(len(grades)))
    found = scores.merge(place, on=keys).merge(order, on=["scorecard", "model", "item"], how="left")
    found["item"] = found["scorecard"] + "/" + _model_of(found) + "/" + found["item"]
    return found.sort_values(["grade", "order", "item"], kind="stable", ignore_index=True)


def _model_of(scores: pd.DataFrame) -> pd.Series:
    """Adjustments belong to no model."""
    return scores["model"].fillna("").astype("str").mask(scores["status"] == "adjustment", "")


def _money(dataset: Dataset) -> pd.DataFrame:
    """Parts of source rows that make the tax and the output of each parcel, latest year first."""
    parts = dataset.frame("contributions").reindex(columns=_MONEY)
    parts = parts[parts["item"].isin([dataset.meta.scopes.tax, "output"])]
    by = ["parcel_id", "year", "item", "enterprise_id", "source_file", "source_row", "value"]
    parts = parts.sort_values(by, ascending=[True, False, *[True] * 5], kind="stable", ignore_index=True)
    return parts.assign(wan=parts["value"].astype("float64") / WAN)


def _names(dataset: Dataset) -> pd.Series:
    """Name of each enterprise, of the latest year that has one."""
    table = dataset.frame("enterprise_year").reindex(columns=["enterprise_id", "year", "name"])
    named = table.dropna(subset=["enterprise_id", "name"])
    last = named.sort_values(["enterprise_id", "year", "name"]).drop_duplicates("enterprise_id", keep="last")
    return last.set_index("enterprise_id")["name"]


def _titles(dataset: Dataset) -> Mapping[str, Mapping[str, Term]]:
    items: dict[str, Term] = {}
    cards: dict[str, Term] = {}
    mark = unverified()
    for row in dataset.frame("scorecards").to_dict("records"):
        said = Term(str(row["title_zh"]), str(row["title_en"]))
        if row["kind"] in {"item", "adjustment"}:
            model = row["model"] if row["kind"] == "item" and isinstance(row["model"], str) else ""
            items[f"{row['scorecard']}/{model}/{row['item']}"] = said
        elif row["kind"] == "card":
            note = Term("", "") if row["is_verified"] else mark
            cards[str(row["scorecard"])] = Term(said.zh + note.zh, said.en + note.en)
    return {
        "score_item": items,
        "scorecard": cards,
        "score_status": {code: said for code, said in STATUS.items() if said.zh},
        "score_why": WHY_MISSING,
        "grade_reason": REASONS,
        "method": METHODS,
        "land_basis": LAND_BASES,
        "money_item": {code: said for (group, code), said in TERMS.items() if group == "item"},
    }
