"""What commands that write one file from a saved result have in common."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import click

from landeff.cli.terminal import LANG, say
from landeff.core.errors import OutputError
from landeff.core.text import Lang
from landeff.publish.plain import plain


class Told(Protocol):
    """What a command found in saved results: lines for the terminal, and a file if asked for."""

    def lines(self, lang: Lang | None = None) -> list[str]:
        """Lines for a terminal."""

    def save(self, path: str | Path, lang: Lang | None = None) -> Path:
        """Write it, in the format of the suffix."""


result_argument = click.argument("result", type=click.Path(path_type=Path, exists=True, file_okay=False))
result_option = click.option(
    "--result",
    "folder",
    type=click.Path(path_type=Path),
    default=Path("maps"),
    show_default=True,
    help=say("成果目录", "output folder of a run"),
)
findings_option = click.option(
    "--out",
    type=click.Path(path_type=Path),
    help=say("写出 .xlsx、.html 或 .csv 文件", "write an .xlsx, .html or .csv file"),
)
force_option = click.option("--force", is_flag=True, help=say("覆盖已有文件", "replace a file that is there"))


def target_of(out: Path | None, name: str, *, force: bool) -> Path:
    """Where to write: ``out``, else ``name`` here; never over a file unless ``force``.

    Raises:
        OutputError: it exists, or its folder does not.
    """
    target = out or Path(name)
    if target.exists() and not force:
        raise OutputError(f"{target} exists.", "choose another name with --out, or add --force")
    if not target.parent.is_dir():
        raise OutputError(f"there is no folder {target.parent}.", "make it, or choose another place")
    return target


def tell(found: Told, out: Path | None, *, force: bool) -> None:
    """Print ``found``; write it to ``out``, where that is given.

    Raises:
        OutputError: see :func:`target_of`.
    """
    click.echo("\n".join(plain(line) for line in found.lines(LANG)))
    if out is not None:
        click.echo(str(found.save(target_of(out, out.name, force=force), LANG)))
