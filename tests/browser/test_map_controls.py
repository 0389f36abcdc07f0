"""Each control of the map page, in a real browser; what it counts against what the run says."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from axe import complaints
from map_page import LEGEND, choose_layer, open_map, set_range, show

from landeff.core.dataset import Dataset
from landeff.core.units import M2_PER_MU
from landeff.publish.map import MapModel, build_map, map_model, tiles_of

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def rich(tiny_dataset: Dataset) -> Dataset:
    """The small run with grades, plans, links and a correction."""
    parcels = tiny_dataset.layer("parcels")
    n = len(parcels)
    parcels = parcels.assign(
        grade_latest=[["A", "B", "C", "D", None][k % 5] for k in range(n)],
        industry=[["机械", "化工"][k % 2] for k in range(n)],
        land_use=[["工业用地", "仓储用地"][k % 3 // 2] for k in range(n)],
        supply_linked_by=parcels["supply_id"].where(parcels["supply_id"].isna(), "supply_id"),
        plan_永久基本农田_ratio=[float(k % 20 == 0) for k in range(n)],
        raster_lights=[None if k == 3 else k / 7 for k in range(n)],
    )
    corrections = pd.DataFrame({
        "kind": ["correction"], "status": "applied", "table": "parcels", "key": parcels["parcel_id"].iloc[:1],
        "column": "handover_on", "old_value": "2021-04-01", "new_value": "2021-05-01", "signer": "王某",
        "decided_on": pd.to_datetime(["2024-11-01"]), "why_zh": "已采用", "why_en": "applied",
    })  # fmt: skip
    return Dataset(tiny_dataset.meta, {**tiny_dataset.tables, "parcels": parcels, "corrections": corrections})


@pytest.fixture(scope="module")
def model(rich: Dataset) -> MapModel:
    return map_model(rich)


@pytest.fixture(scope="module")
def rich_map(rich: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("controls") / "map.html"
    build_map(rich).save(path)
    return path


@pytest.fixture(scope="module")
def shared(module_page, rich_map):
    open_map(module_page, rich_map)
    return module_page


def test_every_layer_counts_what_the_run_counts(opened, model):
    for layer in model.layers:
        choose_layer(opened, layer.title.zh)
        told = [[each.title.zh, f"{each.n:,}", f"{each.area_m2 / M2_PER_MU:,.1f}"] for each in layer.classes]
        assert opened.page.evaluate(LEGEND) == told, layer.name
    assert len(model.layers) == 13
    opened.assert_quiet()


def test_counts_stay_whatever_the_zoom(opened, model):
    for layer in model.layers[:3]:
        choose_layer(opened, layer.title.zh)
        before = opened.page.evaluate(LEGEND)
        for zoom in (8, 12, 15, 18):
            opened.page.evaluate("z => Landeff.app.map.setZoom(z, {animate: false})", zoom)
            opened.wait_until("Landeff.app.grid.isPainted()")
            assert opened.page.evaluate(LEGEND) == before


def test_year_slider(opened, rich):
    choose_layer(opened, "亩均税收")
    set_range(opened, "#le-year", 0)
    opened.wait_until("Landeff.app.view && Landeff.app.year === 2022")
    parcels = rich.frame("parcels")
    year = rich.frame("parcel_year").query("year == 2022").set_index("parcel_id")["tax_cny"]
    per_mu = parcels["parcel_id"].map(year) / (parcels["basis_area_m2"] / M2_PER_MU) / 1e4
    legend = {title: n for title, n, _ in opened.page.evaluate(LEGEND)}
    assert legend["≥ 40"] == str(int((per_mu >= 40).sum()))
    assert legend["无数据 / 待核实"] == str(int(per_mu.isna().sum()))
    totals = opened.page.locator(".le-totals").inner_text()
    assert "2022" in totals
    assert f"{year.sum() / 1e4:,.0f}" in totals
    # the ledger follows: heading, cells, order; so does what is exported
    heading = opened.page.get_by_role("button", name="亩均税收 2022")
    heading.click()
    heading.click()  # descending
    best = per_mu.idxmax()
    row = opened.page.locator(".le-row[aria-rowindex='2']").inner_text()
    assert parcels["parcel_id"].iloc[best] in row
    assert f"{per_mu[best]:,.2f}" in row
    text = opened.page.evaluate("Landeff.csvText(Landeff.app, Landeff.app.ledger.rows.slice(0, 1))")
    (exported,) = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    assert float(exported["亩均税收 2022（万元/亩）"]) == pytest.approx(per_mu[best], abs=1e-3)
    assert float(exported["税收 2022（万元）"]) == pytest.approx(
        year[parcels["parcel_id"].iloc[best]] / 1e4, abs=1e-3
    )


def test_the_year_is_that_of_all_layers(opened, rich):
    """Chosen on a layer of categories, it is still there on one of money; what has no years stays."""
    set_range(opened, "#le-year", 1)
    opened.wait_until("Landeff.app.year === 2023")
    assert "亩均税收 2023" in opened.page.locator(".le-head").inner_text()
    choose_layer(opened, "亩均产值")
    assert "2023" in opened.page.locator(".le-legend legend").inner_text()
    choose_layer(opened, "栅格：lights")
    assert "2023" not in opened.page.locator(".le-legend legend").inner_text()
    opened.assert_quiet()


def test_threshold_recolours_and_recounts(opened, rich):
    choose_layer(opened, "亩均税收")
    opened.page.get_by_role("checkbox", name="按阈值重新分级").check()
    set_range(opened, ".le-threshold", 12.0)
    parcels = rich.frame("parcels")
    per_mu = parcels["tax_cny_per_mu"] / 1e4
    low = parcels[per_mu < 12]
    legend = opened.page.evaluate(LEGEND)
    assert [row[:2] for row in legend] == [
        ["< 12 万元/亩", str(len(low))],
        ["≥ 12 万元/亩", str(int((per_mu >= 12).sum()))],
        ["无数据 / 待核实", str(int(per_mu.isna().sum()))],
    ]
    share = 100 * low["basis_area_m2"].sum() / parcels.loc[per_mu.notna(), "basis_area_m2"].sum()
    assert f"占已知面积 {share:.1f}%" in opened.page.locator(".le-slider output").inner_text()
    opened.wait_until("Landeff.app.grid.isPainted()")
    opened.page.locator("label.le-class", has_text="≥ 12").locator("input").uncheck()
    assert opened.page.locator(".le-totals dd").first.inner_text() == str(len(low) + int(per_mu.isna().sum()))
    opened.page.get_by_role("checkbox", name="按阈值重新分级").uncheck()
    assert len(opened.page.evaluate(LEGEND)) == 7
    opened.assert_quiet()


def test_threshold_by_keyboard(opened):
    choose_layer(opened, "亩均税收")
    opened.page.get_by_role("checkbox", name="按阈值重新分级").press("Space")
    before = opened.page.evaluate("Landeff.app.threshold")
    opened.page.locator(".le-threshold").press("ArrowRight")
    assert opened.page.evaluate("Landeff.app.threshold") == pytest.approx(before + 0.5)  # 60 / 120


def test_distribution_holds_all_known_land(opened, rich):
    choose_layer(opened, "亩均税收")
    titles = opened.page.locator(".le-bars span").evaluate_all("bars => bars.map((bar) => bar.title)")
    parcels = rich.frame("parcels")
    mu = parcels.loc[parcels["tax_cny_per_mu"].notna(), "basis_area_m2"].sum() / M2_PER_MU
    told = sum(float(title.split("  ")[1].split(" ")[0].replace(",", "")) for title in titles)
    assert len(titles) == 30
    assert told == pytest.approx(mu, abs=30 * 0.05)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("inventory_class", "idle"),
        ("industry", "化工"),
        ("grade_latest", "D"),
        ("district_name", "江都区"),
        ("land_use", "仓储用地"),
    ],
)
def test_ledger_filters_narrow_map_and_ledger_alike(opened, rich, name, value):
    opened.page.locator(f"[data-filter={name}]").select_option(value)
    wanted = rich.frame("parcels").query(f"{name} == @value")
    assert f"{len(wanted)} 个地块" in opened.page.locator(".le-bar").inner_text()
    assert opened.page.locator(".le-totals dd").first.inner_text() == str(len(wanted))
    assert opened.page.evaluate("Landeff.app.shown.reduce((sum, value) => sum + value, 0)") == len(wanted)
    opened.page.get_by_role("button", name="清除筛选").click()
    assert opened.page.locator(".le-totals dd").first.inner_text() == "60"
    assert opened.page.locator(f"[data-filter={name}]").input_value() == ""


def test_export_holds_the_selection(opened, rich):
    opened.page.locator("[data-filter=inventory_class]").select_option("idle")
    with opened.page.expect_download() as download:
        opened.page.get_by_role("button", name="导出 CSV").click()
    text = Path(download.value.path()).read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    wanted = rich.frame("parcels").query("inventory_class == 'idle'")
    assert [row["宗地代码"] for row in rows] == sorted(wanted["parcel_id"])
    assert float(rows[0]["计算用地面积（亩）"]) == pytest.approx(
        wanted["basis_area_m2"].iloc[0] / M2_PER_MU, abs=1e-3
    )


def test_side_is_put_away_and_fetched_by_keyboard(opened):
    width = opened.page.locator(".folium-map").evaluate("e => e.clientWidth")
    opened.page.get_by_role("button", name="收起").press("Enter")
    assert opened.page.locator(".le-side").is_hidden()
    assert opened.page.locator(".folium-map").evaluate("e => e.clientWidth") > width + 400
    assert opened.page.evaluate("document.activeElement.className") == "le-open-side"
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("document.activeElement.className") == "le-body"
    assert opened.page.locator(".folium-map").evaluate("e => e.clientWidth") == width


def test_enter_on_the_map_opens_the_plot_in_the_centre(opened, rich):
    point = rich.layer("parcels").to_crs(4326).geometry.iloc[20].representative_point()
    opened.page.evaluate("at => Landeff.app.map.setView(at, 16, {animate: false})", [point.y, point.x])
    opened.page.locator(".folium-map").focus()
    opened.page.keyboard.press("Enter")
    opened.page.locator(
        ".le-dossier .le-code", has_text=rich.frame("parcels")["parcel_id"].iloc[20]
    ).wait_for()
    opened.page.keyboard.press("Escape")
    assert opened.page.locator(".folium-map").evaluate("e => e === document.activeElement")


@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), (390, 844)])
def test_the_plot_shown_is_in_sight_beside_its_dossier(opened, rich, size):
    opened.page.set_viewport_size({"width": size[0], "height": size[1]})
    parcels = rich.layer("parcels")
    show(opened, parcels["parcel_id"].iloc[33])
    west, south, east, north = parcels.to_crs(4326).geometry.iloc[33].bounds
    opened.page.wait_for_timeout(200)
    covered = opened.page.evaluate("""([south, west, north, east]) => {
      const { map } = Landeff.app; const view = map.getContainer().getBoundingClientRect();
      const low = map.latLngToContainerPoint([south, west]);
      const high = map.latLngToContainerPoint([north, east]);
      const box = [view.x + low.x, view.y + high.y, view.x + high.x, view.y + low.y];
      const side = document.querySelector('.le-side').getBoundingClientRect();
      const isIn = box[0] >= view.left && box[1] >= view.top && box[2] <= view.right && box[3] <= view.bottom;
      return !isIn || (box[2] > side.left && box[3] > side.top && box[0] < side.right); }""",
      [south, west, north, east])  # fmt: skip
    assert not covered


def test_dossier_tells_conditions_years_corrections_and_neighbours(opened, rich):
    parcels = rich.layer("parcels")
    parcel = parcels[parcels["inventory_class"] == "idle"].iloc[0]
    show(opened, parcel["parcel_id"])
    conditions = opened.page.locator(".le-conditions li")
    assert "动工期限 距今超过 1 年" in conditions.first.inner_text()
    assert "供地台账.xlsx · 行 3" in conditions.first.inner_text()
    corrected = parcels["parcel_id"].iloc[0]
    show(opened, corrected)
    text = opened.page.locator(".le-dossier").inner_text()
    assert "2021-04-01 → 2021-05-01" in text
    assert "王某" in text
    taxed = parcels[parcels["tax_cny"].notna()].iloc[0]
    show(opened, taxed["parcel_id"])
    years = opened.page.locator(".le-years tbody tr").all_inner_texts()
    assert [row.split()[0] for row in years] == ["2022", "2023", "2024"]
    assert f"{taxed['tax_cny'] * 0.8 / 1e4:,.2f}" in years[0]
    opened.assert_quiet()


def test_neighbours_are_those_within_a_metre(page, rich, tmp_path):
    parcels = rich.layer("parcels")
    row = parcels.iloc[:3].copy()
    x, y = row.geometry.iloc[0].bounds[:2]
    corners = [
        (0, 0, 50, 50),
        (50, 20, 90, 60),
        (0, 51.5, 50, 90),
    ]  # the second touches; the third is 1.5 m off
    shapes = [shapely.box(x + a, y + b, x + c, y + d) for a, b, c, d in corners]
    row = row.set_geometry(gpd.GeoSeries(shapes, crs=parcels.crs, index=row.index))
    build_map(Dataset(rich.meta, {**rich.tables, "parcels": row})).save(tmp_path / "three.html")
    open_map(page, tmp_path / "three.html")
    show(page, row["parcel_id"].iloc[0])
    page.page.locator(".le-neighbours").wait_for()
    assert page.page.locator(".le-neighbours li").count() == 1
    page.page.locator(".le-neighbours button").press("Enter")
    page.page.locator(".le-dossier .le-code", has_text=row["parcel_id"].iloc[1]).wait_for()


def test_paper_is_chosen(opened):
    opened.page.evaluate("window.print = () => { window.printed = document.documentElement.className; }")
    opened.page.get_by_label("纸张").select_option("A4")
    opened.page.keyboard.press("Control+p")
    opened.wait_until("window.printed === 'le-print le-a4'")
    sheets = opened.page.locator("head style").all_text_contents()
    assert any("size: A4 landscape" in text for text in sheets)
    opened.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    opened.wait_until("document.documentElement.className === ''")


@pytest.mark.parametrize(("paper", "points"), [("A3", (1191, 842)), ("A4", (842, 595))])
def test_a_print_is_one_page_with_title_map_and_legend(opened, paper, points):
    opened.page.evaluate(
        "window.isPrinted = false; window.print = () => { window.isPrinted = true; window.opacities ="
        " [...document.querySelectorAll('.leaflet-tile-container canvas')].map((e) => e.style.opacity); }"
    )
    opened.page.get_by_label("纸张").select_option(paper)
    opened.page.get_by_role("button", name="打印").click()
    opened.wait_until("window.isPrinted")
    assert {*opened.page.evaluate("opacities")} <= {"", "1"}
    sheet = opened.page.locator("body").bounding_box()
    for selector in ("h1", ".folium-map", ".le-legend", ".le-footer", ".le-north", ".leaflet-control-scale"):
        box = opened.page.locator(selector).first.bounding_box()
        assert box, selector
        assert box["height"] > 0
        assert box["x"] + box["width"] <= sheet["x"] + sheet["width"], selector
        assert box["y"] + box["height"] <= sheet["y"] + sheet["height"], selector
    shown = opened.page.locator(".folium-map").bounding_box()
    assert shown["height"] * shown["width"] > 0.5 * sheet["height"] * sheet["width"]
    pdf = opened.page.pdf(prefer_css_page_size=True)
    sizes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert [tuple(round(float(side)) for side in size) for size in sizes] == [points]  # one page


def test_on_a_phone_one_view_at_a_time(opened):
    opened.page.set_viewport_size({"width": 390, "height": 844})
    views = {"地图": ".folium-map", "图例与统计": ".le-panel", "台账": ".le-side"}
    for name, selector in views.items():
        opened.page.locator(".le-views").get_by_role("button", name=name).click()
        assert opened.page.locator(selector).is_visible()
        assert opened.page.locator(".le-panel").is_visible() == (name == "图例与统计")
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390
    opened.page.locator(".le-body .le-row[id]").first.click()
    opened.page.locator(".le-dossier h2").wait_for()
    opened.assert_quiet()


def test_tiles_are_asked_for_only_when_switched_on_and_the_key_is_forgotten(page, rich, tmp_path):
    asked: list[str] = []
    pixel = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
                          "0000000d49444154789c6360000002000001e221bc330000000049454e44ae426082")  # fmt: skip

    def serve(route):
        asked.append(route.request.url)
        route.fulfill(body=pixel, content_type="image/png")

    page.page.route("https://t0.tianditu.gov.cn/**", serve)
    build_map(rich, tiles_of("tianditu:img", key="never-stored")).save(tmp_path / "tiles.html")
    page.page.context.set_offline(False)
    open_map(page, tmp_path / "tiles.html")
    page.page.get_by_label("底图：天地图").check()
    assert asked == []  # no key yet
    page.page.get_by_label("密钥（不保存）").fill("my&key")
    page.page.get_by_label("密钥（不保存）").press("Tab")
    page.wait_until("document.querySelector('.leaflet-le-base-pane img.leaflet-tile-loaded')")
    assert asked
    assert all("tk=my%26key" in url for url in asked)
    assert {url.split("LAYER=")[1][:3] for url in asked} == {"img", "cia"}
    n = len(asked)
    page.page.get_by_label("底图：天地图").uncheck()
    page.page.evaluate("Landeff.app.map.zoomIn(1, {animate: false})")
    page.page.wait_for_timeout(200)
    assert len(asked) == n
    assert "never-stored" not in (tmp_path / "tiles.html").read_text("utf-8")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("state", ["plain", "dossier", "phone legend", "phone ledger", "phone dossier"])
def test_axe_finds_nothing(opened, rich, state, lang):
    """WCAG by axe-core: the wide page and the phone's, each with what can be opened, in both languages."""
    if lang == "en":
        opened.page.locator("#le-language").click()
    if state.startswith("phone"):
        opened.page.set_viewport_size({"width": 390, "height": 844})
        opened.page.locator("#le-view-" + {"legend": "panel_short"}.get(state[6:], "ledger")).click()
    if state.endswith("dossier"):
        show(opened, rich.frame("parcels").query("inventory_class == 'idle'")["parcel_id"].iloc[0])
        layer = "Landeff.app.setLayer(Landeff.app.config.layers[1])"
        opened.page.evaluate(f"{layer}.then(() => Landeff.app.setThreshold(9))")  # beside the dossier
    assert complaints(opened.page) == []
