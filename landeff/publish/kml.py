"""Parcels as KML for field checks on a phone: outlines by inventory class, the facts in a balloon.

KML is in WGS 84 (OGC 12-007r2); CGCS2000 differs from it by centimetres, which no phone can tell.
``ExtendedData`` has the facts as they are, for programs; phone apps show nothing but the description.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from landeff.core.dataset import Dataset
from landeff.core.errors import OutputError
from landeff.core.shift import to_map_degrees
from landeff.core.text import Lang, Term
from landeff.publish.fields import field, is_known, value_text
from landeff.publish.flagged import missing_titles, with_findings
from landeff.publish.plain import plain
from landeff.publish.rule_titles import advice_told
from landeff.publish.terms import term, titled

#: aabbggrr, as KML writes colours; the same hues as the map.
_COLOURS = {
    "idle": "ff1b02d0",
    "due_soon": "ff1d8aef",
    "idle_to_check": "ff8c857d",
    "low_efficiency": "ffb56d2f",
    "missing_facts": "ffb6b0a9",
    "none": "ff6e675f",
}
_FIELDS = (
    field("parcel_id", "code"),
    field("holder", "text"),
    field("supply_id", "code"),
    field("zone_name", "text"),
    field("district_name", "text"),
    field("location", "text"),
    field("land_use", "text"),
    field("basis_area_m2", "mu"),
    field("agreed_start_on", "date"),
    field("start_due_on", "date"),
    field("idle_from_on", "date"),
    field("is_started", "yes_no"),
)
#: Lines of the description, known or not: who checks a place has to see what nobody knows.
_LINES = (
    field("parcel_id", "code"),
    field("holder", "text"),
    field("basis_area_m2", "mu", "面积", "area"),
    field("inventory_class", "text", "类别", "class"),
    field("basis", "long", "依据", "basis"),
    field("to_check", "long", "核查要点", "to check"),
)
_DIGITS = 7  # of a degree: a centimetre
#: Some viewers read a description as HTML, others as text: in full width it is text to both.
_NO_MARKUP = str.maketrans("<>&", "＜＞＆")


def write_kml(dataset: Dataset, path: Path, lang: Lang) -> None:
    """Write the parcels of a result, one placemark each, sorted by parcel.

    Raises:
        OutputError: the file cannot be written.
    """
    text = "".join(_document(dataset, lang))
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error}", "choose another place") from error


def _document(dataset: Dataset, lang: Lang) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
    yield f"<name>{_text(dataset.meta.name)}</name>\n"
    for code, colour in _COLOURS.items():
        yield (
            f"<Style id={quoteattr(code)}><LineStyle><color>{colour}</color><width>2</width></LineStyle>"
            f"<PolyStyle><color>55{colour[2:]}</color></PolyStyle></Style>\n"
        )
    rows = dataset.layer("parcels").sort_values("parcel_id", kind="stable", ignore_index=True)
    degrees = to_map_degrees(dataset.meta.crs).geometries(np.asarray(rows.geometry, dtype=object))
    classes = rows["inventory_class"].where(rows["inventory_class"].isin(list(_COLOURS)), "none")
    facts = _facts(rows, dataset.meta.currency, lang)
    words = _descriptions(dataset, lang)
    for code, kind, fact, shape in zip(rows["parcel_id"], classes, facts, degrees, strict=True):
        label = f"{code} {term('inventory', kind).text(lang)}" if kind != "none" else str(code)
        yield (
            f"<Placemark><name>{_text(label)}</name><description>{_text(words[code])}</description>"
            f"<styleUrl>#{kind}</styleUrl><ExtendedData>{fact}</ExtendedData>{_geometry(shape)}</Placemark>\n"
        )
    yield "</Document></kml>\n"


def _descriptions(dataset: Dataset, lang: Lang) -> dict[str, str]:
    """What a phone shows of each parcel, by its code; ground and points to check of listed ones only."""
    rows = with_findings(dataset)
    is_listed = rows["inventory_class"] != "none"
    advice, missing = advice_told(dataset, rows["rule_id"], rows["advice"]), missing_titles(rows["missing"])
    points = [_points(*pair) for pair in zip(missing, advice, strict=True)]
    told = rows.assign(
        basis=rows["basis"].where(is_listed),
        to_check=pd.Series(points, index=rows.index, dtype=object).where(is_listed),
        inventory_class=titled("inventory", rows["inventory_class"]),
    ).reindex(columns=[each.name for each in _LINES])
    headings = [each.heading(lang, dataset.meta.currency) for each in _LINES]
    columns = [[value_text(value, each, lang) or "—" for value in told[each.name]] for each in _LINES]
    colon, end = Term("：", ": ").text(lang), Term("；\n", ";\n").text(lang)
    lines = (
        end.join(f"{name}{colon}{value}" for name, value in zip(headings, row, strict=True))
        for row in zip(*columns, strict=True)
    )
    return {code: line.translate(_NO_MARKUP) for code, line in zip(told["parcel_id"], lines, strict=True)}


def _points(missing: object, advice: object) -> Term | None:
    """What to find out on the spot, then what the rule advises."""
    found = [Term(f"查明{missing.zh}", f"find out: {missing.en}")] if isinstance(missing, Term) else []
    if is_known(advice) and advice:
        found.append(advice if isinstance(advice, Term) else Term(str(advice), str(advice)))
    return Term("；".join(each.zh for each in found), "; ".join(each.en for each in found)) if found else None


def _facts(rows: pd.DataFrame, currency: str, lang: Lang) -> list[str]:
    """The known facts of each parcel as ``Data``."""
    told: list[list[str]] = [[] for _ in range(len(rows))]
    for each in _FIELDS:
        if each.name not in rows:
            continue
        name = quoteattr(plain(each.heading(lang, currency)))
        for parts, value in zip(told, rows[each.name], strict=True):
            if is_known(value):
                parts.append(
                    f"<Data name={name}><value>{_text(value_text(value, each, lang))}</value></Data>"
                )
    return ["".join(parts) for parts in told]


def _geometry(shape: shapely.Geometry) -> str:
    parts = shapely.get_parts(shape)
    drawn = "".join(_polygon(part) for part in parts if part.geom_type == "Polygon")
    return drawn if len(parts) == 1 else f"<MultiGeometry>{drawn}</MultiGeometry>"


def _polygon(part: shapely.Polygon) -> str:
    inner = "".join(f"<innerBoundaryIs>{_ring(ring)}</innerBoundaryIs>" for ring in part.interiors)
    return f"<Polygon><outerBoundaryIs>{_ring(part.exterior)}</outerBoundaryIs>{inner}</Polygon>"


def _ring(ring: shapely.LinearRing) -> str:
    points: npt.NDArray[np.float64] = shapely.get_coordinates(ring)
    listed = " ".join(f"{east:.{_DIGITS}f},{north:.{_DIGITS}f}" for east, north in points)
    return f"<LinearRing><coordinates>{listed}</coordinates></LinearRing>"


def _text(value: object) -> str:
    return escape(plain(value))
