"""The curve: land flagged against the threshold, and the table behind it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field, number_text
from landeff.publish.report.model import Block, Curve, Note, Section, Table, rows_of

FIELDS = (
    field("shown", "amount", "门槛", "threshold"),
    field("unit", "text", "单位", "unit"),
    field("n_flagged", "count", "标记宗数", "parcels flagged"),
    field("flagged_area_m2", "mu", "标记面积", "land flagged"),
    field("flagged_share_ratio", "percent", "占已知面积", "of known land"),
    field("n_unknown", "count", "数值不明宗数", "parcels unknown"),
    field("unknown_area_m2", "mu", "数值不明面积", "land unknown"),
)
_NOTE = Term(
    "数值不明的宗地不计入任何门槛，单列于后；占比以数值已知的土地为分母。试算不是认定标准。",
    "Parcels of unknown value are in no threshold and counted apart; shares are of land of known value. "
    "A trial, not a standard.",
)


def build(dataset: Dataset) -> Sequence[Block]:
    """The picture where there are two thresholds or more, and the table."""
    frame = dataset.frame("curve")
    if frame.empty:
        return []
    first = frame.iloc[0]
    caption = Term(
        f"{first['title_zh']} {first['direction']} 门槛所标记的面积",
        f"Land flagged by {first['title_en']} {first['direction']} threshold",
    )
    table = Table(FIELDS, rows_of(frame, FIELDS), caption)
    picture = [_picture(frame, caption)] if len(frame) > 1 and first["known_area_m2"] > 0 else []
    return [*picture, table, Note(_NOTE)]


def _picture(frame: pd.DataFrame, caption: Term) -> Curve:
    at = frame["shown"]
    low, high = float(at.min()), float(at.max())
    across = ((at - low) / (high - low)).tolist()
    up = frame["flagged_share_ratio"].clip(0.0, 1.0).tolist()
    unit = f"（{frame['unit'].iloc[0]}）" if frame["unit"].iloc[0] else ""
    titles = [
        Term(
            f"{x:g}：{n} 宗，{number_text(area, 'mu')} 亩",
            f"{x:g}: {n} parcels, {number_text(area, 'mu')} mu",
        )
        for x, n, area in zip(at, frame["n_flagged"], frame["flagged_area_m2"], strict=True)
    ]
    whole = float(frame["known_area_m2"].iloc[0])
    return Curve(
        caption,
        tuple(zip(across, up, strict=True)),
        tuple(titles),
        Term(f"门槛{unit}", f"threshold{unit}"),
        Term("标记面积（亩）", "land flagged (mu)"),
        (f"{low:g}", f"{high:g}"),
        ("0", number_text(whole, "mu")),
    )


SECTION = Section(Term("门槛试算", "Thresholds"), 10, build)
