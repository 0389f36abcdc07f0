"""``landeff workbook RESULT``."""

from __future__ import annotations

from pathlib import Path

import click

import landeff
from landeff.cli.output import force_option, result_argument, target_of
from landeff.cli.terminal import chosen_lang, lang_option, say


@click.command(
    help=say(
        "由已保存的成果重写台账工作簿，不重新计算。",
        "Write the workbook of a saved result again; nothing is computed.",
    )
)
@result_argument
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help=say("写到哪里（默认 workbook.xlsx）", "where (default workbook.xlsx)"),
)
@force_option
@lang_option
def command(result: Path, out: Path | None, force: bool) -> None:
    """Draw it from the saved tables."""
    target = target_of(out, "workbook.xlsx", force=force)
    saved = landeff.load_result(result)
    saved.workbook(target, chosen_lang())
    click.echo(str(target))
