"""The planner's script on the parcels and tax tables of Cambridge, Massachusetts.

Expected figures were worked out independently with plain geopandas and come with the data.
"""

from __future__ import annotations

import csv
import json
import runpy
import sys
from pathlib import Path

import pandas as pd
import pytest

import landeff

pytestmark = pytest.mark.real
SCRIPT = Path(__file__).parents[2] / "examples" / "cambridge.py"


def run_script(real_data: Path, year: int, capsys: pytest.CaptureFixture[str]) -> tuple[landeff.Result, str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LANDEFF_REAL_DATA", str(real_data))
        patch.setattr(sys, "argv", ["cambridge.py", str(year)])
        names = runpy.run_path(str(SCRIPT), run_name="__main__")
    return names["result"], capsys.readouterr().out


class Capture:
    """Runs of the script, each made once."""

    def __init__(self, real_data: Path) -> None:
        self.real_data = real_data
        self.runs: dict[int, tuple[landeff.Result, str]] = {}

    def __call__(self, year: int, capsys: pytest.CaptureFixture[str]) -> tuple[landeff.Result, str]:
        if year not in self.runs:
            self.runs[year] = run_script(self.real_data, year, capsys)
        return self.runs[year]


@pytest.fixture(scope="module")
def runs(real_data: Path) -> Capture:
    return Capture(real_data)


@pytest.fixture
def fy2013(runs: Capture, capsys: pytest.CaptureFixture[str]) -> landeff.Result:
    return runs(2013, capsys)[0]


def entries(result: landeff.Result, measure: str) -> pd.DataFrame:
    ledger = result.table("ledger")
    return ledger[ledger["measure"] == measure].set_index("entry")


def issue(result: landeff.Result, code: str, column: str = "") -> pd.DataFrame:
    issues = result.table("issues")
    return issues[(issues["code"] == code) & (issues["column"].eq(column) if column else True)]


def test_headline(fy2013: landeff.Result) -> None:
    matched = fy2013.parcels.dropna(subset="value_cny")
    assert len(matched) == 13_007
    assert fy2013.parcels["value_cny"].isna().sum() == 70
    assert matched["value_cny"].sum() == 35_641_282_188
    tax, mu = matched["tax_cny"].sum(), matched["area_m2"].sum() / landeff.M2_PER_MU
    assert tax == pytest.approx(320_315_721.80, abs=0.005)
    assert mu == pytest.approx(20_864.459, rel=1e-5)
    assert tax / mu == pytest.approx(15_352.22, rel=1e-5)


def test_what_the_script_prints(runs: Capture, capsys: pytest.CaptureFixture[str]) -> None:
    out = runs(2013, capsys)[1]
    for figure in ("13007", "20864.4", "35641282188", "320315721.80", "15352.2", "588", "0.7585", "0.9530"):
        assert figure in out


def test_ledger_makes_joined_and_not_joined_equal_the_rows(fy2013: landeff.Result) -> None:
    lines = entries(fy2013, "value")
    value, rows = lines["value"], lines["n_rows"]
    assert value["total_in"] == 35_777_280_764  # the column summed as it stands, the 25 rows of −1 included
    assert (value["set_to_zero"], rows["set_to_zero"]) == (25, 25)
    assert value["in_zones"] + value["outside_zones"] == 35_641_282_188
    assert value["no_code"] + value["parcel_not_in_layer"] == 135_998_601
    assert rows["parcel_not_in_layer"] == 47
    assert value[lines["role"] != "out"].sum() == value[lines["role"] == "out"].sum()


def test_neighbourhoods(fy2013: landeff.Result, real_data: Path) -> None:
    expected = pd.read_csv(real_data / "cambridge" / "expected_fy2013_by_neighborhood.csv")
    expected = expected.set_index(expected["NAME"].fillna("unassigned"))
    scopes = fy2013.table("zone_scopes")
    zones = scopes[scopes["is_declared"] & (scopes["zone_id"] != "")]
    zones = zones.set_index(zones["name"].fillna("unassigned"))
    assert set(zones.index) == set(expected.index)
    # 103-115 is drawn twice, the same 29.052 m² each time; the expected figures count it twice, union once.
    mu = expected["mu"].sub(pd.Series({"Cambridgeport": 29.052 / landeff.M2_PER_MU}), fill_value=0.0)
    for name in expected.index:
        assert zones.loc[name, "tax_cny"] == pytest.approx(expected.loc[name, "est_tax"], abs=0.005), name
        assert zones.loc[name, "scope_area_m2"] / landeff.M2_PER_MU == pytest.approx(mu[name], rel=1e-6), name
        per_mu = expected.loc[name, "est_tax"] / mu[name]
        assert zones.loc[name, "tax_cny_per_mu"] == pytest.approx(per_mu, rel=1e-6), name


def test_parcels_without_a_neighbourhood(fy2013: landeff.Result) -> None:
    unassigned = fy2013.parcels[fy2013.parcels["zone_id"].isna() & fy2013.parcels["value_cny"].notna()]
    assert len(unassigned) == 27
    assert unassigned["area_m2"].sum() / landeff.M2_PER_MU == pytest.approx(55.54, abs=0.005)


def test_vacancy_rule(fy2013: landeff.Result) -> None:
    """Precision and recall against the assessor's vacant use codes: 588 hits (printed: 0.7585 / 0.9530)."""
    findings = fy2013.table("findings")
    hits = set(findings.loc[findings["verdict"] == "hit", "parcel_id"])
    assert len(hits & set(fy2013.parcels.dropna(subset="value_cny")["parcel_id"])) == 588


@pytest.mark.parametrize(
    ("code", "column", "count"),
    [
        ("invalid_geometry", "geometry", 24),
        ("missing_key", "parcel_id", 6),
        ("negative_value", "value", 25),
        ("negative_value", "improvement", 157),
        ("negative_value", "gross_floor_area_m2", 1),
        ("empty_row", "", 1),
    ],
)
def test_known_defects_are_told_with_their_count(
    fy2013: landeff.Result, code: str, column: str, count: int
) -> None:
    assert issue(fy2013, code, column)["n"].sum() == count


def test_pseudo_ids_and_the_empty_row_are_named(fy2013: landeff.Result) -> None:
    (pseudo,) = issue(fy2013, "pseudo_key").to_dict("records")
    # counted in the file: "---" stands on 59 polygons, "--R" on 4, "ROAD" on 1
    for told in ("--- (59)", "--R (4)", "ROAD (1)"):
        assert told in pseudo["value"]
    (empty,) = issue(fy2013, "empty_row").to_dict("records")
    assert empty["source_row"] == 27_424  # the last record of the tax table


@pytest.mark.parametrize("year", [2013, 2014])
def test_joined_value_by_another_way(
    runs: Capture, real_data: Path, capsys: pytest.CaptureFixture[str], year: int
) -> None:
    """Keys and values counted with the csv and json modules alone."""
    folder = real_data / "cambridge"
    topology = json.loads((folder / f"ASSESSING_ParcelsFY{year}.topojson").read_text(encoding="utf-8"))
    (layer,) = topology["objects"].values()
    keys = {each["properties"].get("ML") for each in layer["geometries"]} - {None, ""}
    values: dict[str, int] = {}
    with (folder / f"TaxFY{year % 100}.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["TotalAppraisedParcelValue"]:
                amount = max(0, int(float(row["TotalAppraisedParcelValue"])))
                values[row["ML"]] = values.get(row["ML"], 0) + amount
    joined = {key: value for key, value in values.items() if key in keys}
    result = runs(year, capsys)[0]
    matched = result.parcels.dropna(subset="value_cny")
    assert set(matched["parcel_id"]) == set(joined)
    assert matched["value_cny"].sum() == sum(joined.values())
    aside = result.table("set_aside")
    unusable = aside.loc[aside["reason"] == "bad_geometry", "key"]
    assert set(result.parcels["parcel_id"]) | set(unusable) == keys  # a polygon of FY2014 is beyond repair
