"""Sheets of a workbook sent to a district or zone, one file each; found by themselves."""
