"""``landeff split RESULT``: one workbook a district or zone, to be filled in."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

import landeff
from landeff.cli.output import result_argument
from landeff.cli.terminal import chosen_lang, lang_option, say
from landeff.core.split_words import SUMMARY_FILE


@click.command(
    help=say(
        "按县区或园区拆成核查表，每个一份，下发填写；用 landeff merge 汇总。",
        "Cut a result into one workbook a district or zone, to be filled in; landeff merge gathers them.",
    )
)
@result_argument
@click.option(
    "--by",
    type=click.Choice(["district", "zone"]),
    default="district",
    show_default=True,
    help=say("按县区或按园区", "by district or by zone"),
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(say("核查表", "split")),
    show_default=True,
    help=say("写到哪个空文件夹", "empty folder to write into"),
)
@lang_option
def command(result: Path, by: Literal["district", "zone"], out: Path) -> None:
    """Write the workbooks and say what is in each."""
    saved = landeff.load_result(result)
    files = saved.split(out, by, chosen_lang())
    for row in files.to_dict("records"):
        n, asked = row["n_rows"], row["n_questions"]
        click.echo(
            say(f"{row['file']}：{n} 行，存疑对应 {asked}", f"{row['file']}: {n} rows, {asked} matches")
        )
    n, summary = int(files["n_rows"].sum()), SUMMARY_FILE.text(chosen_lang() or saved.dataset.meta.lang)
    click.echo(
        say(
            f"{out}：{len(files)} 份，共 {n} 行（{summary}）",
            f"{out}: {len(files)} files, {n} rows ({summary})",
        )
    )
