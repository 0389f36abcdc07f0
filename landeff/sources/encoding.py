"""Which encoding a text is in: tried strictly, never guessed from letter frequencies."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence

from landeff.core.errors import InputError
from landeff.core.issues import Issue

#: Tried in this order; valid UTF-8 is hardly ever anything else, GB18030 holds all of GBK and GB2312.
TRIALS = ("utf-8", "gb18030")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SUPERSETS = {"gbk": "gb18030", "gb2312": "gb18030", "cp936": "gb18030", "ascii": "utf-8", "hz": "gb18030"}


def codec(name: str) -> str | None:
    """Python's name of an encoding as people and ``.cpg`` files write it; ``None`` where it is unknown.

    >>> codec("ANSI 936"), codec("UTF8"), codec("GBK"), codec("klingon")
    ('gb18030', 'utf-8', 'gb18030', None)
    """
    bare = re.sub(r"^(ansi|oem|cp|ibm|windows)?[\s:_-]*(?=\d{3,5}$)", "cp", name.strip().lower())
    bare = {"cp65001": "utf-8", "cp88591": "iso8859-1", "cp54936": "gb18030"}.get(bare, bare)
    try:
        found = codecs.lookup(bare).name
    except LookupError:
        return None
    return _SUPERSETS.get(found, found)


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


def decodes_cut(texts: Sequence[str], encoding: str) -> bool:
    """Whether ``texts``, one character a byte, are valid in ``encoding``.

    A dbf field may end in the middle of a character: an incomplete one at the very end of a text is no fault.
    """
    data = [text.encode("latin-1") for text in texts]
    if decodes(b"\n".join(data), encoding):
        return True
    try:
        for value in data:
            codecs.getincrementaldecoder(encoding)().decode(value)
    except UnicodeDecodeError:
        return False
    return True


def is_chinese_utf8(texts: Sequence[str]) -> bool:
    """Whether ``texts``, one character a byte, are UTF-8 with Chinese characters.

    Such bytes often pass for GB18030 (鎵 for 扬), but Chinese in GB18030 never passes for this.
    """
    data = "".join(texts).encode("latin-1")
    has_chinese = any("\u2e80" <= char <= "\uffef" for char in data.decode("utf-8", errors="ignore"))
    return has_chinese and decodes_cut(texts, "utf-8")


def detect(data: bytes, file: str) -> str:
    """Encoding of a whole text: a byte order mark, else the first of :data:`TRIALS` in which it is valid.

    Raises:
        InputError: in none of them.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    for name in TRIALS:
        if decodes(data, name):
            return name
    raise InputError(
        f"{file} is neither UTF-8 nor GB18030 text.", 'declare it, for instance encoding = "big5" or "cp1252"'
    )


def detected(encoding: str, why: str, sample: str) -> Issue:
    """The issue that says in which encoding a file was read, with a sample to judge by."""
    return Issue(
        "info",
        "encoding_detected",
        "",
        f"text read as {encoding} ({why})",
        value=sample[:60],
        fix="if the sample is garbled, declare encoding for the source",
    )
