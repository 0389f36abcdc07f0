"""Every trap leads to its issue, every issue code has a trap, and the list of traps is ``docs/issues.md``.

``LANDEFF_WRITE_DOCS=1 pytest tests/gallery`` writes the page anew.
"""

import importlib.util
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from trap import Trap

from landeff.core.errors import LandeffError
from landeff.core.issues import issues_frame
from landeff.pipeline.check import check, checking
from landeff.pipeline.load_config import load_config
from landeff.pipeline.result_tables import result_tables
from landeff.pipeline.run import find_out
from landeff.publish.issue_terms import told_issues
from landeff.publish.issue_texts import CODES

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "issues.md"
#: Codes that only computing a whole run can tell, with the test that does.
ELSEWHERE = {
    "column_not_written": "tests/cli/test_convert.py",
    "column_taken": "tests/cli/test_convert.py",
    "names_not_matched": "tests/unit/test_identify.py",
    "not_written": "tests/cli/test_convert.py",
    "raster_fallback": "tests/unit/test_raster_run.py",
    "rule_not_used": "tests/unit/test_rule_selection.py",
    "rule_replaced": "tests/unit/test_rule_selection.py",
    "text_cut": "tests/cli/test_export.py",
}
HEAD = """# 数据问题 · Issues

本页由 `tests/gallery` 生成：每一行都有一份样例输入和一个测试。
Made by `tests/gallery`: every line has an input and a test.

| code | 标题 · title | 陷阱与处理 | the trap, and what becomes of it |
|---|---|---|---|
"""


def _traps() -> list[Trap]:
    found: list[Trap] = []
    for path in sorted((HERE / "traps").glob("*.py")):
        spec = importlib.util.spec_from_file_location(f"traps_{path.stem}", path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
        found += module.TRAPS
    return found


TRAPS = _traps()
NAMES = [f"{trap.code}-{number}" for number, trap in enumerate(TRAPS)]


@pytest.mark.parametrize("trap", TRAPS, ids=NAMES)
def test_trap(trap: Trap, tmp_path: Path) -> None:
    config = trap.build(tmp_path)
    if trap.code == "refused":
        with pytest.raises(LandeffError) as caught:
            check(load_config(config))
        assert re.search(trap.message, str(caught.value)), str(caught.value)
        return
    expected, seen = dict(trap.expect), []
    for issues in _as_far_as_needed(trap, config):
        rows = issues[issues["code"] == trap.code]
        seen = rows[list(expected)].to_dict("records")
        if expected in seen:
            break
    else:
        pytest.fail(f"not told: {expected} in {seen}\n{issues[['code', 'decision']].to_string()}")
    told = told_issues(rows)
    for name in ("decision", "fix"):
        for term in told[name].dropna():
            assert re.search(r"[\u4e00-\u9fff]", term.zh), f"no Chinese for {name}: {term.en}"


def _as_far_as_needed(trap: Trap, config: dict[str, Any]) -> Iterator[pd.DataFrame]:
    """Issues as they grow from phase to phase of a check; of a run, before and after it is added up."""
    if trap.needs_run:
        found = find_out(load_config(config))
        yield issues_frame(found.inputs.issues)
        yield result_tables(found)["issues"]
    else:
        yield from checking(load_config(config))


def test_every_code_has_a_trap() -> None:
    trapped = {trap.code for trap in TRAPS} | set(ELSEWHERE)
    assert sorted(set(CODES) - trapped) == []
    assert sorted(trapped - set(CODES) - {"refused"}) == []


def test_the_list_is_the_documentation() -> None:
    page = HEAD + "".join(_line(trap) for trap in sorted(TRAPS, key=lambda each: (each.code, each.en)))
    if os.environ.get("LANDEFF_WRITE_DOCS"):
        PAGE.write_text(page, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page, "run LANDEFF_WRITE_DOCS=1 pytest tests/gallery"


def _line(trap: Trap) -> str:
    title = CODES.get(trap.code)
    shown = f"{title.zh} · {title.en}" if title else "拒绝并说明 · refused, with the fix"
    return f"| `{trap.code}` | {shown} | {trap.zh} | {trap.en} |\n"
