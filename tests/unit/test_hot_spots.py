"""The statistic of hot spots, against hand calculations, esda and scipy."""

import numpy as np
import pandas as pd
import pytest

from landeff.analysis.hot_spots import (
    benjamini_hochberg,
    find_hot_spots,
    gi_star,
    ranks,
)

MU = 10_000 / 15


def row_of(n, step=100.0):
    return np.column_stack([np.arange(n) * step, np.zeros(n)])


def scattered(n, seed, width=5_000.0):
    """Places and skewed money with many zeros, as it is."""
    random = np.random.default_rng(seed)
    money = random.lognormal(1.0, 1.5, n)
    money[random.random(n) < 0.1] = 0.0
    return random.uniform(0, width, (n, 2)), money


def test_a_row_by_hand():
    """36 parcels of 1 mu, 100 m apart, 1 … 36 yuan; within 400 m of the fifth lie the first nine.

    Ranks 1 … 36: mean 18.5, s² = (36² − 1) ÷ 12 = 107.9167, s = 10.38830.
    Σ 1 … 9 = 45; 45 − 9 × 18.5 = −121.5; √(9 × 27 ÷ 35) = 2.634930; z = −121.5 ÷ 27.37246 = −4.43877.
    Money per mu: 45 ÷ 9 = 5; of all 666 ÷ 36 = 18.5. Mean rank 5 of 36: (5 − 0.5) ÷ 36 = 0.125.
    """
    found = find_hot_spots(row_of(36), np.arange(1.0, 37.0), np.full(36, MU), distance_m=400.0)
    fifth = found.iloc[4]
    assert fifth["gi_z"] == pytest.approx(-4.43877, abs=1e-5)
    assert fifth["p_value"] == pytest.approx(9.05e-6, rel=1e-2)  # 2 × Φ(−4.43877), table of the normal
    assert (fifth["n_neighbours"], fifth["effective_parcels"]) == (8, 9.0)
    assert fifth["local_cny_per_mu"] == pytest.approx(5.0)
    assert fifth["overall_cny_per_mu"] == pytest.approx(18.5)
    assert fifth["local_rank_ratio"] == pytest.approx(0.125)
    assert fifth["class"] == "cold_99"
    assert found["class"].iloc[31] == "hot_99"
    assert set(found["class"].iloc[[0, 3, 32, 35]]) == {
        "not_assessable"
    }  # the ends see fewer than eight others
    assert found["gi_z"].iloc[[0, 3]].isna().all()


def test_parcels_of_one_firm_count_about_once_by_hand():
    """The first three of the nine belong to one firm: Σ m² = 3² + 6 × 1² = 15, effective 81 ÷ 15 = 5.4.

    z = −121.5 ÷ (10.38830 × √(15 × 27 ÷ 35)) = −121.5 ÷ 35.33770 = −3.43825; shown with a least of four.
    """
    holder = np.arange(36)
    holder[:3] = 0
    row = row_of(36), np.arange(1.0, 37.0), np.full(36, MU)
    some = find_hot_spots(*row, holder=holder, distance_m=400.0, min_neighbours=4).iloc[4]
    assert some["gi_z"] == pytest.approx(-3.43825, abs=1e-5)
    assert some["effective_parcels"] == pytest.approx(5.4)
    assert find_hot_spots(*row, holder=holder, distance_m=400.0).iloc[4]["class"] == "not_assessable"


def test_as_esda_has_it():
    """Gi* of the same ranks, by esda (BSD-3): z and p of every parcel."""
    esda = pytest.importorskip("esda.getisord")
    weights = pytest.importorskip("libpysal.weights")
    xy, money = scattered(300, seed=3)
    found = find_hot_spots(xy, money, np.ones(300), distance_m=800.0)
    around = weights.DistanceBand(xy, 800.0, silence_warnings=True)
    other = esda.G_Local(ranks(money), around, transform="B", permutations=0, star=True)
    said = found["gi_z"].notna().to_numpy()
    assert said.sum() > 250
    np.testing.assert_allclose(found["gi_z"][said], other.Zs[said], atol=1e-9)
    np.testing.assert_allclose(found["p_value"][said], 2 * other.p_norm[said], atol=1e-9)


def test_as_scipy_has_the_rank_sum_test_and_the_control():
    stats = pytest.importorskip("scipy.stats")
    xy, money = scattered(200, seed=4)
    found = find_hot_spots(xy, money, np.ones(200), distance_m=900.0)
    said = found.index[found["gi_z"].notna()]
    for place in said[::20]:
        near = ((xy - xy[place]) ** 2).sum(axis=1) <= 900.0**2
        test = stats.mannwhitneyu(money[near], money[~near], use_continuity=False, method="asymptotic")
        assert found["p_value"][place] == pytest.approx(test.pvalue, abs=1e-12)
    p = found["p_value"][said].to_numpy()
    np.testing.assert_allclose(benjamini_hochberg(p), stats.false_discovery_control(p), atol=1e-12)


