"""The result tables that add up parcels: zones, inventory, remainders; and the ledger of areas."""

from __future__ import annotations

from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from landeff.core.errors import ConfigError
from landeff.core.issues import Issue
from landeff.indicators.run import with_indicators
from landeff.link.ledger import Entry
from landeff.measure.overlap import overlap_areas
from landeff.measure.topology import SLIVER_M
from landeff.pipeline.config import Config
from landeff.pipeline.judge import Judged
from landeff.pipeline.land import Land
from landeff.pipeline.load import Inputs
from landeff.pipeline.lookup import column_or_missing, look_up
from landeff.pipeline.money import Money, in_land_scope, scope_areas, source_names, top_level, zone_money
from landeff.standards.balance import remainder_state

MIN_REMAINDER_M2 = 200.0  # mapping minimum of construction land (TD/T 1055-2019)


def zone_years(land: Land, money: Money, config: Config) -> pd.DataFrame:
    """``zone_year``: money of every zone and year over the declared land scope.

    Raises:
        ConfigError: the data for the declared land scope are missing.
    """
    frames = []
    for year in config.years:
        taxed = money.parcel_year[money.parcel_year["year"] == year].dropna(subset=["tax_cny"])["parcel_id"]
        in_scope = in_land_scope(config.scopes, land, taxed)
        area = scope_areas(config.scopes, land, in_scope)
        if area.empty and year == max(config.years):
            raise ConfigError(
                f"[scopes] land = {config.scopes.land!r} cannot be computed for {year} from these sources.",
                "add the source it needs (survey for developed, land-use codes for industrial_supplied, "
                f"tax of {year} for matched), or declare another scope",
            )
        made = zone_money(money, land, in_scope)
        rows = pd.DataFrame({"zone_id": land.zones["zone_id"].sort_values().to_numpy(), "year": year})
        rows["scope_area_m2"] = look_up(rows["zone_id"], area)
        frames.append(rows.astype({"year": "Int64"}).merge(made, on=["zone_id", "year"], how="left"))
    table = pd.concat(frames, ignore_index=True)
    table = table.reindex(columns=list(dict.fromkeys([*table.columns, "tax_cny", "output_cny"])))
    table["name"] = look_up(table["zone_id"], land.zones.set_index("zone_id")["name"])
    table = with_indicators("zone", table, {})
    return table.sort_values(["zone_id", "year"], ignore_index=True)


def zones_table(land: Land, judged: Judged, by_year: pd.DataFrame, config: Config) -> gpd.GeoDataFrame:
    """``zones``: every zone with its latest figures and its rank among zones of the same depth."""
    latest = by_year[by_year["year"] == max(config.years)].drop(columns=["year", "name"])
    zones = land.zones.drop(columns=["source_file", "source_row"], errors="ignore")
    zones = zones.rename(columns={"developed_area_m2": "stated_developed_area_m2"})
    out = zones.merge(latest, on="zone_id", how="left", validate="1:1")
    out["developed_area_m2"] = out["zone_id"].map(land.developed_m2).astype("float64")
    parts = land.parcel_zone.merge(judged.parcels[["parcel_id", "basis_area_m2", "tax_cny"]], on="parcel_id")
    parts["basis_area_m2"] *= parts["share_ratio"]
    by_zone = parts.groupby("zone_id")
    out["n_parcels"] = out["zone_id"].map(by_zone["parcel_id"].nunique()).fillna(0).astype("Int64")
    out["parcels_area_m2"] = out["zone_id"].map(by_zone["basis_area_m2"].sum()).fillna(0.0)
    in_scope = look_up(parts["parcel_id"], in_land_scope(config.scopes, land, []))
    unknown = parts[parts["tax_cny"].isna() & in_scope].groupby("zone_id")["basis_area_m2"].sum()
    out["tax_unknown_area_m2"] = out["zone_id"].map(unknown).fillna(0.0)
    out["is_sub_park"] = pd.array(~out["zone_id"].isin(top_level(out)["zone_id"]), dtype="boolean")
    rank = out.groupby("depth")["tax_cny_per_mu"].rank(method="min", ascending=False)
    return out.assign(rank=rank.astype("Int64")).sort_values("zone_id", ignore_index=True)


def gap_states(land: Land, inputs: Inputs) -> gpd.GeoDataFrame:
    """``land.gaps`` with the state of each piece and the rule behind it."""
    approved = land.gaps["approval_id"].notna().astype("boolean")
    if "approvals" not in inputs.tables or len(inputs.aside("approvals")):
        approved = approved.where(approved, pd.NA)  # what no usable approval covers may still be approved
    made = remainder_state(land.gaps.drop(columns="geometry").assign(is_approved=approved))
    return land.gaps.assign(state=made["state"], rule_id=made["rule_id"])


