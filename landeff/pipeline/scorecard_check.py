"""A user's scorecard looked at before it is used: does it parse, and do its own cases come out."""

from __future__ import annotations

from pathlib import Path

from landeff.standards.scorecards.cases import failures
from landeff.standards.scorecards.catalogue import user_scorecards
from landeff.standards.scorecards.spec import Scorecard


def check_scorecard(path: str | Path) -> list[tuple[Scorecard, list[str]]]:
    """The scorecards of a file (or ``*`` pattern), each with what its cases give otherwise than they say.

    Raises:
        ConfigError: there is no such file, or it is not a scorecard; names file, line and a fix.
    """
    file = Path(path)
    cards = user_scorecards(file.name, file.parent)
    return [(card, [each for case in card.cases for each in failures(card, case)]) for card in cards]
