"""A name of a firm into its parts: place, brand, trade, legal form, branch."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass

from landeff.link.names.extra import simplifier
from landeff.link.names.places import bare, counties, places, written_places
from landeff.link.names.words import BRANCHES, CUT_FORMS, HEADS, LEGAL_FORMS, SHORT_NAMES, SHORT_WORDS, TRADES

_GROUP = "集团"
#: Variants that conversion of characters leaves alone.
_VARIANTS = str.maketrans({"葯": "药", "昇": "升", "喆": "哲"})
_FORM_OF = {form: kind for kind, forms in LEGAL_FORMS.items() for form in forms}


def _longest_first(words: list[str] | tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


_LEGAL = re.compile(f"({_longest_first(list(_FORM_OF))})")
_ENDS = {**_FORM_OF, **dict.fromkeys(CUT_FORMS, "company")}
_LEGAL_END = re.compile(rf"({_longest_first(list(_ENDS))})(\([^()]*\))?$")
_BRANCH_END = re.compile(f"({_longest_first(BRANCHES)})$")
_HEAD = re.compile(f"({_longest_first(HEADS)})")
_SHORT = re.compile(f"^({_longest_first(list(SHORT_NAMES))})")
_TRADE_END = re.compile(f"({_longest_first(TRADES)})$")


@dataclass(frozen=True, slots=True)
class FirmName:
    """Parts of a name.

    Attributes:
        text: simplified, half width, without blanks and punctuation but brackets.
        places: bare names, sorted (``("扬州", "江苏")``); ``brand`` and ``trades``: what is left of the name.
        form: ``company``, ``partnership``, ``sole``, ``cooperative`` or empty; ``is_group``: it says 集团.
        branch: what follows the legal form of its parent (``诸暨支行``), empty for a firm of its own.
    """

    text: str
    places: tuple[str, ...]
    brand: str
    trades: tuple[str, ...]
    form: str
    is_group: bool
    branch: str

    @property
    def whole(self) -> str:
        """Places, brand and trades in one: what two writings of one name have in common."""
        return "".join(self.places) + self.brand + "".join(self.trades)


def normal(name: str) -> str:
    """A name in half width, simplified characters, capitals, without blanks and punctuation.

    >>> normal(" 萬方實業（香港）有限公司 ")
    '万方实业(香港)有限公司'
    """
    text = unicodedata.normalize("NFKC", name).upper().translate(_VARIANTS)
    if not text.isascii():
        text = simplifier().convert(text)
    text = re.sub(r"[\[【〔{《<]", "(", re.sub(r"[\]】〕}》>]", ")", text))
    return re.sub(r"[^\w()]|_", "", text)


@functools.lru_cache(maxsize=300_000)
def parse(name: str) -> FirmName:
    """The parts of a name.

    >>> name = parse("扬州市华新精密机械（集团）有限责任公司")
    >>> name.places, name.brand, name.trades, name.form, name.is_group
    (('扬州',), '华新', ('精密机械',), 'company', True)
    >>> parse("中国工商银行股份有限公司诸暨支行").branch
    '诸暨支行'
    """
    text = normal(name)
    short = _SHORT.sub(lambda found: SHORT_NAMES[found[1]], text)
    for word, meant in SHORT_WORDS.items():
        short = short.replace(word, meant)
    head, form, branch = _split(short)
    found, head = _in_brackets(head)
    head, in_front = _in_front(head)
    is_group = _GROUP in head
    brand, trades = _trades(head.replace(_GROUP, ""))
    where = tuple(sorted({*found, *in_front}))
    return FirmName(text, where, brand, trades, form, is_group, _branch(branch))


def _split(text: str) -> tuple[str, str, str]:
    """Head, legal form and branch of a name."""
    if _BRANCH_END.search(text):
        inner = list(_LEGAL.finditer(text[:-2]))
        if inner and inner[-1].end() < len(text):
            last = inner[-1]
            return text[: last.start()], _FORM_OF[last[1]], text[last.end() :]
        heads = list(_HEAD.finditer(text))
        if heads and heads[0].end() < len(text):
            return text[: heads[0].end()], "", text[heads[0].end() :]
        return text, "", ""
    end = _LEGAL_END.search(text)
    if end is None or end.start() == 0:
        return text, "", ""
    return text[: end.start()] + (end[2] or ""), _ENDS[end[1]], ""


def _in_brackets(head: str) -> tuple[list[str], str]:
    """Places that stand in brackets, and the head without the brackets."""
    found = []

    def place(match: re.Match[str]) -> str:
        name = bare(match[1])
        if name in places() or match[1] in counties():
            found.append(name)
            return ""
        return match[1]

    return found, re.sub(r"\(([^()]*)\)", place, head).replace("(", "").replace(")", "")


def _in_front(head: str) -> tuple[str, list[str]]:
    """The head without the places at its beginning, each inside the one before it."""
    found: list[str] = []
    within = ""
    while True:
        name, size, code = _place_at_start(head, within)
        if not size or len(head) - size < 2:
            return head, found
        found.append(name)
        within = code or within
        head = head[size:]


def _place_at_start(head: str, within: str) -> tuple[str, int, str]:
    """Bare name, length and code of the place a head begins with; length 0 without one.

    A county or district counts with its suffix, or bare inside a place already named: 东方 alone is a brand
    more often than a city in Hainan.
    """
    for piece in written_places().get(head[:2], ()):
        if not head.startswith(piece) or (piece.endswith("市") and head[len(piece) :].startswith("政")):
            continue  # 扬州市政工程 is of 扬州
        name = bare(piece)
        code = places().get(name)
        is_county = piece in counties() and piece.endswith(("区", "县"))
        if code is not None and not is_county and code.startswith(within[: len(code)]):
            return name, len(piece), code
        inside = [each for each in sorted(counties().get(piece, ())) if each.startswith(within)]
        has_suffix = piece != name and len(piece) >= 3
        if inside and (has_suffix or (within and len(within) <= 4)):
            # 朝阳区 alone is not 朝阳, which is a city elsewhere.
            return piece if code is not None and not within else name, len(piece), inside[-1]
    return "", 0, ""


def _trades(head: str) -> tuple[str, tuple[str, ...]]:
    """Brand and trades: trades are taken from the end while they are known."""
    trades: list[str] = []
    while head:
        end = _TRADE_END.search(head)
        if end is None:
            break
        trades.insert(0, end[1])
        head = head[: end.start()]
    return head, tuple(trades)


def _branch(branch: str) -> str:
    """A branch without 省, 市, 区 behind places, and without the branch above it (天津分行和平支行)."""
    above = re.sub(r"(分行|分公司)(?=.+(支行|支公司|营业部)$)", "", branch)
    return re.sub(r"(?<=[一-龥]{2})(省|市|区|县)(?=[一-龥])", "", above)


def parse_all(names: list[str]) -> list[FirmName]:
    """:func:`parse` of many names; characters are simplified all at once."""
    return [parse(name) for name in names]
