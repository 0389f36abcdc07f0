"""Which encoding a text is in: declared, else what the file says and what its characters would be, weighed.

What a file says about itself (``.cpg``, language byte) is often wrong: it speaks for an encoding, but
characters that nobody writes speak against it. Where that leaves a doubt, the user is asked.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass

from landeff.core.errors import InputError
from landeff.core.issues import Issue
from landeff.sources.text.score import PRIORS, chances, fitness, valid

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SUPERSETS = {"gbk": "gb18030", "gb2312": "gb18030", "cp936": "gb18030", "ascii": "utf-8", "hz": "gb18030",
              "big5": "cp950"}  # fmt: skip
_SURE, _FIT = 0.95, 0.7
_HEAD_BYTES = 2_000_000
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Hint:
    """What speaks for an encoding besides the text: who says so, and how many times likelier it gets."""

    source: str
    encoding: str
    weight: float


def codec(name: str) -> str | None:
    """Python's name of an encoding as people and ``.cpg`` files write it; ``None`` where it is unknown.

    >>> codec("ANSI 936"), codec("UTF8"), codec("GBK"), codec("klingon")
    ('gb18030', 'utf-8', 'gb18030', None)
    """
    bare = re.sub(r"^(ansi|oem|cp|ibm|windows)?[\s:_-]*(?=\d{3,5}$)", "cp", name.strip().lower())
    bare = {"cp65001": "utf-8", "cp88591": "iso8859-1", "cp54936": "gb18030"}.get(bare, bare)
    try:
        found = codecs.lookup(bare)
    except (LookupError, ValueError):
        return None
    is_text = getattr(found, "_is_text_encoding", True)  # rot13 and base64 are codecs, too
    return _SUPERSETS.get(found.name, found.name) if is_text else None


def declared(name: str, file: str) -> str:
    """The codec a user declared.

    Raises:
        InputError: there is no such encoding.
    """
    found = codec(name)
    if found is None:
        raise InputError(f"{file}: {name!r} is not an encoding.", 'write encoding = "gb18030" or "utf-8"')
    return found


def decodes(data: bytes, encoding: str) -> bool:
    """Whether ``data`` is valid in ``encoding``."""
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def settle(
    texts: Sequence[bytes], file: str, wanted: str | None = None, hints: Sequence[Hint] = ()
) -> tuple[str, tuple[Issue, ...]]:
    """The encoding of ``texts``, and the issue that logs it with its confidence and a sample.

    A text may end in the middle of a character, as dbf fields do. ``wanted`` (declared by the user) wins;
    texts that are not valid in it are told. Plain ASCII is UTF-8 without a word.

    Raises:
        InputError: ``wanted`` is no encoding; or the texts leave a doubt, or are valid in none.
    """
    foreign = [text for text in dict.fromkeys(texts) if not text.isascii()]
    if wanted is not None:
        encoding = declared(wanted, file)
        return encoding, _undecodable(foreign, encoding)
    if not foreign:
        return "utf-8", ()
    sample = _sample(foreign)
    boosts: dict[str, float] = {}
    for hint in hints:
        name = "cp1252" if hint.encoding == "iso8859-1" else hint.encoding
        if name not in PRIORS and valid(foreign, name) and not valid(foreign, "utf-8"):
            return name, (detected(name, f"by {hint.source}", sample),)
        boosts[name] = boosts.get(name, 1.0) * hint.weight
    ranked = chances(foreign, boosts)
    if not ranked:
        raise _none_fits(foreign, file)
    encoding = max(ranked, key=lambda each: (ranked[each], each))
    if ranked[encoding] < _SURE or fitness(foreign, encoding) < _FIT:
        raise _in_doubt(ranked, sample, file)
    return encoding, (detected(encoding, _why(encoding, hints, foreign), sample, ranked[encoding]),)


def settle_file(
    data: bytes, file: str, wanted: str | None = None, hints: Sequence[Hint] = ()
) -> tuple[str, tuple[Issue, ...]]:
    """:func:`settle` for a whole file, which may begin with a byte order mark; half a character is an error.

    Raises:
        InputError: as :func:`settle`; or the data are not valid in the declared encoding.
    """
    if wanted is not None:
        encoding = declared(wanted, file)
        if not decodes(data, encoding):
            raise InputError(f"{file} is not {wanted} text.", "leave encoding out, or correct it")
        return encoding, ()
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name, ()
    wide = _wide(data)
    if wide:
        return wide, ()
    lines = [line for line in data[:_HEAD_BYTES].splitlines() if not line.isascii()]
    lines = lines or [line for line in data.splitlines() if not line.isascii()]
    encoding, issues = settle(lines, file, None, (*hints, Hint("", "utf-8", 20.0)))
    if not decodes(data, encoding):
        raise _none_fits([line for line in data.splitlines() if not decodes(line, encoding)], file)
    return encoding, () if encoding == "utf-8" else issues


def detected(encoding: str, why: str, sample: str | bytes, confidence: float | None = None) -> Issue:
    """The issue that says in which encoding a file was read, with a sample to judge by."""
    text = sample.decode(encoding, errors="ignore") if isinstance(sample, bytes) else sample
    first = next((at for at, char in enumerate(text) if not char.isascii()), 0)
    shown = text if len(text) <= _SHOWN else text[first:]
    sure = f"; confidence {_percent(confidence)}" if confidence is not None else ""
    return Issue(
        "info",
        "encoding_detected",
        "",
        f"text read as {encoding} ({why}{sure})",
        value=shown[:_SHOWN],
        fix="if the sample is garbled, declare encoding for the source",
    )


def decode_cut(text: bytes, encoding: str) -> tuple[str, bool]:
    """What is whole of a text that may end in the middle of a character, and whether it does."""
    whole = text.decode(encoding, errors="replace")
    bare = whole.rstrip("\ufffd")
    return bare, len(bare) < len(whole)


def _percent(share: float) -> str:
    """A share that never shows as certain."""
    return ">99.9%" if share > 0.999 else f"{share:.1%}"


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of the plain characters is zero."""
    head = data[:4000]
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = head[start::2]
        if len(half) > 8 and half.count(0) > 0.3 * len(half) and decodes(data, name):
            return name
    return None


