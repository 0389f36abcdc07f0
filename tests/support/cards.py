"""Small scorecards for tests, written as a user writes them."""

import pandas as pd

from landeff.standards.scorecards.facts import with_inputs
from landeff.standards.scorecards.parse import parse_scorecard
from landeff.standards.scorecards.score import score

HEAD = """
title = { zh = "本地评分", en = "ours" }
version = "1"
verified = true
jurisdiction = "test"
{extra}
[[basis]]
document = "本地办法"

[inputs.n_employees]
title = {{ zh = "职工", en = "employees" }}

[inputs.patents]
title = {{ zh = "专利", en = "patents" }}

[inputs.accident]
kind = "boolean"
title = {{ zh = "安全事故", en = "accident" }}
also = ["安全事故"]

[inputs.production_on]
kind = "date"
title = {{ zh = "投产日期", en = "production began" }}
also = ["投产日期"]

[items.tax]
title = {{ zh = "亩均税收", en = "tax per mu" }}
of = "tax_cny"
per = "basis_area_m2"
unit = "万元/亩"

[items.staff]
title = {{ zh = "亩均职工", en = "staff per mu" }}
of = "n_employees"
per = "basis_area_m2"
unit = "人/亩"

[[models]]
id = "all"
title = {{ zh = "全部", en = "all" }}

[[models.items]]
item = "tax"
weight = 60
{tax}

[[models.items]]
item = "staff"
weight = 40
{staff}

{rest}
"""
FIXED = 'benchmark = { kind = "fixed", value = 2 }'
SHARES = '[cuts]\nby = "share"\nrounding = "ceil"\ngrades = [{ grade = "A", to = 0.25 }, { grade = "B", to = 0.5 }, { grade = "C" }]'  # noqa: E501


def card_text(tax=FIXED, staff=FIXED, rest=SHARES, extra=""):
    head = HEAD.replace('zh = "本地评分", en = "ours"', "{TITLE}").replace("{ {TITLE} }", "<<TITLE>>")
    text = head.format(extra=extra, tax=tax, staff=staff, rest=rest)
    return text.replace("<<TITLE>>", '{ zh = "本地评分", en = "ours" }')


def make_card(tax=FIXED, staff=FIXED, rest=SHARES, extra=""):
    return parse_scorecard(card_text(tax, staff, rest, extra), "ours", "ours.toml")


def firms(tax, staff=None, **columns):
    """Firms E0, E1 … on 15 mu (10 000 m²) each, tax in 万元 a mu and staff a mu as given."""
    rows = pd.DataFrame({"enterprise_id": [f"E{n:03}" for n in range(len(tax))], "year": 2024, **columns})
    rows["basis_area_m2"] = columns.get("basis_area_m2", 10_000.0)
    rows["tax_cny"] = [float("nan") if each is None else each * 150_000.0 for each in tax]
    staff = tax if staff is None else staff
    rows["n_employees"] = [float("nan") if each is None else each * 15.0 for each in staff]
    return rows


def run(card, facts, given=None):
    known, _ = with_inputs(facts, card)
    return score(card, known, given)


def grades(card, facts, given=None):
    """Grade rows by enterprise."""
    return run(card, facts, given).grades.set_index("enterprise_id")


def points(card, facts, item, given=None):
    """Score rows of an item by enterprise."""
    rows = run(card, facts, given).scores
    return rows[rows["item"] == item].set_index("enterprise_id")
