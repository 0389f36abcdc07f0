"""Sentences about overlaps with zones, plans, buildings and approvals."""

from __future__ import annotations

SENTENCES: tuple[tuple[str, str], ...] = ()
