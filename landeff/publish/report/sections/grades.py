"""Official grades with their land and tax, simulated ones of each scorecard, and what a grade means."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.core.units import M2_PER_MU
from landeff.publish.fields import field, is_known
from landeff.publish.groups import by_code
from landeff.publish.report.group_table import NOTE, group_table
from landeff.publish.report.model import Abreast, Block, Note, Row, Section, Stack, Table, rows_of
from landeff.publish.score_sheet.model import REASONS, effects_of

_COLOURS = {"A": "#1f4e79", "B": "#7fb2d6", "C": "#e6c9a0", "D": "#c0562f"}
_REST = ("#8a8f94", "#b6bcc2", "#d5dade")
_NOT_GRADED = "—"
_NONE, _UNKNOWN = Term("未分档", "not graded"), Term("不详", "not known")
_SIMULATED = Term(
    "模拟等级由评分标准算出，不是主管部门公布的等级，任何规则都不读取。亩均税收为该档税收之和除以用地之和，"
    "只计税收和用地都已知的企业；一地多企合并评价的按各企业自身计。",
    "Simulated grades are computed from a scorecard; they are no office's grades, and no rule reads them. "
    "Tax per mu is total tax over total land of a grade, of firms whose tax and land are known; of firms "
    "judged together each counts with its own.",
)


def build(dataset: Dataset) -> Sequence[Block]:
    """Official grades, then every scorecard of the run, then what a grade means where an office said it."""
    return [*_official(dataset), *_cards(dataset), *_effects(dataset)]


def _official(dataset: Dataset) -> list[Block]:
    """A row a grade of the parcels; nothing where no parcel has one."""
    groups = by_code(dataset, "grade_latest")
    if groups.empty:
        return []
    caption = Term("正式等级（最近一年）与用地、税收", "Official grades of the latest year: land and tax")
    titles: list[Term | str] = [str(code) for code in groups["code"]]
    first = field("grade_latest", "text", "等级", "grade")
    table = group_table(groups, titles, first, caption)
    bars = [
        (Term("宗数", "parcels"), groups["n"]),
        (Term("面积", "area"), groups["area_m2"]),
        (Term("税收", "tax"), groups["tax_cny"]),
    ]
    codes = [str(code) if is_known(code) else _NOT_GRADED for code in groups["code"]]
    return [Abreast((_shares(caption, codes, bars, _UNKNOWN), table)), Note(NOTE)]


def _shares(
    caption: Term, codes: list[str], bars: list[tuple[Term, pd.Series]], without: Term = _NONE
) -> Stack:
    """Shares of the grades in several sums; what is unknown is in none."""
    rest = iter(_REST * len(codes))
    parts = tuple(
        (_COLOURS.get(code) or next(rest), without if code == _NOT_GRADED else Term(code, code))
        for code in codes
    )
    shares: list[tuple[float, ...]] = []
    names: list[Term | str] = []
    for name, values in bars:
        known = pd.to_numeric(values).astype("float64").fillna(0.0).clip(lower=0.0)
        whole = float(known.sum())
        if whole > 0:
            names.append(name)
            shares.append(tuple(float(each) / whole for each in known))
    return Stack(caption, tuple(names), parts, tuple(shares))


def _cards(dataset: Dataset) -> list[Block]:
    """Each scorecard in the latest year it graded."""
    grades = dataset.frame("grades_simulated")
    if grades.empty:
        return []
    cards = dataset.frame("scorecards")
    titles = cards[cards["kind"] == "card"].set_index("scorecard")
    blocks: list[Block] = []
    for name, rows in grades.groupby("scorecard", sort=True):
        year = int(rows["year"].max())
        last = _with_land(dataset, rows[rows["year"] == year])
        card = titles.loc[name]
        mark = Term("", "") if card["is_verified"] else Term("（未核对原文）", " (not verified)")
        what = Term(
            f"{card['title_zh']}{mark.zh}，{year} 年，模拟", f"{card['title_en']}{mark.en}, {year}, simulated"
        )
        blocks += [
            _grade_table(last, what),
            *_changes(last, what),
            *_ungraded(last, what, _items(cards, str(name))),
        ]
    return [*blocks, Note(_SIMULATED)]


def _with_land(dataset: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    """Firms with their own land and tax of the year."""
    columns = ["enterprise_id", "year", "basis_area_m2", "tax_cny"]
    facts = dataset.frame("enterprise_year").reindex(columns=columns)
    return rows.merge(facts, on=["enterprise_id", "year"], how="left", validate="many_to_one")


def _grade_table(rows: pd.DataFrame, what: Term) -> Abreast:
    """Firms, land and tax of each grade."""
    both = rows["basis_area_m2"].notna() & rows["tax_cny"].notna()
    counted = rows.assign(
        code=rows["grade"].astype("object").fillna(_NOT_GRADED),
        known_area=rows["basis_area_m2"].where(both),
        known_tax=rows["tax_cny"].where(both),
        unknown=(~both).astype("int64"),
    ).sort_values(["code", "known_area", "known_tax"], kind="stable")
    sums = counted.groupby("code", sort=True).agg(
        n=("code", "size"),
        area_m2=("known_area", "sum"),
        tax_cny=("known_tax", "sum"),
        n_unknown=("unknown", "sum"),
    )
    order = [code for code in sums.index if code != _NOT_GRADED] + [_NOT_GRADED] * (_NOT_GRADED in sums.index)
    sums = sums.loc[order].reset_index()
    graded = int(sums.loc[sums["code"] != _NOT_GRADED, "n"].sum())
    sums["share"] = (sums["n"] / graded).where(sums["code"] != _NOT_GRADED) if graded else None
    sums["per_mu"] = sums["tax_cny"] / (sums["area_m2"] / M2_PER_MU).where(sums["area_m2"] > 0)
    named = [_NONE if code == _NOT_GRADED else Term(code, code) for code in sums["code"]]
    fields = (
        field("title", "text", "等级", "grade"),
        field("n", "count", "家数", "firms"),
        field("share", "percent", "占已分档", "of those graded"),
        field("area_m2", "mu", "用地", "land"),
        field("tax_cny", "wan", "税收", "tax"),
        field("per_mu", "wan_per_mu", "亩均税收", "tax per mu"),
        field("n_unknown", "count", "税收或用地不明家数", "firms of unknown tax or land"),
    )
    told = sums.assign(title=pd.Series(named, index=sums.index, dtype=object))
    bars = [
        (Term("家数", "firms"), sums["n"]),
        (Term("用地", "land"), sums["area_m2"]),
        (Term("税收", "tax"), sums["tax_cny"]),
    ]
    figure = _shares(what, sums["code"].tolist(), bars)
    return Abreast((figure, Table(fields, rows_of(told, fields), what)))


def _changes(rows: pd.DataFrame, what: Term) -> list[Block]:
    """Official against simulated grade: firms and land; nothing where no firm has both."""
    both = rows[rows["official_grade"].notna() & rows["grade"].notna()]
    if both.empty:
        return []
    simulated = sorted(both["grade"].unique())
    n = both.groupby(["official_grade", "grade"]).size()
    area = both.sort_values("basis_area_m2").groupby(["official_grade", "grade"])["basis_area_m2"].sum()
    table_rows = []
    for official in sorted(both["official_grade"].unique()):
        counts = [int(n.get((official, grade), 0)) for grade in simulated]
        areas = [float(area.get((official, grade), 0.0)) for grade in simulated]
        same = counts[simulated.index(official)] / sum(counts) if official in simulated else 0.0
        table_rows.append(Row((str(official), *counts, *areas, same)))
    firms, land = Term("模拟等级：家数", "simulated: firms"), Term("模拟等级：用地", "simulated: land")
    fields = (
        field("official", "text", "正式等级", "official"),
        *(field(grade, "count", grade, grade, firms) for grade in simulated),
        *(field(f"{grade}_m2", "mu", grade, grade, land) for grade in simulated),
        field("same", "percent", "相同", "the same"),
    )
    caption = Term(f"正式与模拟等级：{what.zh}", f"Official and simulated grades: {what.en}")
    return [Table(fields, tuple(table_rows), caption)]


def _items(cards: pd.DataFrame, name: str) -> dict[str, Term]:
    """Titles of the items of a scorecard."""
    rows = cards[(cards["kind"] == "item") & (cards["scorecard"] == name)].drop_duplicates("item")
    pairs = zip(rows["title_zh"], rows["title_en"], strict=True)
    return {str(item): Term(str(zh), str(en)) for item, (zh, en) in zip(rows["item"], pairs, strict=True)}


def _ungraded(rows: pd.DataFrame, what: Term, items: dict[str, Term]) -> list[Block]:
    """Why firms have no grade, most of them first."""
    open_ = rows[rows["grade"].isna()]
    if open_.empty:
        return []
    sums = (
        open_.sort_values("basis_area_m2")
        .groupby("reason", sort=True)
        .agg(n=("reason", "size"), area_m2=("basis_area_m2", "sum"), lacking=("lacking", _most))
    )
    sums = sums.reset_index().sort_values(["n", "reason"], ascending=[False, True], kind="stable")
    told = [REASONS.get(str(code), Term(str(code), str(code))) for code in sums["reason"]]
    fields = (
        field("title", "text", "未分档的原因", "why not graded"),
        field("n", "count", "家数", "firms"),
        field("area_m2", "mu", "用地", "land"),
        field("lacking", "text", "最常缺的项", "most often lacking"),
    )
    lacking = [items.get(item, Term(item, item)) for item in sums["lacking"]]
    shown = sums.assign(
        title=pd.Series(told, index=sums.index, dtype=object),
        lacking=pd.Series(lacking, index=sums.index, dtype=object),
    )
    caption = Term(f"未分档：{what.zh}", f"Not graded: {what.en}")
    return [Table(fields, rows_of(shown, fields), caption)]


def _most(lists: pd.Series) -> str:
    """The item that is named most often in lists joined by commas; empty where none is."""
    items = lists.dropna().astype("str").str.split(",").explode().str.strip()
    counts = items[items != ""].value_counts()
    return min(counts[counts == counts.max()].index) if len(counts) else ""


def _effects(dataset: Dataset) -> list[Block]:
    """What each grade means, as far as an office gave it."""
    effects = dataset.frame("grade_effects")
    given = effects[effects["grade"].notna()] if len(effects) else effects
    if given.empty:
        return []
    rows = [
        Row((str(grade), kind, told))
        for grade in sorted(given["grade"].unique())
        for kind, told in effects_of(given, str(grade))
    ]
    fields = (
        field("grade", "text", "等级", "grade"),
        field("kind", "text", "政策", "treatment"),
        field("told", "long", "标准", "how much"),
    )
    return [Table(fields, tuple(rows), Term("差别化资源配置", "What a grade means"))]


SECTION = Section(Term("等级", "Grades"), 66, build)
