"""The map as data, and the page as bytes."""

from __future__ import annotations

import dataclasses
import re

import folium
import geopandas as gpd
import pandas as pd
import pytest
import shapely
from folium.plugins import MarkerCluster

from landeff.core.dataset import Dataset
from landeff.core.errors import InputError
from landeff.publish.map import build_map, map_layer, map_model
from landeff.publish.map.labels import LABELS
from landeff.publish.map.palette import VIRIDIS
from landeff.publish.offline import OfflineAssetError, OfflineMap, json_for_script
from landeff.publish.offline.assets import vendored

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
    assert [each.style.fill for each in tax.classes[:6]] == list(VIRIDIS)
    assert sum(each.n for each in tax.classes) == 60


def test_other_currencies_get_limits_of_their_own(tiny_dataset):
    meta = dataclasses.replace(tiny_dataset.meta, currency="USD")
    tax = map_model(Dataset(meta, tiny_dataset.tables)).layers[1]
    assert "USD" in tax.title.en
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


def test_layer_works_in_a_plain_folium_map():
    plots = gpd.GeoDataFrame(
        {"use": ["a", "b", None]}, geometry=shapely.box([0, 1, 2], 0, [1, 2, 3], 1), crs=4326
    )
    page = folium.Map(tiles=None)
    layer = map_layer(plots, "use", tooltip=["use"]).add_to(page)
    assert [entry["title"] for entry in layer.config["classes"]] == ["a", "b", "其他 / 无数据"]
    assert "Landeff.layer(" in page.get_root().render()


def test_layer_names_what_is_wrong():
    plots = gpd.GeoDataFrame({"a": [1.0]}, geometry=shapely.box([0], 0, [1], 1))
    with pytest.raises(InputError, match="no column 'b'"):
        map_layer(plots.set_crs(4326), "b")
    with pytest.raises(InputError, match="no CRS"):
        map_layer(plots)


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
