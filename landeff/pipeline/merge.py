"""Workbooks that districts filled in, gathered into one review workbook for the next run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.errors import InputError, OutputError
from landeff.core.review_words import same_word
from landeff.core.split_words import PROBLEMS, SUMMARY_FILE, SUMMARY_SHEET
from landeff.core.text import Lang
from landeff.pipeline.merge_claims import claims, corrections, form_claims, settled
from landeff.pipeline.merge_decisions import decisions
from landeff.pipeline.merge_rows import CONFLICT, checked_rows, disposals, told_rows

if TYPE_CHECKING:
    from landeff.pipeline.result import Result
    from landeff.sources.filled import Filled

_COUNTS = (
    "n_sent",
    "n_filled",
    "n_untouched",
    "n_deleted",
    "n_added",
    "n_answered",
    "n_corrections",
    "n_problems",
)


@dataclass(frozen=True, slots=True)
class Merged:
    """What came back.

    Attributes:
        corrections: one row a cell to be corrected, as in the sheet 更正, with ``from_file``, ``from_sheet``
            and ``from_row``.
        decisions: answers to doubtful matches that can be handed on.
        disposals: land reported as disposed of, all or part of it.
        conflicts: ``file``, ``sheet``, ``source_row``, ``key``, ``column``, ``value`` (as written), ``seen``
            (when sent), ``now``, ``problem`` (of :data:`landeff.core.split_words.PROBLEMS`). None of these
            was taken.
        progress: by file, rows sent, filled, untouched, deleted, added; answers, corrections, problems.
        path: the workbook, where one was written.
    """

    corrections: pd.DataFrame
    decisions: pd.DataFrame
    disposals: pd.DataFrame
    conflicts: pd.DataFrame
    progress: pd.DataFrame
    path: Path | None = None


def merge(
    files: str | Path | Iterable[str | Path],
    result: Result | str | Path,
    path: str | Path | None = None,
    lang: Lang | None = None,
    *,
    force: bool = False,
) -> Merged:
    """Gather filled-in workbooks of :func:`landeff.split` as corrections, with every conflict told.

    A filled cell becomes a correction of the value that was seen when the file was sent. Nothing is taken
    where two rows contradict each other, the value has changed since, the row is not signed, or what is
    written is no value of the column. The workbook at ``path`` is named under ``[sources.corrections]``.

    Args:
        files: a folder, or files and folders.
        result: the run that was split, or a later one.
        path: the workbook to write; ``None`` writes none.
        lang: its language; that of the run where it is not given.
        force: replace a file that is there.

    Raises:
        InputError: there is no filled workbook.
        OutputError: there is no such result, or ``path`` exists and ``force`` is not given.
    """
    from landeff.pipeline.result import load_result  # noqa: PLC0415  # a result is what is merged with
    from landeff.publish.split import write_merged  # noqa: PLC0415  # the writer is slow to import

    target = Path(path) if path is not None else None
    if target is not None and target.exists() and not force:
        raise OutputError(f"{target} exists.", "name another file, or give --force to replace it")
    dataset = (load_result(result) if isinstance(result, str | Path) else result).dataset
    books, summaries = _books(files, target)
    merged = _merged(dataset, books, summaries)
    if target is None:
        return merged
    names = ("corrections", "decisions", "disposals", "conflicts", "progress")
    tables = {f"merged_{name}": getattr(merged, name) for name in names}
    write_merged(dataset, tables, target, lang or dataset.meta.lang)
    return Merged(**{name: getattr(merged, name) for name in names}, path=target)


def _books(files: str | Path | Iterable[str | Path], target: Path | None) -> tuple[list[Path], list[Path]]:
    """Workbooks by name, and those that say which were sent."""
    given = [Path(files)] if isinstance(files, str | Path) else [Path(each) for each in files]
    found = [path for each in given for path in (sorted(each.glob("*.xlsx")) if each.is_dir() else [each])]
    own = target.resolve() if target is not None else None
    found = [path for path in found if not path.name.startswith(("~$", ".")) and path.resolve() != own]
    is_summary = [path.name in (SUMMARY_FILE.zh, SUMMARY_FILE.en) for path in found]
    books = [path for path, is_one in zip(found, is_summary, strict=True) if not is_one]
    if not books:
        raise InputError(
            "there is no workbook to merge.", "name the folder of files that came back, or the files"
        )
    summaries = [path for path, is_one in zip(found, is_summary, strict=True) if is_one]
    return sorted(dict.fromkeys(books), key=lambda path: (path.name, str(path))), summaries


def _merged(dataset: Dataset, books: list[Path], summaries: list[Path]) -> Merged:
    from landeff.publish.split.listed import cells  # noqa: PLC0415
    from landeff.sources.filled import read_filled  # noqa: PLC0415  # the readers are slow to import

    filled: list[Filled] = []
    conflicts: list[pd.DataFrame] = []
    for path in books:
        try:
            filled.append(read_filled(path))
        except InputError as error:
            conflicts.append(_of_file(path.name, "not_a_form", str(error)))
    conflicts += _absent(books, summaries)
    told = [(each.name, *told_rows(each)) for each in filled]
    conflicts += [conflict for _, _, found, _ in told for conflict in found]
    fresh = cells(dataset)
    parts = [rows for _, rows, _, _ in told if len(rows)] or [told[0][1]] if told else []
    if not parts:
        raise InputError(
            "none of the files is a workbook that was sent out.", "merge the files of `landeff split`"
        )
    headers = pd.DataFrame({each.name: dict(each.headers) for each in filled}).T
    rows, found = checked_rows(pd.concat(parts, ignore_index=True), set(fresh["row_key"]), headers)
    conflicts += found
    gone = disposals(rows)
    said, found = claims(rows, gone)
    conflicts += found
    forms = [form_claims(each.review.corrections, each.name) for each in filled]
    said = pd.concat([said, *(form for form in forms if len(form))], ignore_index=True)
    taken, found = settled(said, fresh)
    conflicts += found
    answers = decisions({each.name: each.review.decisions for each in filled}, dataset.frame("links"))
    conflicts.append(answers.conflicts)
    corrected = corrections(taken)
    progress = _progress({name: counts for name, _, _, counts in told}, corrected, answers.n_answered)
    all_conflicts = _conflicts(conflicts)
    n = all_conflicts["file"].value_counts()
    progress["n_problems"] = progress["file"].map(n).fillna(0).astype("int64")
    return Merged(corrected, answers.taken, gone, all_conflicts, progress[["file", *_COUNTS]])


def _of_file(name: str, problem: str, value: str | None = None) -> pd.DataFrame:
    return pd.DataFrame([{"file": name, "problem": problem, "value": value}]).reindex(columns=list(CONFLICT))


def _absent(books: list[Path], summaries: list[Path]) -> list[pd.DataFrame]:
    """Files that were sent and did not come back, as the summaries say."""
    from landeff.sources.readers import Options, reader_of  # noqa: PLC0415

    names = {path.name for path in books}
    absent: list[str] = []
    for path in summaries:
        reader = reader_of(path)
        sheets = [name for name in reader.names(path) if name in (SUMMARY_SHEET.zh, SUMMARY_SHEET.en)]
        for sheet in sheets:
            frame = pd.DataFrame(reader.read(path, Options(sheet=sheet)).frame)
            column = next((name for name in frame if same_word(str(name)) in ("文件", "file")), None)
            sent = [str(name) for name in frame[column]] if column is not None else []
            absent += [name for name in sent if name.endswith(".xlsx") and name not in names]
    return [_of_file(name, "not_returned") for name in sorted(set(absent))]


def _conflicts(parts: list[pd.DataFrame]) -> pd.DataFrame:
    rows = pd.concat(
        [part for part in parts if len(part)] or parts[:1] or [pd.DataFrame()], ignore_index=True
    )
    rows = rows.reindex(columns=list(CONFLICT))
    rank = {name: place for place, name in enumerate(PROBLEMS)}
    rows = rows.assign(rank=rows["problem"].map(rank)).sort_values(
        ["rank", "key", "column", "file", "source_row"], kind="stable", ignore_index=True
    )
    return rows.drop(columns="rank")


def _progress(
    counts: Mapping[str, Mapping[str, int]], corrected: pd.DataFrame, answered: Mapping[str, int]
) -> pd.DataFrame:
    n = corrected["from_file"].value_counts()
    rows = [
        {
            "file": name,
            **count,
            "n_untouched": count["n_sent"] - count["n_filled"] - count["n_deleted"],
            "n_answered": answered.get(name, 0),
            "n_corrections": int(n.get(name, 0)),
        }
        for name, count in counts.items()
    ]
    return pd.DataFrame(rows)
