"""Parts found by looking into a package: one file, one part."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType
from typing import Protocol, TypeVar


class Part(Protocol):
    """What every part has: a place in the order."""

    @property
    def order(self) -> int:
        """Smaller comes first."""


P = TypeVar("P", bound=Part)


def parts(package: ModuleType, name: str, kind: type[P]) -> tuple[P, ...]:
    """The objects ``name``, of type ``kind``, in the modules of ``package``: by ``order``, then module.

    Raises:
        TypeError: a module of the package has no such object.
    """
    found: list[tuple[int, str, P]] = []
    for module in pkgutil.iter_modules(package.__path__):
        part = getattr(importlib.import_module(f"{package.__name__}.{module.name}"), name, None)
        if not isinstance(part, kind):
            raise TypeError(f"{package.__name__}.{module.name} must define {name}, a {kind.__name__}")
        found.append((part.order, module.name, part))
    return tuple(part for _, _, part in sorted(found, key=lambda each: each[:2]))
