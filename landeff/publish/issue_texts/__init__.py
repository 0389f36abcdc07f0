"""What issues say, in Chinese: titles of the codes, and the sentences that sources and pipeline write.

One file a subject; each holds ``SENTENCES``, pairs of a regular expression that matches the whole English
sentence and the Chinese with its groups.
"""

from __future__ import annotations

from landeff.publish.issue_texts import (
    allocation,
    boundary_points,
    columns,
    corrections,
    crs,
    disposals,
    districts,
    formats,
    general,
    geometry,
    identity,
    overlays,
    rasters,
    rules,
    scorecards,
    spreadsheets,
    supply_land,
    zone_statistics,
)
from landeff.publish.issue_texts.codes import CODES

__all__ = ["CODES", "SENTENCES"]

_SUBJECTS = (
    allocation,
    boundary_points,
    general,
    formats,
    spreadsheets,
    columns,
    corrections,
    crs,
    disposals,
    districts,
    geometry,
    identity,
    overlays,
    rasters,
    rules,
    scorecards,
    supply_land,
    zone_statistics,
)
SENTENCES: tuple[tuple[str, str], ...] = tuple(pair for each in _SUBJECTS for pair in each.SENTENCES)
