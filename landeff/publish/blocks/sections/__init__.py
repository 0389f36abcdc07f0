"""Sections of the report on blocks alone."""
