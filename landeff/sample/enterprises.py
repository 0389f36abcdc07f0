"""Enterprises, who holds which parcel, and who else stands on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from landeff.sample.names import INDUSTRIES, SERVICES, enterprise_codes, enterprise_names
from landeff.sample.parcels import M2_PER_MU
from landeff.sample.places import DISTRICTS

N_TENANTS, N_LANDLESS, N_RENAMED = 820, 50, 120
HOSTILE_NAMES = ("<img src=x onerror=alert(1)>测试有限公司", '=HYPERLINK("http://x")有限公司')
_BODIES = {"residential": "住房建设投资中心", "public": "公用事业管理中心", "green": "园林绿化管理处"}


@dataclass(frozen=True, slots=True)
class People:
    """``enterprises`` (``enterprise_id``, ``name``, ``former_names``, ``use``, ``industry_code``,
    ``industry``, ``founded_on``), ``holders`` (of each parcel: ``holder_code``, ``holder``) and ``occupancy``
    (``parcel_id``, ``enterprise_id``, ``tenure``, ``land_mu``, ``floor_m2``, ``name``)."""

    enterprises: pd.DataFrame
    holders: pd.DataFrame
    occupancy: pd.DataFrame


def draw_people(parcels: pd.DataFrame, rng: np.random.Generator) -> People:
    """Invent holders for all parcels, tenants for some, and enterprises without land.

    ``parcels`` has ``parcel_id``, ``use``, ``district_code``, ``is_bare`` and ``registered_mu``.
    """
    is_business = parcels["use"].isin(["industrial", *SERVICES])
    holder = _holder_numbers(parcels, is_business, rng)
    first = parcels.loc[holder.drop_duplicates().index]
    others = parcels.sample(N_TENANTS + N_LANDLESS, random_state=rng)
    enterprises = _enterprises(
        pd.concat([first["use"], others["use"].where(others["use"].isin(SERVICES), "industrial")]),
        pd.concat([first["district_code"], others["district_code"]]),
        rng,
    )
    bodies = _public_bodies(rng)
    holders = enterprises.loc[holder, ["enterprise_id", "name"]].set_axis(holder.index)
    rest = parcels.loc[~is_business, ["district_code", "use"]]
    of_body = bodies.loc[pd.MultiIndex.from_frame(rest), ["enterprise_id", "name"]].set_axis(rest.index)
    holders = pd.concat([holders, of_body]).sort_index()
    holders.columns = ["holder_code", "holder"]
    occupancy = _occupancy(parcels[is_business], holders, enterprises, len(first), rng)
    return People(enterprises, holders, occupancy)


def _holder_numbers(parcels: pd.DataFrame, is_business: pd.Series, rng: np.random.Generator) -> pd.Series:
    """Most parcels have a holder of their own, some the neighbour's, few one from elsewhere."""
    business = parcels[is_business]
    draw = rng.random(len(business))
    draw[0] = 0.0
    number = np.cumsum(draw < 0.765) - 1
    elsewhere = draw > 0.97
    number[elsewhere] = rng.integers(0, number[elsewhere] + 1)
    return pd.Series(pd.factorize(number)[0], index=business.index)


def _enterprises(use: pd.Series, district: pd.Series, rng: np.random.Generator) -> pd.DataFrame:
    codes = list(INDUSTRIES)
    shares = np.array([industry[2] for industry in INDUSTRIES.values()])
    drawn = pd.Series(rng.choice(codes, len(use), p=shares / shares.sum()), index=range(len(use)))
    use = use.set_axis(drawn.index)
    service = use.isin(SERVICES)
    titles = {code: values[0] for code, values in INDUSTRIES.items()} | {
        v[0]: v[1] for v in SERVICES.values()
    }
    words = {code: values[1] for code, values in INDUSTRIES.items()} | {v[0]: v[2] for v in SERVICES.values()}
    code = drawn.mask(service, use.map({name: values[0] for name, values in SERVICES.items()}))
    trades = code.map(words).tolist()
    names = enterprise_names(trades, rng)
    renamed = pd.Series("", index=drawn.index)
    chance = rng.spawn(1)[0]
    at = chance.choice(drawn.index, N_RENAMED, replace=False)
    renamed[at] = np.array(enterprise_names([trades[i] for i in at], chance, given=names))
    for position, name in zip(rng.choice(1000, 2, replace=False), HOSTILE_NAMES, strict=True):
        names[position] = name
    founded = pd.Timestamp("1996-01-01") + pd.to_timedelta(rng.integers(0, 26 * 365, len(use)), unit="D")
    return pd.DataFrame(
        {
            "enterprise_id": enterprise_codes("91", district.tolist(), rng),
            "name": names,
            "former_names": renamed,
            "use": use,
            "industry_code": code,
            "industry": code.map(titles),
            "founded_on": founded,
        }
    )


def _public_bodies(rng: np.random.Generator) -> pd.DataFrame:
    keys = pd.MultiIndex.from_product([DISTRICTS, _BODIES])
    codes = enterprise_codes("12", [district for district, _ in keys], rng)
    names = [f"{DISTRICTS[district]}{_BODIES[use]}" for district, use in keys]
    return pd.DataFrame({"enterprise_id": codes, "name": names}, index=keys)


def _occupancy(
    parcels: pd.DataFrame,
    holders: pd.DataFrame,
    enterprises: pd.DataFrame,
    n_holders: int,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Leased parcels with all who stand on them, and half of the others with their holder alone."""
    built = parcels[~parcels["is_bare"]]
    leased = built.sample(430, random_state=rng)
    tenants = rng.permutation(
        np.concatenate([np.arange(N_TENANTS), rng.choice(N_TENANTS, 60, replace=False)])
    )
    host = np.concatenate([leased.index, rng.choice(leased.index, len(tenants) - len(leased))])
    rows = pd.DataFrame({"parcel": host, "enterprise": n_holders + tenants}).drop_duplicates()
    rows["tenure"] = "租赁"
    n_tenants = rows.groupby("parcel")["enterprise"].transform("size")
    rows["share"] = rng.uniform(0.35, 0.9, len(rows)) / n_tenants
    own = (1 - rows.groupby("parcel")["share"].sum()).rename("share").reset_index().assign(tenure="自有")
    alone = built.drop(leased.index).sample(frac=0.5, random_state=rng).index
    lone = pd.DataFrame({"parcel": alone, "share": 1.0, "tenure": "自有"})
    rows = pd.concat([rows, own, lone], ignore_index=True)
    ids = enterprises["enterprise_id"].reindex(rows["enterprise"]).set_axis(rows.index)
    rows["enterprise_id"] = ids.fillna(rows["parcel"].map(holders["holder_code"]))
    names = enterprises.set_index("enterprise_id")["name"]
    rows["name"] = rows["enterprise_id"].map(names)
    rows["parcel_id"] = rows["parcel"].map(parcels["parcel_id"])
    rows["land_mu"] = (rows["parcel"].map(parcels["registered_mu"]) * rows["share"]).round(4)
    rows["floor_m2"] = (rows["land_mu"] * M2_PER_MU * rng.uniform(0.5, 1.6, len(rows))).round(1)
    rows = rows.sort_values(["parcel", "tenure", "enterprise_id"], ignore_index=True)
    return rows[["parcel_id", "enterprise_id", "name", "tenure", "land_mu", "floor_m2"]]
