"""Parcels whose start is not recorded, to be checked on the spot."""

from landeff.publish.split.entries import sheet

SHEET = sheet("idle_to_check", 20)
