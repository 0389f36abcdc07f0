"""Finding what a package offers: decorators only tag, a scan collects the tags.

There is no global table to register in. To add an entry, put one tagged object into a file of the package.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from types import MappingProxyType, ModuleType
from typing import Any, TypeVar

TAG = "__landeff_tag__"

Tagged = TypeVar("Tagged", bound=Callable[..., Any])
Spec = TypeVar("Spec")


def tag(target: Tagged, spec: object) -> Tagged:
    """Mark ``target`` with what it is; the object itself is returned unchanged."""
    setattr(target, TAG, spec)
    return target


def scan(package: ModuleType, kind: type[Spec]) -> Mapping[str, Spec]:
    """All tags of class ``kind`` on objects defined in the modules of ``package`` and of the packages in it.

    Returns:
        Read-only mapping ``<module>.<object>`` → tag, sorted by name. Objects that a module merely imports
        are not counted again.
    """
    found: dict[str, Spec] = {}
    for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        module = importlib.import_module(info.name)
        for name, target in vars(module).items():
            spec = vars(target).get(TAG) if hasattr(target, "__dict__") else None
            if isinstance(spec, kind) and getattr(target, "__module__", None) == module.__name__:
                found[f"{info.name.rpartition('.')[2]}.{name}"] = spec
    return MappingProxyType(dict(sorted(found.items())))
