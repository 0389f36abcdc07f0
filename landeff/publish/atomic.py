"""An output folder that is either the old one or the new one, never half of each."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from landeff.core.errors import OutputError
from landeff.publish.manifest import MANIFEST, file_hash, listed_files


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """A new, empty folder to write into, which takes the place of ``folder`` when the block ends well.

    On an exception the new folder goes and ``folder`` stays as it was. What a user put into or changed in an
    earlier output is carried over: files its manifest does not list under their own name, listed files with
    other content as ``<name>.edited.<suffix>``.

    Raises:
        OutputError: ``folder`` is a file, or holds files but no manifest of an earlier run (a lone README.md
            is allowed), or cannot be made or replaced (a file of it open in another program, no room).
    """
    _check(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        shelter = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as error:
        raise OutputError(f"{folder} cannot be written: {error}", "choose another output folder") from error
    try:
        new = shelter / "new"
        new.mkdir()
        yield new
        _carry_over(folder, new)
        _swap(folder, new, shelter / "old")
    finally:
        shutil.rmtree(shelter, ignore_errors=True)


def _check(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise OutputError(f"{folder} is a file, not a folder.", "choose another output folder")
    others = {path.name for path in folder.iterdir()} - {"README.md"}
    if others and MANIFEST not in others:
        shown = ", ".join(sorted(others)[:3])
        raise OutputError(
            f"{folder} holds files that are not of an earlier run ({shown}).",
            f"choose an empty folder, or one that holds {MANIFEST}",
        )


def _carry_over(old: Path, new: Path) -> None:
    """Copy what the user put into ``old``, or changed in it, into ``new``."""
    if not old.is_dir():
        return
    listed = listed_files(old)
    for path in sorted(old.rglob("*")):
        name = path.relative_to(old)
        if not path.is_file() or name.name == MANIFEST or listed.get(name.as_posix()) == file_hash(path):
            continue
        target = new / name
        if target.exists():
            target = _free(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)


def _free(path: Path) -> Path:
    """``path`` marked as edited, with a number where that name is taken too."""
    target = path.with_name(f"{path.stem}.edited{path.suffix}")
    number = 2
    while target.exists():
        target = path.with_name(f"{path.stem}.edited-{number}{path.suffix}")
        number += 1
    return target


def _swap(folder: Path, new: Path, old: Path) -> None:
    """Put ``new`` at ``folder``; what was there goes to ``old``, and back if the second step fails."""
    try:
        had = folder.exists()
        if had:
            folder.rename(old)
        try:
            new.rename(folder)
        except OSError:
            if had:
                old.rename(folder)
            raise
    except OSError as error:
        raise OutputError(
            f"{folder} cannot be replaced: {error}", "close its files in other programs and run again"
        ) from error
