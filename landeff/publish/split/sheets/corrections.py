"""The form for whatever the entry columns do not ask, as in the review workbook."""

from dataclasses import replace

from landeff.publish.review.sheets import corrections

SHEET = replace(corrections.SHEET, order=90)
