"""Scenarios against hand calculation, and what a project may ask for."""

from __future__ import annotations

import math
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from landeff.analysis.scenario import Scenario, level_by_zone, what_if
from landeff.core.dataset import Scopes
from landeff.core.units import M2_PER_MU, WAN
from landeff.pipeline.scenario_config import problems, scenarios_of
from landeff.pipeline.scenarios import scenarios_table

MU = M2_PER_MU
NAN = math.nan


def _land(*rows: tuple[Any, ...]) -> pd.DataFrame:
    """Rows of (zone, class, mu, tax, status, share that joins at least, at most)."""
    columns = ["zone_id", "category", "area_m2", "tax_cny", "status", "joins_low_ratio", "joins_high_ratio"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(area_m2=frame["area_m2"] * MU, is_uncleared=False)


ZONES = pd.DataFrame(
    {"zone_id": ["Y", "Z"], "tax_cny": [50.0, 100.0], "scope_area_m2": [10 * MU, 20 * MU], "area_m2": 1e6}
)


def test_one_zone_by_hand() -> None:
    """Half of the land at 3 per mu. Z has 100 on 20 mu: 5 per mu.

    4 mu of unknown tax: 2 put to use, + 6. 2 mu that pay 4 per mu already: left alone. 5 mu that pay 5:
    2½ put to use, 7½ in place of 2½, + 5. 7 mu unknown, 1 mu of other use: not touched.
    Tax 100 + 11 on 20 + 2 mu (the 4 mu join, the others are in): 111/22; if none joined 111/20.
    """
    land = _land(
        ("Z", "idle", 4, NAN, "free", 0, 1),
        ("Z", "idle", 2, 8.0, "free", 0, 0),
        ("Z", "low_efficiency", 5, 5.0, "free", 0, 0),
        ("Z", "idle", 7, 1.0, "unknown", 0, 0),
        ("Z", "idle", 1, NAN, "other_use", 0, 0),
    )
    rates = pd.Series({"Y": 3.0, "Z": 3.0})
    made = what_if(land, ZONES, rates, Scenario("", ("idle", "low_efficiency"), share_ratio=0.5))
    zone = made.set_index(["zone_id", "category"]).loc[("Z", "")]
    assert zone["put_area_m2"] / MU == pytest.approx(4.5)
    assert zone["tax_replaced_cny"] == pytest.approx(2.5)
    assert zone["tax_added_cny"] == pytest.approx(11.0)
    assert zone["already_area_m2"] / MU == pytest.approx(2)
    assert zone["unknown_area_m2"] / MU == pytest.approx(7)
    assert zone["other_use_area_m2"] / MU == pytest.approx(1)
    assert zone["tax_unknown_area_m2"] / MU == pytest.approx(2)
    assert zone["tax_cny_per_mu"] == pytest.approx(5.0)
    assert zone["after_low_cny_per_mu"] == pytest.approx(111 / 22)
    assert zone["after_high_cny_per_mu"] == pytest.approx(111 / 20)
    assert zone["n"] == 4  # what is unknown is not listed
    city = made.set_index(["zone_id", "category"]).loc[("", "")]
    assert city["after_low_cny_per_mu"] == pytest.approx(161 / 32)
    assert made["zone_id"].tolist() == [""] * 3 + ["Y"] * 3 + ["Z"] * 3


def test_land_without_a_level_is_not_put_to_use() -> None:
    land = _land(("Z", "idle", 4, NAN, "free", 0, 0))
    made = what_if(land, ZONES, pd.Series({"Y": 3.0, "Z": NAN}), Scenario("", ("idle",)))
    zone = made.set_index(["zone_id", "category"]).loc[("Z", "")]
    assert zone["no_rate_area_m2"] / MU == pytest.approx(4)
    assert zone["put_area_m2"] == zone["tax_added_cny"] == 0.0
    assert zone["after_low_cny_per_mu"] == pytest.approx(5.0)


def test_unknown_land_of_a_zone_leaves_all_zones_unknown() -> None:
    zones = ZONES.assign(scope_area_m2=[NAN, 20 * MU])
    land = _land(("Z", "idle", 4, NAN, "free", 0, 0))
    made = what_if(land, zones, pd.Series({"Y": 3.0, "Z": 3.0}), Scenario("", ("idle",)))
    rows = made.set_index(["zone_id", "category"])
    assert math.isnan(rows.loc[("", ""), "after_low_cny_per_mu"])
    assert rows.loc[("", ""), "tax_added_cny"] == pytest.approx(12.0)
    assert rows.loc[("Z", ""), "after_low_cny_per_mu"] == pytest.approx(112 / 20)


def test_levels() -> None:
    """Z: 1 mu pays 2, 3 mu pay 2⅔ each: 10 ÷ 4 = 2½, median 2⅓; Y: 1 mu pays 9; all: 19 ÷ 5."""
    rows = pd.DataFrame({"zone_id": ["Z", "Z", "Y"], "area_m2": [MU, 3 * MU, MU], "tax_cny": [2.0, 8.0, 9.0]})
    zones = pd.Series(["Y", "Z"])
    assert level_by_zone(rows, zones, "zone_performing").tolist() == pytest.approx([9, 2.5])
    assert level_by_zone(rows, zones, "zone_median").tolist() == pytest.approx([9, 7 / 3])
    assert level_by_zone(rows, zones, "city_performing").tolist() == pytest.approx([19 / 5] * 2)
    assert level_by_zone(rows, zones, "city_median").tolist() == pytest.approx([8 / 3] * 2)


def _tables() -> dict[str, pd.DataFrame]:
    """One zone of 100 mu: idle 10 mu, performing 20 mu paying 60, to be checked 5 mu, idle homes 3 mu."""
    parcels = gpd.GeoDataFrame(
        {
            "parcel_id": ["A", "B", "C", "D"],
            "basis_area_m2": np.array([10.0, 20.0, 5.0, 3.0]) * MU,
            "tax_cny": [NAN, 60.0 * WAN, NAN, NAN],
            "land_use_class": ["industrial", "industrial", "storage", "residential"],
            "state": ["idle", "performing", "to_be_checked", "idle"],
            "inventory_class": ["idle", "none", "idle_to_check", "idle"],
            "idle_verdict": ["hit", "clear", "unknown", "hit"],
        },
        geometry=[None] * 4,
    )
    pairs = pd.DataFrame({"parcel_id": list("ABCD"), "zone_id": "Z", "share_ratio": [1.0, 1.0, 1.0, 1.0]})
    zones = gpd.GeoDataFrame(
        {"zone_id": ["Z"], "name": ["园"], "parent_zone_id": [None], "tax_cny": [60.0 * WAN],
         "scope_area_m2": [40 * MU], "area_m2": [100 * MU]},
        geometry=[None],
    )  # fmt: skip
    rest = pd.DataFrame(
        {"zone_id": ["Z", "Z"], "area_m2": [6 * MU, 2 * MU], "land_class_code": ["0101", "0601"],
         "unsupplied_kind": ["ready", "to_withdraw"]}
    )  # fmt: skip
    return {"parcels": parcels, "parcel_zone": pairs, "zones": zones, "remainders": rest}


@pytest.mark.parametrize(
    ("land", "low", "high"),
    [
        ("boundary", 0, 0),
        ("parcels", 6, 6),  # the piece becomes a parcel
        ("industrial_supplied", 6, 6),
        ("matched", 16, 16),  # idle A has no tax yet
        ("developed", 6, 16),  # the piece is farmland; of A nobody knows
    ],
)
def test_what_joins_the_denominator(land: str, low: float, high: float) -> None:
    """At the level of B, 3 万元/亩: A and the piece of 6 mu are put to use; not C, D, what is withdrawn."""
    asked = Scenario("盘活", ("idle", "approved_unsupplied"), at="zone_performing")
    made = scenarios_table(_tables(), [asked], Scopes("tax_paid", land, "registered"))
    zone = made.set_index(["zone_id", "category"]).loc[("Z", "")]
    assert zone["rate_cny_per_mu"] == pytest.approx(3 * WAN)
    assert zone["put_area_m2"] / MU == pytest.approx(16)
    assert zone["tax_added_cny"] == pytest.approx(48 * WAN)
    assert zone["other_use_area_m2"] / MU == pytest.approx(5)
    assert zone["unknown_area_m2"] / MU == pytest.approx(5)
    assert (zone["joins_low_m2"] / MU, zone["joins_high_m2"] / MU) == pytest.approx((low, high))
    assert zone["after_low_cny_per_mu"] == pytest.approx(108 * WAN / (40 + high))


def test_no_scenario_unless_asked() -> None:
    made = scenarios_table(_tables(), [], Scopes("tax_paid", "parcels", "registered"))
    assert made.empty
    assert "after_low_cny_per_mu" in made


GOOD: dict[str, Any] = {"name": "a", "put_to_use": ["idle"], "tax_wan_per_mu": 20}


def test_a_scenario_of_the_project_file() -> None:
    assert list(problems([GOOD])) == []
    asked = scenarios_of({"scenarios": [{**GOOD, "share_ratio": 1, "target_wan_per_mu": 15}]})[0]
    assert asked == Scenario("a", ("idle",), "fixed", 20 * WAN, 1.0, 15 * WAN)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"put_to_use": ["idle_to_check"]}, "not known what it is"),
        ({"put_to_use": ["forest"]}, "is not one of"),
        ({"put_to_use": []}, "put_to_use is missing"),
        ({"put_to_use": ["idle", "idle"]}, "names a class twice"),
        ({"at": "zone_performing"}, "one of them"),
        ({"tax_wan_per_mu": None, "at": "nowhere"}, "is not one of zone_performing"),
        ({"tax_wan_per_mu": -1}, "must lie above 0"),
        ({"tax_wan_per_mu": True}, "wrong kind"),
        ({"share_ratio": 0}, "must lie above 0"),
        ({"share_ratio": 1.01}, "at most 1"),
        ({"name": " "}, "name is missing"),
        ({"tax": 20}, "is not known"),
    ],
)
def test_mistakes_are_told(change: dict[str, Any], told: str) -> None:
    raw = {key: value for key, value in {**GOOD, **change}.items() if value is not None}
    assert told in "\n".join(problems([raw]))


