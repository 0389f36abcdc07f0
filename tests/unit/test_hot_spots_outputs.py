"""Hot spots as a table of a run, under other settings, and as shown; on a row of 40 parcels, no run."""

import datetime as dt

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pytest
import shapely
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import landeff
from landeff.core.dataset import Dataset, Meta, Scopes
from landeff.core.errors import ConfigError
from landeff.pipeline import hot_spots_config
from landeff.pipeline.explain_hot_spots import hot_spot_lines
from landeff.pipeline.hot_spots import hot_spot_tables, hot_spots_table
from landeff.pipeline.hot_spots_config import HotSpotSettings, hot_spot_settings
from landeff.pipeline.result import Result
from landeff.publish.hot_spots.columns import with_hot_spots
from landeff.publish.map.layers import hot_spots as layer
from landeff.publish.report.sections import hot_spots as section
from landeff.publish.workbook.sheets import hot_spots as sheet

MU = 10_000 / 15
N = 40
E, N_ORIGIN = 40_443_000, 3_584_000
NEAR = HotSpotSettings(distance_m=500.0)


def tables():
    """Parcels P00 … P39 of 1 mu, tax 0 … 39 yuan in 2024, falling in 2023; P39 unknown; four in no zone."""
    place = np.arange(N)
    names = [f"P{k:02d}" for k in place]
    tax = np.where(place == N - 1, np.nan, place.astype(float))
    parcels = gpd.GeoDataFrame(
        {
            "parcel_id": names,
            "tax_cny": tax,
            "output_cny": np.nan,
            "basis_area_m2": MU,
            "land_use_class": np.where(place < 35, "industrial", "commercial"),
            "zone_id": pd.Series(np.where(place < 20, "Z1", "Z2"), dtype="str").mask(place >= 36),
            "zone_name": pd.Series(np.where(place < 20, "甲园", "乙园"), dtype="str").mask(place >= 36),
        },
        geometry=shapely.box(E + place * 100.0, N_ORIGIN, E + place * 100.0 + 20.0, N_ORIGIN + 20.0),
        crs="EPSG:4528",
    )
    by_year = pd.DataFrame({"parcel_id": names, "year": 2023, "tax_cny": N - 1.0 - place})
    shares = pd.DataFrame(
        {"parcel_id": names, "enterprise_id": [f"F{k:02d}" for k in place], "year": 2024, "share_ratio": 1.0}
    )
    firms = pd.DataFrame({"enterprise_id": shares["enterprise_id"], "year": 2024, "tax_cny": tax})
    return {"parcels": parcels, "parcel_year": by_year, "shares": shares, "enterprise_year": firms}


@pytest.fixture(scope="module")
def result():
    meta = Meta(
        "一排地", dt.date(2024, 12, 31), (2023, 2024), "EPSG:4528", Scopes("tax", "parcels", "ellipsoidal")
    )
    made = tables()
    return Result(Dataset(meta, {**made, "hot_spots": hot_spots_table(made, NEAR, 2024, 2024)}))


def classes(table):
    return table.set_index("parcel_id")["class"]


def test_the_table_of_a_run(result):
    found = result.table("hot_spots")
    assert found["parcel_id"].tolist() == sorted(found["parcel_id"])
    assert set(found["variable"]) == {"tax_cny_per_mu"}
    assert classes(found)[["P06", "P20", "P32", "P39"]].tolist() == [
        "cold_99",
        "not_significant",
        "hot_99",
        "unknown",
    ]
    assert found["distance_m"].eq(500.0).all()
    assert hot_spot_tables(tables(), HotSpotSettings(enabled=False), 2024) == {}


@settings(max_examples=12, deadline=None)
@given(st.permutations(range(N)))
def test_the_order_of_rows_changes_nothing(order):
    made = tables()
    shuffled = {name: table.iloc[[k for k in order if k < len(table)]] for name, table in made.items()}
    kept = {name: table.reset_index(drop=True) for name, table in shuffled.items()}
    pd.testing.assert_frame_equal(
        hot_spots_table(kept, NEAR, 2024, 2024), hot_spots_table(made, NEAR, 2024, 2024), check_exact=True
    )


def test_one_firm_on_many_parcels_is_no_cluster():
    """All that lie low belong to one firm: its one figure, spread over them, is no pattern."""
    made = tables()
    one = made["shares"].assign(enterprise_id=lambda t: t["enterprise_id"].where(t.index >= 12, "F00"))
    found = classes(hot_spots_table({**made, "shares": one}, NEAR, 2024, 2024))
    assert found["P06"] == "not_assessable"
    assert found["P32"] == "hot_99"
    unit = made["shares"].assign(
        unit_id=lambda t: t["enterprise_id"].where(t.index >= 12, "U").where(t.index < 12)
    )
    by_unit = classes(hot_spots_table({**made, "shares": unit}, NEAR, 2024, 2024))
    assert by_unit["P06"] == "not_assessable"


def test_too_few_known_make_an_empty_table_with_its_columns():
    few = hot_spots_table(tables(), HotSpotSettings(variables=("output_cny_per_mu",)), 2024, 2024)
    assert few.empty
    assert str(few["n_neighbours"].dtype) == "Int64"


