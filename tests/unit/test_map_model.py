"""The map as data, and the page as bytes."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re

import pandas as pd
import pytest
from folium.plugins import MarkerCluster

from landeff.core.dataset import Dataset
from landeff.core.errors import ConfigError
from landeff.publish.map import build_map, map_model
from landeff.publish.map.classes import MapLayer
from landeff.publish.map.labels import LABELS
from landeff.publish.map.palette import BATLOW, SCALES, spread
from landeff.publish.offline import OfflineAssetError, OfflineMap, json_for_script
from landeff.publish.offline.assets import vendored
from landeff.publish.tiles import tiles_of

EXTERNAL = re.compile(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//|@import|url\(\s*["']?https?:""")


def _without(dataset: Dataset, **tables: pd.DataFrame) -> Dataset:
    return Dataset(dataset.meta, {**dataset.tables, **tables})


def test_legend_holds_what_occurs(tiny_dataset):
    inventory = map_model(tiny_dataset).layers[0]
    parcels = tiny_dataset.layer("parcels")
    n = {each.title.zh: each.n for each in inventory.classes}
    assert n["疑似闲置"] == (parcels["inventory_class"] == "idle").sum() == 6
    assert n["批而未供"] == 2
    assert len({each.style.hatch for each in inventory.classes}) == len(
        inventory.classes
    )  # never colour alone
    only_idle = parcels.assign(
        inventory_class=parcels["inventory_class"].where(lambda c: c == "idle", "none")
    )
    fewer = map_model(_without(tiny_dataset, parcels=only_idle, remainders=pd.DataFrame())).layers[0]
    assert [each.title.zh for each in fewer.classes] == ["疑似闲置", "未列入"]


def test_tax_classes_have_fixed_limits_in_yuan(tiny_dataset):
    tax = map_model(tiny_dataset).layers[1]
    assert [each.title.zh for each in tax.classes] == [
        "< 2",
        "2–5",
        "5–10",
        "10–20",
        "20–40",
        "≥ 40",
        "无数据 / 待核实",
    ]
    assert [each.style.fill for each in tax.classes[:6]] == list(spread(6))
    assert sum(each.n for each in tax.classes) == 60


def test_other_currencies_get_limits_of_their_own(tiny_dataset):
    meta = dataclasses.replace(tiny_dataset.meta, currency="USD")
    tax = map_model(Dataset(meta, tiny_dataset.tables)).layers[1]
    assert tax.measure
    assert "USD" in tax.measure.unit.en
    assert tax.classes[0].title.zh != "< 2"


def test_equal_runs_give_equal_bytes_whatever_the_order_of_rows(tiny_dataset):
    once = build_map(tiny_dataset)
    page = once.get_root().render()
    assert once.get_root().render() == page
    shuffled = {name: table.sample(frac=1, random_state=5) for name, table in tiny_dataset.tables.items()}
    assert build_map(Dataset(tiny_dataset.meta, shuffled)).get_root().render() == page


def test_page_has_no_address_and_a_strict_policy(hostile_dataset):
    page = build_map(hostile_dataset).get_root().render()
    own = page.replace(vendored("leaflet/leaflet.js"), "")  # whose attribution link is not used
    assert len(own) < len(page)
    assert not EXTERNAL.search(own)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    assert policy.group(1).startswith("default-src 'none'; script-src 'nonce-")
    assert "unsafe-eval" not in policy.group(1)
    assert "<img src=x" not in page
    assert "{{" not in page.split("Landeff.page(")[0].rsplit("</script>", 1)[-1]


def test_template_text_in_the_data_is_not_run(tiny_dataset):
    """folium compiles what a macro returns as a template once more: data must not pass that way."""
    parcels = tiny_dataset.layer("parcels").copy()
    parcels["holder"] = "{{ 6 * 7 }}{% for %}"
    meta = dataclasses.replace(tiny_dataset.meta, name="{{ 6 * 7 }}{% for %}")
    page = build_map(Dataset(meta, {**tiny_dataset.tables, "parcels": parcels})).get_root().render()
    assert '"title":"{{ 6 * 7 }}{% for %}"' in page


def test_notices(tiny_dataset):
    below = dataclasses.replace(tiny_dataset.meta, below_gate=True)
    notices = [notice.zh for notice in map_model(Dataset(below, tiny_dataset.tables)).notices]
    assert any("合成数据" in notice for notice in notices)
    assert any("未达对账线" in notice for notice in notices)


