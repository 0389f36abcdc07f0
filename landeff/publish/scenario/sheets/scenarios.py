"""The sheet of the workbook of a run."""

from landeff.publish.workbook.sheets.scenarios import SHEET

__all__ = ["SHEET"]
