"""A saved run comes back equal."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from geopandas.testing import assert_geodataframe_equal
from pandas.testing import assert_frame_equal

from landeff.core.dataset import Dataset
from landeff.core.errors import OutputError
from landeff.publish.parquet import read_tables, write_tables


def test_every_table_and_type_comes_back(tiny_dataset: Dataset, tmp_path: Path) -> None:
    write_tables(tiny_dataset, tmp_path)
    found = read_tables(tmp_path)
    assert found.meta == tiny_dataset.meta
    assert found.tables.keys() == tiny_dataset.tables.keys()
    for name, table in tiny_dataset.tables.items():
        same = assert_geodataframe_equal if name in {"zones", "parcels", "remainders"} else assert_frame_equal
        same(found.tables[name], table)


def test_same_dataset_same_bytes(tiny_dataset: Dataset, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_tables(tiny_dataset, tmp_path / name)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_mixed_types_are_refused_with_the_name_of_the_table(tiny_dataset: Dataset, tmp_path: Path) -> None:
    mixed = Dataset(tiny_dataset.meta, {"issues": pd.DataFrame({"value": [1, "a", 2.5]})})
    with pytest.raises(OutputError, match="Table issues"):
        write_tables(mixed, tmp_path)


@pytest.mark.parametrize("text", ["", "{}", '{"meta": {}, "tables": []}', "[]"])
def test_a_folder_without_a_result_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(OutputError):
        read_tables(tmp_path)
    (tmp_path / "meta.json").write_text(text, encoding="utf-8")
    with pytest.raises(OutputError):
        read_tables(tmp_path)


def test_a_missing_table_is_named(tiny_dataset: Dataset, tmp_path: Path) -> None:
    write_tables(tiny_dataset, tmp_path)
    (tmp_path / "issues.parquet").unlink()
    with pytest.raises(OutputError, match=r"issues\.parquet"):
        read_tables(tmp_path)
