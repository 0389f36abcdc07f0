"""Sheets on thresholds: one file, one sheet."""
