"""``landeff hotspots RESULT``: where parcels of high, and of low, money per mu lie together."""

from __future__ import annotations

from pathlib import Path

import click

import landeff
from landeff.cli.terminal import LANG, lang_option, say
from landeff.publish.plain import plain


@click.command(
    help=say(
        "冷热点：亩均税收高值（低值）集聚的片区，各类宗数与亩数。见 docs/hot-spots.md。",
        "Where the parcels around a parcel rank higher (lower) in tax per mu than all others; parcels and mu "
        "of each class. See docs/hot-spots.md.",
    )
)
@click.argument("result", type=click.Path(path_type=Path))
@click.option(
    "--variable",
    "variables",
    multiple=True,
    type=click.Choice(["tax_cny_per_mu", "output_cny_per_mu"]),
    help=say("指标，可重复；默认亩均税收", "figure, may be repeated; tax per mu by default"),
)
@click.option("--distance", "distance_m", type=float, help=say("多少米以内（默认 1000）", "metres (1000)"))
@click.option(
    "--min-neighbours", type=int, help=say("至少几宗可比邻宗（默认 8）", "least independent neighbours (8)")
)
@click.option("--only", default="", help=say("只计：列=值[,值]", "count only column=value[,value]"))
@click.option("--year", type=int, help=say("年度，默认最近一年", "year, the latest by default"))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help=say("写出 .xlsx、.html 或 .csv 文件", "write an .xlsx, .html or .csv file"),
)
@lang_option
def command(
    result: Path,
    variables: tuple[str, ...],
    distance_m: float | None,
    min_neighbours: int | None,
    only: str,
    year: int | None,
    out: Path | None,
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
    click.echo("\n".join(plain(line) for line in found.lines(LANG)))
    if out is not None:
        click.echo(str(found.save(out, LANG)))
