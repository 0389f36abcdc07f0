"""``landeff report RESULT``."""

from __future__ import annotations

from pathlib import Path

import click

import landeff
from landeff.cli.output import force_option, result_argument, target_of
from landeff.cli.terminal import chosen_lang, lang_option, say


@click.command(
    help=say(
        "由已保存的成果重写报告，不重新计算。",
        "Write the report of a saved result again; nothing is computed.",
    )
)
@result_argument
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help=say("写到哪里（默认 report.html）", "where (default report.html)"),
)
@force_option
@lang_option
def command(result: Path, out: Path | None, force: bool) -> None:
    """Draw it from the saved tables."""
    target = target_of(out, "report.html", force=force)
    saved = landeff.load_result(result)
    target.write_text(saved.report(chosen_lang()), encoding="utf-8")
    click.echo(str(target))
