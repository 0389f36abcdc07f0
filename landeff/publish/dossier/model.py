"""What a dossier is made of: data, no markup. The terminal tells the same blocks as text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from landeff.core.text import Lang, Term
from landeff.publish.dossier.locator import Locator
from landeff.publish.report.model import Table


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a block: a value under its ``label``, or a sentence; ``depth`` is how far it is set in."""

    text: str
    label: str = ""
    depth: int = 0

    def plain(self, lang: Lang) -> str:
        """The line as text, without what sets it in."""
        return f"{self.label}: {self.text}" if self.label else self.text


@dataclass(frozen=True, slots=True)
class Block:
    """Lines under a heading. ``key`` says what they are about, whatever the language."""

    key: str
    title: Term
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """One parcel.

    Attributes:
        badges: class of the inventory, state of the balance, area.
        locator: ``None`` where the parcel has no geometry.
        money: by item and year; ``None`` where no money reaches the parcel.
        neighbours: ``None`` where it has none.
    """

    parcel_id: str
    head: Term
    badges: tuple[Term, ...]
    blocks: tuple[Block, ...]
    locator: Locator | None = None
    money: Table | None = None
    neighbours: Table | None = None


def lines_of(lines: Iterable[Line | str]) -> tuple[Line, ...]:
    """Lines, those given as text alone as sentences."""
    return tuple(each if isinstance(each, Line) else Line(each) for each in lines)


def text_of(blocks: Iterable[Block], lang: Lang) -> str:
    """Blocks as text for a terminal."""
    told = []
    for block in blocks:
        told.append(f"■ {block.title.text(lang)}")
        told += [f"  {'  ' * line.depth}{line.plain(lang)}" for line in block.lines]
    return "\n".join(told)
