"""Colours, frozen as text, so that no plotting library is needed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

#: batlow at k/11, light to dark: lightness falls steadily, so classes stay in order in grey and when
#: colour-blind. Source: F. Crameri, Scientific colour maps 8.0 (MIT), doi:10.5281/zenodo.1243862.
BATLOW = ("#faccfa", "#fdbac7", "#fca995", "#ea995e", "#c49138", "#97882c",
          "#6d7c3b", "#48714f", "#28645f", "#165062", "#0f395f", "#011959")  # fmt: skip

#: viridis, light to dark. Source: matplotlib ``viridis`` (CC0), S. van der Walt and N. Smith.
VIRIDIS = ("#fde725", "#c2df23", "#86d549", "#52c569", "#2ab07f", "#1e9b8a",
           "#25858e", "#2d708e", "#38588c", "#433e85", "#482173", "#440154")  # fmt: skip

#: Scales by name; ``_r`` after a name turns it round.
SCALES: Mapping[str, tuple[str, ...]] = MappingProxyType({"batlow": BATLOW, "viridis": VIRIDIS})

NO_DATA = "#dcdfe2"
NO_DATA_LINE = "#8b9299"
NO_DATA_SOLID = "#cbcfd3"

#: Ten hues for categories without an order (ColorBrewer "Paired", Apache-2.0).
CATEGORIES = ("#1f78b4", "#ff7f00", "#33a02c", "#6a3d9a", "#e31a1c", "#b15928",
              "#a6cee3", "#fdbf6f", "#b2df8a", "#cab2d6")  # fmt: skip


def spread(n: int, scale: tuple[str, ...] = BATLOW) -> tuple[str, ...]:
    """``n`` colours out of ``scale``, light to dark, the ends included; one colour is the middle.

    >>> spread(2)
    ('#faccfa', '#011959')
    """
    last = len(scale) - 1
    if n == 1:
        return (scale[last // 2],)
    return tuple(scale[round(k * last / max(1, n - 1))] for k in range(n))
