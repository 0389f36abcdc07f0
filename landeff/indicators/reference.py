"""Published figures to lay a zone's ratios beside: with source, date and scope, never as a target."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import pandas as pd

from landeff.indicators.run import of_level

_FILE = "zone_benchmarks.toml"
_MONEY = "_cny_per_ha"
_WAN = 10_000.0


@cache
def _raw() -> list[dict[str, object]]:
    specs = of_level("zone_land")
    text = (files("landeff.indicators") / _FILE).read_text(encoding="utf-8")
    rows: list[dict[str, object]] = []
    for entry in tomllib.loads(text)["bulletin"]:
        for name, value in entry["values"].items():
            combine = specs[name].combine
            scopes = combine.scopes if combine else None
            if scopes is None:
                raise ValueError(f"{_FILE}: {name} declares no scopes")
            rows.append(
                {
                    "indicator": name,
                    "place": entry["place"],
                    "year": entry["year"],
                    "value": value * _WAN if name.endswith(_MONEY) else float(value),
                    "num_scope": scopes[0].zh,
                    "den_scope": scopes[1].zh,
                    "counted": entry["counted"],
                    "limited": entry.get("limited", {}).get(name, ""),
                    "is_approximate": bool(entry.get("approximate", False)),
                    "source": entry["source"],
                }
            )
    return rows


def benchmarks() -> pd.DataFrame:
    """Published figures of the ratios of :mod:`landeff.indicators.zone_land`.

    Returns:
        ``indicator``, ``place``, ``year``, ``value`` (ratio, or CNY per hectare), ``num_scope`` and
        ``den_scope`` (of the indicator), ``counted`` (which zones, as of when), ``limited`` (where the figure
        is of some of them only), ``is_approximate``, ``source``. Sorted by indicator, place and year.
    """
    table = pd.DataFrame(_raw()).astype({"year": "Int64", "is_approximate": "boolean"})
    return table.sort_values(["indicator", "place", "year"], ignore_index=True)
