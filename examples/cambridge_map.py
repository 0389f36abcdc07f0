"""A map of 13,000 real parcels: `python examples/cambridge_map.py DATA_FOLDER [cambridge.html]`."""

import sys
from pathlib import Path

import geopandas as gpd
import pandas as pd

import landeff

DATA, OUT = Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "cambridge.html"
RATES = {"1": 8.66, "3": 21.50, "4": 21.50}  # USD per 1,000, FY2013: residential, business; else exempt
tax = pd.read_csv(DATA / "TaxFY13.csv", dtype=str)
worth = pd.to_numeric(tax["TotalAppraisedParcelValue"]) / 1000
tax["Estimated tax, USD"] = worth * tax["UseCode"].str.lstrip("0").str[0].map(RATES).fillna(0)
tax = tax.groupby("ML").agg({"Estimated tax, USD": "sum", "Location": "first"})

parcels = gpd.read_file(DATA / "ASSESSING_ParcelsFY2013.topojson").set_crs(4326, allow_override=True)
parcels = (
    parcels.set_geometry(parcels.make_valid())[["ML", "geometry"]].dissolve("ML").join(tax).reset_index()
)
mu = parcels.to_crs(26986).area / landeff.M2_PER_MU
taxed = parcels["Estimated tax, USD"] > 0
parcels["Thousand USD per mu"] = (parcels["Estimated tax, USD"] / mu / 1000).where(taxed)

page = landeff.OfflineMap(
    title="What the land of Cambridge pays", zoom_control="topright", control_scale=True
)
landeff.map_layer(
    parcels, "Thousand USD per mu", title=page.get_root().title, breaks=[5, 10, 15, 20, 40], lang="en",
    note="Estimated property tax of each parcel by its land, fiscal year 2013",
    unit="thousand US$ per mu (667 m²)", missing="exempt or unknown", source="City of Cambridge open data",
    tooltip=["Location", "Thousand USD per mu", "Estimated tax, USD"], line="#ffffff", legend="topleft",
).add_to(page)  # fmt: skip
areas = gpd.read_file(DATA / "BOUNDARY_CDDNeighborhoods.geojson")
landeff.map_layer(areas, label="NAME", fill=False, line="#1c2733", weight=1.2, legend=None).add_to(page)
page.fit_bounds(page.get_bounds(), padding_top_left=[290, 10])
page.save(OUT)
