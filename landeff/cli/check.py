"""``landeff check PROJECT``: all problems of the inputs, nothing computed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

import landeff
from landeff.cli.terminal import LANG, lang_option, progress, say
from landeff.publish.issue_terms import sentence
from landeff.publish.plain import plain

if TYPE_CHECKING:
    import pandas as pd


@click.command(
    help=say(
        "列出输入的全部问题，不计算、不写文件。",
        "List every problem of the inputs; compute and write nothing.",
    )
)
@click.argument("project", type=click.Path(path_type=Path))
@click.option("--limit", default=5, show_default=True, help=say("每类列出的条数", "rows shown of each kind"))
@lang_option
def command(project: Path, limit: int) -> None:
    """Print issues grouped by code; structural problems end with exit code 3."""
    config = landeff.load_config(project)
    with progress(config.n_steps, quiet=False) as step:
        issues = landeff.check(config, step)
    for _, group in issues.groupby("code", sort=False):
        click.echo("\n".join(told(group, limit)))
    click.echo(say(f"共 {issues['n'].sum()} 条", f"{issues['n'].sum()} issues"))


def told(group: pd.DataFrame, limit: int) -> list[str]:
    """The issues of one code: how many, the first few with their place, and what to do."""
    first = group.iloc[0]
    lines = [f"[{first['severity']}] {first['code']}: {group['n'].sum()}"]
    for row in group.head(limit).to_dict("records"):
        place = (
            f"{row['source_file']} #{row['source_row']}"
            if isinstance(row["source_row"], int)
            else row["source_file"]
        )
        parts = [row["table"], place, row["key"], row["column"], row["value"], "→", _said(row["decision"])]
        lines.append("    " + plain(" ".join(str(part) for part in parts if part)))
    if first["fix"]:
        lines.append(f"    {say('处理：', 'fix: ')}{_said(first['fix'])}")
    return lines


def _said(text: str) -> str:
    return sentence(str(text)).text(LANG)
