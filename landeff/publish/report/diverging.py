"""Bars to both sides of zero, each made of parts."""

from __future__ import annotations

from dataclasses import dataclass

from landeff.core.text import Term

_WIDTH = 1000.0


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A bar in a box 1000 wide: ``rects`` are left edge, width, colour, title and value of each part."""

    title: Term | str
    rects: tuple[tuple[str, str, str, Term, str], ...]


@dataclass(frozen=True, slots=True)
class Diverging:
    """Signed values one below the other, what adds to the right of zero, what takes away to the left.

    ``parts`` are pairs of colour and title; ``bars`` are a title and the value of each part, in one unit. The
    figures themselves are in the table beside.
    """

    caption: Term
    parts: tuple[tuple[str, Term], ...]
    bars: tuple[tuple[Term | str, tuple[float, ...]], ...]

    @property
    def zero(self) -> str:
        """Where zero is, in the box of the bars."""
        low, high = self._ends()
        return f"{_WIDTH * -low / (high - low):.2f}"

    @property
    def drawn(self) -> tuple[DrawnBar, ...]:
        """Every bar with its parts side by side, away from zero.

        >>> two = ("#000", Term("甲", "a")), ("#999", Term("乙", "b"))
        >>> figure = Diverging(Term("", ""), two, (("x", (3.0, -1.0)),))
        >>> figure.zero, [(rect[0], rect[1]) for rect in figure.drawn[0].rects]
        ('250.00', [('250.00', '750.00'), ('0.00', '250.00')])
        """
        low, high = self._ends()
        scale = _WIDTH / (high - low)
        return tuple(DrawnBar(title, tuple(self._rects(values, -low, scale))) for title, values in self.bars)

    def _rects(
        self, values: tuple[float, ...], zero: float, scale: float
    ) -> list[tuple[str, str, str, Term, str]]:
        right = left = zero
        rects = []
        for (colour, title), value in zip(self.parts, values, strict=True):
            width = abs(value) * scale
            at = right if value > 0 else left - abs(value)
            if value > 0:
                right += value
            else:
                left -= abs(value)
            if value:
                rects.append((f"{at * scale:.2f}", f"{width:.2f}", colour, title, f"{value:+,.2f}"))
        return rects

    def _ends(self) -> tuple[float, float]:
        """The lowest and the highest that any bar reaches; never the same."""
        low = min((sum(min(value, 0.0) for value in values) for _, values in self.bars), default=0.0)
        high = max((sum(max(value, 0.0) for value in values) for _, values in self.bars), default=0.0)
        return (low, high) if high > low else (0.0, 1.0)
