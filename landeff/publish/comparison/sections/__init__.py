"""Sections of a comparison: one file, one section."""
