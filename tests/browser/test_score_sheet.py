"""Score sheets in a real browser, from ``file://``, without a network, on screen and on paper."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from landeff.core.dataset import Dataset
from landeff.core.text import Lang, Term
from landeff.publish.score_sheet import Sheet, draw_sheets
from landeff.publish.score_sheet.model import Line
from landeff.publish.score_sheet.units import with_unit
from tests.support.axe import complaints

pytestmark = pytest.mark.browser

NONE = Term("", "")


def _line(title: str, value: str, note: str = "") -> Line:
    unit = "万元/亩"
    made = Term("300 万元 ÷ 15 亩", "300 10k CNY ÷ 15 mu")
    told = Term(note, note)
    return Line(
        Term(title, title), with_unit(value, unit), made, with_unit("2", unit), "1.05", "", "60", "63", told,
        "税收2024.xlsx #12 ÷ 321002001001GB00007",
    )  # fmt: skip


def _sheets(names: list[str]) -> list[Sheet]:
    lines = tuple(_line(f"指标 {n}", f"{n}.5") for n in range(6))
    facts = ((Term("标准", "standard"), Term("本地评分", "ours")), (Term("年度", "year"), "2024"))
    results = ((Term("总分", "total"), "81.25"), (Term("模拟等级", "simulated grade"), "A（模拟）"))
    effects = ((Term("用电价格", "price of electricity"), Term("不加价", "no surcharge")),)
    return [
        Sheet(Term(f"评分单 {name}", f"Score sheet {name}"), facts, (*lines, _line(name, "1", name)), results,
              effects, (Term("依据：《本地办法》", "Source: 《本地办法》"),))
        for name in names
    ]  # fmt: skip


def _written(sheets: list[Sheet], dataset: Dataset, path: Path, lang: Lang = "zh") -> Path:
    path.write_text(draw_sheets(sheets, dataset, lang), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("width", "lang", "n"), [(1440, "zh", 3), (900, "en", 3), (390, "zh", 3), (390, "en", 1)]
)
def test_it_asks_for_nothing_and_fits_the_window(
    page, tiny_dataset: Dataset, tmp_path: Path, width: int, lang: Lang, n: int
) -> None:
    page.page.set_viewport_size({"width": width, "height": 900})
    sheets = _sheets([f"示例科技有限公司 {i}" for i in range(n)])
    page.open_file(_written(sheets, tiny_dataset, tmp_path / "sheets.html", lang))
    assert page.page.evaluate("document.documentElement.scrollWidth") <= width
    for link in page.page.locator("nav a").all():
        assert page.page.locator(f"article{link.get_attribute('href')} h1").inner_text() == link.inner_text()
    assert complaints(page.page) == []
    assert len(page.requests) == 1
    page.assert_quiet()


def test_hostile_text_is_read_not_run_and_each_sheet_prints_on_a_page(
    page, tiny_dataset: Dataset, hostile_texts: list[str], tmp_path: Path
) -> None:
    meta = dataclasses.replace(tiny_dataset.meta, name=f"</title></style>{hostile_texts[0]}")
    page.open_file(_written(_sheets(hostile_texts), Dataset(meta), tmp_path / "sheets.html"))
    assert page.page.evaluate("window.__x") is None
    for text in hostile_texts:
        assert page.page.get_by_text(text).count() > 0
    page.assert_quiet()
    boxes = re.findall(rb"/MediaBox\s*\[([^\]]+)\]", page.page.pdf(prefer_css_page_size=True))
    assert len(boxes) == len(hostile_texts)
    assert [float(value) for value in boxes[0].split()[2:]] == pytest.approx(
        [841.9, 595.3], abs=1
    )  # A4 across
