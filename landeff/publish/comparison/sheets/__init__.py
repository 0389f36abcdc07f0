"""Sheets of a comparison: one file, one sheet."""
