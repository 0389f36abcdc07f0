"""Sheets of the workbook: each module defines ``SHEET``; its ``order`` is its place."""
