"""``landeff score CODE``: the score sheet of an enterprise; ``--html`` prints many, one a page."""

from __future__ import annotations

from pathlib import Path

import click

import landeff
from landeff.cli.output import result_option
from landeff.cli.terminal import LANG, lang_option, say
from landeff.publish.plain import plain


@click.command(
    help=say(
        "企业评分单（模拟，非正式等级）。给出 --html 时写成可打印网页，一页一家；不写代码则为全部。",
        "Score sheets of enterprises (simulated, no grades). With --html a page to print, one a page; "
        "without codes all of them.",
    )
)
@click.argument("codes", nargs=-1)
@result_option
@click.option("--html", type=click.Path(path_type=Path), help=say("写成网页文件", "write an HTML file"))
@click.option("--year", type=int, help=say("年度，默认最近一年", "year, the latest by default"))
@click.option("--scorecard", default="", help=say("只列一个评分标准", "one of several scorecards"))
@lang_option
def command(
    codes: tuple[str, ...], folder: Path, html: Path | None, year: int | None, scorecard: str
) -> None:
    """Print score sheets, or write them as a page."""
    result = landeff.load_result(folder)
    if html is not None:
        n = result.save_score_sheets(html, codes, year=year, scorecard=scorecard, lang=LANG)
        click.echo(say(f"{n} 张评分单：{html}", f"{n} score sheets: {html}"))
        return
    if not codes:
        raise click.UsageError(
            say("写明企业代码，或用 --html 写出全部。", "name a code, or use --html for all.")
        )
    for code in codes:
        click.echo(plain(result.score_sheet(code, year=year, scorecard=scorecard, lang=LANG)))
