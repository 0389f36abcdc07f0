"""Rules as data: what a rule file may say, what it is told otherwise, and what comes out."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from rule_texts import AS_OF, GOOD

from landeff.core.errors import ConfigError
from landeff.core.explanation import Explanation, Need, explanation, told
from landeff.indicators.run import run_indicators, settling_columns
from landeff.standards.catalogue import built_in_rules
from landeff.standards.evaluate import Facts, evaluate, evaluate_all
from landeff.standards.findings import category_verdicts, findings, missing_facts
from landeff.standards.kept import rules_table
from landeff.standards.rules import Rule, parse_rule


def rule(text: str = GOOD) -> Rule:
    return parse_rule(text, "low_tax", "low_tax.toml")


def day(*values: str | None) -> pd.Series:
    return pd.Series(pd.to_datetime(list(values)).astype("datetime64[s]"))


def verdicts(when: str, frame: pd.DataFrame) -> list[str]:
    text = f"{GOOD.partition('[when]')[0]}[when]\n{when}\n"
    made = parse_rule(text, "x", "x.toml", {**dict.fromkeys(frame, None)})
    return evaluate(made, Facts(frame, AS_OF)).labels().tolist()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "tax_cny_per_mu",
            "tax_cny_per_mo",
            ['unknown column "tax_cny_per_mo"', '"tax_cny_per_mu"', "line 16"],
        ),
        ('op = "<"', 'op = "=<"', ['unknown operator "=<"', "line 16"]),
        ('to = "floor"', 'to = "flor"', ['unknown column or parameter "flor"', '"floor"', "line 16"]),
        ('to = "floor"', 'value = "low"', ["is a number, compared with a text", "line 16"]),
        (', to = "floor"', "", ["needs exactly one of value and to", "line 16"]),
        ('op = "<"', 'op = "is_true"', ["needs neither value nor to"]),
        ('op = "<", to = "floor"', 'op = "is_true"', ["needs a boolean", "line 16"]),
        ('value = ["public"]', 'value = "public"', ["needs a list of values", "line 17"]),
        ('op = "in", value = ["public"]', 'op = ">", value = "a"', ["needs a number or a date", "line 17"]),
        ("all = [", "al = [", ['"al" is not a condition', "line 15"]),
        ("version", "versoin", ['unknown key "versoin"', '"version"', "line 4"]),
        ('category = "low_efficiency"', 'category = "lowefficiency"', ['"low_efficiency"', "line 3"]),
        ('version = "3"', "version = 3", ['"version" must be a str', "line 4"]),
        ('en = "low tax"', 'e = "low tax"', ['"title" needs zh and en', "line 2"]),
        ("floor = 100", "floor = ", ["low_tax.toml is not TOML", "line 12"]),
        ('document = "本地办法"', "", ["a basis without a document", "line 6"]),
    ],
)
def test_a_mistake_is_named_with_its_line_and_a_way_out(old: str, new: str, words: list[str]) -> None:
    assert old in GOOD
    with pytest.raises(ConfigError) as caught:
        rule(GOOD.replace(old, new, 1))
    assert "low_tax.toml" in str(caught.value)
    for word in words:
        assert word in str(caught.value)


def test_comparisons_by_hand() -> None:
    frame = pd.DataFrame({"n": [1.0, 2.0, 3.0, np.nan], "m": [2.0, 2.0, np.nan, 2.0]})
    table = {
        'column = "n"\nop = "="\nvalue = 2': "clear hit clear unknown",
        'column = "n"\nop = "!="\nvalue = 2': "hit clear hit unknown",
        'column = "n"\nop = "<"\nvalue = 2': "hit clear clear unknown",
        'column = "n"\nop = "<="\nvalue = 2': "hit hit clear unknown",
        'column = "n"\nop = ">"\nvalue = 2': "clear clear hit unknown",
        'column = "n"\nop = ">="\nvalue = 2': "clear hit hit unknown",
        'column = "n"\nop = "in"\nvalue = [1, 3]': "hit clear hit unknown",
        'column = "n"\nop = "between"\nvalue = [2, 3]': "clear hit hit unknown",
        'column = "n"\nop = "is_null"': "clear clear clear hit",
        'column = "n"\nop = "<"\nto = "m"': "hit clear unknown unknown",
    }
    for when, expected in table.items():
        assert verdicts(when, frame) == expected.split(), when


def test_text_yes_no_and_dates_by_hand() -> None:
    frame = pd.DataFrame(
        {
            "t": pd.Series(["D", "C", None], dtype="str"),
            "u": pd.Series(["D", "D", "D"], dtype="str"),
            "b": pd.array([True, False, None], dtype="boolean"),
            # + 1 year: 2024-12-30 is before 2024-12-31, 2024-12-31 is not
            "d": day("2023-12-30", "2023-12-31", None),
        }
    )
    table = {
        'column = "t"\nop = "="\nvalue = "D"': "hit clear unknown",
        'column = "t"\nop = "="\nto = "u"': "hit clear unknown",
        'column = "t"\nop = "!="\nto = "u"': "clear hit unknown",
        'column = "b"\nop = "is_true"': "hit clear unknown",
        'column = "b"\nop = "is_false"': "clear hit unknown",
        'column = "d"\nop = "older_than"\nvalue = "P1Y"': "hit clear unknown",
        'column = "d"\nop = ">"\nvalue = 2023-12-30': "clear hit unknown",
        'column = "d"\nop = "<="\nto = "as_of"': "hit hit unknown",
    }
    for when, expected in table.items():
        assert verdicts(when, frame) == expected.split(), when


def test_a_users_column_of_another_kind_is_told() -> None:
    with pytest.raises(ConfigError, match="compares t, a text, with 3, a number"):
        verdicts('column = "t"\nop = "="\nvalue = 3', pd.DataFrame({"t": ["x"]}))


def test_a_column_the_data_lack_is_unknown() -> None:
    found = evaluate(rule(), Facts(pd.DataFrame({"land_use_class": ["industrial", "public"]}), AS_OF))
    assert found.labels().tolist() == ["unknown", "clear"]


def parcels() -> pd.DataFrame:
    """Four parcels: idle, overdue with a blank, without dates, a road."""
    frame = pd.DataFrame(
        {
            "parcel_id": ["P4", "P1", "P2", "P3"],
            "land_use_class": ["water", "industrial", "industrial", "industrial"],
            "agreed_start_on": day("2020-01-01", "2022-01-31", "2022-01-31", None),
            "is_started": pd.array([None, False, None, None], dtype="boolean"),
            "start_checked_on": day(None, "2024-05-01", None, None),
            "supply_file": "供地台账.xlsx",
            "supply_row": pd.array([8, 5, 6, 7], dtype="Int64"),
            "n_enterprises": 0,
        }
    ).set_axis([40, 10, 20, 30])
    return frame.assign(**run_indicators("parcel", frame, {"as_of": AS_OF}))


def table(frame: pd.DataFrame) -> pd.DataFrame:
    sources = {"idle_from_on": ("supply_file", "supply_row")}
    found = evaluate_all([built_in_rules()["national/idle"]], frame, AS_OF)
    return findings(frame, found.values(), AS_OF, sources=sources, settled_by=settling_columns("parcel"))


def test_findings_name_evidence_ground_and_what_is_missing() -> None:
    rows = table(parcels()).set_index("parcel_id")
    assert rows["verdict"].to_dict() == {"P1": "hit", "P2": "unknown", "P3": "unknown"}
    assert rows["reason"].fillna("").to_dict() == {"P1": "", "P2": "to_check", "P3": "missing_facts"}
    # 2022-01-31 + 1 year
    assert str(rows.loc["P1", "since_on"].date()) == "2023-01-31"
    assert rows["since_on"].isna().to_dict() == {"P1": False, "P2": True, "P3": True}
    assert rows["missing"].fillna("").to_dict() == {
        "P1": "",
        "P2": "actual_start_on",
        "P3": "actual_start_on,agreed_start_on,handover_on",
    }
    evidence = json.loads(rows.loc["P1", "evidence"])
    assert evidence[-1] == {
        "column": "idle_from_on",
        "op": "<=",
        "expected": "2024-12-31",
        "value": "2023-01-31",
        "verdict": "true",
        "source_file": "供地台账.xlsx",
        "source_row": 5,
    }
    assert rows.loc["P1", "basis"].startswith("《闲置土地处置办法》（国土资源部令第53号）第二条")
    assert set(rows["stage"]) == {"suspected"}


def test_findings_do_not_depend_on_the_order_of_rows() -> None:
    frame = parcels()
    pd.testing.assert_frame_equal(table(frame), table(frame.iloc[::-1]))


def test_what_would_settle_the_unknown_ranked_by_area() -> None:
    found = missing_facts(table(parcels()), pd.Series({"P1": 1.0, "P2": 20.0, "P3": 300.0}))
    # actual start: P2 and P3 = 320 m²; the two dates: P3 alone
    assert found[["column", "n", "area_m2"]].to_numpy().tolist() == [
        ["actual_start_on", 2, 320.0],
        ["agreed_start_on", 1, 300.0],
        ["handover_on", 1, 300.0],
    ]
    assert found["title_zh"].tolist()[0] == "实际开工日期"


def test_no_findings_is_an_empty_table_with_its_columns() -> None:
    empty = findings(parcels(), [], AS_OF)
    assert {"parcel_id", "rule_id", "evidence"} <= set(empty)
    assert len(missing_facts(empty, pd.Series(dtype="float64"))) == 0
    of_nobody = parcels().iloc[:0]
    assert len(table(of_nobody)) == 0


def test_category_verdicts_take_the_worst_of_its_rules() -> None:
    frame = pd.DataFrame({"n_enterprises": [1, 1, 0], "grade_latest": ["D", "D", None],
                          "grade_previous": ["D", None, None], "tax_cny_per_mu": [500.0, 50.0, np.nan],
                          "land_use_class": "industrial"})  # fmt: skip
    found = evaluate_all([built_in_rules()["jiangsu/yangzhou/low_efficiency_d2"], rule()], frame, AS_OF)
    together = category_verdicts(found.values(), frame.index)
    assert together["low_efficiency_verdict"].tolist() == ["hit", "hit", "unknown"]
    assert together["low_efficiency_rule_id"].tolist() == [
        "jiangsu/yangzhou/low_efficiency_d2",
        "low_tax",
        "low_tax",
    ]
    assert together["low_efficiency_reason"].fillna("").tolist() == ["", "", "missing_facts"]
    assert "idle_verdict" not in together


def test_where_no_rule_applies_there_is_no_verdict() -> None:
    frame = parcels()
    found = evaluate_all([built_in_rules()["national/idle"]], frame, AS_OF)
    together = category_verdicts(found.values(), frame.index)
    assert together["idle_verdict"].isna().tolist() == [True, False, False, False]
    assert together["idle_rule_id"].isna().tolist() == [True, False, False, False]


AGED = GOOD.replace(
    "[when]", '[stale]\ntax_cny_per_mu = { observed_on = "observed_on", older_than = "P2Y" }\n\n[when]'
)


def test_a_fact_too_old_makes_the_verdict_unknown_and_says_why() -> None:
    # 2022-12-31 + 2 years = 2024-12-31 still counts; a day older does not; nor does a fact of no day
    frame = pd.DataFrame(
        {
            "parcel_id": ["A", "B", "C", "D"],
            "tax_cny_per_mu": [50.0, 50.0, 50.0, np.nan],
            "land_use_class": "industrial",
            "observed_on": day("2022-12-31", "2022-12-30", None, "2024-01-01"),
        }
    )
    found = evaluate_all([parse_rule(AGED, "aged", "aged.toml")], frame, AS_OF)
    assert found["aged"].labels().tolist() == ["hit", "unknown", "unknown", "unknown"]
    rows = findings(frame, found.values(), AS_OF).set_index("parcel_id")
    assert rows["missing"].fillna("").to_dict() == {
        "A": "",
        "B": "tax_cny_per_mu",
        "C": "observed_on",
        "D": "tax_cny_per_mu",
    }
    assert rows["aged"].fillna("").to_dict() == {"A": "", "B": "tax_cny_per_mu", "C": "", "D": ""}
    assert json.loads(rows.loc["B", "evidence"])[0]["aged_on"] == "2022-12-30"
    kept = rules_table(found.values()).iloc[0].to_dict()
    lines = [text for _, text in told(explanation(kept, rows.reset_index().iloc[1].to_dict()), "zh")]
    assert any("2022-12-30 的数据已过期" in line for line in lines)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        # the word also stands in a comment and in another condition above
        (
            GOOD.replace("[when]", "# land_use_clas\n[when]").replace('"land_use_class"', '"land_use_clas"'),
            18,
            "",
        ),
        (AGED.replace('observed_on = "observed_on"', 'observed_on = "tax_cny"'), 15, "needs observed_on"),
        (AGED.replace("P2Y", "2 years"), 15, 'a duration such as "P1Y"'),
        (GOOD.replace("floor = 100", 'floor = { unit = "元" }'), 12, "needs a value or a kind"),
        (GOOD.replace('column = "tax_cny_per_mu"', 'column = ["tax_cny_per_mu"]'), 16, "a name in quotes"),
    ],
)
def test_the_line_is_that_of_the_mistake(text: str, line: int, words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        rule(text)
    assert f"low_tax.toml, line {line}: " in str(caught.value)
    assert words in str(caught.value)


def why(parcel: str) -> Explanation:
    frame = parcels()
    found = evaluate_all([built_in_rules()["national/idle"]], frame, AS_OF)
    kept = rules_table(found.values()).iloc[0].to_dict()
    rows = table(frame).set_index("parcel_id", drop=False)
    return explanation(kept, rows.loc[parcel].to_dict())


def test_an_explanation_shows_what_decided() -> None:
    hit = why("P1")
    assert (hit.tree.verdict, hit.tree.decided, hit.since_on) == ("true", True, "2023-01-31")
    applies, when = hit.tree.items
    assert applies.op == "not"
    assert applies.items[0].decided
    assert [item.column for item in when.items if item.decided] == ["is_started", "idle_from_on"]
    assert (when.items[1].value, when.items[1].source_file, when.items[1].source_row) == (
        "2023-01-31",
        "供地台账.xlsx",
        5,
    )
    assert (hit.to_hit, hit.to_clear) == ((), ())


def test_an_explanation_of_the_unknown_says_what_would_settle_it_either_way() -> None:
    started = ("is_started", "is_false", None)
    overdue = ("idle_from_on", "<=", "2024-12-31")
    blank = why("P2")  # overdue, start not recorded: the start alone settles it
    assert blank.to_hit == ((Need(*started, True),),)
    assert blank.to_clear == ((Need(*started, False),),)
    dates = why("P3")  # no dates either: both for a hit, one of them for clear
    assert dates.to_hit == ((Need(*overdue, True), Need(*started, True)),)
    assert set(dates.to_clear) == {(Need(*overdue, False),), (Need(*started, False),)}
    zh = [text for _, text in told(dates, "zh")]
    assert "若满一年日期 ≤ 2024-12-31，且是否动工 为“否” → 疑似" in zh
    assert "若是否动工 为“是” → 未发现" in zh
    assert zh[-1] == "需补: 实际开工日期、约定开工日期、实际交地日期"
