"""Score sheets of a finished run: as text, and as a page to print."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from pathlib import Path

from landeff.core.dataset import Dataset
from landeff.core.errors import ConfigError, OutputError
from landeff.core.text import Lang
from landeff.publish.score_sheet import build_sheets, draw_sheets, text_of


def score_sheet(
    dataset: Dataset, enterprise_id: str, lang: Lang, year: int | None = None, scorecard: str = ""
) -> str:
    """The score sheets of an enterprise as text, one for each scorecard.

    Raises:
        ConfigError: nothing was scored, or not this enterprise, year or scorecard; the nearest is named.
    """
    _check(dataset, [enterprise_id], year, scorecard)
    sheets = build_sheets(dataset, [enterprise_id], year, scorecard)
    return "\n\n".join(text_of(sheet, lang) for sheet in sheets)


def write_score_sheets(
    dataset: Dataset,
    path: Path,
    lang: Lang,
    enterprises: Collection[str] = (),
    year: int | None = None,
    scorecard: str = "",
) -> int:
    """Write the sheets of some enterprises, or of all, as one HTML file, one a printed page.

    Returns:
        How many sheets it has.

    Raises:
        ConfigError: see :func:`score_sheet`.
        OutputError: the file cannot be written.
    """
    _check(dataset, enterprises, year, scorecard)
    sheets = list(build_sheets(dataset, enterprises, year, scorecard))
    try:
        path.write_text(draw_sheets(sheets, dataset, lang), encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error}", "choose another place") from error
    return len(sheets)


def _check(dataset: Dataset, enterprises: Collection[str], year: int | None, scorecard: str) -> None:
    grades = dataset.frame("grades_simulated")
    if grades.empty:
        raise ConfigError(
            "this result has no scores: the project names no scorecard.",
            'add [standards] scorecards = ["./ours.toml"] and run again; `landeff scorecards` lists examples',
        )
    wanted = [("scorecard", scorecard)] if scorecard else []
    wanted += [("year", str(year))] if year is not None else []
    wanted += [("enterprise_id", each) for each in enterprises]
    for column, value in wanted:
        known = sorted(grades[column].astype("str").unique())
        if value not in known:
            near = difflib.get_close_matches(value, known, n=1)
            hint = f"; the nearest is {near[0]}" if near else ""
            fix = f"one of: {', '.join(known[:5])}{' …' if len(known) > 5 else ''}"
            raise ConfigError(f"there is no {column} {value} among the scores{hint}.", fix)
        grades = grades[grades[column].astype("str") == value] if column != "enterprise_id" else grades
