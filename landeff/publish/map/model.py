"""The map as plain data: what it says, before anything is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from landeff.core.dataset import Dataset, Meta
from landeff.core.text import Term
from landeff.publish.comparison_layers import Outlines, outlines_of
from landeff.publish.fields import Field
from landeff.publish.map import layers as layer_package
from landeff.publish.map.classes import LayerPart, MapLayer
from landeff.publish.map.conditions import Conditions, conditions_of
from landeff.publish.map.districts import DistrictOutline, district_outlines
from landeff.publish.map.firms import Firms, firms_of
from landeff.publish.map.headline import Headline, headlines
from landeff.publish.map.plots import (
    FIELDS,
    HIDDEN,
    corrections_of,
    findings_of,
    known_fields,
    plots_of,
    raster_fields,
)
from landeff.publish.rule_titles import rule_titles
from landeff.publish.scan import parts
from landeff.publish.terms import INVENTORY, tax_term, term

SYNTHETIC = Term("合成数据，不代表任何真实地块", "synthetic data, no real plot")
BELOW_GATE = Term("未达对账线，仅供核对", "below the matching gate, for checking only")


@dataclass(frozen=True, slots=True)
class ZoneFigure:
    """A zone in the list of zones: its tax per mu under the declared scope, and its rank."""

    zone_id: str
    name: str
    parent_zone_id: str
    tax_cny_per_mu: float | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class DistrictTable:
    """Area of each inventory class by district: a row is a name and m² in the order of ``categories``.

    ``codes`` are those of the rows.
    """

    categories: tuple[str, ...]
    rows: tuple[tuple[str, tuple[float, ...]], ...]
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MapModel:
    """Everything the page says.

    Attributes:
        scope: the declared scope of per-mu figures, in words.
        overall: tax per mu of all zones under the declared scope; ``None`` where unknown.
        notices: what must be read before any figure.
        plots: parcels and remainders in the project CRS; ``layers[k].codes`` follow its rows.
        advice: what rules advise, in both languages, by the text in either.
        outlines: layers for comparison by eye, in no figure of the page.
        base: districts as the land below everything else, in no figure either.
    """

    meta: Meta
    scope: Term
    overall_cny_per_mu: float | None
    notices: tuple[Term, ...]
    layers: tuple[MapLayer, ...]
    fields: tuple[Field, ...]
    hidden: tuple[Field, ...]
    plots: gpd.GeoDataFrame
    findings: pd.DataFrame
    conditions: Conditions
    corrections: pd.DataFrame
    headlines: tuple[Headline, ...]
    zones: gpd.GeoDataFrame
    zone_figures: tuple[ZoneFigure, ...]
    districts: DistrictTable
    rules: Mapping[str, Term]
    advice: Mapping[str, Term]
    firms: Firms
    outlines: tuple[Outlines, ...] = ()
    base: tuple[DistrictOutline, ...] = ()


def map_model(dataset: Dataset) -> MapModel:
    """The map of a finished run.

    Layers are the modules of ``publish/map/layers``; one that the run computed nothing for is left out.
    """
    plots = plots_of(dataset)
    findings = findings_of(dataset)
    built = [part.build(dataset, plots) for part in parts(layer_package, "LAYER", LayerPart)]
    return MapModel(
        meta=dataset.meta,
        scope=scope_of(dataset.meta),
        overall_cny_per_mu=_overall(dataset),
        notices=notices_of(dataset.meta),
        layers=tuple(layer for made in built for layer in _layers(made)),
        fields=known_fields(plots, (*FIELDS, *raster_fields(plots))),
        hidden=known_fields(plots, HIDDEN),
        plots=plots,
        findings=findings.drop(columns="evidence"),
        conditions=conditions_of(findings, dataset.frame("rules"), dataset.meta.currency),
        corrections=corrections_of(dataset),
        headlines=headlines(dataset, plots),
        rules=rule_titles(dataset),
        advice=_advice(dataset.frame("rules")),
        firms=firms_of(dataset),
        zones=dataset.layer("zones"),
        zone_figures=_zone_figures(dataset.frame("zones")),
        districts=_districts(dataset.frame("inventory")),
        outlines=outlines_of(dataset),
        base=district_outlines(dataset),
    )


def _layers(made: MapLayer | Sequence[MapLayer] | None) -> Sequence[MapLayer]:
    if made is None:
        return ()
    return (made,) if isinstance(made, MapLayer) else made


def scope_of(meta: Meta) -> Term:
    """The declared scope in words: numerator ÷ denominator (basis of the area), year."""
    tax, land, area = (
        tax_term(meta),
        term("land", meta.scopes.land),
        term("area", meta.scopes.area),
    )
    policy = term("policy", meta.allocation)
    return Term(
        f"{tax.zh} ÷ {land.zh}（{area.zh}），{meta.year} 年；税收{policy.zh}",
        f"{tax.en} ÷ {land.en} ({area.en}), {meta.year}; allocated {policy.en}",
    )


def notices_of(meta: Meta) -> tuple[Term, ...]:
    """Synthetic, below the gate, then the notices of the run; each once."""
    own = [SYNTHETIC] if meta.synthetic else []
    own += [BELOW_GATE] if meta.below_gate else []
    return tuple({notice.zh: notice for notice in [*own, *meta.notices]}.values())


def _overall(dataset: Dataset) -> float | None:
    scopes = dataset.frame("zone_scopes")
    if scopes.empty:
        return None
    chosen = scopes[scopes["zone_id"].eq("") & scopes["is_declared"].astype(bool)]["tax_cny_per_mu"].dropna()
    return float(chosen.iloc[0]) if len(chosen) else None


def _advice(rules: pd.DataFrame) -> dict[str, Term]:
    table = rules.reindex(columns=["advice_zh", "advice_en"]).dropna()
    terms = [Term(str(zh), str(en)) for zh, en in table.itertuples(index=False) if zh and en]
    return {text: said for said in terms for text in (said.zh, said.en)}


def _zone_figures(zones: pd.DataFrame) -> tuple[ZoneFigure, ...]:
    columns = ["zone_id", "name", "parent_zone_id", "tax_cny_per_mu", "rank"]
    table = pd.DataFrame(zones).reindex(columns=columns).sort_values("zone_id")
    return tuple(
        ZoneFigure(
            zone_id=str(zone_id),
            name=str(name),
            parent_zone_id=str(parent) if pd.notna(parent) else "",
            tax_cny_per_mu=float(tax) if pd.notna(tax) else None,
            rank=int(rank) if pd.notna(rank) else None,
        )
        for zone_id, name, parent, tax, rank in table.itertuples(index=False)
    )


def _districts(inventory: pd.DataFrame) -> DistrictTable:
    if inventory.empty:
        return DistrictTable((), ())
    names = inventory["district_name"].fillna(inventory["district_code"])
    table = inventory.assign(district=names).pivot_table(
        index=["district_code", "district"],
        columns="category",
        values="area_m2",
        aggfunc="sum",
        fill_value=0.0,
    )
    categories = tuple(category for category in INVENTORY if category in table.columns)
    rows = table.reset_index("district_code", drop=True)[list(categories)]
    return DistrictTable(
        categories,
        tuple((str(name), tuple(map(float, row))) for name, *row in rows.itertuples(name=None)),
        tuple(map(str, table.index.get_level_values("district_code"))),
    )
