"""The ministry system's list of idle land against the run's own verdicts."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import field, number_text
from landeff.publish.report.model import Abreast, Block, Note, Section, Stack, Table, known_columns, rows_of
from landeff.publish.system_list import FIELDS, counts, told_rows

_MOST = 20
#: Rows of the list that are not on it alone, or not compared.
_NOT_ALONE = ("both", "repeated", "other_category")
#: Dark where both agree, warm where only the run says so, cool where only the system does.
_COLOURS = {
    "both": "#1f4e79",
    "only_ours": "#c0562f",
    "clear": "#7fb2d6",
    "to_check": "#e6a23c",
    "missing_facts": "#f0dcc0",
    "no_parcel": "#6b7178",
    "not_found": "#9aa1a8",
}
_REST = "#d5dade"
_COUNTS = (
    field("title", "text", "比较结果", "compared"),
    field("n", "count", "宗（条）数", "rows"),
    field("listed_area_m2", "mu", "清单面积", "area listed"),
    field("area_m2", "mu", "宗地面积", "area of the parcels"),
)
_NOTE = Term(
    "清单按电子监管号、合同编号、宗地代码对应；清单每一行只归一类。系统依据约定与填报的动工日期预警，本报告依据规则和"
    "核查事实判定，两者不一致的应核对后在系统中更正或在本项目中更正，不以任何一方为准。",
    "Rows are found by supply, contract or parcel number; each is in one class. The system warns by the "
    "dates it was told, this report judges by the rules and what was checked: where they differ, look, and "
    "correct either.",
)


def build(dataset: Dataset) -> Sequence[Block]:
    """Counts, then the rows on one list alone; nothing where no list was given."""
    rows = told_rows(dataset)
    if rows.empty:
        return []
    sums = counts(dataset)
    whole = float(sums["n"].sum())
    parts = tuple(
        (_COLOURS.get(entry, _REST), title) for entry, title in zip(sums["entry"], sums["title"], strict=True)
    )
    shares = tuple(float(n) / whole for n in sums["n"])
    caption = Term("系统清单与本地判定", "The system's list and the run's verdicts")
    bar = Term("清单与判定", "both lists")
    figure = Stack(caption, (bar,), parts, (shares,))
    table = Table(_COUNTS, rows_of(sums, _COUNTS), caption)
    return [Abreast((figure, table)), *_lists(rows), Note(_NOTE)]


def _lists(rows: pd.DataFrame) -> list[Block]:
    """What is on one list alone, the largest first."""
    blocks: list[Block] = []
    for is_ours, zh, en in (
        (True, "仅本地判定疑似闲置", "Suspected idle here alone"),
        (False, "仅系统列入", "On the system's list alone"),
    ):
        chosen = rows[(rows["entry"] == "only_ours") == is_ours]
        chosen = chosen[~chosen["entry"].isin(_NOT_ALONE)]
        if chosen.empty:
            continue
        size = chosen["area_m2"].fillna(chosen["listed_area_m2"])
        ordered = chosen.assign(size=size).sort_values(
            ["size", "source_row", "parcel_id"], ascending=[False, True, True], kind="stable"
        )
        shown = ordered.head(_MOST)
        more = (
            f"（列面积最大的 {_MOST} 条，共 {len(chosen)} 条，全部见工作簿）" if len(chosen) > _MOST else ""
        )
        all_of = f" (the largest {_MOST} of {len(chosen)}; all in the workbook)" if more else ""
        caption = Term(f"{zh}{more}", f"{en}{all_of}")
        fields = FIELDS[1:] if is_ours else FIELDS  # those have but one class
        blocks.append(known_columns(Table(fields, rows_of(shown, fields), caption)))
    return blocks


def system_lines(dataset: Dataset) -> list[Block]:
    """One line for the first screen; nothing where no list was given."""
    sums = counts(dataset)
    if sums.empty:
        return []
    n = sums.set_index("entry")["n"].to_dict()
    area = sums.set_index("entry")["area_m2"].to_dict()
    alone = sum(count for entry, count in n.items() if entry not in ("only_ours", *_NOT_ALONE))
    ours = number_text(area.get("only_ours"), "mu", "0.00")
    both, here, clear, open_ = (n.get(name, 0) for name in ("both", "only_ours", "clear", "to_check"))
    return [
        Note(
            Term(
                f"与部监测监管系统清单的差异：两边都列入 {both} 宗；仅本地判定 {here} 宗、{ours} 亩；"
                f"仅系统列入 {alone} 宗，其中本地判定不构成 {clear} 宗、待核实 {open_} 宗。"
                "逐宗理由见“与部系统清单的差异”。",
                f"Against the ministry system's list: {both} on both; {here} here alone, {ours} mu; {alone} "
                f"there alone, of them {clear} not idle here, {open_} to be checked. Each with its reason "
                "below.",
            )
        )
    ]


SECTION = Section(Term("与部系统清单的差异", "The ministry system's list"), 42, build)
