"""Tax per mu of Cambridge, Massachusetts, on the city's open data: `python examples/cambridge.py 2013`.

Needs the data set (City of Cambridge, ODC PDDL) in $LANDEFF_REAL_DATA/cambridge or ../shared/real/cambridge.
"""

import datetime as dt
import os
import sys
from pathlib import Path

import pandas as pd

import landeff

YEAR = int(sys.argv[1]) if len(sys.argv) > 1 else 2013
DATA = Path(os.environ.get("LANDEFF_REAL_DATA", "../shared/real")) / "cambridge"
RATES = {2013: {"1": 8.66, "3": 21.50, "4": 21.50}, 2014: {"1": 8.38, "3": 20.44, "4": 20.44}}[YEAR]
VACANT = {130, 131, 132, 390, 391, 392, 440, 442, 930, 933, 936, 946, 973, 974, 975, 1061, 1062, 1322}

# The planner's own step: the tax rate by use class (1 residential, 3 and 4 business, others exempt), USD per 1 000.
tax = pd.read_csv(DATA / f"TaxFY{YEAR % 100}.csv", dtype=str)
use = pd.to_numeric(tax["UseCode"])
value = pd.to_numeric(tax["TotalAppraisedParcelValue"])
tax["est_tax"] = value / 1000 * use.astype("Int64").astype("str").str[0].map(RATES).fillna(0.0)


def project(zones, columns):
    usd = {item: {"to": f"item:{to}", "unit": "usd"} for item, to in (
        ("TotalAppraisedParcelValue", "value"), ("est_tax", "tax"), ("TotalAppraisedImprovements", "improvement"))}
    area = {"GrossArea": {"to": "item:gross_floor_area_m2", "unit": "ft2"}}
    return {
        "project": {"name": f"Cambridge FY{YEAR}", "crs": "EPSG:26986", "years": [YEAR], "currency": "USD",
                    "as_of": dt.date(YEAR - 1, 1, 1)},
        "scopes": {"tax": "tax", "land": "matched", "area": "ellipsoidal"},
        "measure": {"assign": "representative_point"},
        "standards": {"rules": ["./no_improvement.toml"], "folder": str(Path(__file__).parent.resolve())},
        "sources": {
            "zones": {"path": str(DATA / zones), "duplicates": "dissolve", "columns": columns},
            "parcels": {"path": str(DATA / f"ASSESSING_ParcelsFY{YEAR}.topojson"), "crs": "EPSG:4326",
                        "duplicates": "dissolve", "columns": {"ML": "parcel_id"}},
            "returns": {"data": tax, "year": YEAR, "currency": "USD", "duplicates": "sum", "negative": "zero",
                        "columns": {"ML": "parcel_id", **usd, **area}},
        },
    }  # fmt: skip


result = landeff.run(project("BOUNDARY_CDDNeighborhoods.geojson", {"N_HOOD": "zone_id", "NAME": "name"}))
parcels = result.parcels.dropna(subset=["value_cny"])
mu = parcels["area_m2"].sum() / landeff.M2_PER_MU
print(f"matched parcels {len(parcels)}, area {mu:.3f} mu, value {parcels['value_cny'].sum():.0f} USD")
print(f"estimated tax {parcels['tax_cny'].sum():.2f} USD, tax per mu {parcels['tax_cny'].sum() / mu:.2f} USD")
print(result.table("ledger").query("measure == 'value'")[["entry", "role", "value", "n_rows"]].to_string(index=False))

# How good is the rule "no improvement value" at finding what the assessor calls vacant?
vacant = set(tax.groupby("ML")["UseCode"].agg(lambda codes: set(map(int, codes)) <= VACANT).pipe(lambda s: s.index[s]))
hits = set(result.table("findings").query("verdict == 'hit'")["parcel_id"]) & set(parcels["parcel_id"])
found = len(hits & vacant)
print(f"rule: {len(hits)} hits, precision {found / len(hits):.4f}, recall {found / len(vacant & set(parcels['parcel_id'])):.4f}")

for zoning in (result, landeff.run(project("CDD_ZoningDistricts.geojson", {"ZONE_TYPE": "zone_id"}))):
    zones = zoning.table("zone_scopes").query("is_declared and zone_id != ''")
    print(zones.sort_values("tax_cny_per_mu", ascending=False)[["zone_id", "name", "scope_area_m2", "tax_cny_per_mu"]]
          .to_string(index=False))  # fmt: skip
