"""Data issues as a Chinese reader sees them: no English sentence, no code, no bare column name."""

from __future__ import annotations

import ast
from pathlib import Path

import pandas as pd

import landeff
from landeff.publish.issue_terms import told_issues
from landeff.publish.issue_texts import CODES

ROOT = Path(landeff.__file__).parent
#: Functions that make issues, and the place of the code among their arguments.
MAKERS = {"Issue": 1, "row_issues": 2, "_about": 2, "_told": 3, "_dropped": 0, "_key_issues": 3}


def issue_codes() -> set[str]:
    """Codes written as literals where sources and pipeline make issues."""
    found = set()
    for path in [*ROOT.glob("sources/**/*.py"), *ROOT.glob("pipeline/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS:
                place = MAKERS[node.func.id]
                code = node.args[place] if len(node.args) > place else None
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    found.add(code.value)
    return found


def test_every_code_has_a_title() -> None:
    codes = issue_codes()
    assert len(codes) > 10
    assert sorted(codes - set(CODES)) == []


def test_an_issue_is_told_in_chinese() -> None:
    issue = pd.DataFrame(
        {
            "severity": ["warning"],
            "code": ["parcel_overlap"],
            "table": ["parcels"],
            "column": ["parcel_id, year"],
            "value": ["宗地.shp row 36; 宗地.shp row 76"],
            "decision": ["0.24 m² not counted for A2"],
            "fix": ["correct the borders"],
        }
    )
    told = told_issues(issue).iloc[0]
    assert [told[name].zh for name in issue.columns] == [
        "警告",
        "宗地重叠",
        "宗地",
        "宗地代码、年度",
        "宗地.shp 第 36 行; 宗地.shp 第 76 行",
        "重叠 0.24 平方米，不再计入 A2",
        "更正界线",
    ]
    assert told["decision"].en == "0.24 m² not counted for A2"


def test_a_sentence_nobody_translated_stays_as_it_is() -> None:
    assert told_issues(pd.DataFrame({"fix": ["quite new", None]}))["fix"].iloc[0].zh == "quite new"