def _why(encoding: str, hints: Sequence[Hint], texts: Sequence[bytes]) -> str:
    told = [hint for hint in hints if hint.source]
    agree = next((hint.source for hint in told if hint.encoding == encoding), None)
    if agree:
        return f"by {agree}"
    other = [f"{hint.source} says {hint.encoding}, which the text contradicts" for hint in told]
    return "; ".join([*other, "by its characters"])


def _sample(texts: Sequence[bytes]) -> bytes:
    """The text with the most to judge by; the same whatever the order of rows."""
    return max(texts, key=lambda text: (min(sum(byte > 0x7F for byte in text), 40), text))


def _undecodable(texts: Sequence[bytes], encoding: str) -> tuple[Issue, ...]:
    bad = [] if valid(texts, encoding) else [text for text in texts if not valid([text], encoding)]
    if not bad:
        return ()
    return (
        Issue(
            "warning",
            "text_undecodable",
            "",
            f"read as {encoding}, as declared; bytes that are not text in it became \ufffd",
            value=min(bad).decode(encoding, errors="replace")[:_SHOWN],
            fix="correct encoding, or the texts",
            n=len(bad),
        ),
    )


def _none_fits(texts: Sequence[bytes], file: str) -> InputError:
    worst = next((text for text in texts if not valid([text], "gb18030")), texts[0] if texts else b"")
    return InputError(
        f"{file}: its text is in none of UTF-8, GB18030, Big5 and Western throughout, for instance "
        f"{worst[:40]!a}.",
        'declare encoding = "gb18030" or the right one: what is not text in it is then told',
    )


def _in_doubt(ranked: dict[str, float], sample: bytes, file: str) -> InputError:
    first = sorted(ranked, key=lambda each: -ranked[each])[:3]
    told = ", ".join(
        f"{each} ({_percent(ranked[each])}): {sample.decode(each, errors='ignore')[:20]}" for each in first
    )
    garbled = ", of characters that hardly anyone uses" if ranked[first[0]] >= _SURE else ""
    return InputError(
        f"{file}: the encoding of its text is in doubt; it could be {told}{garbled}.",
        f'declare encoding = "{first[0]}" or whichever reads right',
    )
