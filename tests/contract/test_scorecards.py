"""Every scorecard that ships carries a golden case that passes, and says where it comes from."""

from __future__ import annotations

import pytest

from landeff.core.columns import COLUMNS
from landeff.publish.score_sheet.model import REASONS as SHOWN_REASONS
from landeff.publish.score_sheet.model import STATUS
from landeff.standards.scorecards.cases import failures
from landeff.standards.scorecards.catalogue import built_in_scorecards
from landeff.standards.scorecards.effects import KINDS, built_in_effects
from landeff.standards.scorecards.facts import columns_read
from landeff.standards.scorecards.grading import REASONS
from landeff.standards.scorecards.spec import MADE, MISSING, Case, Scorecard

CARDS = list(built_in_scorecards().values())
CASES = [(card, case) for card in CARDS for case in card.cases]


def test_the_catalogue() -> None:
    assert [card.id for card in CARDS] == [
        "jiangsu/huaian_2024",
        "zhejiang/huangyan_2021",
        "zhejiang/huangyan_2022",
    ]


@pytest.mark.parametrize(("card", "case"), CASES, ids=[f"{card.id}: {case.name}" for card, case in CASES])
def test_case(card: Scorecard, case: Case) -> None:
    assert failures(card, case) == []


@pytest.mark.parametrize("card", CARDS, ids=[card.id for card in CARDS])
def test_there_are_enough_cases(card: Scorecard) -> None:
    expected = [row for case in card.cases for row in case.expect]
    assert any("total" in row for row in expected)
    given = [row for case in card.cases for row in case.given]
    assert len({row["enterprise_id"] for row in given}) >= 3
    if card.cuts is not None:
        assert {row.get("grade") for row in expected} >= set(card.cuts.names)
    reasons = {row.get("reason") for row in expected}
    for kind, reason in ((card.not_graded, "not_graded"), (card.vetoes, "veto"), (card.floors, "floor")):
        assert not kind or reason in reasons, reason


@pytest.mark.parametrize("card", CARDS, ids=[card.id for card in CARDS])
def test_card_says_where_it_comes_from(card: Scorecard) -> None:
    assert all(basis.document and basis.number for basis in card.basis)
    for text in (card.title, card.note):
        assert text.zh
        assert text.en
    assert card.jurisdiction
    assert card.version
    assert set(columns_read(card)) <= {*COLUMNS, *MADE, *card.inputs}


def test_every_word_of_the_results_has_a_title() -> None:
    assert set(SHOWN_REASONS) == set(REASONS)
    assert set(STATUS) == {"scored", "capped", "negative_zero", "adjustment", *MISSING}


def test_no_effect_has_a_number_that_no_office_gave() -> None:
    (table,) = built_in_effects().values()
    assert table.id == "jiangsu/yangzhou"
    assert not table.verified
    assert table.effects == ()
    assert set(table.kinds) <= set(KINDS)
