"""The one place where sections become HTML. Everything is escaped by the template; no script is needed."""

from __future__ import annotations

from itertools import groupby
from types import ModuleType

import jinja2

from landeff.core.dataset import Dataset, Meta
from landeff.core.text import Lang, Term
from landeff.publish.css_text import css_text
from landeff.publish.fields import Field, value_text
from landeff.publish.plain import plain
from landeff.publish.report import sections as package
from landeff.publish.report.chart import chart, short_label
from landeff.publish.report.model import Block, Section, Table
from landeff.publish.scan import parts
from landeff.publish.terms import term

_LONGEST = 400  # characters of one cell; the whole text is in the workbook


def build_report(dataset: Dataset, lang: Lang = "zh", package: ModuleType = package) -> str:
    """The report of a finished run as one HTML document, in ``lang``.

    It loads nothing, runs no script and shows all text as text. Sections, those of ``package``, whose tables
    the run does not have are left out.
    """
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("landeff.publish.report", "."),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    currency = dataset.meta.currency
    environment.filters["say"] = lambda term: _say(term, lang)
    environment.filters["cell"] = lambda value, field: plain(value_text(value, field, lang), _LONGEST)
    environment.filters["heading"] = lambda field: plain(field.heading(lang, currency))
    environment.filters["groups"] = lambda fields: _groups(fields, lang)
    environment.filters["chart"] = chart
    environment.filters["label"] = short_label
    environment.filters["row_heading"] = _row_heading
    environment.filters["kind"] = lambda block: type(block).__name__
    drawn = [
        (f"s{section.order}", section.title, blocks)
        for section in parts(package, "SECTION", Section)
        if (blocks := tuple(section.build(dataset)))
    ]
    page = environment.get_template("page.html").render(
        meta=dataset.meta,
        lang=lang,
        sections=drawn,
        jurisdiction=_jurisdiction(dataset.meta.jurisdiction),
        footline=css_text(_footline(dataset.meta).text(lang)),
    )
    return page + "\n"


def _footline(meta: Meta) -> Term:
    """What stands at the foot of every printed page."""
    day, name = meta.as_of.isoformat(), plain(meta.name, 60)
    zh, en = f"{name} · 数据截至 {day}", f"{name} · as of {day}"
    if meta.below_gate:
        zh, en = f"未达对账线，仅供核对 · {zh}", f"below the matching gate · {en}"
    return Term(zh, en)


def _jurisdiction(path: str) -> Term:
    """``jiangsu/yangzhou`` in words."""
    places = [term("jurisdiction", name) for name in path.split("/")]
    return Term("".join(place.zh for place in places), ", ".join(place.en for place in reversed(places)))


def _say(text: Term | str, lang: Lang) -> str:
    return plain(text.text(lang) if isinstance(text, Term) else text)


def _row_heading(table: Table) -> int:
    """Place of the column that names the rows: the first of text; -1 where there is none, or nothing else."""
    names = [place for place, each in enumerate(table.fields) if each.kind in {"text", "long", "code"}]
    return names[0] if names and len(table.fields) > 1 else -1


def _groups(fields: tuple[Field, ...], lang: Lang) -> list[tuple[str, int]]:
    """Headings above the columns with the number of columns each spans; empty where no column is grouped."""
    if all(field.group is None for field in fields):
        return []
    runs = groupby(fields, key=lambda field: field.group)
    return [(_say(group, lang) if group else "", len(list(members))) for group, members in runs]


__all__ = ["Block", "build_report"]
