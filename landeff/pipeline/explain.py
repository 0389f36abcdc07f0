"""One parcel in words: every number with its source, every verdict with its conditions."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from landeff.core.columns import COLUMNS, title
from landeff.core.dataset import Dataset
from landeff.core.errors import ConfigError
from landeff.core.explanation import Explanation, told
from landeff.core.landuse import CLASSES
from landeff.core.text import GLOSSARY, Lang, Term
from landeff.core.units import M2_PER_MU, WAN
from landeff.pipeline.effects_told import effects_block
from landeff.pipeline.explain_blocks import block_line
from landeff.pipeline.explain_corrections import Marks, corrections_lines, mark_of, marks, money_cell
from landeff.pipeline.explain_hot_spots import hot_spot_lines
from landeff.pipeline.explain_scores import scores_block
from landeff.pipeline.explain_supply import supply_lines
from landeff.pipeline.verdicts import explanations
from landeff.publish.dossier.model import Block, Line, lines_of, text_of
from landeff.publish.fields import unit_of
from landeff.publish.terms import term
from landeff.standards.balance import states

_LAND = (
    "holder",
    "holder_code",
    "location",
    "land_use",
    "land_use_class",
    "zone_name",
    "sub_zone_id",
    "district_name",
)
_AREAS = (
    "registered_area_m2",
    "contract_area_m2",
    "area_m2",
    "registered_difference_m2",
    "contract_difference_m2",
    "basis_area_m2",
    "area_basis",
)
_CLOCK = (
    "supply_id",
    "contract_no",
    "supplied_area_m2",
    "supplied_on",
    "agreed_start_on",
    "handover_on",
    "actual_start_on",
    "is_started",
    "start_checked_on",
    "start_due_on",
    "idle_from_on",
    "recovery_from_on",
    "price_cny",
    *("days_to_next_limit", "suspended_since_on", "delay_cause"),
    *("idle_consequence", "idle_fee_estimate_cny"),
)

_DENSITIES = (
    ("building_coverage_ratio", "building_footprint_m2"),
    ("far_ratio", "far_floor_area_m2"),
)

#: So many rows behind one amount are named.
_PLACES = 12
_MU = Term("亩", "mu")


def explain(dataset: Dataset, parcel_id: str, lang: Lang) -> str:
    """The dossier (一宗一档) of a parcel as text.

    Raises:
        ConfigError: there is no such parcel; the nearest code is named.
    """
    parcels = dataset.frame("parcels")
    rows = parcels[parcels["parcel_id"] == parcel_id]
    if rows.empty:
        raise no_parcel(parcel_id, parcels["parcel_id"].tolist())
    row = rows.iloc[0]
    return text_of(told_blocks(dataset, row, lang, explanations(dataset, parcel_id)), lang)


def no_parcel(parcel_id: str, known: list[str]) -> ConfigError:
    """The error of a code that no parcel has, with the nearest that one has."""
    near = difflib.get_close_matches(parcel_id, known, n=1)
    return ConfigError(
        f"there is no parcel {parcel_id} in the result{f'; the nearest is {near[0]}' if near else ''}.",
        "check the code; rows set aside are listed in the workbook and in `landeff check`",
    )


def told_blocks(
    dataset: Dataset, row: pd.Series, lang: Lang, why: Iterable[Explanation]
) -> tuple[Block, ...]:
    """What is known of a parcel, in words: the terminal and the printed dossier tell the same.

    Args:
        row: of ``parcels``. why: what each rule says of it.
    """
    parcel_id = str(row["parcel_id"])
    notes = marks(dataset, lang)
    supply: list[Line | str] = [
        *_facts(row, _CLOCK, "supply_", lang, notes),
        *supply_lines(dataset, parcel_id, lang),
    ]
    areas: list[Line | str] = [*_facts(row, _AREAS, "", lang, notes), *_overlaps(dataset, parcel_id, lang)]
    areas += block_line(dataset, parcel_id, lang)
    money: list[Line | str] = [*_money(dataset, row, lang, notes), *hot_spot_lines(dataset, parcel_id, lang)]
    blocks: list[tuple[str, Term, Iterable[Line | str]]] = [
        ("identity", Term(f"宗地 {parcel_id}", f"Parcel {parcel_id}"), _facts(row, _LAND, "", lang, notes)),
        ("areas", Term("面积", "Area"), areas),
        ("overlays", Term("建筑与规划", "Buildings and plans"), _overlays(dataset, row, lang)),
        ("rasters", Term("栅格证据", "Raster evidence"), _rasters(dataset, parcel_id, lang)),
        ("supply", Term("供地与动工", "Supply and start"), supply),
        ("money", Term("税收与产出", "Money"), money),
        ("findings", Term("判定", "Findings"), _findings(row, why, lang, notes)),
        *(("scores", head, lines) for head, lines in scores_block(dataset, parcel_id, lang)),
        *(("effects", head, lines) for head, lines in effects_block(dataset, row, lang)),
        ("corrections", Term("更正与核对", "Corrections"), corrections_lines(dataset, parcel_id, lang)),
    ]
    return tuple(Block(key, head, lines_of(lines)) for key, head, lines in blocks)


def _facts(row: pd.Series, columns: tuple[str, ...], source: str, lang: Lang, notes: Marks) -> Iterator[Line]:
    file, line = row.get(f"{source}source_file"), row.get(f"{source}source_row")
    for name in columns:
        if name in row.index and not pd.isna(row[name]):
            note = mark_of(notes, file, line, name)
            yield Line(f"{_shown(name, row[name], lang)}{note}", title(name).text(lang))
    if file is not None and not pd.isna(file):
        yield Line(f"{file} #{line}", Term("来源", "source").text(lang))


def _shown(name: str, value: object, lang: Lang) -> str:
    if name.endswith("_m2") and isinstance(value, float):
        return f"{value:,.2f} m² = {value / M2_PER_MU:,.4f} {_MU.text(lang)}"
    if name.endswith("_cny") and isinstance(value, float):
        return Term(
            f"{value:,.2f} 元 = {value / WAN:,.4f} 万元", f"{value:,.2f} CNY = {value / WAN:,.4f} × 10k CNY"
        ).text(lang)
    if name in COLUMNS and COLUMNS[name].kind == "date":
        return f"{value:%Y-%m-%d}"
    coded = _coded(name, value)
    return coded.text(lang) if coded else str(value)


def _coded(name: str, value: object) -> Term | None:
    """A code or a yes in words; ``None`` for what is written as it is."""
    if name in COLUMNS and COLUMNS[name].kind == "boolean":
        return Term("是", "yes") if value else Term("否", "no")
    if name == "land_use_class":
        return CLASSES.get(str(value))
    return term("area", value) if name == "area_basis" else None


def _rows(dataset: Dataset, table: str, parcel_id: str) -> Iterable[Any]:
    """Rows of a table about a parcel as named tuples; none where the run has no such table."""
    frame = dataset.frame(table)
    return () if frame.empty else frame[frame["parcel_id"] == parcel_id].itertuples()


def _overlaps(dataset: Dataset, parcel_id: str, lang: Lang) -> Iterator[str]:
    names = dataset.frame("zones").set_index("zone_id")["name"]
    for part in _rows(dataset, "parcel_zone", parcel_id):
        where = f"{names.get(part.zone_id, '')} ({part.zone_id})"
        yield f"{GLOSSARY['zone'].text(lang)} {where}: {part.area_m2:,.2f} m², {part.share_ratio:.4%}"


def _overlays(dataset: Dataset, row: pd.Series, lang: Lang) -> Iterator[str]:
    """Coverage and FAR as they were computed, and the plans and batches that the parcel lies in."""
    for name, part in _DENSITIES:
        if name in row.index and pd.notna(row[name]):
            told = f"{title(part).text(lang)} {row[part]:,.2f} ÷ {row['area_m2']:,.2f} m²"
            yield f"{title(name).text(lang)}: {told} = {row[name]:.4f}"
        elif name == "far_ratio" and pd.notna(row.get("known_far_ratio")):
            unknown = Term("未知（层数或层高不详）", "unknown (storeys or their height)").text(lang)
            known = f"{title('known_far_ratio').text(lang)} {row['known_far_ratio']:.4f}"
            yield f"{title(name).text(lang)}: {unknown}; {known}"
    long = (("parcel_plan", "plan_id", "plan_kind"), ("parcel_approval", "approval_id", ""))
    for table, key, label in long:
        parts = dataset.frame(table)
        here = parts[parts["parcel_id"] == row["parcel_id"]] if len(parts) else parts
        for over in here.to_dict("records"):
            what = f"{over[label]} ({over[key]})" if label else f"{title(key).text(lang)} {over[key]}"
            yield f"{what}: {over['area_m2']:,.2f} m², {over['share_ratio']:.4%}"


def _rasters(dataset: Dataset, parcel_id: str, lang: Lang) -> Iterator[str]:
    """One line a figure: value, share of the parcel with data, cells, date, file and method."""
    rows = dataset.frame("parcel_raster")
    if rows.empty:
        return
    for row in rows[rows["parcel_id"] == parcel_id].to_dict("records"):
        code = row["class"] if pd.isna(row["class_name"]) else row["class_name"]
        what = " ".join(str(part) for part in (row["statistic"], code) if not pd.isna(part))
        value = "?" if pd.isna(row["value"]) else f"{row['value']:,.6g} {row['unit']}".strip()
        known = Term("有数据", "data on").text(lang) + f" {row['covered_ratio']:.1%}"
        cells = f"{row['cells']:,.2f} " + Term("个像元", "cells").text(lang)
        undated, day = Term("日期不详", "no date").text(lang), row["observed_on"]
        told = [known, cells, undated if pd.isna(day) else f"{day:%Y-%m-%d}"]
        source = f"{row['source_file']} ({row['method']})"
        yield f"{row['raster']} ({what}): {value} [{', '.join(told)}] ← {source}"


def _money(dataset: Dataset, row: pd.Series, lang: Lang, notes: Marks) -> Iterator[str]:
    for part in _rows(dataset, "contributions", str(row["parcel_id"])):
        who = "" if pd.isna(part.enterprise_id) else f" {part.enterprise_id}"
        whole = part.value / part.share_ratio if part.share_ratio else 0.0
        product = f"{whole:,.2f} × {part.share_ratio:.4%} = " if part.share_ratio != 1 else ""
        source = " + ".join(_rows_of(dataset, part))
        cell = money_cell(getattr(part, "source_item", part.item), part.year)
        note = mark_of(notes, part.source_file, part.source_row, cell)
        what = term("item", part.item).text(lang)
        yield f"{part.year} {what}{who}: {product}{part.value:,.2f} ← {source}{note}"
    per_mu = row.get("tax_cny_per_mu")
    if per_mu is None or pd.isna(per_mu):
        yield Term(
            "亩均税收未知：没有税收记录到达此宗地", "tax per mu unknown: no tax row reaches this parcel"
        ).text(lang)
    else:
        yield (
            f"{GLOSSARY['tax_per_mu'].text(lang)} {dataset.meta.year}: {row['tax_cny']:,.2f} ÷ "
            f"{row['basis_area_m2'] / M2_PER_MU:,.4f} {_MU.text(lang)} = {per_mu:,.2f} "
            f"{unit_of('yuan', lang, dataset.meta.currency)}/{_MU.text(lang)}"
        )


def _rows_of(dataset: Dataset, part: Any) -> list[str]:
    """Where an amount stands: its row, or the rows that ``duplicates = "sum"`` added up."""
    summed = dataset.tables.get("summed", pd.DataFrame(columns=["into_file", "into_row", "item", "year"]))
    is_part = (summed["into_file"] == part.source_file) & (summed["into_row"] == part.source_row)
    rows = summed[is_part & (summed["item"] == part.item) & (summed["year"] == part.year)]
    if rows.empty:
        return [f"{part.source_file} #{part.source_row}"]
    places = [f"{file} #{row}" for file, row in zip(rows["source_file"], rows["source_row"], strict=True)]
    return places if len(places) <= _PLACES else [*places[:_PLACES], "…"]


def _findings(row: pd.Series, why: Iterable[Explanation], lang: Lang, notes: Marks) -> Iterator[Line]:
    """What each rule says, with its conditions; beside each value how it was corrected."""
    for each in why:
        for depth, text in told(each, lang, note=lambda *cell: mark_of(notes, *cell)):
            yield Line(text, depth=depth)
    yield Line(states()[row["state"]].text(lang), title("state").text(lang))
