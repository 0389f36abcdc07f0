"""Dossiers in a real browser, from ``file://``, without a network, on screen and on paper."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

import landeff
from landeff.core.dataset import Dataset
from landeff.core.text import Lang
from landeff.pipeline.dossier import dossiers
from landeff.pipeline.result import Result
from tests.support.axe import complaints
from tests.support.four_squares import project

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def result() -> Result:
    return landeff.run(project())


@pytest.mark.parametrize(
    ("width", "lang", "parcels"),
    [(1440, "zh", "ABD"), (800, "en", "ABD"), (390, "zh", "ABD"), (390, "en", "A")],
)
def test_it_asks_for_nothing_and_fits_the_window(
    page, result: Result, tmp_path: Path, width: int, lang: Lang, parcels: str
) -> None:
    path = tmp_path / "dossiers.html"
    path.write_text(result.dossier(*parcels, lang=lang), encoding="utf-8")
    page.page.set_viewport_size({"width": width, "height": 900})
    page.open_file(path)
    assert page.page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.page.locator("article").count() == len(parcels)
    assert page.page.locator("path.self").first.bounding_box()["width"] > 40
    for link in page.page.locator("nav a").all():
        assert page.page.locator(f"article{link.get_attribute('href')} h1").inner_text() == link.inner_text()
    assert complaints(page.page) == []
    assert len(page.requests) == 1
    page.assert_quiet()


def test_hostile_text_is_read_not_run(page, result: Result, hostile_texts: list[str], tmp_path: Path) -> None:
    parcels = result.dataset.layer("parcels").copy()
    parcels["holder"] = hostile_texts[: len(parcels)]
    meta = dataclasses.replace(result.dataset.meta, name=f"</title></style>{hostile_texts[0]}")
    dataset = Dataset(meta, {**result.dataset.tables, "parcels": parcels})
    path = tmp_path / "dossiers.html"
    path.write_text(dossiers(dataset, ["A", "B", "C", "D"], lang="zh"), encoding="utf-8")
    page.open_file(path)
    assert page.page.evaluate("window.__x") is None
    for text in hostile_texts[: len(parcels)]:
        assert page.page.get_by_text(text).count() > 0
    page.assert_quiet()


def test_each_parcel_prints_on_a_page_of_its_own(page, result: Result, tmp_path: Path) -> None:
    path = tmp_path / "dossiers.html"
    path.write_text(result.dossier("A", "B", "D", lang="zh"), encoding="utf-8")
    page.open_file(path)
    pdf = page.page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox\s*\[([^\]]+)\]", pdf)
    assert len(boxes) == 3
    for box in boxes:  # A4 upright: 210 × 297 mm in points of 1/72 inch
        assert [float(value) for value in box.split()[2:]] == pytest.approx([595.3, 841.9], abs=1)
