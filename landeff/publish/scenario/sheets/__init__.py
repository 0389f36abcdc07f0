"""Sheets on a scenario: one file, one sheet."""
