"""A map of 13,000 real parcels by tax per mu: `python examples/cambridge_map.py DATA_FOLDER PAGE.html`."""

import sys

import geopandas as gpd
import pandas as pd

import landeff

data, value, page = sys.argv[1], "Est. tax, 1,000 US$ per mu (1/15 ha)", landeff.OfflineMap(lang="en")
tax = pd.read_csv(f"{data}/TaxFY13.csv", dtype={"UseCode": str})
rates = {"1": 8.66, "3": 21.50, "4": 21.50}  # US$ per 1,000 of value: homes, business; else exempt
tax["Tax"] = tax["UseCode"].str.lstrip("0").str[0].map(rates) * tax["TotalAppraisedParcelValue"] / 1e6
tax = tax.groupby("ML").agg({"Location": "first", "Tax": "sum"})
parcels = gpd.read_file(f"{data}/ASSESSING_ParcelsFY2013.topojson").set_crs(4326, allow_override=True)
parcels = parcels.dissolve("ML", method="disjoint_subset")[["geometry"]].join(tax)
parcels[value] = parcels["Tax"].where(parcels["Tax"] > 0) / parcels.to_crs(26986).area * landeff.M2_PER_MU
colours = ["#fbe6c5", "#f5ba98", "#ee8a82", "#dc7176", "#a34a7d", "#45235c", "#e6e5e1"]  # the last: no value
look = {"breaks": [5, 10, 15, 20, 40], "palette": colours, "tooltip": ["Location", value]}
words = {"title": "What the land of Cambridge paid in 2013", "missing": "exempt or unknown"}
landeff.map_layer(parcels, value, **words, **look, source="City of Cambridge", legend="topleft").add_to(page)
areas = gpd.read_file(f"{data}/BOUNDARY_CDDNeighborhoods.geojson")
landeff.map_layer(areas, label="NAME", fill=False, line="#45235c", legend=None).add_to(page)
page.save(sys.argv[2])
