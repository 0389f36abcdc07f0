"""``landeff map RESULT``."""

from __future__ import annotations

from pathlib import Path

import click

import landeff
from landeff.cli.output import force_option, result_argument, target_of
from landeff.cli.terminal import lang_option, say


@click.command(
    help=say(
        "由已保存的成果重画地图，不重新计算。", "Draw the map of a saved result again; nothing is computed."
    )
)
@result_argument
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help=say("写到哪里（默认 map.html）", "where (default map.html)"),
)
@force_option
@lang_option
def command(result: Path, out: Path | None, force: bool) -> None:
    """Draw it from the saved tables."""
    target = target_of(out, "map.html", force=force)
    saved = landeff.load_result(result)
    saved.map().save(str(target))
    click.echo(str(target))
