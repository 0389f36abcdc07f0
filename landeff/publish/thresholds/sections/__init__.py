"""Sections on thresholds: one file, one section."""
