"""What a score sheet is made of: data, no markup."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.core.units import unit_of
from landeff.publish.fields import is_known
from landeff.publish.score_sheet.units import with_unit

STATUS = {
    "scored": Term("", ""),
    "capped": Term("按封顶计", "held to the cap"),
    "negative_zero": Term("负值计 0", "negative, counts as 0"),
    "mean": Term("缺项，取其他企业平均分", "missing: mean points of the others"),
    "zero": Term("缺项，计 0 分", "missing: 0 points"),
    "exclude": Term("缺项，剔除后权重放大", "missing: left out, weights scaled up"),
    "T": Term("缺项，不分档", "missing: not graded"),
    "unknown": Term("缺项，得分未知", "missing: points unknown"),
    "adjustment": Term("加减分", "bonus or malus"),
}
WHY_MISSING = {
    "no_value": Term("缺数据", "no data"),
    "denominator_zero": Term("分母为 0", "denominator is 0"),
    "no_benchmark": Term("无基准值", "no benchmark"),
    "no_spread": Term("组内无差距", "no spread in the group"),
}
REASONS = {
    "by_cut": Term("按名次或得分", "by the cuts"),
    "veto": Term("一票否决", "veto"),
    "floor": Term("保底", "floor"),
    "not_graded": Term("不参与分档", "not graded"),
    "item_not_graded": Term("缺项，不参与分档", "not graded: an item is missing"),
    "facts_missing": Term("缺要件，无总分", "facts missing, no total"),
    "group_unknown": Term("所属组不清楚，未排名", "group unknown, not ranked"),
    "out_of_scope": Term("不在评价范围", "out of scope"),
    "model_unknown": Term("适用模型不清楚（缺规模等）", "model unknown (size missing …)"),
    "no_cuts": Term("分档标准未公布，不分档", "the cuts were not published: no grade"),
}
_NOTHING = Term("", "")
UNVERIFIED = Term("（标准未核对原文）", " (standard not verified)")


@dataclass(frozen=True, slots=True)
class Line:
    """One item of a sheet, every value as it is shown; empty where there is none."""

    title: Term
    value: Term
    sum: Term
    benchmark: Term
    ratio: str
    cap: str
    weight: str
    points: str
    status: Term
    source: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One enterprise, year and scorecard."""

    head: Term
    facts: tuple[tuple[Term, Term | str], ...]
    lines: tuple[Line, ...]
    results: tuple[tuple[Term, Term | str], ...]
    effects: tuple[tuple[Term, Term | str], ...]
    notes: tuple[Term, ...]


def build_sheets(
    dataset: Dataset, enterprises: Collection[str] = (), year: int | None = None, scorecard: str = ""
) -> Iterator[Sheet]:
    """Score sheets by scorecard, group and rank; of the latest year that was scored.

    Args:
        enterprises: codes; none means all.
        year: another year than the latest.
        scorecard: one of several.
    """
    grades = dataset.frame("grades_simulated")
    if grades.empty:
        return
    if enterprises:
        grades = grades[grades["enterprise_id"].isin(list(enterprises))]
    if scorecard:
        grades = grades[grades["scorecard"] == scorecard]
    if grades.empty:
        return
    latest = grades.groupby("scorecard")["year"].transform("max")
    grades = grades[grades["year"] == (latest if year is None else year)]
    grades = grades.sort_values(["scorecard", "group", "rank", "enterprise_id"], na_position="last")
    scores = dataset.frame("scores")
    scores = scores[
        scores["enterprise_id"].isin(grades["enterprise_id"]) & scores["year"].isin(grades["year"])
    ]
    lines: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for line in _records(scores):
        lines.setdefault((line["scorecard"], line["enterprise_id"], line["year"]), []).append(line)
    cards = {
        str(name): _Card(rows, dataset) for name, rows in dataset.frame("scorecards").groupby("scorecard")
    }
    for row in _records(grades):
        key = (row["scorecard"], row["enterprise_id"], row["year"])
        yield cards[row["scorecard"]].sheet(row, lines.get(key, []))


