"""The section of the report, in a report of its own."""

from __future__ import annotations

from landeff.publish.report.sections.hot_spots import SECTION

__all__ = ["SECTION"]
