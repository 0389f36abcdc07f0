"""``landeff check PROJECT``: all problems of the inputs, nothing computed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

import landeff
from landeff.cli.terminal import LANG, lang_option, progress, say
from landeff.core.tables import TABLES
from landeff.core.text import Term
from landeff.publish.issue_terms import told_issues
from landeff.publish.plain import plain

if TYPE_CHECKING:
    import pandas as pd

    from landeff.pipeline.check import Checked


@click.command(
    help=say(
        "列出输入的全部问题，检查规则、评分标准、结果运用文件；不计算、不写文件。",
        "List every problem of the inputs, check rules, scorecards and effects; compute and write nothing.",
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
    for line in looked_at(issues.attrs["checked"]):
        click.echo(line)
    click.echo(say(f"共 {issues['n'].sum()} 条", f"{issues['n'].sum()} issues"))


def looked_at(checked: Checked) -> Iterator[str]:
    """What was checked: tables with their files and rows, then the standards."""
    yield say("已检查：", "Checked:")
    for table in checked.tables:
        files, n, aside = ", ".join(dict.fromkeys(table.files)), table.n_rows, table.n_set_aside
        name = TABLES[table.name].title.text(LANG)
        left = say(f"，搁置 {aside}", f", {aside} set aside") if aside else ""
        yield "    " + plain(say(f"{name}：{n:,} 行{left}（{files}）", f"{name}: {n:,} rows{left} ({files})"))
    standards = (
        (say("规则", "rules"), checked.rules),
        (say("评分标准", "scorecards"), checked.scorecards),
        (say("结果运用", "effects"), checked.effects),
        (say("旁证栅格", "rasters"), checked.rasters),
        (say("处置方式", "ways of disposal"), (checked.disposal,) if checked.disposal else ()),
    )
    for name, ids in standards:
        if ids:
            yield "    " + plain(
                say(f"{name} {len(ids)}：{'、'.join(ids)}", f"{len(ids)} {name}: {', '.join(ids)}")
            )


def told(group: pd.DataFrame, limit: int) -> list[str]:
    """The issues of one code: how many, the first few with their place, and what to do."""
    first, n = group.iloc[0], group["n"].sum()
    head = told_issues(group.head(1)).iloc[0]
    severity, code = head["severity"].text(LANG), head["code"].text(LANG)
    named = "" if code == first["code"] else say(f"（{first['code']}）", f" ({first['code']})")
    lines = [say(f"[{severity}] {code}{named}：{n}", f"[{severity}] {code}{named}: {n}")]
    for row, said in zip(rows_of(group.head(limit)), rows_of(told_issues(group.head(limit))), strict=True):
        place = row["source_file"]
        if isinstance(row["source_row"], int):
            place = f"{place} #{row['source_row']}"
        parts = [_said(said["table"]), place, row["key"], _said(said["column"]), _said(said["value"])]
        lines.append(
            "    " + plain(" ".join(str(part) for part in [*parts, "→", _said(said["decision"])] if part))
        )
    if first["fix"]:
        lines.append(f"    {say('处理：', 'fix: ')}{head['fix'].text(LANG)}")
    return lines


def rows_of(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Rows by column name."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _said(text: object) -> str:
    return text.text(LANG) if isinstance(text, Term) else ""
