"""Opening and moving maps of 100,000 parcels: plain folium beside landeff, in one run, in one browser.

    python benchmarks/map.py [--n 100000] [--skip-slow] [--any-speed]

Each page is opened from disk in headless Chromium without a network; "first" is the time from opening to the
first frame with parcels on it. The command ends with 1 where a target is missed. Needs Chromium and
playwright; plain ``folium.GeoJson`` takes over a minute at 100,000 (``--skip-slow`` leaves it out).
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
from city import make_city
from folium.utilities import JsCode
from playwright.sync_api import Browser, Page, Route, sync_playwright

from landeff.core.dataset import Dataset, Meta, Scopes
from landeff.publish.map import build_map, map_layer
from landeff.publish.offline import OfflineMap

ARGUMENTS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--js-flags=--expose-gc", "--enable-precise-memory-info"),
]
MB = 1e6
#: Target of what is measured of landeff; times in ms, sizes in MB.
TARGETS = {
    "ratio to folium.GeoJson": 40.0, "ratio to GeoJson on canvas": 4.0, "payload MB": 8.0, "heap MB": 60.0,
    "layer gap p95 ms": 50.0, "page gap p95 ms": 120.0,
}  # fmt: skip
LAYER = "Object.values(window).find((each) => each && each.whenDrawn)"
MAP = "Object.values(window).find((each) => each instanceof L.Map)"
PAINTED = """(kind) => new Promise((done) => {
  const look = () => requestAnimationFrame(() => {
    const drawn = kind === 'svg' ? document.querySelector('.leaflet-overlay-pane svg path')
      : [...document.querySelectorAll('.leaflet-container canvas')].some((c) => c.width && isDrawn(c));
    if (drawn) requestAnimationFrame(() => done(performance.now())); else setTimeout(look, 4);
  });
  const isDrawn = (c) => { const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
    for (let k = 3; k < d.length; k += 4 * 97) if (d[k]) return true; return false; };
  look(); })"""
#: Pan and zoom step by step; the gaps between frames meanwhile.
GAPS = """async () => {
  const map = MAP; const gaps = []; let last = performance.now(); let on = true;
  const tick = (now) => { gaps.push(now - last); last = now; if (on) requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  for (let k = 0; k < 60; k++) {
    map.panBy([k % 30 < 15 ? 37 : -37, k % 20 < 10 ? 23 : -23], {animate: false});
    await wait(16);
  }
  for (const step of [1, 1, 1, -1, -1, -1]) {
    map.setZoom(map.getZoom() + step, {animate: false});
    await wait(250);
  }
  on = false; return gaps.slice(2); }""".replace("MAP", MAP)


@dataclass(frozen=True)
class Measured:
    """A page: seconds to build, MB on disk, ms to the first parcels, p95 gap (ms), JS heap (MB)."""

    name: str
    build_s: float
    size_mb: float
    first_ms: float
    gap_ms: float
    heap_mb: float


def parcels(n: int) -> gpd.GeoDataFrame:
    """``n`` parcels with twelve attributes as offices have them; valid, each its own."""
    layer = make_city(n).parcels
    rng = np.random.default_rng(7)
    area = layer.area
    tax = np.where(rng.random(n) < 0.85, rng.lognormal(11.5, 1.2, n) * area / 666.67, np.nan)
    day = pd.Timestamp("2012-01-01") + pd.to_timedelta(rng.integers(0, 4500, n), "D")
    number = pd.Series(np.arange(n)).astype("str").str.zfill(5)
    syllables = np.array([*"华盛恒泰鑫源瑞丰宏达永利博创嘉宝天润龙腾海通"])
    brand = pd.Series(["".join(row) for row in syllables[rng.integers(0, len(syllables), (n, 4))]])
    return layer[["geometry"]].assign(
        parcel_id="321002001001GB" + number,
        enterprise_names="扬州" + brand + np.array(["机械", "电子"])[rng.integers(0, 2, n)] + "有限公司",
        supply_id="3210002021B" + number,
        zone_id=[f"Z{k:02d}" for k in rng.integers(0, 30, n)],
        district_name=np.array(["邗江区", "广陵区", "江都区", "仪征市"])[rng.integers(0, 4, n)],
        land_use=np.array(["工业用地", "仓储用地", "商业用地"])[rng.integers(0, 3, n)],
        grade_latest=np.array(["A", "B", "C", "D", None], dtype=object)[rng.integers(0, 5, n)],
        inventory_class=rng.choice(["none", "idle", "low_efficiency"], n, p=[0.92, 0.04, 0.04]),
        basis_area_m2=area.round(1),
        tax_cny=np.round(tax, 0),
        handover_on=day,
        registered_area_m2=area.round(1),
    )  # fmt: skip


def page_of(layer: gpd.GeoDataFrame) -> OfflineMap:
    """The full page on a run that has only parcels."""
    per_mu = layer["tax_cny"] / (layer["basis_area_m2"] / (10_000 / 15))
    table = layer.assign(tax_cny_per_mu=per_mu, idle_verdict="clear")
    meta = Meta(
        name="benchmark", as_of=pd.Timestamp("2024-12-31").date(), years=(2024,), crs=str(layer.crs),
        scopes=Scopes("tax_paid", "parcels", "registered"),
    )  # fmt: skip
    return build_map(Dataset(meta, {"parcels": table}))


def plain_geojson(layer: gpd.GeoDataFrame) -> folium.Map:
    """What a planner writes: ``folium.GeoJson`` with a style function and a tooltip."""
    made = folium.Map(tiles=None)
    shown = _json_ready(layer)
    folium.GeoJson(
        shown, style_function=lambda f: {"fillColor": _colour(f["properties"]["tax_cny"]), "weight": 0.5},
        tooltip=folium.GeoJsonTooltip(["parcel_id"]),
    ).add_to(made)  # fmt: skip
    made.fit_bounds(made.get_bounds())
    return made


def canvas_geojson(layer: gpd.GeoDataFrame) -> folium.Map:
    """The fastest that folium does by itself: canvas, and a style in JavaScript."""
    made = folium.Map(tiles=None, prefer_canvas=True)
    style = JsCode("(f) => ({fillColor: f.properties.tax_cny > 1e6 ? '#0f395f' : '#fca995', weight: 0.5})")
    folium.GeoJson(_json_ready(layer), style=style).add_to(made)
    made.fit_bounds(made.get_bounds())
    return made


def landeff_layer(layer: gpd.GeoDataFrame) -> folium.Map:
    """``landeff.map_layer`` with all twelve attributes."""
    made = OfflineMap(title="benchmark")
    names = [name for name in layer.columns if name != "geometry"]
    text = layer.assign(handover_on=layer["handover_on"].dt.strftime("%Y-%m-%d"))
    map_layer(text, "tax_cny", tooltip=names).add_to(made)
    made.fit_bounds(made.get_bounds())
    return made


def _json_ready(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return layer.to_crs(4326).assign(handover_on=layer["handover_on"].dt.strftime("%Y-%m-%d"))


def _colour(tax: float | None) -> str:
    return "#cbcfd3" if tax is None or tax != tax else "#0f395f" if tax > 1e6 else "#fca995"  # noqa: PLR0124


def measure(
    browser: Browser,
    name: str,
    build: Callable[[], folium.Map],
    kind: str,
    folder: Path,
    *,
    moves: bool = True,
) -> Measured:
    """Build a page, open it and move about in it."""
    started = time.perf_counter()
    path = folder / f"{kind}-{len(name)}.html"
    _offline(build()).save(path)
    build_s = time.perf_counter() - started
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.set_default_timeout(400_000)
    page.route("**/*", _only_files)
    page.goto(path.as_uri(), wait_until="commit")
    first = page.evaluate(PAINTED, kind)
    gap, heap = _moved(page, kind) if moves else (float("nan"), float("nan"))
    page.close()
    return Measured(name, build_s, path.stat().st_size / MB, first, gap, heap)


def _moved(page: Page, kind: str) -> tuple[float, float]:
    if kind == "page":
        page.evaluate("Landeff.started")
    page.wait_for_timeout(1500)
    gaps = page.evaluate(GAPS)
    page.evaluate("window.gc && window.gc()")
    page.wait_for_timeout(300)
    heap = page.evaluate("performance.memory.usedJSHeapSize") / MB
    return statistics.quantiles(gaps, n=20)[-1], heap


def _offline(page: folium.Map) -> folium.Map:
    """The same map with Leaflet inside, so that no page waits for a network; nothing else changes."""
    if isinstance(page, OfflineMap):
        return page
    made = OfflineMap(title="plain", prefer_canvas=page.options.get("prefer_canvas", False))
    for child in [*page._children.values()]:
        made.add_child(child)
    return made


def _only_files(route: Route) -> None:
    if route.request.url.startswith("file:"):
        route.continue_()
    else:
        route.abort()


def main() -> int:
    """Measure, print a table, judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--n", type=int, default=100_000)
    parser.add_argument("--skip-slow", action="store_true", help="leave out plain folium.GeoJson")
    parser.add_argument("--any-speed", action="store_true", help="print, but never fail")
    arguments = parser.parse_args()
    layer = parcels(arguments.n)
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        at = Path(folder)
        rows = [
            measure(browser, "landeff.map_layer", lambda: landeff_layer(layer), "layer", at),
            measure(browser, "landeff page", lambda: page_of(layer), "page", at),
            measure(browser, "GeoJson on canvas", lambda: canvas_geojson(layer), "canvas", at, moves=False),
        ]
        if not arguments.skip_slow:
            rows.append(
                measure(browser, "folium.GeoJson", lambda: plain_geojson(layer), "svg", at, moves=False)
            )
        browser.close()
    return 0 if report(rows) or arguments.any_speed else 1


def report(rows: list[Measured]) -> bool:
    """Print what was measured; whether every target is met."""
    print(f"{'':20} {'build s':>8} {'MB':>7} {'first ms':>9} {'gap p95':>8} {'heap MB':>8}")
    for row in rows:
        print(
            f"{row.name:20} {row.build_s:8.1f} {row.size_mb:7.2f} {row.first_ms:9.0f} {row.gap_ms:8.1f} "
            f"{row.heap_mb:8.1f}"
        )
    bare, full, *others = rows
    found = {
        "payload MB": bare.size_mb, "heap MB": bare.heap_mb, "layer gap p95 ms": bare.gap_ms,
        "page gap p95 ms": full.gap_ms,
    }  # fmt: skip
    found |= {f"ratio to {other.name}": other.first_ms / bare.first_ms for other in others}
    good = True
    for name, value in found.items():
        target = TARGETS[name]
        is_met = value >= target if name.startswith("ratio") else value <= target
        good &= is_met
        print(f"{name:28} {value:8.1f}  target {target:6.1f}  {'met' if is_met else 'MISSED'}")
    return good


if __name__ == "__main__":
    sys.exit(main())
