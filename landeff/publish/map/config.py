"""The model as JSON for the page: everything but the columns of the plots."""

from __future__ import annotations

import geopandas as gpd
from shapely.geometry.base import BaseGeometry

from landeff.core import landuse
from landeff.core.columns import title
from landeff.core.dataset import Meta
from landeff.core.explanation import GROUPS
from landeff.core.text import Term
from landeff.publish.comparison_layers import Outlines
from landeff.publish.fields import QUANTITIES, Field, converted, unit_of
from landeff.publish.map.classes import MapClass, MapLayer, Measure, Style
from landeff.publish.map.districts import DistrictOutline
from landeff.publish.map.headline import Headline
from landeff.publish.map.labels import LABELS
from landeff.publish.map.layers.inventory import STYLES
from landeff.publish.map.model import DistrictTable, MapModel, ZoneFigure
from landeff.publish.map.plots import DATES, IDENTITY
from landeff.publish.map.wordings import Wording
from landeff.publish.terms import STOCK, TERMS, tax_term, term

Json = dict[str, object]

#: Columns whose values are codes, and the group of terms that names them.
CODED = {"state": "state", "area_basis": "area", "inventory_class": "inventory"}
PLOT_KINDS = {"parcel": Term("宗地", "parcel"), "remainder": Term("批而未供地块", "unsupplied piece")}
YES_NO = {"True": Term("是", "yes"), "False": Term("否", "no")}
LEDGER = (
    *("parcel_id", "shown_name", "inventory_class", "basis_area_m2", "tax_cny_per_mu", "output_cny_per_mu"),
    *("grade_latest", "zone_name", "land_use", "industry", "start_due_on"),
)
SEARCH = (
    *("parcel_id", "shown_name", "holder", "holder_code", "enterprise_names", "enterprise_codes"),
    *("supply_id", "contract_no"),
)
#: Columns whose values can be chosen from in the ledger, beside the zone.
FILTERS = ("inventory_class", "industry", "land_use", "grade_latest", "district_name")
MAX_CHOICES = 60
#: Heading of the dossier, and the columns that say where what stands below it comes from.
SOURCES = (
    (IDENTITY, "source_file", "source_row"),
    (DATES, "supply_source_file", "supply_source_row"),
)
#: Figures of which the page has each year.
YEARLY_COLUMNS = ("tax_cny", "output_cny", "tax_cny_per_mu", "output_cny_per_mu")


def page_config(model: MapModel, places: list[Json | None], tiles: Json | None = None) -> Json:
    """What ``Landeff.page`` needs; ``places`` are those of the zones (:func:`zone_places`)."""
    known = {each.name for each in (*model.fields, *model.hidden)}
    meta = model.meta
    return {
        "title": meta.name,
        "lang": meta.lang,
        "labels": {key: _term(label) for key, label in LABELS.items()},
        "scope": _term(model.scope),
        "selection": _term(_selection(meta)),
        "overall": _per_mu(model.overall_cny_per_mu),
        "asOf": meta.as_of.isoformat(),
        "reviewNo": meta.map_review_no,
        "notices": [_term(notice) for notice in model.notices],
        "headlines": [_counted(each) for each in model.headlines],
        "layers": [_layer(layer) for layer in model.layers],
        "years": list(meta.years),
        "tiles": tiles,
        "yearly": [name for name in YEARLY_COLUMNS if name in known],
        "moneyYears": _money_years(model),
        "wordings": [_wording(each) for each in model.conditions.wordings],
        "shapes": list(model.conditions.shapes),
        "groups": {op: _term(words) for op, words in GROUPS.items()},
        "filters": [name for name in FILTERS if name in known and 1 < _n_values(model, name) <= MAX_CHOICES],
        "fields": [_field(each, meta.currency) for each in model.fields],
        "hidden": [_field(each, meta.currency) for each in model.hidden],
        "values": _values(model),
        "pieceFields": ["approval_id", "approved_on"],
        "sources": [_source(group, *columns) for group, *columns in SOURCES if columns[0] in known],
        "stock": list(STOCK),
        "ledger": [name for name in LEDGER if name in known],
        "search": [name for name in SEARCH if name in known],
        "zones": [_zone(figure) for figure in model.zone_figures],
        "zonePlaces": places,
        "outlines": [_outlines(each) for each in model.outlines],
        "districts": _districts(model.districts, model.base),
        "units": {kind: _unit(kind, meta.currency) for kind in ("wan", "wan_per_mu")},
    }


def _money_years(model: MapModel) -> list[int]:
    """Years of which the page has money, the latest included."""
    former = {int(name.rpartition(":")[2]) for name in model.plots.columns if ":" in str(name)}
    return sorted(former | {model.meta.year})


def _source(group: Term, file: str, row: str) -> Json:
    return {"group": _term(group), "file": file, "row": row}


def _wording(each: Wording) -> Json:
    return {"holds": _term(each.holds), "fails": _term(each.fails), "isBlank": each.is_blank}


def _n_values(model: MapModel, name: str) -> int:
    return int(model.plots[name].nunique())


