"""Filled cells as claims on cells of input tables; what contradicts or has changed is kept back."""

from __future__ import annotations

import json

import pandas as pd

from landeff.core.columns import COLUMNS, Kind
from landeff.core.corrections import shown
from landeff.core.review_words import FINDINGS, column_named, column_titles, same_word, table_titles
from landeff.core.split_words import CHECK, ENTRIES, OBJECTIONS, objection_title
from landeff.core.units import unit_in_header, unit_of
from landeff.pipeline.merge_rows import conflict
from landeff.sources.columns.cells import clean
from landeff.sources.review import typed

CELL = ["table", "key", "column"]
_STATE = column_titles(FINDINGS)["stage"].zh
_KEYS = {"supply": "supply_key", "parcels": "row_key", "approvals": "approval_key", FINDINGS: "finding_key"}
_OBJECTIONS = {
    same_word(title): cell
    for cells in OBJECTIONS.values()
    for cell in cells
    for title in (objection_title(*cell).zh, objection_title(*cell).en)
}


def claims(rows: pd.DataFrame, gone: pd.DataFrame) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """What filled rows say of which cell, and entries that name no cell.

    Args:
        rows: as :func:`landeff.pipeline.merge_rows.checked_rows` leaves them.
        gone: disposals, as :func:`landeff.pipeline.merge_rows.disposals` makes them.

    Returns:
        ``file``, ``sheet``, ``source_row``, ``row_key``, ``entry``, ``table``, ``key``, ``column``, ``label``
        (the column in words, with the unit of bare numbers), ``value`` (the cell), ``kind``, ``old`` (text of
        the value seen), ``ground``, ``document``, ``signer``.
    """
    parts = [_of_entry(rows, name) for name in ENTRIES if ENTRIES[name].cell]
    objected, conflicts = _objections(rows)
    whole = gone[gone["is_whole"]]
    listed = whole[whole["finding_key"].fillna("") != ""]
    moved = listed.assign(ground=_disposed(listed), value="disposed", entry="disposal_way")
    parts += [objected, _claimed(moved, "stage", FINDINGS, "stage", "field_check")]
    found = pd.concat(parts, ignore_index=True)
    no_row = found["key"].fillna("") == ""
    lost = found[no_row]
    conflicts.append(conflict(lost, "no_record", lost["label"], clean(lost["value"])))
    return found[~no_row].reset_index(drop=True), conflicts


def _of_entry(rows: pd.DataFrame, entry: str) -> pd.DataFrame:
    spec = ENTRIES[entry]
    assert spec.cell is not None  # noqa: S101  # only such entries are asked for
    table, column = spec.cell
    filled = rows[rows[entry].notna()]
    filled = filled.assign(value=filled[entry], entry=entry, ground=_ground(filled))
    return _claimed(filled, column_titles(table)[column].zh, table, column, "field_check")


