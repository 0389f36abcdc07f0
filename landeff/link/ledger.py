"""The conservation ledger (收支核对表): what came in equals what went out, entry by entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

import numpy as np
import pandas as pd

from landeff.core.errors import ConservationError
from landeff.core.text import Term
from landeff.link.allocation import REASONS

Role = Literal["in", "adjust", "out"]

ENTRIES: dict[str, Term] = {
    "total_in": Term("来源合计", "total of the sources"),
    "set_to_zero": Term("负值置零", "negative set to zero"),
    "corrected": Term("更正增减", "changed by corrections"),
    "repaired": Term("图形修复增减", "changed by repair"),
    "in_zones": Term("园区内宗地", "on parcels in zones"),
    "outside_zones": Term("园区外宗地", "on parcels outside zones"),
    "on_parcels": Term("宗地内", "on parcels"),
    "off_parcels": Term("宗地外", "off parcels"),
    "counted_once": Term("重叠只计一次", "overlap counted once"),
    "duplicate_row": Term("重复行搁置", "duplicate row set aside"),
    "duplicate_key": Term("重号搁置", "duplicate key set aside"),
    "impossible_value": Term("数值异常搁置", "impossible value set aside"),
    "missing_key": Term("缺主键搁置", "row without key set aside"),
    "code_rounded_by_excel": Term("代码被表格软件取整", "code rounded by the spreadsheet"),
    "missing_required": Term("缺必填项搁置", "required cell empty, set aside"),
    "not_a_number": Term("非数字搁置", "not a number, set aside"),
    "item_not_mapped": Term("税种未对应搁置", "item not mapped, set aside"),
    "error_in_cell": Term("单元格公式错误搁置", "error in a cell, set aside"),
    "formula_without_value": Term("公式未计算搁置", "formula never calculated, set aside"),
    "unit_unknown": Term("单位不明搁置", "unit unknown, set aside"),
    "bad_geometry": Term("图形无法使用", "geometry cannot be used"),
    "dissolved": Term("同号图形合并", "polygons of one key united"),
    "by_supply_id": Term("宗地上：电子监管号", "on parcels, by supply number"),
    "by_contract_no": Term("宗地上：合同编号", "on parcels, by contract number"),
    "by_parcel_id": Term("宗地上：宗地代码", "on parcels, by parcel code"),
    "by_holder_area_location": Term("宗地上：权利人、面积、坐落", "on parcels, by holder, area, location"),
    "by_geometry": Term("宗地上：图形", "on parcels, by geometry"),
    "by_review": Term("宗地上：人工认定", "on parcels, by a person's decision"),
    "land_queued": Term("宗地待人工核对", "parcel for a person to say"),
    "no_parcel": Term("无对应宗地", "no parcel in the layer"),
    "by_correction": Term("更正认定已处置", "held disposed by corrections"),
    "disposed": Term("计入已处置", "counted as disposed of"),
    "disposed_twice": Term("重复登记只计一次", "listed twice, counted once"),
    "over_land": Term("超出地块面积", "beyond the area of the land"),
    "not_disposed": Term("尚未处置", "not disposed of yet"),
    "no_category": Term("类别不明", "category not known"),
    "balance": Term("平衡表各状态合计", "states of the balance sheet"),
    "with_enterprise": Term("有企业使用", "used by an enterprise"),
    "without_enterprise": Term("无对应企业", "no enterprise known"),
    **REASONS,
}
_ORDER = {name: position for position, name in enumerate(ENTRIES)}
_ROUNDING = 1e-12  # of the amounts added up
COLUMNS = ["measure", "year", "entry", "role", "title_zh", "title_en", "value", "unit", "n_rows", "source"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: ``value`` of ``measure`` in ``year`` that came in, changed, or went out as ``entry``."""

    measure: str
    entry: str
    role: Role
    value: float
    unit: str
    n_rows: int = 0
    year: int | None = None
    source: str = ""


def ledger_frame(entries: Sequence[Entry]) -> pd.DataFrame:
    """Lines as a table: per measure and year first what came in, then adjustments, then where it went."""
    frame = pd.DataFrame([asdict(entry) for entry in entries], columns=list(COLUMNS))
    titles = frame["entry"].map(ENTRIES)
    frame["title_zh"] = [term.zh for term in titles]
    frame["title_en"] = [term.en for term in titles]
    frame = frame.astype({"year": "Int64", "n_rows": "int64", "value": "float64"})
    order = pd.DataFrame(
        {
            "measure": frame["measure"],
            "year": frame["year"],
            "role": frame["role"].map({"in": 0, "adjust": 1, "out": 2}),
            "entry": frame["entry"].map(_ORDER),
        }
    )
    return frame.loc[order.sort_values(list(order.columns), kind="stable").index].reset_index(drop=True)


def check_balance(ledger: pd.DataFrame, tolerance: float = 0.005) -> None:
    """Stop where a measure does not balance: Σ in + Σ adjust must equal Σ out.

    Args:
        ledger: as made by :func:`ledger_frame`.
        tolerance: half a cent, or half a hundredth of a square metre.

    Raises:
        ConservationError: a difference; that is a bug of landeff, not of the data.
    """
    signed = ledger["value"].where(ledger["role"] != "out", -ledger["value"])
    by = [ledger["measure"], ledger["year"].fillna(0)]
    difference = signed.groupby(by).sum(skipna=False)
    allowed = np.maximum(tolerance, _ROUNDING * ledger["value"].abs().groupby(by).sum(skipna=False))
    wrong = difference[~(difference.abs() <= allowed)]  # an unknown difference is not a balance
    if len(wrong):
        raise ConservationError(f"the ledger does not balance:\n{wrong.to_string()}")


def matched_share(ledger: pd.DataFrame, measure: str) -> float | None:
    """Share of the money of ``measure`` that reached a parcel, over the years of the run.

    Money of other years does not count; ``None`` where there is no money.
    """
    lines = ledger[ledger["measure"] == measure]
    out = lines[(lines["role"] == "out") & (lines["entry"] != "other_year")]
    total = out["value"].sum()
    on_land = out.loc[out["entry"].isin(["in_zones", "outside_zones"]), "value"].sum()
    return None if total == 0 else float(min(on_land / total, 1.0))
