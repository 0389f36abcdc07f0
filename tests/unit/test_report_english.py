"""In English the report and the workbook hold no Chinese but data and the names of documents."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.place_words import place_words
from landeff.publish.report import build_report
from landeff.publish.report.sections.zone_ratios import shown
from landeff.publish.rule_titles import advice_told, basis_told
from landeff.publish.score_sheet.units import unit_words
from landeff.publish.workbook import write_workbook
from tests.support.hostile import Elements

#: Columns whose texts are data, shown as they came: names, places, files, headers and cells of the sources.
DATA = {
    *("holder", "name", "enterprise_names", "zone_name", "district_name", "location", "land_use", "place"),
    *("place_name", "supply_method", "responsible_unit", "source_file", "source", "column", "value", "key"),
    *(
        "contract_no",
        "approval_id",
        "scopes",
        "document",
        "enterprise_id",
        "delay_cause",
        "right_name",
        "left",
        "example",
    ),
}
#: Columns that quote documents; advice is that of a rule where the run keeps its rules (below).
QUOTED = {"basis", "advice"}
CHINESE = re.compile("[\u3000-\u9fff\uff00-\uffef]")


def _data(dataset: Dataset) -> list[str]:
    """Texts of the data, the longest first."""
    found = {dataset.meta.name}
    for table in dataset.tables.values():
        for name in table.columns:
            if name in DATA | QUOTED:
                found |= {
                    each for each in pd.Series(table[name]).dropna().astype(str) if CHINESE.search(each)
                }
    return sorted(found, key=lambda each: (-len(each), each))


def _left(texts: list[str], data: list[str]) -> set[str]:
    """What is Chinese in ``texts`` once data is taken out."""
    left = set()
    for text in {each for each in texts if CHINESE.search(each)}:
        rest = text
        for each in data:
            rest = rest.replace(each, "")
        rest = re.sub("《[^》]*》", "", rest)
        if CHINESE.search(rest.replace("\u3000", "")):  # a blank that HTML keeps
            left.add(rest.strip())
    return left


@pytest.fixture(scope="module")
def dataset(tiny_dataset: Dataset) -> Dataset:
    """The tiny run without its issues, which were typed in one language."""
    kept = {name: table for name, table in tiny_dataset.tables.items() if name not in ("issues", "set_aside")}
    return Dataset(tiny_dataset.meta, kept)


def test_the_report(dataset: Dataset) -> None:
    page = Elements(re.sub("<style>.*?</style>", "", build_report(dataset, "en"), flags=re.DOTALL))
    assert _left(page.text, _data(dataset)) == set()


def test_the_workbook(dataset: Dataset, tmp_path: Path) -> None:
    write_workbook(dataset, tmp_path / "x.xlsx", "en")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx", read_only=True)
    texts = [
        cell
        for page in book
        for row in page.iter_rows(values_only=True)
        for cell in row
        if isinstance(cell, str)
    ]
    assert _left([*book.sheetnames, *texts], _data(dataset)) == set()


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (5_399_600.0, "元/公顷", "539.96 万元/公顷", "539.96 10k CNY/ha"),
        (0.631, "%", "63.1%", "63.1%"),
        (0.93, "1", "0.93", "0.93"),
        (12.0, "人/公顷", "12.00 人/公顷", "12.00 persons/ha"),
        (None, "元/公顷", "—", "—"),
    ],
)
def test_a_ratio_has_its_unit_in_the_language(value: float | None, unit: str, zh: str, en: str) -> None:
    assert shown(value, unit) == Term(zh, en)


def test_advice_is_that_of_the_rule_in_both_languages() -> None:
    rule = {"rule_id": "a/b", "advice_zh": "发通知书", "advice_en": "send the notice"}
    dataset = Dataset(None, {"rules": pd.DataFrame([rule])})  # type: ignore[arg-type]
    ids, advice = pd.Series(["a/b", "a/b", "c/d"]), pd.Series(["发通知书", None, "自己的话"])
    told = advice_told(dataset, ids, advice)
    assert told.tolist()[0] == Term("发通知书", "send the notice")
    assert pd.isna(told.tolist()[1])  # facts are missing: nothing is advised
    assert told.tolist()[2] == "自己的话"


def test_words_for_places_grounds_and_units() -> None:
    assert place_words(pd.Series(["省级", "甲园"])).tolist() == [Term("省级", "provincial"), "甲园"]
    assert (
        basis_told("《土地管理法》第三十八条（未核对原文）").en == "《土地管理法》第三十八条 (not verified)"
    )
    assert unit_words("万元/亩") == Term("万元/亩", "10k CNY/mu")
