"""What a threshold would flag in a finished run, before an office writes one down."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
import pandas as pd

from landeff.analysis.thresholds import (
    DIRECTIONS,
    Candidate,
    Criterion,
    Direction,
    candidate_counts,
    compare_candidates,
    threshold_curve,
)
from landeff.core.columns import title
from landeff.core.dataset import Dataset
from landeff.core.errors import ConfigError
from landeff.core.text import Lang, Term
from landeff.core.units import M2_PER_MU, Unit, unit_of
from landeff.pipeline.result import Result, opened
from landeff.publish.findings_file import write_findings

#: Dimension of a column by the end of its name; a number without one needs no unit.
_DIMENSIONS = (("_per_mu", "money_per_mu"), ("_m2", "area"), ("_cny", "money"), ("_ratio", "ratio"))
_FAR = ("far_ratio", "known_far_ratio")
_POINTS = 20
_NUMBER = r"[+-]?\d+(?:\.\d+)?"
_RANGE = re.compile(
    rf"\s*({_NUMBER})\s*(?:\.\.|~|－|—)\s*({_NUMBER})(?:\s*(?:step|步长|@)\s*({_NUMBER}))?\s*(.*)"
)
_LIST = re.compile(rf"\s*({_NUMBER}(?:\s*[,，]\s*{_NUMBER})*)\s*(.*)")
_CRITERION = re.compile(rf"\s*(\w+)\s*(<=|>=|<|>)\s*({_NUMBER})\s*([^&]*?)\s*")


@dataclass(frozen=True, slots=True)
class Cuts:
    """Thresholds in the unit of the column, and the unit they were written in."""

    values: tuple[float, ...]
    unit: str
    factor: float


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What thresholds would flag.

    Attributes:
        dataset: the tables ``curve`` and, where two candidates were named, ``candidates`` and ``differences``
            (``docs/compare.md``).
    """

    dataset: Dataset

    @property
    def curve(self) -> pd.DataFrame:
        """A row a threshold; see :func:`landeff.analysis.thresholds.threshold_curve`."""
        return self.dataset.frame("curve")

    def table(self, name: str) -> pd.DataFrame:
        """One of the tables by name."""
        return self.dataset.frame(name)

    def save(self, path: str | Path, lang: Lang | None = None) -> Path:
        """Write an ``.xlsx`` workbook, an ``.html`` report with the curve, or a ``.csv`` of the table.

        Raises:
            ConfigError: the suffix is none of these.
            OutputError: the file cannot be written.
        """
        from landeff.publish import thresholds as package  # noqa: PLC0415  # the writers are slow to import

        return write_findings(self.dataset, Path(path), package, "curve", lang or self.dataset.meta.lang)

    def lines(self, lang: Lang | None = None) -> list[str]:
        """The tables in lines for a terminal."""
        return _lines(self.dataset, lang or self.dataset.meta.lang)


def thresholds(
    result: Result | str | Path,
    column: str,
    cuts: str | Sequence[float],
    *,
    direction: str = "<",
    area: str = "basis_area_m2",
    only: str = "",
    candidates: tuple[str, str] | None = None,
) -> Thresholds:
    """Parcels and land that each threshold on a column of ``parcels`` would flag.

    Args:
        result: a finished run, or the folder it was saved in.
        column: a numeric column of ``parcels``.
        cuts: numbers in the unit of the column (元/亩, m², ratio), or text with a unit:
            ``"5..40 step 5 万元/亩"``, ``"5,10,20 万元/亩"``, ``"0.3..0.8"`` (20 steps where none is given).
        direction: ``<``, ``<=``, ``>``, ``>=``: which side is flagged.
        area: column of the land that counts.
        only: ``column=value``: parcels that count at all, such as ``land_use_class=industrial``.
        candidates: two standards to lay side by side, each criteria joined by ``&``:
            ``"tax_cny_per_mu < 10万元/亩 & far_ratio < 1.0"``.

    Raises:
        ConfigError: a column, unit, direction or expression that is none.
    """
    run = opened(result)
    parcels = _counted(pd.DataFrame(run.table("parcels").drop(columns="geometry")), only)
    if direction not in DIRECTIONS:
        raise ConfigError(f"{direction!r} is no direction.", "use < <= > or >=")
    for name in (column, area):
        _numeric(parcels, name)
    at = parse_cuts(column, cuts) if isinstance(cuts, str) else Cuts(tuple(map(float, cuts)), "", 1.0)
    curve = threshold_curve(parcels[column], parcels[area], at.values, direction)
    shown = title(column)
    tables = {
        "curve": curve.assign(
            column=column,
            direction=direction,
            shown=curve["threshold"] / at.factor,
            unit=at.unit,
            title_zh=shown.zh,
            title_en=shown.en,
            counted=only,
        )
    }
    if candidates:
        one, two = (parse_candidate(text, parcels) for text in candidates)
        tables["candidates"] = candidate_counts(parcels, one, two, parcels[area]).assign(
            first_text=candidates[0], second_text=candidates[1]
        )
        tables["differences"] = compare_candidates(parcels, one, two, area=area)
    return Thresholds(Dataset(run.dataset.meta, tables))


