"""Colours, frozen as text, so that no plotting library is needed."""

from __future__ import annotations

#: viridis at 0, 1/5 … 1: lightness rises steadily, so classes stay in order in grey and when colour-blind.
#: Source: matplotlib ``viridis`` (CC0), S. van der Walt and N. Smith.
VIRIDIS = ("#440154", "#414487", "#2a788e", "#22a884", "#7ad151", "#fde725")

NO_DATA = "#bdbdbd"
NO_DATA_LINE = "#6b6b6b"

#: Ten hues for categories without an order (ColorBrewer "Paired", Apache-2.0).
CATEGORIES = ("#1f78b4", "#ff7f00", "#33a02c", "#6a3d9a", "#e31a1c", "#b15928",
              "#a6cee3", "#fdbf6f", "#b2df8a", "#cab2d6")  # fmt: skip


def spread(n: int) -> tuple[str, ...]:
    """``n`` colours out of :data:`VIRIDIS`, dark to light, the ends included.

    >>> spread(2)
    ('#440154', '#fde725')
    """
    last = len(VIRIDIS) - 1
    return tuple(VIRIDIS[round(k * last / max(1, n - 1))] for k in range(n))
