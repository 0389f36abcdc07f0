"""The dossier of the map page: condition trees, firms, scores, rows behind the money; in both languages."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from map_page import open_map, set_range, show
from map_run import CONDITION, evidence, rule

from landeff.core.dataset import Dataset
from landeff.core.explanation import Step, explanation
from landeff.publish.map import build_map

pytestmark = pytest.mark.browser
TRUTHS = ("true", "unknown", "false")
SIGNS = {"true": "✓", "unknown": "?", "false": "✗"}


@pytest.fixture(scope="module")
def shared(module_page, told, tmp_path_factory):
    path = tmp_path_factory.mktemp("dossier") / "map.html"
    build_map(told).save(path)
    open_map(module_page, path)
    return module_page


def _steps(step: Step) -> Iterator[list[Any]]:
    yield [step.verdict, step.decided]
    for item in step.items:
        yield from _steps(item)


def _places(condition: dict[str, Any], count: Iterator[int]) -> Any:
    if "items" not in condition:
        return next(count)
    return {"op": condition["op"], "items": [_places(item, count) for item in condition["items"]]}


def _ways(found: Any) -> set[tuple[str, ...]]:
    names = ["land_use_class", "is_started", "far_ratio"]
    signed = ([("+" if need.holds else "-") + str(names.index(need.column)) for need in way] for way in found)
    return {tuple(sorted(way)) for way in signed}


def test_each_verdict_of_a_tree_is_that_of_landeff_explain(opened):
    """All 27 cases of three comparisons, beside the Python that ``landeff explain`` uses.

    Compared are the verdict of every node, which decide, and what would settle an open one.
    """
    shape = _places(CONDITION, itertools.count())
    cases = list(itertools.product(TRUTHS, repeat=3))
    made = opened.page.evaluate(
        """([shape, cases]) => cases.map((verdicts) => {
      const tree = Landeff.tree.grow({ get: (_, k) => verdicts[k] }, shape, 0);
      const word = (rank) => ['false', 'unknown', 'true'][rank + 1];
      const walk = (node) => [[word(node.rank), node.isDecided], ...(node.items || []).flatMap(walk)];
      return [walk(tree), Landeff.tree.ways(tree, true), Landeff.tree.ways(tree, false)]; })""",
        [shape, cases],
    )
    for case, (nodes, to_hit, to_clear) in zip(cases, made, strict=True):
        verdict = {"true": "hit", "false": "clear"}.get(nodes[0][0], "unknown")
        why = explanation(rule(), {"verdict": verdict, "evidence": evidence(*case)})
        assert nodes == [*_steps(why.tree)], case
        if verdict == "unknown":
            assert {tuple(sorted(way)) for way in to_hit} == _ways(why.to_hit), case
            assert {tuple(sorted(way)) for way in to_clear} == _ways(why.to_clear), case


def _nested(opened) -> list[Any]:
    """The tree as it stands in the page: sign, words and what stands below."""
    return opened.page.evaluate("""() => {
      const told = (item) => [item.querySelector(':scope > .le-mark').textContent,
        item.querySelector(':scope > .le-mark + span').textContent, item.classList.contains('le-decided'),
        [...item.querySelectorAll(':scope > ul > li')].map(told)];
      return [...document.querySelectorAll('.le-conditions:not(ul ul)')].slice(0, 1)
        .flatMap((list) => [...list.children].map(told)); }""")


def test_a_not_that_applies_shows_its_part_as_not_applying(opened, told):
    first, second = told.frame("findings")["parcel_id"]
    show(opened, first)
    assert _nested(opened) == [["✓", "以下全部：成立", True, [
        ["✓", "以下不成立：成立", True, [["✗", "用途大类 属于 水域及水利设施、农用地", True, []]]],
        ["✓", "以下任一：成立", True, [
            ["✓", "是否动工 为“否”", True, []], ["✗", "容积率 ＜ 容积率控制值", False, []],
        ]],
    ]]]  # fmt: skip
    leaf = opened.page.locator(".le-conditions li", has_text="容积率 ＜").last.inner_text()
    assert "实际：0.5" in leaf
    assert "对照：0.8" in leaf
    assert "供地.xlsx · 行 8" in leaf
    show(opened, second)
    assert _nested(opened)[0][:2] == ["?", "以下全部：不清楚"]
    assert opened.page.locator(".le-conditions .le-missing").all_inner_texts() == ["缺数据"]
    assert opened.page.locator(".le-ways li").all_inner_texts() == [
        "若 是否动工 为“否” → 疑似", "若 是否动工 为“是” → 未发现",
    ]  # fmt: skip
    assert opened.page.locator(".le-conditions").first.get_by_role("img", name="不清楚").count() > 0
    opened.assert_quiet()


def test_firms_scores_and_the_rows_behind_the_money(opened, told):
    show(opened, told.frame("findings")["parcel_id"].iloc[0])
    sections = {
        title: text
        for title, _, text in (
            each.partition("\n") for each in opened.page.locator(".le-dossier section").all_inner_texts()
        )
    }
    firms = sections["在地企业与分摊"]
    assert "其税收、产值的 25.00% 计入本宗" in firms
    assert "按企业用地表 · 占地面积 · 20.00 亩" in firms
    money = sections["金额来源"]
    assert "2024 入库税收：5.00 × 25.00% = 1.25 万元" in money  # 12,500 of 50,000 yuan
    assert "税收.xlsx · 行 10" in money
    assert "2023" not in money
    other = opened.page.locator("[data-control=other-years]")
    other.press("Enter")
    assert "2023 入库税收：1.00 万元" in opened.page.locator(".le-dossier details").inner_text()
    score = sections["评分（模拟）"]
    assert re.search(r"单位税收\s+万元/亩\s+3\.48\s+20\s+40 / 60", score)
    assert "缺项，取其他企业平均分" in score
    assert re.search(r"总分\s+61\.5", score)
    assert "模拟等级：B（模拟）" in score
    assert "正式等级：C" in score
    assert "3 / 9" in score
    opened.assert_quiet()


def test_money_of_the_year_chosen_stands_first(opened, told):
    show(opened, told.frame("findings")["parcel_id"].iloc[0])
    set_range(opened, "#le-year", 1)
    opened.page.locator(".le-dossier .le-rows > li", has_text="2023 入库税收：1.00 万元").wait_for()
    opened.page.locator("[data-control=other-years]").click()
    assert "2024 产值：2.00 万元" in opened.page.locator(".le-dossier details").inner_text()


#: What stands in the page for people, seen or told.
SAID = """() => {
  const said = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const { parentElement: parent, textContent } = walk.currentNode;
    if (!['SCRIPT', 'STYLE'].includes(parent.tagName)) said.push(textContent);
  }
  for (const element of document.querySelectorAll('*')) {
    for (const name of ['aria-label', 'title', 'placeholder', 'aria-valuetext', 'label', 'alt']) {
      if (element.getAttribute(name)) said.push(element.getAttribute(name));
    }
  }
  return said; }"""
CHINESE = re.compile(r"[\u3400-\u9fff，。：；（）“”]")
#: English words in the Chinese page: a name, a format, the paper, and the command that tells more.
KEPT = {"English", "CSV", "Leaflet", "landeff", "explain"}


def _data_texts(told: Dataset) -> list[str]:
    """Names, places, documents; no codes, which the page has to put in words."""
    texts = {told.meta.name, "供地.xlsx"}
    for table in told.tables.values():
        for name in table.columns:
            if name != "geometry" and not name.endswith(("_zh", "_en")):
                texts |= {value for value in table[name] if isinstance(value, str) and name != "evidence"}
    return sorted((text for text in texts if not re.fullmatch(r"[a-z_]*|.", text)), key=len, reverse=True)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_all_words_of_the_page_are_of_the_language_chosen(opened, told, lang):
    """Except what the data say themselves: names, places, documents."""
    if lang == "en":
        opened.page.locator("#le-language").click()
    data = _data_texts(told)
    for code in told.frame("findings")["parcel_id"]:
        for layer in range(len(opened.page.evaluate("Landeff.app.config.layers"))):
            opened.page.evaluate("k => Landeff.app.setLayer(Landeff.app.config.layers[k])", layer)
            opened.page.evaluate("Landeff.app.setThreshold(Landeff.app.measure() ? 9 : null)")
            if layer == 0:
                show(opened, code)
            for said in opened.page.evaluate(SAID):
                own = said
                for text in data:
                    own = own.replace(text, "")
                if lang == "en":
                    assert not CHINESE.search(own.replace("中文", "")), said
                else:
                    assert not set(re.findall(r"[A-Za-z]{3,}", own)) - KEPT, said
    opened.assert_quiet()


def test_advice_changes_with_the_language(opened, told):
    show(opened, told.frame("findings")["parcel_id"].iloc[0])
    assert "列入清单" in opened.page.locator(".le-finding").first.inner_text()
    opened.page.locator("#le-language").click()
    finding = opened.page.locator(".le-finding").first
    finding.get_by_text("Enter in the list").wait_for()
    assert "all of: holds" in finding.inner_text().lower()
    assert json.dumps("列入清单") not in finding.inner_text()


def test_signs_are_told_to_who_cannot_see_them(opened, told):
    show(opened, told.frame("findings")["parcel_id"].iloc[0])
    marks = opened.page.locator(".le-conditions .le-mark").evaluate_all(
        "marks => marks.map((e) => [e.textContent, e.getAttribute('aria-label')])"
    )
    words = {"✓": "成立", "✗": "不成立", "?": "不清楚"}
    assert marks
    assert all(words[sign] == word for sign, word in marks)
    assert {sign for sign, _ in marks} <= set(SIGNS.values())
