"""Sentences about cells, rows and sheets."""

from __future__ import annotations

SENTENCES: tuple[tuple[str, str], ...] = ()
