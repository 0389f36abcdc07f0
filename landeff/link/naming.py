"""Mentions that only a name can tell: which enterprises it may mean, and whether one of them is certain."""

from __future__ import annotations

import numpy as np
import pandas as pd

from landeff.core.credit_code import statuses
from landeff.link.codes import edits, organisation_codes, plain
from landeff.link.names.parse import normal, parse
from landeff.link.names.search import find_candidates, liken
from landeff.link.names.short import is_short, short_text
from landeff.link.register import Register, register

COLUMNS = (
    "mention",
    "enterprise_id",
    "right_table",
    "right_name",
    "all_names",
    "method",
    "score",
    "reasons",
    "decision",
)
#: So many candidates of a mention are shown to a person.
_SHOWN = 5
#: Two codes that differ by so many characters at most are one, mistyped.
_MISTYPED = 2
#: A short name of fewer characters is shared by too many firms.
_TELLING = 4
_CODE_LENGTHS = range(16, 21)
_COMPOUND_SURNAMES = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "司徒",
    "夏侯",
    "端木",
)
_FORMER = 0.98


def candidates(mentions: pd.DataFrame, known: Register, *, only_same: bool = False) -> pd.DataFrame:
    """Enterprises that each mention may mean by its name.

    Args:
        mentions: ``code``, ``name`` (not missing), on an index of its own.
        only_same: leave out what is merely alike; for mentions whose code already says who they are.

    Returns:
        Columns :data:`COLUMNS`; ``mention`` is the index of ``mentions``. A mention has one row ``accepted``,
        or up to five rows ``queued``, or none.
    """
    pairs = _pairs(mentions, known)
    if pairs.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    if only_same:
        pairs = pairs[pairs["is_same"]]
    pairs = _with_codes(_likest(_without_written(pairs)), mentions["code"])
    pairs = _with_doubts(pairs, mentions["name"])
    is_accepted = pairs["is_same"] & ~pairs["is_doubtful"] & (not only_same)
    has_answer = is_accepted.groupby(pairs["mention"]).transform("any")
    pairs = pairs.assign(decision=np.where(is_accepted, "accepted", "queued"))[is_accepted | ~has_answer]
    pairs = pairs.sort_values(
        ["mention", "is_same", "score", "enterprise_id"], ascending=[True, False, False, True]
    )
    pairs = pairs[pairs.groupby("mention").cumcount() < _SHOWN]
    for column, values in (
        ("right_table", known.of_id("table")),
        ("right_name", known.of_id("name")),
        ("all_names", known.all_names()),
    ):
        pairs[column] = pairs["enterprise_id"].map(values)
    return pd.DataFrame(pairs[list(COLUMNS)]).reset_index(drop=True)


def _with_doubts(pairs: pd.DataFrame, names: pd.Series[str]) -> pd.DataFrame:
    """Pairs with ``is_doubtful``, and the doubts among the reasons."""
    n_same = pairs["is_same"].groupby(pairs["mention"]).transform("sum")
    doubts = {
        "several_alike": pairs["is_same"] & (n_same > 1),
        "code_differs": pairs["contradicts"],
        "may_be_person": pairs["mention"].map(names.map(may_be_person)).astype(bool),
        "short_name": pairs["mention"].map(names.map(_is_too_short)).astype(bool),
    }
    reasons = pairs["reasons"]
    for name, doubt in doubts.items():
        is_told = ("," + reasons + ",").str.contains(f",{name},", regex=False)
        reasons = reasons.where(~doubt | is_told, reasons + "," + name)
    return pairs.assign(reasons=reasons, is_doubtful=pd.DataFrame(doubts).any(axis=1))


def contradicting(mentions: pd.DataFrame, enterprises: pd.DataFrame) -> pd.DataFrame:
    """Mentions whose name is altogether another than every name the register has for their code.

    Args:
        mentions: ``table``, ``code``, ``name``.
        enterprises: the register.

    Returns:
        Those mentions, with ``registered``: the name in the register.
    """
    known = register(enterprises)
    names = known.names.dropna(subset=["name"])
    named = mentions.dropna(subset=["code", "name"])
    both = named.merge(names, left_on="code", right_on="enterprise_id", suffixes=("", "_known"))
    pairs = both[["name", "name_known"]].drop_duplicates()
    other = [
        a != b and liken(parse(a), parse(b)).verdict == "different"
        for a, b in zip(pairs["name"], pairs["name_known"], strict=True)
    ]
    both = both.merge(pairs.assign(is_other=np.array(other, dtype=bool)), on=["name", "name_known"])
    key = ["table", "code", "name"]
    all_other = both.groupby(key)["is_other"].all()
    wrong = all_other[all_other].index.to_frame(index=False)
    return wrong.assign(registered=wrong["code"].map(known.of_id("name")))


