"""How many examples a law is tried on; and a small finished run, what every publisher is tested on."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import os

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, settings
from shapely import MultiPolygon, box
from shapely.affinity import translate

from landeff.core.dataset import Dataset, Meta, Scopes
from landeff.core.issues import Issue, issues_frame
from landeff.core.text import Term
from landeff.core.units import M2_PER_MU

# The same examples on every machine, 40 a law that does not say how many it needs: a further one costs
# as much and finds less. HYPOTHESIS_PROFILE=thorough looks further, at random.
_SLOW = [HealthCheck.too_slow]
settings.register_profile(
    "tests", max_examples=40, deadline=None, derandomize=True, database=None, suppress_health_check=_SLOW
)
settings.register_profile("thorough", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "tests"))


def _words(text: str) -> list[str]:
    return text.split()


def _table(columns: str, *rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=_words(columns))


CRS = "EPSG:4528"
X0, Y0 = 40_443_000.0, 3_586_000.0  # in Yangzhou, about 119.39° E, 32.40° N
COLUMNS, ROWS = 10, 6
CELL_X, CELL_Y, WIDTH, HEIGHT = 220.0, 170.0, 200.0, 150.0
YEARS = (2022, 2023, 2024)
ZONES = [
    ("Z01", "广陵经济开发区", "321002", "广陵区", 0, 4),
    ("Z02", "邗江高新技术产业开发区", "321003", "邗江区", 4, 7),
    ("Z03", "江都沿江化工园区", "321012", "江都区", 7, 10),
]
CLASSES = _words("none idle none due_soon none low_efficiency idle_to_check none missing_facts none")
STATE = {"none": "performing", "idle": "idle", "due_soon": "within_term", "low_efficiency": "low_efficiency",
         "idle_to_check": "to_be_checked", "missing_facts": "to_be_checked"}  # fmt: skip
VERDICT = {"idle": "hit", "idle_to_check": "unknown", "missing_facts": "unknown"}
UNKNOWN = {"idle_to_check", "missing_facts"}
BUILT = {"none", "low_efficiency"}
AS_OF = dt.date(2024, 12, 31)
HOSTILE = [
    '<img src=x onerror="window.__x=1">',
    "${window.__x=1}",
    "</script><script>window.__x=1</script>",
    "`+(window.__x=1)+`",
    "=cmd|' /C calc'!A0",
    "--><svg/onload=window.__x=1>",
    "a\u2028b\u2029c\\",
    "{{ 7*7 }}{% raw %}",
]


def _shape(index: int) -> object:
    x = X0 + (index % COLUMNS) * CELL_X
    y = Y0 + (index // COLUMNS) * CELL_Y
    whole = box(x, y, x + WIDTH, y + HEIGHT)
    if index == 12:  # a hole
        return whole.difference(box(x + 60, y + 40, x + 140, y + 110))
    if index == 27:  # two parts
        half = box(x, y, x + 80, y + HEIGHT)
        return MultiPolygon([half, translate(half, 120)])
    return whole


def _days(values: list[str | None]) -> pd.Series:
    return pd.Series(pd.to_datetime(values)).astype("datetime64[s]")


def _later(day: str | None, years: int) -> str | None:
    return day and f"{int(day[:4]) + years}{day[4:]}"


def _days_to(days: list[str | None], years: int) -> pd.api.extensions.ExtensionArray:
    later = [_later(day, years) for day in days]
    return pd.array([day and (dt.date.fromisoformat(day) - AS_OF).days for day in later], dtype="Int64")


def _parcels() -> gpd.GeoDataFrame:
    n = COLUMNS * ROWS
    index = np.arange(n)
    zone = [next(z for z in ZONES if z[4] <= i % COLUMNS < z[5]) for i in index]
    geometry = gpd.GeoSeries([_shape(i) for i in index], crs=CRS)
    inventory = [CLASSES[(i + i // COLUMNS) % COLUMNS] for i in index]
    taxed = np.array([kind in {"none", "low_efficiency"} for kind in inventory]) & (index % 7 != 3)
    area = geometry.area.to_numpy() * 1.0002
    registered = np.round(geometry.area.to_numpy(), 1)
    tax = np.where(taxed, np.round(registered / M2_PER_MU * (1.0 + index * 0.8) * 10_000, 2), np.nan)
    unsupplied = np.array([kind == "missing_facts" for kind in inventory])
    due = {"idle": "2022-06-30", "idle_to_check": "2023-03-31", "due_soon": "2025-05-31"}
    start_due = [due.get(kind) for kind in inventory]
    frame = pd.DataFrame({
        "parcel_id": [f"{zone[i][2]}001{i // COLUMNS + 1:03d}GB{i + 1:05d}" for i in index],
        "holder": [f"扬州第{i + 1}号置业有限公司" for i in index],
        "holder_code": [f"9132100{i:02d}MA1NXXXX{i % 10}A" for i in index],
        "location": [f"{zone[i][3]}开发路{i + 1}号" for i in index],
        "land_use": "工业用地", "land_use_code": "0601", "land_use_class": "industrial",
        "registered_area_m2": registered, "area_m2": area,
        "basis_area_m2": registered, "area_basis": "registered",
        "zone_id": [z[0] for z in zone], "zone_name": [z[1] for z in zone],
        "sub_zone_id": ["Z01A" if i % COLUMNS < 2 else None for i in index], "zone_share_ratio": 1.0,
        "district_code": [z[2] for z in zone], "district_name": [z[3] for z in zone],
        "n_enterprises": taxed.astype(int),
        "enterprise_names": [f"江苏样例{i + 1}科技有限公司" if taxed[i] else None for i in index],
        "tax_cny": tax, "output_cny": tax * 12.0,
        "tax_cny_per_mu": tax / (registered / M2_PER_MU),
        "output_cny_per_mu": tax * 12 / (registered / M2_PER_MU),
        "supply_id": [None if unsupplied[i] else f"3210002021B{i + 1:05d}" for i in index],
        "contract_no": [None if unsupplied[i] else f"扬地合（2021）{i + 1}号" for i in index],
        "agreed_start_on": _days(start_due),
        "handover_on": _days([d and "2021-04-01" for d in start_due]),
        "actual_start_on": _days(["2021-09-01" if kind in BUILT else None for kind in inventory]),
        "is_started": pd.array([None if k in UNKNOWN else k in BUILT for k in inventory], dtype="boolean"),
        "price_cny": np.where(unsupplied, np.nan, np.round(registered * 360, 2)),
        "is_supply_linked": pd.array(~unsupplied, dtype="boolean"),
        "start_due_on": _days(start_due),
        "idle_from_on": _days([_later(day, 1) for day in start_due]),
        "recovery_from_on": _days([_later(day, 2) for day in start_due]),
        "days_to_start_due": _days_to(start_due, 0),
        "days_to_idle": _days_to(start_due, 1),
        "idle_verdict": [VERDICT.get(kind, "clear") for kind in inventory],
        "state": [STATE[kind] for kind in inventory], "inventory_class": inventory,
        "source_file": "宗地.shp", "source_row": pd.array(index + 1, dtype="Int64"),
    })  # fmt: skip
    layer = gpd.GeoDataFrame(frame, geometry=geometry, crs=CRS)
    return layer.sort_values("parcel_id", kind="stable").reset_index(drop=True)


def _per_mu(money: pd.Series, area_m2: pd.Series) -> pd.Series:
    return money / (area_m2 / M2_PER_MU)


def _zones(parcels: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    places = [
        *((*z[:4], "", z[4], z[5]) for z in ZONES),
        ("Z01A", "广陵信息产业园", "321002", "广陵区", "Z01", 0, 2),
    ]
    rows = []
    for zone_id, name, code, district, parent, first, last in places:
        inside = parcels[parcels["sub_zone_id" if parent else "zone_id"] == zone_id]
        shape = box(X0 + first * CELL_X - 10, Y0 - 10, X0 + last * CELL_X - 10, Y0 + ROWS * CELL_Y + 60)
        rows.append({
            "zone_id": zone_id, "name": name, "level": "省级" if not parent else "园中园",
            "parent_zone_id": parent or None, "district_code": code, "district_name": district,
            "responsible_unit": f"{district}自然资源局", "approved_area_m2": shape.area * 0.95,
            "area_m2": shape.area, "developed_area_m2": shape.area * 0.8, "n_parcels": len(inside),
            "parcels_area_m2": inside["basis_area_m2"].sum(), "scope_area_m2": shape.area * 0.8,
            "tax_cny": inside["tax_cny"].sum(), "output_cny": inside["output_cny"].sum(),
            "tax_unknown_area_m2": inside.loc[inside["tax_cny"].isna(), "basis_area_m2"].sum(),
            "is_sub_park": bool(parent), "geometry": shape,
        })  # fmt: skip
    zones = gpd.GeoDataFrame(rows, geometry="geometry", crs=CRS)
    zones["tax_cny_per_mu"] = _per_mu(zones["tax_cny"], zones["scope_area_m2"])
    zones["output_cny_per_mu"] = _per_mu(zones["output_cny"], zones["scope_area_m2"])
    ranks = zones.groupby("is_sub_park")["tax_cny_per_mu"].rank(ascending=False)
    zones["rank"] = ranks.astype("Int64")
    zones["is_sub_park"] = zones["is_sub_park"].astype("boolean")
    return zones.sort_values("zone_id").reset_index(drop=True)


def _remainders() -> gpd.GeoDataFrame:
    rows = []
    for k, (zone_id, name, code, _, first, _) in enumerate(ZONES[:2]):
        y = Y0 + ROWS * CELL_Y
        shape = box(X0 + first * CELL_X, y, X0 + first * CELL_X + 400, y + 45)
        rows.append({
            "remainder_id": f"R{k + 1:03d}", "approval_id": f"苏政地〔2020〕{k + 11}号", "zone_id": zone_id,
            "zone_name": name, "district_code": code, "land_class_code": "0103", "area_m2": shape.area,
            "approved_on": pd.Timestamp("2020-05-06"), "inventory_class": "approved_unsupplied",
            "geometry": shape,
        })  # fmt: skip
    layer = gpd.GeoDataFrame(rows, geometry="geometry", crs=CRS)
    layer["approved_on"] = layer["approved_on"].astype("datetime64[s]")
    return layer


def _evidence(row: object) -> str:
    start = getattr(row, "start_due_on", None)
    value = None if pd.isna(start) else start.date().isoformat()
    condition = {
        "column": "start_due_on", "op": "older_than", "expected": "P1Y", "value": value,
        "verdict": row.idle_verdict, "source_file": "供地台账.xlsx", "source_row": 3,
    }  # fmt: skip
    return json.dumps([condition], ensure_ascii=False)


def _findings(parcels: gpd.GeoDataFrame) -> pd.DataFrame:
    rows = []
    for row in parcels.itertuples():
        reason = {"idle_to_check": "to_check", "missing_facts": "missing_facts"}.get(row.inventory_class)
        missing = {"to_check": "actual_start_on", "missing_facts": "agreed_start_on,handover_on"}.get(reason)
        rows.append((row.parcel_id, "national/idle", row.idle_verdict, reason,
                     row.idle_from_on if row.idle_verdict == "hit" else pd.NaT, missing, _evidence(row),
                     "《闲置土地处置办法》（国土资源部令第53号）第二条", "依法开展闲置土地调查"))  # fmt: skip
        low = "hit" if row.inventory_class == "low_efficiency" else "clear"
        clear = ("sample/low_tax", low, None, pd.NaT, None, "[]", "样例规则 第一条", "纳入低效用地再开发")
        rows.append((row.parcel_id, *clear))
    frame = _table("parcel_id rule_id verdict reason since_on missing evidence basis advice", *rows)
    frame["since_on"] = pd.to_datetime(frame["since_on"]).astype("datetime64[s]")
    return frame.assign(rule_version="1", stage="suspected").sort_values(
        ["parcel_id", "rule_id"], ignore_index=True
    )


def _inventory(parcels: gpd.GeoDataFrame, remainders: gpd.GeoDataFrame) -> pd.DataFrame:
    flagged = parcels[parcels["inventory_class"] != "none"]
    columns = ["district_code", "inventory_class"]
    of_parcels = flagged[columns].assign(area_m2=flagged["basis_area_m2"])
    both = pd.concat([of_parcels, remainders[[*columns, "area_m2"]]])
    table = both.groupby(columns, as_index=False).agg(n=("area_m2", "size"), area_m2=("area_m2", "sum"))
    table = table.rename(columns={"inventory_class": "category"})
    table["district_name"] = table["district_code"].map({z[2]: z[3] for z in ZONES})
    table["target_m2"] = np.where(table["category"] == "idle", table["area_m2"] * 0.5, np.nan)
    return table


def _balance(
    parcels: gpd.GeoDataFrame, remainders: gpd.GeoDataFrame, zones: gpd.GeoDataFrame
) -> pd.DataFrame:
    titles = {
        "idle": ("闲置", "idle"), "low_efficiency": ("低效", "low efficiency"),
        "performing": ("在用", "performing"), "within_term": ("期限内", "within term"),
        "to_be_checked": ("待核实", "to be checked"), "not_assessable": ("不参评", "not assessable"),
        "approved_unsupplied": ("批而未供", "approved, unsupplied"),
    }  # fmt: skip
    top = zones[~zones["is_sub_park"].astype(bool)]
    land = pd.concat([parcels[["zone_id", "state", "area_m2"]],
                      remainders[["zone_id", "area_m2"]].assign(state="approved_unsupplied")])  # fmt: skip
    table = land.groupby(["zone_id", "state"], as_index=False).agg(
        n=("area_m2", "size"), area_m2=("area_m2", "sum")
    )
    whole = top.set_index("zone_id")["area_m2"]
    rest = (whole - table.groupby("zone_id")["area_m2"].sum()).rename("area_m2").reset_index()
    table = pd.concat([table, rest.assign(state="not_assessable", n=0)])
    table["share_ratio"] = table["area_m2"] / table["zone_id"].map(whole)
    table["zone_name"] = table["zone_id"].map(top.set_index("zone_id")["name"])
    table["title_zh"] = table["state"].map(lambda state: titles[state][0])
    table["title_en"] = table["state"].map(lambda state: titles[state][1])
    table["rule_id"] = table["state"].map({"idle": "national/idle", "low_efficiency": "sample/low_tax"})
    return table.sort_values(["zone_id", "state"], ignore_index=True)


def _ledger(parcels: gpd.GeoDataFrame) -> pd.DataFrame:
    placed, n = float(parcels["tax_cny"].sum()), int(parcels["tax_cny"].notna().sum())
    lost = 123_456.78
    return _table(
        "measure year entry role title_zh title_en value unit n_rows source",
        ("tax", 2024, "source", "in", "来源合计", "in the source", placed + lost, "元", n + 1, "税收.xlsx"),
        ("tax", 2024, "on_parcels", "out", "已落到宗地", "on parcels", placed, "元", n, ""),
        ("tax", 2024, "no_parcel", "out", "企业未关联宗地", "no parcel linked", lost, "元", 1, ""),
    )


def _by_year(zones: gpd.GeoDataFrame, parcels: gpd.GeoDataFrame) -> dict[str, pd.DataFrame]:
    columns = _words("zone_id name tax_cny output_cny scope_area_m2 tax_cny_per_mu output_cny_per_mu")
    growth = {2022: 0.8, 2023: 0.9, 2024: 1.0}
    money = ["tax_cny", "output_cny", "tax_cny_per_mu", "output_cny_per_mu"]
    zone_year = pd.concat(
        [zones[columns].assign(year=y, **{c: zones[c] * growth[y] for c in money}) for y in YEARS]
    )
    taxed = parcels[parcels["tax_cny"].notna()]
    money = [*money[:3], "tax_paid_cny"]
    taxed = taxed.assign(tax_paid_cny=taxed["tax_cny"])[["parcel_id", "n_enterprises", *money]]
    parcel_year = pd.concat([taxed.assign(year=y, **{c: taxed[c] * growth[y] for c in money}) for y in YEARS])
    return {
        "zone_year": pd.DataFrame(zone_year).sort_values(["zone_id", "year"], ignore_index=True),
        "parcel_year": pd.DataFrame(parcel_year).sort_values(["parcel_id", "year"], ignore_index=True),
    }


def _enterprises(parcels: gpd.GeoDataFrame) -> dict[str, pd.DataFrame]:
    taxed = parcels[parcels["tax_cny"].notna()]
    year = taxed[["tax_cny", "output_cny", "basis_area_m2", "tax_cny_per_mu"]].assign(
        enterprise_id=taxed["holder_code"], name=taxed["enterprise_names"], year=2024, n_parcels=1,
        tax_paid_cny=taxed["tax_cny"])  # fmt: skip
    shared = {"year": 2024, "share_ratio": 1.0, "method": "occupancy", "policy": "by_land_area"}
    shares = taxed[["parcel_id"]].assign(enterprise_id=taxed["holder_code"], **shared)
    links = parcels.loc[parcels["supply_id"].notna(), ["parcel_id", "supply_id"]].assign(method="supply_id")
    overlap = parcels[["parcel_id", "zone_id", "area_m2"]].assign(share_ratio=1.0)
    return {
        "enterprise_year": pd.DataFrame(year).sort_values("enterprise_id", ignore_index=True),
        "shares": pd.DataFrame(shares).reset_index(drop=True),
        "links": pd.DataFrame(links).reset_index(drop=True),
        "parcel_zone": pd.DataFrame(overlap),
    }


def _scopes(zones: gpd.GeoDataFrame) -> pd.DataFrame:
    top = zones[~zones["is_sub_park"].astype(bool)]
    rows = []
    areas = {"developed": "developed_area_m2", "boundary": "area_m2", "parcels": "parcels_area_m2"}
    for land, column in areas.items():
        whole = pd.DataFrame(
            {"zone_id": [""], "name": ["全市"], "tax_cny": top["tax_cny"].sum(), column: top[column].sum()}
        )
        frame = pd.concat([whole, top[["zone_id", "name", "tax_cny", column]]]).rename(
            columns={column: "scope_area_m2"}
        )
        rows.append(
            frame.assign(
                tax="tax_paid", land=land, area="registered", year=2024, is_declared=land == "developed"
            )
        )
    table = pd.concat(rows, ignore_index=True)
    return table.assign(tax_cny_per_mu=_per_mu(table["tax_cny"], table["scope_area_m2"]))


def _doubts() -> dict[str, pd.DataFrame]:
    firm, code = "91321000MA1ZZZZZ9X", "321002001001GB00001"
    reason = ("no_parcel", "企业未关联宗地", "no parcel linked")
    return {
        "unmatched": _table(
            "source_file source_row item enterprise_id name year value reason title_zh title_en",
            ("税收2024.xlsx", 88, "tax_paid", firm, "查无此企有限公司", 2024, 123_456.78, *reason),
        ),
        "set_aside": _table(
            "table source_file source_row key reason column value area_m2 fix",
            ("parcels", "宗地.shp", 61, code, "duplicate_key", "parcel_id", code, 30_000.0, "只留一行"),
        ),
        "missing_facts": _table(
            "rule_id column n area_m2 title_zh title_en",
            ("national/idle", "actual_start_on", 6, 180_000.0, "实际开工日期", "actual start"),
            ("national/idle", "agreed_start_on", 6, 176_000.0, "约定开工日期", "agreed start"),
        ),
        "benchmarks": _table(
            "indicator place year value bound source",
            ("tax_cny_per_mu", "江苏省", 2023, 145_000.0, "", "2023年样例公报"),
        ),
        "issues": issues_frame([
            Issue("error", "duplicate_key", "parcels", "整行搁置", key=code, column="parcel_id",
                  source_file="宗地.shp", source_row=61, fix="每宗地只保留一行"),
            Issue("warning", "bad_check_digit", "returns", "照原样保留", key=firm, column="enterprise_id",
                  value=firm, source_file="税收2024.xlsx", source_row=88, fix="核对统一社会信用代码"),
            Issue("info", "unknown_column", "parcels", "随行保留", column="备注2", source_file="宗地.shp"),
        ]),
    }  # fmt: skip


@pytest.fixture(scope="session")
def tiny_dataset() -> Dataset:
    """60 parcels in 3 zones and a sub-park, every inventory class present, every result table filled."""
    parcels = _parcels()
    zones, remainders = _zones(parcels), _remainders()
    notice = Term("合成数据，不代表任何真实地块", "Synthetic data, no real parcel")
    meta = Meta(
        name="样例市开发园区土地利用绩效 2024", as_of=AS_OF, years=YEARS, crs=CRS, synthetic=True,
        scopes=Scopes("tax_paid", "developed", "registered"), jurisdiction="sample",
        matched_share=0.97, notices=(notice,),
    )  # fmt: skip
    return Dataset(meta, {
        "zones": zones, "parcels": parcels, "remainders": remainders, "findings": _findings(parcels),
        "inventory": _inventory(parcels, remainders), "balance": _balance(parcels, remainders, zones),
        "ledger": _ledger(parcels), "zone_scopes": _scopes(zones), **_by_year(zones, parcels),
        **_enterprises(parcels), **_doubts(),
    })  # fmt: skip


@pytest.fixture(scope="session")
def hostile_dataset(tiny_dataset: Dataset) -> Dataset:
    """The same run with text that tries to be markup, code, a template or a formula; ``HOSTILE`` lists it."""
    parcels = tiny_dataset.layer("parcels").copy()
    for column in ("enterprise_names", "holder", "location"):
        parcels.loc[: len(HOSTILE) - 1, column] = HOSTILE
    zones = tiny_dataset.layer("zones").copy()
    zones["name"] = HOSTILE[: len(zones)]
    parcels["zone_name"] = parcels["zone_id"].map(zones.set_index("zone_id")["name"])
    meta = dataclasses.replace(tiny_dataset.meta, name=f"</title>{HOSTILE[2]}{HOSTILE[0]}{HOSTILE[1]}")
    return Dataset(meta, {**tiny_dataset.tables, "parcels": parcels, "zones": zones})


@pytest.fixture(scope="session")
def hostile_texts() -> list[str]:
    """The texts planted in ``hostile_dataset``: row *i* of its parcels carries text *i*."""
    return list(HOSTILE)
