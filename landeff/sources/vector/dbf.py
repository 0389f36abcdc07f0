"""The header of a dBASE file: fields as they are written, and what GDAL would do wrong with them.

Layout: dBASE III header of 32 bytes (records at 4, length of header at 8 and of a record at 10, language at
29), then 32 bytes a field (name 0–10, type 11, width 16, decimals 17) up to a byte 0x0D.
"""

from __future__ import annotations

import re
import struct
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from landeff.core.errors import InputError
from landeff.core.issues import Issue
from landeff.sources.readers import first_rows
from landeff.sources.text.encoding import decode_cut

#: Language driver bytes that name an East Asian or Western code page.
LANGUAGES = {0x4D: "gb18030", 0x7A: "gb18030", 0x4F: "cp950", 0x78: "cp950", 0x03: "cp1252"}
NAME_BYTES = 10
_DIGITS_OF_A_FLOAT = 15
_NUMBERED = re.compile(rb"(.+)(_\d{1,3})", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its name as bytes, type letter, width and decimals."""

    name: bytes
    kind: str
    width: int
    decimals: int

    @property
    def text(self) -> bytes:
        """The name as far as it is text: what programs put behind it may follow half a character."""
        numbered = _NUMBERED.fullmatch(self.name)
        return numbered[1] if numbered else self.name

    @property
    def is_long_number(self) -> bool:
        """Whether it may hold whole numbers that a float cannot."""
        return self.kind == "N" and self.decimals == 0 and self.width > _DIGITS_OF_A_FLOAT


@dataclass(frozen=True, slots=True)
class Header:
    """What a dbf says about itself.

    Attributes:
        language: 0 where it says nothing of its text.
        deleted: rows, counted from 0, that are marked as deleted and still there: GDAL passes over them.
    """

    count: int
    language: int
    fields: tuple[Field, ...]
    deleted: frozenset[int] = frozenset()

    def rows(self, n_read: int) -> pd.Series[int]:
        """The rows in the file, counted from 1, of those that were read."""
        if n_read != self.count - len(self.deleted):
            return first_rows(n_read)
        kept = [row for row in range(1, self.count + 1) if row - 1 not in self.deleted]
        return pd.Series(kept, dtype="Int64")

    @property
    def collides(self) -> bool:
        """Whether fields share a name."""
        return max(Counter(field.name for field in self.fields).values(), default=1) > 1


def read_header(path: Path) -> Header:
    """The header of a dbf.

    Raises:
        InputError: it is none, or ends before its records do.
    """
    with path.open("rb") as file:
        head = file.read(32)
        if len(head) < 32:
            raise _broken(path, "it is too short")
        count, start, width = struct.unpack("<IHH", head[4:12])
        body = file.read(max(start - 32, 0))
        size = file.seek(0, 2)
    if start < 33 or len(body) < start - 32 or width == 0:
        raise _broken(path, "its header is damaged")
    if size < start + count * width - 1:
        raise _broken(path, f"it should hold {count} rows, and ends after {max(size - start, 0) // width}")
    fields = []
    for at in range(0, len(body) - 31, 32):
        entry = body[at : at + 32]
        if entry[:1] == b"\r":
            break
        fields.append(Field(entry[:11].split(b"\0")[0], chr(entry[11]), entry[16], entry[17]))
    return Header(count, head[29], tuple(fields), _deleted(path, start, width, count))


def _deleted(path: Path, start: int, width: int, count: int) -> frozenset[int]:
    """Rows that begin with ``*`` in place of a blank."""
    if count == 0:
        return frozenset()
    marks = np.memmap(path, dtype=np.uint8, mode="r", offset=start)[::width][:count]
    return frozenset(np.flatnonzero(marks == ord("*")).tolist())


def deleted_rows(header: Header | None) -> tuple[Issue, ...]:
    """What becomes of rows that a database marked as deleted and never took out."""
    if header is None or not header.deleted:
        return ()
    first = sorted(header.deleted)[:20]
    listed = ", ".join(str(row + 1) for row in first) + (", …" if len(header.deleted) > 20 else "")
    return (
        Issue(
            "warning",
            "rows_deleted",
            "",
            "rows marked as deleted in the .dbf were left out",
            value=f"rows {listed}",
            source_row=first[0] + 1,
            fix="if they are land after all, undelete them in the database and deliver it anew; else pack it",
            n=len(header.deleted),
        ),
    )


def without_stars(frame: gpd.GeoDataFrame, fields: Sequence[Field]) -> gpd.GeoDataFrame:
    """The layer with nothing where a number read as text is all ``*``, which means no number in a dbf."""
    columns = [each for each in frame.columns if each != "geometry"]
    if len(columns) != len(fields):
        return frame
    numbers = [name for name, field in zip(columns, fields, strict=True) if field.is_long_number]
    return frame.assign(**{name: frame[name].mask(_is_stars(frame[name])) for name in numbers})


def _is_stars(cells: pd.Series[str]) -> pd.Series[bool]:
    return cells.astype("str").str.fullmatch(r"\*+", na=False)


def patched(path: Path, header: Header) -> bytes:
    """The file with fields called F0, F1, … and whole numbers too long for a float declared as text."""
    data = bytearray(path.read_bytes())
    for number, field in enumerate(header.fields):
        at = 32 + 32 * number
        data[at : at + 11] = f"F{number}".encode().ljust(11, b"\0")
        if field.is_long_number:
            data[at + 11] = ord("C")
    return bytes(data)


def field_name(name: bytes, encoding: str) -> str:
    """A field's name; a character cut in half at its end, or before the ``_1`` of a copy, is dropped.

    >>> field_name("约定开工".encode("utf-8")[:10], "utf-8")
    '约定开'
    >>> field_name("约定开".encode("utf-8")[:8] + b"_1", "utf-8")
    '约定_1'
    """
    numbered = _NUMBERED.fullmatch(name)
    if numbered:
        head, was_cut = decode_cut(numbered[1], encoding)
        if was_cut:
            return (head + numbered[2].decode()).strip()
    return decode_cut(name, encoding)[0].strip()


def field_names(fields: Sequence[Field], encoding: str) -> tuple[tuple[str, ...], tuple[Issue, ...]]:
    """Names of the fields, and issues about those that ten bytes did not tell apart.

    Fields that share a name become ``name (1)``, ``name (2)``: a mapping has to say which is meant.
    """
    names = [field_name(field.name, encoding) or f"field {at}" for at, field in enumerate(fields, start=1)]
    counts = Counter(names)
    seen: Counter[str] = Counter()
    unique = []
    for name in names:
        seen[name] += 1
        unique.append(f"{name} ({seen[name]})" if counts[name] > 1 else name)
    same = [name for name, count in counts.items() if count > 1]
    issues = [
        Issue(
            "warning",
            "field_names_collide",
            "",
            f"{counts[name]} fields share the name; they are called {name} (1), {name} (2) …",
            column=name,
            value=", ".join(each for each in unique if each.startswith(f"{name} (")),
            fix="map each by its number, or deliver a GeoPackage, whose names are not cut to 10 bytes",
            n=counts[name],
        )
        for name in same
    ]
    return tuple(unique), (*issues, *_copies(fields, names))


def _copies(fields: Sequence[Field], names: Sequence[str]) -> list[Issue]:
    """Fields that a program numbered because their names were the same after the cut."""
    full = [name for field, name in zip(fields, names, strict=True) if len(field.name) >= NAME_BYTES - 1]
    issues = []
    for name in full:
        head = re.sub(r"_\d{1,2}$", "", name)
        others = [each for each in full if head != name and each.startswith(head)]
        originals = [each for each in others if not re.fullmatch(r"_\d+", each.removeprefix(head))]
        if originals:
            issues.append(
                Issue(
                    "warning",
                    "field_names_collide",
                    "",
                    f"cut to 10 bytes it was the same as {originals[0]}, and numbered to tell the two apart",
                    column=name,
                    value=f"{originals[0]}, {name}",
                    fix="check which is which before mapping them, or deliver a GeoPackage",
                    n=2,
                )
            )
    return issues


def _broken(path: Path, why: str) -> InputError:
    return InputError(f"{path.name} is damaged: {why}.", "ask for the file again, all its parts together")
