"""The whole city, drawn from a seed."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from landeff.sample.approvals import draw_approvals, draw_plans
from landeff.sample.buildings import draw_buildings
from landeff.sample.districts import draw_districts
from landeff.sample.enterprises import People, draw_people
from landeff.sample.land import Land, draw_land
from landeff.sample.parcels import M2_PER_MU, USES
from landeff.sample.places import PLACES
from landeff.sample.statistics import draw_grades, draw_targets, draw_totals
from landeff.sample.supply import Supply, draw_supply
from landeff.sample.taxes import Taxes, draw_taxes

_STREETS = ["示例大道", "创业路", "兴业路", "科技路", "运河路", "滨江路", "银杏路", "广场路"]


@dataclass(frozen=True, slots=True)
class City:
    """All that is known of the city: layers, tables, and the truth in them."""

    land: Land
    cadastre: gpd.GeoDataFrame
    people: People
    supply: Supply
    taxes: Taxes
    approvals: gpd.GeoDataFrame
    plans: dict[str, gpd.GeoDataFrame]
    buildings: gpd.GeoDataFrame
    grades: pd.DataFrame
    totals: pd.DataFrame
    targets: pd.DataFrame
    districts: gpd.GeoDataFrame


def draw_city(seed: int) -> City:
    """Draw everything; each subject has a stream of chance of its own."""
    chance = [np.random.default_rng([seed, 100 + number]) for number in range(8)]
    land = draw_land(seed)
    parcels = land.parcels.assign(
        registered_mu=_registered(land.parcels["area_m2"], chance[0]),
        location=_locations(land.parcels, chance[0]),
    )
    people = draw_people(parcels, chance[1])
    parcels["holder"] = people.holders["holder"]
    supply = draw_supply(parcels, chance[2])
    taxes = draw_taxes(parcels, people, chance[3])
    return City(
        land,
        _cadastre(parcels, people, supply),
        people,
        supply,
        taxes,
        draw_approvals(land, chance[4]),
        draw_plans(land, chance[5]),
        draw_buildings(land, chance[6]),
        draw_grades(_graded(taxes.rows), chance[7]),
        draw_totals(_tax_by_district(taxes, parcels), chance[7]),
        draw_targets(chance[7]),
        draw_districts(land.zones, np.random.default_rng([seed, 4])),
    )


def _registered(area_m2: pd.Series, rng: np.random.Generator) -> pd.Series:
    """Registered area in mu: within 0.02 % of the true one, as cadastral surveys are."""
    noise = rng.normal(0, 1e-4, len(area_m2)).clip(-2e-4, 2e-4)
    mu: pd.Series[float] = (area_m2 * (1 + noise) / M2_PER_MU).round(4)
    return mu


def _locations(parcels: pd.DataFrame, rng: np.random.Generator) -> pd.Series:
    zone = parcels["place"].map(lambda place: PLACES[place].name)
    street = pd.Series(rng.choice(_STREETS, len(parcels)), index=parcels.index)
    return (
        zone
        + street
        + pd.Series(rng.integers(1, 300, len(parcels)), index=parcels.index).astype("str")
        + "号"
    )


def _cadastre(parcels: gpd.GeoDataFrame, people: People, supply: Supply) -> gpd.GeoDataFrame:
    """The parcel layer as handed over, with its planted defects in the column ``planted``."""
    layer = gpd.GeoDataFrame(
        {
            "宗地代码": parcels["parcel_id"],
            "权利人": parcels["holder"],
            "权利人代码": people.holders["holder_code"],
            "用途代码": parcels["use"].map({use: values[0] for use, values in USES.items()}),
            "土地用途": parcels["use"].map({use: values[1] for use, values in USES.items()}),
            "权利类型": "国有建设用地使用权",
            "面积亩": parcels["registered_mu"],
            "电子监管号": supply.links["supply_id"],
            "合同编号": supply.links["contract_no"],
            "坐落": parcels["location"],
            "县区代码": parcels["district_code"],
            "planted": "",
        },
        geometry=parcels.geometry,
    )
    first, second, third = parcels.index[(parcels["use"] == "public") & (parcels["zone_share"] == 1.0)][:3]
    layer.loc[second, "宗地代码"] = layer.at[first, "宗地代码"]
    layer.loc[[first, second], "planted"] = "duplicate_id"
    layer.loc[third, ["面积亩", "planted"]] = -5.0, "negative_area"
    return layer


def _graded(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of the tax tables under the names of the register: the office that grades has no doubts."""
    return rows[rows["reason"] != "duplicate_row"].assign(name=rows["registered_name"])


def _tax_by_district(taxes: Taxes, parcels: pd.DataFrame) -> pd.Series:
    main = taxes.shares.drop_duplicates("enterprise_id").set_index("enterprise_id")["parcel"]
    district = taxes.rows["enterprise_id"].map(main).map(parcels["district_code"]).rename("district")
    sums: pd.Series[float] = taxes.rows["tax_paid"].groupby([district, taxes.rows["year"]]).sum()
    return sums
