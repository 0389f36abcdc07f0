"""Districts as drawn: a layer to look at, and a check of the district that each zone declares."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
from pyproj import CRS

from landeff.core.divisions import division
from landeff.core.issues import Issue, row_issues
from landeff.measure.area import AreaScale
from landeff.measure.geodesic_area import geodesic_area_m2
from landeff.measure.overlap import overlap_areas, shares
from landeff.measure.partition import make_disjoint
from landeff.pipeline.config import Config
from landeff.pipeline.load import Inputs
from landeff.pipeline.lookup import column_or_missing, look_up

#: Share of a zone from which on it is told: borders of two layers never agree to the metre.
TOLD_RATIO = 0.01
_MOST = 0.5
_COLUMNS = {"district_code": "str", "district_name": "str", "area_m2": "float64"}
_TRACE = {"source_file": "str", "source_row": "Int64"}


def district_layer(layers: dict[str, gpd.GeoDataFrame], config: Config) -> gpd.GeoDataFrame:
    """The table ``districts``: code, name, ``area_m2`` (ellipsoidal) and where each stood; sorted by code.

    A district without a name takes that of its zones, else that of GB/T 2260, else its code. Empty where
    the project gives no districts.
    """
    layer = layers.get("districts")
    kinds = {**_COLUMNS, **_TRACE}
    if layer is None:
        empty = pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in kinds.items()})
        return gpd.GeoDataFrame(empty, geometry=gpd.GeoSeries([], crs=config.crs))
    named = layer.assign(
        district_name=_names(layer, layers["zones"]), area_m2=_area_m2(layer.geometry, config.crs)
    )
    plain = named.reindex(columns=[*kinds, "geometry"]).sort_values("district_code", ignore_index=True)
    return gpd.GeoDataFrame(plain.astype(kinds), geometry="geometry", crs=layer.crs)


def _names(layer: pd.DataFrame, zones: pd.DataFrame) -> pd.Series:
    code = layer["district_code"]
    declared = pd.DataFrame(
        {name: column_or_missing(zones, name) for name in ("district_code", "district_name")}
    ).dropna()
    of_zones = declared.sort_values(["district_code", "district_name"]).drop_duplicates("district_code")
    standard = {each: division(str(each)).name or each for each in code}
    name = column_or_missing(layer, "district_name")
    name = name.fillna(look_up(code, of_zones.set_index("district_code")["district_name"].astype("str")))
    return name.fillna(code.map(standard).astype("str"))


def _area_m2(shapes: gpd.GeoSeries, crs: str) -> npt.NDArray[np.float64]:
    """Districts reach far beyond the extent that the run's scale of areas was fitted for."""
    geodetic = CRS.from_user_input(crs).geodetic_crs or CRS.from_epsg(4490)
    degrees = gpd.GeoSeries(shapes, crs=crs).to_crs(geodetic)
    return geodesic_area_m2(degrees.to_numpy(), crs=geodetic.to_wkt())


def check_districts(
    zones: gpd.GeoDataFrame, districts: gpd.GeoDataFrame, scale: AreaScale, inputs: Inputs
) -> None:
    """Tell where a zone's declared district is not the one it lies in; nothing is changed.

    Issues ``zone_in_other_district`` (most of the zone lies elsewhere), ``zone_straddles_districts`` and
    ``zone_outside_districts`` (1 % of it or more), ``districts_overlap``.

    Args:
        zones: usable, with ``area_m2``; ``districts``: as :func:`district_layer` makes them.
    """
    if districts.empty:
        return
    shapes, overlaps = make_disjoint(districts.geometry.to_numpy(), scale)
    if overlaps["area_m2"].sum() > 1:
        decision = f"{overlaps['area_m2'].sum():.2f} m² counted for the first by key"
        issue = Issue("info", "districts_overlap", "districts", decision, n=len(overlaps), fix=_FIX_BORDERS)
        inputs.issues.append(issue)
    told = _where(zones, districts["district_code"].to_numpy(), shapes, scale)
    _tell_other(told, districts, inputs)
    _tell(
        told[told["n"] > 1],
        "zone_straddles_districts",
        "kept: all its figures count in the district declared",
        "make a zone of each part, if each district is to report its own",
        inputs,
    )
    outside = told[told["outside"] >= TOLD_RATIO]
    lost = _percent(outside["outside"]) + " of the zone lies in none of the districts"
    _tell(
        outside,
        "zone_outside_districts",
        lost,
        "add the district that is missing, or correct the borders",
        inputs,
    )


_FIX_BORDERS = "correct the borders"


def _where(
    zones: gpd.GeoDataFrame,
    codes: npt.NDArray[np.object_],
    shapes: npt.NDArray[np.object_],
    scale: AreaScale,
) -> pd.DataFrame:
    """Of each zone the district that has most of it (``main``, ``main_ratio``), how many have a part of it
    (``n``), the parts in words (``value``), and the share in no district (``outside``)."""
    pairs = overlap_areas(zones.geometry.to_numpy(), shapes, scale)
    pairs = pairs.assign(code=codes[pairs["right"].to_numpy()], share=shares(pairs, zones["area_m2"]))
    pairs = pairs.sort_values(["left", "share", "code"], ascending=[True, False, True], ignore_index=True)
    first = pairs.drop_duplicates("left").set_index("left")
    parts = pairs[pairs["share"] >= TOLD_RATIO]
    words = parts["code"] + " " + _percent(parts["share"])
    by_zone = words.groupby(parts["left"])
    told = zones[["zone_id", "source_file", "source_row"]].reset_index(drop=True)
    found: pd.DataFrame = told.assign(
        declared=column_or_missing(zones, "district_code").to_numpy(),
        main=first["code"].reindex(told.index),
        main_ratio=first["share"].reindex(told.index).fillna(0.0),
        n=by_zone.size().reindex(told.index, fill_value=0),
        value=by_zone.agg(", ".join).reindex(told.index).fillna(""),
        outside=1 - pairs.groupby("left")["share"].sum().reindex(told.index, fill_value=0.0),
    )
    return found


def _tell_other(told: pd.DataFrame, districts: pd.DataFrame, inputs: Inputs) -> None:
    """Zones most of which lies in another district than they say; an abolished code is its successor."""
    today = {code: division(str(code)).successor or code for code in told["declared"].dropna().unique()}
    declared = told["declared"].map(today)
    other = told[declared.notna() & (told["main_ratio"] > _MOST) & (declared != told["main"])]
    name = other["main"].map(districts.set_index("district_code")["district_name"]).astype("str")
    decision = (
        "kept as declared; "
        + _percent(other["main_ratio"])
        + " of the zone lies in "
        + other["main"]
        + " "
        + name
    )
    inputs.issues += row_issues(
        other,
        "warning",
        "zone_in_other_district",
        "zones",
        key="zone_id",
        column="district_code",
        value=other["declared"].astype("str"),
        decision=decision,
        fix="correct the code of the zone, or the border of the district",
    )


def _tell(rows: pd.DataFrame, code: str, decision: str | pd.Series, fix: str, inputs: Inputs) -> None:
    inputs.issues += row_issues(
        rows,
        "info",
        code,
        "zones",
        key="zone_id",
        column="geometry",
        value=rows["value"],
        decision=decision,
        fix=fix,
    )


def _percent(share: pd.Series) -> pd.Series:
    return (100 * share).map("{:.1f} %".format).astype("str")
