"""Whether two names are one firm: a verdict, a score and the reasons, part by part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from landeff.link.names.extra import fuzz, levenshtein
from landeff.link.names.parse import FirmName
from landeff.link.names.places import bare, places
from landeff.link.names.words import LICENSED

Verdict = Literal["same", "review", "different"]

_ALIKE = 70.0
_SPELLED_ALIKE = 85.0


@dataclass(frozen=True, slots=True)
class Likeness:
    """What speaks for and against two names being one firm; ``score`` orders candidates, 0–1."""

    verdict: Verdict
    score: float
    reasons: tuple[str, ...]


def compare(a: FirmName, b: FirmName) -> Likeness:
    """Compare two parsed names.

    ``same`` needs the same brand and nothing that contradicts: equal or missing places, the same trades, no
    集团 on one side only, the same legal person (有限公司, 有限责任公司 and 股份有限公司 are one, a
    partnership is another), the same branch. Anything else that is alike is for a person (``review``).
    """
    against = [*_forms(a, b), *_branches(a, b), *_names(a, b)]
    score = _score(a, b)
    if not against:
        return Likeness("same", max(score, 0.95), ("same_name",) if a.whole == b.whole else ("same_parts",))
    is_alike = score * 100 >= _ALIKE or _is_spelled_alike(a, b)
    return Likeness("review" if is_alike else "different", min(score, 0.94), tuple(against))


def _is_spelled_alike(a: FirmName, b: FirmName) -> bool:
    """Whether much the same is written, if in other places or with one character left out."""
    one, other = a.whole + a.branch, b.whole + b.branch
    return bool(
        fuzz().ratio(one, other) >= _SPELLED_ALIKE
        or (len(one) == len(other) and sorted(one) == sorted(other))
        or (abs(len(a.text) - len(b.text)) == 1 and levenshtein().distance(a.text, b.text) == 1)
    )


def _forms(a: FirmName, b: FirmName) -> list[str]:
    against = []
    if a.form and b.form and a.form != b.form:
        against.append("legal_form_differs")
    if a.is_group != b.is_group:
        against.append("group_on_one_side")
    return against


def _branches(a: FirmName, b: FirmName) -> list[str]:
    if a.branch == b.branch:
        return []
    if not a.branch or not b.branch:
        return ["branch_of_the_other"]
    longer, shorter = sorted((a.branch, b.branch), key=len, reverse=True)
    front = longer.removesuffix(shorter)
    is_place = front != longer and bare(front) in places()
    own = shorter.removesuffix("支行").removesuffix("分行").removesuffix("营业部")
    return [] if is_place and len(own) >= 2 else ["branch_differs"]


def _names(a: FirmName, b: FirmName) -> list[str]:
    """What speaks against the names without form and branch."""
    if a.whole == b.whole:
        return []
    against = []
    if a.places != b.places and not _places_fit(a, b):
        against.append("place_differs")
    if a.brand != b.brand:
        distance = levenshtein().distance(a.brand, b.brand)
        against.append("one_character_of_brand" if distance == 1 else "brand_differs")
    if sorted(a.trades) != sorted(b.trades):
        against.append("trade_differs")
    return against


def _places_fit(a: FirmName, b: FirmName) -> bool:
    """Whether a place that only one name has can be left out of it.

    江苏华信达机械 may be the daughter of 华信达机械: only what needs a licence (浦东发展银行) is known
    without its place.
    """
    left_out = set(a.places) ^ set(b.places)
    is_nested = set(a.places) <= set(b.places) or set(b.places) <= set(a.places)
    is_known = a.brand != "" and any(word in a.brand or word in a.trades for word in LICENSED)
    return is_nested and is_known and "中国" not in left_out


def _score(a: FirmName, b: FirmName) -> float:
    ratio = fuzz().ratio
    brand = ratio(a.brand, b.brand) if a.brand or b.brand else ratio(a.whole, b.whole)
    rest = fuzz().token_set_ratio(" ".join((*a.places, *a.trades)), " ".join((*b.places, *b.trades)))
    branch = ratio(a.branch, b.branch)
    whole = ratio(a.whole + a.branch, b.whole + b.branch)
    return float(0.35 * brand + 0.15 * rest + 0.2 * branch + 0.3 * whole) / 100