def _pairs(mentions: pd.DataFrame, known: Register) -> pd.DataFrame:
    """One row a mention and enterprise, its likest name: whether it is the same, method, score, reasons."""
    names = known.names.dropna(subset=["name"])
    if mentions.empty or names.empty:
        return pd.DataFrame()
    found = find_candidates(mentions["name"], names["name"])
    kind = found["right"].map(names["kind"])
    # A former name is taken only as it was: the rest of it belongs to another time.
    plain_left = found["left"].map(mentions["name"].map(normal))
    plain_right = found["right"].map(names["name"].map(normal))
    is_former = kind == "former_name"
    is_exact = plain_left == plain_right
    is_same = found["verdict"].eq("same") & (~is_former | is_exact)
    pairs = pd.DataFrame(
        {
            "mention": found["left"],
            "enterprise_id": found["right"].map(names["enterprise_id"]),
            "is_same": is_same,
            "is_exact": is_exact,
            "is_written": kind == "written",
            "method": np.where(is_former, "former_name", "name"),
            "score": found["score"].where(~is_former, np.minimum(found["score"], _FORMER)).astype("float64"),
            "reasons": found["reasons"].where(~is_former, "former_name," + found["reasons"]).astype("str"),
        }
    )
    order = ["mention", "enterprise_id", "is_same", "is_exact", "score", "method"]
    pairs = pairs.sort_values(order, ascending=[True, True, False, False, False, False])
    pairs = pairs.drop_duplicates(["mention", "enterprise_id"])
    own = pairs["mention"].map(mentions["code"]) == pairs["enterprise_id"]
    return pairs[~own].reset_index(drop=True)


def _without_written(pairs: pd.DataFrame) -> pd.DataFrame:
    """Without enterprises known by a code that says nothing, where one known better is as good."""
    better = pairs[~pairs["is_written"]]
    any_better = pairs["mention"].isin(better["mention"])
    same_better = pairs["mention"].isin(better.loc[better["is_same"], "mention"])
    is_needless = pairs["is_written"] & (same_better | (any_better & ~pairs["is_same"]))
    return pairs[~is_needless]


def _likest(pairs: pd.DataFrame) -> pd.DataFrame:
    """Where a name is the same, what is merely alike is left out; where one is written alike, the others.

    甲机械有限公司 and 甲机械股份有限公司 are the same but for the form, which is often left out; where both
    exist each is meant by its own name. What a short name may stand for is all shown.
    """
    exact = pairs["is_same"] & pairs["is_exact"] & ~pairs["is_written"]
    mention = pairs["mention"]
    by_form = pairs["is_same"] & ~pairs["is_exact"] & mention.isin(mention[exact])
    is_brief = ("," + pairs["reasons"]).str.contains(",short_name|,abbreviation|,letters_shared")
    alike = ~pairs["is_same"] & mention.isin(mention[pairs["is_same"]]) & ~is_brief
    return pairs[~by_form & ~alike]


def _with_codes(pairs: pd.DataFrame, codes: pd.Series[str]) -> pd.DataFrame:
    """Pairs with what the two codes say: ``contradicts``, and ``code_alike`` among the reasons.

    Where a code is a mistyped one of an enterprise of the name, others of that name are not meant.
    """
    written = pairs["mention"].map(codes).astype("str")
    both = pd.DataFrame({"a": written, "b": pairs["enterprise_id"]})
    distinct = both.dropna().drop_duplicates()
    kinds = {code: kind for side in ("a", "b") for code, kind in _kinds(distinct[side]).items()}
    said = {
        (a, b): _compared(a, b, kinds[a], kinds[b]) for a, b in zip(distinct["a"], distinct["b"], strict=True)
    }
    verdict = pd.Series(
        [said.get(pair, "") for pair in zip(both["a"], both["b"], strict=True)], index=pairs.index
    )
    reasons = pairs["reasons"].where(verdict != "alike", pairs["reasons"] + ",code_alike")
    contradicts = verdict == "contradicts"
    has_alike = pairs["mention"].isin(pairs.loc[pairs["is_same"] & (verdict == "alike"), "mention"])
    return pairs.assign(contradicts=contradicts, reasons=reasons)[~(contradicts & has_alike)]


def _kinds(codes: pd.Series[str]) -> dict[str, str]:
    distinct = pd.Series(codes.unique(), dtype="str")
    found = statuses(distinct)
    is_long = distinct.map(lambda code: len(plain(code)) in _CODE_LENGTHS).astype(bool)
    mistyped = found.isin(["other", "bad_check_digit"]) & is_long
    return dict(zip(distinct, found.where(~mistyped, "mistyped"), strict=True))


def _compared(a: str, b: str, kind_a: str, kind_b: str) -> str:
    """Whether the codes of two sides ``contradicts``, are ``alike``, or say nothing of each other (empty)."""
    credit = ("valid", "mistyped")
    if kind_a in credit and kind_b in credit:
        is_mistyped = (
            "mistyped" in (kind_a, kind_b) and edits(plain(a).upper(), plain(b).upper()) <= _MISTYPED
        )
        return "alike" if is_mistyped else "contradicts"
    if kind_a == kind_b or "identity_number" in (kind_a, kind_b):
        return "contradicts"
    inner = organisation_codes(pd.Series([a, b])).dropna()
    return "contradicts" if len(inner) == 2 else ""


def may_be_person(name: str) -> bool:
    """Whether a name may be that of a natural person, of whom many share one.

    >>> may_be_person("张三"), may_be_person("欧阳小明"), may_be_person("万科企业")
    (True, True, False)
    """
    firm = parse(name)
    if firm.form or firm.branch or firm.is_group:
        return False
    size = len(firm.text)
    return size <= 3 or (size == 4 and firm.text.startswith(_COMPOUND_SURNAMES))


def _is_too_short(name: str) -> bool:
    firm = parse(name)
    return is_short(firm) and len(short_text(firm)) < _TELLING
