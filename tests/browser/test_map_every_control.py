"""No control of the map page without a test: what the page has is listed from the page itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from map_page import open_map, show

from landeff.publish.map import build_map, tiles_of

pytestmark = pytest.mark.browser
HERE = Path(__file__).parent
#: Control → the test that uses it. A new control needs a line here, and a test.
EXERCISED = {
    "le-search": "test_search_finds_parcel_enterprise_credit_code_and_supply_number",
    "le-zone": "test_zone_filter_shows_the_declared_figure",
    "le-layer": "test_every_layer_counts_what_the_run_counts",
    "le-year": "test_year_slider",
    "class": "test_legend_filters_and_totals_follow",
    "le-threshold": "test_threshold_by_keyboard",
    "le-threshold-on": "test_threshold_recolours_and_recounts",
    "outline": "test_switched_on_and_off",
    "le-to-district": "test_the_table_leads_to_the_outline_by_keyboard",
    "le-districts": "test_tables_that_scroll_are_reached_by_keyboard",
    "le-language": "test_language_switch",
    "le-paper": "test_paper_is_chosen",
    "le-print": "test_a_print_is_one_page_with_title_map_and_legend",
    "leaflet-control-zoom-in": "test_zoom_buttons",
    "leaflet-control-zoom-out": "test_zoom_buttons",
    "le-tiles": "test_tiles_are_asked_for_only_when_switched_on_and_the_key_is_forgotten",
    "le-key": "test_tiles_are_asked_for_only_when_switched_on_and_the_key_is_forgotten",
    "folium-map": "test_enter_on_the_map_opens_the_plot_in_the_centre",
    "le-open": "test_side_is_put_away_and_fetched_by_keyboard",
    "le-hide": "test_side_is_put_away_and_fetched_by_keyboard",
    "le-export": "test_export_holds_the_selection",
    "le-clear": "test_ledger_filters_narrow_map_and_ledger_alike",
    "le-filter-zone": "test_the_zone_is_chosen_in_the_ledger_too",
    **dict.fromkeys(
        [f"le-filter-{name}" for name in ("inventory_class", "industry", "land_use", "grade_latest")],
        "test_ledger_filters_narrow_map_and_ledger_alike",
    ),
    "le-filter-district_name": "test_ledger_filters_narrow_map_and_ledger_alike",
    "sort": "test_every_heading_sorts",
    "le-body": "test_ledger_by_keyboard",
    "close": "test_the_dossier_is_closed",
    "neighbour": "test_neighbours_are_those_within_a_metre",
    "other-years": "test_firms_scores_and_the_rows_behind_the_money",
    **dict.fromkeys(
        [f"le-view-{name}" for name in ("map", "panel_short", "ledger")], "test_on_a_phone_one_view_at_a_time"
    ),
}
#: Everything that takes the mouse or the keyboard, by its name.
CONTROLS = """() => {
  const all = 'button, select, input, textarea, summary, a[href], [tabindex="0"], [contenteditable]';
  const named = (e) => [...e.classList].find((name) => /^(le-|leaflet-control|folium-map)/.test(name));
  const own = (e) => (e.id.startsWith('le-') ? e.id : e.dataset.control);
  const name = (e) => own(e) || named(e) || e.outerHTML.slice(0, 80);
  return [...new Set([...document.querySelectorAll(all)].map(name))]; }"""
#: Numbers of the controls that can be seen and used, and the number of the one that has the keyboard.
IN_SIGHT = """() => {
  const all = 'button, select, input, summary, a[href], [tabindex="0"]';
  window.controls = [...document.querySelectorAll(all)];
  const isUsable = (e) => e.checkVisibility({ visibilityProperty: true }) && !e.disabled && e.tabIndex >= 0;
  return [...controls.keys()].filter((k) => isUsable(controls[k])); }"""
FOCUSED = """() => {
  const e = document.activeElement;
  const { outlineWidth, outlineStyle } = getComputedStyle(e);
  return [e === document.body ? null : controls.indexOf(e), outlineWidth + ' ' + outlineStyle]; }"""
NAMELESS = """() => [...document.querySelectorAll('button, select, input, summary')]
  .filter((e) => !(e.getAttribute('aria-label') || e.textContent.trim() || e.title
    || (e.labels && [...e.labels].some((label) => label.textContent.trim()))))
  .map((e) => e.outerHTML)"""
PAINTED = """() => [...document.querySelectorAll('.leaflet-tile-container canvas')].reduce((sum, tile) => {
  const { data } = tile.getContext('2d').getImageData(0, 0, tile.width, tile.height);
  for (let k = 3; k < data.length; k += 4) if (data[k]) sum++;
  return sum; }, 0)"""
COUNT_CLEARED = """() => {
  const own = CanvasRenderingContext2D.prototype.clearRect;
  window.cleared = 0;
  CanvasRenderingContext2D.prototype.clearRect = function clear(...box) {
    if (this.canvas.landeff) window.cleared++;
    own.apply(this, box);
  }; }"""
NOTE_PRINT = """() => addEventListener('beforeprint', () => {
  window.printed = [document.documentElement.className, Landeff.app.grid.isPainted()];
}, { once: true })"""


@pytest.fixture(scope="module")
def shared(module_page, told, tmp_path_factory):
    path = tmp_path_factory.mktemp("controls") / "map.html"
    build_map(told, tiles_of("tianditu:img")).save(path)
    open_map(module_page, path)
    return module_page


def test_every_control_has_a_test(opened, told):
    opened.page.evaluate("Landeff.app.setLayer(Landeff.app.config.layers[1])")  # a number, so a threshold
    show(opened, told.frame("findings")["parcel_id"].iloc[0])
    found = {re.sub("^sort-.*", "sort", name) for name in opened.page.evaluate(CONTROLS)}
    assert found == set(EXERCISED)
    tests = "".join(path.read_text("utf-8") for path in sorted(HERE.glob("test_map*.py")))
    assert [name for name in EXERCISED.values() if f"def {name}(" not in tests] == []


def test_every_control_has_a_name(opened):
    """What a screen reader says of it, in either language."""
    for _ in range(2):
        nameless = opened.page.evaluate(NAMELESS)
        assert nameless == []
        opened.page.locator("#le-language").click()


def test_tab_reaches_every_control_and_shows_where_it_is(opened, told):
    """With the ledger, then with a dossier over it; what is covered is passed over."""
    for code in ("", told.frame("findings")["parcel_id"].iloc[0]):
        if code:
            show(opened, code)
        opened.page.evaluate("document.activeElement.blur()")
        wanted = opened.page.evaluate(IN_SIGHT)
        reached, outlines = set(), set()
        for _ in range(2 * len(wanted) + 4):  # from wherever the last test was, round and on
            opened.page.keyboard.press("Tab")
            at, outline = opened.page.evaluate(FOCUSED)
            if at is not None:
                reached.add(at)
                outlines.add(outline)
            if reached >= set(wanted):
                break
        assert reached == set(wanted)
        assert outlines == {"3px solid"}


def test_zoom_buttons(opened):
    zoom = "Landeff.app.map.getZoom()"
    opened.page.evaluate("Landeff.app.map.setZoom(14, {animate: false})")
    opened.page.get_by_role("button", name="放大").press("Enter")
    opened.wait_until(f"{zoom} === 15")
    opened.page.locator("#le-language").click()
    opened.page.get_by_role("button", name="Zoom out").click()
    opened.wait_until(f"{zoom} === 14")


def test_the_zone_is_chosen_in_the_ledger_too(opened, told):
    """Both lists of zones say the same; clearing clears it."""
    opened.page.locator("#le-filter-zone").select_option("Z02")
    wanted = told.frame("parcels").query("zone_id == 'Z02'")
    assert opened.page.locator("#le-zone").input_value() == "Z02"
    assert opened.page.locator(".le-totals dd").first.inner_text() == str(len(wanted))
    opened.page.locator("#le-clear").press("Enter")
    assert opened.page.evaluate("document.activeElement.tagName") == "SELECT"  # the button hides itself
    assert opened.page.locator("#le-zone").input_value() == ""
    assert opened.page.locator("#le-filter-zone").input_value() == ""
    assert opened.page.locator("#le-clear").is_hidden()


def _column(opened, read: str, name: str) -> list[object]:
    return opened.page.evaluate(f"Landeff.app.ledger.rows.map((i) => Landeff.app.{read}('{name}', i))")


def test_every_heading_sorts(opened, told):
    """Ascending, then descending, numbers by size and others by what is read; unknown ones always last."""
    for name in opened.page.evaluate("Landeff.app.config.ledger"):
        read = "value" if name.endswith(("_m2", "_per_mu")) else "text"
        heading = opened.page.locator(f"[data-control=sort-{name}]")
        if name != "parcel_id":  # sorted by from the start
            heading.press("Enter")
        up = _column(opened, read, name)
        heading.press("Enter")
        down = _column(opened, read, name)
        known = [value for value in up if value is not None]
        assert known == sorted(known), name
        assert up[len(known) :] == down[len(known) :] == [None] * (len(up) - len(known)), name
        assert down[: len(known)] == known[::-1], name
        assert opened.page.locator("[role=columnheader][aria-sort=descending]").count() == 1


def test_the_dossier_is_closed(opened, told):
    show(opened, told.frame("findings")["parcel_id"].iloc[0])
    opened.page.locator(".le-close").click()
    assert opened.page.locator(".le-dossier").is_hidden()


def test_tables_that_scroll_are_reached_by_keyboard(opened):
    opened.page.locator(".le-districts").focus()
    assert opened.page.evaluate("document.activeElement.className") == "le-districts"
    assert opened.page.locator(".le-districts").get_attribute("aria-label")


@pytest.mark.parametrize(("paper", "points"), [("A3", (1191, 842)), ("A4", (842, 595))])
def test_the_browsers_own_menu_prints_the_sheet_too(opened, paper, points):
    """``page.pdf`` does what the menu does: the page must be whole when ``beforeprint`` is over."""
    opened.page.locator("#le-paper").select_option(paper)
    view = opened.page.evaluate("[Landeff.app.map.getCenter(), Landeff.app.map.getZoom()]")
    opened.page.evaluate(NOTE_PRINT)
    pdf = opened.page.pdf(prefer_css_page_size=True)
    sizes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert [tuple(round(float(side)) for side in size) for size in sizes] == [points]  # one page
    assert opened.page.evaluate("window.printed") == ["le-print le-a4" if paper == "A4" else "le-print", True]
    opened.wait_until("document.documentElement.className === '' && Landeff.app.grid.isPainted()")
    assert opened.page.evaluate("[Landeff.app.map.getCenter(), Landeff.app.map.getZoom()]") == view
    opened.assert_quiet()


def test_the_sheet_of_the_menu_holds_the_parcels(opened):
    """Not one tile is blank when the browser takes its picture (printing used to catch them unpainted).

    What is drawn in ``beforeprint`` is drawn again on paper, where clearing a tile hides all below it.
    """
    opened.page.evaluate("Landeff.app.map.setZoom(15, {animate: false})")
    opened.page.evaluate(COUNT_CLEARED)
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert opened.page.evaluate("window.cleared") == 0
    sheet = opened.page.locator(".folium-map").bounding_box()
    for name in opened.page.locator(".le-zone-name").all():
        box = name.bounding_box()
        assert box["x"] >= sheet["x"] or box["x"] + box["width"] <= sheet["x"]  # none is cut in two
        right = sheet["x"] + sheet["width"]
        assert box["x"] + box["width"] <= right or box["x"] >= right
    at_once = opened.page.evaluate(PAINTED)
    opened.page.wait_for_timeout(300)
    assert at_once == opened.page.evaluate(PAINTED) > 100_000
    opened.page.evaluate("dispatchEvent(new Event('afterprint'))")
