"""``landeff compare OLD NEW``: what passed from which state to which, and the progress of the inventory."""

from __future__ import annotations

from pathlib import Path

import click

import landeff
from landeff.cli.terminal import LANG, lang_option, say
from landeff.publish.plain import plain


@click.command(
    help=say(
        "比较两次成果：平衡表转移矩阵、台账进展及原因。",
        "Compare two results: transition matrix of the balance sheet, progress of the inventory and why.",
    )
)
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help=say("写出 .xlsx、.html 或 .csv 文件", "write an .xlsx, .html or .csv file"),
)
@lang_option
def command(old: Path, new: Path, out: Path | None) -> None:
    """Print the comparison; OLD and NEW are output folders of runs."""
    found = landeff.compare(old, new)
    click.echo("\n".join(plain(line) for line in found.lines(LANG)))
    if out is not None:
        click.echo(str(found.save(out, LANG)))
