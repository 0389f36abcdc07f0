"""The transition matrix of all zones: rows the old state, columns the new one."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import Value, field, is_known
from landeff.publish.report.model import Block, Note, Row, Section, Table

_NOTE = Term(
    "行为原状态，列为现状态。按宗地代码逐宗对应；“边界或代码变动”为不能按代码对应、也不能由收支唯一确定的土地。"
    "每行之和等于原平衡表，每列之和等于现平衡表。",
    "Rows are the old state, columns the new one. Parcels are followed by their code; land that codes cannot "
    "follow and sums do not settle is under “redrawn or renumbered”. Rows sum to the old balance, columns to "
    "the new one.",
)


def build(dataset: Dataset) -> Sequence[Block]:
    """One table in mu, and the notes on what is comparable."""
    frame = dataset.frame("matrix")
    city = frame[frame["zone_id"] == ""]
    if city.empty:
        return []
    notes = [Note(Term(zh, en), "warning") for zh, en in dataset.frame("notes").itertuples(index=False)]
    return [*notes, _table(city), Note(_NOTE)]


def _table(city: pd.DataFrame) -> Table:
    columns = city.drop_duplicates("to_state")
    fields = [field("from", "text", "原状态", "from")]
    fields += [
        field(str(state), "mu", zh, en)
        for state, zh, en in zip(columns["to_state"], columns["to_zh"], columns["to_en"], strict=True)
    ]
    area = city.pivot_table(index="from_state", columns="to_state", values="area_m2", aggfunc="sum")
    area = area.reindex(columns=columns["to_state"].tolist())
    rows = []
    for state, of in city.groupby("from_state", sort=False):
        values: list[Value] = [float(v) if is_known(v) else None for v in area.loc[str(state)].to_numpy()]
        title = Term(str(of["from_zh"].iloc[0]), str(of["from_en"].iloc[0]))
        rows.append(Row((title, *values, float(of["area_m2"].sum()))))
    sums = area.sum()
    rows.append(Row((Term("合计", "all"), *map(float, sums), float(sums.sum())), is_total=True))
    fields.append(field("sum", "mu", "合计", "sum"))
    return Table(tuple(fields), tuple(rows), Term("全部园区状态转移", "All zones, state to state"))


SECTION = Section(Term("平衡表转移矩阵", "Transition matrix"), 10, build)
