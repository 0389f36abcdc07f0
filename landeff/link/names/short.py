"""Short names, as firms are called in talk and on the exchange: 万科A, 深振业."""

from __future__ import annotations

import re

from landeff.link.names.compare import Likeness, Verdict
from landeff.link.names.parse import FirmName

#: Marks of the exchange around a short name.
_MARKS = re.compile(r"^(\*?ST|S\*?ST|XD|XR|DR|N|C)(?=[一-龥])|(?<=[一-龥])(A|B|H|UW?|WD?)$")
#: What a short name has instead of its trade.
_FILLERS = ("股份", "集团", "控股")
_LONGEST = 8


def is_short(name: FirmName) -> bool:
    """Whether a name says no legal form and is so short that it must be an abbreviation."""
    return not name.form and not name.branch and len(short_text(name)) <= _LONGEST


def short_text(name: FirmName) -> str:
    """A short name without the marks of the exchange, and without 股份 or 集团 at its end.

    >>> from landeff.link.names.parse import parse
    >>> short_text(parse("*ST国药")), short_text(parse("万科A")), short_text(parse("利欧股份"))
    ('国药', '万科', '利欧')
    """
    text = _MARKS.sub("", _MARKS.sub("", name.text))
    return next(
        (text.removesuffix(filler) for filler in _FILLERS if len(text) > 3 and text.endswith(filler)), text
    )


def compare_short(short: FirmName, full: FirmName) -> Likeness:
    """Compare an abbreviation with a full name.

    ``same`` only where the abbreviation is the beginning of the full name, with or without its place, and
    covers the brand; where it can be read off the full name in order, a person decides.
    """
    text, whole = short_text(short), full.whole
    bare = full.brand + "".join(full.trades)
    if full.branch:
        return Likeness("different", 0.0, ("branch_of_the_other",))
    places = len(whole) - len(bare)
    for start, beyond, score in ((whole, places, 0.97), (bare, 0, 0.96)):
        if start.startswith(text) and len(text) > beyond:
            covers_brand = len(text) >= beyond + len(full.brand) >= beyond + 2
            verdict: Verdict = "same" if covers_brand else "review"
            return Likeness(verdict, score if covers_brand else 0.9, ("short_name",))
    spread = _spread(text, whole)
    if spread is None:
        shared = len(set(text) & set(whole)) / max(len(set(text)), 1)
        return Likeness("review" if shared >= 0.6 else "different", 0.5 * shared, ("letters_shared",))
    return Likeness("review", 0.55 + 0.3 * spread, ("abbreviation",))


def _spread(text: str, whole: str) -> float | None:
    """How close the characters of ``text`` stand in ``whole``: 1 is side by side at its beginning."""
    at, first = -1, 0
    for place, char in enumerate(text):
        at = whole.find(char, at + 1)
        if at < 0:
            return None
        first = at if place == 0 else first
    return len(text) / (at + 1 - first) * (1.0 if first == 0 else 0.8)
