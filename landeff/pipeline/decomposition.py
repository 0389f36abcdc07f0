"""``decomposition``: why tax per mu changed, and why a zone lies above or below all of them."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from landeff.analysis.decomposition import decompose as decompose_change
from landeff.analysis.decomposition import decompose_chain
from landeff.core.industries import divisions
from landeff.core.text import Term
from landeff.pipeline.lookup import column_or_missing
from landeff.pipeline.money import top_level
from landeff.pipeline.result import Result, opened

CHANGE, CHAIN, INDUSTRY = "change", "chain", "industry"
_NONE = "-"  # land of which tax or industry is not known
_NONE_TITLE = Term("行业或税收不明", "industry or tax unknown")
_ALL = Term("全部园区", "all zones")
_TEXTS = ("analysis", "zone_id", "zone_name", "part", "title_zh", "title_en", "reason")
_NUMBERS = (
    *("base_tax_cny", "base_area_m2", "base_output_cny", "tax_cny", "area_m2", "output_cny"),
    *("base_cny_per_mu", "tax_cny_per_mu", "effect_cny_per_mu", "efficiency_cny_per_mu"),
    *("rate_cny_per_mu", "intensity_cny_per_mu", "structure_cny_per_mu", "unsplit_cny_per_mu"),
    "coverage_cny_per_mu",
)
_COLUMNS = (*_TEXTS[:6], "base_year", "year", *_NUMBERS, "reason")


def decomposition_table(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """``decomposition`` of a run: its years, and its zones against all; see ``docs/tables.md``.

    Args:
        tables: ``zones``, ``zone_year``, ``parcels``, ``parcel_zone`` of the run.
    """
    zones = pd.DataFrame(top_level(tables["zones"]))
    by_year = tables["zone_year"]
    by_year = by_year[by_year["zone_id"].isin(zones["zone_id"])]
    years = sorted(int(year) for year in by_year["year"].unique())
    pairs = list(itertools.pairwise(years))
    pairs += [(years[0], years[-1])] if len(years) > 2 else []
    names = zones.set_index("zone_id")["name"].astype("str")
    frames = [
        made
        for before, after in pairs
        for made in _between(
            by_year[by_year["year"] == before], by_year[by_year["year"] == after], names, (before, after)
        )
    ]
    frames.append(_industries(tables, max(years)))
    return _shaped(frames)


def decompose(old: Result | str | Path, new: Result | str | Path) -> pd.DataFrame:
    """The change of tax per mu of all zones from one run to another, by zone, land included.

    Args:
        old: a finished run, or the folder it was saved in. new: a later one.

    Returns:
        Rows ``change`` and ``chain`` of the table ``decomposition``, of the latest year of each run. Zones
        are followed by code; scopes must be the same for the figures to be comparable (``landeff compare``
        tells).
    """
    sides, names, years = [], [], []
    for each in (old, new):
        run = opened(each)
        zones = pd.DataFrame(top_level(run.table("zones")))
        by_year, year = run.table("zone_year"), run.dataset.meta.year
        sides.append(by_year[(by_year["year"] == year) & by_year["zone_id"].isin(zones["zone_id"])])
        names.append(zones.set_index("zone_id")["name"].astype("str"))
        years.append(year)
    both = pd.concat([names[1], names[0][~names[0].index.isin(names[1].index)]])
    return _shaped(list(_between(sides[0], sides[1], both, (years[0], years[1]))))


def _between(
    before: pd.DataFrame, after: pd.DataFrame, names: pd.Series, years: tuple[int, int]
) -> list[pd.DataFrame]:
    """Efficiency and structure, and the chain where there is any output."""
    base, now = (
        pd.DataFrame(
            {
                "part": side["zone_id"],
                "tax_cny": side["tax_cny"],
                "area_m2": side["scope_area_m2"],
                "output_cny": column_or_missing(side, "output_cny", "float64"),
            }
        )
        for side in (before, after)
    )
    made = [decompose_change(base, now).assign(analysis=CHANGE)]
    if base["output_cny"].notna().any() and now["output_cny"].notna().any():
        made.append(decompose_chain(base, now).assign(analysis=CHAIN))
    titles = names.to_dict() | {"": _ALL.zh}
    told = [table["part"].map(titles).fillna(table["part"]) for table in made]
    return [
        table.assign(
            zone_id="",
            zone_name=_ALL.zh,
            title_zh=title,
            title_en=title.where(table["part"] != "", _ALL.en),
            base_year=years[0],
            year=years[1],
        )
        for table, title in zip(made, told, strict=True)
    ]


def _industries(tables: Mapping[str, pd.DataFrame], year: int) -> pd.DataFrame:
    """Each zone against all zones, by industry of its parcels; both on land of known industry and tax."""
    zones = pd.DataFrame(tables["zones"])
    land = _by_industry(tables)
    known = land[land["part"] != _NONE]
    top = known[known["zone_id"].isin(top_level(zones)["zone_id"])]
    base = _summed(top)
    names = zones.set_index("zone_id")["name"].astype("str")
    made = []
    for zone_id, rows in known.groupby("zone_id", sort=True):
        table = decompose_change(base, _summed(rows))
        made.append(table.assign(zone_id=zone_id, zone_name=names.get(zone_id, zone_id)))
    rest = land[land["part"] == _NONE].assign(reason="not_compared")
    rest = rest.assign(zone_name=rest["zone_id"].map(names).astype("str"))
    out = pd.concat([*made, rest] if made else [rest.iloc[:0]], ignore_index=True)
    out = out.assign(analysis=INDUSTRY, base_year=year, year=year)
    titles = {code: each.title for code, each in divisions().items()}
    titles |= {_NONE: _NONE_TITLE, "": Term("合计", "all of it")}
    for lang in ("zh", "en"):
        told = {code: getattr(title, lang) for code, title in titles.items()}
        out[f"title_{lang}"] = out["part"].map(told).astype("str").fillna(out["part"].astype("str"))
    return out


def _by_industry(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Land and tax of each zone and industry; what is unknown of tax or industry in one row a zone."""
    parcels = pd.DataFrame(tables["parcels"])
    wanted = ["parcel_id", "basis_area_m2", "tax_cny", "industry_division_code"]
    parcels = parcels.reindex(columns=wanted)
    parts = pd.DataFrame(tables["parcel_zone"])[["parcel_id", "zone_id", "share_ratio"]].merge(
        parcels, on="parcel_id", validate="many_to_one"
    )
    code = parts["industry_division_code"].astype("object")
    is_known = code.notna() & parts["tax_cny"].notna()
    parts = parts.assign(
        part=code.where(is_known, _NONE),
        area_m2=parts["basis_area_m2"] * parts["share_ratio"],
        tax_cny=parts["tax_cny"] * parts["share_ratio"],
    )
    return _summed(parts, ["zone_id", "part"])


def _summed(rows: pd.DataFrame, by: list[str] | None = None) -> pd.DataFrame:
    by = by or ["part"]
    ordered = rows.sort_values([*by, "area_m2", "tax_cny"], kind="stable")
    sums: pd.DataFrame = ordered.groupby(by)[["tax_cny", "area_m2"]].sum(min_count=1).reset_index()
    return sums


def _shaped(frames: list[pd.DataFrame]) -> pd.DataFrame:
    table = pd.concat([frame.reindex(columns=list(_COLUMNS)) for frame in frames], ignore_index=True)
    kinds = {**dict.fromkeys(_TEXTS, "str"), **dict.fromkeys(_NUMBERS, "float64")}
    table = table.astype({**kinds, "base_year": "Int64", "year": "Int64"})
    order = {CHANGE: 0, CHAIN: 1, INDUSTRY: 2}
    keys = ["order", "base_year", "year", "zone_id", "part"]
    table = table.assign(order=table["analysis"].map(order)).sort_values(keys, kind="stable")
    return table.drop(columns="order").reset_index(drop=True)
