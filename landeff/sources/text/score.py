"""How likely bytes are to be text of an encoding: by how common the characters are that they would be.

A naive Bayes over the characters. GB 2312 and Big5 both put their frequent characters on a first level (3,755
and 5,401) and the rest on a second one; running text is nearly all first level, and bytes read in the wrong
encoding spread over the rare ones. Latin letters with accents stand beside plain letters, Chinese characters
beside small letters hardly ever.
"""

from __future__ import annotations

import codecs
import functools
import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

#: Candidates, and how often offices deliver each.
PRIORS = {"utf-8": 0.45, "gb18030": 0.5, "cp950": 0.02, "cp1252": 0.03}
_SAMPLE = 40_000  # characters
_LEVELS = {
    "gb18030": (("gb2312", 0xB0, 0xD7), ("gb2312", 0xD8, 0xF7)),
    "cp950": (("cp950", 0xA4, 0xC6), ("cp950", 0xC9, 0xF9)),
}
_ASCII = math.log(0.3 / 70)
_SMALL_BESIDE_HAN, _ACCENT_ALONE = -2.5, -4.0
_NEVER = math.log(1e-9)
_CUT = math.log(1e-4)
#: First and last code point of a range, and its share among characters; later ones win.
_RANGES = (
    (0x0000, 0xFFFF, 1e-5),
    (0x00A0, 0x00BF, 0.003),
    (0x00C0, 0x017F, 0.03 * 128 / 30),  # a language uses about thirty of them
    (0x00D7, 0x00D7, 2e-4),
    (0x00F7, 0x00F7, 2e-4),
    (0x2010, 0x2030, 0.02),  # dashes, quotation marks
    (0x2100, 0x217F, 0.003),
    (0x2460, 0x249B, 0.003),
    (0x3001, 0x3015, 0.04),
    (0x3380, 0x33DF, 0.003),  # ㎡
    (0x3400, 0x4DBF, 1e-4),
    (0x4E00, 0x9FFF, 0.6 * 0.005),
    (0xFF01, 0xFF5E, 0.05),
)
_NO_TEXT = ((0x0000, 0x0008), (0x000E, 0x001F), (0x007F, 0x009F), (0xD800, 0xF8FF), (0xFFF0, 0xFFFF))


def valid(texts: Sequence[bytes], encoding: str) -> bool:
    """Whether every text is valid in ``encoding``; the last character of a text may be cut off."""
    try:
        b"\n".join(texts).decode(encoding)
    except UnicodeDecodeError:
        return all(_is_valid_cut(text, encoding) for text in texts)
    return True


def _is_valid_cut(text: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(text)
    except UnicodeDecodeError:
        return False
    return True


def chances(texts: Sequence[bytes], boosts: dict[str, float]) -> dict[str, float]:
    """Probability of each of :data:`PRIORS` in which ``texts`` are valid; they sum to 1.

    Args:
        texts: distinct texts, best without those of plain ASCII; an even sample of long ones is looked at.
        boosts: encoding → factor by which something else speaks for it.

    >>> ranked = chances(["黑龙江省".encode("gbk")], {})
    >>> max(ranked, key=ranked.get)
    'gb18030'
    """
    sample = _sample(texts)
    scores = {}
    for encoding, prior in PRIORS.items():
        if valid(texts, encoding):
            cut = sum(each.decode(encoding, errors="replace").endswith("\ufffd") for each in sample)
            speaks_for_it = math.log(prior * boosts.get(encoding, 1.0)) + _CUT * cut
            scores[encoding] = _score(sample, encoding) + speaks_for_it
    if not scores:
        return {}
    best = max(scores.values())
    weights = {encoding: math.exp(score - best) for encoding, score in scores.items()}
    return {encoding: weight / sum(weights.values()) for encoding, weight in weights.items()}


def fitness(texts: Sequence[bytes], encoding: str) -> float:
    """Share of the characters beyond ASCII that are usual ones in ``encoding``; 1.0 where there are none."""
    points = _points(_sample(texts), encoding)
    is_beyond = points > 0x7F
    if not is_beyond.any():
        return 1.0
    usual = _costs(points, encoding)[is_beyond] > math.log(0.6 * 0.005 / 14_000) + 0.5
    return float(usual.mean())


def _sample(texts: Sequence[bytes]) -> Sequence[bytes]:
    step = max(1, sum(map(len, texts)) // _SAMPLE)
    return [text[:_SAMPLE] for text in texts[::step]]


def _points(texts: Sequence[bytes], encoding: str) -> npt.NDArray[np.uint32]:
    """Code points of texts, one a line."""
    text = "\n".join(each.decode(encoding, errors="ignore") for each in texts)
    return np.frombuffer(text.encode("utf-32-le", errors="replace"), dtype="<u4").astype(np.uint32)


def _score(texts: Sequence[bytes], encoding: str) -> float:
    return float(_costs(_points(texts, encoding), encoding).sum())


def _costs(points: npt.NDArray[np.uint32], encoding: str) -> npt.NDArray[np.float64]:
    """Log probability of each character where it stands."""
    costs = np.where(points < 0x10000, _table(encoding)[np.minimum(points, 0xFFFF)], math.log(1e-10))
    padded = np.concatenate([[0x0A], points, [0x0A]])
    is_small = (padded >= ord("a")) & (padded <= ord("z"))
    is_letter = is_small | ((padded >= ord("A")) & (padded <= ord("Z")))
    beside_small = is_small[:-2] | is_small[2:]
    beside_letter = is_letter[:-2] | is_letter[2:]
    is_han = (points >= 0x3400) & (points <= 0x9FFF)
    is_accented = (points >= 0xC0) & (points <= 0x17F)
    context = np.where(is_han & beside_small, _SMALL_BESIDE_HAN, 0.0)
    return np.asarray(costs + context + np.where(is_accented & ~beside_letter, _ACCENT_ALONE, 0.0))


@functools.cache
def _table(encoding: str) -> npt.NDArray[np.float64]:
    """Log probability of each character of the basic plane in text of ``encoding``."""
    table = np.zeros(0x10000)
    for first, last, share in _RANGES:
        table[first : last + 1] = math.log(share / (last - first + 1))
    levels = [_LEVELS[encoding]] if encoding in _LEVELS else list(_LEVELS.values())
    for rank, share in ((1, 0.6 * 0.035), (0, 0.6 * 0.96)):
        both = sorted({char for level in levels for char in _level(*level[rank])})
        table[both] = math.log(share / len(both))
    for first, last in _NO_TEXT:
        table[first : last + 1] = _NEVER
    table[[0x09, 0x0A, 0x0D, *range(0x20, 0x7F)]] = _ASCII
    return table


def _level(codec: str, first: int, last: int) -> list[int]:
    """Characters whose first byte lies in a range."""
    pairs = (bytes([lead, trail]) for lead in range(first, last + 1) for trail in range(0x40, 0xFF))
    chars = (pair.decode(codec, errors="ignore") for pair in pairs)
    return [ord(char) for char in chars if len(char) == 1 and 0x4E00 <= ord(char) <= 0x9FFF]
