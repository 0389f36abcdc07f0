"""Who an enterprise is: by its code, a code put right, a former name, a name; else a person is asked.

Mentions of enterprises (a code, a name, or both, in a table) are told which enterprise of the register they
mean. Nothing is guessed: a name is taken only where one enterprise alone has it and no code contradicts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from landeff.core.credit_code import statuses
from landeff.link import naming
from landeff.link.codes import by_organisation, repaired
from landeff.link.links import COLUMNS as LINKS
from landeff.link.links import JOINED, links_frame, seen
from landeff.link.register import Register, register
from landeff.link.register import with_mentions as registered_with

MENTION = ("table", "code", "name")
KIND = "enterprise"


@dataclass(frozen=True, slots=True)
class Identity:
    """What became of each mention.

    Attributes:
        mentions: ``table``, ``code``, ``name``, ``key`` (how ``links`` calls the mention), ``enterprise_id``
            (the code as written where nothing better is known; missing without one), ``method`` (``code``,
            ``code_repaired``, ``organisation_code``, ``former_name``, ``name``, missing), ``is_queued``
            (a person has to say who it is).
        links: questions and answers, as ``links`` in ``docs/tables.md``; a code that is known is no question.
        names_left: mentions that only their name could have told, where names were not matched.
    """

    mentions: pd.DataFrame
    links: pd.DataFrame
    names_left: int = 0


def identify(mentions: pd.DataFrame, enterprises: pd.DataFrame, *, by_name: bool = True) -> Identity:
    """Tell which enterprise each mention means.

    In this order: a valid code, or one the register has; a code that is right once look-alike characters are
    read for each other; a 9- or 15-digit number whose organisation code one enterprise has; a former name
    written alike; a name that is the same (:func:`landeff.link.names.compare.compare`) as that of one
    enterprise alone. Queued for a person: several enterprises of the name, names that are merely alike, a
    code of its own beside the name of another, a 分公司 and its parent, what may be a natural person.

    Args:
        mentions: ``table``, ``code``, ``name``; at least one of the two. Their codes add to the register
            where it lacks them.
        enterprises: ``enterprise_id``, ``name``, and where known ``former_names`` (joined by 、).
        by_name: whether to match names; without it the extra ``match`` is not needed.

    Raises:
        MissingExtraError: names have to be matched and the extra ``match`` is not installed.

    >>> firms = pd.DataFrame({"enterprise_id": ["91330100799655058B"], "name": ["示例华新机械有限公司"]})
    >>> told = pd.DataFrame({"table": "returns", "code": ["9133O100799655058B", None]})
    >>> told["name"] = [None, "示例华新机械有限责任公司"]
    >>> identify(told, firms).mentions[["enterprise_id", "method"]].to_numpy().tolist()
    [['91330100799655058B', 'code_repaired'], ['91330100799655058B', 'name']]
    """
    asked = candidates(mentions, enterprises, by_name=by_name)
    return Identity(settle(asked.mentions, asked.links), asked.links, asked.names_left)


def candidates(mentions: pd.DataFrame, enterprises: pd.DataFrame, *, by_name: bool = True) -> Identity:
    """The first half of :func:`identify`: questions, with the answers that rules give.

    A person's decisions go into ``links`` between this and :func:`settle`.
    """
    told = _distinct(mentions)
    known = register(enterprises)
    told = _by_code(told, known)
    known = registered_with(known, told[told["code_id"].notna()].rename(columns={"code_id": "enterprise_id"}))
    found = [_code_links(told, known)]
    named = told["name"].notna()
    is_open = named & told["code_id"].isna()
    if not by_name:
        return Identity(told, links_frame(pd.concat(found)), int(is_open.sum()))
    # Codes that say nothing first: where their names say nothing either, they stand for an enterprise.
    of_code = naming.candidates(told[is_open & told["code"].notna()], known)
    answered = set(of_code.loc[of_code["decision"] == "accepted", "mention"])
    own = told[is_open & told["code"].notna() & ~told.index.isin(answered)]
    own = own.assign(enterprise_id=own["code"])
    of_name = naming.candidates(told[is_open & told["code"].isna()], registered_with(known, own, "written"))
    standing = told[named & (told["method"] == "code") & ~told["code"].isin(known.listed)]
    contradicted = naming.candidates(standing, known, only_same=True)
    found += [_name_links(rows, told) for rows in (of_code, of_name, contradicted)]
    return Identity(told, links_frame(pd.concat(found, ignore_index=True)))


def settle(mentions: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Who each mention is, once every question has its answer.

    Args:
        mentions: of :func:`candidates`.
        links: its questions, with a person's decisions (``confirmed``, ``refused``) where there are any. A
            confirmed answer outweighs one by rule; of two confirmed ones neither counts.

    Returns:
        ``mentions`` as in :class:`Identity`.
    """
    asked = links[links["kind"] == KIND].assign(rank=links["decision"].map({"confirmed": 2, "accepted": 1}))
    joined = asked[asked["decision"].isin(JOINED)]
    by_mention = ["left_table", "left_key"]
    best = joined[joined["rank"] == joined.groupby(by_mention)["rank"].transform("max")]
    best = best.drop_duplicates(by_mention, keep=False).set_index(by_mention)
    at = pd.MultiIndex.from_frame(mentions[["table", "key"]])
    answer, method = (best[name].reindex(at).set_axis(mentions.index) for name in ("right_key", "method"))
    # A repaired code that a person refused is no answer.
    by_code = mentions["code_id"].where(mentions["method"] == "code")
    is_asked = at.isin(pd.MultiIndex.from_frame(asked.loc[asked["decision"] == "queued", by_mention]))
    is_open = answer.isna() & by_code.isna()
    settled = mentions.assign(
        enterprise_id=answer.fillna(by_code).fillna(mentions["code"]).astype("str"),
        method=method.fillna(mentions["method"].where(by_code.notna())).astype("str"),
        is_queued=pd.array(is_open.to_numpy() & is_asked, dtype="boolean"),
    )
    return settled[[*MENTION, "key", "enterprise_id", "method", "is_queued"]]


