"""Plots of the map: parcels, and the pieces of approved land that no parcel covers."""

from __future__ import annotations

import dataclasses

import geopandas as gpd
import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.blocks.columns import BLOCK_ID, block_of_plots
from landeff.publish.fields import Field, field
from landeff.publish.flagged import district_names, open_findings

IDENTITY = Term("基本信息", "identity")
LAND = Term("土地", "land")
MONEY = Term("效益", "money")
DATES = Term("期限", "dates")
RASTER = Term("栅格证据", "raster evidence")

#: Enterprises of which only the code is known.
_ONLY_CODES = "[0-9A-Z]{15,18}(?:、[0-9A-Z]{15,18})*"
#: What the dossier tells, in its order.
FIELDS = (
    field("parcel_id", "code", group=IDENTITY),
    field("plot_kind", "text", "类型", "kind", IDENTITY),
    field("holder", "text", group=IDENTITY),
    field("holder_code", "code", group=IDENTITY),
    field("enterprise_names", "text", group=IDENTITY),
    field("enterprise_codes", "code", "在地企业代码", "codes of enterprises", IDENTITY),
    field("industry", "text", group=IDENTITY),
    field("location", "text", group=IDENTITY),
    field("zone_name", "text", group=IDENTITY),
    field("district_name", "text", group=IDENTITY),
    field("supply_id", "code", group=IDENTITY),
    field("contract_no", "code", group=IDENTITY),
    field("approval_id", "code", group=IDENTITY),
    field("basis_area_m2", "mu", group=LAND),
    field("area_basis", "text", "面积依据", "area basis", LAND),
    field("registered_area_m2", "mu", group=LAND),
    field("contract_area_m2", "mu", group=LAND),
    field("area_m2", "mu", group=LAND),
    field("zone_share_ratio", "percent", "园区内占比", "share inside zones", LAND),
    field("land_use", "text", group=LAND),
    field("far_ratio", "amount", group=LAND),
    field("building_coverage_ratio", "percent", group=LAND),
    field("state", "text", group=LAND),
    dataclasses.replace(BLOCK_ID, group=LAND),
    field("tax_cny", "wan", group=MONEY),
    field("tax_cny_per_mu", "wan_per_mu", group=MONEY),
    field("output_cny", "wan", group=MONEY),
    field("output_cny_per_mu", "wan_per_mu", group=MONEY),
    field("grade_latest", "text", group=MONEY),
    field("price_cny", "wan", group=MONEY),
    field("handover_on", "date", group=DATES),
    field("agreed_start_on", "date", group=DATES),
    field("start_due_on", "date", group=DATES),
    field("actual_start_on", "date", group=DATES),
    field("is_started", "yes_no", group=DATES),
    field("idle_from_on", "date", group=DATES),
    field("recovery_from_on", "date", group=DATES),
    field("approved_on", "date", group=DATES),
)
#: Columns that the page needs though the dossier does not show them.
HIDDEN = (
    field("shown_name", "text", "企业 / 权利人", "firm / holder"),
    field("zone_id", "code"),
    field("sub_zone_id", "code"),
    field("inventory_class", "text"),
    field("source_file", "text", "来源", "source"),
    field("source_row", "count"),
    field("supply_source_file", "text", "供地来源", "source of the supply record"),
    field("supply_source_row", "count"),
)
#: Columns that layers are made of, but that the page does not carry.
FOR_LAYERS = (
    "supply_linked_by",
    "is_supply_queued",
    "plan_永久基本农田_ratio",
    "plan_生态保护红线_ratio",
    "plan_城镇开发边界_ratio",
)
#: Money of which the page has each year.
YEARLY = ("tax_cny", "output_cny")


def plots_of(dataset: Dataset) -> gpd.GeoDataFrame:
    """All plots, sorted by code, in the project CRS.

    ``plot_kind`` is ``parcel`` or ``remainder``; a remainder has its own code as ``parcel_id`` and its
    ellipsoidal area as ``basis_area_m2``. ``shown_name`` is the enterprises, else the holder, else the batch;
    codes that stand for an unknown name are passed over. Money of former years is in ``tax_cny:2022`` …
    """
    parcels = dataset.layer("parcels").assign(plot_kind="parcel")
    parcels = _with_years(_with_enterprise_codes(parcels, dataset), dataset)
    plots = gpd.GeoDataFrame(
        pd.concat([parcels, _pieces(dataset)], ignore_index=True), geometry="geometry", crs=parcels.crs
    )
    is_parcel = plots["plot_kind"].eq("parcel")
    plots = plots.assign(block_id=block_of_plots(dataset, plots["parcel_id"], is_parcel))
    years = [name for name in plots.columns if name.partition(":")[0] in YEARLY and ":" in name]
    known = [each.name for each in (*FIELDS, *HIDDEN)]
    rasters = [each.name for each in raster_fields(plots)]
    wanted = [name for name in (*known, *rasters, *FOR_LAYERS, *years) if name in plots.columns]
    shown = pd.Series(pd.NA, index=plots.index, dtype="str")
    for name in ("enterprise_names", "holder", "approval_id"):
        if name in plots.columns:
            names = plots[name].astype("str")
            shown = shown.fillna(names.mask(names.str.fullmatch(_ONLY_CODES, na=False)))
    plots = plots[[*wanted, "geometry"]].assign(shown_name=shown)
    return plots.sort_values("parcel_id", kind="stable").reset_index(drop=True)


