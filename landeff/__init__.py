"""Land-use efficiency of development zones: tax per mu, stock-land inventory, maps and ledgers, offline.

>>> import landeff
>>> landeff.M2_PER_MU * 15
10000.0
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from landeff.core.errors import LandeffError
    from landeff.core.units import M2_PER_MU
    from landeff.indicators.run import built_in_indicators
    from landeff.pipeline.areas import areas
    from landeff.pipeline.blocks import Blocks, blocks
    from landeff.pipeline.check import check
    from landeff.pipeline.compare import Comparison, compare
    from landeff.pipeline.convert import convert
    from landeff.pipeline.decomposition import decompose
    from landeff.pipeline.hot_spots import HotSpots, hot_spots
    from landeff.pipeline.load_config import load_config
    from landeff.pipeline.merge import Merged, merge
    from landeff.pipeline.result import Result, load_result
    from landeff.pipeline.review import review
    from landeff.pipeline.run import run
    from landeff.pipeline.scorecard_check import check_scorecard
    from landeff.pipeline.split import split
    from landeff.pipeline.thresholds import Thresholds, thresholds
    from landeff.pipeline.what_if import WhatIf, scenario
    from landeff.publish.map.layer import map_layer
    from landeff.publish.offline.map import OfflineMap
    from landeff.sample import write_city
    from landeff.sources.init import propose_project
    from landeff.standards.catalogue import built_in_rules
    from landeff.standards.scorecards.catalogue import built_in_scorecards
    from landeff.standards.scorecards.effects import built_in_effects

_HOMES = {
    "HotSpots": "landeff.pipeline.hot_spots",
    "LandeffError": "landeff.core.errors",
    "OfflineMap": "landeff.publish.offline.map",
    "M2_PER_MU": "landeff.core.units",
    "Result": "landeff.pipeline.result",
    "Thresholds": "landeff.pipeline.thresholds",
    "WhatIf": "landeff.pipeline.what_if",
    "decompose": "landeff.pipeline.decomposition",
    "scenario": "landeff.pipeline.what_if",
    "Blocks": "landeff.pipeline.blocks",
    "areas": "landeff.pipeline.areas",
    "blocks": "landeff.pipeline.blocks",
    "built_in_effects": "landeff.standards.scorecards.effects",
    "built_in_indicators": "landeff.indicators.run",
    "built_in_rules": "landeff.standards.catalogue",
    "built_in_scorecards": "landeff.standards.scorecards.catalogue",
    "Comparison": "landeff.pipeline.compare",
    "check": "landeff.pipeline.check",
    "compare": "landeff.pipeline.compare",
    "check_scorecard": "landeff.pipeline.scorecard_check",
    "convert": "landeff.pipeline.convert",
    "hot_spots": "landeff.pipeline.hot_spots",
    "load_config": "landeff.pipeline.load_config",
    "load_result": "landeff.pipeline.result",
    "Merged": "landeff.pipeline.merge",
    "merge": "landeff.pipeline.merge",
    "map_layer": "landeff.publish.map.layer",
    "propose_project": "landeff.sources.init",
    "review": "landeff.pipeline.review",
    "run": "landeff.pipeline.run",
    "split": "landeff.pipeline.split",
    "thresholds": "landeff.pipeline.thresholds",
    "write_city": "landeff.sample",
}

__all__ = [
    "M2_PER_MU",
    "Blocks",
    "Comparison",
    "HotSpots",
    "LandeffError",
    "Merged",
    "OfflineMap",
    "Result",
    "Thresholds",
    "WhatIf",
    "areas",
    "blocks",
    "built_in_effects",
    "built_in_indicators",
    "built_in_rules",
    "built_in_scorecards",
    "check",
    "check_scorecard",
    "compare",
    "convert",
    "decompose",
    "hot_spots",
    "load_config",
    "load_result",
    "map_layer",
    "merge",
    "propose_project",
    "review",
    "run",
    "scenario",
    "split",
    "thresholds",
    "write_city",
]


def __getattr__(name: str) -> Any:
    """Import public names on first use, so that ``import landeff`` does not pay for geopandas."""
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'landeff' has no attribute {name!r}")
