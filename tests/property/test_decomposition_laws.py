"""Decompositions sum to what they divide, whatever enters, leaves or is unknown, in whatever order."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from landeff.analysis.decomposition import CHAIN, EFFECTS, decompose, decompose_chain

_TAX = st.one_of(st.just(0.0), st.floats(-1e6, 1e9).map(lambda x: round(x, 2)), st.just(float("nan")))
_LAND = st.one_of(st.just(0.0), st.floats(1.0, 1e7).map(lambda x: round(x, 2)))
_OUTPUT = st.one_of(st.just(0.0), st.floats(1.0, 1e10).map(lambda x: round(x, 2)), st.just(float("nan")))


@st.composite
def _sides(draw: st.DrawFn) -> tuple[pd.DataFrame, pd.DataFrame]:
    made = []
    for _ in range(2):
        parts = draw(st.lists(st.sampled_from("abcdef"), unique=True, min_size=1))
        rows = [(part, draw(_TAX), draw(_LAND), draw(_OUTPUT)) for part in parts]
        made.append(pd.DataFrame(rows, columns=["part", "tax_cny", "area_m2", "output_cny"]))
    return made[0], made[1]


@settings(max_examples=25, deadline=None)
@given(_sides())
def test_effects_sum_to_the_difference(sides: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    for divide, names in ((decompose, EFFECTS), (decompose_chain, CHAIN)):
        made = divide(*sides)
        whole, parts = made.iloc[0], made.iloc[1:]
        size = np.nansum(np.abs(made[["base_cny_per_mu", "tax_cny_per_mu"]].to_numpy()))
        near = 1e-9 * (1.0 + size)
        split = parts[[*names, "unsplit_cny_per_mu"]].sum(axis=1, skipna=False)
        gap = (split - parts["effect_cny_per_mu"]).abs()
        assert (gap.dropna() <= near).all()
        assert parts["effect_cny_per_mu"].isna().equals(split.isna())
        if not np.isnan(whole["effect_cny_per_mu"]):
            told = whole[[*names, "unsplit_cny_per_mu", "coverage_cny_per_mu"]].sum()
            assert abs(told - whole["effect_cny_per_mu"]) <= near * 10


@settings(max_examples=40, deadline=None)
@given(_sides())
def test_turning_the_comparison_round_turns_every_sign(sides: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    """The forms are symmetric (time reversal)."""
    for divide, names in ((decompose, EFFECTS), (decompose_chain, CHAIN)):
        there, back = divide(*sides), divide(*reversed(sides))
        for name in (*names, "effect_cny_per_mu"):
            one, two = there[name].to_numpy(), -back[name].to_numpy()
            scale = 1.0 + np.nan_to_num(np.abs(there[["base_cny_per_mu", "tax_cny_per_mu"]].to_numpy())).max()
            np.testing.assert_allclose(one, two, rtol=1e-7, atol=1e-9 * scale)


@settings(max_examples=60, deadline=None)
@given(_sides(), st.randoms(use_true_random=False))
def test_order_of_rows_changes_no_bit(sides: tuple[pd.DataFrame, pd.DataFrame], chance: object) -> None:
    base, now = sides
    seed = chance.randint(0, 99)  # type: ignore[attr-defined]
    other = decompose(base.sample(frac=1, random_state=seed), now.sample(frac=1, random_state=seed))
    pd.testing.assert_frame_equal(decompose(base, now), other, check_exact=True)
