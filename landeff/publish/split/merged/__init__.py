"""Sheets of the workbook that gathers what came back, one file each; found by themselves."""
