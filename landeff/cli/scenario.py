"""``landeff scenario RESULT``: what if land were put to use."""

from __future__ import annotations

from pathlib import Path

import click

import landeff
from landeff.cli.output import findings_option, force_option, result_argument, tell
from landeff.cli.terminal import lang_option, say


@click.command(
    help=say(
        "情景测算：闲置、批而未供、低效用地投入使用后各园区的亩均税收。"
        "例：--put-to-use idle --put-to-use approved_unsupplied --at '20 万元/亩'。",
        "What if land were put to use: tax per mu of the zones, e.g. "
        "--put-to-use idle --put-to-use approved_unsupplied --at '20 万元/亩'.",
    )
)
@result_argument
@click.option(
    "--put-to-use",
    multiple=True,
    required=True,
    help=say(
        "台账类别，可多次给：idle、approved_unsupplied、low_efficiency…", "class of the inventory; repeat"
    ),
)
@click.option(
    "--at",
    required=True,
    help=say(
        "亩均税收：20 万元/亩，或 zone_performing、zone_median、city_performing、city_median",
        "tax per mu: 20 万元/亩, or zone_performing, zone_median, city_performing, city_median",
    ),
)
@click.option(
    "--share", "share_ratio", type=float, default=1.0, help=say("投入使用的比例 0–1", "share put to use, 0–1")
)
@click.option("--target", help=say("目标：15 万元/亩", "what to hold it against: 15 万元/亩"))
@click.option("--name", default="", help=say("情景名称", "name of the scenario"))
@findings_option
@force_option
@lang_option
def command(
    result: Path,
    put_to_use: tuple[str, ...],
    at: str,
    share_ratio: float,
    target: str | None,
    name: str,
    out: Path | None,
    force: bool,
) -> None:
    """Print the zones; RESULT is the output folder of a run."""
    found = landeff.scenario(result, put_to_use, at, share_ratio=share_ratio, target=target, name=name)
    tell(found, out, force=force)
