"""Sections on hot spots: one file, one section."""
