"""Two runs compared, as a workbook or a report."""
