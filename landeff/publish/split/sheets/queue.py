"""Doubtful matches of the district, as in the review workbook."""

from __future__ import annotations

from dataclasses import replace

from landeff.core.dataset import Dataset
from landeff.publish.review.sheets import queue
from landeff.publish.workbook.model import Ledger


def build(part: Dataset) -> Ledger | None:
    """A row a candidate; left out where nothing waits."""
    return queue.build(part) if len(part.frame("links")) else None


SHEET = replace(queue.SHEET, order=80, build=build)