class _Card:
    """Titles of one scorecard and what its grades mean, looked up once."""

    def __init__(self, rows: pd.DataFrame, dataset: Dataset) -> None:
        paired = zip(rows["title_zh"], rows["title_en"], strict=True)
        titles = [Term(str(zh), str(en)) for zh, en in paired]
        told = [Term(str(zh), str(en)) for zh, en in zip(rows["told_zh"], rows["told_en"], strict=True)]
        keys = list(zip(rows["kind"], rows["model"], rows["item"], strict=True))
        self.titles = dict(zip(keys, titles, strict=True))
        self.told = dict(zip(keys, told, strict=True))
        self.card = rows[rows["kind"] == "card"].iloc[0]
        effects = dataset.frame("grade_effects")
        names = sorted(effects["grade"].dropna().unique()) if len(effects) else []
        self.effects = {str(name): tuple(effects_of(effects, str(name))) for name in names}

    def sheet(self, row: dict[str, Any], lines: Sequence[dict[str, Any]]) -> Sheet:
        name = f"{row['name']} " if is_known(row["name"]) else ""
        head = Term(
            f"评分单（模拟） {name}{row['enterprise_id']}",
            f"Score sheet (simulated) {name}{row['enterprise_id']}",
        )
        return Sheet(
            head,
            tuple(self._facts(row)),
            tuple(self._line(line) for line in lines),
            tuple(self._results(row)),
            tuple(self._effects(row)),
            tuple(self._notes()),
        )

    def _facts(self, row: dict[str, Any]) -> Iterator[tuple[Term, Term | str]]:
        mark = Term("", "") if self.card["is_verified"] else UNVERIFIED
        yield (
            Term("标准", "standard"),
            Term(f"{self.card['title_zh']}{mark.zh}", f"{self.card['title_en']}{mark.en}"),
        )
        yield Term("年度", "year"), str(row["year"])
        model = self.titles.get(("model", row["model"], ""))
        if model is not None:
            yield Term("模型", "model"), model
        if is_known(row["unit_id"]):
            yield Term("合并评价单元", "unit judged together"), str(row["unit_id"])

    def _line(self, line: dict[str, Any]) -> Line:
        kind = "adjustment" if line["status"] == "adjustment" else "item"
        model = line["model"] if kind == "item" else ""
        title = self.titles.get((kind, model, line["item"]), Term(line["item"], line["item"]))
        status = STATUS.get(line["status"], Term(line["status"], line["status"]))
        why = WHY_MISSING.get(line["reason"]) if is_known(line["reason"]) else None
        if why is not None:
            status = Term(f"{status.zh}（{why.zh}）", f"{status.en} ({why.en})")
        unit = str(line["unit"]) if is_known(line["unit"]) and line["unit"] != "1" else ""
        benchmark = _number(line["benchmark"])
        if is_known(line["lowest"]):
            benchmark = f"{_number(line['lowest'])} – {benchmark}"
        return Line(
            title=title,
            value=with_unit(_number(line["value"]), unit) if is_known(line["value"]) else _NOTHING,
            sum=_sum(line),
            benchmark=with_unit(benchmark, unit) if benchmark else _NOTHING,
            ratio=_number(line["ratio"]),
            cap=_number(line["cap"]),
            weight=_number(line["weight"]),
            points=_number(line["points"]),
            status=status,
            source=line["source"] if is_known(line["source"]) else "",
        )

    def _results(self, row: dict[str, Any]) -> Iterator[tuple[Term, Term | str]]:
        unknown = Term("未知", "unknown")
        yield Term("总分", "total"), _number(row["total"]) or unknown
        if is_known(row["rank"]):
            of = f"{row['rank']} / {row['n']}"
            group = str(row["group"]) if is_known(row["group"]) and row["group"] else ""
            yield Term("组内名次", "rank in the group"), f"{of} ({group})" if group else of
        grade = (
            Term(f"{row['grade']}（模拟）", f"{row['grade']} (simulated)")
            if is_known(row["grade"])
            else unknown
        )
        yield Term("模拟等级", "simulated grade"), grade
        reason = REASONS.get(row["reason"], Term(row["reason"], row["reason"]))
        which = self.titles.get((row["reason"], "", row["override"]))
        said = Term(f"{reason.zh}：{which.zh}", f"{reason.en}: {which.en}") if which else reason
        if row["reason"] in ("veto", "floor"):
            said = Term(
                f"{said.zh}（按名次为 {row['grade_by_cut']}）",
                f"{said.en} (by the cuts {row['grade_by_cut']})",
            )
        yield Term("依据", "because"), said
        if is_known(row["distance"]):
            yield Term("距上一档（分）", "points to the next better grade"), _number(row["distance"])
        if row["is_tied"] is True:
            yield Term("并列", "tie"), Term("同分，按代码先后分档", "equal totals, parted by their codes")
        if is_known(row["lacking"]):
            names = [self.titles.get(("item", row["model"], each)) for each in str(row["lacking"]).split(",")]
            yield Term("需补", "needed"), _joined([each for each in names if each])
        if is_known(row["unsettled"]) and row["unsettled"]:
            ids = str(row["unsettled"]).split(",")
            yield (
                Term("无资料未核", "not known"),
                _joined(
                    [
                        t
                        for key, t in self.titles.items()
                        if key[2] in ids and key[0] in ("veto", "floor", "not_graded", "adjustment")
                    ]
                ),
            )
        if is_known(row["official_grade"]):
            yield Term("正式等级", "official grade"), str(row["official_grade"])

    def _effects(self, row: dict[str, Any]) -> Iterator[tuple[Term, Term | str]]:
        """What the official grade means; else what the simulated one would, marked."""
        official = is_known(row["official_grade"])
        grade = row["official_grade"] if official else row["grade"]
        for title, told in self.effects.get(str(grade), ()):
            mark = Term(f"{title.zh}（{grade}）", f"{title.en} ({grade})")
            if not official:
                mark = Term(f"{title.zh}（若为 {grade}，模拟）", f"{title.en} (if {grade}, simulated)")
            yield mark, told

    def _notes(self) -> Iterator[Term]:
        cuts = self.told.get(("cuts", "", ""))
        if cuts is not None:
            yield cuts
        document = str(self.card["document"])
        if is_known(self.card["document"]):
            yield Term(f"依据：{document}", f"Source: {document}")
        if is_known(self.card["note_zh"]) and self.card["note_zh"]:
            yield Term(str(self.card["note_zh"]), str(self.card["note_en"]))


