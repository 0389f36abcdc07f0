"""The land table of a zone, worked out by hand."""

import itertools

import four_squares
import numpy as np
import openpyxl
import pandas as pd
import pytest
from four_squares import box, layer
from hypothesis import given, settings
from hypothesis import strategies as st

import landeff
from landeff.core.land_table import CODES, KNOWN_M2, SUMS, known_values, missing_codes, narrowed
from landeff.publish.report import build_report
from landeff.publish.workbook import write_workbook


def survey():
    """Z1 (x 0–2 000): built industry, a village, a river, fields; all of it, and Z2 as fields."""
    boxes = [box(0, 0, 500, 1000), box(500, 0, 600, 1000), box(600, 0, 700, 1000), box(700, 0, 800, 1000),
             box(800, 0, 1000, 1000), box(1000, 0, 2000, 1000), box(2000, 0, 4000, 1000)]  # fmt: skip
    return layer(
        boxes,
        survey_id=list("abcdefg"),
        land_class_code=["0601", "0701", "0702", "1101", "1201", "0103", "0103"],
        urban_code=["201", "201", "203", None, "202", None, None],
    )


def project(**extra):
    raw = four_squares.project()
    raw["sources"]["survey"] = {"data": survey()}
    raw["sources"]["approvals"] = {
        "data": layer(
            [box(1000, 500, 1500, 1000), box(1500, 500, 2000, 1000)],
            approval_id=["P1", "P2"],
            is_cleared=[True, False],
        )
    }
    raw["sources"]["plans"] = {
        "data": layer(
            [box(1000, 0, 1200, 1000), box(3000, 600, 3100, 700)],
            plan_id=["G1", "G2"],
            plan_kind=["永久基本农田", "生态保护红线"],
        )
    }
    raw["sources"].update(extra)
    return raw


@pytest.fixture(scope="module")
def result():
    return landeff.run(project())


def land(result, zone="Z1", column="value"):
    table = result.table("zone_land")
    rows = table[table["zone_id"] == zone].set_index("term")
    return rows[column]


def near(value):
    """Areas of the drawing are planar; the table is ellipsoidal, 80 ppm smaller at this place."""
    return pytest.approx(value, rel=2e-4)


def test_built_land_by_the_survey(result):
    z1 = land(result)
    assert z1["land_total_m2"] == near(2e6)
    assert z1["land_a2_m2"] == near(500_000)
    assert z1["land_a1_m2"] == near(100_000)
    assert z1["land_a_m2"] == near(600_000)
    assert z1["land_b12_m2"] == near(100_000)  # the village houses
    assert z1["land_b11_m2"] == 0
    assert land(result, column="basis")["land_a2_m2"] == "survey"


def test_land_that_cannot_be_built_on(result):
    z1 = land(result)
    assert z1["land_c1_m2"] == near(100_000)
    # farmland of the plan: x 1 000–1 200, all of y, unbuilt
    assert z1["land_c3_m2"] == near(200_000)
    assert z1["land_c2_m2"] == 0
    assert land(result, "Z2")["land_c2_m2"] == near(10_000)
    assert land(result, "Z2")["land_c3_m2"] == 0


def test_unbuilt_land_by_supply_and_approval(result):
    # unbuilt of Z1: x 800–1 000 (vacant) and 1 200–2 000. Parcel A (supplied) holds x 800–1 000, y 0–500:
    # 100 000; parcel B holds x 1 500–2 000, y 0–500: 250 000, supplied. P1 is cleared: x 1 200–1 500,
    # y 500–1 000: 150 000. Ready: 500 000. P2 is not cleared: 250 000. In no batch: x 800–1 000,
    # y 500–1 000: 100 000 and x 1 200–1 500, y 0–500: 150 000. Later: 500 000.
    z1 = land(result)
    assert z1["land_b21_m2"] == near(500_000)
    assert z1["land_b22_m2"] == near(500_000)
    assert z1["land_ready_m2"] == near(1_100_000)
    assert z1["land_buildable_m2"] == near(1_700_000)
    assert land(result, column="basis")["land_ready_m2"] == "survey_supply"


