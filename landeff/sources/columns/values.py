"""One column of a source → values of its canonical kind in the unit used inside, and what is wrong in it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from landeff.core.columns import COLUMNS, DTYPES, Kind
from landeff.sources.columns.cell_marks import errors, factors, since_1904, split_units
from landeff.sources.columns.cells import PARSERS, Parsed, clean
from landeff.sources.columns.defects import Defect
from landeff.sources.columns.plan import Step
from landeff.sources.readers import Raw

_NUMERIC = ("number", "integer")


def parse(cells: pd.Series[Any], step: Step, raw: Raw) -> tuple[pd.Series[Any], list[Defect]]:
    """Values of one column, and its defects and notes, each with the cells that have it."""
    column = COLUMNS["value" if step.is_amount else step.to]
    meant = _meant(cells, step)
    meant, found = _without_errors(meant, column.kind)
    if column.kind == "date" and raw.from_1904:
        meant = since_1904(meant)
    parsed = _measured(meant, step) if step.has_unit else PARSERS[column.kind](meant)
    values = parsed.values
    found |= parsed.defects
    if column.low is not None and column.high is not None:
        outside = ~values.between(column.low, column.high) & values.notna()
        found["impossible_value"] = outside.astype(bool)
        values = values.mask(found["impossible_value"])
    defects = [
        Defect(code, step.header, where, _shown(cells, where, step, raw), step.slot)
        for code, where in {**found, **parsed.notes}.items()
        if where.any()
    ]
    return pd.Series(values, dtype=DTYPES[column.kind]), defects


def filled(
    first: pd.Series[Any], second: pd.Series[Any], step: Step, raw: Raw
) -> tuple[pd.Series[Any], list[Defect]]:
    """``first``, where it is empty ``second``; where the two differ it is told, and the first stands."""
    differs = (first.notna() & second.notna() & (first != second)).fillna(False).astype(bool)
    shown = _shown(second.astype("object"), differs, step, raw)
    defects = [Defect("columns_differ", step.header, differs, shown)] if differs.any() else []
    return first.fillna(second), defects


def _shown(cells: pd.Series[Any], where: pd.Series[bool], step: Step, raw: Raw) -> pd.Series[str]:
    """What stood in the cells, with their references."""
    shown = clean(cells[where]).reindex(cells.index)
    if step.header not in raw.letters:
        return shown
    return shown + " (cell " + raw.letters[step.header] + raw.rows.astype("str").set_axis(cells.index) + ")"


def _meant(cells: pd.Series[Any], step: Step) -> pd.Series[Any]:
    """Cells with the words of the source replaced by what the project file says they mean."""
    if not step.values:
        return cells
    meaning = {str(clean(pd.Series([word], dtype="object"))[0]): value for word, value in step.values.items()}
    known = clean(cells)
    return cells.astype("object").mask(known.isin(list(meaning)), known.map(meaning).astype("object"))


def _without_errors(cells: pd.Series[Any], kind: Kind) -> tuple[pd.Series[Any], dict[str, pd.Series[bool]]]:
    """Cells without errors of the spreadsheet and formulas never calculated; a number lost is a row lost."""
    is_error, is_blank = errors(cells)
    found = {"error_in_cell": is_error, "formula_without_value": is_blank}
    found = {code: where for code, where in found.items() if where.any()}
    if not found:
        return cells, found
    cells = cells.astype("object").mask(is_error | is_blank, None)
    return cells, found if kind in _NUMERIC else {f"{code}:kept": where for code, where in found.items()}


def _measured(cells: pd.Series[Any], step: Step) -> Parsed:
    """Numbers times their unit: that of the cell where it names one, else that of the column."""
    bare, units = split_units(cells)
    parsed = PARSERS["number"](bare)
    values, defects = parsed.values, dict(parsed.defects)
    own = factors(units, step.dimension)
    is_foreign = units.notna() & own.isna()
    is_told = own.notna()
    if is_foreign.any():
        defects["not_a_number"] = defects.get("not_a_number", is_foreign) | is_foreign
    if step.factor is None:
        is_unknown = values.notna() & ~is_told
        defects["unit_unknown"] = is_unknown & ~is_foreign
        values = (values * own).mask(is_unknown)
    elif is_told.any():
        values = values * own.fillna(step.factor)
    elif step.factor != 1.0:
        values = values.astype("float64") * step.factor
    is_mixed = is_told & own.ne(step.factor) if step.factor is not None else _minority(own)
    notes = {"mixed_units": is_mixed & values.notna(), "unit_in_cell": is_told & ~is_mixed & values.notna()}
    return Parsed(values.mask(is_foreign), defects, notes)


def _minority(own: pd.Series[float]) -> pd.Series[bool]:
    """Cells in another unit than most cells of the column."""
    most = own.mode()
    return own.notna() & own.ne(most.iloc[0] if len(most) else 0.0)
