"""``landeff sample``: the synthetic city, byte for byte from its seed."""

from __future__ import annotations

from pathlib import Path

import click

import landeff
from landeff.cli.terminal import lang_option, say
from landeff.core.errors import OutputError


@click.command(
    help=say("按种子生成合成示例城市的数据。", "Make the data of the synthetic sample city from a seed.")
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--seed", type=int, help=say("随机种子（默认同 data/）", "seed (default: that of data/)"))
@lang_option
def command(folder: Path, seed: int | None) -> None:
    """Write the city into a folder that is new, or holds an earlier sample city."""
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir()) and not (folder / "truth").is_dir()):
        raise OutputError(f"{folder} holds other files.", "choose a new folder")
    if seed is None:
        landeff.write_city(folder)
    else:
        landeff.write_city(folder, seed)
    click.echo(str(folder / "project.toml"))
