"""``landeff areas FILE``: the area of every polygon of a file by each method, side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

import landeff
from landeff.cli.check import told
from landeff.cli.terminal import lang_option, say
from landeff.core.errors import OutputError
from landeff.publish.plain import plain

if TYPE_CHECKING:
    import pandas as pd

_DECIMALS = {"planar_ppm": 1}


@click.command(
    help=say(
        "逐个图形列出椭球面积、调查公式面积、测地线面积，可与登记面积比较。",
        "Area of each polygon on the ellipsoid, by the survey formula and between geodesics.",
    )
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--crs", help=say("坐标系，如 EPSG:4528", "CRS, e.g. EPSG:4528"))
@click.option("--layer", help=say("图层名", "layer"))
@click.option("--key", help=say("编号列", "column that names a polygon"))
@click.option("--registered", help=say("登记面积列", "column with the registered area"))
@click.option("--unit", help=say("登记面积的单位，如 亩", "its unit, e.g. mu, ha, m2"))
@click.option("--limit", default=20, show_default=True, help=say("列出的行数", "rows shown"))
@click.option(
    "--out", type=click.Path(path_type=Path), help=say("全部写入此 CSV 文件", "write all rows to this CSV")
)
@lang_option
def command(
    file: Path,
    crs: str | None,
    layer: str | None,
    key: str | None,
    registered: str | None,
    unit: str | None,
    limit: int,
    out: Path | None,
) -> None:
    """Print the first rows and the totals, or write all rows."""
    table = landeff.areas(file, crs=crs, layer=layer, key=key, registered=registered, unit=unit)
    for _, group in table.attrs["issues"].groupby("code", sort=False):
        click.echo("\n".join(told(group, limit)), err=True)
    click.echo("\n".join(_lines(table, limit)))
    if out is None:
        return
    try:
        safe = table.assign(key=table["key"].map(_no_formula, na_action="ignore"))
        safe.to_csv(out, index=False, encoding="utf-8-sig")
    except OSError as error:
        raise OutputError(
            f"{out} cannot be written ({error.strerror}).", "choose another place, or close the file"
        ) from None
    click.echo(str(out))


def _lines(table: pd.DataFrame, limit: int) -> list[str]:
    columns = [str(name) for name in table if name not in ("source_row", "problem")]
    lines = [columns]
    for row in table.head(limit).to_dict("records"):
        problem = [f"! {row['problem']}"] if row["problem"] else []
        lines.append([*(_cell(name, row[name]) for name in columns), *problem])
    totals = [_cell(name, table[name].sum()) if name.endswith("_m2") else "" for name in columns[1:]]
    lines.append([say(f"合计 {len(table)}", f"total {len(table)}"), *totals])
    told = say("landeff 采用 area_m2；planar_ppm 仅作比较", "landeff uses area_m2; planar_ppm only compares")
    return ["\t".join(line) for line in lines] + [told]


def _cell(name: str, value: object) -> str:
    if isinstance(value, float):
        return "—" if value != value else f"{value:.{_DECIMALS.get(name, 3)}f}"  # noqa: PLR0124 NaN
    return " ".join(plain(value).split())


def _no_formula(text: str) -> str:
    """Text that a spreadsheet would run gets an apostrophe."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