def test_under_other_settings(result):
    former = landeff.hot_spots(result, distance_m=500, year=2023)
    assert classes(former.table)[["P06", "P33"]].tolist() == ["hot_99", "cold_99"]
    some = landeff.hot_spots(result, distance_m=500, only="land_use_class=industrial")
    assert len(some.table) == 35
    assert set(some.table["only"]) == {"land_use_class=industrial"}
    strict = landeff.hot_spots(result, distance_m=500, min_neighbours=10)
    assert classes(strict.table)["P04"] == "not_assessable"  # nine others within 500 m


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"distance_m": 5}, "between 50 and 5000"),
        ({"distance_m": float("nan")}, "distance_m"),
        ({"min_neighbours": 2}, "between 8 and 1000"),
        ({"variables": ["area_m2"]}, "area_m2 is none of"),
        ({"variables": []}, "nothing is none of"),
        ({"only": "industrial"}, "no column=value"),
        ({"only": "nowhere=1"}, "no column nowhere"),
        ({"year": 1999}, "no year 1999"),
    ],
)
def test_what_cannot_be_meant_is_refused(result, changes, told):
    with pytest.raises(ConfigError, match=told):
        landeff.hot_spots(result, **changes)


def test_the_section_of_the_project_file():
    assert hot_spot_settings({}) == HotSpotSettings()
    both = {"variables": ["output_cny_per_mu", "tax_cny_per_mu"], "distance_m": 800, "enabled": False}
    made = hot_spot_settings(both)
    assert (made.variables, made.distance_m) == (("tax_cny_per_mu", "output_cny_per_mu"), 800.0)
    assert not made.enabled
    assert list(hot_spots_config.problems(both)) == []
    assert (
        len(list(hot_spots_config.problems({"distance_m": 1e6, "min_neighbours": 1, "variables": ["x"]})))
        == 3
    )


def test_the_layer_draws_parcels_alone_and_counts_them(result):
    parcels = result.parcels.assign(plot_kind="parcel")
    piece = parcels.head(1).assign(parcel_id="R1", plot_kind="remainder")
    (made,) = layer.build(result.dataset, pd.concat([parcels, piece], ignore_index=True))
    assert made.codes[-1] == 255
    assert sum(each.n for each in made.classes) == N
    assert sum(each.area_m2 for each in made.classes) == pytest.approx(N * MU)
    drawn = {(each.fill, each.hatch) for each in layer.STYLES.values()}
    assert len(drawn) == len({hatch for _, hatch in drawn}) == len(layer.STYLES)  # never by colour alone
    assert layer.build(Dataset(result.dataset.meta, {}), parcels) == ()


def test_the_section_adds_up_to_all_land(result):
    conclusion, table, *method = section.build(result.dataset)
    assert "高值集聚" in conclusion.text.zh
    assert "乙园最多" in conclusion.text.zh
    assert [row.values[-1] for row in table.rows] == pytest.approx([20 * MU, 16 * MU, 4 * MU, N * MU])
    assert table.rows[-2].values[0].zh == "园区外"
    for row in table.rows:
        assert sum(row.values[1:-1]) == pytest.approx(row.values[-1])
    assert len(method) == 2
    assert section.build(Dataset(result.dataset.meta, {})) == []


def test_the_sheet_lists_clusters_alone(result):
    made = sheet.build(result.dataset)
    assert made is not None
    found = classes(result.table("hot_spots"))
    assert set(made.frame["parcel_id"]) == set(found.index[found.str.startswith(("hot", "cold"))])
    assert made.frame["gi_z"].is_monotonic_decreasing
    none = result.table("hot_spots").assign(**{"class": "not_significant"})
    assert sheet.build(Dataset(result.dataset.meta, {"hot_spots": none})) is None


def test_columns_of_parcels(result):
    shown = with_hot_spots(result.parcels, result.dataset).set_index("parcel_id")
    assert shown["tax_hot_spot"]["P32"] == "hot_99"
    assert np.isnan(shown["tax_gi_z"]["P39"])


def test_a_parcel_is_told_what_it_lies_in(result):
    (line,) = hot_spot_lines(result.dataset, "P32", "zh")
    assert line.text.startswith("极显著高值集聚：500 米内 10 宗邻宗")
    assert list(hot_spot_lines(result.dataset, "P20", "zh")) == []
    assert list(hot_spot_lines(Dataset(result.dataset.meta, {}), "P32", "zh")) == []


def test_files_and_the_command(result, tmp_path):
    result.save(tmp_path / "out")
    from landeff.cli.hotspots import command

    target = tmp_path / "spots.xlsx"
    done = CliRunner().invoke(command, [str(tmp_path / "out"), "--distance", "500", "--out", str(target)])
    assert done.exit_code == 0, done.output
    assert any(line.endswith("\t1\t1.00") for line in done.output.splitlines())  # P39, unknown
    rows = list(openpyxl.load_workbook(target).worksheets[0].iter_rows(values_only=True))
    assert any("P32" in row for row in rows)
    again = CliRunner().invoke(command, [str(tmp_path / "out"), "--out", str(target)])
    assert again.exit_code != 0
    found = landeff.hot_spots(tmp_path / "out")
    pd.testing.assert_frame_equal(found.table, result.table("hot_spots"))
    text = found.save(tmp_path / "spots.csv").read_text(encoding="utf-8-sig")
    assert text.startswith("parcel_id,year,variable,class,gi_z")
    assert "冷热点" in found.save(tmp_path / "spots.html").read_text(encoding="utf-8")
