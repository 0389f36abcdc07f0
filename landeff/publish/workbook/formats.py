"""How cells look, by what they hold."""

from __future__ import annotations

from typing import Any

from landeff.publish.fields import QUANTITIES

_NUMBER = {"align": "right", "indent": 1}  # kept off the text in the next column
_HEAD = {"bold": True, "bg_color": "#E8EDF2", "bottom": 1, "text_wrap": True, "valign": "vcenter"}
_ENTRY = {"num_format": "@", "valign": "top", "text_wrap": True, "bg_color": "#FFF9E0", "border": 1}
_LINK = {"num_format": "@", "valign": "top", "font_color": "#1F4E79", "underline": 1}
#: Behind black text; told by the word in the cell too, never by colour alone.
_TINTS = {"red": "#F4B6B0", "orange": "#F9CFA0", "yellow": "#FBEBA0"}


def formats_of(book: Any) -> dict[str, Any]:
    """Formats by kind of field, those of sums as ``total_<kind>``, of what a person fills in as ``entry``,
    ``entry_date`` and ``entry_number``; ``head`` and ``head_number`` for the first row; ``tint_<colour>``."""
    kinds: dict[str, dict[str, Any]] = {
        "date": {"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"},
        "year": {"num_format": "0", "valign": "top", "align": "left"},
        "code": {"num_format": "@", "valign": "top"},
        **{
            name: {"num_format": "@", "valign": "top", "text_wrap": True}
            for name in ("text", "long", "yes_no")
        },
    }
    for kind, quantity in QUANTITIES.items():
        decimals = "." + "0" * quantity.decimals if quantity.decimals else ""
        kinds[kind] = {"num_format": f"#,##0{decimals}", "valign": "top", **_NUMBER}
    entry = {**_ENTRY, "border_color": "#D9D2B0"}
    looks = {
        "head": _HEAD,
        "head_number": {**_HEAD, **_NUMBER},
        **kinds,
        "link": _LINK,
        "entry": entry,
        "entry_date": {**entry, "num_format": "yyyy-mm-dd", "align": "left"},
        "entry_number": {**entry, "num_format": "General"},
        **{f"total_{name}": {**look, "bold": True, "top": 1} for name, look in kinds.items()},
        **{f"tint_{name}": {"bg_color": colour} for name, colour in _TINTS.items()},
    }
    return {name: book.add_format(look) for name, look in looks.items()}
