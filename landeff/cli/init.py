"""``landeff init FILE …``: a proposed project file."""

from __future__ import annotations

from pathlib import Path

import click

import landeff
from landeff.cli.terminal import LANG, lang_option, say
from landeff.core.errors import OutputError


@click.command(
    help=say(
        "查看给定的数据文件，拟一份带注释的项目文件：认出的列、没认出的列、缺的单位。",
        "Look into files and propose a commented project file: columns recognised or not, units missing.",
    )
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help=say("写入此文件（默认打印）", "write to this file (default: print)"),
)
@lang_option
def command(files: tuple[Path, ...], output: Path | None) -> None:
    """Print or write the proposal; an existing file is never overwritten."""
    text = landeff.propose_project(files, LANG, output.parent if output else Path())
    if output is None:
        click.echo(text)
        return
    try:
        with output.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError:
        raise OutputError(f"{output} exists.", "choose another name; nothing was overwritten") from None
    click.echo(str(output))
