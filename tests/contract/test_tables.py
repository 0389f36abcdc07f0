"""The contracts of the tables: every column is in the data dictionary, and says its unit once."""

from __future__ import annotations

import pytest

from landeff.core.columns import COLUMNS, DIMENSION_OF_SUFFIX, Column
from landeff.core.tables import TABLES, Table


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_columns_are_in_the_data_dictionary(table: Table) -> None:
    known = {*COLUMNS, "subject_id"}  # the subject of a row of returns is made of its two codes
    assert {*table.columns, *table.key} <= known
    assert len(set(table.columns)) == len(table.columns)
    assert not set(table.required) & set(table.optional)
    assert set(table.key) <= {*table.columns, "subject_id"}
    assert table.title.zh
    assert table.title.en


@pytest.mark.parametrize("column", COLUMNS.values(), ids=list(COLUMNS))
def test_suffix_and_kind_agree(column: Column) -> None:
    kinds = {"_id": "code", "_code": "code", "_on": "date", **dict.fromkeys(DIMENSION_OF_SUFFIX, "number")}
    for suffix, kind in kinds.items():
        if column.name.endswith(suffix):
            assert column.kind == kind
    for prefix, kind in {"is_": "boolean", "n_": "integer", "days_": "integer"}.items():
        if column.name.startswith(prefix):
            assert column.kind == kind
    if column.dimension is not None:
        assert column.kind == "number"
    if column.kind in ("code", "date", "boolean"):
        assert column.dimension is None
    assert column.title.zh
    assert column.title.en
    assert (column.low is None) == (column.high is None)
