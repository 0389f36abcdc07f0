"""Why a ratio of sums is what it is: the change of tax per mu between two years, the gap to a benchmark.

Tax per mu of a whole is ``R = Σ T ÷ Σ A = Σ s·r`` over its parts, ``s`` the share of the land and ``r`` the
tax per mu of a part. The difference of two such figures is divided without a remainder:

- **efficiency** (效率效应) ``½(s₀+s₁)·(r₁−r₀)``: parts yield more or less on the same land;
- **structure** (结构效应) ``(½(r₀+r₁) − R̄)·(s₁−s₀)`` with ``R̄ = ½(R₀+R₁)``: land shifts to parts above or
  below the mean. ``Σ(s₁−s₀) = 0``, so ``R̄`` changes no sum; it makes the effect of a part mean something.

This is the symmetric (Marshall–Edgeworth) form, for two factors the Shapley value: J. W. Sun, "Changes in
energy consumption and energy intensity: a complete decomposition model", Energy Economics 20 (1998) 85–100.

The chain ``r = tax ÷ output · output ÷ land`` is divided by LMDI-I, additive: B. W. Ang, "The LMDI approach
to decomposition analysis: a practical guide", Energy Policy 33 (2005) 867–871; a factor that is zero on one
side takes the whole effect, the limit of B. W. Ang and N. Liu, "Handling zero values in the logarithmic mean
Divisia index decomposition approach", Energy Policy 35 (2007) 238–246. What has no logarithm (a refund larger
than the tax, tax without output) is not divided and says so.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from landeff.core.units import M2_PER_MU

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

#: Effects of the two forms, in their order; each sums with ``unsplit_cny_per_mu`` to ``effect_cny_per_mu``.
EFFECTS = ("efficiency_cny_per_mu", "structure_cny_per_mu")
CHAIN = ("rate_cny_per_mu", "intensity_cny_per_mu", "structure_cny_per_mu")
_SIDES = ("base_tax_cny", "base_area_m2", "tax_cny", "area_m2")


def decompose(base: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """The difference of tax per mu of two wholes, by part: efficiency and structure.

    Args:
        base: ``part``, ``tax_cny``, ``area_m2`` (m²) of the earlier year, or of the benchmark.
        now: the same of the later year, or of what is compared. A part that one of the two does not have was
            not there; NaN is unknown.

    Returns:
        A row a part, sorted, and first the whole (``part = ""``): ``base_tax_cny``, ``base_area_m2``,
        ``tax_cny``, ``area_m2``, ``base_cny_per_mu``, ``tax_cny_per_mu``, ``effect_cny_per_mu``,
        ``efficiency_cny_per_mu``, ``structure_cny_per_mu``, ``unsplit_cny_per_mu``,
        ``coverage_cny_per_mu`` and ``reason``.

        The effect of a part is ``s₁r₁ − s₀r₀ − R̄(s₁−s₀)`` among the parts known on both sides. A part that
        comes or goes is all structure. One with tax and without land (``tax_without_land``) is not divided.
        One whose tax or land is unknown has no effect that could be told (``tax_unknown``, ``land_unknown``):
        NaN, never 0. The whole is Σ known tax ÷ Σ land, the land of unknown tax with it, as it is published;
        ``coverage_cny_per_mu`` is what such parts do to its change. For the whole
        ``effect = Σ efficiency + Σ structure + Σ unsplit + coverage``; NaN where land is unknown.

    >>> base = pd.DataFrame({"part": ["a", "b"], "tax_cny": [10.0, 30.0], "area_m2": [2000 / 3, 2000 / 3]})
    >>> now = pd.DataFrame({"part": ["a", "b"], "tax_cny": [10.0, 80.0], "area_m2": [2000 / 3, 4000 / 3]})
    >>> made = decompose(base, now).set_index("part").round(6)
    >>> made.loc["", ["effect_cny_per_mu", "efficiency_cny_per_mu", "structure_cny_per_mu"]].tolist()
    [10.0, 5.833333, 4.166667]
    """
    table = _aligned(base, now)
    values = _Known(table)
    r0, r1 = values.ratios()
    efficiency = (values.s0 + values.s1) / 2 * (r1 - r0)
    structure = ((r0 + r1) / 2 - values.mean) * (values.s1 - values.s0)
    bare = values.without_land
    table["effect_cny_per_mu"] = values.told(values.effect)
    table["efficiency_cny_per_mu"] = values.told(np.where(bare, 0.0, efficiency))
    table["structure_cny_per_mu"] = values.told(np.where(bare, 0.0, structure))
    table["unsplit_cny_per_mu"] = values.told(np.where(bare, values.effect, 0.0))
    table["reason"] = values.reason(np.where(bare, "tax_without_land", ""))
    return _with_whole(table, [*EFFECTS])


def decompose_chain(base: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """The same difference by the chain tax per mu = tax ÷ output × output ÷ land, and the share of the land.

    Args:
        base: as for :func:`decompose`, with ``output_cny``.
        now: likewise.

    Returns:
        As :func:`decompose`, with ``rate_cny_per_mu`` (tax on output), ``intensity_cny_per_mu`` (output per
        mu), ``structure_cny_per_mu`` (share of the land) in place of its two effects, and both outputs
        (``base_output_cny``, ``output_cny``). ``Σ L(w₁,w₀)·ln(x₁/x₀)`` with ``w = s·r`` and
        ``L(a,b) = (a−b)/ln(a/b)``. A part is ``unsplit`` where its output is unknown
        (``output_unknown``), tax or output is negative (``negative``), or tax comes without output
        (``tax_without_output``).
    """
    table = _aligned(base, now, "output_cny")
    values = _Known(table)
    o0, o1 = table["base_output_cny"], table["output_cny"]
    reason = _chain_reason(values, o0, o1)
    splits = reason == ""
    w0, w1 = (np.where(splits, w, 0.0) for w in (values.w0, values.w1))
    shares, intensity, rate = _factors(values, o0, o1)
    effects = _lmdi(w0, w1, [rate, intensity, shares])
    effects[2] = effects[2] - values.mean * (values.s1 - values.s0)
    table["effect_cny_per_mu"] = values.told(values.effect)
    for name, effect in zip(CHAIN, effects, strict=True):
        table[name] = values.told(np.where(splits, effect, 0.0))
    table["unsplit_cny_per_mu"] = values.told(np.where(splits, 0.0, values.effect))
    table["reason"] = values.reason(reason)
    return _with_whole(table, [*CHAIN])


class _Known:
    """Shares, contributions and means over the parts that are known on both sides; per mu."""

    def __init__(self, table: dict[str, Any]) -> None:
        t0, a0, t1, a1 = (table[name] for name in _SIDES)
        self.land_unknown: Flags = np.isnan(a0) | np.isnan(a1)
        self.known: Flags = ~(self.land_unknown | np.isnan(t0) | np.isnan(t1))
        self.t0, self.a0, self.t1, self.a1 = (np.where(self.known, x, 0.0) for x in (t0, a0, t1, a1))
        # a whole without land has no figure at all
        whole0, whole1 = (_sum(land) / M2_PER_MU or np.nan for land in (self.a0, self.a1))
        self.s0, self.w0 = self.a0 / M2_PER_MU / whole0, self.t0 / whole0
        self.s1, self.w1 = self.a1 / M2_PER_MU / whole1, self.t1 / whole1
        self.mean = (_sum(self.w0) + _sum(self.w1)) / 2
        self.effect: Numbers = self.w1 - self.w0 - self.mean * (self.s1 - self.s0)
        self.without_land: Flags = ((self.a0 == 0) & (self.t0 != 0)) | ((self.a1 == 0) & (self.t1 != 0))

    def ratios(self) -> tuple[Numbers, Numbers]:
        """Tax per mu of each part on both sides; one that is not there yields what it yields where it is."""
        r0, r1 = _per_mu(self.t0, self.a0), _per_mu(self.t1, self.a1)
        return np.nan_to_num(np.where(self.a0 > 0, r0, r1)), np.nan_to_num(np.where(self.a1 > 0, r1, r0))

    def told(self, values: Numbers) -> Numbers:
        """Values of known parts, NaN for the others."""
        return np.where(self.known, values + 0.0, np.nan)  # no effect is 0, not -0

    def reason(self, of_known: Any) -> npt.NDArray[np.str_]:
        """Why a part has no effect, or one that is not divided."""
        unknown = np.where(self.land_unknown, "land_unknown", "tax_unknown")
        return np.where(self.known, of_known, unknown)


def _aligned(base: pd.DataFrame, now: pd.DataFrame, *more: str) -> dict[str, Any]:
    """Both sides on the same parts, sorted."""
    parts = pd.Index(sorted({*base["part"], *now["part"]}), dtype="object")
    table: dict[str, Any] = {"part": parts}
    for prefix, frame in (("base_", base), ("", now)):
        place = pd.Index(frame["part"].astype("object")).get_indexer(parts)
        table[f"{prefix}there"] = place >= 0  # one that was not there tells nothing of the tax of the others
        for name in ("tax_cny", "area_m2", *more):
            values = frame[name].to_numpy(dtype="float64", na_value=np.nan)
            there = np.append(values, 0.0)[place]  # place -1: it was not there, no land and no tax
            table[f"{prefix}{name}"] = there
    table["base_cny_per_mu"] = _per_mu(table["base_tax_cny"], table["base_area_m2"])
    table["tax_cny_per_mu"] = _per_mu(table["tax_cny"], table["area_m2"])
    return table


def _with_whole(table: dict[str, Any], effects: list[str]) -> pd.DataFrame:
    """The row of the whole before its parts: the published figures, and what unknown parts do to them."""
    sides = [name for name in table if name.removeprefix("base_") in ("tax_cny", "area_m2", "output_cny")]
    whole: dict[str, Any] = {"part": "", "reason": ""}
    whole |= {name: _sum(table[name], unknown=name.endswith("_m2")) for name in sides}
    for prefix, figure in (("base_", "base_cny_per_mu"), ("", "tax_cny_per_mu")):
        if np.isnan(table[f"{prefix}tax_cny"][table[f"{prefix}there"]]).all():
            whole[f"{prefix}tax_cny"] = np.nan
        whole[figure] = float(_per_mu(whole[f"{prefix}tax_cny"], whole[f"{prefix}area_m2"]))
    whole["effect_cny_per_mu"] = whole["tax_cny_per_mu"] - whole["base_cny_per_mu"]
    effects = [*effects, "unsplit_cny_per_mu"]
    whole |= {name: _sum(table[name]) for name in effects}
    known = table["effect_cny_per_mu"]
    missing = np.isnan(known).any()
    whole["coverage_cny_per_mu"] = whole["effect_cny_per_mu"] - _sum(known) if missing else 0.0
    table["coverage_cny_per_mu"] = np.full(len(known), np.nan)
    columns = ["part", *sides, "base_cny_per_mu", "tax_cny_per_mu", "effect_cny_per_mu", *effects]
    columns += ["coverage_cny_per_mu", "reason"]
    out = pd.DataFrame({name: [whole[name], *table[name]] for name in columns})
    return out.astype({"part": "str", "reason": "str"})


def _chain_reason(values: _Known, o0: Numbers, o1: Numbers) -> npt.NDArray[np.str_]:
    """Why the chain of a part cannot be divided; empty where it can."""
    negative = (values.t0 < 0) | (values.t1 < 0) | (o0 < 0) | (o1 < 0)
    no_output = ((values.t0 > 0) & (o0 == 0)) | ((values.t1 > 0) & (o1 == 0))
    reason = np.where(no_output, "tax_without_output", "")
    reason = np.where(negative, "negative", reason)
    reason = np.where(np.isnan(o0) | np.isnan(o1), "output_unknown", reason)
    return np.where(values.without_land, "tax_without_land", reason)


def _factors(values: _Known, o0: Numbers, o1: Numbers) -> list[tuple[Numbers, Numbers]]:
    """Share of land, output per mu and tax on output of both sides; 0 ÷ 0 is what the other side has."""
    with np.errstate(divide="ignore", invalid="ignore"):
        pairs = [(o0 / values.a0, o1 / values.a1), (values.t0 / o0, values.t1 / o1)]
    filled = [(np.where(np.isnan(x), y, x), np.where(np.isnan(y), x, y)) for x, y in pairs]
    return [(values.s0, values.s1), *filled]


def _lmdi(w0: Numbers, w1: Numbers, factors: list[tuple[Numbers, Numbers]]) -> list[Numbers]:
    """``L(w₁,w₀)·ln(x₁/x₀)`` of each factor; where a side is 0, the last factor that is 0 there takes all."""
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = [np.log(x1 / x0) for x0, x1 in factors]
        mean = np.where(np.isclose(w0, w1, rtol=1e-12, atol=0.0), (w0 + w1) / 2, (w1 - w0) / np.log(w1 / w0))
        effects = [np.nan_to_num(mean * log) for log in logs]
    at_zero = (w0 == 0) | (w1 == 0)
    free = at_zero.copy()
    for place in reversed(range(len(factors))):
        x0, x1 = factors[place]
        takes = free & ((x0 == 0) | (x1 == 0)) & (w0 != w1)
        effects[place] = np.where(at_zero, np.where(takes, w1 - w0, 0.0), effects[place])
        free &= ~takes
    return effects


def _per_mu(tax: Any, area: Any) -> Numbers:
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.asarray(tax, dtype="float64") / (np.asarray(area, dtype="float64") / M2_PER_MU)
    return np.where(np.asarray(area) > 0, ratio, np.nan)


def _sum(values: Any, *, unknown: bool = False) -> float:
    """Sum in an order of its own; NaN counts as nothing, or makes the sum unknown."""
    numbers = np.sort(np.asarray(values, dtype="float64"))
    return float(numbers.sum() if unknown else np.nansum(numbers))
