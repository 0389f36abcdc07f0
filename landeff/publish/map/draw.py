"""The model turned into a folium page."""

from __future__ import annotations

import folium
import geopandas as gpd
import pandas as pd
import shapely
from branca.element import Element

from landeff.core.dataset import Dataset
from landeff.core.errors import OutputError
from landeff.publish.fields import QUANTITIES, Field
from landeff.publish.map.config import page_config, zone_places
from landeff.publish.map.measures import AREA, STORED_DECIMALS, stored, stored_per_mu
from landeff.publish.map.model import MapModel, map_model
from landeff.publish.map.store import (
    CSS,
    ParcelStore,
    add_scripts,
    columns_meta,
    columns_payload,
    to_degrees,
)
from landeff.publish.map.tables import Table, page_tables
from landeff.publish.offline.assets import style_text
from landeff.publish.offline.escape import json_for_script
from landeff.publish.offline.figure import add_inline, add_verbatim
from landeff.publish.offline.map import OfflineMap
from landeff.publish.tiles import Tiles, tiles_of

DRAWING_SCRIPTS = ("dom", "decode", "store", "hatch", "grid")
PAGE_SCRIPTS = (
    *("frame", "zone_names", "legend", "measure", "figures", "panel", "search", "filters", "ledger", "csv"),
    *("condition_tree", "firms", "dossier", "outlines", "districts", "pointer", "tiles", "print", "app"),
)
STYLE = ("page", "districts")
ZONE_GROUND = {"stroke": False, "fillColor": "#fdfdfb", "fillOpacity": 1.0}  # under the parcels
ZONE_LINE = {"color": "#12395f", "weight": 2.6, "fill": False}  # over them
SUB_PARK_LINE = {"color": "#12395f", "weight": 1.3, "dashArray": "7 4", "fill": False}
DEGREE_DECIMALS = 6  # 0.1 m
#: Money per mu that the page divides itself; carrying it would say the same twice.
DIVIDED = ("tax_cny_per_mu", "output_cny_per_mu")


class MapPage(Element):
    """The page around the map: header, panels, dossier. Its data is inert; its script sets text as text.

    Args:
        tables: findings, their conditions, corrections, firms …: ``(number of rows, columns)`` by name.
    """

    def __init__(self, store: ParcelStore, tables: dict[str, Table], config: dict[str, object]) -> None:
        super().__init__()
        self._name = "MapPage"
        self.store = store
        self.tables = tables
        self.config = config

    def render(self, **_: object) -> str:
        """Put scripts and style into the head, then the page into the body."""
        root, name = self.get_root(), self.get_name()
        style = "".join((CSS / f"{part}.css").read_text("utf-8") for part in STYLE)
        add_inline(root, "landeff_css", "css", style_text(style, CSS))
        add_scripts(root, (*DRAWING_SCRIPTS, *PAGE_SCRIPTS))
        tables = {
            key: {"n": n, "columns": columns_meta(columns, f"{name}-{key}")}
            for key, (n, columns) in self.tables.items()
        }
        parts = (self.store.meta(name), tables, {**self.config, "bounds": self.store.bounds})
        arguments = ", ".join(map(json_for_script, parts))
        payload = self.store.payload(name) + "".join(
            columns_payload(columns, f"{name}-{key}") for key, (_, columns) in self.tables.items()
        )
        add_verbatim(root, name, payload, f"Landeff.page({self.map_name()}, {arguments});")
        return ""

    def map_name(self) -> str:
        """Variable of the map this stands in."""
        if self._parent is None:
            raise OutputError("the page stands in no map.", "Add it to an OfflineMap first.")
        return self._parent.get_name()


