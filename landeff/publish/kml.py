"""Parcels as KML for field checks on a phone: outlines by inventory class, the facts in a balloon.

KML is in WGS 84 (OGC 12-007r2); CGCS2000 differs from it by centimetres, which no phone can tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from landeff.core.dataset import Dataset
from landeff.core.errors import OutputError
from landeff.core.shift import to_map_degrees
from landeff.core.text import Lang
from landeff.publish.fields import field, is_known, value_text
from landeff.publish.plain import plain
from landeff.publish.terms import term

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
_DIGITS = 7  # of a degree: a centimetre


def write_kml(dataset: Dataset, parcels: gpd.GeoDataFrame, path: Path, lang: Lang) -> None:
    """Write parcels of a result, one placemark each, sorted by parcel.

    Raises:
        OutputError: the file cannot be written.
    """
    text = "".join(_document(dataset, parcels, lang))
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error}", "choose another place") from error


def _document(dataset: Dataset, parcels: gpd.GeoDataFrame, lang: Lang) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
    yield f"<name>{_text(dataset.meta.name)}</name>\n"
    for code, colour in _COLOURS.items():
        yield (
            f"<Style id={quoteattr(code)}><LineStyle><color>{colour}</color><width>2</width></LineStyle>"
            f"<PolyStyle><color>55{colour[2:]}</color></PolyStyle></Style>\n"
        )
    rows = parcels.sort_values("parcel_id", kind="stable").reset_index(drop=True)
    degrees = to_map_degrees(dataset.meta.crs).geometries(np.asarray(rows.geometry, dtype=object))
    classes = rows["inventory_class"].where(rows["inventory_class"].isin(list(_COLOURS)), "none")
    facts = _facts(rows, dataset.meta.currency, lang)
    for place, (code, kind, fact) in enumerate(zip(rows["parcel_id"], classes, facts, strict=True)):
        label = f"{code} {term('inventory', kind).text(lang)}" if kind != "none" else str(code)
        yield (
            f"<Placemark><name>{_text(label)}</name><styleUrl>#{kind}</styleUrl>"
            f"<ExtendedData>{fact}</ExtendedData>{_geometry(degrees[place])}</Placemark>\n"
        )
    yield "</Document></kml>\n"


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
