"""``landeff thresholds RESULT``: what a threshold would flag, and two candidate standards side by side."""

from __future__ import annotations

from pathlib import Path

import click

import landeff
from landeff.cli.output import findings_option, force_option, tell
from landeff.cli.terminal import lang_option, say


@click.command(
    help=say(
        "门槛试算：某列低于（高于）各门槛的宗数与亩数。"
        "例：--column tax_cny_per_mu --below '5..40 step 5 万元/亩'。",
        "Parcels and mu beyond each threshold of a column, e.g. "
        "--column tax_cny_per_mu --below '5..40 step 5 万元/亩'.",
    )
)
@click.argument("result", type=click.Path(path_type=Path))
@click.option("--column", required=True, help=say("宗地表的数值列", "numeric column of the parcels"))
@click.option("--below", help=say("低于即标记：5..40 step 5 万元/亩", "flag below: 5..40 step 5 万元/亩"))
@click.option("--above", help=say("高于即标记", "flag above"))
@click.option("--only", default="", help=say("只计：列=值[,值]", "count only column=value[,value]"))
@click.option(
    "--first",
    help=say("候选标准甲：tax_cny_per_mu < 10万元/亩 & far_ratio < 1", "candidate A, criteria by &"),
)
@click.option("--second", help=say("候选标准乙", "candidate B"))
@findings_option
@force_option
@lang_option
def command(
    result: Path,
    column: str,
    *,
    below: str | None,
    above: str | None,
    only: str,
    first: str | None,
    second: str | None,
    out: Path | None,
    force: bool,
) -> None:
    """Print the table; RESULT is the output folder of a run."""
    if (below is None) == (above is None):
        raise click.UsageError(say("--below 与 --above 恰给一个", "give --below or --above, one of them"))
    if (first is None) != (second is None):
        raise click.UsageError(say("--first 与 --second 同时给", "give both --first and --second"))
    found = landeff.thresholds(
        result,
        column,
        below or above or "",
        direction="<" if below is not None else ">",
        only=only,
        candidates=(first, second) if first is not None and second is not None else None,
    )
    tell(found, out, force=force)