def _selection(meta: Meta) -> Term:
    """What the sums over the plots shown divide: not the declared scope, which is of zones."""
    tax = tax_term(meta)
    return Term(
        f"{tax.zh} ÷ 所选宗地计算用地面积；不同于申报口径",
        f"{tax.en} ÷ area used of the parcels shown; not the declared scope",
    )


def zone_places(zones: gpd.GeoDataFrame) -> list[Json | None]:
    """Where each zone is: a point inside it and its bounds, as ``[lat, lon]``; ``None`` without a shape.

    ``zones`` are in degrees; the places are sorted by zone code, as the zone figures are.
    """
    shapes = zones.sort_values("zone_id").geometry if len(zones) else zones.geometry
    return [None if shape is None or shape.is_empty else _place(shape) for shape in shapes]


def _place(shape: BaseGeometry) -> Json:
    point = shape.representative_point()
    west, south, east, north = (round(value, 6) for value in shape.bounds)
    return {"at": [round(point.y, 6), round(point.x, 6)], "bounds": [[south, west], [north, east]]}


def _term(value: Term) -> Json:
    return {"zh": value.zh, "en": value.en}


def _per_mu(value: float | None) -> float | None:
    return None if value is None else round(converted(value, "wan_per_mu"), 4)


def _mu(area_m2: float) -> float:
    return round(converted(area_m2, "mu"), 4)


def _unit(kind: str, currency: str) -> Json:
    return {lang: unit_of(kind, lang, currency) for lang in ("zh", "en")}  # type: ignore[arg-type]  # literals


def _field(each: Field, currency: str) -> Json:
    quantity = QUANTITIES.get(each.kind)
    return {
        "name": each.name,
        "title": _term(each.title),
        "group": _term(each.group) if each.group else None,
        "unit": _unit(each.kind, currency),
        "digits": quantity.decimals if quantity else None,
    }


def _layer(layer: MapLayer) -> Json:
    return {
        "name": layer.name,
        "title": _term(layer.title),
        "note": _term(layer.note),
        "label": layer.label,
        "group": _term(layer.group),
        "classes": [_counted(each) for each in layer.classes],
        "measure": _measure(layer.measure) if layer.measure else None,
    }


def _measure(measure: Measure) -> Json:
    columns = [[year, column] for year, column in measure.columns.items()]
    return {"columns": columns, "breaks": list(measure.breaks), "unit": _term(measure.unit)}


def _outlines(layer: Outlines) -> Json:
    return {"title": _term(layer.title), "file": layer.file, "shapes": layer.shapes}


def _counted(each: Headline | MapClass) -> Json:
    return {"title": _term(each.title), "n": each.n, "mu": _mu(each.area_m2), **_look(each.style)}


def _look(style: Style) -> Json:
    return {
        "colour": style.colour,
        "fill": style.fill,
        "hatch": style.hatch,
        "solid": style.solid or (style.colour if style.hatch else style.fill),
    }


def _values(model: MapModel) -> Json:
    """Titles of coded values, by column."""
    findings, corrections = model.findings, model.corrections
    values = {
        column: {code: t for (g, code), t in TERMS.items() if g == group} for column, group in CODED.items()
    }
    values |= {"plot_kind": PLOT_KINDS, "is_started": YES_NO}
    values["rule_id"] = dict(model.rules)
    values["verdict"] = {code: term("verdict", code) for code in ("hit", "clear", "unknown")}
    values["reason"] = {"to_check": LABELS["unknown"], "missing_facts": term("inventory", "missing_facts")}
    values["cell"] = {**YES_NO, **landuse.CLASSES}
    values["kind"] = {code: t for (group, code), t in TERMS.items() if group == "correction"}
    values["status"] = {code: t for (group, code), t in TERMS.items() if group == "status"}
    values["stage"] = {code: t for (group, code), t in TERMS.items() if group == "stage"}
    values["column"] = {str(name): title(str(name)) for name in corrections["column"].dropna().unique()}
    values["advice"] = dict(model.advice)
    values |= {group: dict(titles) for group, titles in model.firms.titles.items()}
    values["missing"] = {names: _titles(names) for names in findings["missing"].dropna().unique()}
    return {column: {code: _term(t) for code, t in sorted(terms.items())} for column, terms in values.items()}


def _titles(names: str) -> Term:
    terms = [title(name) for name in names.split(",") if name]
    return Term("、".join(t.zh for t in terms), ", ".join(t.en for t in terms))


def _zone(figure: ZoneFigure) -> Json:
    return {
        "id": figure.zone_id,
        "name": figure.name,
        "parent": figure.parent_zone_id,
        "perMu": _per_mu(figure.tax_cny_per_mu),
        "rank": figure.rank,
    }


def _districts(table: DistrictTable, base: tuple[DistrictOutline, ...]) -> Json:
    heads = [{"title": _term(term("inventory", name)), **_look(STYLES[name])} for name in table.categories]
    return {
        "categories": heads,
        "rows": [
            {"code": code, "name": name, "mu": [_mu(a) for a in areas]}
            for code, (name, areas) in zip(table.codes, table.rows, strict=True)
        ],
        "outlines": [
            {
                "code": each.code,
                "name": each.name,
                "shape": each.shape,
                "bounds": each.bounds,
                "places": each.places,
            }
            for each in base
        ],
    }
