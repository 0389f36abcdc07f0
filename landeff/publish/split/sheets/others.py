"""Parcels of every other class that is listed."""

from landeff.publish.split.entries import sheet

SHEET = sheet("others", 70)
