"""Effects of the decomposition against hand calculation, written out beside each case."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from landeff.analysis.decomposition import decompose, decompose_chain
from landeff.core.units import M2_PER_MU


def _side(**parts: tuple[float, ...]) -> pd.DataFrame:
    """Parts as (tax, mu) or (tax, mu, output)."""
    rows = [(name, *values) for name, values in parts.items()]
    columns = ["part", "tax_cny", "area_m2", "output_cny"][: len(rows[0])]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(area_m2=frame["area_m2"] * M2_PER_MU)


def test_two_zones_by_hand() -> None:
    """a: 100 on 10 mu → 120 on 10 mu; b: 60 on 20 mu → 60 on 30 mu.

    R₀ = 160/30 = 5⅓, R₁ = 180/40 = 4½, R̄ = 4 11/12; s_a 1/3 → 1/4, s_b 2/3 → 3/4; r_a 10 → 12, r_b 3 → 2.
    efficiency a ½(1/3+1/4)·2 = 7/12, b ½(2/3+3/4)·(−1) = −17/24;
    structure a (11 − 59/12)·(−1/12) = −73/144, b (5/2 − 59/12)·(1/12) = −29/144; in all −5/6.
    """
    made = decompose(_side(a=(100, 10), b=(60, 20)), _side(a=(120, 10), b=(60, 30))).set_index("part")
    assert made.loc["a", "efficiency_cny_per_mu"] == pytest.approx(7 / 12)
    assert made.loc["b", "efficiency_cny_per_mu"] == pytest.approx(-17 / 24)
    assert made.loc["a", "structure_cny_per_mu"] == pytest.approx(-73 / 144)
    assert made.loc["b", "structure_cny_per_mu"] == pytest.approx(-29 / 144)
    assert made.loc["", "effect_cny_per_mu"] == pytest.approx(-5 / 6)
    assert made.loc["", "coverage_cny_per_mu"] == 0.0


def test_a_zone_that_enters_is_all_structure() -> None:
    """a stays 100 on 10 mu; b enters with 10 on 10 mu: R 10 → 5½, R̄ 7¾, Δs_a = −½, Δs_b = ½.

    a: (10 − 7¾)·(−½) = −9/8; b: (1 − 7¾)·½ = −27/8; in all −4½, and no efficiency at all.
    """
    made = decompose(_side(a=(100, 10)), _side(a=(100, 10), b=(10, 10))).set_index("part")
    assert made["efficiency_cny_per_mu"].tolist() == pytest.approx([0, 0, 0])
    assert made.loc[["a", "b"], "structure_cny_per_mu"].tolist() == pytest.approx([-9 / 8, -27 / 8])
    assert math.isnan(made.loc["b", "base_cny_per_mu"])


def test_unknown_tax_has_no_effect_and_is_told() -> None:
    """Published: 100/20 = 5 → (120+50)/20 = 8½. Known on both sides: a alone, 10 → 12. Coverage 3½−2 = 1½."""
    base = _side(a=(100, 10), b=(math.nan, 10))
    made = decompose(base, _side(a=(120, 10), b=(50, 10))).set_index("part")
    assert math.isnan(made.loc["b", "effect_cny_per_mu"])
    assert math.isnan(made.loc["b", "efficiency_cny_per_mu"])
    assert made.loc["b", "reason"] == "tax_unknown"
    assert made.loc["", "effect_cny_per_mu"] == pytest.approx(3.5)
    assert made.loc["", "efficiency_cny_per_mu"] == pytest.approx(2.0)
    assert made.loc["", "coverage_cny_per_mu"] == pytest.approx(1.5)


def test_unknown_land_leaves_the_whole_unknown() -> None:
    made = decompose(_side(a=(1, 1), b=(1, math.nan)), _side(a=(2, 1), b=(1, 1))).set_index("part")
    assert made.loc["b", "reason"] == "land_unknown"
    assert math.isnan(made.loc["", "effect_cny_per_mu"])
    assert math.isnan(made.loc["", "coverage_cny_per_mu"])


def test_tax_without_land_is_not_divided() -> None:
    """a 10 on 1 mu both times; b 4 without land → 6 without land: R 14 → 16, b's effect is 2, undivided."""
    made = decompose(_side(a=(10, 1), b=(4, 0)), _side(a=(10, 1), b=(6, 0))).set_index("part")
    assert made.loc["b", "unsplit_cny_per_mu"] == pytest.approx(2.0)
    assert made.loc["b", "reason"] == "tax_without_land"
    assert made.loc["", "effect_cny_per_mu"] == pytest.approx(2.0)


