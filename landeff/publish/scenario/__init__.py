"""A scenario on its own: report and workbook."""