def test_chance_alone_makes_no_hot_spots():
    """60 maps without any pattern, skewed money, a third of the firms on two parcels side by side.

    By rank and firm a map in twenty may show anything; by raw figures nearly all of them do.
    """
    xy, _ = scattered(400, seed=1)
    beside = np.lexsort((xy[:, 1], xy[:, 0] // 250))
    holder = np.empty(400, dtype=np.int64)
    holder[beside] = np.r_[np.repeat(np.arange(100), 2), np.arange(100, 300)]
    random = np.random.default_rng(2)
    ours = raw = 0
    for _ in range(60):
        value = random.lognormal(0.0, 1.5, 300)[holder]
        found = find_hot_spots(xy, value, np.ones(400), holder=holder, distance_m=700.0)
        ours += int((found["p_adjusted"] <= 0.05).any())
        near = ((xy[:, None, :] - xy[None, :, :]) ** 2).sum(axis=2) <= 700.0**2
        n = near.sum(axis=1)
        z = gi_star(near @ value, n, n.astype(float), value)[n >= 9]
        raw += int((np.abs(z) > 4.0).any())  # beyond 4 by chance: 1 in 16,000 of a normal
    assert ours <= 3
    assert raw >= 30


def test_an_unknown_parcel_is_nobodys_neighbour():
    money = np.arange(1.0, 41.0)
    xy, area = row_of(40), np.full(40, MU)
    without = find_hot_spots(np.delete(xy, 20, axis=0), np.delete(money, 20), np.delete(area, 20))
    for unknown in (
        (np.where(np.arange(40) == 20, np.nan, money), area),
        (money, np.where(np.arange(40) == 20, np.nan, area)),
        (money, np.where(np.arange(40) == 20, 0.0, area)),
    ):
        found = find_hot_spots(xy, *unknown)
        assert found["class"].iloc[20] == "unknown"
        assert found.drop(columns="class").iloc[20].isna().all()
        pd.testing.assert_frame_equal(found.drop(index=20).reset_index(drop=True), without)


def test_a_parcel_without_a_place_is_not_assessed():
    xy = row_of(40)
    xy[5] = np.nan
    found = find_hot_spots(xy, np.arange(40.0), np.ones(40), distance_m=500.0)
    assert found["class"].iloc[5] == "not_assessable"
    assert found["value_cny_per_mu"].iloc[5] == pytest.approx(5 * MU)
    assert found["class"].ne("unknown").all()


def test_equal_values_are_no_pattern():
    """Also where the share of a firm's money is equal but for the last digits."""
    area = np.linspace(900.0, 1700.0, 40)
    found = find_hot_spots(row_of(40), 1e7 * (area / area.sum()), area, distance_m=500.0)
    assert set(found["class"]) == {"not_assessable", "not_significant"}
    assert found["gi_z"].dropna().eq(0.0).all()
    assert found["p_value"].dropna().eq(1.0).all()


@pytest.mark.parametrize("n", [0, 1, 2, 29])
def test_few_parcels_are_not_assessed(n):
    found = find_hot_spots(row_of(n), np.arange(float(n)), np.ones(n))
    assert found["class"].tolist() == ["not_assessable"] * n
    assert str(found["n_neighbours"].dtype) == "Int64"


def test_where_all_are_neighbours_nothing_is_compared():
    found = find_hot_spots(row_of(40, step=1.0), np.arange(40.0), np.ones(40))
    assert set(found["class"]) == {"not_assessable"}
    assert found["n_neighbours"].eq(39).all()


def test_many_small_plots_of_high_figures_do_not_outweigh_the_land():
    """Eleven workshops of 0.1 mu at 50 yuan per mu around a works of 100 mu at 1: high ranks, low land.

    Of sums there (55 + 100) ÷ 101.1 = 1.53 yuan per mu; of all, with 29 of 1 mu at 10, 445 ÷ 130.1 = 3.42.
    """
    xy = np.r_[row_of(12, step=10.0), row_of(29, step=10.0) + np.array([0.0, 50_000.0])]
    area = np.r_[np.full(11, 0.1), 100.0, np.ones(29)] * MU
    money = np.r_[np.full(11, 5.0), 100.0, np.linspace(9.0, 11.0, 29)]
    found = find_hot_spots(xy, money, area, distance_m=500.0)
    first = found.iloc[0]
    assert first["gi_z"] > 3
    assert first["local_cny_per_mu"] == pytest.approx(155 / 101.1)
    assert first["overall_cny_per_mu"] == pytest.approx(445 / 130.1)
    assert first["class"] == "mixed"
