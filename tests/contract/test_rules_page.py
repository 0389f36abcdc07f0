"""The page about rules lists the catalogue as it is, and its example is a rule.

``LANDEFF_WRITE_DOCS=1 pytest tests/contract/test_rules_page.py`` writes the list anew.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from rule_cases import facts_of

from landeff.standards.catalogue import built_in_rules
from landeff.standards.evaluate import LABELS, evaluate
from landeff.standards.rules import Rule, parse_rule

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"
MARK = re.compile(r"(<!-- made by .* -->\n).*", re.S)


def line(rule: Rule) -> str:
    state = "✓" if rule.verified else "关 · off"
    if rule.empty:
        state += f"，缺 {', '.join(f'`{name}`' for name in rule.empty)}"
    given = "、".join(f"{name} = {value}" for name, value in rule.parameters.items())
    basis = "；".join(basis.text for basis in rule.basis)
    return f"| `{rule.id}` | {rule.title.zh} · {rule.title.en} | {rule.of} | {basis} | {given} | {state} |\n"


def test_the_list_is_the_catalogue() -> None:
    titles = ("规则 · rule", "名称 · title", "对象 · of", "依据 · ground", "阈值 · thresholds", "启用 · on")
    head = f"| {' | '.join(titles)} |\n{'|---' * len(titles)}|\n"
    table = head + "".join(line(rule) for rule in built_in_rules().values())
    text = PAGE.read_text(encoding="utf-8")
    page = MARK.sub(lambda found: found.group(1) + table, text)
    if os.environ.get("LANDEFF_WRITE_DOCS"):
        PAGE.write_text(page, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page, "run LANDEFF_WRITE_DOCS=1 pytest tests/contract"


def test_the_example_is_a_rule_and_passes_its_case() -> None:
    (text,) = [
        block
        for block in re.findall(r"```toml\n(.*?)```", PAGE.read_text("utf-8"), re.S)
        if "[when]" in block
    ]
    rule = parse_rule(text, "rules/低税", "低税.toml")
    assert rule.empty == ("floor_cny_per_mu",)
    (case,) = rule.cases
    found = evaluate(rule.with_parameters(case.parameters), facts_of(case))
    assert LABELS[int(found.code[0])] == case.expect
