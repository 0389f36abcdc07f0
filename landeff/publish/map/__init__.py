"""The map: parcels, zones, inventory and dossiers in one offline page."""

from landeff.publish.map.draw import build_map, draw_map
from landeff.publish.map.layer import ParcelLayer, ParcelStore, map_layer
from landeff.publish.map.model import MapModel, map_model

__all__ = ["MapModel", "ParcelLayer", "ParcelStore", "build_map", "draw_map", "map_layer", "map_model"]
