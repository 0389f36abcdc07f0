"""Measures composed of items: their rows beside those that were read, and what is doubtful about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from landeff.core.issues import Issue
from landeff.core.text import Term
from landeff.link.composition import Composition, composed, lacking, subjects, with_completeness
from landeff.pipeline.config import Config
from landeff.pipeline.load import Inputs

_COLUMNS = [
    "name",
    "item",
    "sign",
    "missing",
    "title_zh",
    "title_en",
    "jurisdiction",
    "document",
    "is_verified",
]


@dataclass(frozen=True, slots=True)
class Books:
    """What the ledger of money is kept on: as read, and with the rows of composed measures."""

    returns: pd.DataFrame
    came_in: pd.DataFrame
    zeroed: pd.DataFrame
    corrected: pd.DataFrame
    aside: pd.DataFrame


def books(inputs: Inputs, config: Config) -> Books:
    """The rows of ``returns`` with those of every composition; what is missing is told as issues."""
    returns, aside = inputs.table("returns"), inputs.aside("returns")
    returns = returns.assign(source_item=returns["item"])
    came_in = pd.concat(inputs.came_in) if inputs.came_in else returns[["item", "year", "value"]].head(0)
    zeroed = pd.concat(inputs.zeroed) if inputs.zeroed else came_in.assign(was=0.0).head(0)
    corrected = pd.concat(inputs.corrected) if inputs.corrected else came_in.head(0)
    made = [returns]
    for composition in config.compositions:
        inputs.issues += [*_not_stated(composition, config), *_wrong_signs(returns, composition)]
        lacks = lacking(returns[returns["year"].isin(config.years)], composition)
        inputs.issues += _missing_items(returns, lacks, composition)
        made.append(with_completeness(composed(returns, composition, config.years), lacks))
    return Books(
        pd.concat(made, ignore_index=True) if len(made) > 1 else returns,
        _with(came_in, config),
        _with(zeroed, config),
        _with(corrected, config),
        _with(aside, config),
    )


def _with(rows: pd.DataFrame, config: Config) -> pd.DataFrame:
    if not config.compositions or rows.empty:
        return rows
    made = [composed(rows, each, config.years).drop(columns="source_item") for each in config.compositions]
    return pd.concat([rows, *made], ignore_index=True)


def _missing_items(returns: pd.DataFrame, lacks: pd.DataFrame, composition: Composition) -> Iterator[Issue]:
    """Items that nobody of a source reports, and subjects that lack one that others report."""
    here = returns[returns["item"].isin(list(composition.items))]
    here = here.assign(subject=subjects(here))
    reported = here.groupby("source_file")["item"].agg(set)
    of_subject = here[["subject", "year", "source_file"]].drop_duplicates()
    for item, rows in lacks.groupby("item", sort=True):
        files_of = rows.merge(of_subject, on=["subject", "year"])
        never = sorted(file for file in files_of["source_file"].unique() if item not in reported[file])
        told = "never reported by this source" if never else "not reported for these enterprises"
        yield Issue(
            "warning",
            "composition_item_missing",
            "returns",
            f"{composition.name} is unknown where {item} is missing; {told}",
            key=composition.name,
            column=str(item),
            value=f"{len(rows)} rows, {rows['subject'].nunique()} keys",
            source_file=", ".join(never),
            fix=f"report {item}, or declare missing = {{ {item} = 'zero' }} for the composition",
            n=len(rows),
        )


def _not_stated(composition: Composition, config: Config) -> Iterator[Issue]:
    years = [year for year in config.years if not composition.is_valid(year)]
    if years:
        yield Issue(
            "warning",
            "composition_not_stated",
            "returns",
            f"{composition.name} is not stated for {', '.join(map(str, years))}: unknown in these years",
            key=composition.name,
            fix="name the composition of those years, with its document",
            n=len(years),
        )
    if not composition.verified:
        yield Issue(
            "warning",
            "composition_unverified",
            "returns",
            f"{composition.name} is used as the project says; its text was not verified",
            key=composition.name,
            value=_formula(composition),
            fix="compare it with the official document, then declare verified = true",
        )


def _wrong_signs(returns: pd.DataFrame, composition: Composition) -> Iterator[Issue]:
    """Items taken off that are below zero already: taking them off adds them."""
    off = [name for name, sign in composition.items.items() if sign < 0]
    rows = returns[returns["item"].isin(off) & (returns["value"] < 0)]
    for item, below in rows.groupby("item", sort=True):
        first = below.sort_values(["source_file", "source_row"]).iloc[0]
        yield Issue(
            "warning",
            "composition_sign",
            "returns",
            f"{composition.name} takes {item} off, which is below zero here: it is added",
            key=composition.name,
            column=str(item),
            value=f"{first['value']:g}",
            source_file=str(first["source_file"]),
            source_row=int(first["source_row"]),
            fix=f"where {item} is written with a minus, give it the sign 1",
            n=len(below),
        )


def _formula(composition: Composition) -> str:
    return " ".join(f"{sign:+g} {item}" for item, sign in composition.items.items())


def compositions_table(config: Config) -> pd.DataFrame:
    """``compositions``: every item of every composition the run used, with its document."""
    rows = [
        (
            each.name,
            item,
            sign,
            each.missing.get(item, "unknown"),
            each.title.zh,
            each.title.en,
            each.jurisdiction,
            each.document,
            each.verified,
        )
        for each in config.compositions
        for item, sign in each.items.items()
    ]
    types = {**dict.fromkeys(_COLUMNS, "str"), "sign": "float64", "is_verified": "boolean"}
    return pd.DataFrame(rows, columns=_COLUMNS).astype(types).sort_values(["name", "item"], ignore_index=True)


def title_of(name: str, config: Config) -> Term | None:
    """Title of a composed measure, marked where it is not verified; ``None`` for an item as reported."""
    for each in config.compositions:
        if each.name == name:
            zh, en = ("", "") if each.verified else ("（组成未核实）", " (composition not verified)")
            return Term(each.title.zh + zh, each.title.en + en)
    return None


def notices_of(config: Config) -> tuple[Term, ...]:
    """What must be read before any figure: measures of a composition that nobody verified."""
    found = [each for each in config.compositions if not each.verified]
    return tuple(
        Term(
            f"“{each.title.zh}”的组成未经核实，有关数字不得作为结论引用",
            f"the composition of {each.title.en} was not verified: its figures are not to be quoted",
        )
        for each in found
    )
