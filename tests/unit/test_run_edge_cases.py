"""What plausible mistakes in a project or its files come to: told, booked or refused, never a wrong figure.

The world is ``tests/support/four_squares.py``: A, B and D belong to H1, H2 and H4, T rents a third of A;
their tax is 100, 60, 8 and 20 (万元).
"""

import datetime as dt

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from four_squares import E, N, box, layer, project, sources

import landeff
from landeff.core.errors import ConfigError, InputError, ProblemsError


def ledger(result, measure="tax_paid"):
    return result.table("ledger").query("measure == @measure").set_index("entry")["value"]


def codes(result):
    return set(result.table("issues")["code"])


def with_rows(position, rows):
    """A source's frame with rows added."""
    frame = sources()[position]
    return pd.concat([frame, rows], ignore_index=True)


def test_a_polygon_at_the_origin_is_set_aside_and_changes_nothing_else():
    stray = layer([shapely.box(0, 0, 500, 500)], parcel_id=["S"], mu=[375.0], land_use_code=["0601"])
    result = landeff.run(project(parcels={"data": with_rows(1, stray)}))
    assert result.table("set_aside")[["key", "reason"]].to_numpy().tolist() == [["S", "bad_geometry"]]
    assert result.summary()["tax_cny"] == pytest.approx(1_800_000)
    assert ledger(result, "parcels_area")["bad_geometry"] == 250_000  # far away: the area of the plane


def test_a_bow_tie_keeps_its_share_of_the_holders_money():
    _, parcels, *_ = sources()
    parcels.loc[1, "holder_code"] = "H1"  # H1 now holds A and B, of 750 mu each
    tie = shapely.Polygon([(E, N), (E + 1000, N + 500), (E + 1000, N), (E, N + 500)])
    parcels.loc[0, "geometry"] = tie
    result = landeff.run(project(parcels={"data": parcels}))
    lines = ledger(result)
    # T stands on 250 of A's 750 mu, so H1 on 500 of A and 750 of B: 100 × 500/1250 = 40, and T's 20
    assert lines["land_set_aside"] == pytest.approx(600_000)
    assert result.parcels.set_index("parcel_id").loc["B", "tax_cny"] == pytest.approx(600_000)


def test_money_keyed_by_firm_and_parcel_is_not_a_duplicate():
    both = pd.DataFrame({"enterprise_id": ["H1", "H1"], "parcel_id": ["A", "B"], "tax": [100.0, 60.0]})
    result = landeff.run(project(returns={"data": both}))
    assert result.parcels.set_index("parcel_id")["tax_cny"][["A", "B"]].tolist() == [1_000_000, 600_000]


def test_money_and_land_of_a_scope_are_of_the_same_parcels():
    raw = project()
    raw["scopes"]["land"] = "industrial_supplied"
    _, parcels, *_ = sources()
    parcels.loc[1, "land_use_code"] = "05H1"  # B becomes commercial: neither its land nor its tax counts
    raw["sources"]["parcels"]["data"] = parcels
    zones = landeff.run(raw).zones.set_index("zone_id")
    assert zones.loc["Z1", "tax_cny"] == pytest.approx(1_200_000)
    assert zones.loc["Z1", "tax_cny_per_mu"] == pytest.approx(1_200_000 / 750)
    assert pd.isna(zones.loc["Z2", "tax_cny_per_mu"])


def test_a_zone_with_an_unknown_parent_is_a_zone_of_its_own():
    zones = sources()[0].assign(parent_zone_id=["Q", "Z2"])  # absent, and itself
    result = landeff.run(project(zones={"data": zones}))
    assert "unknown_parent" in codes(result)
    assert result.summary()["tax_cny"] == pytest.approx(1_800_000)


def test_zones_that_are_each_others_parent_are_zones_of_their_own():
    zones = sources()[0].assign(parent_zone_id=["Z2", "Z1"])
    result = landeff.run(project(zones={"data": zones}))
    assert result.summary()["tax_cny"] == pytest.approx(1_800_000)
    assert "unknown_parent" in codes(result)