def build_map(dataset: Dataset, tiles: Tiles | None = None) -> OfflineMap:
    """The map of a finished run: a ``folium.Map`` that opens without a network.

    Equal runs give equal bytes. Text of the data reaches the page only as text.

    Args:
        tiles: a base map of the user's own (:func:`landeff.publish.tiles.tiles_of`); the page asks for it
            only once somebody switches it on.
    """
    if tiles is None and dataset.meta.tiles:
        tiles = tiles_of(dataset.meta.tiles)
    return draw_map(map_model(dataset), tiles)


def draw_map(model: MapModel, tiles: Tiles | None = None) -> OfflineMap:
    """Draw ``model``."""
    store = _store(model)
    zones = to_degrees(model.zones)
    page = OfflineMap(
        [0.0, 0.0],
        title=model.meta.name,
        lang="zh-CN" if model.meta.lang == "zh" else "en",
        zoom_start=2,
        fade_animation=False,  # on paper a tile that is half faded in would stay so
        image_hosts=tiles.hosts if tiles else (),
    )
    if zones.geometry.notna().any():
        part = zones.reindex(columns=["parent_zone_id"])["parent_zone_id"].notna().to_numpy()
        _zones(zones, "tilePane", ZONE_GROUND).add_to(page)
        _zones(zones[part], "overlayPane", SUB_PARK_LINE).add_to(page)
        _zones(zones[~part], "overlayPane", ZONE_LINE).add_to(page)
    tables, left_out = page_tables(model, store)
    config = page_config(model, zone_places(zones), tiles.config() if tiles else None)
    MapPage(store, tables, {**config, "leftOut": list(left_out)}).add_to(page)
    return page


def _zones(zones: gpd.GeoDataFrame, pane: str, style: dict[str, object]) -> folium.GeoJson:
    """Zones as shapes only: text of the data never enters a string of folium."""
    shapes = zones[~(zones.geometry.isna() | zones.is_empty)].sort_values("zone_id").geometry
    rounded = shapely.transform(shapes.to_numpy(), lambda xy: xy.round(DEGREE_DECIMALS))
    data = gpd.GeoDataFrame(geometry=rounded, crs=zones.crs)
    return folium.GeoJson(data, style_function=lambda _: style, interactive=False, pane=pane, control=False)


def _store(model: MapModel) -> ParcelStore:
    plots = model.plots
    store = ParcelStore(plots.geometry)
    divided = [name for name in DIVIDED if _is_divided(plots, name)]
    for field in (*model.fields, *model.hidden):
        if field.name in divided:
            store.add_ratio(field.name, field.name.removesuffix("_per_mu"), AREA, STORED_DECIMALS)
        else:
            _add(store, field, plots[field.name])
    for column in plots.columns:
        money, colon, year = column.partition(":")
        if colon:
            store.add_number(column, stored(plots[column], "wan"), STORED_DECIMALS)
            store.add_ratio(f"{money}_per_mu:{year}", column, AREA, STORED_DECIMALS)
    for layer in model.layers:
        if layer.measure is None:
            store.add_codes(f"class:{layer.name}", layer.codes)
    return store


def _is_divided(plots: gpd.GeoDataFrame, name: str) -> bool:
    """Whether the run's money per mu is its money by its area, so that the page need not be told."""
    money = name.removesuffix("_per_mu")
    if not {name, money, AREA} <= set(plots.columns):
        return False
    told = plots[name].astype("float64") / QUANTITIES["wan_per_mu"].per
    # a piece of 0.01 mu is known to 1 %: differences are judged on the money
    off = (told - stored_per_mu(plots, money)).abs() * stored(plots[AREA], "mu")
    return bool((told.isna() == stored_per_mu(plots, money).isna()).all() and not (off > 0.01 + 0.001).any())


def _add(store: ParcelStore, field: Field, values: pd.Series) -> None:
    if field.is_number:
        store.add_number(field.name, values / QUANTITIES[field.kind].per, STORED_DECIMALS)
    elif field.kind == "date":
        store.add_text(field.name, values.dt.strftime("%Y-%m-%d"))
    else:
        store.add_text(field.name, values)
