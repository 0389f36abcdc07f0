"""Sentences about rasters."""

from __future__ import annotations

SENTENCES: tuple[tuple[str, str], ...] = ()
