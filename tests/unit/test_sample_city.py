"""The sample city: same seed same bytes, sizes reckoned anew, and planted truth by hand."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pyogrio
import pyproj
import pytest
import shapely
from stdnum.cn import uscc

from landeff.sample import write_city
from landeff.sample.clock import Case, a_year_after

SEED = 20241231


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("city")
    write_city(path, SEED)
    return path


@pytest.fixture(scope="module")
def parcels(folder: Path) -> gpd.GeoDataFrame:
    return pyogrio.read_dataframe(folder / "宗地.shp", encoding="GBK")


@pytest.fixture(scope="module")
def zones(folder: Path) -> gpd.GeoDataFrame:
    return pyogrio.read_dataframe(folder / "园区边界.gpkg")


def _truth(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(folder / "truth" / name, dtype=str, keep_default_na=False)


def _rows(path: Path, sheet: str, first: int) -> pd.DataFrame:
    """Rows of a sheet from the heading in row ``first``; row numbers as Excel counts are the index."""
    table = pd.read_excel(
        path, sheet_name=sheet, header=None, skiprows=first - 1, engine="calamine", dtype=object
    )
    table = table.iloc[1:].set_axis(table.iloc[0], axis=1)
    return table.set_axis(range(first + 1, first + 1 + len(table)))


def _hashes(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_same_seed_same_bytes(folder: Path, tmp_path: Path) -> None:
    write_city(tmp_path, SEED)
    assert _hashes(tmp_path) == _hashes(folder)


def test_another_seed_is_another_city_of_the_same_size(folder: Path, tmp_path: Path) -> None:
    write_city(tmp_path, 7)
    ours, other = _hashes(folder), _hashes(tmp_path)
    assert ours.keys() == other.keys()
    assert {name for name in ours if ours[name] == other[name]} <= {
        *("project.toml", "参照值.xlsx", "宗地.prj", "县区界.prj", "县区界.cpg")
    }
    totals = json.loads((tmp_path / "truth" / "totals.json").read_text(encoding="utf-8"))
    assert totals["developed_area_m2"] == pytest.approx(220e6, rel=1e-5)
    assert totals["tax_paid_cny"]["2024"]["in_zones_cny_per_developed_mu"] == pytest.approx(136_000, abs=100)


def test_is_small_enough_to_ship(folder: Path) -> None:
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < 15e6


def _geodesic_area(shapes: gpd.GeoSeries) -> float:
    geod = pyproj.Geod(ellps="GRS80")  # CGCS2000 differs in the tenth digit of the flattening
    degrees = shapely.orient_polygons(np.asarray(shapes.to_crs("EPSG:4490")))
    return sum(geod.geometry_area_perimeter(shape)[0] for shape in degrees)


def test_developed_area_is_220_km2(folder: Path, zones: gpd.GeoDataFrame) -> None:
    """Own list of the survey's construction classes, own overlay, PROJ's geodesic area."""
    construction = {"05H1", "0508", "0601", "0701", "0702", "0809", "0810", "08H2", "1003", "1004", "1201"}
    survey = pyogrio.read_dataframe(folder / "变更调查.gpkg", layer="DLTB")
    other = {"0101", "0103", "0201", "0301", "1006", "1101", "1104", "1202"}
    assert set(survey["DLBM"]) <= construction | other
    top = zones[zones["上级园区代码"].isna()]
    built = survey[survey["DLBM"].isin(construction)]
    assert _geodesic_area(gpd.clip(built.geometry, top.union_all(), keep_geom_type=True)) == pytest.approx(
        220e6, rel=1e-5
    )
    assert _geodesic_area(top.geometry) == pytest.approx(300e6, rel=0.02)
    assert top.union_all().difference(survey.union_all()).area < 1e-3, (
        "the survey covers the zones wall to wall"
    )
    one, two = survey.sindex.query(survey.geometry, predicate="overlaps")
    assert len(one) == len(two) == 0


def test_districts_hold_their_zones_and_leave_no_gap(folder: Path, zones: gpd.GeoDataFrame) -> None:
    districts = pyogrio.read_dataframe(folder / "县区界.shp").set_index("XZQDM")
    assert sorted(districts.index) == sorted(zones["县区代码"].unique())
    shapes = np.asarray(districts.geometry)
    assert shapely.is_valid(shapes).all()
    assert (shapely.get_num_geometries(shapes) == 1).all()
    assert shapely.coverage_is_valid(shapes), "neighbours share their borders vertex by vertex"
    assert shapely.get_num_interior_rings(shapely.union_all(shapes)) == 0
    own = np.asarray(districts.geometry[zones["县区代码"]])
    assert shapely.contains_properly(own, np.asarray(zones.geometry)).all()
    names = zones.drop_duplicates("县区代码").set_index("县区代码")["县区"]
    assert districts["XZQMC"].to_dict() == names.to_dict()
    assert districts["DCMJ"].sum() == pytest.approx(_geodesic_area(districts.geometry), abs=0.1)


def test_zones_and_sub_parks(zones: gpd.GeoDataFrame) -> None:
    top = zones[zones["上级园区代码"].isna()].set_index("园区代码")
    parks = zones[zones["上级园区代码"].notna()]
    assert top["级别"].value_counts().to_dict() == {"省级": 9, "国家级": 2}
    assert top["县区代码"].nunique() == 7
    assert zones.crs == "EPSG:4528"
    assert set(parks.groupby("上级园区代码").size()) <= {1, 2, 3}
    outside = parks.geometry.difference(top.geometry.reindex(parks["上级园区代码"]).set_axis(parks.index))
    assert outside.area.max() < 1e-3
    assert parks.union_all().area == pytest.approx(parks.area.sum(), rel=1e-9), "sub-parks are disjoint"
    assert top.union_all().area == pytest.approx(top.area.sum(), rel=1e-9), "zones are disjoint"


def test_parcels(parcels: gpd.GeoDataFrame, folder: Path) -> None:
    assert 6200 < len(parcels) < 7000
    assert parcels.is_valid.all()
    assert 20_000 < parcels.area.mean() < 25_000
    assert parcels["宗地代码"].str.fullmatch(r"321\d{9}GB\d{5}").all()
    assert parcels["宗地代码"].duplicated().sum() == 1
    assert (parcels["面积亩"] < 0).sum() == 1
    one, two = parcels.sindex.query(parcels.geometry, predicate="overlaps")
    shapes = parcels.geometry.to_numpy()
    overlap = shapely.area(shapely.intersection(shapes[one[one < two]], shapes[two[one < two]]))
    assert len(overlap) == 3
    assert (overlap < 1).all()
    share = _truth(folder, "parcels_truth.csv")["zone_share"].astype(float)
    assert ((share > 0) & (share < 0.9999)).sum() == 20
    assert 20 <= (share == 0).sum() <= 50
    assert (shapely.get_num_interior_rings(shapes) > 0).sum() == 8
    assert (shapely.get_type_id(shapes) == shapely.GeometryType.MULTIPOLYGON).sum() > 5


def test_shapefile_is_gbk_and_does_not_say_so(folder: Path) -> None:
    raw = (folder / "宗地.dbf").read_bytes()
    assert not (folder / "宗地.cpg").exists()
    assert raw[29] == 0, "language byte"
    assert raw[1:4] == bytes((125, 1, 1)), "date of 2025-01-01"
    assert raw[32:42].rstrip(b"\0").decode("gbk") == "宗地代码"
    first_row = int.from_bytes(raw[8:10], "little")
    row = raw[first_row : first_row + int.from_bytes(raw[10:12], "little")].decode("gbk")
    assert "321071001001GB00001" in row
    assert "国有建设用地使用权" in row


def test_codes_pass_their_checks(folder: Path, parcels: gpd.GeoDataFrame) -> None:
    codes = _rows(folder / "企业名录.xlsx", "企业名录", 3)["统一社会信用代码"]
    assert codes.is_unique
    assert all(uscc.is_valid(code) for code in codes)
    assert all(uscc.is_valid(code) for code in parcels["权利人代码"])


def test_idle_truth_follows_from_the_calendar(folder: Path, parcels: gpd.GeoDataFrame) -> None:
    """Three records worked out by hand, found by the facts the ledger states."""
    ledger = _rows(folder / "供地台账.xlsx", "供地台账", 3).set_index("电子监管号")
    truth = _truth(folder, "parcels_truth.csv")
    days = {name: pd.to_datetime(ledger[name].str.replace(r"[年月/]", "-", regex=True).str.rstrip("日"))
            for name in ("约定开工时间", "实际交地时间")}  # fmt: skip

    def found(record: pd.Series, due: str, since: str) -> bool:
        numbers = set(ledger.index[record]) | set(ledger.loc[record, "合同编号"])
        rows = truth[parcels["电子监管号"].isin(numbers) | parcels["合同编号"].isin(numbers)]
        hits = rows[rows["idle_expected"] == "hit"]
        return ((hits["start_due_on"] == due) & (hits["since_on"] == since)).any()

    no_start = days["约定开工时间"].isna()
    # agreed 2020-02-29; one calendar year on there is no 29 February: 2021-02-28
    assert found(days["约定开工时间"] == "2020-02-29", "2020-02-29", "2021-02-28")
    # handed over 2020-02-29, no agreed start: due 2021-02-28, idle from 2022-02-28
    assert found(no_start & (days["实际交地时间"] == "2020-02-29"), "2021-02-28", "2022-02-28")
    # agreed 2023-12-31: the anniversary is 2024-12-31, the day the city is described; it counts
    assert found(days["约定开工时间"] == "2023-12-31", "2023-12-31", "2024-12-31")


def test_clock_by_hand() -> None:
    assert a_year_after(dt.date(2023, 6, 6)) == dt.date(2024, 6, 6)
    assert a_year_after(dt.date(2024, 2, 29)) == dt.date(2025, 2, 28)
    extended = Case(dt.date(2021, 5, 1), None, (dt.date(2023, 3, 1), dt.date(2022, 5, 1)))
    assert extended.start_due == dt.date(2023, 3, 1)
    assert Case(None, None).start_due is None


def test_planted_verdicts(folder: Path) -> None:
    counts = _truth(folder, "parcels_truth.csv").groupby(["idle_expected", "reason"]).size().to_dict()
    assert counts["hit", ""] == 156
    assert counts["unknown", "to_check"] == 230
    assert counts["unknown", "missing_facts"] == 120


@pytest.mark.parametrize(("year", "first", "unit"), [(2022, 4, 1.0), (2023, 4, 1e4), (2024, 4, 1e4)])
def test_tax_truth_points_at_the_rows_written(folder: Path, year: int, first: int, unit: float) -> None:
    truth = _truth(folder, "tax_truth.csv")
    truth = truth[truth["source_file"] == f"税收{year}.xlsx"]
    rows = _rows(folder / f"税收{year}.xlsx", "入库税收", first)
    rows.columns = range(rows.shape[1])
    assert rows.iloc[-1, 0] == "合计"
    body = rows.iloc[:-1]
    assert (body[8].astype(float) * unit).to_numpy() == pytest.approx(
        truth["tax_cny"].astype(float).to_numpy(), abs=0.01
    )
    assert truth["source_row"].astype(int).tolist() == body.index.tolist()
    good = (truth["planted"].isin(["", "duplicate_row"])).to_numpy()
    assert (body.loc[good, 1] == truth["enterprise_id"].to_numpy()[good]).all()
    bad = body.loc[truth["planted"].isin(["letter_o", "digit_changed", "digit_and_name"]).to_numpy(), 1]
    assert len(bad) > 30
    assert not any(uscc.is_valid(code) for code in bad)
    blank = truth["planted"].isin(["no_code", "former_name", "branch", "trade_left_out", "no_name"])
    assert body.loc[blank.to_numpy(), 1].isna().all()
    assert (
        truth.loc[truth["reason"].isin(["ambiguous_name", "blank_code", "bad_code"]), "planted"] != ""
    ).all()
    lost = truth.loc[truth["reason"] != "", "tax_cny"].astype(float).sum()
    assert lost / truth["tax_cny"].astype(float).sum() < 0.03


def test_tax_per_mu_is_as_declared(folder: Path) -> None:
    """Σ tax × share of land × share inside zones, over rows with a good code, by the 220 km² in mu."""
    tax, shares = _truth(folder, "tax_truth.csv"), _truth(folder, "shares_truth.csv")
    parcels = _truth(folder, "parcels_truth.csv").drop_duplicates("parcel_id").set_index("parcel_id")
    inside = shares["share_ratio"].astype(float) * shares["parcel_id"].map(parcels["zone_share"]).astype(
        float
    )
    of_enterprise = inside.groupby(shares["enterprise_id"]).sum()
    good = tax[(tax["year"] == "2024") & (tax["reason"] == "")]
    in_zones = (good["tax_cny"].astype(float) * good["enterprise_id"].map(of_enterprise)).sum()
    assert in_zones / (220 * 1500) == pytest.approx(136_000, abs=100)


def test_everything_says_synthetic(folder: Path) -> None:
    assert "合成数据 SYNTHETIC" in (folder / "README.md").read_text(encoding="utf-8")
    assert "合成数据 SYNTHETIC" in (folder / "project.toml").read_text(encoding="utf-8")
    for path in folder.glob("*.xlsx"):
        for sheet in openpyxl.load_workbook(path, read_only=True):
            assert "合成数据 SYNTHETIC" in sheet["A1"].value


def test_hostile_names_are_text(folder: Path) -> None:
    names = _rows(folder / "企业名录.xlsx", "企业名录", 3)["企业名称"]
    assert "<img src=x onerror=alert(1)>测试有限公司" in set(names)
    assert '=HYPERLINK("http://x")有限公司' in set(names)
