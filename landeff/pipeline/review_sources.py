"""The filled-in review workbooks of a project, read together."""

from __future__ import annotations

import pandas as pd

from landeff.core.errors import InputError
from landeff.core.text import Term
from landeff.pipeline.config import Config, Source
from landeff.pipeline.steps import Progress
from landeff.sources.readers import Raw
from landeff.sources.review import Review, read_review, review_of

#: What the project file calls them: ``[sources.corrections]``.
CORRECTIONS = "corrections"
_TITLE = Term("核对与更正", "corrections")


def read_reviews(config: Config, progress: Progress) -> Review:
    """Decisions and corrections of all sources of the kind, one after the other.

    Raises:
        InputError: one of them cannot be used.
    """
    found = []
    for source in config.of(CORRECTIONS):
        progress(f"{_TITLE.text(config.lang)} {source.name}")
        found.append(_read(source))
    nothing = Review(pd.DataFrame(), pd.DataFrame(), {})
    decisions = [each.decisions for each in (*found, nothing) if len(each.decisions)]
    corrections = [each.corrections for each in (*found, nothing) if len(each.corrections)]
    return Review(
        pd.concat(decisions, ignore_index=True) if decisions else pd.DataFrame(),
        pd.concat(corrections, ignore_index=True) if corrections else pd.DataFrame(),
        {name: digest for each in found for name, digest in each.hashes.items()},
    )


def _read(source: Source) -> Review:
    if source.path is not None:
        return read_review(source.path, sheet=source.sheet, encoding=source.encoding)
    if source.data is None:
        raise InputError(f"{source.name} has neither a path nor data.", "name a file")
    rows = pd.Series(range(1, len(source.data) + 1), index=source.data.index, dtype="Int64")
    return review_of(Raw(source.data, rows, source.name))
