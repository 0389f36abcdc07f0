"""Parcels suspected of low efficiency."""

from landeff.publish.split.entries import sheet

SHEET = sheet("low_efficiency", 60)
