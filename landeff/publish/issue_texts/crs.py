"""Sentences about coordinate systems."""

from __future__ import annotations

SENTENCES: tuple[tuple[str, str], ...] = ()