def test_a_run_without_inventory_or_zones_still_has_a_map(tiny_dataset):
    parcels = tiny_dataset.layer("parcels")[
        ["parcel_id", "basis_area_m2", "tax_cny", "tax_cny_per_mu", "geometry"]
    ]
    american = parcels.set_geometry(parcels.geometry.set_crs(2249, allow_override=True))
    model = map_model(Dataset(dataclasses.replace(tiny_dataset.meta, crs="EPSG:2249"), {"parcels": american}))
    assert [layer.name for layer in model.layers] == ["tax_per_mu"]
    assert "Landeff.page" in build_map(Dataset(model.meta, {"parcels": american})).get_root().render()


def test_scales_fall_steadily_in_lightness():
    """Classes stay in order in a grey print; relative luminance as in WCAG 2.1."""
    for scale in SCALES.values():
        channels = [[int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)] for colour in scale]
        linear = [[v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in c] for c in channels]
        light = [0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in linear]
        assert light == sorted(light, reverse=True)
    assert spread(12) == BATLOW


def _layers(dataset: Dataset) -> dict[str, MapLayer]:
    return {layer.name: layer for layer in map_model(dataset).layers}


def _counts(layer: MapLayer) -> dict[str, int]:
    return {each.title.zh: each.n for each in layer.classes}


def test_layers_are_those_of_which_the_run_has_columns(tiny_dataset):
    assert [*_layers(tiny_dataset)] == [
        "inventory", "tax_per_mu", "output_per_mu", "state", "idle", "due_soon", "approved_unsupplied",
        "low_efficiency", "to_check",
    ]  # fmt: skip
    parcels = tiny_dataset.layer("parcels").assign(
        grade_latest=["A", "d", None, "S", *["B"] * 56],
        supply_linked_by=["supply_id", "contract_no", None, None, *["supply_id"] * 56],
        is_supply_queued=pd.array([False, False, True, False, *[False] * 56], dtype="boolean"),
        plan_永久基本农田_ratio=[0.5, 0.005, None, 0.2, *[0.0] * 56],
        plan_生态保护红线_ratio=[0.0, 0.0, None, 0.02, *[0.0] * 56],
        plan_城镇开发边界_ratio=[1.0, 1.0, None, 1.0, 0.5, *[1.0] * 55],
    )
    more = _layers(_without(tiny_dataset, parcels=parcels))
    none = "无等级，或各企业不一"
    assert _counts(more["grade"]) == {"A 级": 1, "B 级": 56, "D 级": 1, none: 1, "其他等级": 1}
    assert _counts(more["evidence"]) == {
        "按电子监管号": 57, "按合同号": 1, "有疑似记录，待人工核对": 1, "无供地记录": 1,
    }  # fmt: skip
    assert _counts(more["plan_conflicts"]) == {
        "涉两项以上": 1, "涉永久基本农田": 1, "在城镇开发边界外": 1, "无管控数据": 1, "未见冲突": 56,
    }  # fmt: skip


def test_inventory_layers_class_by_time_and_missing_facts(tiny_dataset):
    """As of 2024-12-31: idle since 2023-06-30, so one to two years; due on 2026-05-31, in 516 days."""
    layers = _layers(tiny_dataset)
    assert _counts(layers["idle"]) == {"满两年（可依法收回）": 6, "其他地块": 56}  # recovery from 2024-06-30
    assert _counts(layers["due_soon"]) == {"181–365 天": 6, "其他地块": 56}
    assert _counts(layers["approved_unsupplied"]) == {"批准满两年不满五年": 2, "其他地块": 60}
    assert _counts(layers["to_check"]) == {
        "缺：约定开工日期、实际交地日期": 6, "缺：实际开工日期": 6, "已有结论": 50,
    }  # fmt: skip
    later = dataclasses.replace(tiny_dataset.meta, as_of=dt.date(2026, 4, 1))
    moved = _layers(Dataset(later, tiny_dataset.tables))
    assert _counts(moved["due_soon"]) == {"90 天以内": 6, "其他地块": 56}  # 60 days to 2026-05-31
    assert _counts(moved["approved_unsupplied"]) == {"批准满五年": 2, "其他地块": 60}
    early = dataclasses.replace(tiny_dataset.meta, as_of=dt.date(2024, 6, 29))
    assert "满一年不满两年（可征闲置费）" in _counts(_layers(Dataset(early, tiny_dataset.tables))["idle"])


