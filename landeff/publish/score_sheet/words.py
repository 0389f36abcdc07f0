"""Words of score sheets, and a sheet as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from landeff.core.text import Lang, Term
from landeff.publish.plain import plain
from landeff.publish.score_sheet.model import Line, Sheet

#: Stands on every sheet: what is computed here is no grade.
SIMULATED = Term(
    "模拟结果，非正式等级；正式等级以主管部门公布为准。",
    "A simulation, not a grade: grades are those the office publishes.",
)
HEADINGS: tuple[tuple[str, Term], ...] = (
    ("title", Term("指标", "item")),
    ("value", Term("数值", "value")),
    ("sum", Term("算式", "made of")),
    ("benchmark", Term("基准", "benchmark")),
    ("ratio", Term("比值", "ratio")),
    ("cap", Term("封顶", "cap")),
    ("weight", Term("权重", "weight")),
    ("points", Term("得分", "points")),
    ("status", Term("说明", "note")),
    ("source", Term("数据来源", "source")),
)
NUMBERS = ("value", "benchmark", "ratio", "cap", "weight", "points")


def cell(line: Line, name: str, lang: Lang) -> str:
    """One cell of a sheet's table as text."""
    value = getattr(line, name)
    return plain(value.text(lang) if isinstance(value, Term) else value)


def text_of(sheet: Sheet, lang: Lang) -> str:
    """One score sheet as text for a terminal; every value on a line of its own."""
    return "\n".join(_lines(sheet, lang))


def _lines(sheet: Sheet, lang: Lang) -> Iterator[str]:
    yield f"■ {sheet.head.text(lang)}"
    yield f"  {SIMULATED.text(lang)}"
    for label, value in sheet.facts:
        yield f"  {label.text(lang)}: {plain(_said(value, lang))}"
    headings: Mapping[str, Term] = dict(HEADINGS)
    for line in sheet.lines:
        yield f"  · {cell(line, 'title', lang)}"
        parts = [(name, cell(line, name, lang)) for name, _ in HEADINGS[1:]]
        yield "    " + "; ".join(f"{headings[name].text(lang)} {value}" for name, value in parts if value)
    for label, value in sheet.results:
        yield f"  {label.text(lang)}: {plain(_said(value, lang))}"
    for title, value in sheet.effects:
        yield f"  {Term('差别化', 'treatment').text(lang)} {title.text(lang)}: {plain(_said(value, lang))}"
    for note in sheet.notes:
        yield f"  {plain(note.text(lang))}"


def _said(value: Term | str, lang: Lang) -> str:
    return value.text(lang) if isinstance(value, Term) else value
