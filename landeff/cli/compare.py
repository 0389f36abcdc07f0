"""``landeff compare OLD NEW``: what passed from which state to which, and the progress of the inventory."""

from __future__ import annotations

from pathlib import Path

import click

import landeff
from landeff.cli.output import findings_option, force_option, tell
from landeff.cli.terminal import lang_option, say


@click.command(
    help=say(
        "比较两次成果：平衡表转移矩阵、台账进展及原因。",
        "Compare two results: transition matrix of the balance sheet, progress of the inventory and why.",
    )
)
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@findings_option
@force_option
@lang_option
def command(old: Path, new: Path, out: Path | None, force: bool) -> None:
    """Print the comparison; OLD and NEW are output folders of runs."""
    found = landeff.compare(old, new)
    tell(found, out, force=force)
