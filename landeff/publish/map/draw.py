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
from landeff.publish.map.encode import Chunk, encode_number, encode_text
from landeff.publish.map.layer import (
    CSS,
    ParcelStore,
    add_scripts,
    columns_meta,
    columns_payload,
    to_degrees,
)
from landeff.publish.map.model import MapModel, map_model
from landeff.publish.offline.assets import style_text
from landeff.publish.offline.escape import json_for_script
from landeff.publish.offline.figure import add_inline, add_verbatim
from landeff.publish.offline.map import OfflineMap

DRAWING_SCRIPTS = ("dom", "decode", "store", "hatch", "grid")
PAGE_SCRIPTS = ("frame", "panel", "search", "ledger", "dossier", "pointer", "print", "app")
ZONE_GROUND = {"stroke": False, "fillColor": "#fdfdfb", "fillOpacity": 1.0}  # under the parcels
ZONE_LINE = {"color": "#12395f", "weight": 2.6, "fill": False}  # over them
SUB_PARK_LINE = {"color": "#12395f", "weight": 1.3, "dashArray": "7 4", "fill": False}
DEGREE_DECIMALS = 6  # 0.1 m
STORED_DECIMALS = 4  # 1 CNY of 万元, 0.07 m² of 亩: sums in the page agree with those of the run


class MapPage(Element):
    """The page around the map: header, panel, dossier. Its data is inert; its script sets text as text."""

    def __init__(
        self, store: ParcelStore, findings: dict[str, Chunk], n: int, config: dict[str, object]
    ) -> None:
        super().__init__()
        self._name = "MapPage"
        self.store = store
        self.findings = findings
        self.n_findings = n
        self.config = config

    def render(self, **_: object) -> str:
        """Put scripts and style into the head, then the page into the body."""
        root, name = self.get_root(), self.get_name()
        add_inline(root, "landeff_css", "css", style_text((CSS / "page.css").read_text("utf-8"), CSS))
        add_scripts(root, (*DRAWING_SCRIPTS, *PAGE_SCRIPTS))
        findings = {"n": self.n_findings, "columns": columns_meta(self.findings, f"{name}-f")}
        parts = (self.store.meta(name), findings, {**self.config, "bounds": self.store.bounds})
        arguments = ", ".join(map(json_for_script, parts))
        payload = self.store.payload(name) + columns_payload(self.findings, f"{name}-f")
        add_verbatim(root, name, payload, f"Landeff.page({self.map_name()}, {arguments});")
        return ""

    def map_name(self) -> str:
        """Variable of the map this stands in."""
        if self._parent is None:
            raise OutputError("the page stands in no map.", "Add it to an OfflineMap first.")
        return self._parent.get_name()


def build_map(dataset: Dataset) -> OfflineMap:
    """The map of a finished run: a ``folium.Map`` that opens without a network.

    Equal runs give equal bytes. Text of the data reaches the page only as text.
    """
    return draw_map(map_model(dataset))


def draw_map(model: MapModel) -> OfflineMap:
    """Draw ``model``."""
    store = _store(model)
    zones = to_degrees(model.zones)
    page = OfflineMap(
        [0.0, 0.0], title=model.meta.name, lang="zh-CN" if model.meta.lang == "zh" else "en", zoom_start=2
    )
    if zones.geometry.notna().any():
        part = zones.reindex(columns=["parent_zone_id"])["parent_zone_id"].notna().to_numpy()
        _zones(zones, "tilePane", ZONE_GROUND).add_to(page)
        _zones(zones[part], "overlayPane", SUB_PARK_LINE).add_to(page)
        _zones(zones[~part], "overlayPane", ZONE_LINE).add_to(page)
    findings = _findings(model, store)
    MapPage(store, findings[1], findings[0], page_config(model, zone_places(zones))).add_to(page)
    return page


def _zones(zones: gpd.GeoDataFrame, pane: str, style: dict[str, object]) -> folium.GeoJson:
    """Zones as shapes only: text of the data never enters a string of folium."""
    shapes = zones[~(zones.geometry.isna() | zones.is_empty)].sort_values("zone_id").geometry
    rounded = shapely.transform(shapes.to_numpy(), lambda xy: xy.round(DEGREE_DECIMALS))
    data = gpd.GeoDataFrame(geometry=rounded, crs=zones.crs)
    return folium.GeoJson(data, style_function=lambda _: style, interactive=False, pane=pane, control=False)


def _store(model: MapModel) -> ParcelStore:
    store = ParcelStore(model.plots.geometry)
    for field in (*model.fields, *model.hidden):
        _add(store, field, model.plots[field.name])
    for layer in model.layers:
        store.add_codes(f"class:{layer.name}", layer.codes)
    return store


def _add(store: ParcelStore, field: Field, values: pd.Series) -> None:
    if field.is_number:
        store.add_number(field.name, values / QUANTITIES[field.kind].per, STORED_DECIMALS)
    elif field.kind == "date":
        store.add_text(field.name, values.dt.strftime("%Y-%m-%d"))
    else:
        store.add_text(field.name, values)


def _findings(model: MapModel, store: ParcelStore) -> tuple[int, dict[str, Chunk]]:
    """Open findings as columns; ``row`` is the place of the parcel in the store."""
    place = pd.Series(range(len(store.order)), index=model.plots["parcel_id"].iloc[store.order])
    row = model.findings["parcel_id"].map(place)
    known = model.findings[row.notna()].assign(row=row.dropna())
    columns = {"row": encode_number(known["row"], 0)}
    for name in ("rule_id", "verdict", "reason", "missing", "basis", "advice"):
        columns[name] = encode_text(known[name])
    columns["since_on"] = encode_text(pd.to_datetime(known["since_on"]).dt.strftime("%Y-%m-%d"))
    return len(known), columns
