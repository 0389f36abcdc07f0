"""Scorecards of a run: the facts of each enterprise and year, score sheets, simulated grades, effects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from landeff.core.columns import TRACE
from landeff.core.issues import Issue
from landeff.pipeline.config import Config
from landeff.pipeline.load import Inputs
from landeff.pipeline.lookup import column_or_missing, look_up
from landeff.pipeline.money import Money
from landeff.pipeline.score_sources import score_sources
from landeff.standards.scorecards.catalogue import Cards, not_used, select_scorecards
from landeff.standards.scorecards.effects import Effects, effects_table, select_effects
from landeff.standards.scorecards.facts import column_of, columns_read, with_inputs
from landeff.standards.scorecards.score import GRADES, SCORES, Scored, score
from landeff.standards.scorecards.spec import Scorecard
from landeff.standards.scorecards.tables import scorecards_table

KEY = ["enterprise_id", "year"]
_OF_PARCEL = ["zone_id", "zone_name", "sub_zone_id", "district_code", "district_name"]


@dataclass(frozen=True, slots=True)
class Scoring:
    """Result tables of the scorecards (``docs/tables.md``), and the version of each card."""

    tables: Mapping[str, pd.DataFrame]
    versions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Scorecards and tables of effects that a project names."""

    scorecards: Cards
    effects: tuple[Effects, ...]


def chosen_standards(config: Config) -> Chosen:
    """The scorecards and tables of effects of a project, read before anything is computed.

    Raises:
        ConfigError: one does not exist, or says something it cannot.
    """
    base = config.rules_folder or config.base
    cards = select_scorecards(config.scorecards, base, config.years, config.as_of)
    named = select_effects(config.effects, base)
    off = [each for each in named if not each.in_force(config.as_of)]
    notes = [not_used("effects", each.id, f"not used: not in force on {config.as_of}") for each in off]
    kept = tuple(each for each in named if each not in off)
    return Chosen(Cards(cards.cards, (*cards.notes, *notes)), kept)


def score_enterprises(
    inputs: Inputs, parcels: pd.DataFrame, money: Money, config: Config, standards: Chosen
) -> Scoring:
    """Score every enterprise and year by each scorecard of the project; without one the tables are empty.

    Args:
        parcels: with the zone and district each lies in.
    """
    chosen = standards.scorecards
    inputs.issues += chosen.notes
    facts = enterprise_facts(inputs, parcels, money) if chosen.cards else pd.DataFrame()
    scored = [_score(card, facts, inputs, money, config) for card in chosen.cards.values()]
    tables = {
        "scores": _joined([each.scores for each in scored], {**SCORES, "source": "str"}),
        "grades_simulated": _joined(
            [each.grades for each in scored], {"name": "str", **GRADES, "official_grade": "str"}
        ),
        "scorecards": scorecards_table(chosen.cards.values()),
        "grade_effects": effects_table(standards.effects),
    }
    return Scoring(tables, {card.id: card.version for card in chosen.cards.values()})


def _score(card: Scorecard, facts: pd.DataFrame, inputs: Inputs, money: Money, config: Config) -> Scored:
    known, unread = with_inputs(facts, card)
    made = score(card, known, inputs.table("benchmarks"))
    inputs.issues += [*_absent(card, known), *_unread(card, facts, unread), *_doubts(card, made)]
    official = inputs.table("grades").drop_duplicates(KEY)
    grades = made.grades.merge(
        official[[*KEY, "grade"]].rename(columns={"grade": "official_grade"}), on=KEY, how="left"
    )
    names = facts.drop_duplicates("enterprise_id").set_index("enterprise_id")["name"]
    grades["name"] = look_up(grades["enterprise_id"], names)
    return Scored(made.scores.assign(source=score_sources(made.scores, card, inputs, money, config)), grades)


def _joined(frames: list[pd.DataFrame], kinds: dict[str, str]) -> pd.DataFrame:
    whole = pd.concat([pd.DataFrame(columns=list(kinds)).astype(kinds), *frames], ignore_index=True)
    made = whole.reindex(columns=list(kinds)).astype(kinds)
    return made.sort_values(["scorecard", *KEY], kind="stable", ignore_index=True)


def enterprise_facts(inputs: Inputs, parcels: pd.DataFrame, money: Money) -> pd.DataFrame:
    """Everything known of each enterprise and year: its money and land, the register, where most of it lies.

    A column of the register gives way to one of money of the same name.
    """
    facts = money.enterprise_year
    register = inputs.table("enterprises").drop_duplicates("enterprise_id")
    own = [name for name in register if name not in (*facts.columns, *TRACE, "geometry")]
    facts = facts.merge(register[["enterprise_id", *own]], on="enterprise_id", how="left")
    place = column_or_missing(money.shares, "land_area_m2", "float64")
    largest = (
        money.shares.assign(land=place.fillna(-1.0))
        .sort_values([*KEY, "land", "parcel_id"], ascending=[True, True, False, True])
        .drop_duplicates(KEY)[[*KEY, "parcel_id"]]
    )
    where = parcels.reindex(columns=["parcel_id", *_OF_PARCEL])
    where = where.drop(columns=[name for name in _OF_PARCEL if name in facts])
    found = facts.merge(largest.merge(pd.DataFrame(where), on="parcel_id", how="left"), on=KEY, how="left")
    return found.drop(columns="parcel_id").sort_values(KEY, ignore_index=True)


def _absent(card: Scorecard, known: pd.DataFrame) -> Iterator[Issue]:
    """Columns a card reads that no source has: unknown for everybody."""
    for name in columns_read(card):
        if name not in known or known[name].isna().all():
            yield Issue(
                "warning",
                "scorecard_input_missing",
                "scorecards",
                "unknown for every enterprise: no source has it",
                key=card.id,
                column=name,
                fix="add it to returns (item:…) or to the enterprises",
                n=len(known),
            )


def _unread(card: Scorecard, facts: pd.DataFrame, unread: Mapping[str, pd.Series]) -> Iterator[Issue]:
    """Cells of the register that are not of the kind the card declares."""
    declared = card.inputs
    for name, rows in sorted(unread.items()):
        source = str(column_of(declared[name], facts))
        first = facts[rows].iloc[0]
        yield Issue(
            "warning",
            "scorecard_input_unread",
            "enterprises",
            f"taken as unknown: the scorecard needs a {declared[name].kind}",
            key=str(first["enterprise_id"]),
            column=source,
            value=str(first[source]),
            fix="correct the cells of that column",
            n=int(facts[rows]["enterprise_id"].nunique()),
        )


def _doubts(card: Scorecard, made: Scored) -> Iterator[Issue]:
    """Benchmarks nobody has, and equal totals that only the code told apart."""
    lacking = made.scores[made.scores["reason"].isin(["no_benchmark", "no_spread"])]
    for (year, item), rows in lacking.groupby(["year", "item"], sort=True):
        yield Issue(
            "warning",
            "scorecard_no_benchmark",
            "scorecards",
            f"no benchmark for {year}: its points are unknown or follow the policy for missing ones",
            key=card.id,
            column=str(item),
            fix="add the year before to years, or the published value to the benchmarks",
            n=len(rows),
        )
    for (year, group), rows in made.grades[made.grades["is_tied"].fillna(False)].groupby(
        ["year", "group"], sort=True
    ):
        yield Issue(
            "warning",
            "scorecard_tie",
            "grades_simulated",
            f"equal totals in {year} got different simulated grades, in the order of their codes",
            key=card.id,
            value=str(group),
            fix="name tie_break in the scorecard, or ties = 'better'",
            n=len(rows),
        )
