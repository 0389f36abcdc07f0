"""A result cut into workbooks for districts or zones to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pandas as pd

from landeff.core.errors import OutputError
from landeff.core.text import Lang

if TYPE_CHECKING:
    from landeff.pipeline.result import Result


def split(
    result: Result | str | Path,
    folder: str | Path,
    by: Literal["district", "zone"] = "district",
    lang: Lang | None = None,
) -> pd.DataFrame:
    """Write one workbook a district (or top-level zone) with its listed land, to be filled in and merged.

    Each listed parcel and unsupplied piece is in exactly one file, land in no district or zone in a file of
    its own; see ``docs/split-and-merge.md``.

    Args:
        result: a run, or the folder of a saved one.
        folder: where to write; it must not hold files.
        by: ``district`` or ``zone``.
        lang: language of the workbooks; that of the run where it is not given.

    Returns:
        a row a file: ``file``, ``place``, ``place_name``, rows by sheet, ``n_rows``, ``area_m2``,
        ``n_questions`` (doubtful matches).

    Raises:
        OutputError: there is no such result, ``by`` is another word, or ``folder`` holds files.
    """
    from landeff.pipeline.result import load_result  # noqa: PLC0415  # a result can split itself
    from landeff.publish.split import write_split  # noqa: PLC0415  # the writer is slow to import

    if by not in ("district", "zone"):
        raise OutputError(f"a result is not split by {by!r}.", "use district or zone")
    target = Path(folder)
    if target.is_dir() and any(target.iterdir()):
        raise OutputError(
            f"{target} holds files.", "choose an empty folder: what was filled in is never lost"
        )
    dataset = (load_result(result) if isinstance(result, str | Path) else result).dataset
    return write_split(dataset, target, by, lang or dataset.meta.lang)
