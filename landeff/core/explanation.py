"""Why a rule says what it says of a piece of land: one model for the terminal, the workbook and the report.

It is put together from what a run keeps: the shape of the rule (``rules.condition``) and the evidence of a
finding (``findings.evidence``: the comparisons in the order in which the rule writes them).
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from landeff.core import landuse
from landeff.core.columns import COLUMNS, title
from landeff.core.review_words import STAGES
from landeff.core.text import GLOSSARY, Lang, Term

_RANK = {"false": -1, "unknown": 0, "true": 1}
_WORD = {rank: word for word, rank in _RANK.items()}
#: What to say beside a value, of its file, row and column.
CellNote = Callable[[str, Any, str], str]
#: So many ways to settle an unknown verdict are told.
WAYS = 6

_TRUTH = {
    "true": Term("成立", "holds"),
    "false": Term("不成立", "does not hold"),
    "unknown": Term("不清楚", "unknown"),
}
#: What a group of conditions asks of its parts.
GROUPS = {
    "all": Term("以下全部", "all of"),
    "any": Term("以下任一", "any of"),
    "not": Term("以下不成立", "not"),
}
#: Words of a comparison that holds, and of one that does not.
_HOLDS = {
    "=": Term("＝", "="),
    "!=": Term("≠", "≠"),
    "<": Term("＜", "<"),
    "<=": Term("≤", "≤"),
    ">": Term("＞", ">"),
    ">=": Term("≥", "≥"),
    "in": Term("属于", "is one of"),
    "between": Term("介于", "is between"),
    "older_than": Term("距今超过", "is longer ago than"),
    "is_true": Term("为“是”", "is yes"),
    "is_false": Term("为“否”", "is no"),
    "is_null": Term("未填", "is blank"),
}
_OPPOSITES = ("= !=", "!= =", "< >=", ">= <", "> <=", "<= >", "is_true is_false", "is_false is_true")
_OPPOSITE = dict(pair.split() for pair in _OPPOSITES)
_FAILS = {
    "in": Term("不属于", "is none of"),
    "between": Term("不介于", "is not between"),
    "older_than": Term("距今不超过", "is not longer ago than"),
    "is_null": Term("已填", "is given"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A condition with what it came to.

    Attributes:
        op: ``all``, ``any``, ``not``, or the operator of a comparison.
        verdict: ``true``, ``false`` or ``unknown``.
        decided: whether it made the verdict what it is; of an unknown verdict, whether it could settle it.
        column, value: left side of a comparison.
        expected: right side; the name of a column where it is one, with ``other`` as its value.
        source_file, source_row: where the value came from.
        aged_on: when the value was observed, where it is too old to count.
    """

    op: str
    verdict: str
    decided: bool
    column: str = ""
    value: Any = None
    expected: Any = None
    other: Any = None
    source_file: str = ""
    source_row: int | None = None
    aged_on: str = ""
    items: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Need:
    """A comparison that is open, and whether it has to hold."""

    column: str
    op: str
    expected: Any
    holds: bool


