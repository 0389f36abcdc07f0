"""One tree of errors. Each says what is wrong and how to mend it, in the user's words."""

from __future__ import annotations

from collections.abc import Sequence


class LandeffError(Exception):
    """Something the user can mend.

    Args:
        problem: what is wrong, naming file, row, column and value where there are any.
        fix: what to do about it.
    """

    code = "error"
    exit_code = 2

    def __init__(self, problem: str, fix: str = "") -> None:
        self.problem = problem
        self.fix = fix
        super().__init__(f"{problem} Fix: {fix}" if fix else problem)


class ConfigError(LandeffError):
    """The project file, or an argument, asks for something that does not exist."""

    code = "config"
    exit_code = 2


class MissingExtraError(LandeffError):
    """A part of landeff that is not installed by itself.

    Args:
        extra: name of the extra in ``pip install "landeff[extra]"``.
        purpose: what needs it, as the beginning of a sentence ("reading GeoTIFF").
        package: the package that could not be imported.
    """

    code = "missing_extra"
    exit_code = 2

    def __init__(self, extra: str, purpose: str, package: str = "") -> None:
        self.extra = extra
        absent = f" ({package} is not installed)" if package else ""
        super().__init__(
            f"{purpose} needs the extra {extra!r} of landeff{absent}.",
            f'pip install "landeff[{extra}]"; without internet: on another machine '
            f'pip download "landeff[{extra}]" -d wheels, bring the folder here, then '
            f'pip install --no-index --find-links wheels "landeff[{extra}]"',
        )


class InputError(LandeffError):
    """The structure of an input does not allow a run (missing file, layer, column, CRS)."""

    code = "input"
    exit_code = 3


class OutputError(LandeffError):
    """A result cannot be written or read back."""

    code = "output"
    exit_code = 3


class ProblemsError(InputError):
    """Several problems of the inputs, all found before stopping."""

    def __init__(self, problems: Sequence[LandeffError]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(f"- {problem}" for problem in self.problems)
        Exception.__init__(self, lines)
        self.problem = lines
        self.fix = ""


class ConservationError(AssertionError):
    """A ledger that does not balance: a bug of landeff, never a fault of the data (exit code 5)."""

    exit_code = 5