def parse_cuts(column: str, text: str) -> Cuts:
    """Thresholds written with their unit, in the unit of the column.

    Raises:
        ConfigError: no numbers, a range that runs backwards, or a unit that is not one of the column.

    >>> parse_cuts("tax_cny_per_mu", "5..15 step 5 万元/亩").values
    (50000.0, 100000.0, 150000.0)
    """
    found = _RANGE.fullmatch(text)
    if found:
        first, last = float(found[1]), float(found[2])
        step = float(found[3]) if found[3] else (last - first) / _POINTS
        if not last > first or not step > 0 or (last - first) / step > 10_000:
            raise ConfigError(f"{text!r} is no range.", "write the lower end first: 5..40 step 5 万元/亩")
        n = int(np.floor((last - first) / step + 1e-9))
        numbers = [first + step * place for place in range(n + 1)]
        unit = found[4]
    else:
        listed = _LIST.fullmatch(text)
        if not listed:
            raise ConfigError(
                f"{text!r} has no thresholds.", "write 5..40 step 5 万元/亩, or 5,10,20 万元/亩"
            )
        numbers, unit = [float(each) for each in re.split(r"[,，]", listed[1])], listed[2]
    factor = _factor(column, unit)
    return Cuts(tuple(round(number * factor, 6) for number in numbers), unit.strip(), factor)


def parse_candidate(text: str, parcels: pd.DataFrame) -> Candidate:
    """A standard written as ``column < number unit``, several joined by ``&``.

    Raises:
        ConfigError: a part is no comparison, or names no numeric column.
    """
    criteria = []
    for part in text.split("&"):
        found = _CRITERION.fullmatch(part)
        if not found:
            raise ConfigError(
                f"{part.strip()!r} is no comparison.",
                "write e.g. tax_cny_per_mu < 10万元/亩 & far_ratio < 1.0",
            )
        column, direction, number, unit = found.groups()
        _numeric(parcels, column)
        value = float(number) * _factor(column, unit)
        criteria.append(Criterion(column, cast("Direction", direction), value))
    return Candidate(text.strip(), tuple(criteria))


def _factor(column: str, unit: str) -> float:
    """What one of ``unit`` is in the unit of the column."""
    dimension = next((name for end, name in _DIMENSIONS if column.endswith(end)), "")
    if column in _FAR:
        dimension = ""
    if not unit.strip():
        if dimension in ("", "ratio"):
            return 1.0
        raise ConfigError(
            f"Thresholds on {column} need a unit.", f"write it behind the numbers, e.g. {_usual(dimension)}"
        )
    known: Unit | None = unit_of(unit)
    if (
        dimension == "money_per_mu"
        and known is not None
        and known.dimension == "money"
        and not known.currency
    ):
        return known.factor  # 万元 of a column that is per mu
    if known is None or (dimension and known.dimension != dimension):
        raise ConfigError(f"{unit.strip()!r} is no unit of {column}.", f"use e.g. {_usual(dimension)}")
    return known.factor if dimension else 1.0


def _usual(dimension: str) -> str:
    return {"money_per_mu": "万元/亩", "area": "亩", "money": "万元", "ratio": "%"}.get(dimension, "no unit")


def _counted(parcels: pd.DataFrame, only: str) -> pd.DataFrame:
    if not only:
        return parcels
    column, equals, value = only.partition("=")
    if not equals or column.strip() not in parcels:
        raise ConfigError(f"{only!r} is no column=value.", "e.g. land_use_class=industrial")
    values = [each.strip() for each in value.split(",")]
    return parcels[parcels[column.strip()].astype("str").isin(values)]


def _numeric(parcels: pd.DataFrame, column: str) -> None:
    if column not in parcels:
        numbers = [str(name) for name in parcels.select_dtypes("number")]
        near = [name for name in numbers if column[:4] in name][:5] or numbers[:5]
        raise ConfigError(f"parcels have no column {column}.", f"use one of them, such as {', '.join(near)}")
    if not pd.api.types.is_numeric_dtype(parcels[column]) or pd.api.types.is_bool_dtype(parcels[column]):
        raise ConfigError(f"{column} holds no numbers.", "name a numeric column")


def _lines(dataset: Dataset, lang: Lang) -> list[str]:
    curve = dataset.frame("curve")
    first = curve.iloc[0]
    unit = f" {first['unit']}" if first["unit"] else ""
    head = Term(
        f"{first['title_zh']} {first['direction']} 门槛{unit}：宗数、亩、占已知面积",
        f"{first['title_en']} {first['direction']} threshold{unit}: parcels, mu, share of known land",
    )
    lines = [head.text(lang)]
    for row in curve.to_dict("records"):
        share = row["flagged_share_ratio"]
        bar = "█" * round(40 * share) if share == share else ""  # noqa: PLR0124 NaN
        told = f"{share:.1%}" if share == share else "—"  # noqa: PLR0124 NaN
        lines.append(
            f"{row['shown']:g}\t{row['n_flagged']}\t{row['flagged_area_m2'] / M2_PER_MU:,.2f}\t{told}\t{bar}"
        )
    unsure = first["unknown_area_m2"] / M2_PER_MU
    unknown = Term(
        f"另有 {first['n_unknown']} 宗 {unsure:,.2f} 亩数值不明，任何门槛都不计入",
        f"{first['n_unknown']} parcels, {unsure:,.2f} mu, are of unknown value: in none",
    )
    lines.append(unknown.text(lang))
    counts = dataset.frame("candidates")
    if counts.empty:
        return lines
    words = {
        "flagged": Term("标记", "flagged"),
        "clear": Term("不标记", "clear"),
        "unknown": Term("不明", "unknown"),
    }
    one, two = counts["first_text"].iloc[0], counts["second_text"].iloc[0]
    lines.append(Term(f"甲：{one}；乙：{two}", f"A: {one}; B: {two}").text(lang))
    for row in counts[counts["n"] > 0].to_dict("records"):
        one, two = (words[row[side]].text(lang) for side in ("first", "second"))
        lines.append(f"{one} / {two}\t{row['n']}\t{row['area_m2'] / M2_PER_MU:,.2f}")
    return lines
