"""The workbook: one sheet a ledger, for Excel and WPS. A sheet is one file in ``sheets``."""

from landeff.publish.workbook.draw import write_workbook

__all__ = ["write_workbook"]