def test_the_parts_are_the_whole(result):
    for zone in ("", "Z1", "Z2"):
        z = land(result, zone)
        assert z["land_a_m2"] + z["land_b_m2"] + z["land_c_m2"] == pytest.approx(z["land_total_m2"], abs=1.0)


def test_ratios(result):
    table = result.table("zone_ratios").set_index(["zone_id", "indicator"])
    assert table.loc[("Z1", "land_development_ratio"), "value"] == pytest.approx(11 / 17, rel=1e-3)
    assert table.loc[("Z1", "industrial_land_ratio"), "value"] == pytest.approx(5 / 6, rel=1e-3)
    # for the city the sums are divided: Z2 has unbuilt land alone, B and C of it supplied
    city = table.loc[("", "land_development_ratio")]
    assert city["value"] == pytest.approx(city["numerator"] / city["denominator"])
    assert city["value"] != pytest.approx(
        table.loc["Z1":"Z2"].xs("land_development_ratio", level=1)["value"].mean()
    )


def test_supplied_land_is_known_within_bounds(result):
    # A and half of B are supplied: 750 000. Built land without a parcel: x 0–700, y 500–1 000 of industry,
    # houses and village, and vacant x 800–1 000: 450 000 may be supplied, or not.
    low, high = (land(result, column=end)["land_d_m2"] for end in ("low", "high"))
    assert low == near(750_000)
    assert high == near(1_200_000)
    ratio = result.table("zone_ratios").set_index(["zone_id", "indicator"]).loc[("Z1", "land_built_ratio")]
    assert np.isnan(ratio["value"])
    assert ratio["low"] == pytest.approx(600 / 1200, rel=1e-3)
    assert ratio["high"] == pytest.approx(600 / 750, rel=1e-3)
    assert ratio["missing"] == "D1,D21,D22"


def test_unknown_names_what_is_missing(result):
    table = result.table("zone_ratios").set_index(["zone_id", "indicator"])
    assert table.loc[("Z1", "residents_per_ha"), "missing"] == "n_residents"
    assert table.loc[("Z1", "high_tech_land_ratio"), "missing"] == "H1,H2"
    assert table.loc[("Z1", "idle_land_ratio"), "missing"].startswith("G")
    assert (table.loc[table["value"].notna(), "missing"] == "").all()
    without_reason = table[table["value"].isna() & (table["missing"] == "")]
    assert (without_reason["denominator"] == 0).all()  # Z2 has no built land


def test_without_a_survey_everything_is_unknown():
    raw = project()
    del raw["sources"]["survey"]
    table = landeff.run(raw).table("zone_ratios")
    row = table.set_index(["zone_id", "indicator"]).loc[("Z1", "land_development_ratio")]
    assert np.isnan(row["value"])
    assert "A1" in row["missing"]
    assert "B22" in row["missing"]


def test_without_plans_what_may_be_built_on_is_unknown():
    raw = project()
    del raw["sources"]["plans"]
    made = landeff.run(raw)
    assert np.isnan(land(made)["land_c_m2"])
    assert land(made)["land_a_m2"] == near(600_000)
    assert land(made, column="missing")["land_c_m2"] == "C2,C3"


def statistics(**columns):
    return {"data": pd.DataFrame({"zone_id": ["Z1"], **columns}), "year": 2024}


