"""Blocks of a saved result: with other settings, and in every output."""

import datetime as dt

import four_squares
import geopandas as gpd
import openpyxl
import pandas as pd
import pyogrio
import pytest
import shapely
from click.testing import CliRunner

import landeff
from landeff.cli.blocks import command
from landeff.core.dataset import Dataset, Meta, Scopes
from landeff.core.errors import ConfigError, OutputError
from landeff.core.units import M2_PER_MU
from landeff.pipeline.blocks import block_tables, settings_of
from landeff.pipeline.blocks_config import CLASSES, BlockSettings, problems
from landeff.pipeline.explain_blocks import block_line
from landeff.pipeline.result import Result
from landeff.publish.blocks.words import conclusions, largest_blocks, plan_conflicts
from landeff.publish.map.layers.blocks import LAYER
from landeff.publish.map.plots import plots_of
from landeff.publish.parquet import write_tables
from landeff.publish.report.sections.blocks import build, worth_assembling
from landeff.publish.terms import INVENTORY

E, N = 40_443_000, 3_584_000
META = Meta(
    "四块地", dt.date(2024, 12, 31), (2024,), "EPSG:4528", Scopes("tax_paid", "parcels", "registered"),
)  # fmt: skip


def box(x0, y0, x1, y1):
    return shapely.box(E + x0, N + y0, E + x1, N + y1)


def tables():
    """From west to east, 300 m high: A (idle, 400 m = 180 mu), a street of 20 m, B (low efficiency, 200 m =
    90 mu), a road of 40 m, C (to be checked, 200 m); north of A, over 30 m, R (approved, 400 x 50 m = 30 mu).
    D, far off, is due soon.
    """
    parcels = gpd.GeoDataFrame(
        {
            "parcel_id": ["A", "B", "C", "D"],
            "holder": ["=甲公司", "乙公司", "丙公司", None],
            "holder_code": ["1", "2", "3", None],
            "inventory_class": ["idle", "low_efficiency", "idle_to_check", "due_soon"],
            "state": ["idle", "low_efficiency", "to_be_checked", "within_term"],
            "basis_area_m2": [120_000.0, 60_000.0, 60_000.0, 10_000.0],
            "area_m2": [120_000.0, 60_000.0, 60_000.0, 10_000.0],
            "tax_cny": [None, 5e5, 1e6, None],
            "zone_id": ["Z1", "Z1", "Z1", None],
            "zone_name": ["甲园", "甲园", "甲园", None],
            "district_code": ["321002"] * 4,
            "district_name": ["某县"] * 4,
            "farmland_overlap_m2": [100.0, 0.0, 0.0, 0.0],
        },
        geometry=[box(0, 0, 400, 300), box(420, 0, 620, 300), box(660, 0, 860, 300), box(5000, 0, 5100, 100)],
        crs="EPSG:4528",
    )
    remainders = gpd.GeoDataFrame(
        {
            "remainder_id": ["PC1-01"],
            "approval_id": ["PC1"],
            "zone_id": ["Z1"],
            "zone_name": ["甲园"],
            "area_m2": [20_000.0],
            "approved_on": [pd.Timestamp("2020-01-01")],
            "district_code": ["321002"],
            "district_name": ["某县"],
            "inventory_class": ["approved_unsupplied"],
            "unsupplied_kind": ["ready"],
        },
        geometry=[box(0, 330, 400, 380)],
        crs="EPSG:4528",
    )
    zones = gpd.GeoDataFrame(
        {"zone_id": ["Z1"], "name": ["甲园"], "is_sub_park": [False]},
        geometry=[box(-100, -100, 1000, 500)],
        crs="EPSG:4528",
    )
    return {"parcels": parcels, "remainders": remainders, "zones": zones}


@pytest.fixture(scope="module")
def result():
    made = tables()
    return Result(Dataset(META, {**made, **block_tables(made, BlockSettings())}))


@pytest.fixture(scope="module")
def folder(result, tmp_path_factory):
    place = tmp_path_factory.mktemp("saved")
    write_tables(result.dataset, place / "result")
    return place


