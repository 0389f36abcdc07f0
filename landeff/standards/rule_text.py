"""The text of a rule file, and the line of it that an error is about."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from landeff.core.errors import ConfigError

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A TOML text and its name, and a place in it, so that an error can say where it is.

    Attributes:
        path: keys and positions that lead from the whole to the part being read.
    """

    name: str
    text: str
    path: Path = ()

    def at(self, *path: str | int) -> Text:
        """A part of this part."""
        return replace(self, path=(*self.path, *path))

    def error(self, problem: str, token: str = "", fix: str = "") -> ConfigError:
        """An error at the line where this part has the word ``token``; without one, where the part begins."""
        keys = [position for position, key in enumerate(self.path) if isinstance(key, str)]
        if token:
            line = line_of(self.text, self.path, token)
        elif keys:
            line = line_of(self.text, self.path[: keys[-1]], str(self.path[keys[-1]]))
        else:
            line = None
        return ConfigError(f"{self.name}{f', line {line}' if line else ''}: {problem}", fix)


def nearest(name: str, valid: Sequence[str]) -> str:
    """A fix naming the valid name closest to ``name``, or all of them."""
    close = difflib.get_close_matches(name, valid, n=1, cutoff=0.6)
    return f'did you mean "{close[0]}"?' if close else f"use one of: {', '.join(sorted(valid))}"


def line_of(text: str, path: Path, token: str) -> int | None:
    """The line on which the part of ``text`` at ``path`` has the word ``token``.

    The TOML parser does not tell lines. So each place where the word stands is changed in turn: the one whose
    change is seen in the part is it. Comments and other parts of the file are thereby passed over.

    >>> line_of('# size\\n[a]\\nsize = 1\\n[b]\\nsize = 2', ("b",), "size")
    5
    """
    matches = list(re.finditer(rf"(?<!\w){re.escape(token)}(?!\w)", text))
    try:
        here = _part(tomllib.loads(text), path)
    except tomllib.TOMLDecodeError:
        matches, here = matches[:1], None
    for match in matches:
        for suffix in ("_", "0"):
            try:
                changed = tomllib.loads(f"{text[: match.end()]}{suffix}{text[match.end() :]}")
            except tomllib.TOMLDecodeError:
                continue
            if _differs(here, _part(changed, path), token):
                return text.count("\n", 0, match.start()) + 1
    return text.count("\n", 0, matches[0].start()) + 1 if matches else None


def _part(whole: Any, path: Path) -> Any:
    """The part at ``path``; ``None`` where there is none."""
    for key in path:
        try:
            whole = whole[key]
        except (KeyError, IndexError, TypeError):
            return None
    return whole


def _differs(before: Any, after: Any, token: str) -> bool:
    if isinstance(before, dict) and token in before:  # the word is a key of it
        return not isinstance(after, dict) or token not in after
    return bool(before != after)
