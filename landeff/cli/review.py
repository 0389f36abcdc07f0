"""``landeff review``: the workbook of doubtful matches and corrections, to be filled in."""

from __future__ import annotations

from pathlib import Path

import click

import landeff
from landeff.cli.output import result_option
from landeff.cli.terminal import chosen_lang, lang_option, say
from landeff.publish.review.sheets.queue import queue


@click.command(
    help=say(
        "由已保存的成果写出核对表：存疑对应待判断，更正、异议、外业核查待填写。"
        "填好后在项目文件写 [sources.corrections] path，再运行一次。",
        "Write the review workbook of a saved result: doubtful matches to decide, a form for corrections, "
        "objections and field checks. Filled in, name it under [sources.corrections] and run again.",
    )
)
@result_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path(say("核对.xlsx", "review.xlsx")),
    show_default=True,
    help=say("写到哪个文件", "workbook to write"),
)
@click.option(
    "--force",
    is_flag=True,
    help=say("覆盖已填写的核对表", "write over a workbook that somebody filled in"),
)
@lang_option
def command(folder: Path, out: Path, force: bool) -> None:
    """Write it and say how much there is to decide."""
    result = landeff.load_result(folder)
    path = result.review(out, chosen_lang(), force=force)
    n = queue(result.dataset)["number"].nunique()
    click.echo(say(f"{path}：{n} 个对象待核对", f"{path}: {n} to decide"))
