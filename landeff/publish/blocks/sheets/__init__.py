"""Sheets of the workbook on blocks alone."""
