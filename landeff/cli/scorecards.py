"""``landeff scorecards``: scorecards and tables of effects that ship, and checks of a user's own."""

from __future__ import annotations

from pathlib import Path

import click

import landeff
from landeff.cli.terminal import LANG, lang_option, say


@click.command(
    help=say(
        "列出评分标准与差别化政策表；给出文件则检查并运行其算例。",
        "List scorecards and tables of effects; files given are checked and their cases run.",
    )
)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@lang_option
def command(files: tuple[Path, ...]) -> None:
    """Print one scorecard a block; none is used unless the project names it."""
    if files:
        _check(files)
        return
    for card in landeff.built_in_scorecards().values():
        mark = "" if card.verified else say("（未核对）", " (not verified)")
        click.echo(f"{card.id}  {card.title.text(LANG)}  v{card.version}{mark}")
        click.echo("    " + "；".join(basis.text for basis in card.basis))
        for model in card.models:
            weights = ", ".join(
                f"{card.items[each.item].title.text(LANG)} {each.weight:g}" for each in model.items
            )
            click.echo(f"    {model.title.text(LANG)}: {weights}")
        if card.note.text(LANG):
            click.echo(f"    {card.note.text(LANG)}")
    for table in landeff.built_in_effects().values():
        given = say(f"已填 {len(table.effects)} 项", f"{len(table.effects)} given")
        click.echo(f"{table.id}  {table.title.text(LANG)}  ({given})")
    click.echo(
        say("名称写入 [standards] scorecards 或 effects 才启用。", "Used only where [standards] names them.")
    )


def _check(files: tuple[Path, ...]) -> None:
    """Read each file as a scorecard and run its cases; differences make exit code 1."""
    failed = 0
    for path in files:
        for card, differences in landeff.check_scorecard(path):
            told = say(f"{len(card.cases)} 个算例", f"{len(card.cases)} cases")
            result = say("通过", "passed") if not differences else say("不符", "failed")
            click.echo(f"{card.id}  {card.title.text(LANG)}: {told} {result}")
            for each in differences:
                click.echo(f"    {each}")
            failed += len(differences)
    if failed:
        raise click.exceptions.Exit(1)
