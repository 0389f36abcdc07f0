"""Drawings hold more than polygons: what is left out is counted."""

from __future__ import annotations

import geopandas as gpd

from landeff.core.issues import Issue


def is_polygon(frame: gpd.GeoDataFrame) -> gpd.GeoSeries:
    """Which features are polygons, or collections that may hold some."""
    return frame.geometry.geom_type.isin(["Polygon", "MultiPolygon", "GeometryCollection"])


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