def raster_fields(plots: gpd.GeoDataFrame) -> tuple[Field, ...]:
    """Fields of the figures of rasters, ``raster_<name>``, by name."""
    found = [name for name in plots.columns if str(name).startswith("raster_")]
    numbers = [name for name in sorted(found) if pd.api.types.is_numeric_dtype(plots[name])]
    names = [name.removeprefix("raster_") for name in numbers]
    return tuple(
        field(name, "amount", f"栅格：{short}", f"raster: {short}", RASTER)
        for name, short in zip(numbers, names, strict=True)
    )


def _with_enterprise_codes(parcels: gpd.GeoDataFrame, dataset: Dataset) -> gpd.GeoDataFrame:
    """``enterprise_codes`` of the latest year, joined by 、 in their order."""
    shares = dataset.frame("shares")
    if not {"enterprise_id", "parcel_id", "year"} <= set(shares.columns):
        return parcels
    if "method" in shares.columns:  # of a group, only those that stand there themselves
        shares = shares[shares["method"] != "group"]
    latest = shares.loc[shares["year"] == dataset.meta.year, ["parcel_id", "enterprise_id"]].dropna()
    ordered = latest.drop_duplicates().sort_values(["parcel_id", "enterprise_id"])
    codes = ordered.groupby("parcel_id")["enterprise_id"].agg("、".join)
    return parcels.assign(enterprise_codes=parcels["parcel_id"].map(codes))


def _with_years(parcels: gpd.GeoDataFrame, dataset: Dataset) -> gpd.GeoDataFrame:
    """Money of former years, a column each."""
    table = dataset.frame("parcel_year")
    if not {"parcel_id", "year"} <= set(table.columns):
        return parcels
    made = {}
    for year in sorted(set(dataset.meta.years) - {dataset.meta.year}):
        of_year = table[table["year"] == year].set_index("parcel_id")
        for money in YEARLY:
            if money in of_year.columns and money in parcels.columns and of_year[money].notna().any():
                made[f"{money}:{year}"] = parcels["parcel_id"].map(of_year[money]).astype("float64")
    return parcels.assign(**made)


def _pieces(dataset: Dataset) -> gpd.GeoDataFrame:
    pieces = dataset.layer("remainders")
    if pieces.empty:
        return pieces
    columns = [
        "parcel_id",
        "approval_id",
        "zone_id",
        "zone_name",
        "area_m2",
        "approved_on",
        "inventory_class",
    ]
    known = pieces.rename(columns={"remainder_id": "parcel_id"})[[*columns, "geometry"]]
    districts = pieces["district_code"].map(district_names(dataset))
    return known.assign(plot_kind="remainder", basis_area_m2=pieces["area_m2"], district_name=districts)


def known_fields(plots: gpd.GeoDataFrame, fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Those of ``fields`` of which at least one plot has a value."""
    return tuple(each for each in fields if each.name in plots.columns and plots[each.name].notna().any())


def findings_of(dataset: Dataset) -> pd.DataFrame:
    """Findings that are not clear, hits before unknowns, sorted by parcel, verdict and rule."""
    columns = ["parcel_id", "rule_id", "verdict", "reason", "since_on", "missing", "basis", "stage", "advice"]
    evidence = dataset.frame("findings").reindex(columns=["evidence"])["evidence"]
    opened = open_findings(dataset)
    findings = opened.reindex(columns=columns).assign(evidence=evidence.reindex(opened.index))
    return findings.sort_values(["parcel_id", "verdict", "rule_id"], kind="stable").reset_index(drop=True)


def corrections_of(dataset: Dataset) -> pd.DataFrame:
    """Corrections, objections and checks of parcels and of the supply records tied to them, by ``parcel_id``.

    Columns: parcel_id, kind, status, column, old_value, new_value, document, signer, decided_on, why_zh,
    why_en.
    """
    shown = ["kind", "status", "column", "old_value", "new_value", "document", "signer", "decided_on"]
    columns = ["parcel_id", *shown, "why_zh", "why_en"]
    table, parcels = dataset.frame("corrections"), dataset.frame("parcels")
    if table.empty or not {"table", "key"} <= set(table.columns):
        return pd.DataFrame(columns=columns)
    of_parcels = table[table["key"].isin(parcels["parcel_id"])].assign(parcel_id=lambda t: t["key"])
    found = [of_parcels]
    if "supply_id" in parcels.columns:
        pairs = parcels[["parcel_id", "supply_id"]].dropna()
        found.append(table[table["table"] == "supply"].merge(pairs, left_on="key", right_on="supply_id"))
    both = pd.concat(found, ignore_index=True).reindex(columns=columns)
    return both.sort_values(["parcel_id", "column", "new_value"], kind="stable", ignore_index=True)
