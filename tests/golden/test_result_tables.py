"""The result tables of the sample run have the keys and columns that docs/tables.md promises."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import landeff
from landeff.core.columns import COLUMNS, DTYPES

TEXT = (Path(__file__).parents[2] / "docs" / "tables.md").read_text(encoding="utf-8")


def promised() -> dict[str, tuple[list[str], list[str]]]:
    """Key and columns of each table, read from the document."""
    tables = {}
    for line in TEXT.splitlines():
        found = re.match(r"\| `(\w+)`(?: \(geometry\))? \|([^|]*)\| (.*) \|$", line)
        if found:
            name, key, columns = found.groups()
            plain = re.sub(r"\([^()]*\)", "", re.sub(r"`[^`]*<[^`]*`", "", columns))
            plain = re.sub(r"\([^()]*\)", "", plain)
            words = re.split(r"[,;]|\. ", plain)
            names = [word.strip() for word in words if re.fullmatch(r"\s*[a-z]+(_[a-z0-9]+)*\s*", word)]
            tables[name] = ([word.strip() for word in key.split(",") if word.strip()], names)
    return tables


PROMISED = promised()


def test_the_document_was_understood() -> None:
    assert len(PROMISED) >= 20
    assert PROMISED["zone_year"][0] == ["zone_id", "year"]
    assert "tax_cny_per_mu" in PROMISED["zone_year"][1]


def test_every_result_table_is_documented(city: landeff.Result) -> None:
    assert set(city.dataset.tables) == set(PROMISED)


@pytest.mark.parametrize("name", sorted(PROMISED))
def test_key_and_columns(city: landeff.Result, name: str) -> None:
    key, columns = PROMISED[name]
    table = city.table(name)
    assert [column for column in [*key, *columns] if column not in table] == []
    if key:
        assert not table.duplicated(key).any()


@pytest.mark.parametrize("name", sorted(PROMISED))
def test_kinds_are_those_of_the_data_dictionary(city: landeff.Result, name: str) -> None:
    table = city.table(name)
    if name in ("set_aside", "issues"):
        table = table.drop(columns="value")  # what stood in the cell, as text
    for column in table.columns.intersection([each for each in COLUMNS if each != "geometry"]):
        assert str(table[column].dtype) == str(DTYPES[COLUMNS[column].kind]), column
