"""Parcels a year past due within a year."""

from landeff.publish.split.entries import sheet

SHEET = sheet("due_soon", 40)
