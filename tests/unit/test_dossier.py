"""Dossiers: what a page says, where its map draws, and that text stays text."""

from __future__ import annotations

import dataclasses
import re

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import landeff
from landeff.core.dataset import Dataset
from landeff.core.errors import ConfigError
from landeff.pipeline.dossier import dossiers
from landeff.pipeline.result import Result
from landeff.publish.dossier import Locators
from tests.support.four_squares import project
from tests.support.hostile import HOSTILE, Elements


@pytest.fixture(scope="module")
def result() -> Result:
    return landeff.run(project())


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", " ".join(Elements(html.split("</style>")[1]).text))


def test_a_page_tells_what_explain_tells(result: Result) -> None:
    html = result.dossier("A", lang="zh")
    text = text_of(html)
    assert html.count("<article") == 1
    for words in (
        "H1",
        "国土资源部令第53号",
        "疑似闲置",
        "750.00 亩",
        "2023-06-01",
        "returns #1",
        "1,200,000.00",
    ):
        assert words in text
    told = [line.strip() for line in result.explain("A", "zh").splitlines() if not line.startswith("■")]
    for line in (re.sub(r"\s+", " ", each) for each in told):
        label, _, value = line.partition(": ")
        assert line in text or f"{label} {value}" in text


def test_money_by_year(result: Result) -> None:
    # 100 + 20 万元 of H1 and T on A; 120 ÷ 750 mu = 0.16 万元 per mu
    assert re.search(
        r"计入亩均的税收 120\.00 .*亩均税收（万元/亩） 0\.16 ", text_of(result.dossier("A", lang="zh"))
    )


def test_classes_come_in_the_order_of_the_inventory_each_parcel_once(result: Result) -> None:
    parcels = result.dataset.frame("parcels").set_index("parcel_id")
    classes = sorted(set(parcels["inventory_class"]) - {"none"})
    html = result.dossier("D", classes=classes, lang="zh")
    heads = re.findall(r"<h1>宗地 (\w+)", html)
    assert heads[0] == "D"
    assert sorted(heads) == sorted({"D", *parcels.index[parcels["inventory_class"].isin(classes)]})
    assert html.count("<nav") == 1


def test_what_is_not_there_is_named(result: Result) -> None:
    with pytest.raises(ConfigError, match="there is no parcel AA in the result; the nearest is A"):
        result.dossier("AA")
    with pytest.raises(ConfigError, match="there is no inventory class lazy"):
        result.dossier(classes=["lazy"])
    with pytest.raises(ConfigError, match="no parcel is named"):
        result.dossier()


def test_a_class_without_parcels_is_an_empty_page(result: Result) -> None:
    assert result.dossier(classes=["scattered"]).count("<article") == 0


def test_same_result_same_bytes_whatever_the_row_order(result: Result) -> None:
    tables = {
        name: table.sample(frac=1, random_state=3) if name in ("parcels", "zones") else table
        for name, table in result.dataset.tables.items()
    }
    again = Dataset(result.dataset.meta, tables)
    chosen = ("A", "B", "C", "D")
    assert dossiers(again, chosen, lang="zh") == result.dossier(*chosen, lang="zh")
    assert result.dossier(*chosen, lang="en") == result.dossier(*chosen, lang="en")


def test_the_map_is_drawn_to_scale(result: Result) -> None:
    """A is 1,000 m × 500 m: 2.6 × 1,000 m are 360 px, 1,000 m are 138.5 px, 500 m are 69.2 px.

    Its middle is that of the box, (180, 125); B begins 500 m to the east; zone Z1 ends 2,000 m off, outside.
    """
    locator = Locators(result.dataset).of("A", "Z1")
    assert locator is not None
    corners = {tuple(pair.split()) for pair in re.findall(r"[\d.]+ [\d.]+", locator.parcel)}
    assert corners == {("110.8", "90.4"), ("249.2", "90.4"), ("249.2", "159.6"), ("110.8", "159.6")}
    assert len(locator.neighbours) == 1
    assert "M360 " in locator.neighbours[0] or "L360 " in locator.neighbours[0]  # cut off at the border
    assert "318.5 " in locator.neighbours[0]  # 249.2 + 69.2
    assert locator.scale == (69.2, 500)
    assert locator.overview is not None


def test_a_parcel_without_a_polygon_has_no_map() -> None:
    layer = gpd.GeoDataFrame({"parcel_id": ["P"]}, geometry=[shapely.Polygon()], crs="EPSG:4528")
    locators = Locators(Dataset(landeff.run(project()).dataset.meta, {"parcels": layer}))
    assert locators.of("P") is None
    assert locators.of("Q") is None
    assert locators.touching("P") == []


