"""The review workbook of a result; what a person filled in is never written over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from landeff.core.errors import OutputError
from landeff.core.text import Lang

if TYPE_CHECKING:
    from landeff.pipeline.result import Result


def review(
    result: Result | str | Path, path: str | Path, lang: Lang | None = None, *, force: bool = False
) -> Path:
    """Write the review workbook (核对表) of a result: doubtful matches to decide, a form for corrections.

    Filled in and named under ``[sources.corrections]``, the next run applies it; see ``docs/review.md``.

    Args:
        result: a run, or the folder of a saved one.
        path: the workbook to write.
        lang: its language; that of the run where it is not given.
        force: write over a workbook that somebody filled in, or over another file.

    Raises:
        OutputError: there is no such result; or ``path`` is filled in and ``force`` is not given.
    """
    from landeff.pipeline.result import load_result  # noqa: PLC0415  # a result can review itself
    from landeff.publish.review import write_review  # noqa: PLC0415  # the writer is slow to import
    from landeff.sources.review import is_filled_in  # noqa: PLC0415  # so are the readers

    target = Path(path)
    if not force and target.exists() and is_filled_in(target):
        raise OutputError(
            f"{target} exists and is not an empty review workbook.",
            "name another file, or give --force to lose what is in it",
        )
    dataset = (load_result(result) if isinstance(result, str | Path) else result).dataset
    write_review(dataset, target, lang or dataset.meta.lang)
    return target
