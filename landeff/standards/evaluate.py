"""Verdicts of rules over all parcels at once, and the facts that would settle the open ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from landeff.core.calendar import Duration, parse_duration, shift, to_days
from landeff.core.columns import COLUMNS
from landeff.core.errors import ConfigError
from landeff.standards import kleene
from landeff.standards.condition import FAMILY_OF_KIND, Comparison, Condition, Family, Value, family_of
from landeff.standards.kleene import FALSE, TRUE, UNKNOWN, Mask, Truth
from landeff.standards.rules import Rule, Stale

CLEAR, OPEN, HIT, NOT_APPLICABLE = FALSE, UNKNOWN, TRUE, -2
LABELS: Mapping[int, str] = {CLEAR: "clear", OPEN: "unknown", HIT: "hit", NOT_APPLICABLE: "not_applicable"}


@dataclass(frozen=True, slots=True)
class Values:
    """One side of a comparison: values of a family, and where they are known.

    Text is held as codes into ``levels``, so that a comparison looks at each different text once.
    """

    family: Family
    data: npt.NDArray[Any]
    known: Mask
    levels: npt.NDArray[Any] | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """A frame as conditions see it, at a day, with the parameters of a rule.

    A column that the frame lacks is unknown throughout. Columns are prepared once and kept.
    """

    frame: pd.DataFrame
    as_of: dt.date
    parameters: Mapping[str, Value] = field(default_factory=dict)
    stale: Mapping[str, Stale] = field(default_factory=dict)
    prepared: dict[str, Values] = field(default_factory=dict)

    def of(self, rule: Rule) -> Facts:
        """The same columns for a rule: with its parameters, and its limits for facts that age."""
        return Facts(self.frame, self.as_of, rule.parameters, rule.stale, self.prepared)

    def column(self, name: str) -> Values:
        """Values of a column."""
        if name not in self.prepared:
            self.prepared[name] = _prepare(name, self.frame)
        return self.prepared[name]

    def fact(self, name: str) -> Values:
        """Values of a column as far as they count: one that is too old, or of no known day, is unknown."""
        values = self.column(name)
        return replace(values, known=values.known & self.fresh(name)) if name in self.stale else values

    def fresh(self, name: str) -> Mask:
        """Where the fact is known to be recent enough; everywhere for one that does not age."""
        limit = self.stale.get(name)
        if limit is None:
            return np.ones(len(self.frame), dtype=bool)
        observed = self.column(limit.observed_on)
        return observed.known & ~(shift(observed.data, limit.older_than) < np.datetime64(self.as_of, "D"))

    def constant(self, name: str) -> Value | None:
        """Value of a parameter; ``None`` where ``name`` is not one."""
        return self.as_of if name == "as_of" else self.parameters.get(name)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Verdicts of one rule: an ``int8`` code (:data:`LABELS`) for each row of ``index``.

    ``to_check`` marks the unknown ones that a look at the place would settle.
    """

    rule: Rule
    index: pd.Index
    code: Truth
    to_check: Mask

    def labels(self) -> pd.Series:
        """``hit``, ``clear`` or ``unknown``; missing where the rule does not apply."""
        names = np.array([None, "clear", "unknown", "hit"], dtype=object)
        return pd.Series(names[self.code.astype(np.intp) + 2], index=self.index, dtype="str")

    def reasons(self) -> pd.Series:
        """``to_check`` or ``missing_facts`` where the verdict is unknown, else missing."""
        names = np.array([None, "missing_facts", "to_check"], dtype=object)
        which = (self.code == OPEN) * (1 + self.to_check.astype(np.intp))
        return pd.Series(names[which], index=self.index, dtype="str")