def remainders_table(land: Land, inputs: Inputs, gaps: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """``remainders``: pieces of approved land in top-level zones that no parcel covers, slivers left out."""
    is_top = gaps["zone_id"].isin(top_level(land.zones)["zone_id"])
    gaps = gaps[is_top & (gaps["state"] == "approved_unsupplied")]
    whole = gaps[["zone_id", "approval_id", "geometry"]].dissolve(by=["approval_id", "zone_id"], sort=True)
    parts = whole.explode().reset_index()
    area = land.scale.area_m2(parts.geometry.to_numpy())
    plane = shapely.area(parts.geometry.to_numpy())
    width = 2 * np.sqrt(plane * area) / np.maximum(shapely.length(parts.geometry.to_numpy()), 1e-9)
    listed = (area >= MIN_REMAINDER_M2) & (width >= SLIVER_M)
    _tell_slivers(area[~listed], inputs)
    parts = parts.assign(area_m2=area)[listed]
    centre = parts.geometry.representative_point()
    parts = parts.assign(x=centre.x, y=centre.y)
    parts = parts.sort_values(["approval_id", "zone_id", "x", "y"], ignore_index=True)
    number = parts.groupby("approval_id").cumcount() + 1
    parts["remainder_id"] = parts["approval_id"].astype("str") + "-" + number.astype("str").str.zfill(2)
    zones = land.zones.set_index("zone_id")
    for name in ("name", "district_code", "district_name"):
        values = look_up(parts["zone_id"], column_or_missing(zones, name))
        parts["zone_name" if name == "name" else name] = values
    approvals = inputs.table("approvals").set_index("approval_id")
    approved_on = column_or_missing(approvals, "approved_on", "datetime64[s]")
    parts["approved_on"] = look_up(parts["approval_id"], approved_on)
    parts["land_class_code"] = _largest_class(parts, gaps, land)
    parts["inventory_class"] = "approved_unsupplied"
    return parts.drop(columns=["x", "y"])


def _tell_slivers(area: npt.NDArray[np.float64], inputs: Inputs) -> None:
    """Approved land that is too little to supply is not listed; the balance keeps it."""
    if len(area):
        decision = (
            f"{area.sum():.2f} m² of approved land in pieces below {MIN_REMAINDER_M2:.0f} m² "
            f"or narrower than {SLIVER_M} m: not listed as unsupplied, kept in the balance"
        )
        fix = "see whether parcels and approvals follow the same border"
        inputs.issues.append(Issue("info", "remainder_sliver", "approvals", decision, n=len(area), fix=fix))


def _largest_class(parts: gpd.GeoDataFrame, gaps: gpd.GeoDataFrame, land: Land) -> pd.Series:
    """Survey code that covers most of each part."""
    pairs = overlap_areas(parts.geometry.to_numpy(), gaps.geometry.to_numpy(), land.scale)
    pairs["code"] = gaps["land_class_code"].to_numpy()[pairs["right"]]
    sums = pairs.groupby(["left", "code"])["area_m2"].sum().reset_index()
    largest = sums.sort_values(["left", "area_m2", "code"], ascending=[True, False, True])
    code: pd.Series = largest.drop_duplicates("left").set_index("left")["code"]
    return code.reindex(parts.index).astype("str")


def inventory_table(judged: Judged, remainders: pd.DataFrame, inputs: Inputs) -> pd.DataFrame:
    """``inventory``: parcels and area by district and category, beside the district's target."""
    listed = judged.parcels[judged.parcels["inventory_class"] != "none"]
    columns = ["district_code", "district_name", "inventory_class"]
    rows = pd.concat(
        [
            listed[[*columns, "basis_area_m2"]].rename(columns={"basis_area_m2": "area_m2"}),
            remainders.reindex(columns=[*columns, "area_m2"]),
        ]
    )
    rows = rows.rename(columns={"inventory_class": "category"})
    by = ["district_code", "category"]
    table: pd.DataFrame = rows.groupby(by, as_index=False, dropna=False).agg(
        district_name=("district_name", "first"), n=("area_m2", "size"), area_m2=("area_m2", "sum")
    )
    targets = inputs.table("targets")
    wanted = targets.reindex(columns=["district_code", "item", "value"]).groupby(["district_code", "item"])[
        "value"
    ]
    goal = pd.MultiIndex.from_frame(table[by])
    table["target_m2"] = wanted.last().reindex(goal).to_numpy()
    return table.sort_values(by, ignore_index=True)


def area_entries(inputs: Inputs, land: Land, balance: pd.DataFrame, config: Config) -> Iterator[Entry]:
    """Ledger lines of land: parcels and buildings by where they ended, zones by the states of the balance."""
    top = land.parcel_pieces["zone_id"].isin(top_level(land.zones)["zone_id"])
    in_zones = land.parcel_pieces[top]
    n_in = in_zones["parcel_id"].nunique()
    for table in [each for each in ("parcels", "zones", "buildings") if f"{each}.drawn" in land.ledger]:
        name = f"{table}_area"
        n = sum(len(part) for part in inputs.drawn[table])
        drawn = land.ledger[f"{table}.drawn"]
        yield Entry(name, "total_in", "in", drawn, "m²", n, source=source_names(config, table))
        yield Entry(name, "repaired", "adjust", land.ledger[f"{table}.repaired"], "m²")
        yield Entry(name, "counted_once", "out", land.ledger[f"{table}.counted_once"], "m²")
        yield Entry(name, "dissolved", "out", land.ledger[f"{table}.dissolved"], "m²")
        lost = (
            inputs.aside(table)
            .sort_values("area_m2")
            .groupby("reason", sort=True)["area_m2"]
            .agg(["sum", "size"])
        )
        for reason, area, rows in zip(lost.index, lost["sum"], lost["size"], strict=True):
            yield Entry(name, str(reason), "out", float(area), "m²", int(rows))
    yield Entry("parcels_area", "in_zones", "out", float(in_zones["area_m2"].sum()), "m²", n_in)
    yield Entry("parcels_area", "outside_zones", "out", land.outside_m2, "m²", len(land.parcels) - n_in)
    for where in ("on_parcels", "off_parcels"):
        if f"buildings.{where}" in land.ledger:
            yield Entry("buildings_area", where, "out", land.ledger[f"buildings.{where}"], "m²")
    yield Entry("zones_area", "balance", "out", float(balance["area_m2"].sum()), "m²", len(balance))
