"""Parcels that lack the facts to judge them by."""

from landeff.publish.split.entries import sheet

SHEET = sheet("missing_facts", 30)
