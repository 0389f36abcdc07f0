"""What a workbook says about a sheet beside its values: hidden rows, formulas without value, errors."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from landeff.core.errors import InputError

#: Position in a sheet, both counted from 0.
Cell = tuple[int, int]
Span = tuple[Cell, Cell]

_LARGEST = 4 * 2**30
_SUSPICIOUS, _HIGHEST_RATIO = 256 * 2**20, 250


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """Facts about one sheet, rows and columns counted from 0.

    Attributes:
        hidden_rows, hidden_columns: half-open ranges.
        marks: cells that look empty to the reader and are not: errors and formulas never calculated.
        merged: merged cells, where calamine does not tell.
        is_filtered: a filter is set, which is what hides the rows.
        from_1904: numbers that are dates count from 1904-01-01.
    """

    hidden_rows: tuple[range, ...] = ()
    hidden_columns: tuple[range, ...] = ()
    marks: Mapping[Cell, str] = field(default_factory=lambda: MappingProxyType({}))
    merged: tuple[Span, ...] = ()
    is_filtered: bool = False
    from_1904: bool = False


def check_size(path: Path) -> None:
    """Refuse an archive that is far larger than its file, before anything is unpacked.

    Raises:
        InputError: it holds more than 4 GiB, or is packed more than 250 times tighter than its content.
    """
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            sizes = [(each.file_size, each.compress_size) for each in archive.infolist()]
    except zipfile.BadZipFile:
        return
    whole = sum(size for size, _ in sizes)
    packed = sum(size for _, size in sizes)
    if whole > _LARGEST or (whole > _SUSPICIOUS and whole > _HIGHEST_RATIO * max(packed, 1)):
        raise InputError(
            f"{path.name} unpacks to {whole / 2**20:,.0f} MiB: more than a workbook of an office holds.",
            "save the sheet alone, as .csv or in a new workbook",
        )
