"""``landeff.map_layer`` in a real browser: in any ``folium.Map``, without cracks, hit where shapely says."""

from __future__ import annotations

import html
import re
from pathlib import Path

import folium
import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely.affinity import rotate

from landeff.publish.map import map_layer
from landeff.publish.offline import OfflineMap
from landeff.publish.offline.assets import VENDOR

pytestmark = pytest.mark.browser
CRS = "EPSG:4528"
X0, Y0 = 40_443_000.0, 3_586_000.0
LAYER = "Object.values(window).find((each) => each && each.whenDrawn)"


def _open_layer(page, path: Path) -> None:
    page.open_file(path)
    page.page.evaluate(f"{LAYER}.whenDrawn")
    page.wait_until(f"{LAYER}.grid.isPainted()")


@pytest.fixture(scope="module")
def city() -> gpd.GeoDataFrame:
    """A thousand shapes that share edges at an angle, of two classes like a chessboard; every ninth has a
    hole, every thirteenth two parts."""
    rows = []
    for k in range(1024):
        x, y = X0 + 60.0 * (k % 32), Y0 + 45.0 * (k // 32)
        shape = shapely.box(x, y, x + 60, y + 45)
        if k % 9 == 0:
            shape = shape.difference(shapely.box(x + 15, y + 10, x + 40, y + 35))
        if k % 13 == 0:
            shape = shape.difference(shapely.box(x + 25, y - 1, x + 35, y + 46))
        rows.append({"code": f"P{k:04d}", "odd": float((k + k // 32) % 2), "geometry": shape})
    plots = gpd.GeoDataFrame(rows, crs=CRS)
    return plots.set_geometry(plots.geometry.map(lambda s: rotate(s, 17, origin=(X0, Y0))))


def _save(plots: gpd.GeoDataFrame, path: Path, **options: object) -> None:
    page = OfflineMap(title="layer")
    map_layer(plots, "odd", breaks=[0.5], palette=["#0000ff", "#00ff00"], **options).add_to(page)
    page.fit_bounds(page.get_bounds())
    page.save(path)


def test_in_a_folium_map_of_the_network_kind(page, tiny_dataset, tmp_path):
    """A plain ``folium.Map`` takes Leaflet from a server; here the route gives it the vendored one."""
    assets = {"leaflet.js": "leaflet/leaflet.js", "leaflet.css": "leaflet/leaflet.css"}

    def serve(route):
        name = route.request.url.rpartition("/")[2]
        body = (VENDOR / assets[name]).read_text() if name in assets else ""
        route.fulfill(body=body, content_type="text/css" if name.endswith("css") else "text/javascript")

    page.page.route("http*://**/*", serve)
    plain = folium.Map(tiles=None)
    map_layer(tiny_dataset.layer("parcels"), "tax_cny_per_mu", title="税收", tooltip=["parcel_id"]).add_to(
        plain
    )
    folium.LayerControl().add_to(plain)
    plain.fit_bounds(plain.get_bounds())
    plain.save(tmp_path / "plain.html")
    _open_layer(page, tmp_path / "plain.html")
    page.page.locator(".le-legend", has_text="税收").wait_for()
    page.page.mouse.move(700, 450, steps=4)
    assert page.complaints == []


def test_in_a_notebook(page, tiny_dataset, tmp_path):
    """What a notebook shows: the page as the ``srcdoc`` of a frame."""
    plain = OfflineMap(title="notebook")
    map_layer(tiny_dataset.layer("parcels"), "tax_cny_per_mu", title="税收").add_to(plain)
    shown = plain._repr_html_()
    srcdoc = re.search(r'srcdoc="([^"]+)"', shown)
    assert srcdoc
    (tmp_path / "cell.html").write_text(html.unescape(srcdoc.group(1)), "utf-8")
    _open_layer(page, tmp_path / "cell.html")
    page.page.locator(".le-legend", has_text="税收").wait_for()
    page.assert_quiet()


def test_edges_never_crack_between_neighbours(page, city, tmp_path):
    """On every zoom no pixel inside the city shows the ground: between blue and green lies nothing."""
    full = city.assign(geometry=[_filled(s) for s in city.geometry])
    _save(full, tmp_path / "cracks.html", legend=None)
    _open_layer(page, tmp_path / "cracks.html")
    inner = full.to_crs(4326).union_all().buffer(-1.2e-4)  # 11 m inside
    ring = [[y, x] for x, y in shapely.get_coordinates(shapely.box(*_core(inner).bounds))]
    for zoom in (12, 13, 14, 15, 16):
        page.page.evaluate("z => { const m = Object.values(window).find((e) => e instanceof L.Map);"
                           " m.setZoom(z, {animate: false}); }", zoom)  # fmt: skip
        page.page.wait_for_timeout(100)
        page.wait_until(f"{LAYER}.grid.isPainted()")
        worst = page.page.evaluate(CRACKS, ring)
        assert worst["pixels"] > 30
        # rounding of eight bits: 1 % of the ground is not seen, nor 10 % of it under an outline
        assert worst["alpha"] >= (252 if zoom < 14 else 229), zoom


def _filled(shape: shapely.Geometry) -> shapely.Geometry:
    return shapely.Polygon(shape.convex_hull.exterior)


def _core(shape: shapely.Geometry) -> shapely.Geometry:
    """An upright box well inside a turned rectangle."""
    centre = shape.centroid
    return shapely.box(centre.x - 0.0035, centre.y - 0.0025, centre.x + 0.0035, centre.y + 0.0025)


CRACKS = """(ring) => {
  const map = Object.values(window).find((e) => e instanceof L.Map);
  const points = ring.map((p) => map.latLngToContainerPoint(p));
  const [x0, x1] = [Math.min(...points.map((p) => p.x)), Math.max(...points.map((p) => p.x))];
  const [y0, y1] = [Math.min(...points.map((p) => p.y)), Math.max(...points.map((p) => p.y))];
  const frame = map.getContainer().getBoundingClientRect();
  let [alpha, pixels] = [255, 0];
  for (const canvas of document.querySelectorAll('.leaflet-tile-container canvas')) {
    const box = canvas.getBoundingClientRect();
    if (box.width !== 256) continue;
    const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    for (let y = 0; y < canvas.height; y++) for (let x = 0; x < canvas.width; x++) {
      const [px, py] = [box.x - frame.x + x * 256 / canvas.width, box.y - frame.y + y * 256 / canvas.height];
      if (px < x0 || px > x1 || py < y0 || py > y1) continue;
      pixels++;
      alpha = Math.min(alpha, data[4 * (y * canvas.width + x) + 3]);
    }
  }
  return { alpha, pixels };
}"""


def test_a_thousand_clicks_agree_with_shapely(page, city, tmp_path):
    """On the geometry as decoded, holes included; and on the original wherever the click is more than 0.2 m
    from a border."""
    _save(city, tmp_path / "hit.html", tooltip=["code"])
    _open_layer(page, tmp_path / "hit.html")
    decoded = page.page.evaluate(f"""() => {{ const {{ store }} = {LAYER};
      return [...Array(store.n).keys()].map((i) => [store.get('code', i),
        [...Array(store.ringsFrom[i + 1] - store.ringsFrom[i]).keys()].map((k) => {{
          const ring = store.ringsFrom[i] + k;
          return [...Array(store.verticesFrom[ring + 1] - store.verticesFrom[ring]).keys()].map((v) =>
            [store.x[store.verticesFrom[ring] + v], store.y[store.verticesFrom[ring] + v]]); }})]); }}""")
    rng = np.random.default_rng(11)
    west, south, east, north = city.to_crs(4326).total_bounds
    lat, lon = rng.uniform(south, north, 1000), rng.uniform(west, east, 1000)
    answers = page.page.evaluate(
        f"""(points) => {{ const {{ store }} = {LAYER};
      return points.map(([lat, lng]) => {{ const i = store.pick({{lat, lng}}, () => true);
        return [i < 0 ? null : store.get('code', i), ...store.toGrid({{lat, lng}})]; }}); }}""",
        np.column_stack([lat, lon]).tolist(),
    )
    shapes = {code: _even_odd(rings) for code, rings in decoded}
    tree = shapely.STRtree([*shapes.values()])
    grid = shapely.points([[x, y] for _, x, y in answers])
    hits = [sorted(np.array([*shapes])[tree.query(p, predicate="intersects")]) for p in grid]
    found = [code for code, _, _ in answers]
    assert all(code in at if at else code is None for code, at in zip(found, hits, strict=True))
    assert 300 < sum(code is not None for code in found) < 950
    original = city.to_crs(4326)
    clicks = shapely.points(lon, lat)
    clear = shapely.distance(clicks, shapely.union_all(original.boundary.to_numpy())) > 2.2e-6
    inside = [next((c for c, s in zip(original["code"], original.geometry, strict=True) if s.covers(p)), None)
              for p in clicks]  # fmt: skip
    assert clear.sum() > 950
    assert [c for c, ok in zip(found, clear, strict=True) if ok] == [
        c for c, ok in zip(inside, clear, strict=True) if ok
    ]


def _even_odd(rings: list[list[list[int]]]) -> shapely.Geometry:
    shape = shapely.Polygon()
    for ring in rings:
        shape = shape.symmetric_difference(shapely.Polygon(ring))
    return shape


def test_the_keyboard_tells_what_is_in_the_centre(page, city, tmp_path):
    _save(city, tmp_path / "keys.html", tooltip=["code"])
    _open_layer(page, tmp_path / "keys.html")
    page.page.locator(".folium-map").focus()
    page.page.keyboard.press("Enter")
    assert re.fullmatch(r"P\d{4}", page.page.locator(".leaflet-tooltip").inner_text())
    page.assert_quiet()


def test_hostile_titles_values_and_columns_run_nothing(page, tmp_path, hostile_texts):
    texts = [text for text in hostile_texts for _ in range(2)]
    left = range(len(texts))
    shapes = shapely.box([X0 + 50 * k for k in left], Y0, [X0 + 50 * k + 50 for k in left], Y0 + 50)
    for text in hostile_texts:
        plots = gpd.GeoDataFrame({text: texts, "n": 1.0}, geometry=shapes, crs=CRS)
        plain = OfflineMap(title=text)
        words = {"title": text, "note": text, "source": text, "unit": text, "missing": text}
        map_layer(plots, text, tooltip={text: text, "n": text}, label=text, **words).add_to(plain)
        map_layer(plots, "n", breaks=[0.5], **words).add_to(plain)
        folium.LayerControl(collapsed=False).add_to(plain)
        plain.fit_bounds(plain.get_bounds())
        plain.save(tmp_path / "hostile.html")
        _open_layer(page, tmp_path / "hostile.html")
        page.page.mouse.move(700, 450, steps=3)
        page.page.locator(".le-legend").first.wait_for()
        assert page.page.evaluate("window.__x") is None, text
        assert page.page.locator("img, svg[onload], iframe").count() == 0
    page.assert_quiet()


def test_equal_layers_give_equal_bytes(city):
    def page_of() -> str:
        page = OfflineMap(title="layer")
        map_layer(city, "odd", tooltip=["code"]).add_to(page)
        return page.get_root().render()

    assert page_of() == page_of()
