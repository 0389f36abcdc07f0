"""``landeff run PROJECT``."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

import landeff
from landeff.cli.terminal import LANG, chosen_lang, lang_option, progress, say

if TYPE_CHECKING:
    from landeff.pipeline.config import Config
    from landeff.pipeline.result import Result

quiet_option = click.option("--quiet", is_flag=True, help=say("不显示进度和小结", "no progress, no summary"))
json_option = click.option("--json", "as_json", is_flag=True, help=say("小结以 JSON 输出", "summary as JSON"))


@click.command(
    help=say("由项目文件计算，输出成果目录。", "Compute a project file and write the output folder.")
)
@click.argument("project", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help=say("成果目录", "output folder"))
@click.option(
    "--fail-on",
    type=int,
    help=say("疑似闲置超过此宗数则退出码为 1", "exit code 1 if more parcels than this are suspected idle"),
)
@quiet_option
@json_option
@lang_option
def command(project: Path, out: Path | None, fail_on: int | None, quiet: bool, as_json: bool) -> None:
    """Run and save; the exit code is 4 below the matching gate, 1 above ``--fail-on``."""
    result = run_and_save(landeff.load_config(project), out, quiet=quiet, as_json=as_json)
    if result.dataset.meta.below_gate:
        raise click.exceptions.Exit(4)
    n_idle = int((result.parcels["inventory_class"] == "idle").sum())
    if fail_on is not None and n_idle > fail_on:
        raise click.exceptions.Exit(1)


def run_and_save(config: Config, out: Path | None, *, quiet: bool, as_json: bool) -> Result:
    """Run ``config``, write everything to ``out`` (else the project's own folder) and say what came of it."""
    lang = chosen_lang()
    if lang:
        config = dataclasses.replace(config, lang=lang)
    folder = out or config.out
    if folder is None:
        raise click.UsageError(
            say(
                "项目文件没有 [publish] out，请用 --out 指定成果目录",
                "no [publish] out in the project: give --out",
            )
        )
    with progress(config.n_steps, quiet or as_json) as step:
        result = landeff.run(config, progress=step)
        result.save(folder, progress=step)
    if as_json:
        click.echo(
            json.dumps({**result.summary(), "out": str(folder.resolve())}, ensure_ascii=False, indent=2)
        )
    elif not quiet:
        for line in result.summary_lines(LANG):
            click.echo(line)
        click.echo(say("请打开：", "Open: ") + str(folder.resolve() / "map.html"))
        click.echo(say("报告：　", "Report: ") + str(folder.resolve() / "report.html"))
    return result
