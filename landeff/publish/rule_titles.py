"""What rules are called: by the run itself, since a rule may be the user's own."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.explanation import unverified
from landeff.core.text import Term
from landeff.publish.terms import TERMS, term


def rule_titles(dataset: Dataset) -> Mapping[str, Term]:
    """Title of each rule of the run by id; of a result saved without its rules, those that ship."""
    titles = {code: title for (group, code), title in TERMS.items() if group == "rule"}
    rules, mark = dataset.frame("rules"), unverified()
    for rule in rules.to_dict("records"):
        zh, en = str(rule["title_zh"]), str(rule["title_en"])
        if not rule["is_verified"]:
            zh, en = zh + mark.zh, en + mark.en
        titles[str(rule["rule_id"])] = Term(zh, en)
    return titles


def rule_titled(dataset: Dataset, ids: pd.Series) -> pd.Series:
    """Titles of a column of rule ids, same index; a missing id stays missing."""
    titles = rule_titles(dataset)
    found = [titles.get(name, term("rule", name)) if isinstance(name, str) else None for name in ids]
    return pd.Series(found, index=ids.index, dtype=object)
