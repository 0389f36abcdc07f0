"""Which land goes into which file: every listed parcel and piece into exactly one."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

import pandas as pd

from landeff.core.corrections import shown
from landeff.core.dataset import Dataset
from landeff.core.split_words import ENTRIES, GROUP_OF, OBJECTIONS, SENT_COLUMNS
from landeff.core.text import Term
from landeff.publish.flagged import district_names, with_findings

By = Literal["district", "zone"]
#: Land that lies in none.
OUTSIDE: Mapping[By, Term] = {
    "district": Term("未注明县区", "no district"),
    "zone": Term("园区外", "outside zones"),
}
_CODES: Mapping[By, str] = {"district": "district_code", "zone": "zone_id"}
_DIGITS = 12
_LONGEST = 40
#: Names that Windows keeps for devices.
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)$")


def cells(dataset: Dataset) -> pd.DataFrame:
    """Every parcel and unsupplied piece with the values that a district may correct.

    Returns:
        ``row_key``, ``land`` (``parcels``, ``pieces``), ``inventory_class``, ``district_code``, ``zone_id``,
        ``supply_key``, ``finding_key`` (``parcel|rule``), ``approval_key`` (keys missing where there is no
        such row), ``area`` (m² as text) and ``seen``: JSON of ``table.column`` → value as text, null where
        the cell is empty. Unique by ``row_key`` and ``land``.
    """
    frames = [_parcels(dataset), _pieces(dataset)]
    return pd.concat([frame for frame in frames if len(frame)] or frames[:1], ignore_index=True)


def listed(dataset: Dataset, by: By, every: pd.DataFrame) -> pd.DataFrame:
    """Rows of ``every`` (:func:`cells`) that some inventory class lists, with where they go.

    Returns:
        also ``place`` (code of the district or zone, ``""`` for land in none), ``place_name``, ``sheet``
        (of :data:`landeff.core.split_words.GROUPS`) and ``row_digest``; by place, sheet and key.
    """
    rows = every
    rows = rows[rows["inventory_class"].notna() & (rows["inventory_class"] != "none")]
    place = rows[_CODES[by]].fillna("").astype("str")
    rows = rows.assign(
        place=place,
        place_name=place.map(place_names(dataset, by)).fillna(place),
        sheet=rows["inventory_class"].map(GROUP_OF).fillna("others").astype("str"),
    )
    rows = rows.assign(row_digest=digests(rows))
    return rows.sort_values(["place", "sheet", "row_key"], kind="stable", ignore_index=True)


def digests(rows: pd.DataFrame) -> pd.Series:
    """Digest of what was sent of each row: its keys and the values seen."""
    parts = rows[[name for name in SENT_COLUMNS if name != "row_digest"]].astype("object")
    cells = parts.where(parts.notna(), "").astype("str")
    joined = ("\x1f".join(row) for row in zip(*(cells[name] for name in cells), strict=True))
    found = [hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:_DIGITS] for text in joined]
    return pd.Series(found, index=rows.index, dtype="str")


def place_names(dataset: Dataset, by: By) -> dict[str, str]:
    """Names of districts or zones by code; ``""`` is land in none."""
    outside = {"": OUTSIDE[by].text(dataset.meta.lang)}
    if by == "district":
        return {**district_names(dataset), **outside}
    names: dict[str, str] = {}
    for table in ("parcels", "remainders", "zones"):
        frame = dataset.frame(table)
        name = "name" if table == "zones" else "zone_name"
        if {"zone_id", name} <= set(frame.columns):
            known = frame[["zone_id", name]].dropna().drop_duplicates("zone_id")
            names |= dict(zip(known["zone_id"], known[name], strict=True))
    return {**names, **outside}


def file_names(places: Mapping[str, str]) -> dict[str, str]:
    """File of each place: its code and its name, of letters and digits only, never a path, each once.

    >>> file_names({"321003": "示例邗江区", "../x": "a/b", "": "园区外"})
    {'': '园区外.xlsx', '../x': 'x_ab.xlsx', '321003': '321003_示例邗江区.xlsx'}
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for code in sorted(places):
        parts = dict.fromkeys((_clean(code), _clean(places[code])))
        stem = "_".join(part for part in parts if part) or "x"
        stem = f"{stem}_" if _RESERVED.match(stem) else stem
        free, number = stem, 2
        while free.casefold() in taken:
            free, number = f"{stem}-{number}", number + 1
        taken.add(free.casefold())
        names[code] = f"{free}.xlsx"
    return names


