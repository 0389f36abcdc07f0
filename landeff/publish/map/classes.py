"""What a layer of the map is, as data: each plot is in one class, each class has a colour and a hatch."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from landeff.core.dataset import Dataset
from landeff.core.text import Term

#: Lines drawn over the fill, by name; ``js/hatch.js`` draws them.
Hatch = Literal[
    "", "cross", "diagonal", "back_diagonal", "dots", "horizontal", "vertical", "grid", "circles", "dashes",
    "dense", "zigzag",
]  # fmt: skip

#: Class code of a plot that a layer does not draw.
NOT_DRAWN = 255

MONEY_GROUP = Term("效益", "money")
STOCK_GROUP = Term("存量土地", "stock land")
CHECK_GROUP = Term("核查与依据", "checks and evidence")


@dataclass(frozen=True, slots=True)
class Style:
    """How a class is drawn: lines of ``colour`` over ``fill``; without a hatch, ``fill`` alone.

    ``solid`` is what plots too small for a hatch are filled with; ``colour`` where it is empty.
    """

    colour: str
    fill: str
    hatch: Hatch = ""
    solid: str = ""


#: Plots that a layer is not about: there, but receding.
REST = Style("#9aa1a8", "#f7f5ef")
REST_TITLE = Term("其他地块", "other plots")


@dataclass(frozen=True, slots=True)
class MapClass:
    """A class with the plots in it (all of them, whatever part of the map is in view)."""

    title: Term
    style: Style
    n: int
    area_m2: float


@dataclass(frozen=True, slots=True)
class Measure:
    """The number behind the classes of a layer, so that the page can class it anew.

    Attributes:
        columns: year → column of the page with the number of that year; year 0 where there are no years.
        breaks: class limits in ``unit``; a plot on a limit is in the upper class.
    """

    columns: Mapping[int, str]
    breaks: tuple[float, ...]
    unit: Term


@dataclass(frozen=True, slots=True)
class MapLayer:
    """A layer: ``codes`` gives each plot its class, :data:`NOT_DRAWN` = none.

    Attributes:
        label: column written on large plots, empty for none.
        group: heading in the choice of layers.
        measure: for layers of a number.
    """

    name: str
    title: Term
    note: Term
    classes: tuple[MapClass, ...]
    codes: NDArray[np.uint8] = field(repr=False)
    label: str = ""
    group: Term = STOCK_GROUP
    measure: Measure | None = None


@dataclass(frozen=True, slots=True)
class LayerPart:
    """A kind of layer. ``build`` returns ``None`` where the run computed nothing to show, or several layers.

    Modules in ``layers/`` each define one, as ``LAYER``.
    """

    order: int
    build: Callable[[Dataset, gpd.GeoDataFrame], MapLayer | Sequence[MapLayer] | None]


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


def by_key(
    plots: gpd.GeoDataFrame, keys: pd.Series, styles: Mapping[str, tuple[Term, Style]]
) -> tuple[NDArray[np.uint8], tuple[MapClass, ...]]:
    """Codes and classes of plots by a key each; classes that do not occur are left out.

    Args:
        keys: on the rows of ``plots``; a missing key, or one not in ``styles``, is not drawn.
        styles: title and style by key, in the order of the legend.
    """
    found = set(keys.dropna())
    shown = [key for key in styles if key in found]
    code_of = {key: code for code, key in enumerate(shown)}
    codes = keys.map(code_of).astype("float64").fillna(NOT_DRAWN).to_numpy().astype(np.uint8)
    return codes, counted(plots, codes, [styles[key] for key in shown])
