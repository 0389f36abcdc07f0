"""What a run wrote: every file of the output folder with its hash, and facts about the run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from landeff.core.errors import OutputError

MANIFEST = "manifest.json"


def file_hash(path: Path) -> str:
    """SHA-256 of a file's content, as hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write_manifest(folder: Path, facts: Mapping[str, object]) -> None:
    """Write ``manifest.json``: ``facts`` (anything JSON can hold) and ``files``, path → SHA-256, sorted.

    Call it last: files written afterwards are taken for the user's own.
    """
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    files = {path.relative_to(folder).as_posix(): file_hash(path) for path in paths}
    text = json.dumps({**facts, "files": files}, ensure_ascii=False, indent=2, sort_keys=True)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def listed_files(folder: Path) -> dict[str, str]:
    """Path → SHA-256 of the files that the manifest of ``folder`` lists; empty where there is no manifest.

    Raises:
        OutputError: the manifest is not one.
    """
    path = folder / MANIFEST
    if not path.exists():
        return {}
    try:
        return {
            str(name): str(digest) for name, digest in json.loads(path.read_text("utf-8"))["files"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise OutputError(f"{path} is not a manifest of landeff.", "choose another output folder") from error