def _clean(text: str) -> str:
    return re.sub(r"[^\w-]", "", unicodedata.normalize("NFKC", text))[:_LONGEST]


def _parcels(dataset: Dataset) -> pd.DataFrame:
    asked = [column for table, column in OBJECTIONS["parcels"] if table == "parcels"]
    wanted = [
        "parcel_id",
        "supply_id",
        "inventory_class",
        "district_code",
        "zone_id",
        "basis_area_m2",
        *asked,
    ]
    every = dataset.frame("parcels")
    kept = [name for name in every.columns if name in wanted or name.endswith("_rule_id")]
    tables = {**dataset.tables, "parcels": pd.DataFrame(every[kept])}
    parcels = with_findings(replace(dataset, tables=tables))
    absent = [name for name in (*wanted[:6], "rule_id", "stage") if name not in parcels]
    parcels = parcels.reindex(columns=[*parcels.columns, *absent])
    supply = dataset.frame("supply")
    known = supply["supply_id"] if "supply_id" in supply else pd.Series(dtype="str")
    key = parcels["supply_id"].where(parcels["supply_id"].isin(known))
    frames = {"parcels": parcels, "supply": _of(supply, "supply_id", key)}
    has_state = parcels["stage"].notna()
    state = shown(parcels["stage"]).rename("findings.stage")
    return pd.DataFrame(
        {
            "row_key": parcels["parcel_id"],
            "land": "parcels",
            **{name: parcels[name] for name in ("inventory_class", "district_code", "zone_id")},
            "supply_key": key,
            "finding_key": (parcels["parcel_id"] + "|" + parcels["rule_id"]).where(has_state),
            "approval_key": None,
            "area": shown(parcels["basis_area_m2"]),
            "seen": _json([_seen(frames, "parcels"), state]),
        }
    )


def _pieces(dataset: Dataset) -> pd.DataFrame:
    pieces = dataset.frame("remainders")
    wanted = ["remainder_id", "approval_id", "area_m2", "inventory_class", "district_code", "zone_id"]
    pieces = pd.DataFrame(pieces).reindex(columns=wanted)
    approvals = dataset.frame("approvals")
    frames = {"approvals": _of(approvals, "approval_id", pieces["approval_id"])}
    return pd.DataFrame(
        {
            "row_key": pieces["remainder_id"],
            "land": "pieces",
            **{name: pieces[name] for name in ("inventory_class", "district_code", "zone_id")},
            "supply_key": None,
            "finding_key": None,
            "approval_key": pieces["approval_id"],
            "area": shown(pieces["area_m2"]),
            "seen": _json([_seen(frames, "pieces")]),
        }
    )


def _of(frame: pd.DataFrame, key: str, wanted: pd.Series) -> pd.DataFrame:
    """Rows of ``frame`` by ``key``, on the index of ``wanted``; empty where there is none."""
    if key not in frame:
        return pd.DataFrame(index=wanted.index)
    rows = pd.DataFrame(frame).dropna(subset=key).drop_duplicates(key).set_index(key)
    return rows.reindex(wanted).set_axis(wanted.index)


def _seen(frames: Mapping[str, pd.DataFrame], land: str) -> pd.DataFrame:
    """Correctable cells as text, columns called ``table.column``."""
    pairs = [entry.cell for entry in ENTRIES.values() if entry.cell and entry.land == land]
    index = next(iter(frames.values())).index
    nothing = pd.Series(index=index, dtype="str")
    return pd.DataFrame(
        {
            f"{table}.{column}": shown(frames[table][column]) if column in frames[table] else nothing
            for table, column in (*pairs, *OBJECTIONS[land])
        },
        index=index,
    )


def _json(parts: list[pd.DataFrame | pd.Series]) -> pd.Series:
    frame = pd.concat(parts, axis=1)
    frame = frame.astype("object").where(frame.notna(), None)
    names = list(frame.columns)
    rows = zip(*(frame[name] for name in names), strict=True)
    lines = [json.dumps(dict(zip(names, row, strict=True))) for row in rows]
    return pd.Series(lines, index=frame.index, dtype="str")
