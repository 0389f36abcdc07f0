"""What if, asked of a finished run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from landeff.analysis.scenario import LEVELS
from landeff.core.dataset import Dataset
from landeff.core.errors import ConfigError
from landeff.core.text import Lang, Term
from landeff.core.units import WAN, unit_of
from landeff.pipeline.result import Result, opened
from landeff.pipeline.scenario_config import problems, scenarios_of
from landeff.pipeline.scenarios import scenarios_table
from landeff.publish.fields import number_text
from landeff.publish.fields import unit_of as unit_name
from landeff.publish.terms import term

_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(\S.*)\s*")


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A scenario on a finished run.

    Attributes:
        dataset: the facts of the run and the table ``scenarios`` (``docs/tables.md``).
    """

    dataset: Dataset

    @property
    def table(self) -> pd.DataFrame:
        """``scenarios``: a row a zone and class of land; the sums have an empty code."""
        return self.dataset.frame("scenarios")

    def save(self, path: str | Path, lang: Lang | None = None) -> Path:
        """Write an ``.xlsx`` workbook, an ``.html`` report or a ``.csv`` of the table.

        Raises:
            ConfigError: the suffix is none of these.
            OutputError: the file cannot be written.
        """
        from landeff.publish import scenario as package  # noqa: PLC0415  # the writers are slow to import
        from landeff.publish.findings_file import write_findings  # noqa: PLC0415

        return write_findings(self.dataset, Path(path), package, "scenarios", lang or self.dataset.meta.lang)

    def lines(self, lang: Lang | None = None) -> list[str]:
        """The zones in lines for a terminal."""
        return _lines(self.table, lang or self.dataset.meta.lang, self.dataset.meta.currency)


def scenario(
    result: Result | str | Path,
    put_to_use: Sequence[str],
    at: str | float,
    *,
    share_ratio: float = 1.0,
    target: str | float | None = None,
    name: str = "",
) -> WhatIf:
    """Land put to use at a tax per mu, and what becomes of the zones' figures.

    Args:
        result: a finished run, or the folder it was saved in.
        put_to_use: inventory classes: ``idle``, ``approved_unsupplied``, ``low_efficiency`` …
        at: tax per mu of that land: a number in 元/亩, text with a unit (``"20 万元/亩"``), or where it is
            taken from: ``zone_performing``, ``zone_median``, ``city_performing``, ``city_median``.
        share_ratio: part of the land that is put to use.
        target: what to hold the result against, in 元/亩 or with a unit.
        name: what to call it.

    Raises:
        ConfigError: a class, level, share or unit that is none; all are listed.
    """
    run = opened(result)
    raw: dict[str, Any] = {"name": name or "试算", "put_to_use": list(put_to_use), "share_ratio": share_ratio}
    if isinstance(at, str) and not _NUMBER.fullmatch(at):
        raw["at"] = at
    else:
        raw["tax_wan_per_mu"] = _wan(at)
    if target is not None:
        raw["target_wan_per_mu"] = _wan(target)
    wrong = list(problems([raw]))
    if wrong:
        raise ConfigError("\n  ".join(wrong), f"write a number with its unit, or one of {', '.join(LEVELS)}")
    asked = scenarios_of({"scenarios": [raw]})
    meta = run.dataset.meta
    made = scenarios_table(run.dataset.tables, asked, meta.scopes)
    return WhatIf(Dataset(meta, {"scenarios": made, "benchmarks": run.table("benchmarks")}))


def _wan(value: str | float) -> float:
    """万元/亩 out of a number in 元/亩, or of text with a unit."""
    if not isinstance(value, str):
        return float(value) / WAN
    found = _NUMBER.fullmatch(value)
    unit = unit_of(found[2]) if found else None
    if found is None or unit is None or unit.dimension != "money_per_mu":
        raise ConfigError(f"{value!r} is no tax per mu.", "write e.g. 20 万元/亩")
    return float(found[1]) * unit.factor / WAN


def _lines(table: pd.DataFrame, lang: Lang, currency: str) -> list[str]:
    money, per_mu = (unit_name(kind, lang, currency) for kind in ("wan", "wan_per_mu"))
    head = Term(
        f"园区\t投入使用（亩）\t新增税收（{money}）\t亩均税收（{per_mu}）：现在 → 之后\t不明（亩）",
        f"zone\tput to use (mu)\ttax added ({money})\ttax per mu ({per_mu}): now → then\tunknown (mu)",
    )
    lines = [head.text(lang)]
    for row in table[table["category"] == ""].to_dict("records"):
        name = row["zone_name"] if row["zone_id"] else term("place_kind", "city").text(lang)
        low, high = (number_text(row[f"after_{side}_cny_per_mu"], "wan_per_mu") for side in ("low", "high"))
        after = low if low == high else f"{low}–{high}"
        put, added = number_text(row["put_area_m2"], "mu"), number_text(row["tax_added_cny"], "wan")
        now, open_ = (
            number_text(row["tax_cny_per_mu"], "wan_per_mu"),
            number_text(row["unknown_area_m2"], "mu"),
        )
        lines.append(f"{name}\t{put}\t{added}\t{now} → {after}\t{open_}")
    return lines