def _distinct(mentions: pd.DataFrame) -> pd.DataFrame:
    told = mentions.reindex(columns=list(MENTION)).astype("str").drop_duplicates()
    told = told[told["code"].notna() | told["name"].notna()]
    told = told.sort_values(list(MENTION), ignore_index=True)
    both = told["code"] + " " + told["name"]
    return told.assign(key=both.fillna(told["code"]).fillna(told["name"]).astype("str"))


def _by_code(told: pd.DataFrame, known: Register) -> pd.DataFrame:
    """``code_id`` and ``method`` of the mentions whose code tells who they are."""
    code = told["code"]
    is_valid = statuses(code).eq("valid")
    right = is_valid | code.isin(known.listed)
    mended = repaired(code.where(~right))
    everything = {*known.listed, *code[is_valid].dropna(), *mended.dropna()}
    older = by_organisation(code.where(~code.isin(known.listed)), known.listed)
    older = older.fillna(by_organisation(code.where(~right), everything))
    found = [("code", code.where(code.isin(known.listed))), ("organisation_code", older)]
    found += [("code", code.where(is_valid)), ("code_repaired", mended)]
    told = told.assign(code_id=pd.Series(index=told.index, dtype="str"), method=np.nan)
    told["method"] = told["method"].astype("str")
    for name, ids in found:
        new = ids.notna() & told["code_id"].isna()
        told.loc[new, "code_id"] = ids[new]
        told.loc[new, "method"] = name
    return told


def _code_links(told: pd.DataFrame, known: Register) -> pd.DataFrame:
    """Mentions whose code was read another way, each with the code it was taken for."""
    rows = told[told["method"].isin(["code_repaired", "organisation_code"])]
    return _questions(rows, rows["code_id"], known).assign(
        method=rows["method"].to_numpy(),
        score=1.0,
        reasons=rows["method"].to_numpy(),
        decision="accepted",
    )


def _name_links(rows: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    mentions = told.loc[rows["mention"]].set_axis(rows.index)
    frame = rows.drop(columns="mention").rename(columns={"enterprise_id": "right_key"})
    frame = frame.assign(
        kind=KIND, left_table=mentions["table"], left_key=mentions["key"], left_name=mentions["name"]
    )
    return _digest(frame, mentions)


def _questions(rows: pd.DataFrame, ids: pd.Series, known: Register) -> pd.DataFrame:
    table, name, all_names = (
        ids.map(values) for values in (known.of_id("table"), known.of_id("name"), known.all_names())
    )
    frame = pd.DataFrame(
        {
            "kind": KIND,
            "left_table": rows["table"],
            "left_key": rows["key"],
            "left_name": rows["name"],
            "right_table": table.fillna(rows["table"]),
            "right_key": ids,
            "right_name": name,
            "all_names": all_names,
        }
    )
    return _digest(frame, rows)


def _digest(frame: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    compared = zip(mentions["code"], mentions["name"], frame["right_key"], frame["all_names"], strict=True)
    frame = frame.assign(seen=[seen(*values) for values in compared])
    return frame.reindex(columns=[name for name in LINKS if name in frame])
