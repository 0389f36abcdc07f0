"""Coverage and FAR of four square parcels, every figure worked out in the comments."""

import datetime as dt

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from four_squares import box, layer, project

import landeff
from landeff.measure.area import fit_area_scale
from landeff.measure.buildings import far_factor, floor_area_m2, ground_counted_once


def run(buildings: gpd.GeoDataFrame, **sources) -> landeff.Result:
    raw = project()
    raw["sources"] |= {"buildings": {"data": buildings}, **sources}
    raw["project"]["as_of"] = dt.date(2024, 12, 31)
    return landeff.run(raw)


@pytest.fixture(scope="module")
def city():
    """A and B are industrial, C residential, each 500 × 1 000 m; D, half of that, lies outside the zones.

    K1  100 × 100 in A, 2 storeys, 12 m          K5  in C, one storey of 12 m: residential
    K2  100 × 100 in A, one storey of 9 m        K6  in C, height and storeys unknown, 30 000 m² stated
    K3  200 × 100 across the zones' border in B,  K7  200 × 100, half of it in C and half off all parcels
        storeys unknown                          K8  off all parcels
    K4  100 × 100 in B, 4 storeys of 4 m
    """
    return run(
        layer(
            [
                box(100, 100, 200, 200), box(300, 100, 400, 200), box(1900, 100, 2100, 200),
                box(2300, 100, 2400, 200), box(3100, 100, 3200, 200), box(3300, 100, 3400, 200),
                box(3900, 100, 4100, 200), box(2600, 600, 2700, 700),
            ],
            building_id=[f"K{number}" for number in range(1, 9)],
            n_floors=pd.array([2, 1, None, 4, 1, None, 3, 5], dtype="Int64"),
            height_m=[12.0, 9.0, None, 16.0, 12.0, None, 9.0, 15.0],
            floor_area_m2=pd.array([None, None, None, None, None, 30_000.0, None, None], dtype="Float64"),
        )
    )  # fmt: skip


def of(result, parcel):
    return result.parcels.set_index("parcel_id").loc[parcel]


def test_a_storey_above_8_m_counts_twice_on_industrial_land(city):
    a = of(city, "A")  # 10 000 × 2 storeys of 6 m, and 10 000 × 1 storey of 9 m, doubled
    assert a["floor_area_m2"] == pytest.approx(30_000, rel=1e-3)  # plane metres: 1e-4 off the ellipsoid
    assert a["far_floor_area_m2"] == pytest.approx(40_000, rel=1e-3)
    assert a["far_ratio"] == pytest.approx(40_000 / 500_000, rel=1e-6)  # of the same plane: the scale cancels
    assert a["building_coverage_ratio"] == pytest.approx(20_000 / 500_000, rel=1e-6)
    assert a["n_buildings"] == 2


def test_unknown_storeys_make_far_unknown_beside_its_known_part(city):
    b = of(city, "B")
    assert pd.isna(b["floor_area_m2"])
    assert pd.isna(b["far_ratio"])
    assert b["known_far_ratio"] == pytest.approx(40_000 / 500_000, rel=1e-6)  # K4: 4 × 10 000
    assert b["building_coverage_ratio"] == pytest.approx(
        30_000 / 500_000, rel=1e-6
    )  # K3 stands, as tall as may be


def test_the_rule_is_for_industry_and_a_stated_floor_area_wins(city):
    c = of(city, "C")  # K5 10 000 × 1, K6 30 000 stated, half of K7: 10 000 × 3
    assert c["floor_area_m2"] == pytest.approx(70_000, rel=1e-3)
    assert c["far_floor_area_m2"] == pytest.approx(c["floor_area_m2"])
    assert c["known_far_ratio"] == pytest.approx(c["far_ratio"])


def test_shares_of_a_building(city):
    rows = city.table("parcel_building").set_index(["parcel_id", "building_id"])
    assert rows.loc[("C", "K7"), "share_ratio"] == pytest.approx(0.5, abs=1e-4)
    assert rows.loc[("C", "K6"), "share_ratio"] == pytest.approx(1.0)
    assert "K8" not in rows.index.get_level_values("building_id")


