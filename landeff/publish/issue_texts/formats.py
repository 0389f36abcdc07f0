"""Sentences about files and their text."""

from __future__ import annotations

SENTENCES: tuple[tuple[str, str], ...] = ()
