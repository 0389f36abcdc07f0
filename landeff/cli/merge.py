"""``landeff merge FILES --result RESULT``: what districts filled in, as one review workbook."""

from __future__ import annotations

from pathlib import Path

import click

import landeff
from landeff.cli.output import force_option, result_option
from landeff.cli.terminal import LANG, chosen_lang, lang_option, say
from landeff.core.split_words import PROBLEMS
from landeff.publish.plain import plain

_SHOWN = 20


@click.command(
    help=say(
        "汇总交回的核查表：能采用的写成更正，矛盾、缺签字、已变化的逐条列出。"
        "结果写入项目文件 [sources.corrections] path，再运行一次。",
        "Gather what districts filled in as corrections; contradictions, missing signatures and changed "
        "values are listed. Name the workbook under [sources.corrections] and run again.",
    )
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@result_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path(say("汇总核对.xlsx", "merged.xlsx")),
    show_default=True,
    help=say("写到哪个文件", "workbook to write"),
)
@force_option
@lang_option
def command(files: tuple[Path, ...], folder: Path, out: Path, force: bool) -> None:
    """Write it, and say what was and was not taken."""
    merged = landeff.merge(files, folder, out, chosen_lang(), force=force)
    for row in merged.progress.to_dict("records"):
        zh = f"{row['file']}：发出 {row['n_sent']} 行，已填 {row['n_filled']}，未填 {row['n_untouched']}"
        en = f"{row['file']}: {row['n_sent']} rows, {row['n_filled']} filled, {row['n_untouched']} not"
        click.echo(plain(say(zh, en)))
    for row in merged.conflicts.head(_SHOWN).to_dict("records"):
        place = " ".join(
            str(row[name])
            for name in ("file", "sheet", "source_row", "key", "column", "value")
            if _has(row[name])
        )
        why, fix = (term.text(LANG) for term in PROBLEMS[row["problem"]])
        click.echo(plain(say(f"未采用：{place}：{why}。{fix}", f"not taken: {place}: {why}; {fix}")))
    if len(merged.conflicts) > _SHOWN:
        click.echo(say(f"… 共 {len(merged.conflicts)} 条", f"… {len(merged.conflicts)} in all"))
    n, no = len(merged.corrections), len(merged.conflicts)
    click.echo(say(f"{out}：更正 {n} 条，未采用 {no} 条", f"{out}: {n} corrections, {no} not taken"))


def _has(value: object) -> bool:
    return value is not None and value == value and value != ""  # noqa: PLR0124 NaN
