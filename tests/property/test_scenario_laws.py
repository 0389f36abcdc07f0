"""Scenarios move land and tax; they make and lose none."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from landeff.analysis.scenario import AREAS, Scenario, what_if

CLASSES = ("idle", "low_efficiency")
ZONES = pd.DataFrame({"zone_id": ["Y", "Z"], "tax_cny": [5e6, 1e7], "scope_area_m2": [1e5, 2e5]})

_PIECE = st.tuples(
    st.sampled_from(["Y", "Z"]),
    st.sampled_from(CLASSES),
    st.floats(1.0, 1e5),
    st.one_of(st.none(), st.floats(0.0, 1e7)),
    st.sampled_from(["free", "free", "other_use", "unknown"]),
)
_PIECES = st.lists(_PIECE, max_size=12)


def _land(pieces: list[tuple[str, str, float, float | None, str]]) -> pd.DataFrame:
    frame = pd.DataFrame(pieces, columns=["zone_id", "category", "area_m2", "tax_cny", "status"])
    frame = frame.astype({"area_m2": "float64", "tax_cny": "float64"})
    return frame.assign(is_uncleared=False, joins_low_ratio=0.0, joins_high_ratio=1.0)


def _made(
    land: pd.DataFrame, rate: float = 5e4, share: float = 1.0, rates: pd.Series | None = None
) -> pd.DataFrame:
    given_rates = pd.Series({"Y": rate, "Z": rate}) if rates is None else rates
    return what_if(land, ZONES, given_rates, Scenario("", CLASSES, share_ratio=share))


@settings(max_examples=15, deadline=None)
@given(_PIECES, st.floats(0.05, 1.0), st.booleans())
def test_land_is_conserved(
    pieces: list[tuple[str, str, float, float | None, str]], share: float, known: bool
) -> None:
    land = _land(pieces)
    made = _made(land, share=share, rates=pd.Series({"Y": 5e4 if known else np.nan, "Z": 5e4}))
    parts = made[list(AREAS[1:])].sum(axis=1)
    np.testing.assert_allclose(parts, made["listed_area_m2"], rtol=1e-12, atol=1e-6)
    whole = made["listed_area_m2"] + made["unknown_area_m2"]
    city = made[(made["zone_id"] == "") & (made["category"] == "")].index[0]
    np.testing.assert_allclose(whole[city], land["area_m2"].sum(), rtol=1e-12)
    for name in (*AREAS, "tax_added_cny", "unknown_area_m2"):
        zones = made[(made["zone_id"] != "") & (made["category"] == "")][name].sum()
        by_class = made[(made["zone_id"] == "") & (made["category"] != "")][name].sum()
        np.testing.assert_allclose([zones, by_class], made.loc[city, name], rtol=1e-12, atol=1e-6)


@settings(max_examples=12, deadline=None)
@given(_PIECES, st.floats(0.05, 1.0))
def test_a_share_is_a_share(pieces: list[tuple[str, str, float, float | None, str]], share: float) -> None:
    whole, part = _made(_land(pieces)), _made(_land(pieces), share=share)
    for name in ("put_area_m2", "tax_added_cny", "joins_high_m2"):
        np.testing.assert_allclose(part[name], whole[name] * share, rtol=1e-9, atol=1e-6)


@settings(max_examples=12, deadline=None)
@given(_PIECES, st.floats(1e3, 1e5), st.floats(1.0, 3.0))
def test_a_higher_level_never_adds_less(
    pieces: list[tuple[str, str, float, float | None, str]], rate: float, times: float
) -> None:
    low, high = _made(_land(pieces), rate), _made(_land(pieces), rate * times)
    assert (low["tax_added_cny"] >= -1e-6).all()
    assert (high["tax_added_cny"] >= low["tax_added_cny"] - 1e-6).all()
    told = high[high["category"] == ""]
    assert (told["after_low_cny_per_mu"] <= told["after_high_cny_per_mu"] + 1e-9).all()


@settings(max_examples=6, deadline=None)
@given(_PIECES, st.integers(0, 99))
def test_order_of_rows_changes_no_bit(
    pieces: list[tuple[str, str, float, float | None, str]], seed: int
) -> None:
    land = _land(pieces)
    other = land.sample(frac=1, random_state=seed)
    pd.testing.assert_frame_equal(_made(land), _made(other), check_exact=True)
