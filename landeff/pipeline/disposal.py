"""Disposal of land: ways proposed, the ledger of disposals counted, the campaign of each district."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from landeff.analysis.disposed import campaign, counted
from landeff.link.ledger import Entry
from landeff.pipeline.config import Config
from landeff.pipeline.disposal_issues import disposal_issues
from landeff.pipeline.disposal_words import categories, codes
from landeff.pipeline.judge import Judged
from landeff.pipeline.land import Land
from landeff.pipeline.load import Inputs
from landeff.pipeline.lookup import column_or_missing, look_up
from landeff.pipeline.money import source_names
from landeff.standards.disposal import Scheme, load_disposal
from landeff.standards.proposals import proposals, ways_table

MEASURE = "disposed_area"
_UNSUPPLIED = "approved_unsupplied"
_PIECE = r"-\d{2,}$"  # of a code of an unsupplied piece, behind the number of its batch
_COLUMNS = {
    **dict.fromkeys(("source_file", "parcel_id", "approval_id", "category", "way"), "str"),
    **dict.fromkeys(("title_zh", "title_en"), "str"),
    **dict.fromkeys(("status", "entry", "district_code", "responsible_unit", "leader"), "str"),
    **dict.fromkeys(("voucher", "document", "progress", "note"), "str"),
    **dict.fromkeys(("disposed_on", "deadline_on"), "datetime64[s]"),
    **dict.fromkeys(("disposed_area_m2", "counted_m2", "over_m2", "whole_m2"), "float64"),
    "source_row": "Int64",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Disposal:
    """The tables ``disposal_ways``, ``proposals``, ``disposals``, ``campaign``, and lines of the ledger."""

    tables: dict[str, pd.DataFrame]
    entries: tuple[Entry, ...]


def disposal(
    inputs: Inputs,
    land: Land,
    judged: Judged,
    remainders: pd.DataFrame,
    inventory: pd.DataFrame,
    config: Config,
) -> Disposal:
    """Ways proposed and land disposed of; what is doubtful about the records is told.

    Raises:
        ConfigError: the file of ways that the project names is not one.
    """
    scheme = load_disposal(config.disposal)
    parcels = pd.DataFrame(judged.parcels.drop(columns="geometry"))
    rest = pd.DataFrame(remainders.drop(columns="geometry", errors="ignore"))
    records = _records(inputs, land, parcels, rest, scheme, config)
    inputs.issues += disposal_issues(records, scheme)
    held = _by_correction(judged, parcels, records)
    columns = ["district_code", "category", "land", "counted_m2", "disposed_on"]
    done = pd.concat([records.loc[records["entry"] == "disposed", columns], held[columns]])
    names = _district_names(parcels, rest, inputs)
    done = done.assign(district_name=look_up(done["district_code"], names))
    targets = _targets(inputs, scheme, names, config)
    is_kept = "disposals" in inputs.tables
    tables = {
        "proposals": proposals(parcels, rest, _open_facts(judged), scheme, config.as_of),
        "disposal_ways": ways_table(scheme),
        "disposals": records.reindex(columns=list(_COLUMNS)).astype(_COLUMNS),
        "campaign": campaign(inventory.drop(columns="target_m2"), targets, done, is_kept=is_kept),
    }
    return Disposal(tables, tuple(_entries(inputs, records, held, config)))


def _records(
    inputs: Inputs, land: Land, parcels: pd.DataFrame, rest: pd.DataFrame, scheme: Scheme, config: Config
) -> pd.DataFrame:
    """Records with the land they are of, their codes, and what of each counts; sorted by their place."""
    table = inputs.table("disposals")
    rows = table.assign(**{name: column_or_missing(table, name, kind) for name, kind in _COLUMNS.items()})
    written = {f"{name}_word": rows[name] for name in ("category", "way", "status")}
    rows = rows.assign(**written)
    rows["way"] = codes(rows["way_word"], scheme.words_of("ways"))
    rows["status"] = codes(rows["status_word"], scheme.words_of("statuses"))
    stated = codes(rows["category_word"], categories(scheme))
    batches = _batches(inputs, land)
    code = rows["parcel_id"].str.strip()
    is_parcel = code.isin(parcels["parcel_id"])
    piece = code.where(code.isin(batches.index), code.str.replace(_PIECE, "", regex=True))
    batch = rows["approval_id"].str.strip().fillna(piece.where(~is_parcel))
    batch = batch.where(batch.isin(batches.index))
    of_batch = batch.notna() & (~is_parcel | (stated == _UNSUPPLIED))
    facts = parcels.set_index("parcel_id")
    rows["parcel_id"] = rows["parcel_id"].where(~is_parcel, code)
    rows["approval_id"] = batch.fillna(rows["approval_id"])
    rows["land"] = ("batch|" + batch).where(of_batch, ("parcel|" + code).where(is_parcel)).astype("str")
    area = look_up(batch, batches).where(of_batch, look_up(code, facts["basis_area_m2"]))
    rows["whole_m2"] = area.astype("float64")
    district = look_up(batch, _batch_districts(parcels, rest)).where(
        of_batch, look_up(code, facts["district_code"])
    )
    rows["district_code"] = district.astype("str").fillna(rows["district_code"].astype("str"))
    now = look_up(code, facts["inventory_class"]).where(~of_batch, _UNSUPPLIED)
    rows["category"] = _category(rows, stated, now, scheme)
    known = rows.dropna(subset="land").drop_duplicates("land").set_index("land")["whole_m2"]
    made = counted(rows, {str(name): area for name, area in known.items()}, config.as_of)
    rows = rows.assign(**{str(name): made[name] for name in made})
    titles = {way.id: way.title for way in scheme.ways}
    for lang in ("zh", "en"):
        title = rows["way"].map({name: getattr(each, lang) for name, each in titles.items()})
        rows[f"title_{lang}"] = title.astype("str").fillna(rows["way_word"].astype("str"))
    return rows.sort_values(["source_file", "source_row"], kind="stable", ignore_index=True)


def _category(rows: pd.DataFrame, stated: pd.Series, now: pd.Series, scheme: Scheme) -> pd.Series:
    """Inventory class that a record is of: as stated, else that of the land, else by its way.

    A list has several classes: that of the land where it is one of them, else the first.
    """
    classes = {name: each.classes for name, each in scheme.lists.items()}
    listed = pd.Series(
        [
            here if here in classes.get(word, ()) else (*classes.get(word, ()), word)[0]
            for word, here in zip(stated, now, strict=True)
        ],
        index=rows.index,
        dtype="object",
    )
    by_way = rows["way"].map({way.id: scheme.lists[way.list].classes[0] for way in scheme.ways})
    blank = rows["category_word"].isna()
    found = listed.where(~blank, now.where(now != "none").astype("object").fillna(by_way))
    return found.astype("str")


def _batches(inputs: Inputs, land: Land) -> pd.Series:
    """Area of each batch: as drawn or as registered, the larger."""
    table = inputs.table("approvals").drop_duplicates("approval_id").set_index("approval_id")
    stated = column_or_missing(table, "approved_area_m2", "float64").astype("float64")
    if land.approvals is None:
        return stated
    drawn = pd.Series(
        land.scale.area_m2(land.approvals.geometry.to_numpy()), index=land.approvals["approval_id"]
    )
    drawn = drawn.groupby(level=0).sum().reindex(stated.index)
    return pd.Series(np.fmax(stated, drawn), index=stated.index)


def _batch_districts(parcels: pd.DataFrame, rest: pd.DataFrame) -> pd.Series:
    """District of each batch: where most of its unsupplied land lies, else most of its parcels."""
    found = []
    for frame, area in ((rest, "area_m2"), (parcels, "basis_area_m2")):
        part = frame.reindex(columns=["approval_id", "district_code", area]).dropna(
            subset=["approval_id", "district_code"]
        )
        sums = part.groupby(["approval_id", "district_code"])[area].sum().reset_index()
        sums = sums.sort_values(["approval_id", area, "district_code"], ascending=[True, False, True])
        found.append(sums)
    both = pd.concat(found).drop_duplicates("approval_id")
    district: pd.Series = both.set_index("approval_id")["district_code"]
    return district


def _by_correction(judged: Judged, parcels: pd.DataFrame, records: pd.DataFrame) -> pd.DataFrame:
    """Parcels whose finding a correction moved to *disposed*: what of their land no record counts yet."""
    category = {rule.id: rule.category for rule in judged.rules.rules.values()}
    findings = judged.findings
    moved = findings[(findings["verdict"] == "hit") & (findings["stage"] == "disposed")]
    moved = moved.assign(category=moved["rule_id"].map(category).astype("str"))
    classes = set(judged.parcels["inventory_class"]) - {"none"}
    moved = moved[moved["category"].isin(classes)].sort_values(["parcel_id", "rule_id"])
    facts = parcels.set_index("parcel_id")
    now = look_up(moved["parcel_id"], facts["inventory_class"])
    moved = moved.assign(other=(moved["category"] != now)).sort_values(["parcel_id", "other", "rule_id"])
    moved = moved.drop_duplicates("parcel_id")
    key = "parcel|" + moved["parcel_id"].astype("str")
    counts = records.loc[records["entry"] == "disposed"].groupby("land")["counted_m2"].sum()
    whole = look_up(moved["parcel_id"], facts["basis_area_m2"]).astype("float64")
    extra = np.maximum(whole - look_up(key, counts).fillna(0.0), 0.0)
    return pd.DataFrame(
        {
            "district_code": look_up(moved["parcel_id"], facts["district_code"]),
            "category": moved["category"],
            "land": key,
            "counted_m2": extra,
            "disposed_on": pd.Series(pd.NaT, index=moved.index, dtype="datetime64[s]"),
        }
    )


def _targets(inputs: Inputs, scheme: Scheme, names: pd.Series, config: Config) -> pd.DataFrame:
    """One target a district and category: of the latest year begun, else of the first to come."""
    table = inputs.table("targets")
    kinds = {"district_code": "str", "place": "str", "item": "str", "year": "Int64", "value": "float64"}
    kinds["to_on"] = "datetime64[s]"
    rows = pd.DataFrame({name: column_or_missing(table, name, kind) for name, kind in kinds.items()})
    by_name = pd.Series(names.index, index=names.to_numpy()).groupby(level=0).first()
    rows["district_code"] = rows["district_code"].fillna(look_up(rows["place"], by_name).astype("str"))
    known = codes(rows["item"], categories(scheme))
    rows["category"] = known.fillna(rows["item"]).astype("str")
    ahead = rows["year"].astype("Float64") > config.as_of.year
    far = rows["year"].astype("Float64").where(ahead, -rows["year"].astype("Float64"))
    rows = rows.assign(ahead=ahead.fillna(False), far=far)
    rows = rows.sort_values(["ahead", "far", "place"], kind="stable").drop_duplicates(
        ["district_code", "category"]
    )
    rows = rows.rename(columns={"value": "target_m2", "year": "target_year", "to_on": "deadline_on"})
    return rows[["district_code", "category", "target_m2", "target_year", "deadline_on"]]


def _district_names(parcels: pd.DataFrame, rest: pd.DataFrame, inputs: Inputs) -> pd.Series:
    frames = [
        frame.reindex(columns=["district_code", "district_name"])
        for frame in (parcels, rest, inputs.table("zones"))
    ]
    named = pd.concat(frames).dropna().drop_duplicates("district_code")
    return named.set_index("district_code")["district_name"]


def _open_facts(judged: Judged) -> pd.Series:
    """Facts that the open idle-land verdict of each parcel lacks, joined by ``,``."""
    if "idle_rule_id" not in judged.parcels:
        return pd.Series(dtype="str")
    rules = judged.parcels[["parcel_id", "idle_rule_id"]].rename(columns={"idle_rule_id": "rule_id"})
    found = judged.findings.merge(pd.DataFrame(rules), on=["parcel_id", "rule_id"])
    found = found[found["verdict"] == "unknown"]
    return found.set_index("parcel_id")["missing"]


def _entries(inputs: Inputs, records: pd.DataFrame, held: pd.DataFrame, config: Config) -> Iterator[Entry]:
    """Where the disposed area of every record went."""
    if "disposals" not in inputs.tables and held.empty:
        return
    aside = inputs.aside("disposals")
    lost = column_or_missing(aside, "disposed_area_m2", "float64")
    area = records["disposed_area_m2"]
    source = source_names(config, "disposals")
    total = _sum(area) + _sum(lost)
    yield Entry(MEASURE, "total_in", "in", total, "m²", len(records) + len(aside), source=source)
    yield Entry(MEASURE, "by_correction", "adjust", _sum(held["counted_m2"]), "m²", len(held))
    is_counted = records["entry"] == "disposed"
    n = int(is_counted.sum()) + len(held)
    all_of_it = _sum(records.loc[is_counted, "counted_m2"]) + _sum(held["counted_m2"])
    yield Entry(MEASURE, "disposed", "out", all_of_it, "m²", n)
    over = records["over_m2"]
    yield Entry(MEASURE, "over_land", "out", _sum(over), "m²", int((over > 0).sum()))
    for entry, rows in records[~is_counted].groupby("entry", sort=True):
        yield Entry(MEASURE, str(entry), "out", _sum(rows["disposed_area_m2"]), "m²", len(rows))
    for reason, rows in aside.groupby("reason", sort=True):
        yield Entry(
            MEASURE,
            str(reason),
            "out",
            _sum(column_or_missing(rows, "disposed_area_m2", "float64")),
            "m²",
            len(rows),
        )


def _sum(values: pd.Series) -> float:
    return math.fsum(values.astype("float64").dropna().tolist())
