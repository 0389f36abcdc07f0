"""The map in a real browser, from ``file://``, without a network."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
from map_page import open_map, show

from landeff.core.dataset import Dataset
from landeff.core.units import M2_PER_MU
from landeff.publish.map import build_map

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def tiny_map(tiny_dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("map") / "map.html"
    build_map(tiny_dataset).save(path)
    return path


@pytest.fixture(scope="module")
def hostile_map(hostile_dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "map.html"
    build_map(hostile_dataset).save(path)
    return path


@pytest.fixture(scope="module")
def shared(module_page, tiny_map):
    open_map(module_page, tiny_map)
    return module_page


def _totals(page) -> list[str]:
    return page.page.locator(".le-totals dd").all_inner_texts()


def _screen_point(page, lat: float, lon: float) -> tuple[float, float]:
    x, y = page.page.evaluate(
        "([lat, lon]) => { const p = Landeff.app.map.latLngToContainerPoint([lat, lon]);"
        " const b = Landeff.app.map.getContainer().getBoundingClientRect(); return [b.x + p.x, b.y + p.y]; }",
        [lat, lon],
    )
    return x, y


def test_opens_quietly_from_disk(opened):
    assert opened.page.title() == "样例市开发园区土地利用绩效 2024"
    assert opened.page.locator("html").get_attribute("lang") == "zh-CN"
    assert "合成数据" in opened.page.locator(".le-notices").inner_text()
    assert "入库税收 ÷ 开发面积（登记面积）" in opened.page.locator(".le-scope").inner_text()
    assert len(opened.requests) == 1
    opened.assert_quiet()


def test_parcels_are_painted(opened, tiny_dataset):
    colours = opened.page.evaluate("""() => {
      const seen = new Set();
      for (const canvas of document.querySelectorAll('.leaflet-tile-container canvas')) {
        const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
        for (let k = 0; k < data.length; k += 4) {
          if (data[k + 3] === 255) seen.add(data.slice(k, k + 3).join());
        }
      }
      return [...seen]; }""")
    assert "255,226,92" in colours  # #ffe25c, approved but unsupplied
    assert "247,245,239" in colours  # #f7f5ef, not in the inventory


def test_click_opens_the_dossier(opened, tiny_dataset):
    parcel = tiny_dataset.layer("parcels").query("inventory_class == 'idle'").iloc[0]
    point = tiny_dataset.layer("parcels").to_crs(4326).geometry[parcel.name].representative_point()
    opened.page.mouse.click(*_screen_point(opened, point.y, point.x))
    dossier = opened.page.locator(".le-dossier")
    dossier.locator("h2").wait_for()
    text = dossier.inner_text()
    assert parcel["parcel_id"] in text
    assert "疑似闲置" in text
    assert "2023-06-30" in text  # since
    assert "国土资源部令第53号" in text
    opened.page.keyboard.press("Escape")
    assert dossier.is_hidden()
    opened.assert_quiet()


def test_unknown_finding_names_the_missing_facts(opened, tiny_dataset):
    parcel = tiny_dataset.layer("parcels").query("inventory_class == 'missing_facts'").iloc[0]
    show(opened, parcel["parcel_id"])
    opened.page.locator(".le-dossier .le-finding.le-unknown").wait_for()
    text = opened.page.locator(".le-dossier .le-finding.le-unknown").inner_text()
    assert "待核实：缺要件" in text
    assert "约定开工日期、实际交地日期" in text


def test_legend_filters_and_totals_follow(opened, tiny_dataset):
    parcels = tiny_dataset.layer("parcels")
    known = parcels["tax_cny"].sum()
    mu = parcels["basis_area_m2"].sum() / M2_PER_MU
    assert _totals(opened) == ["60", f"{mu:,.1f}", f"{known / 1e4:,.0f}", f"{known / 1e4 / mu:,.2f}"]
    counts = opened.page.locator(".le-legend").inner_text()
    opened.page.locator(".le-class", has_text="未列入").locator("input").uncheck()
    rest = parcels[parcels["inventory_class"] != "none"]
    assert _totals(opened)[0] == str(len(rest))
    assert _totals(opened)[1] == f"{rest['basis_area_m2'].sum() / M2_PER_MU:,.1f}"
    opened.page.evaluate("Landeff.app.map.zoomIn(3, {animate: false})")
    assert opened.page.locator(".le-legend").inner_text() == counts


def test_zone_filter_shows_the_declared_figure(opened, tiny_dataset):
    opened.page.locator(".le-zone").select_option("Z02")
    parcels = tiny_dataset.layer("parcels").query("zone_id == 'Z02'")
    zone = tiny_dataset.layer("zones").set_index("zone_id").loc["Z02"]
    assert _totals(opened)[0] == str(len(parcels))
    assert f"{zone['tax_cny_per_mu'] / 1e4:.2f} 万元/亩" in opened.page.locator(".le-totals").inner_text()
    west, south, east, north = (
        tiny_dataset.layer("zones").set_index("zone_id").to_crs(4326).loc[["Z02"]].total_bounds
    )
    assert opened.page.evaluate(
        "b => Landeff.app.map.getBounds().contains(b)", [[south, west], [north, east]]
    )


def test_search_finds_parcel_enterprise_credit_code_and_supply_number(opened, tiny_dataset):
    parcel = tiny_dataset.layer("parcels").dropna(subset=["enterprise_names"]).iloc[7]
    for text in (parcel["parcel_id"].lower(), *parcel[["enterprise_names", "holder_code", "supply_id"]]):
        box = opened.page.get_by_role("combobox", name="查找宗地、企业、信用代码、监管号")
        box.fill(text)
        opened.page.locator("#le-results [role=option]").first.wait_for()
        assert opened.page.locator("#le-results [role=option]").count() == 1
        box.press("Enter")
        opened.page.locator(".le-dossier .le-code", has_text=parcel["parcel_id"]).wait_for()
    opened.assert_quiet()


def test_ledger_by_keyboard(opened, tiny_dataset):
    opened.page.get_by_role("button", name="亩均税收").focus()
    opened.page.keyboard.press("Enter")
    opened.page.keyboard.press("Enter")  # descending: the heading keeps the focus
    grid = opened.page.get_by_role("grid")
    grid.focus()
    grid.press("ArrowDown")
    grid.press("Enter")
    best = tiny_dataset.layer("parcels").sort_values("tax_cny_per_mu", ascending=False)["parcel_id"].iloc[0]
    opened.page.locator(".le-dossier .le-code", has_text=best).wait_for()
    assert opened.page.evaluate("document.activeElement.className") == "le-close"
    opened.page.keyboard.press("Escape")
    assert opened.page.evaluate("document.activeElement.className") == "le-body"


def test_language_switch(opened):
    opened.page.get_by_role("button", name="English").click()
    assert opened.page.locator("html").get_attribute("lang") == "en"
    assert "Suspected idle" in opened.page.locator(".le-legend").inner_text()
    assert "not for publication" in opened.page.locator(".le-footer").inner_text().lower()


def test_tax_layer(opened):
    opened.page.get_by_label("专题图层").select_option(label="亩均税收")
    opened.page.locator(".le-legend", has_text="≥ 40").wait_for()
    assert "无数据 / 待核实" in opened.page.locator(".le-legend").inner_text()
    opened.assert_quiet()


def test_hit_test_agrees_with_shapely(opened, tiny_dataset):
    parcels = tiny_dataset.layer("parcels").to_crs(4326)
    remainders = tiny_dataset.layer("remainders").to_crs(4326)
    shapes = [*parcels.geometry, *remainders.geometry]
    codes = [*parcels["parcel_id"], *remainders["remainder_id"]]
    west, south, east, north = parcels.total_bounds
    rng = np.random.default_rng(7)
    points = shapely.points(rng.uniform(west, east, 200), rng.uniform(south, north, 200))
    # A vertex may have moved by 0.07 m: points nearer than 0.2 m (2e-6 degrees) to an edge prove nothing.
    edges = shapely.union_all(shapely.boundary(np.array(shapes)))
    points = points[shapely.distance(points, edges) > 2e-6]
    assert len(points) > 190
    expected = [next((c for c, s in zip(codes, shapes, strict=True) if s.covers(p)), None) for p in points]
    assert None in expected
    found = opened.page.evaluate(
        "points => points.map(([lat, lng]) => { const i = Landeff.app.store.pick({lat, lng}, () => true);"
        " return i < 0 ? null : Landeff.app.value('parcel_id', i); })",
        [[p.y, p.x] for p in points],
    )
    assert found == expected


def test_hostile_text_stays_text(page, hostile_map, hostile_dataset, hostile_texts):
    open_map(page, hostile_map)
    for text, code in zip(hostile_texts, hostile_dataset.layer("parcels")["parcel_id"], strict=False):
        show(page, code)
        shown = page.page.locator(".le-dossier h2").evaluate("e => e.textContent")
        assert shown.split() == text.replace("\u2028", " ").replace("\u2029", " ").split()
        box = page.page.locator(".le-dossier").bounding_box()
        assert box is not None
    page.page.evaluate("Landeff.app.map.setZoom(15, {animate: false})")
    page.page.mouse.move(800, 400)
    page.page.get_by_role("combobox", name="查找宗地、企业、信用代码、监管号").fill("<")
    page.page.locator("#le-results [role=option]").first.wait_for()
    assert page.page.evaluate("window.__x") is None
    assert page.page.locator("img, svg[onload], .le-panel script").count() == 0
    assert "<img src=x" in page.page.title()
    page.assert_quiet()


def test_csv_is_no_formula(page, hostile_map, hostile_texts):
    open_map(page, hostile_map)
    text = page.page.evaluate("Landeff.csvText(Landeff.app, [...Array(Landeff.app.store.n).keys()])")
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == 63  # heading, 60 parcels, 2 pieces
    cells = [cell for row in rows[1:] for cell in row]
    assert f"'{hostile_texts[4]}" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "@", "+", "--"))]
    assert page.page.evaluate("Landeff.csvText(Landeff.app, [])") == text.split("\r\n")[0] + "\r\n"


def test_link_opens_one_parcel(page, tiny_map, tiny_dataset):
    code = tiny_dataset.layer("parcels")["parcel_id"].iloc[3]
    page.page.goto(f"{tiny_map.as_uri()}#parcel={code}")
    page.page.locator(".le-dossier .le-code", has_text=code).wait_for()


def test_old_browser_is_told(page, tiny_map):
    page.page.add_init_script("delete window.DecompressionStream")
    page.open_file(tiny_map)
    page.page.get_by_role("alert").wait_for()
    assert "浏览器版本过低" in page.page.get_by_role("alert").inner_text()


def test_prints_the_whole_layout(opened):
    opened.page.evaluate("window.print = () => { window.printed = document.documentElement.className; }")
    opened.page.get_by_role("button", name="打印").click()
    opened.wait_until("window.printed === 'le-print'")
    assert opened.page.locator("body").evaluate("e => e.clientWidth") == 1520  # A3 less its margins
    assert opened.page.locator(".le-side").is_hidden()
    assert opened.page.locator("#le-year").is_hidden()
    opened.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    opened.wait_until("document.documentElement.className === ''")
    opened.assert_quiet()


def test_text_contrast(opened):
    """WCAG 2.1 1.4.3: at least 4.5:1 for text, computed from the colours the browser resolved."""
    low = opened.page.evaluate("""() => {
      const channel = v => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
      const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
      const rgb = text => text.match(/[\\d.]+/g).map(Number);
      const ground = e => { for (; e; e = e.parentElement) {
          const c = rgb(getComputedStyle(e).backgroundColor);
          if (c.length < 4 || c[3] > 0.8) return c; }
        return [255, 255, 255]; };
      const low = [];
      for (const e of document.querySelectorAll('.le-header *, .le-panel *, .le-footer *')) {
        if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
        const [a, b] = [light(rgb(getComputedStyle(e).color)), light(ground(e))].sort((x, y) => y - x);
        if ((a + 0.05) / (b + 0.05) < 4.5) low.push(e.className + ': ' + e.textContent);
      }
      return low; }""")
    assert low == []


@pytest.mark.parametrize("width", [390, 1280, 1600])
def test_the_first_view_is_filled(opened, tiny_dataset, width):
    """Half steps of zoom: the data take up at least 1/√2 of what there is room for, less the margin."""
    opened.page.set_viewport_size({"width": width, "height": 900})
    opened.page.wait_for_function("width => innerWidth === width", arg=width)
    opened.page.evaluate("Landeff.app.map.invalidateSize(false)")  # Leaflet hears of a resize a frame later
    opened.page.evaluate("Landeff.goToZone(Landeff.app, '')")
    share = opened.page.evaluate("""() => {
      const { map, config: { bounds: [low, high] } } = Landeff.app;
      const [a, b, size] = [map.latLngToContainerPoint(low), map.latLngToContainerPoint(high), map.getSize()];
      return Math.max((b.x - a.x) / (size.x - 24), (a.y - b.y) / (size.y - 24)); }""")
    assert 0.7 < share <= 1


def test_zones_are_named_with_their_stock_land_or_their_tax_per_mu(opened, tiny_dataset):
    parcels, pieces = tiny_dataset.frame("parcels"), tiny_dataset.frame("remainders")
    stock = parcels[
        parcels["inventory_class"].isin(["idle", "low_efficiency"])
    ]  # and 批而未供: as the report
    both = pd.concat([
        stock[["zone_id", "basis_area_m2"]],
        stock[["sub_zone_id", "basis_area_m2"]].rename(columns={"sub_zone_id": "zone_id"}),
        pieces[["zone_id", "area_m2"]].rename(columns={"area_m2": "basis_area_m2"}),
    ])  # fmt: skip
    zones = tiny_dataset.frame("zones").set_index("zone_id")
    mu = both.groupby("zone_id")["basis_area_m2"].sum() / M2_PER_MU
    named = {f"{zones.loc[zone, 'name']}存量 {value:,.0f} 亩" for zone, value in mu.items()}
    told = {text for text in opened.page.locator(".le-zone-name").all_text_contents() if "存量" in text}
    assert told
    assert told <= named
    opened.page.locator("#le-layer").select_option(label="亩均税收")
    opened.page.locator(".le-zone-name", has_text="万元/亩").first.wait_for()
    rates = {
        f"{name}{tax / 1e4:.2f} 万元/亩"
        for name, tax in zip(zones["name"], zones["tax_cny_per_mu"], strict=True)
    }
    assert {t for t in opened.page.locator(".le-zone-name").all_text_contents() if "/" in t} <= rates


def test_the_legend_counts_the_zone_chosen(opened, tiny_dataset):
    parcels = tiny_dataset.frame("parcels")
    zone = parcels["zone_id"].dropna().iloc[0]
    n = int(((parcels["zone_id"] == zone) & (parcels["inventory_class"] == "idle")).sum())
    opened.page.locator(".le-zone").select_option(zone)
    idle = opened.page.locator(".le-class", has_text="疑似闲置").locator(".le-count")
    assert idle.first.inner_text() == str(n)
    opened.assert_quiet()
