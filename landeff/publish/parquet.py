"""A finished run saved as Parquet and GeoParquet files, and read back equal."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from landeff.core.dataset import Dataset, Meta, Scopes
from landeff.core.errors import OutputError
from landeff.core.text import Term

META = "meta.json"


def write_tables(dataset: Dataset, folder: Path) -> None:
    """Write each table as ``<name>.parquet`` (GeoParquet where it has geometry), and ``meta.json``.

    Raises:
        OutputError: a table holds a value that Parquet cannot (columns of mixed types).
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in sorted(dataset.tables):
        try:
            dataset.tables[name].to_parquet(folder / f"{name}.parquet")
        except (pa.ArrowException, TypeError, UnicodeError) as error:
            raise OutputError(
                f"Table {name} cannot be saved: {error}", "see that each column is of one type"
            ) from error
    facts = dataclasses.asdict(dataset.meta)
    facts["as_of"] = dataset.meta.as_of.isoformat()
    text = json.dumps({"tables": sorted(dataset.tables), "meta": facts}, indent=2, sort_keys=True)
    (folder / META).write_text(text + "\n", encoding="utf-8")


def read_tables(folder: Path) -> Dataset:
    """The dataset that :func:`write_tables` wrote into ``folder``, with the same types.

    Raises:
        OutputError: the folder, or one of its tables, is not there or not readable.
    """
    try:
        saved = json.loads((folder / META).read_text("utf-8"))
        meta = _meta(saved["meta"])
        tables = {name: _read(folder / f"{name}.parquet") for name in saved["tables"]}
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException) as error:
        raise OutputError(f"{folder} does not hold a saved result: {error}", "run landeff again") from error
    return Dataset(meta, tables)


def _read(path: Path) -> pd.DataFrame:
    """One table; dates return to the resolution they had, since Parquet knows no seconds."""
    schema = pq.read_schema(path)
    frame = gpd.read_parquet(path) if b"geo" in (schema.metadata or {}) else pd.read_parquet(path)
    kinds = {
        column["name"]: column["numpy_type"] for column in (schema.pandas_metadata or {}).get("columns", [])
    }
    dates = {name: kinds[name] for name in frame.columns if str(kinds.get(name)).startswith("datetime64[")}
    naive = {name: kind for name, kind in dates.items() if frame[name].dt.tz is None}
    return frame.astype(naive)


def _meta(facts: dict[str, Any]) -> Meta:
    special = {
        "as_of": dt.date.fromisoformat(facts["as_of"]),
        "scopes": Scopes(**facts["scopes"]),
        "years": tuple(facts["years"]),
        "notices": tuple(Term(**notice) for notice in facts["notices"]),
        "tax_title": Term(**facts["tax_title"]) if facts.get("tax_title") else None,
    }
    return Meta(**{**facts, **special})