def _objections(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    asked = rows[rows["objection_column"].notna()]
    words = clean(asked["objection_column"]).map(same_word, na_action="ignore")
    cells = words.map(_OBJECTIONS)
    unknown = asked[cells.isna()]
    parts = [_claimed(asked.iloc[0:0].assign(value=None, entry=""), "", "", "", "objection")]
    for table, column in sorted(set(cells.dropna())):
        own = asked[cells == (table, column)]
        own = own.assign(value=own["objection_value"], entry="objection_value")
        own = own.assign(ground=clean(own["ground"]).where(own["ground"].notna()))
        parts.append(_claimed(own, objection_title(table, column).zh, table, column, "objection"))
    told = conflict(unknown, "unknown_column", ENTRIES["objection_column"].title.zh, words[cells.isna()])
    return pd.concat(parts, ignore_index=True), [told]


def _claimed(rows: pd.DataFrame, label: str, table: str, column: str, kind: str) -> pd.DataFrame:
    seen = [json.loads(text).get(f"{table}.{column}") for text in rows["seen"]]
    key = rows[_KEYS[table]] if table in _KEYS else None
    told = rows.assign(table=table, column=column, label=label, key=key, kind=kind)
    told = told.assign(
        old=pd.Series(seen, index=rows.index, dtype="object"),
        document=rows["ground_document"],
        signer=rows["signed_by"],
    )
    wanted = ["file", "sheet", "source_row", "row_key", "entry", *CELL, "label", "value", "kind", "old"]
    return told[[*wanted, "ground", "document", "signer"]].astype("object")


def _ground(rows: pd.DataFrame) -> pd.Series:
    """The reason given; where none is, that it was checked, and when."""
    day = clean(rows["found_on"]).fillna("")
    default = ("外业核查 " + day).str.strip()
    return clean(rows["ground"]).where(rows["ground"].notna(), default)


def _disposed(rows: pd.DataFrame) -> pd.Series:
    """Way, area and day of a disposal as the reason why the state moves."""
    days = pd.to_datetime(rows["disposed_on"]).dt.strftime("%Y-%m-%d")
    cells = zip(clean(rows["disposal_way"]), rows["disposed_area_m2"], days, strict=True)
    told = [f"{way} {float(area) * 15 / 10_000:.2f}亩 {day}" for way, area, day in cells]
    return pd.Series(told, index=rows.index, dtype="object")


def form_claims(corrections: pd.DataFrame, file: str) -> pd.DataFrame:
    """Rows of the sheet of corrections of one file as claims; table and column as far as they are known."""
    if corrections.empty:
        return pd.DataFrame()
    titles = {
        same_word(text): name for name, term in table_titles().items() for text in (name, term.zh, term.en)
    }
    table = corrections["table"].map(lambda word: titles.get(same_word(word)), na_action="ignore")
    pairs = zip(table, corrections["column"], strict=True)
    column = [
        column_named(name, word)[0] if isinstance(name, str) and isinstance(word, str) else None
        for name, word in pairs
    ]
    sheet = corrections["source_file"].str.extract(r"\[(.*)\]$")[0]
    told = corrections.assign(
        file=file, sheet=sheet, row_key=corrections["key"], entry="", label=corrections["column"],
        table=table.fillna(corrections["table"]), ground=corrections["reason"],
        column=pd.Series(column, index=corrections.index, dtype="object").fillna(corrections["column"]),
        value=corrections["new_value"], old=corrections["old_value"],
    )  # fmt: skip
    wanted = ["file", "sheet", "source_row", "row_key", "entry", *CELL, "label", "value", "kind", "old"]
    return told[[*wanted, "ground", "document", "signer", "valid_until"]].astype("object")


def settled(found: pd.DataFrame, fresh: pd.DataFrame) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """Claims that can be handed to the next run, each cell once; the others as conflicts.

    Args:
        fresh: cells of the result (:func:`landeff.publish.split.listed.cells`).

    Returns:
        Claims with ``is_new`` (it says something else than the value seen).
    """
    if found.empty:
        return found.assign(is_new=pd.Series(dtype=bool)), []
    now = _now(found, fresh)
    told = _typed(found).assign(now=now)
    is_form = told["entry"] == ""
    problem = pd.Series("", index=told.index, dtype="object")
    problem = problem.mask(is_form & told["signer"].isna(), "no_signer")
    problem = problem.mask(
        (problem == "") & is_form & told["ground"].isna() & told["document"].isna(), "no_ground"
    )
    problem = problem.mask((problem == "") & told["is_bad"], "bad_value")
    differs = told["old"].fillna("").astype("str") != now.fillna("").astype("str")
    problem = problem.mask((problem == "") & ~is_form & differs, "changed")
    open_rows = told[problem == ""]
    several = open_rows.groupby(CELL)["text"].transform("nunique") > 1
    problem[several.index[several]] = "contradicted"
    problem = _tied(told, problem)
    bad = told[problem != ""]
    conflicts = conflict(bad, "", bad["label"], clean(bad["value"])).assign(
        seen=bad["old"], now=bad["now"], problem=problem[problem != ""]
    )
    good = told[problem == ""].sort_values([*CELL, "entry", "file", "sheet", "source_row"], kind="stable")
    return good.drop_duplicates([*CELL, "text"], keep="last").reset_index(drop=True), [conflicts]


def _tied(told: pd.DataFrame, problem: pd.Series) -> pd.Series:
    """A check of one record is taken as a whole: with one of its entries the others are kept back."""
    is_check = told["entry"].isin(list(CHECK))
    bad = set(told.loc[is_check & (problem != ""), "key"])
    return problem.mask(is_check & (problem == "") & told["key"].isin(bad), "tied")


def _now(found: pd.DataFrame, fresh: pd.DataFrame) -> pd.Series:
    seen = {
        (row["row_key"], cell): value
        for row in fresh[fresh["row_key"].isin(set(found["row_key"]))].to_dict("records")
        for cell, value in json.loads(row["seen"]).items()
    }
    cells = found["table"].astype("str") + "." + found["column"].astype("str")
    pairs = zip(found["row_key"], cells, strict=True)
    return pd.Series([seen.get(pair) for pair in pairs], index=found.index, dtype="object")


def _typed(found: pd.DataFrame) -> pd.DataFrame:
    """Claims with ``text`` (the value in one way of writing), ``is_bad`` and ``is_new``."""
    text = clean(found["value"]).astype("object")
    is_bad = pd.Series(False, index=found.index)
    for (column, label), rows in found.groupby(["column", "label"], sort=True):
        spec = COLUMNS.get(str(column))
        if column == "stage" or spec is None:
            continue
        kind: Kind = spec.kind
        unit = unit_in_header(str(label))[1]
        parsed = typed(rows["value"], kind, str(column), unit)
        text[rows.index] = shown(pd.Series(parsed.values.to_numpy(), index=rows.index)).astype("object")
        is_bad[rows.index] = parsed.defects["bad_value"].to_numpy()
    text = text.where(text.notna(), "")
    is_new = (text != found["old"].fillna("").astype("str")) | (found["entry"] == "")
    return found.assign(text=text, is_bad=is_bad, is_new=is_new)


def corrections(found: pd.DataFrame) -> pd.DataFrame:
    """Claims that say something new, in the columns of corrections, with where each was written."""
    rows = found[found["is_new"].astype(bool)]
    titles = {name: term.zh for name, term in table_titles().items()}
    factor = pd.Series([_factor(label) for label in rows["label"]], index=rows.index, dtype="float64")
    number = pd.to_numeric(rows["old"], errors="coerce") / factor
    in_unit = (rows["entry"] != "") & number.notna()
    told = pd.DataFrame(
        {
            "table": rows["table"].map(titles).fillna(rows["table"]),
            "key": rows["key"],
            "column": rows["label"].mask(rows["table"] == FINDINGS, _STATE),
            "old_value": rows["old"].mask(in_unit, number.map(repr)),
            "new_value": clean(rows["value"]),
            "reason": rows["ground"],
            "document": rows["document"],
            "signer": rows["signer"],
            "valid_until": rows.get("valid_until"),
            "kind": rows["kind"],
            "from_file": rows["file"],
            "from_sheet": rows["sheet"],
            "from_row": rows["source_row"],
        },
        dtype="object",
    )
    by = ["table", "key", "column", "from_file", "from_row"]
    return told.sort_values(by, kind="stable", ignore_index=True)


def _factor(label: object) -> float:
    unit = unit_in_header(str(label))[1]
    known = unit_of(unit) if unit else None
    return known.factor if known else float("nan")
