"""Rasters in a project: figures worked out by hand on the four squares, and what the run says of them.

Cells of 100 m over x 0–2 000, y 0–1 000. Parcel A is x 0–1 000, y 0–500: 50 cells; B x 1 500–2 500 lies half
on the raster; C and D lie beyond it.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys

import four_squares
import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from geotiff import write

import landeff
from landeff.core.errors import ConfigError, InputError, MissingExtraError, ProblemsError
from landeff.measure import zonal
from landeff.measure.zonal import zonal_statistics
from landeff.pipeline import evidence
from landeff.sources.raster import open_raster

DAY = dt.date(2024, 6, 1)


def built() -> np.ndarray:
    """1 where built: 3 of A's 5 rows of cells from the south, over its western half, so 15 of 50 cells."""
    values = np.zeros((10, 20), dtype="uint8")
    values[7:, :5] = 1
    return values


def project(*rasters, **changes):
    return {**four_squares.project(**changes), "rasters": list(rasters)}


def share(path, **changes):
    entry = {"name": "built_up", "path": str(path), "kind": "class_share", "classes": [1], "observed_on": DAY}
    return {**entry, **changes}


@pytest.fixture
def image(tmp_path):
    return write(tmp_path / "built_2024.tif", built())


@pytest.fixture
def result(image):
    labels = {"0": "未建", "1": "已建"}
    height = {"name": "height", "path": str(image), "kind": "max", "unit": "m", "observed_on": DAY}
    people = {
        "name": "people",
        "path": str(image),
        "kind": "sum",
        "per": "cell",
        "unit": "人",
        "observed_on": DAY,
    }
    cover = {"name": "cover", "path": str(image), "kind": "classes", "labels": labels, "observed_on": DAY}
    main = {"name": "main", "path": str(image), "kind": "majority", "labels": labels, "of": "zones"}
    return landeff.run(project(share(image), height, people, cover, main))


def figure(result, raster, **keys):
    rows = result.table("parcel_raster")
    rows = rows[rows["raster"] == raster]
    for name, value in keys.items():
        rows = rows[rows[name] == value]
    return rows


def test_figures_by_hand(result) -> None:
    a = figure(result, "built_up", parcel_id="A").iloc[0]
    assert a["value"] == pytest.approx(0.3)  # 15 of 50 cells
    assert (a["class"], a["unit"], a["source_file"], a["method"]) == (
        "1",
        "",
        "built_2024.tif",
        "exactextract",
    )
    assert a["observed_on"] == pd.Timestamp(DAY)
    assert [a["cells"], a["covered_ratio"], a["nodata_ratio"]] == pytest.approx([50, 1, 0])
    assert figure(result, "people", parcel_id="A")["value"].tolist() == pytest.approx([15])
    cover = figure(result, "cover", parcel_id="A")
    assert cover[["class", "class_name"]].to_numpy().tolist() == [["0", "未建"], ["1", "已建"]]
    assert cover["value"].tolist() == pytest.approx([0.7, 0.3])


def test_partly_and_not_covered(result) -> None:
    b = figure(result, "built_up", parcel_id="B").iloc[0]
    assert [b["value"], b["covered_ratio"], b["nodata_ratio"]] == pytest.approx([0, 0.5, 0])
    assert figure(result, "built_up", parcel_id="C")["value"].isna().all()
    assert figure(result, "cover", parcel_id="D")["class"].isna().all()
    columns = result.parcels.set_index("parcel_id")["raster_built_up"]
    assert columns["A"] == pytest.approx(0.3)
    assert columns[["B", "C", "D"]].isna().all()


def test_zones_have_rows_and_no_column(result) -> None:
    rows = figure(result, "main")
    assert rows["parcel_id"].isna().all()
    assert rows[["zone_id", "class", "class_name"]].iloc[0].tolist() == ["Z1", "0", "未建"]
    assert "raster_main" not in result.zones
    assert "raster_cover" not in result.parcels


def test_a_share_of_the_land_decides_what_rules_see(image) -> None:
    told = landeff.run(project(share(image, min_covered_ratio=0.5))).parcels.set_index("parcel_id")
    assert told.loc["B", "raster_built_up"] == 0.0


