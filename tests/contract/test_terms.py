"""What is shown is called what the standards call it: rooms that may not import one another agree."""

from landeff.core.review_words import ANSWERS, STAGES
from landeff.publish.map.layers.inventory import STYLES
from landeff.publish.terms import INVENTORY, TERMS, term
from landeff.publish.workbook.model import YES_NO_UNSURE
from landeff.standards.balance import scheme, states
from landeff.standards.catalogue import built_in_rules


def test_states_of_the_balance_have_one_title():
    for name, title in states().items():
        assert term("state", name) == title, name


def test_rules_have_one_title():
    """The run tells what its rules are called; of the few that results without it may name, the same."""
    named = [code for group, code in TERMS if group == "rule"]
    assert named
    for name in named:
        assert term("rule", name) == built_in_rules()[name].title, name


def test_classes_of_the_inventory_have_titles_and_looks():
    classes = {entry.name for entry in scheme().inventory} | {"approved_unsupplied"}
    assert set(INVENTORY) == classes
    assert classes <= {code for group, code in TERMS if group == "inventory"}
    assert classes | {"none"} == set(STYLES)
    assert {entry.name for entry in scheme().unsupplied} | {"unclear"} == {
        code for group, code in TERMS if group == "unsupplied"
    }


def test_states_of_findings_and_answers_have_one_title():
    for name, title in STAGES.items():
        assert term("stage", name) == title, name
    assert tuple(ANSWERS.values()) == YES_NO_UNSURE
