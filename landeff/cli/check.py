"""``landeff check PROJECT``: all problems of the inputs, nothing computed."""

from __future__ import annotations

from pathlib import Path

import click

from landeff.cli.terminal import lang_option, progress, say
from landeff.pipeline.check import check
from landeff.pipeline.load_config import load_config
from landeff.pipeline.run import n_steps


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
    config = load_config(project)
    with progress(n_steps(config), quiet=False) as step:
        issues = check(config, step)
    for code, group in issues.groupby("code", sort=False):
        severity = group["severity"].iloc[0]
        click.echo(f"[{severity}] {code}: {group['n'].sum()}")
        for row in group.head(limit).itertuples():
            where = (
                f"{row.source_file} {say('第', 'row ')}{row.source_row}{say('行', '')}"
                if row.source_file
                else ""
            )
            parts = [row.table, where, row.key, row.column, row.value, "→", row.decision]
            click.echo("    " + " ".join(str(part) for part in parts if part and str(part) != "<NA>"))
        if group["fix"].iloc[0]:
            click.echo(f"    {say('处理：', 'fix: ')}{group['fix'].iloc[0]}")
    click.echo(say(f"共 {issues['n'].sum()} 条", f"{issues['n'].sum()} issues"))