def test_names_are_used_once() -> None:
    assert "used twice" in "\n".join(problems([GOOD, GOOD]))
    assert list(problems("x")) == ["[[scenarios]] must be a list of tables"]


def test_a_range_of_refunds_is_in_order() -> None:
    """−100 + 4 on 20 mu, or on 24 if the land joins: −4.8 and −4."""
    refunds = ZONES.assign(tax_cny=[50.0, -100.0])
    land = _land(("Z", "idle", 4, NAN, "free", 0, 1))
    made = what_if(land, refunds, pd.Series({"Y": 1.0, "Z": 1.0}), Scenario("", ("idle",)))
    zone = made.set_index(["zone_id", "category"]).loc[("Z", "")]
    assert zone["after_low_cny_per_mu"] == pytest.approx(-4.8)
    assert zone["after_high_cny_per_mu"] == pytest.approx(-4.0)


def test_refunds_are_no_level() -> None:
    """A zone whose land in good use yields −1 per mu says nothing of what other land would yield."""
    rows = pd.DataFrame({"zone_id": ["Z", "Y"], "area_m2": [MU, MU], "tax_cny": [-1.0, 2.0]})
    zones = pd.Series(["Y", "Z"])
    for at in ("zone_performing", "zone_median"):
        assert level_by_zone(rows, zones, at).isna().tolist() == [False, True]
