"""A column of any table in classes, with what the legend has to say of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from landeff.core.errors import InputError, MissingExtraError
from landeff.core.text import Lang, Term
from landeff.publish.map.breaks import class_codes, class_titles, quantile_breaks, round_significant
from landeff.publish.map.classes import Hatch
from landeff.publish.map.palette import CATEGORIES, NO_DATA, NO_DATA_LINE, NO_DATA_SOLID, SCALES, spread

OTHERS = Term("其他 / 无数据", "other / no data")
UNKNOWN = Term("无数据", "no data")
QUANTILES = Term("分位数分级", "classes of about equal number")
SCHEME = Term("分级方法", "classes by")
#: Hatches of the ten categories, so that they are told apart in a black and white print.
HATCHES: tuple[Hatch, ...] = (
    "", "diagonal", "dots", "cross", "horizontal", "vertical", "circles", "back_diagonal", "grid", "zigzag",
)  # fmt: skip
Breaks = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the legend: how a class is drawn and how many rows are in it."""

    title: str
    colour: str
    fill: str
    hatch: Hatch
    n: int
    solid: str


@dataclass(frozen=True, slots=True)
class Classed:
    """Class of each row, and the legend. ``method`` says how the limits were found; empty for categories."""

    codes: NDArray[np.uint8]
    entries: tuple[Entry, ...]
    breaks: Breaks
    method: str
    is_number: bool


def classed(
    frame: gpd.GeoDataFrame,
    value: str | None,
    *,
    breaks: Sequence[float] | None,
    scheme: str,
    n_classes: int,
    palette: str | Sequence[str],
    lang: Lang,
    missing: str = "",
) -> Classed:
    """Classes of the column ``value``; see :func:`landeff.map_layer`."""
    if value is None:
        colours = _colours(palette, 1)
        return _made(
            np.zeros(len(frame), np.uint8), [("", colours[0], colours[0], "")], (), "", lang, missing
        )
    column = frame[value]
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        limits, method = _limits(column, breaks, scheme, n_classes)
        titles = class_titles(limits) or ["—"]
        colours = _colours(palette, len(titles))
        looks: list[tuple[str, str, str, Hatch]] = [
            (text, c, c, "") for text, c in zip(titles, colours, strict=False)
        ]
        codes, spare = class_codes(column, limits), "".join(colours[len(titles) :][:1])
        return _made(codes, looks, limits, method.text(lang), lang, missing, spare=spare, is_number=True)
    return _categories(column, palette, lang, missing)


def _categories(column: pd.Series, palette: str | Sequence[str], lang: Lang, missing: str) -> Classed:
    """The ten most frequent values; ties by value."""
    counts = column.value_counts().rename_axis("value").reset_index(name="n")
    counts = counts.assign(text=counts["value"].astype("str"))
    top = counts.sort_values(["n", "text"], ascending=[False, True]).head(len(CATEGORIES))
    found = pd.Categorical(column, categories=top["value"]).codes
    codes = np.where(found < 0, len(top), found).astype(np.uint8)
    colours = CATEGORIES if isinstance(palette, str) else _colours(palette, len(top))
    looks = [
        (str(text), "#1c2733" if hatch else colour, colour, hatch)
        for text, colour, hatch in zip(top["text"], colours, HATCHES, strict=False)
    ]
    return _made(codes, looks, (), "", lang, missing)


def _made(
    codes: NDArray[np.uint8],
    looks: Sequence[tuple[str, str, str, Hatch]],
    breaks: Breaks,
    method: str,
    lang: Lang,
    missing: str,
    *,
    spare: str = "",
    is_number: bool = False,
) -> Classed:
    n = np.bincount(codes, minlength=len(looks) + 1)
    entries = [Entry(*look, int(n[k]), look[2]) for k, look in enumerate(looks)]
    if n[len(looks)]:
        words = missing or (UNKNOWN if is_number else OTHERS).text(lang)
        rest = int(n[len(looks)])
        fill, solid = (spare, spare) if spare else (NO_DATA, NO_DATA_SOLID)
        entries.append(Entry(words, NO_DATA_LINE, fill, "horizontal", rest, solid))
    return Classed(codes, tuple(entries), breaks, method, is_number)


def _colours(palette: str | Sequence[str], n: int) -> tuple[str, ...]:
    """``n`` colours.

    >>> _colours("viridis_r", 2)
    ('#440154', '#fde725')
    """
    if not isinstance(palette, str):
        if len(palette) < n:
            raise InputError(f"{n} classes, but {len(palette)} colours.", "Give a colour per class.")
        return tuple(palette)
    name, turned = palette.removesuffix("_r"), palette.endswith("_r")
    if name not in SCALES:
        raise InputError(f"there is no palette {palette!r}.", f"Use one of: {', '.join(SCALES)}.")
    colours = spread(n, SCALES[name])
    return colours[::-1] if turned else colours


def _limits(
    column: pd.Series, breaks: Sequence[float] | None, scheme: str, n_classes: int
) -> tuple[Breaks, Term]:
    """Class limits and how they were found."""
    if breaks is not None:
        return tuple(sorted({float(limit) for limit in breaks})), Term("", "")
    if not scheme or scheme.lower() == "quantiles":
        return quantile_breaks(column, n_classes), QUANTILES
    classifier = _classifier(scheme)
    known = column.dropna().to_numpy(dtype=np.float64)
    found = classifier(known, k=n_classes).bins[:-1] if len(known) > n_classes else ()
    limits = tuple(sorted({round_significant(float(limit), 3) for limit in found}))
    return limits, Term(f"{SCHEME.zh} {scheme}", f"{SCHEME.en} {scheme}")


def _classifier(scheme: str):  # type: ignore[no-untyped-def]  # mapclassify has no types
    try:
        import mapclassify  # noqa: PLC0415  # an extra
    except ImportError:
        raise MissingExtraError("stats", f"classing by {scheme}") from None
    names = sorted(name for name in mapclassify.CLASSIFIERS if name != "UserDefined")
    if scheme not in names:
        raise InputError(f"there is no scheme {scheme!r}.", f"Use quantiles, or one of: {', '.join(names)}.")
    return getattr(mapclassify, scheme)
