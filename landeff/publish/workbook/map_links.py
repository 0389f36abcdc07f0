"""Links from a ledger to the map beside it: the code of a parcel opens its dossier there."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from landeff.publish.plain import plain

#: The field whose cells are links, and the file they open: in the folder of the workbook.
LINKED = "parcel_id"
_MAP = "map.html"
_LONGEST = 200


def address(parcel_id: str) -> str:
    """Where the map shows a parcel; whatever the code holds, nothing but the map is opened.

    >>> address("321001/../a#b?c")
    'map.html#parcel=321001%2F..%2Fa%23b%3Fc'
    """
    return f"{_MAP}#parcel={quote(plain(parcel_id), safe='')}"


def link_to_map(page: Any, row: int, column: int, parcel_id: str, form: Any) -> None:
    """The cell of a code opens the map; one too long to be a code is no link."""
    if plain(parcel_id) and len(parcel_id) <= _LONGEST:
        page.write_url(row, column, f"external:{address(parcel_id)}", form, string="-")
