"""300 hostile texts in every text of every table that the map shows: all are text, none runs."""

from __future__ import annotations

import dataclasses

import geopandas as gpd
import pandas as pd
import pytest
from map_page import open_map
from map_run import told_run

from landeff.core.dataset import Dataset
from landeff.publish.map import build_map

pytestmark = pytest.mark.browser

PAYLOADS = [
    '<img src=x onerror="window.__x=1">',
    "<script>window.__x=1</script>",
    "</script><script>window.__x=1</script>",
    "${window.__x=1}",
    "`+(window.__x=1)+`",
    "'-(window.__x=1)-'",
    '"-(window.__x=1)-"',
    "</style><script>window.__x=1",
    "<svg onload=window.__x=1>",
    "--><svg/onload=window.__x=1>",
    "]]><img src=x onerror=window.__x=1>",
    "{{ constructor.constructor('window.__x=1')() }}",
    "{% raw %}{{7*7}}",
    "javascript:window.__x=1",
    "<iframe srcdoc='<script>parent.__x=1</script>'>",
    "<a href=javascript:window.__x=1>x</a>",
    '\\";window.__x=1;//',
    "\\u003cimg src=x onerror=window.__x=1\\u003e",
    "&lt;img src=x onerror=window.__x=1&gt;",
    "<body onload=window.__x=1>",
    "<input autofocus onfocus=window.__x=1>",
    "<details open ontoggle=window.__x=1>",
    "<!--<script>window.__x=1//-->",
    "<math><mtext></table><mglyph><style><img src=x onerror=window.__x=1>",
    "<template><script>window.__x=1</script>",
    '=HYPERLINK("http://x")',
    "@SUM(1)",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "\u2028window.__x=1\u2029",
]
CONTEXTS = ["{}", "a{}", "{}b", "<b>{}", '"{}', "'{}", "`{}", "\n{}", "{}\x00", "中{}文"]


def test_three_hundred_hostile_strings_in_every_text_field_run_nothing(page, tiny_dataset, tmp_path):
    hostile = [context.replace("{}", payload) for payload in PAYLOADS for context in CONTEXTS]
    assert len(hostile) == 300
    build_map(_hostile(told_run(tiny_dataset), hostile)).save(tmp_path / "hostile.html")
    open_map(page, tmp_path / "hostile.html")
    elements = page.page.evaluate("document.querySelectorAll('img, svg, script, iframe, a, template').length")
    shown = page.page.evaluate("""async () => {
      const shown = [];
      for (let i = 0; i < Landeff.app.store.n; i++) {
        Landeff.app.select(i);
        await Landeff.app.whenTold;
        shown.push(document.querySelector('.le-dossier h2').textContent);
      }
      return shown; }""")
    assert len(shown) >= 300
    squeezed = {"".join(text.split()).replace("\x00", "") for text in hostile}
    assert squeezed <= {"".join(text.split()).replace("\x00", "") for text in shown}
    page.page.keyboard.press("Escape")
    for title in page.page.get_by_label("专题图层").locator("option").all_inner_texts():
        page.page.get_by_label("专题图层").select_option(label=title)
    page.page.get_by_role("combobox", name="查找宗地").fill("window")
    page.page.locator("#le-results [role=option]").first.wait_for()
    page.page.mouse.move(700, 450, steps=5)
    page.page.get_by_role("button", name="English").click()
    page.page.wait_for_timeout(300)
    assert page.page.evaluate("window.__x") is None
    assert (
        page.page.evaluate("document.querySelectorAll('img, svg, script, iframe, a, template').length")
        <= elements
    )
    page.assert_quiet()


def _hostile(told: Dataset, hostile: list[str]) -> Dataset:
    """The run five times over, 300 parcels, with a hostile text in each text that is no key of the map."""
    keys = {
        *("parcel_id", "inventory_class", "state", "zone_id", "sub_zone_id", "geometry", "verdict", "reason"),
        *(
            "row",
            "table",
            "key",
            "status",
            "kind",
            "evidence",
            "rule_id",
            "district_code",
            "condition",
            "about",
        ),
        *("parent_zone_id", "category", "enterprise_id", "scorecard", "model", "method", "land_basis"),
    }
    base = told.layer("parcels")
    copies = [
        base.assign(parcel_id=base["parcel_id"] + f"-{k}", geometry=base.translate(0, 1500 * k))
        for k in range(5)
    ]
    parcels = gpd.GeoDataFrame(pd.concat(copies, ignore_index=True), crs=base.crs)
    tables = {**told.tables, "parcels": _planted(parcels, hostile, keys)}
    for name in ("findings", "shares", "contributions", "corrections"):
        key = "key" if name == "corrections" else "parcel_id"
        moved = told.frame(name).assign(**{key: told.frame(name)[key] + "-0"})
        tables[name] = _planted(moved, hostile, keys | ({"item"} if name == "contributions" else set()))
    for name in ("zones", "inventory", "rules", "districts", "comparison", "enterprise_year"):
        tables[name] = _planted(told.tables[name], hostile, keys)
    for name in ("grades_simulated", "scores", "scorecards"):
        tables[name] = _planted(told.frame(name), hostile, keys | {"item"})
    tables["parcels"]["enterprise_names"] = hostile
    meta = dataclasses.replace(told.meta, name=hostile[1], map_review_no=hostile[11])
    return Dataset(meta, tables)


def _planted(table: pd.DataFrame, hostile: list[str], keys: set[str]) -> pd.DataFrame:
    texts = [name for name in table.columns if name not in keys and pd.api.types.is_string_dtype(table[name])]
    planted = {
        name: [hostile[(37 * j + k) % len(hostile)] for k in range(len(table))]
        for j, name in enumerate(texts)
    }
    return table.assign(**planted)
