"""A person's decisions on identity questions: what is applied, what lapses, what contradicts."""

import pandas as pd
import pytest

from landeff.core.review_words import DECISION_OUTCOMES
from landeff.link.decisions import decide
from landeff.link.enterprises import candidates, settle
from landeff.link.links import links_frame

DAY = pd.Timestamp(2025, 1, 6)


def question(right="E1", seen="aaa", left="华新机械厂", kind="enterprise", decision="queued"):
    return {
        "kind": kind,
        "left_table": "returns",
        "left_key": left,
        "left_name": left,
        "right_table": "enterprises",
        "right_key": right,
        "right_name": f"名称{right}",
        "score": 0.9,
        "decision": decision,
        "seen": seen,
    }


def told(answer, right="E1", by="王某", on=DAY, **changes):
    return {**question(right), "answer": answer, "decided_by": by, "decided_on": on, **changes}


def decided(questions, decisions):
    links, outcomes = decide(links_frame(pd.DataFrame(questions)), pd.DataFrame(decisions))
    return links.set_index("right_key"), outcomes


@pytest.mark.parametrize(
    ("answer", "decision"), [("yes", "confirmed"), ("no", "refused"), ("unsure", "queued")]
)
def test_an_answer_is_put_into_its_question(answer, decision):
    links, outcomes = decided([question(), question("E2")], [told(answer)])
    assert links.loc["E1", ["decision", "decided_by", "decided_on"]].tolist() == [decision, "王某", DAY]
    assert links.loc["E2", "decision"] == "queued"
    assert pd.isna(links.loc["E2", "decided_by"])
    assert outcomes["status"].tolist() == ["applied"]


def test_a_person_overrules_a_rule():
    links, _ = decided([question(decision="accepted")], [told("no")])
    assert links.loc["E1", "decision"] == "refused"


def test_it_lapses_when_the_values_seen_change():
    links, outcomes = decided([question(seen="bbb")], [told("yes", right_name="旧名")])
    assert links.loc["E1", "decision"] == "queued"
    row = outcomes.iloc[0]
    assert (row["status"], row["outcome"]) == ("not_applied", "values_changed")
    assert row["was"] == "华新机械厂 ～ 旧名 [aaa]"
    assert row["now"] == "华新机械厂 ～ 名称E1 [bbb]"


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"left_key": "另一家"}, "question_gone"),
        ({"kind": "supply_land"}, "question_gone"),
        ({"by": None}, "incomplete"),
        ({"by": "  "}, "incomplete"),
        ({"on": pd.NaT}, "incomplete"),
        ({"seen": None}, "incomplete"),
        ({"answer": None}, "unknown_answer"),
        ({"answer": "maybe"}, "unknown_answer"),
    ],
)
def test_what_is_not_applied_says_why(changes, outcome):
    words = {"answer": "yes", **changes}
    links, outcomes = decided([question()], [told(words.pop("answer"), **words)])
    assert outcomes["outcome"].tolist() == [outcome]
    assert outcomes["title_zh"].iloc[0] == DECISION_OUTCOMES[outcome].zh
    assert links.loc["E1", "decision"] == "queued"


def test_contradicting_decisions_count_neither():
    links, outcomes = decided([question()], [told("yes"), told("no", by="李某"), told("unsure", by="赵某")])
    assert links.loc["E1", "decision"] == "queued"
    assert outcomes["outcome"].tolist() == ["contradicted"] * 3


def test_a_lapsed_decision_contradicts_nothing():
    links, outcomes = decided([question()], [told("no", seen="old"), told("yes")])
    assert links.loc["E1", "decision"] == "confirmed"
    assert outcomes["outcome"].tolist() == ["values_changed", "confirmed"]


def test_not_sure_gives_way_to_a_later_answer():
    links, outcomes = decided([question()], [told("unsure"), told("yes", by="李某")])
    assert links.loc["E1", ["decision", "decided_by"]].tolist() == ["confirmed", "李某"]
    assert outcomes["outcome"].tolist() == ["answered_elsewhere", "confirmed"]


def test_two_enterprises_for_one_mention_count_neither():
    links, outcomes = decided([question(), question("E2")], [told("yes"), told("yes", "E2")])
    assert links["decision"].tolist() == ["queued", "queued"]
    assert outcomes["outcome"].tolist() == ["two_answers"] * 2


def test_a_record_of_supply_may_be_several_parcels():
    questions = [question(right, kind="supply_land") for right in ("P1", "P2")]
    links, _ = decided(questions, [told("yes", right, kind="supply_land") for right in ("P1", "P2")])
    assert links["decision"].tolist() == ["confirmed", "confirmed"]


def test_said_twice_is_said_once():
    later = DAY + pd.Timedelta(days=1)
    links, outcomes = decided([question()], [told("yes", on=later, by="李某"), told("yes")])
    assert links.loc["E1", ["decided_by", "decided_on"]].tolist() == ["李某", later]
    assert outcomes["status"].tolist() == ["applied", "applied"]


def test_no_decisions_change_nothing():
    links = links_frame(pd.DataFrame([question()]))
    same, outcomes = decide(links, pd.DataFrame())
    pd.testing.assert_frame_equal(same, links)
    assert outcomes.empty


def test_the_order_of_decisions_is_irrelevant():
    questions = [question(), question("E2"), question(left="乙厂")]
    rows = [told("yes"), told("no", "E2"), told("unsure", left_key="乙厂"), told("yes", left_key="丙厂")]
    one, _ = decided(questions, rows)
    other, _ = decided(questions, rows[::-1])
    pd.testing.assert_frame_equal(one, other)


def test_a_confirmed_name_settles_the_mention():
    names = ["示例华新机械有限公司", "示例华新机械有限公司"]
    firms = pd.DataFrame({"enterprise_id": ["91330100799655058B", "914403001922038216"], "name": names})
    asked = candidates(pd.DataFrame({"table": ["returns"], "code": [None], "name": names[:1]}), firms)
    assert settle(asked.mentions, asked.links)["is_queued"].tolist() == [True]
    row = asked.links.iloc[1].to_dict() | {"answer": "yes", "decided_by": "王某", "decided_on": DAY}
    links, _ = decide(asked.links, pd.DataFrame([row]))
    settled = settle(asked.mentions, links)
    assert settled["enterprise_id"].tolist() == [row["right_key"]]
    assert settled["is_queued"].tolist() == [False]
