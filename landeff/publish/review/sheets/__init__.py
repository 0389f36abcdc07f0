"""Sheets of the review workbook, one file each; found by themselves."""