def test_issues_name_the_parcels(result) -> None:
    issues = result.table("issues").query("table == 'rasters' and key == 'built_up'").set_index("code")
    assert issues.loc["raster_no_data", "value"] == "C, D"
    assert issues.loc["raster_no_data", "n"] == 2
    assert issues.loc["raster_partly_covered", "value"] == "B"
    assert "raster_date_missing" not in issues.index
    undated = result.table("issues").query("code == 'raster_date_missing'")
    assert undated["key"].tolist() == ["main"]


def test_saved_shown_and_explained(result, tmp_path) -> None:
    result.save(tmp_path / "out")
    again = landeff.load_result(tmp_path / "out")
    pd.testing.assert_frame_equal(again.table("parcel_raster"), result.table("parcel_raster"))
    told = again.explain("A", "zh")
    assert "built_up (class_share 1): 0.3 [有数据 100.0%, 50.00 个像元, 2024-06-01] ← built_2024.tif" in told
    assert "cover (classes 已建): 0.3" in told
    assert "built_up (class_share 1): ? [data on 0.0%" in again.explain("C", "en")
    inputs = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))["inputs"]
    assert len(inputs["built_2024.tif"]) == 64


RULE = """
title = { zh = "影像疑似未建", en = "hardly built on the image" }
version = "1"
verified = true
advice = { zh = "实地查看", en = "look at the place" }
when = { column = "raster_built_up", op = "<=", value = 0.35 }
[[basis]]
document = "测试"
article = "一"
"""


def test_rules_compare_the_column(image, tmp_path) -> None:
    """A has 0.30 built: a hit; half of B is unseen: unknown, not clear."""
    (tmp_path / "unbuilt.toml").write_text(RULE, encoding="utf-8")
    raw = project(share(image))
    raw["standards"] = {"rules": ["./unbuilt.toml"], "folder": str(tmp_path)}
    found = landeff.run(raw).table("findings").set_index("parcel_id")["verdict"]
    assert found[["A", "B", "C"]].tolist() == ["hit", "unknown", "unknown"]


def test_the_same_figure_in_python(image, result) -> None:
    with open_raster(image) as raster:
        told = zonal_statistics(
            result.parcels.geometry, raster, "class_share", classes=[1], crs=result.parcels.crs.to_string()
        )
    assert told["value"].tolist() == pytest.approx([0.3, 0.0, np.nan, np.nan], nan_ok=True)


def test_another_coordinate_system_is_brought_to(tmp_path) -> None:
    """The city's parcels on a raster in degrees: all of A is 7."""
    path = write(
        tmp_path / "d.tif", np.full((30, 60), 7.0), left=119.38, top=32.40, cell=0.001, crs="EPSG:4490"
    )
    told = landeff.run(project({"name": "ndvi", "path": str(path), "kind": "mean", "unit": ""}))
    a = figure(told, "ndvi", parcel_id="A").iloc[0]
    assert a["value"] == pytest.approx(7)
    # 0.001° at 32.38°N: N cos φ · 1.745e-5 = 6,384,274 · 0.84451 · … = 94.10 m by M · 1.745e-5 = 110.89 m
    assert a["cells"] == pytest.approx(500_000 / (94.10 * 110.89), rel=1e-3)


def test_the_stamp_of_the_file_is_told(tmp_path) -> None:
    path = write(tmp_path / "a.tif", built(), tags={"TIFFTAG_DATETIME": "2025:02:03 00:00:00"})
    told = landeff.run(project(share(path, observed_on=None) | {}))
    assert figure(told, "built_up")["observed_on"].unique().tolist() == [pd.Timestamp("2025-02-03")]
    codes = set(told.table("issues").query("table == 'rasters'")["code"])
    assert {"raster_date_from_file", "raster_after_as_of"} <= codes


