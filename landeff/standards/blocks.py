"""Sizes of contiguous blocks of stock land (集中连片地块) as data, each with the document behind it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from landeff.core.explanation import unverified
from landeff.core.text import Term
from landeff.core.units import M2_PER_MU
from landeff.standards.rule_text import Text
from landeff.standards.rules import Basis, term

BLOCKS = "blocks.toml"


@dataclass(frozen=True, slots=True)
class Size:
    """A size that counts.

    Attributes:
        basis: the document; ``None`` where none is known.
        verified: whether its text was read.
        note: what is known of the size, and what is not.
    """

    mu: float
    basis: Basis | None
    verified: bool
    note: Term

    @property
    def area_m2(self) -> float:
        """The size in m²."""
        return self.mu * M2_PER_MU

    @property
    def ground(self) -> str:
        """The citation, marked where its text was not compared; empty where there is none."""
        return f"{self.basis.text}{'' if self.verified else unverified().zh}" if self.basis else ""


@dataclass(frozen=True, slots=True)
class BlockSizes:
    """Sizes from the largest down, and the least that a block has to have."""

    sizes: tuple[Size, ...]
    minimum: Size


@cache
def block_sizes() -> BlockSizes:
    """The sizes as they ship.

    >>> block_sizes().minimum.mu, [size.mu for size in block_sizes().sizes]
    (300.0, [500.0, 300.0, 100.0])
    """
    where = Text(BLOCKS, (files("landeff.standards") / "catalogue" / BLOCKS).read_text(encoding="utf-8"))
    raw = tomllib.loads(where.text)
    sizes = [
        Size(
            float(entry["mu"]),
            Basis(**entry["basis"]) if "basis" in entry else None,
            bool(entry["verified"]),
            term(entry["note"], where, "note"),
        )
        for entry in raw["sizes"]
    ]
    sizes.sort(key=lambda size: -size.mu)
    minimum = next(size for size in sizes if size.mu == raw["minimum_mu"])
    return BlockSizes(tuple(sizes), minimum)
