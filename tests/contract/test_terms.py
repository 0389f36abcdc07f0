"""What is shown is called what the standards call it: rooms that may not import one another agree."""

from landeff.core.review_words import ANSWERS, STAGES
from landeff.publish.terms import term
from landeff.publish.workbook.model import YES_NO_UNSURE
from landeff.standards.balance import states
from landeff.standards.catalogue import built_in_rules


def test_states_of_the_balance_have_one_title():
    for name, title in states().items():
        assert term("state", name) == title, name


def test_rules_have_one_title():
    for name, rule in built_in_rules().items():
        assert term("rule", name) == rule.title, name


def test_states_of_findings_and_answers_have_one_title():
    for name, title in STAGES.items():
        assert term("stage", name) == title, name
    assert tuple(ANSWERS.values()) == YES_NO_UNSURE