def test_a_street_joins_and_a_road_parts(result):
    blocks = result.table("blocks")
    assert blocks["block_id"].tolist() == ["P-A"]
    block = blocks.iloc[0]
    # 180 + 90 + 30 mu: R is just 30 m off, and 300 mu reach 300 mu
    assert block["area_m2"] == 300 * M2_PER_MU
    assert block["is_min_size"]
    assert block["size_class"] == "300-500"
    assert block[["n_parcels", "n_pieces", "n_holders", "n_tax_unknown"]].tolist() == [2, 1, 2, 1]
    assert block["to_check_area_m2"] == 0  # C lies 40 m off
    assert block["largest_holder"] == "=甲公司"
    assert block["largest_holder_ratio"] == pytest.approx(0.6)
    # closed: 620 x 300 m and 400 x 80 m north of it; 4π·(186 000 + 32 000) ÷ (2·(620 + 380))²
    assert block["compactness_ratio"] == pytest.approx(4 * 3.14159265 * 218_000 / 2000**2, rel=1e-6)
    assert block[["length_m", "width_m"]].tolist() == pytest.approx([620, 380])
    assert "扬府办发〔2025〕2号" in block["basis"]
    assert "未核对原文" in block["basis"]
    members = result.table("block_members")
    assert members["parcel_id"].fillna(members["remainder_id"]).tolist() == ["A", "B", "PC1-01"]


def test_other_settings(result):
    parted = landeff.blocks(result, bridge_m=19.9).blocks
    assert parted["block_id"].tolist() == ["P-A", "P-B", "R-PC1-01"]
    assert not parted["is_min_size"].any()
    assert parted["area_m2"].sum() == 300 * M2_PER_MU  # the small ones stay
    wide = landeff.blocks(result, bridge_m=40).blocks.iloc[0]
    assert wide[["n_to_check", "to_check_area_m2"]].tolist() == [1, 60_000.0]
    with_c = landeff.blocks(result, bridge_m=40, of=["low_efficiency", "idle", "idle_to_check", "due_soon"])
    assert with_c.blocks["area_m2"].tolist() == [240_000.0, 10_000.0]
    assert with_c.blocks["n_to_check"].tolist() == [0, 0]
    assert with_c.blocks["counted"].iloc[0] == "idle,idle_to_check,due_soon,low_efficiency"
    assert landeff.blocks(result, min_mu=301).blocks["is_min_size"].tolist() == [False]


def test_what_is_not_given_is_as_in_the_run():
    made = tables()
    own = BlockSettings(200.0, 15.0, ("idle", "due_soon"))
    saved = Dataset(META, {**made, **block_tables(made, own)})
    assert settings_of(saved) == own
    assert settings_of(Dataset(META, made)) == BlockSettings()
    again = landeff.blocks(Result(saved), bridge_m=5).blocks
    assert again["min_area_m2"].iloc[0] == pytest.approx(200 * M2_PER_MU)
    assert again["basis"].iloc[0].startswith("项目设定")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"bridge_m": -1}, "bridge_m"),
        ({"min_mu": 2e6}, "min_mu"),
        ({"of": []}, "nothing"),
        ({"of": ["idel"]}, "idel"),
        ({"min_mu": float("nan")}, "number"),
    ],
)
def test_mistakes(result, given, message):
    with pytest.raises(ConfigError, match=message):
        landeff.blocks(result, **given)


def test_mistakes_in_the_project_file():
    told = list(problems({"min_mu": -3, "of": ["idle", "none"], "bridge_m": "30"}))
    assert len(told) == 2
    assert set(CLASSES) == set(INVENTORY) - {"missing_facts"}
    raw = four_squares.project()
    raw["blocks"] = {"min_mu": 200, "of": ["low_efficiency", "idle"]}
    assert landeff.load_config(raw).blocks == BlockSettings(200.0, 30.0, ("idle", "low_efficiency"))
    raw["blocks"] = {"min_nu": 200, "bridge_m": "30", "of": ["farm"]}
    with pytest.raises(ConfigError, match=r"(?s)did you mean min_mu.*bridge_m.*wrong kind.*farm"):
        landeff.load_config(raw)


def test_no_stock_land():
    made = tables()
    made["parcels"]["inventory_class"] = "none"
    made["remainders"] = made["remainders"].iloc[:0]
    none = block_tables(made, BlockSettings())
    assert none["blocks"].empty
    assert none["block_members"].empty
    assert none["blocks"].crs == made["parcels"].crs
    dataset = Dataset(META, {**made, **none})
    assert not build(dataset)
    assert not worth_assembling(dataset, 3)
    assert LAYER.build(dataset, plots_of(dataset)) is None
    assert landeff.blocks(Result(dataset)).lines("zh") == ["没有计入的存量土地。"]
    with pytest.raises(OutputError, match="no block"):
        landeff.blocks(Result(dataset)).save("nothing.gpkg")


