"""What commands that write one file from a saved result have in common."""

from __future__ import annotations

from pathlib import Path

import click

from landeff.cli.terminal import say
from landeff.core.errors import OutputError

result_argument = click.argument("result", type=click.Path(path_type=Path, exists=True, file_okay=False))
result_option = click.option(
    "--result",
    "folder",
    type=click.Path(path_type=Path),
    default=Path("maps"),
    show_default=True,
    help=say("成果目录", "output folder of a run"),
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
