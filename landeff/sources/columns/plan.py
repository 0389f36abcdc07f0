"""Which source column feeds which canonical column, in which unit; all structural mistakes found at once."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass

from landeff.core.columns import COLUMNS, TRACE, item_unit
from landeff.core.errors import InputError, LandeffError, ProblemsError
from landeff.core.issues import Issue
from landeff.core.tables import Table
from landeff.core.units import UNITS, unit_of
from landeff.sources.columns.headers import unit_in_label

ITEM = "item:"


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """What a source column is.

    Attributes:
        to: canonical column, or ``item:<name>`` for one item of a wide ``returns`` table.
        unit: unit of its numbers; not needed where the header names it.
        values: texts of the source → what they mean, applied before anything is parsed.
        year, month: of the amounts in the column, where a table of ``returns`` has a column for each.
        fill: whether it only fills cells that the other column mapped to ``to`` leaves empty.
    """

    to: str
    unit: str | None = None
    values: Mapping[str, object] | None = None
    year: int | None = None
    month: int | None = None
    fill: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One source column on its way: where from, where to, times what.

    Attributes:
        factor: of the column's unit; ``None`` where only its cells name units.
        dimension: of the units that cells may name; ``None`` where the numbers have no unit.
    """

    header: str
    to: str
    factor: float | None
    values: Mapping[str, object] | None
    dimension: str | None = None
    year: int | None = None
    month: int | None = None
    fill: bool = False

    @property
    def is_amount(self) -> bool:
        """Whether it holds values of ``returns``, ``totals`` and the like."""
        return _is_amount(self.to)

    @property
    def has_unit(self) -> bool:
        """Whether its numbers have a unit."""
        return self.dimension is not None

    @property
    def slot(self) -> str | None:
        """Name of its own part of a row, where the table is wide: an item, a year, a month."""
        if self.year is None and self.month is None:
            return self.to if self.to.startswith(ITEM) else None
        return f"{self.to}@{self.year or ''}-{self.month or ''}"

    @property
    def at(self) -> str:
        """Column of the frame on its way."""
        return self.slot or self.to


@dataclass(frozen=True, slots=True)
class Plan:
    """All steps of a source; ``carried`` are unmapped columns and the names they travel under."""

    steps: tuple[Step, ...]
    carried: Mapping[str, str]
    issues: tuple[Issue, ...]


def plan(
    headers: list[str],
    name: str,
    table: Table,
    columns: Mapping[str, ColumnMap],
    defaults: Mapping[str, object],
    names_units: Callable[[str, str], bool] = lambda _header, _dimension: False,
    units_above: Sequence[str] = (),
) -> Plan:
    """Check a mapping against the headers of a file.

    A column that already bears a canonical name of ``table`` needs no mapping. Unmapped columns travel along
    under their own names; where such a name means something in landeff it gets `` (source)`` behind it.

    Args:
        names_units: whether cells of a column (header) name units of a dimension.
        units_above: those that a line above the headers names: proposed and compared, never applied.

    Raises:
        ProblemsError: headers that are not there, targets that do not exist or are fed twice, units that are
            missing or of the wrong kind, required columns without a source; all of them.
    """
    problems: list[LandeffError] = []
    wanted = _located(headers, name, columns, problems)
    taken = {each.to for each in wanted.values() if not each.fill}
    wanted |= {
        each: ColumnMap(each) for each in headers if each in table.columns and each not in taken | set(wanted)
    }
    steps: list[Step] = []
    issues: list[Issue] = []
    for header, target in wanted.items():
        try:
            _check_target(header, target, name, table)
            factor, dimension = _unit(header, target, name, table, names_units, units_above)
            _check_currency(header, target, name, str(defaults.get("currency") or ""))
        except InputError as error:
            problems.append(error)
            continue
        issues += _contradiction(header, target, units_above)
        steps.append(
            Step(header, target.to, factor, target.values, dimension, target.year, target.month, target.fill)
        )
    problems += _fed_twice(wanted, name)
    fed = {each.to for each in (*columns.values(), *wanted.values())}
    fed |= {column for column, value in defaults.items() if value is not None}
    fed |= {"year"} if _each_has_year(wanted) else set()
    problems += _unfed(fed, name, table, headers)
    if problems:
        raise ProblemsError(problems)
    steps.sort(key=lambda step: step.fill)
    return Plan(tuple(steps), _carried(headers, wanted), tuple(issues))


