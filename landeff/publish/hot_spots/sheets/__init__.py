"""Sheets on hot spots: one file, one sheet."""
