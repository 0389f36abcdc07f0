"""The sheet of the workbook, in a workbook of its own."""

from __future__ import annotations

from landeff.publish.workbook.sheets.hot_spots import SHEET

__all__ = ["SHEET"]