def _carried(headers: list[str], wanted: Container[str]) -> dict[str, str]:
    """Columns that travel along, and the names they bear."""
    reserved = {*COLUMNS, *TRACE, "subject_id", *(f"supply_{name}" for name in TRACE)}
    return {
        each: f"{each} (source)" if each in reserved else each
        for each in headers
        if each not in wanted and each != "geometry"
    }


def _located(
    headers: list[str], name: str, columns: Mapping[str, ColumnMap], problems: list[LandeffError]
) -> dict[str, ColumnMap]:
    """The mapping by the headers as they stand; spaces and full width do not matter."""
    loose = {_loose(header): header for header in reversed(headers)}
    found: dict[str, ColumnMap] = {}
    for wanted, target in columns.items():
        header = wanted if wanted in headers else loose.get(_loose(wanted))
        if header is None:
            close = difflib.get_close_matches(wanted, headers, n=1)
            hint = f'did you mean "{close[0]}"? ' if close else ""
            problems.append(
                InputError(
                    f'{name} has no column "{wanted}".', f"{hint}Its columns are: {', '.join(headers[:40])}"
                )
            )
        else:
            found[header] = target
    return found


def _loose(header: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", header)).casefold()


def _check_target(header: str, target: ColumnMap, name: str, table: Table) -> None:
    """Raise where a column cannot be what it is mapped to."""
    has_part = target.year is not None or target.month is not None
    if has_part and not (table.name == "returns" and _is_amount(target.to)):
        raise InputError(
            f'{name}: "{header}" → {target.to}: year and month belong to the amounts of returns.',
            'leave them out, or map the column to "value" or "item:…"',
        )
    if target.to.startswith(ITEM):
        if table.name != "returns":
            raise InputError(
                f'{name}: "{header}" → {target.to}: items belong to returns.', "correct the mapping"
            )
        if not target.to.removeprefix(ITEM).strip():
            raise InputError(
                f'{name}: "{header}" → item: without a name.', 'write for instance "item:tax_paid"'
            )
        return
    if target.to == "geometry" or target.to in table.columns:
        return
    close = difflib.get_close_matches(target.to, table.columns, n=1)
    hint = f"did you mean {close[0]}? " if close else ""
    raise InputError(
        f'{name}: "{header}" → {target.to}: {table.name} has no such column.',
        f"{hint}Columns of {table.name}: {', '.join(table.columns)}",
    )


def _each_has_year(wanted: Mapping[str, ColumnMap]) -> bool:
    """Whether all amounts of a wide table have their year declared."""
    amounts = [each for each in wanted.values() if _is_amount(each.to)]
    return bool(amounts) and all(each.year is not None for each in amounts)


def _unit(
    header: str,
    target: ColumnMap,
    name: str,
    table: Table,
    names_units: Callable[[str, str], bool],
    units_above: Sequence[str],
) -> tuple[float | None, str | None]:
    """Factor and dimension of a column's numbers.

    The unit is declared, else named in the header, else inside the canonical name, else in the cells (factor
    ``None``).

    Raises:
        InputError: a unit is needed and nothing names it, or it is of another dimension.
    """
    dimension = COLUMNS[target.to].dimension if target.to in COLUMNS else None
    if dimension is None and not _is_amount(target.to):
        return 1.0, None
    word = target.unit or unit_in_label(header)[1]
    if word is None and header == target.to and dimension is not None:
        return 1.0, dimension
    in_cells = dimension or _dimension_of_amount(target.to, table)
    if word is None and in_cells and names_units(header, in_cells):
        return None, in_cells
    if word is None:
        above = _akin(units_above, in_cells or "money")
        told = f"; the line above the table says {above[0]}" if above else ""
        example = above[0] if above else _example(dimension)
        raise InputError(
            f'{name}: the unit of "{header}" is not known{told}.',
            f'declare it: "{header}" = {{ to = "{target.to}", unit = "{example}" }}',
        )
    unit = unit_of(word)
    if unit is None:
        raise InputError(f'{name}: "{header}": {word!r} is not a unit.', f"use one of {', '.join(UNITS)}")
    if dimension is not None and unit.dimension != dimension:
        raise InputError(
            f'{name}: "{header}" is in {word} ({unit.dimension}), but {target.to} is {dimension}.',
            f'use a unit such as "{_example(dimension)}", or map it to another column',
        )
    return unit.factor, unit.dimension


def _dimension_of_amount(to: str, table: Table) -> str | None:
    """Dimension of the units that cells of an amount may name where nothing else does."""
    if to.startswith(ITEM):
        unit = unit_of(item_unit(to.removeprefix(ITEM).strip(), "CNY"))
        return unit.dimension if unit else None
    return "money" if table.name == "returns" else None


def _is_amount(to: str) -> bool:
    """Whether a column's unit is not in its name and has to be said: values, and items of a wide table."""
    return to == "value" or to.startswith(ITEM)


def _check_currency(header: str, target: ColumnMap, name: str, currency: str) -> None:
    """Amounts whose unit names a currency are of that currency: nothing is converted.

    Raises:
        InputError: the money of the source is in another one.
    """
    word = target.unit or unit_in_label(header)[1]
    unit = unit_of(word) if word else None
    if unit is not None and unit.currency and currency and unit.currency != currency:
        raise InputError(
            f'{name}: "{header}" is in {word}, and the money of the project in {currency}: rates of exchange '
            "are not for landeff to choose.",
            f'convert the amounts and name their unit, or set currency = "{unit.currency}" under [project]',
        )


def _contradiction(header: str, target: ColumnMap, units_above: Sequence[str]) -> list[Issue]:
    """Where the header, or the line above the table if the header is silent, says another unit."""
    declared = unit_of(target.unit) if target.unit else None
    if declared is None or target.unit is None:
        return []
    in_header = unit_in_label(header)[1]
    said = [in_header] if in_header else _akin(units_above, declared.dimension)
    if not said or any(unit_of(each) == declared for each in said):
        return []
    where = "the header" if in_header else "the line above the table"
    told = f"taken as {target.unit}, as the project file says, though {where} says {said[0]}"
    fix = "correct the unit in the project file, or the table"
    return [Issue("warning", "unit_contradicts_header", "", told, column=header, value=said[0], fix=fix)]


def _akin(words: Sequence[str], dimension: str) -> list[str]:
    """The units of a dimension among ``words``."""
    return [word for word in words if (unit := unit_of(word)) and unit.dimension == dimension]


def _example(dimension: str | None) -> str:
    return {"area": "亩", "ratio": "%", "length": "米"}.get(dimension or "", "万元")


def _fed_twice(wanted: Mapping[str, ColumnMap], name: str) -> list[LandeffError]:
    by_target: dict[str, list[str]] = {}
    for header, target in wanted.items():
        if target.fill and not _is_amount(target.to):
            continue
        part = "".join(f" of {word} {each}" for word, each in _parts(target) if each is not None)
        by_target.setdefault(target.to + part, []).append(header)
    return [
        InputError(
            f"{name}: {to} is fed by {' and '.join(headers)}.",
            "map one of them only; columns of one item for several years or months are told apart by "
            '{ to = "…", year = 2024, month = 1 }'
            if to.startswith((ITEM, "value"))
            else "map one of them only",
        )
        for to, headers in sorted(by_target.items())
        if len(headers) > 1
    ]


def _parts(target: ColumnMap) -> tuple[tuple[str, int | None], ...]:
    return (("year", target.year), ("month", target.month))


def _unfed(fed: set[str], name: str, table: Table, headers: list[str]) -> list[LandeffError]:
    """Columns the table cannot do without and nothing is meant for."""
    if any(target.startswith(ITEM) for target in fed):
        fed = fed | {"item", "value"}
    has_dates = bool(fed & {"received_on", "period_from_on", "period_to_on"})
    problems: list[LandeffError] = [
        InputError(
            f"{name}: nothing is mapped to {column}, which {table.name} needs.",
            'say whose year counts: year_by = "received_on" (入库日期) or "period" (税款所属期)'
            if column == "year" and has_dates
            else f'say which column it is: "…" = "{column}". Columns are: {", ".join(headers[:40])}',
        )
        for column in table.required
        if column not in fed
    ]
    if table.name == "returns" and not fed & {"enterprise_id", "parcel_id", "name"}:
        problems.append(
            InputError(
                f"{name}: no column says whose money it is.", 'map one to "enterprise_id" or "parcel_id"'
            )
        )
    return problems
