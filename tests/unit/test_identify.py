"""Who enterprises are: codes and names of a small register, worked out by hand."""

import pandas as pd
import pytest
from four_squares import project

import landeff
from landeff.core.errors import MissingExtraError
from landeff.link import naming
from landeff.link.enterprises import candidates, identify, settle
from landeff.link.names.compare import compare
from landeff.link.names.parse import parse

#: Published codes; the firms are invented.
FIRST, SECOND, THIRD = "91330100799655058B", "914403001922038216", "91110000802100433B"
FIRMS = pd.DataFrame(
    {
        "enterprise_id": [FIRST, SECOND, THIRD],
        "name": ["扬州市示华机械有限公司", "扬州市示建电气有限公司", "扬州市示信实业（集团）股份有限公司"],
        "former_names": ["扬州市示红旗农机厂", None, None],
    }
)


def told(*mentions, firms=FIRMS):
    rows = pd.DataFrame(list(mentions), columns=["code", "name"], dtype="str").assign(table="returns")
    found = identify(rows, firms)
    by_key = found.mentions.set_index("key")
    return by_key[["enterprise_id", "method", "is_queued"]], found.links


@pytest.mark.parametrize(
    ("code", "name", "method"),
    [
        (FIRST, None, "code"),
        ("9133O100799655058B", None, "code_repaired"),  # O for 0
        ("９１３３０１００７９９６５５０５８ｂ", None, "code_repaired"),  # full width, small letter
        ("91330100 79965505 8B", None, "code_repaired"),
        ("799655058", None, "organisation_code"),
        (None, "扬州市示华机械有限责任公司", "name"),  # another form
        (None, "扬州示华机械有限公司", "name"),  # 市 left out
        (None, "扬州市示華機械有限公司", "name"),  # traditional characters
        (None, "示华机械（扬州）有限公司", "name"),  # the place in brackets
        (None, "扬州市示红旗农机厂", "former_name"),
        ("91330100799655058C", "扬州市示华机械有限公司", "name"),  # wrong check digit, right name
    ],
)
def test_told(code, name, method):
    (row,) = told((code, name))[0].to_dict("records")
    assert row == {"enterprise_id": FIRST, "method": method, "is_queued": False}


@pytest.mark.parametrize(
    "name",
    [
        "扬州市示桦机械有限公司",  # one character of the brand
        "扬州市示华机械有限公司第二分公司",  # a branch is not its parent
        "扬州市示健电气有限公司",  # 示建/示健
        "扬州市示信实业股份有限公司",  # a group and a firm of the same name
    ],
)
def test_left_to_a_person(name):
    rows, links = told((None, name))
    assert rows["is_queued"].all()
    assert rows["enterprise_id"].isna().all()
    assert set(links["decision"]) == {"queued"}
    assert (links["reasons"] != "").all()


def test_an_unknown_name_is_nobody():
    rows, links = told((None, "全不相干的商行"), ("91330100799655058C", "另一家杂货店"))
    assert links.empty
    assert rows["enterprise_id"].fillna("").tolist() == ["91330100799655058C", ""]
    assert not rows["is_queued"].any()


def test_two_firms_of_one_name_are_a_question():
    twin = FIRMS.assign(name=["扬州市示华机械有限公司", "扬州市示华机械有限公司", "丙"], former_names=None)
    rows, links = told((None, "扬州市示华机械有限公司"), firms=twin)
    assert rows["is_queued"].all()
    assert set(links["right_key"]) == {FIRST, SECOND}
    assert links["reasons"].str.contains("several_alike").all()


def test_a_right_code_is_never_overruled_by_a_name():
    rows, _ = told((SECOND, "扬州市示华机械有限公司"))
    assert rows["enterprise_id"].tolist() == [SECOND]


def test_a_persons_answer_counts_before_a_rule():
    mentions = pd.DataFrame({"table": ["returns"], "code": [None], "name": ["扬州市示桦机械有限公司"]})
    asked = candidates(mentions, FIRMS)
    yes = asked.links["right_key"] == FIRST
    answered = asked.links.assign(decision=asked.links["decision"].mask(yes, "confirmed"))
    (row,) = settle(asked.mentions, answered).to_dict("records")
    assert (row["enterprise_id"], row["is_queued"]) == (FIRST, False)
    refused = asked.links.assign(decision="refused")
    (row,) = settle(asked.mentions, refused).to_dict("records")
    assert (pd.isna(row["enterprise_id"]), row["is_queued"]) == (True, False)


def test_order_of_rows_and_unrelated_firms_change_nothing():
    mentions = [
        (None, "扬州市示华机械有限责任公司"),
        ("9133O100799655058B", None),
        (None, "扬州市示桦机械厂"),
    ]
    rows, links = told(*mentions)
    again, links_again = told(*reversed(mentions), firms=FIRMS.iloc[::-1])
    pd.testing.assert_frame_equal(rows, again)
    pd.testing.assert_frame_equal(links, links_again)
    more = pd.concat([FIRMS, pd.DataFrame({"enterprise_id": ["X"], "name": ["无关的绿化管理处"]})])
    pd.testing.assert_frame_equal(told(*mentions, firms=more)[0], rows)


def test_without_the_extra_codes_alone_are_followed(monkeypatch):
    def missing():
        raise MissingExtraError("match", "matching names of enterprises", "rapidfuzz")

    firms = pd.DataFrame({"enterprise_id": ["H1"], "name": ["甲机械有限公司"]})
    returns = pd.DataFrame(
        {"enterprise_id": ["H1", None], "name": [None, "甲机械有限公司"], "tax": [1.0, 2.0]}
    )
    raw = project(returns={"data": returns})
    raw["sources"]["enterprises"] = {"data": firms}
    monkeypatch.setattr(naming, "parse", lambda name: missing())
    result = landeff.run(raw)
    (issue,) = result.table("issues").query("code == 'names_not_matched'").to_dict("records")
    assert issue["n"] == 1
    assert "landeff[match]" in issue["fix"]
    unmatched = result.table("unmatched")
    assert unmatched["reason"].tolist() == ["no_code"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("吉林省示华投资有限公司", "吉林市示华投资有限公司"),  # a province and a city
        ("朝阳区示华百货有限公司", "朝阳市示华百货有限公司"),  # a district of Beijing, a city of Liaoning
        ("江苏示华达机械有限公司", "示华达机械有限公司"),  # a daughter bears the place, her parent none
        ("中国示华有限公司", "示华有限公司"),
        ("扬州市江都区示华机械厂", "扬州市邗江区示华机械厂"),
        ("示华水泥（大冶）有限公司", "示华水泥（黄石）有限公司"),
        ("扬州示华第一建筑有限公司", "扬州示华第二建筑有限公司"),
        ("国网示例供电有限公司扬州分公司", "国网示例供电有限公司泰州分公司"),
        ("扬州示华合伙企业（有限合伙）", "扬州示华有限公司"),
    ],
)
def test_names_that_are_never_one(one, other):
    assert compare(parse(one), parse(other)).verdict != "same"
