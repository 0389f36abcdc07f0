"""A file under another name in a folder that goes away: nothing is written beside what was handed over."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path


@contextlib.contextmanager
def staged(files: Mapping[str, Path | bytes]) -> Iterator[Path]:
    """A temporary folder that holds ``files`` by name: links or copies of files and folders, or bytes."""
    with tempfile.TemporaryDirectory(prefix="landeff-", ignore_cleanup_errors=True) as folder:
        for name, source in files.items():
            target = Path(folder) / name
            if isinstance(source, bytes):
                target.write_bytes(source)
            elif source.is_dir():
                shutil.copytree(source, target)
            else:
                _link(source, target)
        yield Path(folder)


def _link(source: Path, target: Path) -> None:
    """A symbolic link, or a copy where the system does not let ordinary users make one."""
    try:
        os.symlink(source.resolve(), target)
    except OSError:
        shutil.copyfile(source, target)


def plain_name(name: str) -> str:
    """A file name that every system takes, without any folder.

    >>> plain_name("a:b?.shp"), plain_name("CON")
    ('a_b_.shp', '_CON')
    """
    bare = "".join("_" if char in '<>:"/\\|?*' or not char.isprintable() else char for char in name)
    stem = bare.partition(".")[0].upper()
    reserved = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(10))}
    return f"_{bare}" if stem in reserved or not bare.strip(". ") else bare
