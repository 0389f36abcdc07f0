"""What a layer of the map is, as data: each plot is in one class, each class has a colour and a hatch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from landeff.core.dataset import Dataset
from landeff.core.text import Term

Hatch = Literal["", "cross", "diagonal", "back_diagonal", "dots", "horizontal", "vertical"]

#: Class code of a plot that a layer does not draw.
NOT_DRAWN = 255


@dataclass(frozen=True, slots=True)
class Style:
    """How a class is drawn: lines of ``colour`` over ``fill``; without a hatch, ``fill`` alone."""

    colour: str
    fill: str
    hatch: Hatch = ""


@dataclass(frozen=True, slots=True)
class MapClass:
    """A class with the plots in it (all of them, whatever part of the map is in view)."""

    title: Term
    style: Style
    n: int
    area_m2: float


@dataclass(frozen=True, slots=True)
class MapLayer:
    """A layer: ``codes`` gives each plot its class, :data:`NOT_DRAWN` = none.

    Attributes:
        label: column written on large plots, empty for none.
    """

    name: str
    title: Term
    note: Term
    classes: tuple[MapClass, ...]
    codes: NDArray[np.uint8]
    label: str = ""


@dataclass(frozen=True, slots=True)
class LayerPart:
    """A kind of layer. ``build`` returns ``None`` where the run computed nothing to show.

    Modules in ``layers/`` each define one, as ``LAYER``.
    """

    order: int
    build: Callable[[Dataset, gpd.GeoDataFrame], MapLayer | None]


def counted(
    plots: gpd.GeoDataFrame, codes: NDArray[np.uint8], styles: Sequence[tuple[Term, Style]]
) -> tuple[MapClass, ...]:
    """Classes in the order of ``styles`` with number and area (``basis_area_m2``) of their plots."""
    drawn = codes < len(styles)
    area = plots["basis_area_m2"].fillna(0.0).to_numpy(dtype=np.float64)
    n = np.bincount(codes[drawn], minlength=len(styles))
    area_m2 = np.bincount(codes[drawn], weights=area[drawn], minlength=len(styles))
    return tuple(
        MapClass(title, style, int(n[k]), float(area_m2[k])) for k, (title, style) in enumerate(styles)
    )
