"""Answers to doubtful matches that came back, checked against the questions as they are asked now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from landeff.core.review_words import DECISION_HEADERS
from landeff.pipeline.merge_rows import conflict

_QUESTION = ["kind", "left_table", "left_key", "right_table", "right_key"]
_HEADER = DECISION_HEADERS["answer"].zh


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers that can be handed on, those that cannot, and how many each file gave."""

    taken: pd.DataFrame
    conflicts: pd.DataFrame
    n_answered: Mapping[str, int]


def decisions(found: Mapping[str, pd.DataFrame], links: pd.DataFrame) -> Answers:
    """Answers of all files; of answers that contradict each other none is taken.

    Args:
        found: by file, decisions as :class:`landeff.sources.review.Review` has them.
        links: the questions of the result.
    """
    parts = [frame.assign(file=name) for name, frame in found.items() if len(frame)]
    n = {name: len(frame) for name, frame in found.items()}
    if not parts:
        return Answers(pd.DataFrame(columns=[*_QUESTION, "seen", "answer"]), pd.DataFrame(), n)
    rows = pd.concat(parts, ignore_index=True)
    now = rows[_QUESTION].merge(links[[*_QUESTION, "seen"]], on=_QUESTION, how="left")["seen"]
    rows = rows.assign(now=now.to_numpy(), row_key=rows["left_name"].fillna(rows["left_key"]))
    rows = rows.assign(sheet=rows["source_file"].str.extract(r"\[(.*)\]$")[0])
    problem = pd.Series("", index=rows.index, dtype="object")
    problem = problem.mask(rows["answer"].isna(), "bad_value")
    absent = rows["decided_by"].fillna("").eq("") | rows["decided_on"].isna()
    problem = problem.mask((problem == "") & absent, "no_answerer")
    problem = problem.mask((problem == "") & rows["now"].isna(), "unknown_key")
    problem = problem.mask((problem == "") & (rows["now"] != rows["seen"]), "changed")
    several = rows[problem == ""].groupby(_QUESTION)["answer"].transform("nunique") > 1
    problem[several.index[several]] = "contradicted"
    bad = rows[problem != ""]
    told = conflict(bad, "", _HEADER, bad["answer_text"]).assign(problem=problem[problem != ""])
    good = rows[problem == ""].sort_values([*_QUESTION, "file", "source_row"], kind="stable")
    return Answers(good.drop_duplicates([*_QUESTION, "answer"]).reset_index(drop=True), told, n)
