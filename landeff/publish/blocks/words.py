"""Blocks in words: their size, what they are made of, and what follows from it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Lang, Term
from landeff.core.units import M2_PER_MU
from landeff.publish.fields import is_known, number_text
from landeff.publish.terms import term

_SHOWN = 20
_AREA = "_area_m2"
_PLANS = {
    "farmland_overlap_m2": Term("永久基本农田", "farmland"),
    "redline_overlap_m2": Term("生态保护红线", "redline"),
    "outside_boundary_m2": Term("开发边界外", "outside boundary"),
}
_SEEN_M2 = M2_PER_MU / 200  # what is written as 0.01 mu


def largest_blocks(dataset: Dataset) -> pd.DataFrame:
    """All blocks without geometry, the largest first, with ``size`` and ``made_of`` in words."""
    frame = pd.DataFrame(dataset.frame("blocks")).drop(columns="geometry", errors="ignore")
    if frame.empty:
        return frame
    frame = frame.sort_values(["area_m2", "block_id"], ascending=[False, True], ignore_index=True)
    size = [size_title(code) for code in frame["size_class"]]
    return frame.assign(size=pd.Series(size, index=frame.index, dtype=object), made_of=made_of(frame))


def categories(frame: pd.DataFrame) -> list[str]:
    """Categories that were counted, in the order of the inventory."""
    return [] if frame.empty else str(frame["counted"].iloc[0]).split(",")


def size_title(code: str) -> Term:
    """A class of sizes in words.

    >>> size_title("300-500").zh, size_title("500-").zh, size_title("-100").zh
    ('300—500 亩', '500 亩及以上', '不足 100 亩')
    """
    low, _, high = code.partition("-")
    if low and high:
        return Term(f"{low}—{high} 亩", f"{low}–{high} mu")
    if low:
        return Term(f"{low} 亩及以上", f"{low} mu and more")
    return Term(f"不足 {high} 亩", f"below {high} mu") if high else Term("全部", "all")


def made_of(frame: pd.DataFrame) -> pd.Series:
    """Categories of each block with their areas, the largest first."""
    names = categories(frame)
    told = []
    for areas in frame[[f"{name}{_AREA}" for name in names]].to_numpy(dtype="float64").tolist():
        parts = sorted(((-area, place) for place, area in enumerate(areas) if area > 0))
        words = [(term("inventory", names[place]), number_text(-area, "mu")) for area, place in parts]
        told.append(
            Term(
                "、".join(f"{title.zh} {mu} 亩" for title, mu in words),
                ", ".join(f"{title.en} {mu} mu" for title, mu in words),
            )
        )
    return pd.Series(told, index=frame.index, dtype=object)


def conclusions(frame: pd.DataFrame) -> list[Term]:
    """What the blocks come to, in sentences, the most important first.

    Args:
        frame: as :func:`largest_blocks` makes it, not empty.
    """
    large = frame[frame["is_min_size"].astype(bool)]
    told = [_whole(frame, large), _largest(frame)]
    if len(large):
        told.append(_who(large))
    return [*told, *_after_checks(frame)]


def _whole(frame: pd.DataFrame, large: pd.DataFrame) -> Term:
    n, least, mu = len(frame), least_mu(frame), number_text(frame["area_m2"].sum(), "mu")
    pieces = int(frame["n_parcels"].sum() + frame["n_pieces"].sum())
    if large.empty:
        return Term(
            f"{pieces} 宗（块）存量土地 {mu} 亩，连成 {n} 片，没有一片达到 {least} 亩。",
            f"{pieces} pieces of stock land, {mu} mu, lie in {n} blocks, none of {least} mu or more.",
        )
    of = number_text(large["area_m2"].sum(), "mu")
    share = f"{large['area_m2'].sum() / frame['area_m2'].sum():.0%}"
    return Term(
        f"{pieces} 宗（块）存量土地 {mu} 亩，连成 {n} 片；达到 {least} 亩的 {len(large)} 片、{of} 亩，"
        f"占 {share}。",
        f"{pieces} pieces of stock land, {mu} mu, lie in {n} blocks; {len(large)} of them reach {least} mu: "
        f"{of} mu, {share}.",
    )


def _largest(frame: pd.DataFrame) -> Term:
    top = frame.iloc[0]
    mu = number_text(top["area_m2"], "mu")
    short = float(top["min_area_m2"]) - float(top["area_m2"])
    lacks = number_text(short, "mu")
    zone = f"（{top['zone_names']}）" if is_known(top["zone_names"]) else ""
    zone_en = f" ({top['zone_names']})" if zone else ""
    zh = f"最大的一片 {top['block_id']}{zone} {mu} 亩：{top['made_of'].zh}"
    en = f"The largest, {top['block_id']}{zone_en}, has {mu} mu: {top['made_of'].en}"
    if short > 0 and not bool(top["is_min_size"]):
        return Term(f"{zh}，还差 {lacks} 亩。", f"{en}; {lacks} mu short.")
    return Term(f"{zh}。", f"{en}.")


def _who(large: pd.DataFrame) -> Term:
    """Holders to talk to for the blocks that reach the least size."""
    no_parcel = int((large["n_parcels"] == 0).sum())
    one = int((large["n_holders"] == 1).sum())
    more = int((large["n_holders"] > 1).sum())
    most = int(large["n_holders"].max())
    zh = f"其中 {no_parcel} 片全为无宗地的批准用地，没有权利人需要商谈（征迁另查）；{one} 片只涉及一家权利人"
    en = f"{no_parcel} of them have no parcel, so no holder (clearance apart); {one} have a single holder"
    if more:
        zh += f"；{more} 片涉及多家，最多 {most} 家"
        en += f"; {more} have several, {most} at most"
    unknown = int(large["n_holder_unknown"].sum())
    if unknown:
        zh += f"；另有 {unknown} 宗权利人不明"
        en += f"; of {unknown} parcels the holder is not known"
    return Term(f"{zh}。", f"{en}.")


def _after_checks(frame: pd.DataFrame) -> list[Term]:
    """Blocks that would reach the least size with the land beside them that is still to be checked."""
    small = frame[~frame["is_min_size"].astype(bool)]
    near = small[small["area_m2"] + small["to_check_area_m2"] >= small["min_area_m2"]]
    if near.empty:
        return []
    n, mu = int(near["n_to_check"].sum()), number_text(near["to_check_area_m2"].sum(), "mu")
    least, shown = least_mu(frame), "、".join(near["block_id"].head(3))
    more = Term("等", " …") if len(near) > 3 else Term("", "")
    return [
        Term(
            f"另有 {len(near)} 片加上紧邻的待核实宗地可达 {least} 亩（{shown}{more.zh}）："
            f"先核实这 {n} 宗、{mu} 亩。",
            f"{len(near)} more would reach {least} mu with the parcels to be checked beside them "
            f"({shown}{more.en}): check these {n}, {mu} mu, first.",
        )
    ]


def plan_conflicts(frame: pd.DataFrame) -> pd.Series:
    """Land of the parcels of each block that meets a control line, in words; what no plan tells is said."""
    told = []
    for row in frame.to_dict("records"):
        words = _met(row)
        told.append(Term("，".join(each.zh for each in words), ", ".join(each.en for each in words)))
    return pd.Series(told, index=frame.index, dtype=object)


def _met(row: Mapping[Hashable, Any]) -> list[Term]:
    known = [name for name in _PLANS if is_known(row[name])]
    if not known:
        return [Term("未核", "not checked")]
    words = [_with_mu(_PLANS[name], row[name]) for name in known if row[name] > _SEEN_M2]
    words = words or [Term("未见", "none seen")]
    words += [
        Term(f"{_PLANS[name].zh}未核", f"{_PLANS[name].en} not checked")
        for name in _PLANS
        if name not in known
    ]
    if row["plan_unknown_area_m2"] > _SEEN_M2:
        mu = number_text(row["plan_unknown_area_m2"], "mu")
        words.append(Term(f"另 {mu} 亩未核", f"{mu} mu not checked"))
    return words


def _with_mu(title: Term, area_m2: float) -> Term:
    mu = number_text(area_m2, "mu")
    return Term(f"{title.zh} {mu} 亩", f"{title.en} {mu} mu")


def rules_of_blocks(frame: pd.DataFrame) -> Term:
    """How the blocks were made, and what the least size rests on."""
    top = frame.iloc[0]
    gap, least = f"{top['bridge_m']:g}", least_mu(frame)
    names = [term("inventory", name) for name in categories(frame)]
    basis = str(top["basis"])
    return Term(
        f"计入{'、'.join(name.zh for name in names)}；相距不超过 {gap} 米的为一片（工程默认值，不是标准），"
        f"只看距离，中间是路、河还是他人土地不作判断。{least} 亩的依据：{basis}。小于 {least} 亩的仍在表中。",
        f"Counted: {', '.join(name.en for name in names)}. Pieces up to {gap} m apart are one block (an "
        f"engineering default, no standard), by distance alone, whatever lies between. {least} mu rests on: "
        f"{basis}. Smaller blocks stay in the table.",
    )


def least_mu(frame: pd.DataFrame) -> str:
    """The least size in mu, as it is written."""
    return f"{float(frame['min_area_m2'].iloc[0]) / M2_PER_MU:.10g}"


def block_lines(dataset: Dataset, lang: Lang) -> list[str]:
    """Conclusions and the largest blocks in lines for a terminal."""
    frame = largest_blocks(dataset)
    if frame.empty:
        return [Term("没有计入的存量土地。", "There is no stock land of these categories.").text(lang)]
    lines = [told.text(lang) for told in conclusions(frame)]
    head = Term("编号\t亩\t宗地\t权利人\t园区\t构成", "block\tmu\tparcels\tholders\tzone\tmade of")
    lines.append(head.text(lang))
    for row in frame.head(_SHOWN).to_dict("records"):
        zone = row["zone_names"] if is_known(row["zone_names"]) else "—"
        cells = [row["block_id"], number_text(row["area_m2"], "mu"), row["n_parcels"], row["n_holders"], zone]
        lines.append("\t".join([*map(str, cells), row["made_of"].text(lang)]))
    if len(frame) > _SHOWN:
        rest = frame.iloc[_SHOWN:]
        mu = number_text(rest["area_m2"].sum(), "mu")
        lines.append(Term(f"另有 {len(rest)} 片、{mu} 亩", f"and {len(rest)} more, {mu} mu").text(lang))
    return [*lines, rules_of_blocks(frame).text(lang)]
