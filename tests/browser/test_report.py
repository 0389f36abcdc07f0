"""The report in a real browser, from ``file://``, without a network, on screen and on paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from landeff.core.dataset import Dataset
from landeff.publish.report import build_report

pytestmark = pytest.mark.browser


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
    assert len(page.requests) == 1
    page.assert_quiet()


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
    wider = "t => t.scrollWidth > t.parentElement.clientWidth + 1"
    assert page.page.evaluate(f"[...document.querySelectorAll('table')].filter({wider}).length") == 0
    pdf = page.page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox\s*\[([^\]]+)\]", pdf)
    assert boxes
    for box in boxes:  # 297 × 210 mm in points of 1/72 inch
        assert [float(value) for value in box.split()[2:]] == pytest.approx([841.9, 595.3], abs=1)
