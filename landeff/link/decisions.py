"""What a person answered to identity questions, put into ``links``: 是, 否, 不确定, with who and when."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from landeff.core.review_words import ANSWERS, DECISION_OUTCOMES
from landeff.link.links import KEY

#: What a decision has to say, beside the five columns that name its question.
COLUMNS = (*KEY, "seen", "answer", "decided_by", "decided_on")
APPLIED = ("confirmed", "refused", "unsure")
_NOW = ("seen", "left_name", "right_name")


def decide(
    links: pd.DataFrame, decisions: pd.DataFrame, *, single: Collection[str] = ("enterprise",)
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put a person's decisions into the questions they answer.

    是 makes a question ``confirmed``, 否 ``refused``; 不确定 leaves it as it was, and no other answer is
    contradicted by it. A decision counts only while the values it was made on are the same (``seen``).
    Of answers that contradict each other none counts. Row order is irrelevant.

    Args:
        links: questions, as ``links`` in ``docs/tables.md``; each once.
        decisions: :data:`COLUMNS`, ``answer`` is ``yes``, ``no`` or ``unsure``; others travel along, and
            ``left_name``, ``right_name`` (the names as the person saw them) are shown as old values.
        single: kinds in which the left side can be one right side only.

    Returns:
        ``links`` with ``decision``, ``decided_by`` and ``decided_on`` of what was applied; and
        ``decisions`` (same index) with ``status`` (``applied``, ``not_applied``), ``outcome``,
        ``title_zh``, ``title_en``, ``was`` (what the person saw) and ``now``.

    >>> from landeff.link.links import links_frame
    >>> asked = dict(kind="enterprise", left_table="returns", left_key="华新机械厂")
    >>> asked |= dict(right_table="enterprises", right_key="91330100799655058B", seen="0f3a")
    >>> links = links_frame(pd.DataFrame([asked | dict(decision="queued")]))
    >>> told = asked | dict(answer="yes", decided_by="王某", decided_on=pd.Timestamp(2025, 1, 6))
    >>> decide(links, pd.DataFrame([told]))[0]["decision"].tolist()
    ['confirmed']
    >>> decide(links, pd.DataFrame([told | dict(seen="77aa")]))[1]["outcome"].tolist()
    ['values_changed']
    """
    told = _typed(decisions)
    now = _now(links, told)
    outcome = _outcomes(told, now, single)
    titles = [DECISION_OUTCOMES[name] for name in outcome]
    outcomes = told.assign(
        status=np.where(outcome.isin(APPLIED), "applied", "not_applied"),
        outcome=outcome,
        title_zh=[title.zh for title in titles],
        title_en=[title.en for title in titles],
        was=_shown(told),
        now=_shown(now).where(now["seen"].notna()),
    )
    text = ("status", "outcome", "title_zh", "title_en", "was", "now")
    return _decided(links, outcomes), outcomes.astype(dict.fromkeys(text, "str"))


def _typed(decisions: pd.DataFrame) -> pd.DataFrame:
    told = decisions.reindex(columns=[*dict.fromkeys([*decisions.columns, *COLUMNS, *_NOW])])
    text = (*KEY, *_NOW, "answer", "decided_by")
    return told.astype({**dict.fromkeys(text, "str"), "decided_on": "datetime64[s]"})


def _now(links: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """What each question compares now; missing where it is not asked."""
    rows = told[list(KEY)].merge(links[[*KEY, *_NOW]], on=list(KEY), how="left", validate="m:1")
    return rows.set_axis(told.index)


def _outcomes(told: pd.DataFrame, now: pd.DataFrame, single: Collection[str]) -> pd.Series:
    by = told["decided_by"].fillna("").str.strip()
    faults = {
        "unknown_answer": ~told["answer"].isin(ANSWERS),
        "incomplete": (by == "") | told["decided_on"].isna() | told["seen"].isna(),
        "question_gone": now["seen"].isna(),
        "values_changed": told["seen"] != now["seen"],
    }
    stands = ~pd.concat(faults, axis=1).any(axis=1)
    yes, no = (stands & (told["answer"] == answer) for answer in ("yes", "no"))
    question = [told[name] for name in KEY]
    has_yes, has_no = (found.groupby(question, dropna=False).transform("any") for found in (yes, no))
    counts = yes & ~has_no & told["kind"].isin(list(single))
    sides = told["right_key"].where(counts)
    several = sides.groupby([told[name] for name in KEY[:3]], dropna=False).transform("nunique") > 1
    answered = {
        "answered_elsewhere": ~(yes | no) & (has_yes ^ has_no),
        "contradicted": has_yes & has_no,
        "two_answers": counts & several,
        "confirmed": yes,
        "refused": no,
    }
    cases = {**faults, **answered}
    conditions = [case.to_numpy(dtype=bool) for case in cases.values()]
    return pd.Series(np.select(conditions, list(cases), "unsure"), told.index, dtype="str")


def _shown(told: pd.DataFrame) -> pd.Series:
    """Both sides in one text, with the digest that tells them from others of the same names."""
    sides = [
        told[f"{side}_name"].where(told[f"{side}_name"].notna(), told[f"{side}_key"]).fillna("")
        for side in ("left", "right")
    ]
    return (sides[0] + " ～ " + sides[1] + " [" + told["seen"].fillna("") + "]").astype("str")


def _decided(links: pd.DataFrame, outcomes: pd.DataFrame) -> pd.DataFrame:
    """``links`` with the latest applied decision on each question."""
    applied = outcomes[outcomes["outcome"].isin(APPLIED)]
    latest = applied.sort_values(["decided_on", "decided_by"]).drop_duplicates(list(KEY), keep="last")
    at = links[list(KEY)].merge(
        latest[[*KEY, "outcome", "decided_by", "decided_on"]],
        on=list(KEY),
        how="left",
        suffixes=("_was", ""),
    )
    at = at.set_axis(links.index)
    answered = at["outcome"].isin(["confirmed", "refused"])
    return links.assign(
        decision=links["decision"].where(~answered, at["outcome"]),
        decided_by=at["decided_by"].fillna(links["decided_by"]).astype("str"),
        decided_on=at["decided_on"].fillna(links["decided_on"]).astype("datetime64[s]"),
    )