def test_no_building_is_none_in_a_zone_the_layer_knows_and_unknown_elsewhere():
    result = run(layer([box(100, 100, 200, 200)], building_id=["K"], n_floors=[1]))
    b, c, d = (of(result, parcel) for parcel in "BCD")
    assert of(result, "A")["n_buildings"] == 1
    for parcel in (b, c, d):  # Z2 has no building at all, D lies in no zone, B is half in Z2
        assert pd.isna(parcel["building_coverage_ratio"])
    both = run(layer([box(100, 100, 200, 200), box(3100, 100, 3200, 200)], building_id=["K", "L"]))
    assert of(both, "B")["building_coverage_ratio"] == 0.0
    assert of(both, "B")["far_ratio"] == 0.0


def test_floors_of_unknown_height_count_once_at_least():
    a = of(run(layer([box(100, 100, 200, 200)], building_id=["K"], n_floors=[2])), "A")
    assert a["floor_area_m2"] == pytest.approx(20_000, rel=1e-3)
    assert pd.isna(a["far_ratio"])  # two storeys of up to 8 m, or above?
    assert a["known_far_ratio"] == pytest.approx(20_000 / 500_000, rel=1e-6)


def test_a_row_set_aside_leaves_its_parcel_unknown():
    frame = layer(
        [
            box(100, 100, 200, 200),
            box(100, 300, 200, 400),
            box(100, 300, 200, 400),
            box(3100, 100, 3200, 200),
        ],
        building_id=["K", "L", "L", "M"],
        n_floors=[1, 2, 3, 1],
        height_m=[4.0, 8.0, 8.0, 4.0],
    )
    a = of(run(frame), "A")
    assert pd.isna(a["building_coverage_ratio"])
    assert pd.isna(a["n_buildings"])
    assert a["known_far_ratio"] == pytest.approx(10_000 / 500_000, rel=1e-6)


def test_ledger_of_footprints(city):
    lines = city.table("ledger").query("measure == 'buildings_area'").set_index("entry")["value"]
    # K1–K8: 10 + 10 + 20 + 10 + 10 + 10 + 20 + 10 thousand; half of K7 and all of K8 are off parcels
    assert lines["total_in"] == pytest.approx(100_000, rel=1e-3)
    assert lines["on_parcels"] == pytest.approx(80_000, rel=1e-3)
    assert lines["off_parcels"] == pytest.approx(20_000, rel=1e-3)
    assert lines["total_in"] == pytest.approx(lines["on_parcels"] + lines["off_parcels"], abs=1e-6)


def test_far_away_buildings_stay_in_the_ledger():
    frame = layer([box(100, 100, 200, 200), box(50_000, 100, 50_100, 200)], building_id=["K", "L"])
    lines = run(frame).table("ledger").query("measure == 'buildings_area'").set_index("entry")["value"]
    assert lines["off_parcels"] == pytest.approx(10_000, rel=1e-3)


def test_ground_under_two_buildings_is_counted_once_for_the_taller():
    tower, podium = box(20, 20, 40, 40), box(0, 0, 100, 100)
    scale = fit_area_scale("EPSG:4528", podium.bounds)
    ground, found = ground_counted_once([podium, tower], [3, 20], scale)
    assert ground[1].equals(tower)
    assert ground[0].equals(podium.difference(tower))
    assert found[["first", "second"]].to_numpy().tolist() == [[1, 0]]
    assert scale.area_m2(ground).sum() == pytest.approx(scale.area_m2([podium])[0])


@pytest.mark.parametrize(
    ("floors", "height", "industrial", "factor"),
    [
        (1, 8.0, 1, 1),  # exactly 8 m is not above 8 m
        (1, 8.01, 1, 2),
        (2, 16.0, 1, 1),
        (2, 16.5, 1, 2),
        (np.nan, 7.0, 1, 1),  # no storey of a building of 7 m is higher than 8 m
        (np.nan, 12.0, 1, np.nan),
        (3, np.nan, 1, np.nan),
        (1, 0.0, 1, np.nan),  # 0 m is not measured
        (0, 9.0, 1, np.nan),
        (1, 12.0, 0, 1),
        (3, np.nan, 0, 1),
        (1, 12.0, np.nan, np.nan),  # use unknown, and it matters
        (1, 5.0, np.nan, 1),  # use unknown, and it does not
    ],
)
def test_far_factor(floors, height, industrial, factor):
    assert far_factor([floors], [height], [industrial])[0] == pytest.approx(factor, nan_ok=True)


def test_floor_area_is_never_nought_for_unknown():
    assert np.isnan(floor_area_m2([100.0], [np.nan], [np.nan])[0])
    assert np.isnan(floor_area_m2([100.0], [0], [np.nan])[0])
