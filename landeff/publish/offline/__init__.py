"""Folium pages that need nothing but themselves: every asset inlined, no request, a strict policy."""

from landeff.publish.offline.assets import OfflineAssetError
from landeff.publish.offline.escape import json_for_script
from landeff.publish.offline.figure import Inline, OfflineFigure
from landeff.publish.offline.map import OfflineMap

__all__ = ["Inline", "OfflineAssetError", "OfflineFigure", "OfflineMap", "json_for_script"]
