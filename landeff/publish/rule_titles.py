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


_NO_BASIS = Term("依据待补充", "ground to be added")


def basis_told(text: str) -> Term:
    """The ground of a way of disposal: what landeff says of it in both languages, a document as it is called.

    >>> basis_told("依据待补充（未核对原文）").en
    'ground to be added (not verified)'
    >>> basis_told("《土地管理法》第三十八条").en
    '《土地管理法》第三十八条'
    """
    mark = unverified()
    return Term(text, text.replace(_NO_BASIS.zh, _NO_BASIS.en).replace(mark.zh, mark.en))


def advice_told(dataset: Dataset, ids: pd.Series, advice: pd.Series) -> pd.Series:
    """What rules advise in both languages, same index; of a rule the run does not keep, the text as it is."""
    rules = dataset.frame("rules")
    told = {
        str(rule["rule_id"]): Term(str(rule["advice_zh"]), str(rule["advice_en"]))
        for rule in rules.to_dict("records")
        if rule["advice_en"]
    }
    found = [
        told.get(name, text) if isinstance(text, str) and text else text
        for name, text in zip(ids, advice, strict=True)
    ]
    return pd.Series(found, index=advice.index, dtype=object)


def rule_titled(dataset: Dataset, ids: pd.Series) -> pd.Series:
    """Titles of a column of rule ids, same index; a missing id stays missing."""
    titles = rule_titles(dataset)
    found = [titles.get(name, term("rule", name)) if isinstance(name, str) else None for name in ids]
    return pd.Series(found, index=ids.index, dtype=object)
