"""As the whole workbook has it."""

from landeff.publish.workbook.sheets.blocks import SHEET

__all__ = ["SHEET"]
