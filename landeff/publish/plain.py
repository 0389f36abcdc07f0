"""Text of unknown origin made fit for a file: what XML, HTML and UTF-8 cannot hold is replaced, visibly."""

from __future__ import annotations

import re

#: Control characters but tab and line feed, lone surrogates, and the two code points XML forbids.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def plain(text: object, limit: int | None = None) -> str:
    """``text`` as a string that any file can hold; at most ``limit`` characters, the cut marked with ``…``.

    Markup, formulas and templates are left as they are: whoever draws the text treats it as text.

    >>> plain("a\\x00b")
    'a\ufffdb'
    >>> plain("宗地代码", limit=3)
    '宗地…'
    """
    fit = _UNFIT.sub("\ufffd", str(text).replace("\r\n", "\n"))
    return fit if limit is None or len(fit) <= limit else fit[: limit - 1] + "…"


def inert(text: object) -> str:
    """Text for a cell of a CSV file; what a spreadsheet would take for a formula gets an apostrophe.

    >>> inert("=1+1"), inert("面积")
    ("'=1+1", '面积')
    """
    fit = plain(text)
    return "'" + fit if fit.lstrip()[:1] in ("=", "+", "-", "@", "\t", "\r") and fit.strip() else fit
