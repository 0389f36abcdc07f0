"""``landeff export RESULT TARGET``: a layer for GIS, surveyors or a phone."""

from __future__ import annotations

from pathlib import Path

import click

import landeff
from landeff.cli.check import told
from landeff.cli.output import force_option, result_argument
from landeff.cli.terminal import LANG, lang_option, say


@click.command(
    help=say(
        "由已保存的成果导出图层：.gpkg（带样式）、.shp（GB18030）、.parquet、.geojson、.fgb、"
        ".kml（手机外业）、.txt（界址点坐标）。",
        "A layer of a saved result as .gpkg (styled), .shp (GB18030), .parquet, .geojson, .fgb, "
        ".kml (field checks on a phone) or .txt (boundary points).",
    )
)
@result_argument
@click.argument("target", type=click.Path(path_type=Path))
@click.option(
    "--layer",
    default="parcels",
    show_default=True,
    help=say(
        "图层：parcels、zones、districts、remainders、blocks、audit",
        "parcels, zones, districts, remainders, blocks or audit",
    ),
)
@click.option(
    "--class",
    "classes",
    multiple=True,
    help=say("只要某类宗地，如 idle、idle_to_check，可重复", "parcels of a class only; repeatable"),
)
@click.option(
    "--parcel", "parcels", multiple=True, help=say("只要某宗地，可重复", "one parcel only; repeatable")
)
@click.option("--crs", help=say("成果坐标系（默认同项目）", "CRS (default: that of the project)"))
@force_option
@lang_option
def command(
    result: Path,
    target: Path,
    layer: str,
    classes: tuple[str, ...],
    parcels: tuple[str, ...],
    crs: str | None,
    force: bool,
) -> None:
    """Write it, and say what the format could not hold."""
    issues = landeff.load_result(result).export(
        target, layer=layer, classes=classes, parcels=parcels, crs=crs, force=force, lang=LANG
    )
    for _, group in issues.groupby("code", sort=False):
        click.echo("\n".join(told(group, 5)), err=True)
    click.echo(str(target))
