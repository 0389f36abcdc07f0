"""A scorecard as data: items, models with weights and benchmarks, cuts, vetoes, floors, cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal

from landeff.core.text import Term
from landeff.standards.condition import Condition, Value
from landeff.standards.rules import Basis
from landeff.standards.scorecards.measures import Measure

BenchmarkKind = Literal["fixed", "given", "mean", "min_max"]
Missing = Literal["unknown", "mean", "zero", "exclude", "T"]
Negative = Literal["zero", "keep"]
Rounding = Literal["ceil", "floor", "round"]
Ties = Literal["exact", "better", "worse"]
InputKind = Literal["number", "text", "date", "boolean"]

BENCHMARKS = ("fixed", "given", "mean", "min_max")
MISSING = ("unknown", "mean", "zero", "exclude", "T")
NEGATIVE = ("zero", "keep")
ROUNDING = ("ceil", "floor", "round")
TIES = ("exact", "better", "worse")
INPUT_KINDS = ("number", "text", "date", "boolean")
#: Columns of the facts that are made for scorecards and stand in no data dictionary.
MADE = {"industry_division": "text"}


@dataclass(frozen=True, slots=True)
class Input:
    """A column that a scorecard reads and the data dictionary does not know.

    Attributes:
        also: other names of it in tables of enterprises (``投产日期``), and what a number found under each
            is multiplied by to be in the unit that ``name`` ends in.
    """

    name: str
    kind: InputKind
    title: Term
    also: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Item:
    """What is measured: a quotient in a stated unit."""

    id: str
    title: Term
    measure: Measure


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What a value is compared with.

    Attributes:
        kind: ``fixed`` (a number of the file), ``given`` (of the table ``benchmarks``), ``mean`` (``times`` ×
            the mean of a group), ``min_max`` (``base + span × (x − min) ÷ (max − min)`` of a hundred).
        value: of ``fixed``, in the unit of the item.
        of: columns that make the group of ``mean`` and ``min_max``; empty is everybody of the model.
        year: years to add: −1 is the year before.
        weighted: whether a mean is the ratio of the sums, or that of the values.
        indicator, place, place_by, unit: of ``given``: which row, and the unit its value is kept in.
    """

    kind: BenchmarkKind
    value: float = float("nan")
    times: float = 1.0
    of: tuple[str, ...] = ()
    year: int = 0
    weighted: bool = True
    base: float = 20.0
    span: float = 80.0
    indicator: str = ""
    place: str = ""
    place_by: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Weighed:
    """An item in a model: weight, benchmark, cap, and what happens where it is missing or negative.

    Attributes:
        cap: the most that value ÷ benchmark counts; ``None`` without one.
        missing: ``unknown`` (no total), ``mean`` (the mean points of the others), ``zero``, ``exclude`` (the
            other weights are scaled up), ``T`` (not graded).
        negative: below zero counts as ``zero``, or is kept.
    """

    item: str
    weight: float
    benchmark: Benchmark
    cap: float | None
    missing: Missing
    negative: Negative


@dataclass(frozen=True, slots=True)
class Model:
    """One way of scoring within a card (规上, 规下, 重点排污 …); the first that applies is used."""

    id: str
    title: Term
    when: Condition | None
    items: tuple[Weighed, ...]


@dataclass(frozen=True, slots=True)
class Adjustment:
    """Bonus or malus: points where ``when`` holds, or a column times ``points`` up to ``most``."""

    id: str
    title: Term
    points: float
    when: Condition | None = None
    of: str = ""
    most: float | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """Not graded, veto or floor: what happens to a grade where ``when`` holds.

    Attributes:
        grade: the grade given (T of those not graded; of a veto, the grade it ends in).
        limit: a veto: not above this grade; a floor: not below it.
    """

    id: str
    title: Term
    when: Condition
    grade: str = ""
    limit: str = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """One grade: by share, the cumulative share it ends at; by score, the points it begins at."""

    grade: str
    to: Fraction | None = None
    at_least: float | None = None


@dataclass(frozen=True, slots=True)
class Cuts:
    """How totals become grades, best first.

    Attributes:
        group: columns; ranks and shares are counted within each group (``model`` is one too).
        tie_break: items whose values decide between equal totals, the greater first.
        ties: ``exact`` (the numbers are kept: then by ``tie_break``, then by code), ``better`` or ``worse``
            (equal totals share the better, or worse, grade).
    """

    by: Literal["share", "score"]
    group: tuple[str, ...]
    rounding: Rounding
    ties: Ties
    tie_break: tuple[str, ...]
    grades: tuple[Cut, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Grades, best first."""
        return tuple(cut.grade for cut in self.grades)


@dataclass(frozen=True, slots=True)
class Case:
    """Enterprises given, and what must come out: the golden case of a card."""

    name: str
    given: tuple[Mapping[str, Any], ...]
    expect: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """One scorecard.

    Attributes:
        id: path of its file without suffix (``jiangsu/huaian_2024``).
        verified: whether all of it was seen in the source; what was not is told in ``note``.
        years: years it is for; empty is any.
        merge: whether firms that are one unit (several on one parcel) are scored once and share the result.
        full_marks: what the weights of a model add up to.
    """

    id: str
    title: Term
    version: str
    verified: bool
    jurisdiction: str
    basis: tuple[Basis, ...]
    note: Term
    years: tuple[int, ...]
    merge: bool
    full_marks: float
    parameters: Mapping[str, Value]
    inputs: Mapping[str, Input]
    items: Mapping[str, Item]
    models: tuple[Model, ...]
    adjustments: tuple[Adjustment, ...]
    not_graded: tuple[Override, ...]
    vetoes: tuple[Override, ...]
    floors: tuple[Override, ...]
    cuts: Cuts | None
    cases: tuple[Case, ...]
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None

    def in_force(self, as_of: dt.date) -> bool:
        """Whether ``as_of`` lies within its validity, both ends included."""
        return (self.valid_from or dt.date.min) <= as_of <= (self.valid_to or dt.date.max)

    @property
    def is_relative(self) -> bool:
        """Whether the result of one enterprise depends on who else is scored with it."""
        weighed = [each for model in self.models for each in model.items]
        among = any(each.benchmark.kind in ("mean", "min_max") or each.missing == "mean" for each in weighed)
        return among or (self.cuts is not None and self.cuts.by == "share")
