"""Workbooks sent out, and the one that gathers what came back, on disk."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.errors import OutputError
from landeff.core.split_words import GROUPS, SENT_COLUMNS, SUMMARY_FILE
from landeff.core.text import Lang
from landeff.publish.atomic import replacing
from landeff.publish.split import merged, overview, sheets
from landeff.publish.split.listed import By, cells, file_names, listed, place_names
from landeff.publish.split.questions import questions
from landeff.publish.workbook.draw import write_workbook

_CODES: Mapping[By, str] = {"district": "district_code", "zone": "zone_id"}


def write_split(dataset: Dataset, folder: Path, by: By, lang: Lang) -> pd.DataFrame:
    """Write one workbook a district or zone into a new folder, and one that says what is in each.

    Every listed parcel and piece goes into exactly one file; land in no district or zone into one of its own.
    Same dataset, same bytes.

    Returns:
        a row a file: ``file``, ``place``, ``place_name``, a count for each sheet of listed land, ``n_rows``,
        ``area_m2``, ``n_questions``.

    Raises:
        OutputError: ``folder`` holds files, or cannot be written.
    """
    every = cells(dataset)
    rows = listed(dataset, by, every)
    every = every[every["land"] == "parcels"].set_index("row_key")
    asked = questions(dataset, every[_CODES[by]].fillna("").astype("str"))
    places = sorted({*rows["place"], *asked["place"]})
    known = place_names(dataset, by)
    files = file_names({place: known.get(place, place) for place in places})
    summary = _summary(rows, asked, files, known)
    try:
        with replacing(folder) as new:
            for place, part in _parts(dataset, rows, asked, places):
                write_workbook(part, new / files[place], lang, sheets)
            told = Dataset(dataset.meta, {"files": summary})
            write_workbook(told, new / SUMMARY_FILE.text(lang), lang, overview)
    except OSError as error:
        raise OutputError(f"{folder} cannot be written: {error.strerror}", "choose another folder") from error
    return summary


def write_merged(dataset: Dataset, tables: Mapping[str, pd.DataFrame], path: Path, lang: Lang) -> None:
    """Write what came back as one workbook: corrections, matches, conflicts, disposals, progress.

    Raises:
        OutputError: the file cannot be written.
    """
    _write_one(Dataset(dataset.meta, tables), path, lang, merged)


def _write_one(dataset: Dataset, path: Path, lang: Lang, package: ModuleType) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".landeff-", dir=path.parent) as folder:
            made = Path(folder) / "merged.xlsx"
            write_workbook(dataset, made, lang, package)
            os.replace(made, path)
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written: {error.strerror}", "close it in other programs, or name another file"
        ) from error


def _parts(
    dataset: Dataset, rows: pd.DataFrame, asked: pd.DataFrame, places: list[str]
) -> Iterator[tuple[str, Dataset]]:
    """The dataset cut to what goes to each place."""
    parcels = pd.DataFrame(dataset.frame("parcels")).drop(columns="geometry", errors="ignore")
    parcels = _rows(parcels, "parcel_id", rows.loc[rows["land"] == "parcels", "row_key"])
    pieces = pd.DataFrame(dataset.frame("remainders")).drop(columns="geometry", errors="ignore")
    findings, approvals = dataset.frame("findings"), dataset.frame("approvals")
    if len(pieces) and {"approval_id", "is_cleared"} <= set(approvals) and "is_cleared" not in pieces:
        pieces = pieces.merge(approvals[["approval_id", "is_cleared"]], on="approval_id", how="left")
    for place in places:
        own = rows[rows["place"] == place]
        keys = {land: own.loc[own["land"] == land, "row_key"] for land in ("parcels", "pieces")}
        tables = {
            "parcels": _rows(parcels, "parcel_id", keys["parcels"]),
            "remainders": _rows(pieces, "remainder_id", keys["pieces"]),
            "findings": _rows(findings, "parcel_id", keys["parcels"]),
            "links": asked[asked["place"] == place].drop(columns="place"),
            "sent": own[list(SENT_COLUMNS)],
            **{name: dataset.frame(name) for name in ("rules", "mentions", "inventory", "disposal_ways")},
        }
        yield place, replace(dataset, tables=tables)


def _rows(frame: pd.DataFrame, key: str, keys: pd.Series) -> pd.DataFrame:
    return frame[frame[key].isin(keys)].reset_index(drop=True) if key in frame else frame


def _summary(
    rows: pd.DataFrame, asked: pd.DataFrame, files: Mapping[str, str], names: Mapping[str, str]
) -> pd.DataFrame:
    places = sorted(files)
    counts = pd.crosstab(rows["place"], rows["sheet"]).reindex(
        index=places, columns=list(GROUPS), fill_value=0
    )
    by_place = rows.assign(number=pd.to_numeric(rows["area"])).groupby("place")["number"].sum()
    n_asked = asked.drop_duplicates(["kind", "left_table", "left_key"])["place"].value_counts()
    return pd.DataFrame(
        {
            "file": [files[place] for place in places],
            "place": places,
            "place_name": [names.get(place, place) for place in places],
            **{name: counts[name].to_numpy() for name in GROUPS},
            "n_rows": counts.sum(axis=1).to_numpy(),
            "area_m2": by_place.reindex(places, fill_value=0.0).to_numpy(),
            "n_questions": n_asked.reindex(places, fill_value=0).to_numpy(),
        }
    )