def test_holes_and_parts_are_drawn_and_only_what_touches_is_a_neighbour(result: Result) -> None:
    box = shapely.box
    ring = box(0, 0, 90, 90).difference(box(30, 30, 60, 60))
    shapes = {
        "ring": ring,
        "within": box(30, 30, 60, 60),
        "beside": box(90.5, 0, 120, 90),
        "far": box(95, 95, 99, 99),
    }
    layer = gpd.GeoDataFrame({"parcel_id": list(shapes)}, geometry=list(shapes.values()), crs="EPSG:4528")
    locators = Locators(Dataset(result.dataset.meta, {"parcels": layer}))
    drawn = locators.of("ring")
    assert drawn is not None
    assert drawn.parcel.count("M") == drawn.parcel.count("Z") == 2
    assert len(drawn.neighbours) == 3
    assert locators.touching("ring") == ["beside", "within"]  # half a metre off is touching, 7 m are not


def test_proposals_and_scores_are_told_where_the_run_has_them(result: Result) -> None:
    proposals = pd.DataFrame(
        {
            "parcel_id": ["A", "A", "B"],
            "is_way": pd.array([False, True, True], dtype="boolean"),
            "title_zh": ["先查明闲置原因", "协议有偿收回", "兼并重组"],
            "title_en": ["cause first", "negotiated recovery", "merger"],
            "limit_zh": [None, "六十日内", None],
            "basis": [None, "令第53号第十二条（未核对原文）", None],
            "is_verified": pd.array([pd.NA, False, pd.NA], dtype="boolean"),
            "missing": ["handover_on", None, None],
            "idle_fee_estimate_cny": [None, 2_000_000.0, None],
        }
    )
    grades = pd.DataFrame(
        {
            "enterprise_id": "H1",
            "name": "甲公司",
            "scorecard": ["ours", "ours", "theirs"],
            "year": [2023, 2024, 2024],
            "total": [50.0, 81.25, None],
            "rank": [9, 3, None],
            "n": [9, 40, None],
            "grade": ["D", "A", None],
            "reason": ["by_cut", "by_cut", "model_unknown"],
        }
    )
    cards = pd.DataFrame(
        {"scorecard": ["theirs"], "kind": "card", "title_zh": "他市评分标准", "title_en": "of another city"}
    )
    tables = {
        **result.dataset.tables,
        "proposals": proposals,
        "grades_simulated": grades,
        "scorecards": cards,
    }
    text = text_of(dossiers(Dataset(result.dataset.meta, tables), ["A"], lang="zh"))
    assert "先办: 先查明闲置原因；需补：实际交地日期" in text
    told = (
        "可采取: 协议有偿收回；六十日内；令第53号第十二条（未核对原文）；闲置费测算 200.00 万元，以认定为准"
    )
    assert told in text
    assert "兼并重组" not in text
    assert "2024 甲公司 H1，ours：得分 81.25，名次 3/40，模拟等级 A" in text
    assert "2024 甲公司 H1，他市评分标准：没有得分和等级：适用模型不清楚（缺规模等）" in text
    assert "得分 50" not in text


def planted(dataset: Dataset, texts: list[str]) -> Dataset:
    """The four parcels 13 times over, with texts in their columns of text and in the name of the project."""
    base = dataset.layer("parcels")
    copies = [
        base.assign(parcel_id=base["parcel_id"] + f"-{k}", geometry=base.translate(0, 2000 * k))
        for k in range(13)
    ]
    parcels = gpd.GeoDataFrame(pd.concat(copies, ignore_index=True), crs=base.crs)
    for offset, column in enumerate(
        ("holder", "location", "land_use", "zone_name", "contract_no", "source_file")
    ):
        parcels[column] = [texts[(offset * len(parcels) + i) % len(texts)] for i in range(len(parcels))]
    meta = dataclasses.replace(dataset.meta, name=texts[1 % len(texts)])
    return Dataset(meta, {**dataset.tables, "parcels": parcels})


def test_300_hostile_texts_stay_text(result: Result) -> None:
    """The elements and attributes of the page are those of harmless texts; each text can be read."""
    assert len(set(HOSTILE)) >= 280
    hostile = planted(result.dataset, HOSTILE)
    codes = hostile.frame("parcels")["parcel_id"].tolist()
    harmless = Elements(dossiers(planted(result.dataset, ["园"]), codes, lang="zh"))
    page = Elements(dossiers(hostile, codes, lang="zh"))
    assert page.tags == harmless.tags
    shown = "".join(page.text)
    for text in HOSTILE:
        assert text in shown


@pytest.mark.parametrize("text", HOSTILE[::40])
def test_a_hostile_name_of_the_project_stays_text(result: Result, text: str) -> None:
    dataset = Dataset(dataclasses.replace(result.dataset.meta, name=text), result.dataset.tables)
    named, harmless = (Elements(dossiers(each, ["A"], lang="en")) for each in (dataset, result.dataset))
    assert named.tags == harmless.tags
