"""A world of four square parcels whose figures can be worked out by hand.

Zone Z1 spans x 0–2 000, Z2 x 2 000–4 000, both y 0–1 000 (m). Parcels, each y 0–500:
A x 0–1 000 (500 000 m²) in Z1; B x 1 500–2 500 (500 000 m²), half in each zone; C x 3 000–4 000 in Z2;
D x 4 500–5 000 (250 000 m²) outside. Registered areas are round numbers, in mu.
"""

import datetime as dt

import geopandas as gpd
import pandas as pd
import shapely

E, N = 40_443_000, 3_584_000
MU = 10_000 / 15


def box(x0, y0, x1, y1):
    return shapely.box(E + x0, N + y0, E + x1, N + y1)


def layer(geometry, **columns):
    return gpd.GeoDataFrame(columns, geometry=geometry, crs="EPSG:4528")


def sources():
    zones = layer(
        [box(0, 0, 2000, 1000), box(2000, 0, 4000, 1000)], zone_id=["Z1", "Z2"], name=["甲园", "乙园"]
    )
    parcels = layer(
        [box(0, 0, 1000, 500), box(1500, 0, 2500, 500), box(3000, 0, 4000, 500), box(4500, 0, 5000, 500)],
        parcel_id=["A", "B", "C", "D"],
        land_use_code=["0601", "0601", "0701", "0601"],
        holder_code=["H1", "H2", None, "H4"],
        mu=[750.0, 750.0, 750.0, 375.0],
        supply_id=["S1", "S2", "S3", None],
    )
    supply = pd.DataFrame(
        {
            "supply_id": ["S1", "S2", "S3"],
            "agreed_start_on": ["2022-06-01", "2022-06-01", None],
            "handover_on": [None, None, "2023-12-31"],
            "is_started": ["否", None, "否"],
            "start_checked_on": ["2024-03-01", None, "2024-12-01"],
        }
    )
    returns = pd.DataFrame(
        {
            "enterprise_id": ["H1", "H2", "H4", "T", "X", None],
            "tax": [100.0, 60.0, 8.0, 20.0, 7.0, 3.0],  # 万元
        }
    )
    occupancy = pd.DataFrame({"parcel_id": ["A"], "enterprise_id": ["T"], "land": [250.0]})
    return zones, parcels, supply, returns, occupancy


def project(**changes):
    zones, parcels, supply, returns, occupancy = sources()
    raw = {
        "project": {"name": "四块地", "crs": "EPSG:4528", "years": [2024], "as_of": dt.date(2024, 12, 31)},
        "scopes": {"tax": "tax_paid", "land": "parcels", "area": "registered"},
        "standards": {"rules": ["national/idle", "national/idle_due_soon"]},
        "sources": {
            "zones": {"data": zones},
            "parcels": {"data": parcels, "columns": {"mu": {"to": "registered_area_m2", "unit": "亩"}}},
            "supply": {"data": supply},
            "returns": {
                "data": returns,
                "year": 2024,
                "columns": {"tax": {"to": "item:tax_paid", "unit": "万元"}},
            },
            "occupancy": {"data": occupancy, "columns": {"land": {"to": "land_area_m2", "unit": "亩"}}},
        },
    }
    for table, change in changes.items():
        raw["sources"][table] = {**raw["sources"][table], **change}
    return raw