def test_a_zone_without_parcels_has_no_land_which_is_known():
    more = layer([box(0, 2000, 500, 2500)], zone_id=["Z3"], name=["空园"])
    result = landeff.run(project(zones={"data": with_rows(0, more)}))
    assert result.summary()["scope_area_m2"] == pytest.approx(2_250 * 10_000 / 15, rel=1e-6)  # A, B and C
    assert result.zones.set_index("zone_id").loc["Z3", "scope_area_m2"] == 0.0


@pytest.mark.parametrize("vertex", [(0.0, 0.0), (float("inf"), 0.0), (float("nan"), N)])
def test_one_stray_vertex_sets_its_parcel_aside(vertex):
    _, parcels, *_ = sources()
    ring = list(parcels.geometry[3].exterior.coords)
    ring[2] = vertex
    parcels.loc[3, "geometry"] = shapely.Polygon(ring)
    result = landeff.run(project(parcels={"data": parcels}))
    assert result.table("set_aside")["key"].tolist() == ["D"]
    assert ledger(result)["land_set_aside"] == pytest.approx(80_000)


def test_an_export_date_alone_makes_no_register_authoritative():
    result = landeff.run(project(supply={"register_on": dt.date(2024, 12, 31)}))
    assert result.parcels.set_index("parcel_id").loc["B", "inventory_class"] == "idle_to_check"


def test_columns_of_the_user_may_have_any_name():
    zones, parcels, supply, returns, _ = sources()
    result = landeff.run(
        project(
            zones={"data": zones.assign(rank="x", tax_cny="y")},
            parcels={"data": parcels.assign(state="x", stated="y", index=1)},
            supply={"data": supply.assign(supply_source_file="z")},
            returns={"data": returns.assign(was=1)},
        )
    )
    assert result.summary()["tax_cny"] == pytest.approx(1_800_000)


def test_money_without_an_item_is_counted():
    long = pd.DataFrame({"enterprise_id": ["H1", "H1"], "item": ["tax_paid", None], "money": [10.0, 5.0]})
    columns = {"money": {"to": "value", "unit": "万元"}}
    raw = project()
    raw["sources"]["returns"] = {"data": long, "year": 2024, "columns": columns}
    assert ledger(landeff.run(raw), "unnamed")["in_zones"] == 50_000


def test_an_unusable_approval_leaves_its_land_unknown():
    tie = shapely.Polygon([(E, N), (E + 900, N + 900), (E + 900, N), (E, N + 900)])
    approvals = layer([tie, box(2000, 500, 2100, 600)], approval_id=["P1", "P2"])
    survey = layer([box(-100, -100, 4100, 1100)], survey_id=["1"], land_class_code=["0601"])
    raw = project()
    raw["sources"] |= {"approvals": {"data": approvals}, "survey": {"data": survey}}
    states = set(landeff.run(raw).table("balance")["state"])
    assert "approved_unsupplied" in states
    assert "not_approved" not in states


def test_a_survey_that_misses_a_zone_leaves_its_developed_area_unknown():
    raw = project()
    survey = layer([box(0, 0, 2000, 1000)], survey_id=["1"], land_class_code=["0601"])
    raw["sources"]["survey"] = {"data": survey}
    raw["scopes"] |= {"land": "developed", "area": "ellipsoidal"}
    result = landeff.run(raw)
    zones = result.zones.set_index("zone_id")["tax_cny_per_mu"]
    assert zones["Z1"] == pytest.approx(1_500_000 / 3_000, rel=3e-4)  # 2 km² are 3 000 mu
    assert pd.isna(zones["Z2"])
    assert result.summary()["tax_cny_per_mu"] is None
    assert "survey_incomplete" in codes(result)


def test_a_word_in_a_number_column_is_booked_by_its_reason():
    returns = sources()[3].astype({"tax": "object"})
    returns.loc[1, "tax"] = "六十"
    result = landeff.run(project(returns={"data": returns}))
    row = result.table("set_aside").iloc[0]
    assert (row["reason"], row["source_row"]) == ("not_a_number", 2)
    assert ledger(result)["in_zones"] == pytest.approx(1_200_000)


