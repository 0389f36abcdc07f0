"""``landeff demo``: the main job on the sample city."""

from __future__ import annotations

from pathlib import Path

import click

import landeff
from landeff.cli.run import json_option, quiet_option, run_and_save
from landeff.cli.terminal import lang_option, say


@click.command(
    help=say(
        "用合成示例城市跑一遍：有 data/project.toml 就用它，否则先在 landeff-demo/ 里生成。",
        "Run the synthetic sample city: data/project.toml where it is there, else one made in landeff-demo/.",
    )
)
@click.option("--out", type=click.Path(path_type=Path), help=say("成果目录", "output folder"))
@quiet_option
@json_option
@lang_option
def command(out: Path | None, quiet: bool, as_json: bool) -> None:
    """Find or make the sample city, then run it."""
    project = Path("data/project.toml")
    if not project.exists():
        project = Path("landeff-demo/data/project.toml")
    if not project.exists():
        landeff.write_city(project.parent)
    run_and_save(landeff.load_config(project), out, quiet=quiet, as_json=as_json)
