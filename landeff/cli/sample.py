"""``landeff sample``: the synthetic city, byte for byte from its seed."""

from __future__ import annotations

from pathlib import Path

import click

from landeff.cli.terminal import lang_option, say
from landeff.core.errors import OutputError
from landeff.sample import SEED, write_city


@click.command(
    help=say("按种子生成合成示例城市的数据。", "Make the data of the synthetic sample city from a seed.")
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--seed", type=int, default=SEED, show_default=True)
@lang_option
def command(folder: Path, seed: int) -> None:
    """Write the city into a folder that is new, or holds an earlier sample city."""
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir()) and not (folder / "truth").is_dir()):
        raise OutputError(f"{folder} holds other files.", "choose a new folder")
    write_city(folder, seed)
    click.echo(str(folder / "project.toml"))