class Matrix(Mapping[str, Verdicts]):
    """Verdicts of several rules: one ``int8`` matrix, a column a rule. Evidence is made when asked for.

    Attributes:
        codes: rows × rules, in column order; the words are :data:`LABELS`.
    """

    def __init__(self, rules: Iterable[Rule], index: pd.Index) -> None:
        self.rules = {rule.id: rule for rule in rules}
        self.index = index
        self.codes: Truth = np.zeros((len(index), len(self.rules)), dtype=np.int8, order="F")
        self._to_check: dict[str, Mask] = {}
        self._nowhere = np.zeros(len(index), dtype=bool)

    def put(self, found: Verdicts) -> None:
        """Write the verdicts of one rule into its column."""
        self.codes[:, list(self.rules).index(found.rule.id)] = found.code
        if found.to_check.any():
            self._to_check[found.rule.id] = found.to_check

    def __getitem__(self, rule_id: str) -> Verdicts:
        code = self.codes[:, list(self.rules).index(rule_id)]
        return Verdicts(self.rules[rule_id], self.index, code, self._to_check.get(rule_id, self._nowhere))

    def __iter__(self) -> Iterator[str]:
        return iter(self.rules)

    def __len__(self) -> int:
        return len(self.rules)

    def frame(self) -> pd.DataFrame:
        """The matrix as a frame, one ``int8`` column a rule."""
        return pd.DataFrame(self.codes, index=self.index, columns=pd.Index(list(self.rules), dtype="str"))


def evaluate(rule: Rule, facts: Facts) -> Verdicts:
    """Verdict of ``rule`` for every row: all of ``applies`` and ``when``, in three-valued logic."""
    facts = facts.of(rule)
    code = judge(rule.when, facts)
    if rule.applies is not None:
        applies = judge(rule.applies, facts)
        code = np.minimum(code, applies)
    to_check = np.zeros(len(code), dtype=bool)
    if rule.to_check is not None and (code == OPEN).any():
        to_check = (judge(rule.to_check, facts) == TRUE) & (code == OPEN)
    if rule.applies is not None:
        code = code - (applies == FALSE).view(np.int8)  # false and not applicable: -1 becomes -2
    return Verdicts(rule, facts.frame.index, code, to_check)


def evaluate_all(rules: Iterable[Rule], frame: pd.DataFrame, as_of: dt.date) -> Matrix:
    """Verdicts of several rules by rule id, preparing each column once."""
    facts, matrix = Facts(frame, as_of), Matrix(rules, frame.index)
    for rule in matrix.rules.values():
        matrix.put(evaluate(rule, facts))
    return matrix


def judge(condition: Condition, facts: Facts) -> Truth:
    """Truth of a condition for every row."""
    if isinstance(condition, Comparison):
        return _compare(condition, facts)
    items = [judge(item, facts) for item in condition.items]
    if condition.op == "not":
        return kleene.negate(items[0])
    return kleene.all_of(items) if condition.op == "all" else kleene.any_of(items)


def missing(rule: Rule, facts: Facts) -> dict[str, Mask]:
    """For each column, the rows where it is missing and a value could still change the unknown verdict.

    A comparison can, exactly when it and everything it stands in are unknown. Of a fact that ages, the column
    is missing where its value is too old, and the date where the day of the value is not known.
    """
    facts = facts.of(rule)
    found: dict[str, Mask] = {}
    _collect(rule.condition, facts, np.ones(len(facts.frame), dtype=bool), found)
    return found


def aged(rule: Rule, facts: Facts) -> dict[str, Mask]:
    """Of :func:`missing`, the rows where there is a value and it is too old to count."""
    facts = facts.of(rule)
    return {
        name: rows & facts.column(name).known & facts.column(rule.stale[name].observed_on).known
        for name, rows in missing(rule, facts).items()
        if name in rule.stale
    }


def expected(comparison: Comparison, parameters: Mapping[str, Value], as_of: dt.date) -> Any:
    """Right side of a comparison as plain data; the name of the column where it is one."""
    if comparison.to is None:
        value = comparison.value
        return list(value) if isinstance(value, tuple) else value
    return as_of if comparison.to == "as_of" else parameters.get(comparison.to, comparison.to)


def _collect(condition: Condition, facts: Facts, pending: Mask, found: dict[str, Mask]) -> None:
    pending = pending & (judge(condition, facts) == UNKNOWN)
    if not isinstance(condition, Comparison):
        for item in condition.items:
            _collect(item, facts, pending, found)
        return
    for name in (condition.column, condition.to):
        if name is None or facts.constant(name) is not None:
            continue
        for asked, blank in _asked(name, facts).items():
            rows = pending & blank
            found[asked] = found[asked] | rows if asked in found else rows


def _asked(name: str, facts: Facts) -> dict[str, Mask]:
    """Where a column, and the date of a fact that ages, have to be asked for."""
    known, limit = facts.column(name).known, facts.stale.get(name)
    if limit is None:
        return {name: ~known}
    dated = facts.column(limit.observed_on).known
    return {name: ~known | (dated & ~facts.fresh(name)), limit.observed_on: ~dated}


