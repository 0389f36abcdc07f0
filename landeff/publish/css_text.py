"""Text of unknown origin as a string of a style sheet."""

from __future__ import annotations

from landeff.publish.plain import plain


def css_text(text: str, limit: int = 600) -> str:
    """``text`` for between quotes in a style sheet: all but letters, digits and blanks as code points.

    >>> css_text('园区 1"</style>')
    '园区 1\\\\22 \\\\3c \\\\2f style\\\\3e '
    """
    fit = plain(text, limit).replace("\n", " ")
    return "".join(each if each.isalnum() or each == " " else f"\\{ord(each):x} " for each in fit)