def test_each_raster_has_a_layer_and_a_line_in_the_dossier(tiny_dataset):
    figures = [None, *[float(k) for k in range(59)]]
    parcels = tiny_dataset.layer("parcels").assign(raster_lights=figures, raster_empty=float("nan"))
    model = map_model(_without(tiny_dataset, parcels=parcels))
    lights = model.layers[-1]
    assert lights.name == "raster_lights"
    assert [each.n for each in lights.classes] == [10, 9, 10, 10, 9, 11, 1]  # limits 9.7, 19, 29, 39, 48
    assert [each.name for each in model.fields if each.name.startswith("raster")] == ["raster_lights"]


def test_money_of_former_years_travels(tiny_dataset):
    model = map_model(tiny_dataset)
    tax = _layers(tiny_dataset)["tax_per_mu"]
    assert tax.measure
    assert tax.measure.columns == {
        2022: "tax_cny_per_mu:2022", 2023: "tax_cny_per_mu:2023", 2024: "tax_cny_per_mu",
    }  # fmt: skip
    known = model.plots.dropna(subset="tax_cny")
    assert (known["tax_cny:2022"] - 0.8 * known["tax_cny"]).abs().max() < 0.01


def test_corrections_of_parcels_and_of_their_supply_records(tiny_dataset):
    parcel = tiny_dataset.frame("parcels").dropna(subset="supply_id").iloc[0]
    table = pd.DataFrame({
        "kind": "correction", "status": "applied", "table": ["parcels", "supply", "parcels"],
        "key": [parcel["parcel_id"], parcel["supply_id"], "elsewhere"], "column": "handover_on",
        "old_value": "=1", "new_value": ["a", "b", "c"],
    })  # fmt: skip
    found = map_model(_without(tiny_dataset, corrections=table)).corrections
    assert found["parcel_id"].tolist() == [parcel["parcel_id"]] * 2
    assert found["new_value"].tolist() == ["a", "b"]


@pytest.mark.parametrize(
    ("source", "owner"),
    [
        ("https://webrd01.is.autonavi.com/appmaptile?x={x}&y={y}&z={z}", "AMap"),
        ("https://online1.map.bdimg.com/tile/?x={x}&y={y}&z={z}", "Baidu"),
        ("http://rt0.map.gtimg.com/{z}/{x}/{y}.png", "Tencent"),
        ("https://{s}.is.autonavi.com/{z}/{x}/{y}", "AMap"),
    ],
)
def test_shifted_tiles_are_refused_by_name(source, owner):
    with pytest.raises(ConfigError, match=owner) as told:
        tiles_of(source)
    assert "GCJ-02" in str(told.value)


def test_tiles(tiny_dataset):
    assert "key" not in "".join(tiles_of("tianditu:img", key="abc", store_key=True).urls)
    kept = build_map(tiny_dataset, tiles_of("tianditu:img", key="secret-key")).get_root().render()
    assert "secret-key" not in kept
    assert "img-src data: blob: https://t0.tianditu.gov.cn;" in kept
    assert "LAYER=cia" in kept
    for wrong in ("tianditu:moon", "ftp://host/{z}/{x}/{y}", "https://host/tiles", "https://a b/{z}/{x}/{y}"):
        with pytest.raises(ConfigError):
            tiles_of(wrong)


def test_labels_are_complete():
    for key, label in LABELS.items():
        assert label.zh, key
        assert label.en, key


def test_unknown_assets_are_refused():
    page = OfflineMap([32.4, 119.4])
    MarkerCluster().add_to(page)
    with pytest.raises(OfflineAssetError, match="not vendored"):
        page.get_root().render()


def test_json_is_inert():
    text = json_for_script(["</script><!--", "\u2028", "&"])
    assert not set("<>&\u2028") & set(text)
    with pytest.raises(ValueError, match="JSON"):
        json_for_script(float("nan"))


def test_no_advice_where_facts_are_missing_and_no_name_that_is_a_code(tiny_dataset):
    findings = tiny_dataset.frame("findings").assign(advice="列入清单")
    parcels = tiny_dataset.layer("parcels").assign(enterprise_names="12321081MANK34TF1J", holder="投资中心")
    model = map_model(
        Dataset(tiny_dataset.meta, {**tiny_dataset.tables, "findings": findings, "parcels": parcels})
    )
    missing = model.findings["reason"] == "missing_facts"
    assert missing.any()
    assert model.findings.loc[missing, "advice"].isna().all()
    assert (model.findings.loc[~missing, "advice"] == "列入清单").all()
    of_parcels = model.plots["plot_kind"] == "parcel"
    assert set(model.plots.loc[of_parcels, "shown_name"]) == {"投资中心"}
