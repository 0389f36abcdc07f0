"""Approved land that no parcel covers."""

from landeff.publish.split.entries import sheet

SHEET = sheet("approved_unsupplied", 50)
