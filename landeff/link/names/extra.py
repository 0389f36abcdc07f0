"""The extra ``match``, imported when the first name is matched: a run without names does not need it."""

from __future__ import annotations

import functools
import importlib
from typing import Any

from landeff.core.errors import MissingExtraError

_EXTRA, _PURPOSE = "match", "matching names of enterprises"


@functools.cache
def fuzz() -> Any:
    """``rapidfuzz.fuzz``.

    Raises:
        MissingExtraError: it is not installed.
    """
    return _module("rapidfuzz.fuzz")


@functools.cache
def process() -> Any:
    """``rapidfuzz.process``."""
    return _module("rapidfuzz.process")


@functools.cache
def levenshtein() -> Any:
    """``rapidfuzz.distance.Levenshtein``."""
    return _module("rapidfuzz.distance").Levenshtein


@functools.cache
def exchanges() -> Any:
    """Distance of two texts in which an exchange of neighbours is one step."""
    return _module("rapidfuzz.distance").OSA.distance


@functools.cache
def simplifier() -> Any:
    """A converter from traditional to simplified characters."""
    return _module("opencc").OpenCC("t2s")


def missing() -> MissingExtraError | None:
    """Why names cannot be matched; nothing where they can."""
    try:
        levenshtein(), fuzz(), simplifier()
    except MissingExtraError as error:
        return error
    return None


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        raise MissingExtraError(_EXTRA, _PURPOSE, name.partition(".")[0]) from None