def test_nothing_on_one_side_is_unknown_not_zero() -> None:
    made = decompose(_side(a=(1, 0)), _side(a=(1, 2)))
    assert np.isnan(made["effect_cny_per_mu"]).all()


def test_chain_of_one_zone_by_hand() -> None:
    """Tax on output and output per mu both double: 1 → 4. L(4,1) = 3/ln 4; each effect 3·ln 2/ln 4 = 3/2."""
    made = decompose_chain(_side(a=(1, 1, 1)), _side(a=(4, 1, 2))).set_index("part")
    assert made.loc["a", ["rate_cny_per_mu", "intensity_cny_per_mu"]].tolist() == pytest.approx([1.5, 1.5])
    assert made.loc["", "structure_cny_per_mu"] == pytest.approx(0.0)


def test_chain_of_two_zones_against_the_formula_written_out() -> None:
    """Σ L(w₁,w₀)·ln(x₁/x₀) (Ang 2005, LMDI-I), in plain Python."""
    before, after = {"a": (30, 10, 300), "b": (20, 40, 400)}, {"a": (80, 40, 500), "b": (16, 40, 640)}
    land0, land1 = 50, 80
    effects = [0.0, 0.0, 0.0]
    for (t0, a0, o0), (t1, a1, o1) in zip(before.values(), after.values(), strict=True):
        w0, w1 = t0 / land0, t1 / land1
        mean = (w1 - w0) / math.log(w1 / w0)
        logs = [(t1 / o1) / (t0 / o0), (o1 / a1) / (o0 / a0), (a1 / land1) / (a0 / land0)]
        effects = [sum_ + mean * math.log(x) for sum_, x in zip(effects, logs, strict=True)]
    whole = decompose_chain(_side(**before), _side(**after)).iloc[0]
    names = ["rate_cny_per_mu", "intensity_cny_per_mu", "structure_cny_per_mu"]
    assert whole[names].tolist() == pytest.approx(effects)
    assert whole["effect_cny_per_mu"] == pytest.approx(96 / 80 - 50 / 50)


@pytest.mark.parametrize(
    ("base", "now", "takes", "effect"),
    [
        ((0, 1, 5), (3, 1, 5), "rate_cny_per_mu", 3.0),  # output without tax before: the rate begins
        ((0, 1, 0), (3, 1, 5), "intensity_cny_per_mu", 3.0),  # nothing made on the land before
        ((3, 1, 5), (0, 1, 0), "intensity_cny_per_mu", -3.0),
    ],
)
def test_chain_with_a_zero_goes_to_the_limit(
    base: tuple[float, ...], now: tuple[float, ...], takes: str, effect: float
) -> None:
    whole = decompose_chain(_side(a=base), _side(a=now)).iloc[0]
    assert whole[takes] == pytest.approx(effect)
    assert whole["effect_cny_per_mu"] == pytest.approx(effect)


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        ((-2, 1, 5), "negative"),
        ((2, 1, 0), "tax_without_output"),
        ((2, 1, math.nan), "output_unknown"),
        ((2, 0, 5), "tax_without_land"),
    ],
)
def test_chain_that_has_no_logarithm_says_so(now: tuple[float, ...], reason: str) -> None:
    base = _side(a=(1, 1, 5), b=(1, 1, 5))
    made = decompose_chain(base, _side(a=now, b=(1, 1, 5))).set_index("part")
    assert made.loc["a", "reason"] == reason
    assert made.loc["a", "rate_cny_per_mu"] == 0.0
    assert made.loc["a", "unsplit_cny_per_mu"] == pytest.approx(made.loc["a", "effect_cny_per_mu"])


def test_a_zone_that_enters_makes_no_known_tax_of_a_year_without_any() -> None:
    """a: tax unknown on 10 mu → 50; b enters. The base year has no figure, so no difference."""
    made = decompose(_side(a=(math.nan, 10)), _side(a=(50, 10), b=(30, 5))).set_index("part")
    assert math.isnan(made.loc["", "base_tax_cny"])
    assert math.isnan(made.loc["", "base_cny_per_mu"])
    assert math.isnan(made.loc["", "effect_cny_per_mu"])
