"""The review workbook on disk."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from landeff.core.dataset import Dataset
from landeff.core.errors import OutputError
from landeff.core.text import Lang
from landeff.publish.review import sheets
from landeff.publish.workbook.draw import write_workbook


def write_review(dataset: Dataset, path: Path, lang: Lang = "zh") -> None:
    """Write the review workbook of a finished run; whole, or not at all.

    Same dataset, same bytes.

    Raises:
        OutputError: the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".landeff-", dir=path.parent) as folder:
            made = Path(folder) / "review.xlsx"
            write_workbook(dataset, made, lang, sheets)
            os.replace(made, path)
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written: {error.strerror}", "close it in other programs, or name another file"
        ) from error