#: Facts that together settle a verdict.
Way = tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A finding with its conditions.

    Attributes:
        to_hit, to_clear: of an unknown verdict, the smallest sets of facts that would settle it either way.
        missing: columns to ask for.
    """

    rule_id: str
    title: Term
    version: str
    is_verified: bool
    basis: str
    verdict: str
    reason: str
    since_on: str
    advice: str
    tree: Step
    to_hit: tuple[Way, ...]
    to_clear: tuple[Way, ...]
    missing: tuple[str, ...]
    stage: str = "suspected"


def explanation(rule: Mapping[str, Any], finding: Mapping[str, Any]) -> Explanation:
    """What a run keeps of a rule and of a finding, put together.

    Args:
        rule: a row of ``rules``. finding: a row of ``findings`` with its evidence.
    """
    tree = _step(json.loads(rule["condition"]), iter(json.loads(finding["evidence"])), decided=True)
    is_open = finding["verdict"] == "unknown"
    return Explanation(
        rule_id=str(rule["rule_id"]),
        title=Term(str(rule["title_zh"]), str(rule["title_en"])),
        version=str(rule["version"]),
        is_verified=bool(rule["is_verified"]),
        basis=str(rule["basis"]),
        verdict=str(finding["verdict"]),
        reason=_text(finding.get("reason")),
        since_on=_day(finding.get("since_on")),
        advice=_text(finding.get("advice")),
        tree=tree,
        to_hit=_told(_ways(tree, wanted=True)) if is_open else (),
        to_clear=_told(_ways(tree, wanted=False)) if is_open else (),
        missing=tuple(name for name in _text(finding.get("missing")).split(",") if name),
        stage=_text(finding.get("stage")) or "suspected",
    )


def comparison_words(op: str) -> tuple[Term, Term]:
    """What a comparison says of its left side where it holds, and where it does not.

    >>> [word.zh for word in comparison_words("<=")], [word.en for word in comparison_words("in")]
    (['≤', '＞'], ['is one of', 'is none of'])
    """
    holds = _HOLDS.get(op, Term(op, op))
    return holds, _FAILS.get(op) or _HOLDS.get(_OPPOSITE.get(op, ""), Term(f"非 {op}", f"not {op}"))


def told(why: Explanation, lang: Lang, note: CellNote = lambda *_: "") -> list[tuple[int, str]]:
    """An explanation as lines with their depth, the verdict first.

    Args:
        note: what is to be said beside a value, of its file, row and column.
    """
    words = [GLOSSARY[why.verdict]]
    words += [GLOSSARY["missing_facts"]] if why.reason == "missing_facts" else []
    words += [STAGES[why.stage]] if why.verdict == "hit" and why.stage != "suspected" else []
    mark = "" if why.is_verified else unverified().text(lang)
    verdict = " / ".join(word.text(lang) for word in words)
    lines = [
        (0, f"{why.rule_id}: {verdict}  [{why.basis}]"),
        (1, f"{why.title.text(lang)} v{why.version}{mark}"),
    ]
    if why.since_on:
        lines.append((1, f"{title('since_on').text(lang)}: {why.since_on}"))
    lines += [(depth + 1, text) for depth, text in _steps(why.tree, lang, note)]
    for ways, verdict_if in ((why.to_hit, "hit"), (why.to_clear, "clear")):
        lines += [(1, _way(way, verdict_if, lang)) for way in ways]
    if why.missing:
        names = ("、" if lang == "zh" else ", ").join(title(name).text(lang) for name in why.missing)
        lines.append((1, f"{Term('需补', 'needed').text(lang)}: {names}"))
    return lines


def unverified() -> Term:
    """The mark of a rule whose text was not seen."""
    return Term("（未核对原文）", " (not verified)")


def shown(value: object, lang: Lang) -> str:
    """A value of evidence in words; ``?`` where it is missing.

    >>> shown(True, "zh"), shown(0.25, "en"), shown(None, "en"), shown([1, 2], "en")
    ('是', '0.25', '?', '1, 2')
    """
    if value is None:
        return "?"
    if isinstance(value, bool):
        return (Term("是", "yes") if value else Term("否", "no")).text(lang)
    if isinstance(value, float):
        return f"{value:,.10g}" if abs(value) < 1e15 else f"{value:g}"
    if isinstance(value, list | tuple):
        return (
            "、".join(shown(each, lang) for each in value)
            if lang == "zh"
            else ", ".join(shown(each, lang) for each in value)
        )
    return str(value)


def _step(shape: Mapping[str, Any], leaves: Iterator[Mapping[str, Any]], decided: bool) -> Step:
    if "items" not in shape:
        leaf = next(leaves)
        return Step(
            op=leaf["op"],
            verdict=leaf["verdict"],
            decided=decided,
            column=leaf["column"],
            value=leaf["value"],
            expected=leaf["expected"],
            other=leaf.get("other"),
            source_file=_text(leaf.get("source_file")),
            source_row=leaf.get("source_row"),
            aged_on=_text(leaf.get("aged_on")),
        )
    return _decide(shape["op"], [_step(item, leaves, decided=True) for item in shape["items"]], decided)


def _decide(op: str, items: list[Step], decided: bool) -> Step:
    """A group of steps, those marked that made it what it is."""
    ranks = [_RANK[item.verdict] for item in items]
    rank = -ranks[0] if op == "not" else min(ranks) if op == "all" else max(ranks)
    sign = -1 if op == "not" else 1
    marked = [_mark(item, decided and sign * each == rank) for item, each in zip(items, ranks, strict=True)]
    return Step(op, _WORD[rank], decided, items=tuple(marked))


def _mark(step: Step, decided: bool) -> Step:
    if step.items:
        return _decide(step.op, list(step.items), decided)
    return Step(
        step.op, step.verdict, decided, step.column, step.value, step.expected, step.other,
        step.source_file, step.source_row, step.aged_on,
    )  # fmt: skip


def _ways(step: Step, *, wanted: bool) -> list[frozenset[tuple[Any, ...]]]:
    """Smallest sets of open comparisons, with what they must come to, that make ``step`` what is wanted."""
    if not step.items:
        if step.verdict == "unknown":
            key = (step.column, step.op, json.dumps(step.expected, default=str), wanted)
            return [frozenset([key])]
        return [frozenset()] if (step.verdict == "true") == wanted else []
    if step.op == "not":
        return _ways(step.items[0], wanted=not wanted)
    parts = [_ways(item, wanted=wanted) for item in step.items]
    if (step.op == "all") == wanted:  # every one is needed
        found = [frozenset().union(*chosen) for chosen in itertools.product(*parts)]
    else:
        found = [way for part in parts for way in part]
    found = [way for way in dict.fromkeys(found) if not _contradicts(way)]
    return [way for way in found if not any(other < way for other in found)]


def _contradicts(way: frozenset[tuple[Any, ...]]) -> bool:
    return any((*key[:3], not key[3]) in way for key in way)


def _told(ways: list[frozenset[tuple[Any, ...]]]) -> tuple[Way, ...]:
    ordered = sorted(ways, key=lambda way: (len(way), sorted(map(str, way))))
    return tuple(
        tuple(Need(column, op, json.loads(text), holds) for column, op, text, holds in sorted(way, key=str))
        for way in ordered[:WAYS]
    )


def _steps(step: Step, lang: Lang, note: CellNote) -> Iterator[tuple[int, str]]:
    mark = "●" if step.decided else "○"
    truth = _TRUTH[step.verdict].text(lang)
    if step.items:
        yield 0, f"{mark} {GROUPS[step.op].text(lang)}: {truth}"
        for item in step.items:
            yield from ((depth + 1, text) for depth, text in _steps(item, lang, note))
        return
    found = _in_words(step.value, step.column, lang)
    value = "" if step.op == "is_null" and step.value is None else f" [{found}]"
    source = f" ← {step.source_file} #{step.source_row}" if step.source_file else ""
    aged = ""
    if step.aged_on:
        aged = Term(f"；{step.aged_on} 的数据已过期", f"; too old: of {step.aged_on}").text(lang)
    test = _test(step.column, step.op, step.expected, step.other, lang, holds=True)
    yield (
        0,
        f"{mark} {test}{value}: {truth}{aged}{source}{note(step.source_file, step.source_row, step.column)}",
    )


def _test(column: str, op: str, right: Any, other: Any, lang: Lang, *, holds: bool) -> str:
    name = title(column).text(lang)
    word = _HOLDS[op] if holds else _FAILS.get(op) or _HOLDS[_OPPOSITE[op]]
    if right is None:
        return f"{name} {word.text(lang)}"
    is_column = isinstance(right, str) and right in COLUMNS
    side = title(right).text(lang) if is_column else _in_words(right, column, lang)
    side += f" [{_in_words(other, column, lang)}]" if other is not None else ""
    return f"{name} {word.text(lang)} {side}"


def _in_words(value: Any, column: str, lang: Lang) -> str:
    """A value of a column, classes of land use by their titles."""
    if isinstance(value, list | tuple):
        return ("、" if lang == "zh" else ", ").join(_in_words(each, column, lang) for each in value)
    known = landuse.CLASSES.get(value) if column == "land_use_class" and isinstance(value, str) else None
    return known.text(lang) if known else shown(value, lang)


def _way(way: Way, verdict: str, lang: Lang) -> str:
    tests = [_test(need.column, need.op, need.expected, None, lang, holds=need.holds) for need in way]
    joined = Term("，且", ", and ").text(lang).join(tests)
    if_, then = Term("若", "if ").text(lang), GLOSSARY[verdict].text(lang)
    return f"{if_}{joined} → {then}"


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _day(value: object) -> str:
    """A date as text; empty where it is missing (NaT is not equal to itself)."""
    if isinstance(value, dt.date) and value == value:  # noqa: PLR0124
        return f"{value:%Y-%m-%d}"
    return ""
