"""The report in a real browser, from ``file://``, without a network, on screen and on paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from landeff.core.dataset import Dataset
from landeff.publish.report import build_report
from tests.support.axe import complaints

pytestmark = pytest.mark.browser

#: Text of pictures that goes beyond the picture.
CLIPPED = """[...document.querySelectorAll("main svg")].filter((svg) => {
  const room = svg.getBoundingClientRect();
  return [...svg.querySelectorAll("text")].some((each) => {
    const box = each.getBoundingClientRect();
    return box.left < room.left - 1 || box.right > room.right + 1 || box.bottom > room.bottom + 1;
  });
}).map((svg) => svg.outerHTML.slice(0, 200))"""
#: Whether a figure and its table stand beside each other.
BESIDE = """[...document.querySelectorAll(".abreast:not(.many)")].map((each) => {
  const [one, two] = [...each.children].map((child) => child.getBoundingClientRect());
  return two.left >= one.right;
})"""


def written(dataset: Dataset, path: Path, lang: str = "zh") -> Path:
    path.write_text(build_report(dataset, "zh" if lang == "zh" else "en"), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [1400, 1000, 420])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_opens_quietly_and_fits_the_window(
    page, tiny_dataset: Dataset, tmp_path: Path, width: int, lang: str
) -> None:
    page.page.set_viewport_size({"width": width, "height": 900})
    page.open_file(written(tiny_dataset, tmp_path / "report.html", lang))
    assert page.page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.page.evaluate(CLIPPED) == []
    assert set(page.page.evaluate(BESIDE)) == {width >= 1180}
    assert complaints(page.page) == []
    assert len(page.requests) == 1
    page.assert_quiet()


def test_the_three_decisions_stand_on_the_first_screen(page, tiny_dataset: Dataset, tmp_path: Path) -> None:
    """At 1440 × 900 the table of districts and five lines of both lists can be read without scrolling."""
    page.page.set_viewport_size({"width": 1440, "height": 900})
    page.open_file(written(tiny_dataset, tmp_path / "report.html"))
    first = page.page.locator("#s5")
    assert first.locator("table").first.bounding_box()["y"] < 300
    for one in first.locator(".beside > div").all():
        last = one.locator("tbody tr:nth-child(-n + 5)").last.bounding_box()
        assert last["y"] + last["height"] <= 900


def test_hostile_text_is_read_not_run(
    page, hostile_dataset: Dataset, hostile_texts: list[str], tmp_path: Path
) -> None:
    page.open_file(written(hostile_dataset, tmp_path / "report.html"))
    assert page.page.evaluate("window.__x") is None
    assert page.page.title().startswith("</title></script>")
    assert page.page.locator("h1").inner_text().startswith("</title></script>")
    for text in hostile_texts[:3]:  # the names of the zones
        assert page.page.get_by_text(text, exact=True).count() > 0
    page.assert_quiet()


def test_contents_lead_to_their_sections(page, tiny_dataset: Dataset, tmp_path: Path) -> None:
    page.open_file(written(tiny_dataset, tmp_path / "report.html"))
    for link in page.page.locator("nav a").all():
        assert page.page.locator(f"section{link.get_attribute('href')} h2").inner_text() == link.inner_text()


def test_it_prints_on_a4_with_no_table_clipped(page, tiny_dataset: Dataset, tmp_path: Path) -> None:
    page.open_file(written(tiny_dataset, tmp_path / "report.html"))
    # A4 landscape less 2 × 12 mm is 273 mm, at 96 dots an inch
    page.page.set_viewport_size({"width": round(273 / 25.4 * 96), "height": 700})
    page.page.emulate_media(media="print")
    assert page.page.evaluate(CLIPPED) == []
    assert all(page.page.evaluate(BESIDE))
    wider = "t => t.scrollWidth > t.parentElement.clientWidth + 1"
    assert page.page.evaluate(f"[...document.querySelectorAll('table')].filter({wider}).length") == 0
    pdf = page.page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox\s*\[([^\]]+)\]", pdf)
    assert boxes
    for box in boxes:  # 297 × 210 mm in points of 1/72 inch
        assert [float(value) for value in box.split()[2:]] == pytest.approx([841.9, 595.3], abs=1)
