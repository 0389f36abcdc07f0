"""Esri file geodatabase: a folder whose name ends in ``.gdb``; zipped ones are unpacked by the zip reader."""

from __future__ import annotations

import hashlib
from pathlib import Path

from landeff.core.errors import InputError
from landeff.sources.readers import Options, Raw, choose, reader, sha256
from landeff.sources.vector.layers import ARROW, layer_names, read_layer, vector


def _names(path: Path) -> tuple[str, ...]:
    if not path.is_dir():
        raise InputError(
            f"{path.name} is no folder, so no file geodatabase.", "copy the whole .gdb folder, or zip it"
        )
    return layer_names(path, path.name)


@reader((".gdb",), "vector", _names)
def read_geodatabase(path: Path, options: Options) -> Raw:
    """Read the feature class or table asked for, or the only one."""
    layer = choose(path.name, options.layer, _names(path), "layer")
    frame, issues = read_layer(path, path.name, layer=layer, **ARROW)
    raw = vector(frame, issues, path.name, options.crs)
    return Raw(raw.frame, raw.rows, sha256=_digest(path), crs=raw.crs, issues=raw.issues)


def _digest(folder: Path) -> str:
    """Digest of the files of a geodatabase and their names, without locks."""
    files = sorted(file for file in folder.rglob("*") if file.is_file() and file.suffix.lower() != ".lock")
    told = "".join(f"{file.relative_to(folder).as_posix()}\0{sha256(file)}\n" for file in files)
    return hashlib.sha256(told.encode()).hexdigest()
