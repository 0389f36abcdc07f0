"""``landeff convert IN OUT``: one layer into another format, 界址点坐标 TXT among them."""

from __future__ import annotations

from pathlib import Path

import click

import landeff
from landeff.cli.check import told
from landeff.cli.terminal import lang_option, say
from landeff.core.errors import ConfigError


@click.command(
    help=say(
        "把一个矢量图层转成另一种格式：.txt（勘测定界界址点坐标）、.gpkg、.geojson、.fgb。不覆盖已有文件。",
        "Write a vector layer as .txt (boundary points), .gpkg, .geojson or .fgb. Nothing is overwritten.",
    )
)
@click.argument("source", type=click.Path(path_type=Path))
@click.argument("target", type=click.Path(path_type=Path))
@click.option(
    "--crs",
    help=say("成果坐标系，如 EPSG:4528（默认同输入）", "CRS of the output (default: that of the input)"),
)
@click.option("--layer", help=say("输入含多个图层时指定", "which layer, where the input holds several"))
@click.option(
    "--encoding",
    type=click.Choice(["gb18030", "utf-8"]),
    default="gb18030",
    show_default=True,
    help=say("写出 TXT 的编码", "encoding of a TXT written"),
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar=say("列=地块编号", "COLUMN=CELL"),
    help=say("TXT 的哪一项取自哪一列，可重复", "which column a cell of the TXT is taken from; repeatable"),
)
@click.option("--from-crs", help=say("声明输入的坐标系", "declare the CRS of the input"))
@click.option("--from-encoding", help=say("声明输入的文字编码", "declare the encoding of the input"))
@click.option("--office", help=say("数据产生单位", "who made the data, in the head of a TXT"))
@click.option("--date", help=say("数据产生日期", "date of the data, in the head of a TXT"))
@click.option(
    "--digits",
    type=click.IntRange(0, 6),
    help=say("TXT 坐标小数位（默认 3）", "decimals in a TXT (default 3)"),
)
@click.option(
    "--limit", default=5, show_default=True, help=say("每类提示列出的条数", "notes shown of each kind")
)
@lang_option
def command(
    source: Path,
    target: Path,
    columns: tuple[str, ...],
    from_crs: str | None,
    from_encoding: str | None,
    limit: int,
    **options: str | None,
) -> None:
    """Convert, and say what had to be decided."""
    issues = landeff.convert(
        source,
        target,
        columns=_columns(columns),
        source_crs=from_crs,
        source_encoding=from_encoding,
        **options,  # type: ignore[arg-type]  # each as its option declares it
    )
    for _, group in issues.groupby("code", sort=False):
        click.echo("\n".join(told(group, limit)), err=True)
    click.echo(str(target))


def _columns(texts: tuple[str, ...]) -> dict[str, str]:
    wrong = [text for text in texts if "=" not in text]
    if wrong:
        raise ConfigError(f"--column {wrong[0]!r} has no =.", "write for instance --column ZDH=地块编号")
    return {column.strip(): cell.strip() for column, _, cell in (text.rpartition("=") for text in texts)}