def _compare(comparison: Comparison, facts: Facts) -> Truth:
    op = comparison.op
    if op == "is_null":  # whether anything is written, however old
        known = facts.column(comparison.column).known
        return kleene.truth(~known, np.ones(len(known), dtype=bool))
    left = facts.fact(comparison.column)
    if not left.known.any():
        return np.zeros(len(left.known), dtype=np.int8)
    if op in {"is_true", "is_false"}:
        return kleene.truth(left.data.astype(bool) == (op == "is_true"), left.known)
    right: Any = comparison.value
    if comparison.to is not None:
        right = facts.constant(comparison.to)
        if right is None:
            return _compare_columns(op, left, facts.fact(comparison.to))
    _check_family(comparison, left, right)
    if left.levels is not None:
        by_level = _test(op, left.levels, right, facts)
        return kleene.truth(np.append(by_level, False)[left.data], left.known)
    return kleene.truth(_test(op, left.data, right, facts), left.known)


def _check_family(comparison: Comparison, left: Values, right: Any) -> None:
    """A column of the user's own has the kind its values have, which only now is known."""
    first = right[0] if isinstance(right, tuple) else right
    family = "date" if comparison.op == "older_than" else family_of(first)
    if family != left.family:
        problem = f"A rule compares {comparison.column}, a {left.family}, with {right!r}, a {family}."
        raise ConfigError(problem, "correct the rule, or map the column to one of the right kind")


def _compare_columns(op: str, left: Values, right: Values) -> Truth:
    a, b = _texts(left), _texts(right)
    return kleene.truth(np.asarray(_OPERATIONS[op](a, b), dtype=bool), left.known & right.known)


def _texts(values: Values) -> npt.NDArray[Any]:
    """Values as they are, text spelled out."""
    if values.levels is None:
        return values.data
    spelled: npt.NDArray[Any] = np.append(values.levels, "")[values.data]
    return spelled


def _test(op: str, data: npt.NDArray[Any], right: Any, facts: Facts) -> Mask:
    holds: Mask
    if op == "in":
        holds = np.logical_or.reduce([data == _comparable(value) for value in right])
    elif op == "between":
        low, high = (_comparable(value) for value in right)
        holds = (data >= low) & (data <= high)
    elif op == "older_than":
        limit = parse_duration(right) or Duration(0, 0)
        holds = shift(data, limit) < np.datetime64(facts.as_of, "D")
    else:
        holds = _OPERATIONS[op](data, _comparable(right))
    return holds


_OPERATIONS: Mapping[str, Any] = {
    "=": np.equal,
    "!=": np.not_equal,
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
}


def _comparable(value: Value) -> Any:
    return np.datetime64(value, "D") if isinstance(value, dt.date) else value


def _prepare(name: str, frame: pd.DataFrame) -> Values:
    if name not in frame:
        absent = np.zeros(len(frame), dtype=bool)
        declared = COLUMNS.get(name)
        return _empty(FAMILY_OF_KIND[declared.kind] if declared else "text", absent)
    series = frame[name]
    family = _family(series, name)
    if series.isna().all():
        return _empty(family, np.zeros(len(series), dtype=bool))
    if family == "date":
        days = to_days(series)
        return Values(family, days, ~np.isnat(days))
    if family == "text":
        codes, levels = pd.factorize(series)
        return Values(family, codes, codes >= 0, np.asarray(levels, dtype=object))
    data = series.to_numpy(dtype="float64", na_value=np.nan)
    return Values(family, data, ~np.isnan(data))


def _empty(family: Family, known: Mask) -> Values:
    if family == "text":
        return Values(family, np.full(len(known), -1), known, np.array([], dtype=object))
    blank = np.datetime64("NaT", "D") if family == "date" else np.nan
    return Values(family, np.full(len(known), blank), known)


def _family(series: pd.Series, name: str) -> Family:
    declared = COLUMNS.get(name)
    if declared is not None:
        return FAMILY_OF_KIND[declared.kind]
    if pd.api.types.is_bool_dtype(series):
        return "boolean"
    if pd.api.types.is_numeric_dtype(series):
        return "number"
    return "date" if pd.api.types.is_datetime64_any_dtype(series) else "text"
