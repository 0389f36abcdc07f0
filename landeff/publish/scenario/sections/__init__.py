"""Sections on a scenario: one file, one section."""
