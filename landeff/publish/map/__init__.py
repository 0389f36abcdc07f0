"""The map: parcels, zones, inventory and dossiers in one offline page."""

from landeff.publish.map.draw import build_map, draw_map
from landeff.publish.map.layer import ParcelLayer, map_layer
from landeff.publish.map.model import MapModel, map_model
from landeff.publish.map.store import ParcelStore
from landeff.publish.tiles import Tiles, tiles_of

__all__ = [
    "MapModel",
    "ParcelLayer",
    "ParcelStore",
    "Tiles",
    "build_map",
    "draw_map",
    "map_layer",
    "map_model",
    "tiles_of",
]
