"""What thresholds would flag, as a workbook or a report."""