def test_two_files_keep_their_own_policy_below_zero():
    raw = project()
    first = raw["sources"]["returns"] | {"data": pd.DataFrame({"enterprise_id": ["H1"], "tax": [-10.0]})}
    second = raw["sources"]["returns"] | {"data": pd.DataFrame({"enterprise_id": ["H2"], "tax": [-5.0]})}
    raw["sources"]["returns"] = [first, second | {"negative": "zero"}]
    lines = ledger(landeff.run(raw))
    assert lines["total_in"] == -150_000
    assert lines["set_to_zero"] == 50_000
    assert lines["in_zones"] == -100_000


def test_the_inventory_runs_without_money():
    raw = project()
    for table in ("returns", "occupancy"):
        del raw["sources"][table]
    result = landeff.run(raw)
    assert result.summary()["n_idle"] == 1
    assert result.summary()["tax_cny_per_mu"] is None
    assert result.dataset.meta.matched_share is None


def refused(raw, error=ConfigError):
    with pytest.raises(error) as caught:
        landeff.run(raw)
    return str(caught.value)


def test_a_scope_that_cannot_be_computed_is_refused():
    raw = project()
    raw["scopes"]["tax"] = "tax_piad"
    assert "did you mean tax_paid?" in refused(raw)
    raw = project()
    raw["scopes"] |= {"land": "developed", "area": "ellipsoidal"}
    assert "'developed' cannot be computed for 2024" in refused(raw)
    raw["scopes"]["area"] = "registered"
    assert "is measured" in refused(raw)


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"tax": {"to": "item:employees", "unit": "人"}}, "is not money"),
        ({"tax": {"to": "item:energy_tce", "unit": "万元"}}, "the name says _tce"),
        ({"tax": {"to": "item:n_jobs", "unit": "万元"}}, "the name says a count"),
        ({"tax": {"to": "item:load_ratio", "unit": "%"}}, "ratios cannot be added up"),
        ({"tax": {"to": "item:price", "unit": "万元"}}, "means something else"),
        ({"tax": {"to": "item:tax", "unit": "万元"}}, "the item of the declared scope"),
    ],
)
def test_items_that_cannot_be_kept_are_refused(columns, words):
    assert words in refused(project(returns={"columns": columns}), ProblemsError)


def test_items_of_a_long_table_are_held_to_the_same_names():
    long = pd.DataFrame({"enterprise_id": ["H1"], "item": ["scope_area_m2"], "money": [10.0]})
    raw = project()
    columns = {"money": {"to": "value", "unit": "万元"}}
    raw["sources"]["returns"] = {"data": long, "year": 2024, "columns": columns}
    assert "means something else" in refused(raw, InputError)


def test_money_of_another_currency_is_refused():
    assert "money is in USD" in refused(project(returns={"currency": "USD"}), InputError)


def test_nothing_to_measure_is_refused():
    zones = sources()[0]
    point = gpd.GeoSeries([shapely.Point(E, N)] * 2, crs=zones.crs)
    assert "no row of zones can be used" in refused(
        project(zones={"data": zones.set_geometry(point)}), InputError
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"project": "x"}, "[project] must be a table"),
        ({"standards": {"rules": [1]}}, "must list names"),
        ({"link": {"min_matched_share": 95}}, "between 0 and 1"),
        ({"link": {"allocation": "by_area"}}, "did you mean by_land_area?"),
    ],
)
def test_mistakes_in_the_project_file(change, words):
    assert words in refused(project() | change)


@pytest.mark.parametrize(
    ("table", "change", "words"),
    [
        ("returns", {"columns": {"tax": {"to": "item:tax_paid", "unti": "万元"}}}, "did you mean unit?"),
        ("returns", {"columns": {"tax": {"to": "item:tax_paid", "unit": 5}}}, "wrong kind of value"),
        ("zones", {"crs": "EPSG:99999"}, "not a CRS"),
        ("parcels", {"duplicates": "sum"}, "parcels allow set_aside, dissolve"),
        ("supply", {"blank_start": "not_started"}, "needs register_on"),
    ],
)
def test_mistakes_in_a_source(table, change, words):
    assert words in refused(project(**{table: change}))


def test_a_date_with_a_time_is_refused():
    raw = project()
    raw["project"]["as_of"] = dt.datetime(2024, 12, 31, 12)
    assert "without a time" in refused(raw)
