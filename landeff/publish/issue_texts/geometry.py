"""Sentences about polygons and topology."""

from __future__ import annotations

SENTENCES: tuple[tuple[str, str], ...] = ()
