"""``landeff hotspots RESULT``: where parcels of high, and of low, money per mu lie together."""

from __future__ import annotations

from pathlib import Path

import click

import landeff
from landeff.cli.output import findings_option, force_option, result_argument, tell
from landeff.cli.terminal import lang_option, say


@click.command(
    help=say(
        "冷热点：亩均税收高值（低值）集聚的片区，各类宗数与亩数。见 docs/hot-spots.md。",
        "Where the parcels around a parcel rank higher (lower) in tax per mu than all others; parcels and mu "
        "of each class. See docs/hot-spots.md.",
    )
)
@result_argument
@click.option(
    "--variable",
    "variables",
    multiple=True,
    type=click.Choice(["tax_cny_per_mu", "output_cny_per_mu"]),
    help=say("指标，可重复；默认同成果", "figure, may be repeated; by default that of the run"),
)
@click.option(
    "--distance", "distance_m", type=float, help=say("多少米以内，默认同成果", "metres, as in the run")
)
@click.option(
    "--min-neighbours",
    type=int,
    help=say("至少几宗可比邻宗，默认同成果", "least independent neighbours, as in the run"),
)
@click.option("--only", help=say("只计：列=值[,值]，默认同成果", "count only column=value[,value]"))
@click.option("--year", type=int, help=say("年度，默认最近一年", "year, the latest by default"))
@findings_option
@force_option
@lang_option
def command(
    result: Path,
    variables: tuple[str, ...],
    distance_m: float | None,
    min_neighbours: int | None,
    only: str | None,
    year: int | None,
    out: Path | None,
    force: bool,
) -> None:
    """Print the classes; RESULT is the output folder of a run."""
    found = landeff.hot_spots(
        result,
        variables=variables or None,
        distance_m=distance_m,
        min_neighbours=min_neighbours,
        only=only,
        year=year,
    )
    tell(found, out, force=force)
