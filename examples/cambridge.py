"""Tax per mu of Cambridge, Massachusetts, on the city's open data: `python examples/cambridge.py 2013`.

Needs the data set (City of Cambridge, ODC PDDL) in $LANDEFF_REAL_DATA/cambridge or ../shared/real/cambridge.
"""

import datetime as dt
import os
import sys
import tomllib
from pathlib import Path

import pandas as pd

import landeff

YEAR = int(sys.argv[1]) if len(sys.argv) > 1 else 2013
HERE = Path(__file__).resolve().parent
DATA = Path(os.environ.get("LANDEFF_REAL_DATA", HERE.parents[1] / "shared/real")) / "cambridge"
RATES = {2013: {"1": 8.66, "3": 21.5, "4": 21.5}, 2014: {"1": 8.38, "3": 20.44, "4": 20.44}}[YEAR]
VACANT = {130, 131, 132, 390, 391, 392, 440, 442, 930, 933, 936, 946, 973, 974, 975, 1061, 1062, 1322}

# The planner's own step: the rate by use class, USD per 1 000 (1 residential, 3 and 4 business, else exempt).
tax = pd.read_csv(DATA / f"TaxFY{YEAR % 100}.csv", dtype=str)
use = pd.to_numeric(tax["UseCode"]).astype("Int64")
rate = use.astype("str").str[0].map(RATES).fillna(0.0)
tax["estimated_tax"] = pd.to_numeric(tax["TotalAppraisedParcelValue"]) / 1000 * rate


def run(zones: str, columns: dict[str, str]) -> landeff.Result:
    """The same project over one or the other layer of zones."""
    project = tomllib.loads((HERE / "cambridge.toml").read_text())
    project["project"] |= {"years": [YEAR], "as_of": dt.date(YEAR - 1, 1, 1)}
    project["standards"]["folder"] = str(HERE)
    project["sources"]["zones"] |= {"path": str(DATA / zones), "columns": columns}
    project["sources"]["parcels"]["path"] = str(DATA / f"ASSESSING_ParcelsFY{YEAR}.topojson")
    project["sources"]["returns"] |= {"data": tax, "year": YEAR}
    return landeff.run(project)


result = run("BOUNDARY_CDDNeighborhoods.geojson", {"N_HOOD": "zone_id", "NAME": "name"})
parcels = result.parcels.dropna(subset="value_cny")  # money columns end in _cny whatever the currency
totals = parcels[["area_m2", "value_cny", "tax_cny"]].sum()
mu = totals["area_m2"] / landeff.M2_PER_MU
print(f"matched parcels {len(parcels)}, area {mu:.3f} mu, value {totals['value_cny']:.0f} USD")
print(f"estimated tax {totals['tax_cny']:.2f} USD, tax per mu {totals['tax_cny'] / mu:.2f} USD")
ledger = result.table("ledger").query("measure == 'value'")[["entry", "value", "n_rows"]]
print(ledger.to_string(index=False, float_format="%.0f"))

# How good is the rule "no improvement value" at finding what the assessor calls vacant?
vacant = use.isin(VACANT).groupby(tax["ML"]).all().reindex(parcels["parcel_id"]).to_numpy(dtype=bool)
hits = parcels["parcel_id"].isin(result.table("findings").query("verdict == 'hit'")["parcel_id"]).to_numpy()
precision, recall = (hits & vacant).sum() / hits.sum(), (hits & vacant).sum() / vacant.sum()
print(f"no improvement value: {hits.sum()} hits, precision {precision:.4f}, recall {recall:.4f}")

for done in (result, run("CDD_ZoningDistricts.geojson", {"ZONE_TYPE": "zone_id"})):
    zones = done.table("zone_scopes").query("is_declared and zone_id != ''")
    zones = zones.assign(mu=zones["scope_area_m2"] / landeff.M2_PER_MU)[["name", "mu", "tax_cny_per_mu"]]
    print(zones.sort_values("tax_cny_per_mu", ascending=False).to_string(index=False))
