"""Models with their weights and benchmarks, and the cuts of a scorecard, out of TOML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from landeff.standards.condition import Names, Text, nearest, parse_condition
from landeff.standards.scorecards.measures import factor_between
from landeff.standards.scorecards.reading import NUMBER, Kinds, checked, one_of, term, texts
from landeff.standards.scorecards.spec import (
    BENCHMARKS,
    MISSING,
    NEGATIVE,
    ROUNDING,
    TIES,
    Benchmark,
    BenchmarkKind,
    Cut,
    Cuts,
    Item,
    Model,
    Weighed,
)

#: Keys of each kind of benchmark, the first ones needed.
_BENCHMARK: Mapping[BenchmarkKind, tuple[tuple[str, ...], Kinds]] = {
    "fixed": (("value",), {"value": NUMBER}),
    "given": (
        ("indicator",),
        {"indicator": str, "place": str, "place_by": str, "year": int, "unit": str},
    ),
    "mean": ((), {"times": NUMBER, "of": list, "year": int, "weighted": bool}),
    "min_max": ((), {"base": NUMBER, "span": NUMBER, "of": list}),
}
_EXACT = 1e-9


@dataclass(frozen=True, slots=True)
class Known:
    """Columns and parameters a card may name."""

    names: Names

    def column(self, name: str, what: str, where: Text, extra: tuple[str, ...] = ()) -> str:
        """``name``, which must be a column."""
        if name not in self.names.columns and name not in extra:
            valid = [*self.names.columns, *extra]
            close = nearest(name, valid)
            fix = close if close.startswith("did you") else f"declare it: [inputs.{name}] title = …"
            raise where.error(f'{what}: unknown column "{name}"', name, fix)
        return name


def models_of(
    raw: Mapping[str, Any], items: Mapping[str, Item], known: Known, where: Text
) -> tuple[Model, ...]:
    """The models; the weights of each must add up to full marks."""
    if not raw["models"]:
        raise where.error("models is empty", "models", "add [[models]] with its items")
    found = [
        _model(each, raw, items, known, where.at("models", place)) for place, each in enumerate(raw["models"])
    ]
    names = [each.id for each in found]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise where.error(f'two models are called "{twice}"', twice, "give each its own id")
    return tuple(found)


def _model(
    raw: object, card: Mapping[str, Any], items: Mapping[str, Item], known: Known, where: Text
) -> Model:
    kinds: Kinds = {"id": str, "title": dict, "when": dict, "items": list}
    table = checked(raw, kinds, ("id", "title", "items"), "models", where)
    name = table["id"]
    weighed = tuple(
        _weighed(each, name, card, items, known, where.at("items", place))
        for place, each in enumerate(table["items"])
    )
    ids = [each.item for each in weighed]
    twice = next((item for item in ids if ids.count(item) > 1), None)
    if twice:
        raise where.error(f'model "{name}" weighs {twice} twice', twice, "keep one of the two")
    full, together = float(card.get("full_marks", 100)), sum(each.weight for each in weighed)
    if abs(together - full) > _EXACT:
        fix = f"correct the weights, or set full_marks = {together:g}"
        raise where.error(f'weights of model "{name}" add up to {together:g}, not {full:g}', name, fix)
    when = parse_condition(table["when"], known.names, where.at("when")) if "when" in table else None
    return Model(name, term(table["title"], f"models {name} title", where), when, weighed)


def _weighed(
    raw: object,
    model: str,
    card: Mapping[str, Any],
    items: Mapping[str, Item],
    known: Known,
    where: Text,
) -> Weighed:
    kinds: Kinds = {
        "item": str,
        "weight": NUMBER,
        "benchmark": dict,
        "cap": NUMBER,
        "missing": str,
        "negative": str,
    }
    table = checked(raw, kinds, ("item", "weight", "benchmark"), f"model {model}", where)
    item = items[one_of(table["item"], items, f"model {model} item", where)]
    what = f"model {model} {item.id}"
    if table["weight"] <= 0:
        raise where.error(f"{what}: weight = {table['weight']} must be above 0", item.id)
    cap = table.get("cap")
    if cap is not None and cap <= 0:
        raise where.error(f"{what}: cap = {cap} must be above 0", "cap")
    benchmark = _benchmark(table["benchmark"], item, what, known, where.at("benchmark"))
    if benchmark.kind == "min_max" and cap is not None:
        raise where.error(f"{what}: min_max takes no cap", "cap", "leave cap out")
    missing = one_of(table.get("missing", card.get("missing", "unknown")), MISSING, "missing", where)
    negative = one_of(table.get("negative", card.get("negative", "keep")), NEGATIVE, "negative", where)
    return Weighed(
        item.id, float(table["weight"]), benchmark, None if cap is None else float(cap), missing, negative
    )


def _benchmark(raw: dict[str, Any], item: Item, what: str, known: Known, where: Text) -> Benchmark:
    kind = one_of(raw.get("kind"), BENCHMARKS, f"{what} benchmark kind", where)
    needed, kinds = _BENCHMARK[kind]
    table = checked(raw, {"kind": str, **kinds}, needed, f"{what} benchmark", where)
    options: dict[str, Any] = {key: value for key, value in table.items() if key not in ("kind", "of")}
    for key in ("value", "times", "base", "span"):
        if key in options:
            options[key] = float(options[key])
    if kind == "fixed" and not options["value"] > 0:
        raise where.error(f"{what}: benchmark {options['value']:g} must be above 0", f"{raw['value']}")
    if not options.get("times", 1.0) > 0:
        raise where.error(f"{what}: times must be above 0", "times")
    if kind == "given":
        _check_given(options, item, what, known, where)
    group = texts(table.get("of", []), f"{what} of", where)
    for name in group:
        known.column(name, f"{what} of", where, ("model",))
    return Benchmark(kind, of=group, **options)


def _check_given(options: dict[str, Any], item: Item, what: str, known: Known, where: Text) -> None:
    if ("place" in options) == ("place_by" in options):
        raise where.error(f"{what}: a given benchmark needs place or place_by", "given", "give exactly one")
    if "place_by" in options:
        known.column(options["place_by"], f"{what} place_by", where)
    options.setdefault("unit", item.measure.unit)
    try:
        factor_between(options["unit"], item.measure)
    except ValueError as error:
        raise where.error(f"{what} benchmark: {error}", options["unit"], "correct the unit") from None


def cuts_of(raw: dict[str, Any], items: Mapping[str, Item], known: Known, where: Text) -> Cuts:
    """The cuts; shares rise to 1, scores fall, and the last grade takes the rest."""
    kinds: Kinds = {
        **dict.fromkeys(("by", "rounding", "ties"), str),
        **dict.fromkeys(("group", "tie_break", "grades"), list),
    }
    table = checked(raw, kinds, ("by", "grades"), "cuts", where)
    by = one_of(table["by"], ("share", "score"), "cuts by", where)
    if by == "share" and "rounding" not in table:
        raise where.error("cuts by share need rounding", "share", f"one of {', '.join(ROUNDING)}")
    group = texts(table.get("group", []), "cuts group", where)
    for name in group:
        known.column(name, "cuts group", where, ("model",))
    breaks = texts(table.get("tie_break", []), "cuts tie_break", where)
    for name in breaks:
        one_of(name, items, "cuts tie_break", where)
    return Cuts(
        by=by,
        group=group,
        rounding=one_of(table.get("rounding", "round"), ROUNDING, "cuts rounding", where),
        ties=one_of(table.get("ties", "exact"), TIES, "cuts ties", where),
        tie_break=breaks,
        grades=_grades(table["grades"], by, where),
    )


def _grades(raw: list[Any], by: str, where: Text) -> tuple[Cut, ...]:
    key = "to" if by == "share" else "at_least"
    rows = [checked(each, {"grade": str, key: NUMBER}, ("grade",), "cuts grades", where) for each in raw]
    if len(rows) < 2:
        raise where.error("cuts need at least two grades", "grades")
    if key in rows[-1] and not (by == "share" and rows[-1][key] == 1):
        raise where.error(f"the last grade takes the rest: it has no {key}", rows[-1]["grade"])
    bounds: list[float] = [row[key] for row in rows[:-1] if key in row]
    if len(bounds) < len(rows) - 1:
        raise where.error(f"each grade but the last needs {key}", "grades", f"write {key} = …")
    rising = bounds if by == "share" else [-bound for bound in bounds]
    if any(b <= a for a, b in pairwise(rising)):
        raise where.error(f"{key} of the grades must {'rise' if by == 'share' else 'fall'}", "grades")
    if by == "share" and not (bounds[0] > 0 and bounds[-1] < 1):
        raise where.error("shares lie between 0 and 1 (0.2 is 20 %)", "grades", "write to = 0.2")
    names = [row["grade"] for row in rows]
    if len(set(names)) < len(names):
        raise where.error("a grade stands twice", "grades", "name each grade once")
    exact = [None if value is None else Fraction(str(value)) for value in [*bounds, None]]
    if by == "share":
        return tuple(Cut(name, to=end) for name, end in zip(names, exact, strict=True))
    starts = [None if value is None else float(value) for value in [*bounds, None]]
    return tuple(Cut(name, at_least=start) for name, start in zip(names, starts, strict=True))
