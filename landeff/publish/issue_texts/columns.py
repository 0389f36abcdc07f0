"""Sentences about columns, units and codes."""

from __future__ import annotations

SENTENCES: tuple[tuple[str, str], ...] = ()
