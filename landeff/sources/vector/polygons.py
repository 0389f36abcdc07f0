"""Drawings hold more than polygons: what is left out is counted."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import shapely

from landeff.core.issues import Issue

_LISTED = 20


def is_polygon(frame: gpd.GeoDataFrame) -> gpd.GeoSeries:
    """Which features are polygons, or collections that may hold some."""
    return frame.geometry.geom_type.isin(["Polygon", "MultiPolygon", "GeometryCollection"])


def listed_rows(rows: Sequence[int]) -> str:
    """Row numbers as an issue shows them: ``rows 2, 5``, the first twenty."""
    return "rows " + ", ".join(str(row) for row in rows[:_LISTED]) + (", …" if len(rows) > _LISTED else "")


def land_of_collections(frame: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, tuple[Issue, ...]]:
    """The layer with the polygons alone of features that have points and lines beside them (a label)."""
    shapes = frame.geometry.to_numpy()
    at = np.flatnonzero(shapely.get_type_id(shapes) == shapely.GeometryType.GEOMETRYCOLLECTION)
    land = {int(place): polygons for place in at if (polygons := _polygons(shapes[place]))}
    if not land:
        return frame, ()
    shapes = shapes.copy()
    for place, polygons in land.items():
        shapes[place] = polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)
    told = Issue(
        "info",
        "not_polygons",
        "",
        "points and lines drawn beside a polygon as one feature were left out",
        value=listed_rows([place + 1 for place in land]),
        fix="none is needed, unless land is drawn by them",
        n=len(land),
    )
    return frame.set_geometry(gpd.GeoSeries(shapes, index=frame.index, crs=frame.crs)), (told,)


def _polygons(shape: shapely.Geometry) -> list[shapely.Polygon]:
    """All polygons in a collection, however deep they lie."""
    if isinstance(shape, shapely.Polygon):
        return [] if shape.is_empty else [shape]
    return [found for part in getattr(shape, "geoms", ()) for found in _polygons(part)]


def left_out(features: gpd.GeoDataFrame) -> tuple[Issue, ...]:
    """The issue about features that are no outlines of land; none where there are no such."""
    if features.empty:
        return ()
    counts = features.geometry.geom_type.fillna("no geometry").value_counts().sort_index()
    return (
        Issue(
            "info",
            "not_polygons",
            "",
            "features that are no closed outline were left out",
            value=", ".join(f"{count} {kind}" for kind, count in counts.items()),
            fix="if land is drawn by them, close the lines in the GIS or CAD",
            n=len(features),
        ),
    )
