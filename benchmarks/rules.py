"""Sixty rules over a million parcels beside pandas' own three-valued logic, in one run.

    python benchmarks/rules.py [--n 1000000] [--rules 60] [--times 3] [--any-speed]

The usual way is pandas' nullable types, whose ``&``, ``|`` and ``~`` know the unknown (Kleene's logic too):
each condition of a rule written out as an expression over ``Float64``, ``boolean``, ``category`` and date
columns. Both must give the same verdicts. The command ends with 1 where they differ, or where landeff takes
longer than the target.
"""

from __future__ import annotations

import argparse
import datetime as dt
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from landeff.core.columns import COLUMNS
from landeff.standards.catalogue import built_in_rules
from landeff.standards.condition import Comparison, Condition, comparisons
from landeff.standards.evaluate import Matrix, evaluate_all
from landeff.standards.rules import Rule

AS_OF = dt.date(2024, 12, 31)
TARGET_S = 2.0
WORDS = {
    "land_use_class": ["industrial", "storage", "residential", "public", "water", "farmland"],
    "grade_latest": ["A", "B", "C", "D"],
    "grade_previous": ["A", "B", "C", "D"],
}
Answer = TypeVar("Answer")


def rules_of(n: int) -> list[Rule]:
    """The catalogue's rules of parcels, and copies of them with other thresholds, until there are ``n``."""
    shipped = [
        rule.with_parameters(dict.fromkeys(rule.empty, 0.5))
        for rule in built_in_rules().values()
        if rule.of == "parcels"
        and not rule.stale
        and not any(leaf.op == "older_than" for leaf in leaves(rule))
    ]
    made = []
    for k in range(n):
        rule = shipped[k % len(shipped)]
        other = {
            name: value * (1 + k / 100) for name, value in rule.parameters.items() if type(value) is float
        }
        made.append(replace(rule.with_parameters(other), id=f"{rule.id}-{k:02d}"))
    return made


def leaves(rule: Rule) -> list[Comparison]:
    """All comparisons of a rule."""
    return list(comparisons(rule.condition))


def parcels(rules: list[Rule], n: int) -> pd.DataFrame:
    """Parcels with every column the rules read, a tenth of each missing."""
    random = np.random.default_rng(20241231)
    names = sorted({name for rule in rules for name in rule.columns})
    return pd.DataFrame({name: column(name, n, random) for name in names})


def column(name: str, n: int, random: np.random.Generator) -> pd.Series:
    """A column of the kind the data dictionary says."""
    missing = random.random(n) < 0.1
    kind = COLUMNS[name].kind
    if kind in ("text", "code"):
        values = pd.Series(random.choice(WORDS.get(name, ["x", "y"]), n), dtype="str")
        return values.mask(missing)
    if kind == "boolean":
        return pd.Series(pd.arrays.BooleanArray(random.random(n) < 0.5, missing))
    if kind == "date":
        days = np.datetime64("2018-01-01") + random.integers(0, 4000, n).astype("timedelta64[D]")
        return pd.Series(days.astype("datetime64[s]")).mask(missing)
    if kind == "integer":
        return pd.Series(pd.arrays.IntegerArray(random.integers(-500, 500, n), missing))
    return pd.Series(random.random(n) * 2).mask(missing)


def usual(rules: list[Rule], frame: pd.DataFrame) -> np.ndarray:
    """Verdicts by pandas' nullable types, an expression a rule."""
    out = np.empty((len(frame), len(rules)), dtype=np.int8)
    for position, rule in enumerate(rules):
        applies = None if rule.applies is None else expression(rule.applies, rule, frame)
        when = expression(rule.when, rule, frame)
        whole = when if applies is None else applies & when
        code = whole.astype("Int8").fillna(2).to_numpy(dtype=np.int8)  # 0 false, 1 true, 2 unknown
        code = np.choose(code, [-1, 1, 0]).astype(np.int8)
        if applies is not None:
            code[(~applies).fillna(False).to_numpy(dtype=bool)] = -2
        out[:, position] = code
    return out


def expression(condition: Condition, rule: Rule, frame: pd.DataFrame) -> pd.Series:
    """A condition as a ``boolean`` Series."""
    if not isinstance(condition, Comparison):
        items = [expression(item, rule, frame) for item in condition.items]
        if condition.op == "not":
            return ~items[0]
        out = items[0]
        for item in items[1:]:
            out = out & item if condition.op == "all" else out | item
        return out
    left = frame[condition.column]
    if condition.op in ("is_true", "is_false"):
        return left if condition.op == "is_true" else ~left
    if condition.op == "is_null":
        return left.isna().astype("boolean")
    right: Any = condition.value
    if condition.to is not None:
        given = pd.Timestamp(AS_OF) if condition.to == "as_of" else rule.parameters.get(condition.to)
        right = frame[condition.to] if given is None else given
    if condition.op == "in":
        found = left.isin(list(right))
    else:
        operators = {"=": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
        found = getattr(left, operators[condition.op])(right)
    known = left.notna() & (right.notna() if isinstance(right, pd.Series) else True)
    return found.astype("boolean").where(known)


def nullable(frame: pd.DataFrame) -> pd.DataFrame:
    """The same columns in pandas' nullable types; words as categories, the fastest way to compare them."""
    kinds = {name: "category" for name in frame if pd.api.types.is_string_dtype(frame[name])}
    kinds |= {name: "Float64" for name in frame if frame[name].dtype == "float64"}
    return frame.astype(kinds)


def timed(times: int, call: Callable[[], Answer]) -> tuple[float, Answer]:
    """Shortest time of some calls, and what they answer."""
    best, answer = float("inf"), call()
    for _ in range(times):
        start = time.perf_counter()
        answer = call()
        best = min(best, time.perf_counter() - start)
    return best, answer


def main() -> int:
    """Compare, print, and say whether the target is met."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--n", type=int, default=1_000_000)
    parser.add_argument("--rules", type=int, default=60)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--any-speed", action="store_true", help="differences alone decide")
    options = parser.parse_args()
    rules = rules_of(options.rules)
    frame = parcels(rules, options.n)
    other = nullable(frame)
    ours_s, matrix = timed(options.times, lambda: evaluate_all(rules, frame, AS_OF))
    usual_s, verdicts = timed(max(1, options.times - 2), lambda: usual(rules, other))
    differ = int((matrix.codes != verdicts).sum())
    report(rules, options.n, ours_s, usual_s, matrix, differ)
    missed = ours_s > TARGET_S * options.n / 1e6 * options.rules / 60 and not options.any_speed
    return 1 if differ or missed else 0


def report(rules: list[Rule], n: int, ours_s: float, usual_s: float, matrix: Matrix, differ: int) -> None:
    """One line a figure."""
    n_leaves = sum(len(leaves(rule)) for rule in rules)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{len(rules)} rules, {n_leaves} comparisons, {n:,} parcels")
    print(f"landeff              {ours_s:6.2f} s  (target {TARGET_S} s a million)")
    print(f"pandas nullable      {usual_s:6.2f} s  ({usual_s / ours_s:.1f} times as long)")
    print(
        f"verdicts kept        {matrix.codes.nbytes / 1e6:6.0f} MB as int8; peak of the process {peak:.1f} GB"
    )
    print(f"verdicts that differ {differ}")


if __name__ == "__main__":
    sys.exit(main())