def test_without_exactextract_the_run_says_so(image, monkeypatch) -> None:
    for module in (zonal, evidence):
        monkeypatch.setattr(module, "has_exactextract", lambda: False)
    told = landeff.run(project(share(image)))
    assert figure(told, "built_up", parcel_id="A")["value"].tolist() == pytest.approx([0.3])
    assert set(told.table("parcel_raster")["method"]) == {"shapely"}
    assert "raster_fallback" in set(told.table("issues")["code"])


def test_a_raster_elsewhere_is_refused(tmp_path) -> None:
    path = write(tmp_path / "far.tif", built(), left=40_543_000.0)
    with pytest.raises(InputError, match=r"far\.tif \(rasters\.built_up\) does not touch the parcels"):
        landeff.run(project(share(path)))


def test_unusable_files_are_all_named_at_once(tmp_path) -> None:
    missing = share(tmp_path / "missing.tif")
    bands = share(write(tmp_path / "rgb.tif", np.array([built()] * 3)), name="rgb")
    with pytest.raises(ProblemsError) as caught:
        landeff.run(project(missing, bands, returns={"data": pd.DataFrame({"x": [1]})}))
    assert all(name in str(caught.value) for name in ("missing.tif", "rgb.tif", "returns"))


def test_a_name_that_the_parcels_use(image) -> None:
    parcels = four_squares.sources()[1].assign(raster_built_up=1.0)
    assert isinstance(parcels, gpd.GeoDataFrame)
    with pytest.raises(ConfigError, match="have a column raster_built_up already"):
        landeff.run(project(share(image), parcels={"data": parcels}))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": "avg"}, r"\[rasters 1\] kind = 'avg' is not one of mean, sum"),
        ({"kin": "mean"}, r"\[rasters 1\] kin is not known \(did you mean kind\?\)"),
        ({"name": None}, r"\[rasters 1\] name is missing"),
        ({"name": "Built up"}, "must be a column name"),
        ({"classes": []}, "class_share needs codes"),
        ({"classes": ["1"]}, "class_share needs codes"),
        ({"kind": "mean", "classes": None}, "unit is missing: the unit of the mean"),
        ({"kind": "mean", "unit": ""}, "class_share needs codes, .* other kinds none"),
        ({"kind": "sum", "classes": None, "unit": "人"}, "per is missing"),
        ({"per": "km2"}, "per belongs to kind = 'sum'"),
        ({"of": "firms"}, "of = 'firms' is not one of parcels, zones"),
        ({"labels": {"1": 2}}, "labels must name codes"),
        ({"min_covered_ratio": 90}, "min_covered_ratio = 90 must lie between 0 and 1"),
        ({"observed_on": dt.datetime(2024, 6, 1)}, "observed_on must be a date without a time"),
        ({"crs": "EPSG:1"}, "crs = 'EPSG:1' is not a CRS"),
        ({"band": "2"}, "band = '2' has the wrong kind"),
    ],
)
def test_mistakes_in_the_project_file(image, change, message) -> None:
    entry = {key: value for key, value in share(image, **change).items() if value is not None}
    with pytest.raises(ConfigError, match=message):
        landeff.load_config(project(entry))


def test_names_are_unique_and_rasters_a_list(image) -> None:
    with pytest.raises(ConfigError, match=r"\[rasters 2\] name = 'built_up' is taken"):
        landeff.load_config(project(share(image), share(image)))
    with pytest.raises(ConfigError, match=r"\[\[rasters\]\] must be a list of tables"):
        landeff.load_config({**four_squares.project(), "rasters": {"name": "x"}})


def test_help_and_config_do_not_pay_for_rasterio(image, tmp_path) -> None:
    code = (
        "import sys, landeff, landeff.cli, landeff.pipeline.load_config, landeff.pipeline.run\n"
        "from landeff.sources.readers import readers; readers()\n"
        "print(sorted({'rasterio', 'exactextract'} & set(sys.modules)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    assert told.stdout.strip() == "[]"


def test_without_rasterio_the_extra_is_named(image, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "rasterio", None)
    with pytest.raises(ProblemsError) as caught:
        landeff.run(project(share(image)))
    assert isinstance(caught.value.problems[0], MissingExtraError)
    assert 'pip install "landeff[raster]"' in str(caught.value)
