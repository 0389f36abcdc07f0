"""Zones of the sample city compared, and why a parcel is on the list: `python examples/compare_zones.py`."""

from pathlib import Path

import landeff
from landeff import M2_PER_MU

DATA = Path(__file__).resolve().parents[1] / "data"

result = landeff.run(DATA / "project.toml")

# Which zones earn most per mu? The figure is quoted with what it counts.
scopes = result.dataset.meta.scopes
print(f"tax: {scopes.tax}, land: {scopes.land}, area: {scopes.area}, year: {result.dataset.meta.year}")
zones = result.zones.query("not is_sub_park").sort_values("rank")
zones = zones.assign(mu=zones["scope_area_m2"] / M2_PER_MU, wan_per_mu=zones["tax_cny_per_mu"] / 1e4)
print(zones[["rank", "name", "mu", "wan_per_mu"]].to_string(index=False, float_format="%.2f"))

# The same money over other land: a per-mu figure without its scope says nothing.
city = result.table("zone_scopes").query("zone_id == ''")
print(city[["land", "area", "tax_cny_per_mu"]].to_string(index=False, float_format="%.0f"))

# What would settle most land? The office's first work.
facts = result.table("missing_facts")
facts = facts.assign(mu=facts["area_m2"] / M2_PER_MU)
print(facts[["rule_id", "title_en", "n", "mu"]].head(5).to_string(index=False, float_format="%.1f"))

# Why is the largest suspected idle parcel on the list?
idle = result.parcels.query("inventory_class == 'idle'").sort_values("basis_area_m2")
print(result.explain(idle["parcel_id"].iloc[-1], lang="en"))