def test_in_words(result):
    told = [each.zh for each in conclusions(largest_blocks(result.dataset))]
    assert told[0].startswith("3 宗（块）存量土地 300.00 亩，连成 1 片；达到 300 亩的 1 片")
    assert "疑似闲置 180.00 亩、疑似低效 90.00 亩、批而未供 30.00 亩" in told[1]
    assert "1 片涉及多家，最多 2 家" in told[2]


def test_plan_conflicts_in_words(result):
    # A lies 100 m² in farmland; no plan tells of redline and boundary, nor of R: 20 000 m² = 30 mu
    (told,) = plan_conflicts(result.table("blocks"))
    assert told.zh == "永久基本农田 0.15 亩，生态保护红线未核，开发边界外未核，另 30.00 亩未核"
    alone = result.table("blocks").assign(farmland_overlap_m2=None)
    assert plan_conflicts(alone)[0].zh == "未核"


def test_in_words_where_none_is_large_enough(result):
    small = landeff.blocks(result, bridge_m=19)
    told = [each.zh for each in conclusions(largest_blocks(small.dataset))]
    assert told[0].endswith("没有一片达到 300 亩。")
    assert told[1].endswith("还差 120.00 亩。")
    almost = landeff.blocks(result, bridge_m=40, of=["low_efficiency"], min_mu=180)
    # B has 90 mu, C beside it is to be checked and has 90 more
    assert "先核实这 1 宗、90.00 亩" in conclusions(largest_blocks(almost.dataset))[-1].zh


def test_map_layer(result):
    plots = plots_of(result.dataset)
    layer = LAYER.build(result.dataset, plots)
    assert [each.title.zh for each in layer.classes] == ["300—500 亩", "其他地块"]
    assert [each.n for each in layer.classes] == [3, 2]
    names = plots["parcel_id"].tolist()
    assert [int(layer.codes[names.index(code)]) for code in ("A", "B", "PC1-01", "C", "D")] == [0, 0, 0, 1, 1]


def test_a_parcel_says_its_block(result):
    (line,) = block_line(result.dataset, "B", "zh")
    assert line.text == "P-A，300.00 亩，3 宗（块），权利人 2 家"
    assert not list(block_line(result.dataset, "D", "zh"))
    assert not list(block_line(Dataset(META, tables()), "B", "zh"))


def test_the_first_screen(result):
    (table,) = worth_assembling(result.dataset, 3)
    assert table.rows[0].values == ("P-A", "甲园", 200_000.0, 2, 2)
    small = landeff.blocks(result, bridge_m=19)
    notes = worth_assembling(small.dataset, 3)
    assert "没有一片达到 300 亩" in notes[0].text.zh


def test_the_command(folder, tmp_path):
    done = CliRunner().invoke(command, [str(folder), "--bridge-m", "19", "--out", str(tmp_path / "b.csv")])
    assert done.exit_code == 0, done.output
    table = pd.read_csv(tmp_path / "b.csv")
    assert table["block_id"].tolist() == ["P-A", "P-B", "R-PC1-01"]
    assert table["largest_holder"].iloc[0] == "'=甲公司"  # no formula
    assert "geometry" not in table
    again = CliRunner().invoke(command, [str(folder), "--out", str(tmp_path / "b.csv")])
    assert isinstance(again.exception, OutputError)  # never over a file unless told
    wrong = CliRunner().invoke(command, [str(folder), "--of", "idle，nonsense"])
    assert isinstance(wrong.exception, ConfigError)


def test_files(result, tmp_path):
    made = landeff.blocks(result)
    book = openpyxl.load_workbook(made.save(tmp_path / "b.xlsx", "zh"))
    assert book.sheetnames == ["集中连片地块", "连片地块组成"]
    head, row = list(book["集中连片地块"].iter_rows(values_only=True))
    cells = dict(zip(head, row, strict=True))
    assert cells["面积（亩）"] == pytest.approx(300)
    assert cells["最大权利人"] == "=甲公司"
    assert book["集中连片地块"].cell(2, head.index("最大权利人") + 1).data_type == "s"
    assert cells["达到最小规模"] == "是"
    pieces = list(book["连片地块组成"].iter_rows(values_only=True))
    assert [row[2] or row[3] for row in pieces[1:]] == ["A", "B", "PC1-01"]
    page = made.save(tmp_path / "b.html", "en").read_text("utf-8")
    assert "Contiguous blocks" in page
    drawn = pyogrio.read_dataframe(made.save(tmp_path / "b.gpkg"), layer="blocks")
    assert drawn.geometry.area.tolist() == pytest.approx([200_000])
    with pytest.raises(ConfigError, match="gpkg"):
        made.save(tmp_path / "b.docx")
