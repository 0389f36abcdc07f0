"""Data on its way into a page."""

from __future__ import annotations

import json

_INERT = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def json_for_script(value: object) -> str:
    """JSON that is inert inside ``<script>`` and a valid JavaScript expression.

    The characters that could end the element, open a comment or end a line are written as ``\\uXXXX``.
    Lone surrogates become ``?``. NaN and infinity raise ``ValueError``: a missing number is ``None``.

    >>> json_for_script({"name": "</script>"})
    '{"name":"\\\\u003c/script\\\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.translate(_INERT).encode("utf-8", "replace").decode("utf-8")