def effects_of(grade_effects: pd.DataFrame, grade: str) -> Iterator[tuple[Term, Term]]:
    """Kind and wording of every effect given for a grade; unverified ones marked."""
    for row in _records(grade_effects[grade_effects["grade"] == grade]):
        number = with_unit(f"{row['value']:+g}", str(row["unit"])) if is_known(row["value"]) else _NOTHING
        zh, en = (row[f"told_{lang}"] if is_known(row[f"told_{lang}"]) else "" for lang in ("zh", "en"))
        name = row["document"] if is_known(row["document"]) and row["document"] else ""
        document = Term(f"（{name}）", f" ({name})") if name else _NOTHING
        mark = Term("", "") if row["is_verified"] else UNVERIFIED
        told = Term(
            f"{number.zh} {zh}".strip() + document.zh + mark.zh,
            f"{number.en} {en}".strip() + document.en + mark.en,
        )
        yield Term(str(row["title_zh"]), str(row["title_en"])), told


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", frame.to_dict("records"))


def _joined(terms: list[Term]) -> Term:
    return Term("、".join(each.zh for each in terms), ", ".join(each.en for each in terms))


def _number(value: Any) -> str:
    """A number to six significant decimals at most; empty where unknown."""
    if not is_known(value):
        return ""
    text = f"{float(value):,.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _sum(line: dict[str, Any]) -> Term:
    """``300 万元 ÷ 15 亩``, in the units the item is stated in; ``?`` for what is missing."""
    if not is_known(line["per"]) or not line["per"]:
        return _NOTHING
    top, _, below = str(line["unit"]).partition("/")
    if not below:
        top = below = "元" if str(line["of"]).endswith("_cny") else ""
    parts = _part(line["numerator"], top), _part(line["denominator"], below)
    return Term(" ÷ ".join(each.zh for each in parts), " ÷ ".join(each.en for each in parts))


def _part(value: Any, unit: str) -> Term:
    found = unit_of(unit)
    if not is_known(value):
        return with_unit("?", unit)
    return with_unit(_number(float(value) / (found.factor if found else 1.0)), unit)