def test_a_zone_hands_in_its_own_statistics():
    stated = statistics(
        land_total_m2=[2e6], land_ready_m2=[1.2e6], land_a_m2=[0.9e6], land_a2_m2=[0.6e6], land_c_m2=[0.4e6],
        land_d_m2=[1.0e6], land_g_m2=[5e4], n_residents=[9000], secondary_tertiary_tax_cny=[9e7],
        industrial_tax_cny=[6e7],
    )  # fmt: skip
    made = landeff.run(project(zone_statistics=stated))
    ratio = made.table("zone_ratios").set_index(["zone_id", "indicator"]).loc["Z1"]
    want = {
        "land_development_ratio": 1.2 / 1.6,
        "land_supply_ratio": 1.0 / 1.2,
        "land_built_ratio": 0.9,
        "industrial_land_ratio": 6 / 9,
        "idle_land_ratio": 0.05,
        "residents_per_ha": 100.0,
        "zone_tax_cny_per_ha": 1e6,  # 9 000 万元 ÷ 90 ha
        "industrial_tax_cny_per_ha": 1e6,
    }
    assert ratio["value"].reindex(want).to_dict() == pytest.approx(want)
    assert set(ratio.loc[["land_built_ratio", "residents_per_ha"], "num_basis"]) == {"stated"}
    assert land(made)["land_b21_m2"] == pytest.approx(0.3e6)  # 1.2 − 0.9
    assert land(made, column="basis")["land_b21_m2"] == "stated_sum"
    compared = made.table("zone_comparison").set_index(["zone_id", "indicator", "place", "year"])
    row = compared.loc[("Z1", "land_built_ratio", "全国国家级开发区", 2020)]
    assert row["benchmark"] == pytest.approx(0.9277)
    assert row["warning_zh"] == "年度不同"
    derived = compared.loc[("Z2", "land_development_ratio", "全国国家级开发区", 2020)]
    assert "不是监测统计口径" in derived["warning_zh"]


def test_a_city_is_unknown_where_one_zone_is():
    stated = statistics(land_h_m2=[1e5], land_a_m2=[9e5])
    made = landeff.run(project(zone_statistics=stated)).table("zone_ratios")
    table = made.set_index(["zone_id", "indicator"])
    assert table.loc[("Z1", "high_tech_land_ratio"), "value"] == pytest.approx(1 / 9)
    assert np.isnan(table.loc[("", "high_tech_land_ratio"), "value"])


LEAVES = [code for code in CODES if code not in SUMS]


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.floats(0, 1e8), min_size=len(LEAVES), max_size=len(LEAVES)),
    st.sets(st.sampled_from(list(CODES))),
)
def test_what_follows_is_true(values, hidden):
    """Of any true table, whatever codes are given, the intervals hold the truth and known values are true."""
    truth = dict(zip(LEAVES, values, strict=True))
    for whole, parts in itertools.chain(SUMS.items(), SUMS.items()):
        if all(part in truth for part in parts):
            truth[whole] = sum(truth[part] for part in parts)
    low = pd.DataFrame([{code: 0.0 if code in hidden else truth[code] for code in CODES}])
    high = pd.DataFrame([{code: np.inf if code in hidden else truth[code] for code in CODES}])
    one, two = narrowed(low, high)
    known = known_values(one, two)
    for code in CODES:
        assert one.loc[0, code] <= truth[code] + 0.01
        assert two.loc[0, code] >= truth[code] - 0.01
        if pd.notna(known.loc[0, code]):
            assert known.loc[0, code] == pytest.approx(truth[code], abs=KNOWN_M2 + 0.01)


def test_missing_codes_go_down_to_the_last():
    known = dict.fromkeys(CODES, False) | {"a1": True, "a31": True, "b21": True}
    assert missing_codes(known, "a3") == ("A32",)
    assert missing_codes(known, "ready") == ("A2", "A32", "A4", "A51", "A52", "A6")
    assert missing_codes(known, "a1") == ()


def test_it_is_shown(result, tmp_path):
    html = build_report(result.dataset)
    assert "园区土地利用比率" in html
    assert "土地开发率" in html
    assert "不是目标值" in html
    path = tmp_path / "a.xlsx"
    write_workbook(result.dataset, path)
    book = openpyxl.load_workbook(path)
    rows = [[cell.value for cell in row] for row in book["园区比率"].iter_rows()]
    row = next(each for each in rows if each[0] == "Z1" and each[2] == "土地建成率")
    assert row[3] == "—"
    assert row[4:7] == ["50.0%", "80.0%", "D1,D21,D22"]
    land = [[cell.value for cell in each] for each in book["园区土地表"].iter_rows()]
    a2 = next(each for each in land if each[0] == "Z1" and str(each[2]).startswith("A2"))
    assert a2[3] == pytest.approx(50, rel=2e-4)  # hectares
    assert a2[6:8] == ["公顷", "变更调查"]
