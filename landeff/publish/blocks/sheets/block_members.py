"""As the whole workbook has it."""

from landeff.publish.workbook.sheets.block_members import SHEET

__all__ = ["SHEET"]
