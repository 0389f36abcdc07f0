"""Laws of scorecards: order, units, exact numbers under ties, subsets, monotony."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

import numpy as np
import pandas as pd
from cards import FIXED, card_text, firms, grades, make_card, run
from hypothesis import given, settings
from hypothesis import strategies as st

from landeff.core.units import M2_PER_MU
from landeff.standards.scorecards.parse import parse_scorecard

#: Few different values, so that there are many ties; zero, negative and missing among them.
VALUES = st.sampled_from([-1.0, 0.0, 0.5, 1.0, 1.0, 2.0, 3.0, None])
KNOWN = st.sampled_from([0.0, 0.5, 1.0, 2.0, 3.0])
ROUNDING = st.sampled_from(["ceil", "floor", "round"])
TIES = st.sampled_from(["exact", "better", "worse"])
MISSING = st.sampled_from(["unknown", "mean", "zero", "exclude", "T"])
NAMES = "ABCD"
SCORES = '[cuts]\nby = "score"\ngrades = [{ grade = "A", at_least = 90 }, { grade = "B", at_least = 40.5 }, { grade = "C" }]'  # noqa: E501


def shares(tops: list[str], rounding: str, ties: str = "exact", group: str = "") -> str:
    rows = [f'{{ grade = "{name}", to = {top} }}' for name, top in zip(NAMES, tops, strict=False)]
    rows.append(f'{{ grade = "{NAMES[len(tops)]}" }}')
    groups = f'group = ["{group}"]\n' if group else ""
    how = f'{groups}rounding = "{rounding}"\nties = "{ties}"'
    return f'[cuts]\nby = "share"\n{how}\ngrades = [{", ".join(rows)}]'


TOPS = st.lists(st.integers(1, 99), min_size=1, max_size=3, unique=True).map(
    lambda found: [f"0.{top:02}" for top in sorted(found)]
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=25), MISSING, TIES, st.randoms())
def test_row_order_does_not_matter(values, missing, ties, random) -> None:
    card = make_card(
        tax='benchmark = { kind = "mean", times = 2, of = ["district_code"] }',
        staff=f'{FIXED}\nmissing = "{missing}"\nnegative = "zero"',
        rest=shares(["0.20", "0.60"], "round", ties, "district_code"),
    )
    facts = firms([a for a, _ in values], [b for _, b in values])
    facts["district_code"] = ["320801", "320802"] * (len(facts) // 2) + ["320801"] * (len(facts) % 2)
    facts["unit_id"] = ["U1" if n in (1, 3) else None for n in range(len(facts))]
    order = list(range(len(facts)))
    random.shuffle(order)
    one, other = run(card, facts), run(card, facts.iloc[order])
    pd.testing.assert_frame_equal(one.scores, other.scores, check_exact=True)
    pd.testing.assert_frame_equal(one.grades, other.grades, check_exact=True)


@settings(max_examples=25, deadline=None)
@given(st.lists(VALUES, min_size=1, max_size=20), ROUNDING)
def test_the_unit_of_an_item_does_not_matter(values, rounding) -> None:
    """元/平方米 with its benchmark, and 万元/亩: the same points and grades."""
    cuts = shares(["0.20", "0.60", "0.95"], rounding)
    facts = firms(values)
    one = run(make_card(rest=cuts, staff='benchmark = { kind = "mean" }'), facts)
    tax = f'benchmark = {{ kind = "fixed", value = {2 * 10_000 / M2_PER_MU} }}'
    text = card_text(tax=tax, staff='benchmark = { kind = "mean" }', rest=cuts)
    text = text.replace('unit = "万元/亩"', 'unit = "元/平方米"').replace(
        'unit = "人/亩"', 'unit = "人/公顷"'
    )
    other = run(parse_scorecard(text, "ours", "ours.toml"), facts)
    np.testing.assert_allclose(one.scores["points"], other.scores["points"], rtol=1e-12)
    assert one.grades["grade"].fillna("").tolist() == other.grades["grade"].fillna("").tolist()


@settings(max_examples=25, deadline=None)
@given(st.lists(KNOWN, min_size=1, max_size=60), TOPS, ROUNDING)
def test_cuts_give_exactly_the_stated_numbers_under_ties(values, tops, rounding) -> None:
    made = grades(make_card(rest=shares(tops, rounding)), firms(values))
    how = {"ceil": ceil, "floor": floor, "round": lambda x: floor(x + Fraction(1, 2))}[rounding]
    ends = [how(Fraction(top) * len(values)) for top in tops] + [len(values)]
    wanted = {n: b - a for n, a, b in zip(NAMES, [0, *ends], ends, strict=False) if b > a}
    assert made["grade"].value_counts().to_dict() == wanted
    assert sorted(made["rank"]) == list(range(1, len(values) + 1))
    by_rank = made.sort_values("rank")
    assert by_rank["grade"].is_monotonic_increasing
    assert by_rank["total"].round(9).is_monotonic_decreasing


@settings(max_examples=25, deadline=None)
@given(st.lists(KNOWN, min_size=1, max_size=40), TOPS, ROUNDING)
def test_shared_ties_share_a_grade(values, tops, rounding) -> None:
    exact, better, worse = (
        grades(make_card(rest=shares(tops, rounding, ties)), firms(values))
        for ties in ("exact", "better", "worse")
    )
    for made in (better, worse):
        assert (made.groupby(made["total"].round(9))["grade"].nunique() == 1).all()
    assert (better["grade"] <= exact["grade"]).all()
    assert (exact["grade"] <= worse["grade"]).all()


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(VALUES, st.sampled_from("甲乙丙")), min_size=1, max_size=40),
    TOPS,
    st.sets(st.sampled_from("甲乙丙")),
)
def test_a_subset_of_whole_groups_has_the_grades_of_the_whole(values, tops, kept) -> None:
    card = make_card(
        tax='benchmark = { kind = "mean", of = ["district_name"] }',
        rest=shares(tops, "round", group="district_name"),
    )
    facts = firms([a for a, _ in values], district_name=[b for _, b in values])
    part = facts[facts["district_name"].isin(kept)]
    if len(part):
        whole = grades(card, facts).loc[part["enterprise_id"]]
        pd.testing.assert_frame_equal(whole, grades(card, part))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(VALUES, st.booleans()), min_size=1, max_size=40))
def test_any_subset_has_the_grades_of_the_whole_where_the_card_is_not_relative(values) -> None:
    card = make_card(rest=SCORES, staff=f'{FIXED}\nmissing = "exclude"')
    assert not card.is_relative
    facts = firms([a for a, _ in values])
    part = facts[[kept for _, kept in values]]
    if len(part):
        columns = ["total", "grade", "reason"]
        whole = grades(card, facts).loc[part["enterprise_id"], columns]
        pd.testing.assert_frame_equal(whole, grades(card, part)[columns])


def test_a_relative_card_says_so_and_a_subset_differs() -> None:
    card = make_card()
    assert card.is_relative
    facts = firms([4.0, 3.0, 2.0, 1.0])
    assert "".join(grades(card, facts)["grade"]) == "ABCC"
    assert "".join(grades(card, facts.iloc[2:])["grade"]) == "AC"  # of two: 0.5 → 1, 1 → 1
    for relative in ('benchmark = { kind = "mean" }', f'{FIXED}\nmissing = "mean"'):
        assert make_card(rest=SCORES, staff=relative).is_relative


@settings(max_examples=25, deadline=None)
@given(st.lists(KNOWN, min_size=2, max_size=30), TOPS, ROUNDING, st.data())
def test_paying_more_never_worsens_ones_own_grade(values, tops, rounding, data) -> None:
    card = make_card(rest=shares(tops, rounding))
    who = data.draw(st.integers(0, len(values) - 1))
    more = [value + (data.draw(KNOWN) if n == who else 0.0) for n, value in enumerate(values)]
    name = f"E{who:03}"
    before, after = (grades(card, firms(each, values)).loc[name] for each in (values, more))
    assert after["grade"] <= before["grade"]
    assert after["total"] >= before["total"]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(VALUES, st.sampled_from([True, False, None])), min_size=1, max_size=30))
def test_a_veto_lowers_and_never_lifts(values) -> None:
    veto = '[[vetoes]]\nid = "accident"\ntitle = { zh = "事故", en = "accident" }\nwhen = { column = "accident", op = "is_true" }\nnot_above = "B"\n'  # noqa: E501
    facts = firms([a for a, _ in values]).assign(accident=[b for _, b in values])
    made = grades(make_card(rest=veto + shares(["0.30", "0.60"], "ceil")), facts)
    graded = made[made["grade"].notna()]
    vetoed = facts.set_index("enterprise_id")["accident"].loc[graded.index].eq(True)
    assert (graded["grade"] >= graded["grade_by_cut"]).all()
    assert (graded.loc[vetoed, "grade"] >= "B").all()
    assert (graded.loc[~vetoed, "grade"] == graded.loc[~vetoed, "grade_by_cut"]).all()
