"""Dossiers as one HTML page, each beginning a printed page. Text stays text; no script is needed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import jinja2

from landeff.core.dataset import Meta
from landeff.core.text import Lang, Term
from landeff.publish.css_text import css_text
from landeff.publish.dossier.model import Block, Dossier
from landeff.publish.fields import value_text
from landeff.publish.plain import plain

_SYNTHETIC = Term("合成数据：不得用于任何决定。", "Synthetic data: not to be used for any decision.")
_BELOW_GATE = Term("未达对账线，仅供核对。", "Below the matching gate, for checking only.")
_CLUE = Term(
    "所列均为线索（疑似），不是认定结论；土地调查成果不得作为行政处罚的依据（《土地调查条例》第二十八条）。"
    "含企业涉税信息，依《税收征收管理法》第八条保密。",
    "Every finding is a clue (suspected), not a determination (Land Survey Regulations art. 28). Holds "
    "taxpayers' information, confidential by Tax Collection Law art. 8.",
)
_LONGEST = 2000
#: Blocks of labelled values, beside the map; the others take the width of the page.
NARROW = ("identity", "areas", "overlays", "rasters", "supply")
BELOW_MAP = ("overlays", "rasters")
#: Blocks across the page in the order of what they decide; those not named come between, rows of money last.
_LAST = ("corrections", "money")
_FIRST = ("findings", "proposals")


def draw_dossiers(dossiers: Iterable[Dossier], meta: Meta, lang: Lang) -> str:
    """The dossiers as one HTML document in ``lang``; it loads nothing and runs no script."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("landeff.publish.dossier", "."),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["say"] = lambda text: plain(
        text.text(lang) if isinstance(text, Term) else text, _LONGEST
    )
    environment.filters["cell"] = lambda value, field: (
        value if isinstance(value, str) and field.is_number else value_text(value, field, lang)
    )
    environment.filters["wide"] = _wide
    environment.filters["heading"] = lambda field: plain(field.heading(lang, meta.currency))
    day, name = meta.as_of.isoformat(), plain(meta.name, 60)
    page = environment.get_template("page.html").render(
        lang=lang,
        dossiers=list(dossiers),
        narrow=NARROW,
        below_map=BELOW_MAP,
        name=Term(f"{name} · 宗地档案", f"{name} · dossiers"),
        source=Term(f"{name}，数据截至 {day}", f"{name}, as of {day}"),
        footline=css_text(
            Term(f"{name}，数据截至 {day}。{_CLUE.zh}", f"{name}, as of {day}. {_CLUE.en}").text(lang)
        ),
        marks=[*([_SYNTHETIC] if meta.synthetic else []), *([_BELOW_GATE] if meta.below_gate else [])],
        clue=_CLUE,
    )
    return page + "\n"


def _wide(blocks: Sequence[Block]) -> list[Block]:
    """Blocks that take the width of the page, in their order on it."""
    keys = [block.key for block in blocks if block.key not in (*NARROW, *_FIRST, *_LAST)]
    order = {key: place for place, key in enumerate((*_FIRST, *dict.fromkeys(keys), *_LAST))}
    return sorted((block for block in blocks if block.key in order), key=lambda block: order[block.key])
