"""Suspected idle parcels, to be checked."""

from landeff.publish.split.entries import sheet

SHEET = sheet("idle", 10)
