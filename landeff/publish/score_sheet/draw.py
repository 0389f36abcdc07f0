"""Score sheets as one HTML page, each on a printed page of its own. Text stays text; no script is needed."""

from __future__ import annotations

from collections.abc import Iterable

import jinja2

from landeff.core.dataset import Dataset
from landeff.core.text import Lang, Term
from landeff.publish.css_text import css_text
from landeff.publish.plain import plain
from landeff.publish.score_sheet.model import Sheet
from landeff.publish.score_sheet.words import HEADINGS, NUMBERS, SIMULATED, cell

_SYNTHETIC = Term("合成数据：不得用于任何决定。", "Synthetic data: not to be used for any decision.")
_CONFIDENTIAL = Term(
    "含企业涉税信息，依《税收征收管理法》第八条保密。",
    "Holds taxpayers' information, confidential by Tax Collection Law art. 8.",
)


def draw_sheets(sheets: Iterable[Sheet], dataset: Dataset, lang: Lang) -> str:
    """The sheets as one HTML document in ``lang``; it loads nothing and runs no script."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("landeff.publish.score_sheet", "."),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["say"] = lambda text: plain(text.text(lang) if isinstance(text, Term) else text)
    environment.filters["cell"] = lambda line, name: cell(line, name, lang)
    marks = [SIMULATED, *([_SYNTHETIC] if dataset.meta.synthetic else []), _CONFIDENTIAL]
    day, name = dataset.meta.as_of.isoformat(), plain(dataset.meta.name, 60)
    page = environment.get_template("page.html").render(
        meta=dataset.meta,
        lang=lang,
        sheets=list(sheets),
        headings=HEADINGS,
        numbers=NUMBERS,
        marks=marks,
        footline=css_text(Term(f"{name} · 数据截至 {day}", f"{name} · as of {day}").text(lang)),
    )
    return page + "\n"
