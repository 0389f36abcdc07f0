"""``landeff indicators``: what is computed, in which unit, by which definition."""

from __future__ import annotations

import click

import landeff
from landeff.cli.terminal import LANG, lang_option, say


@click.command(
    help=say("列出指标：名称、单位、层级、出处。", "List the indicators: name, unit, levels, source.")
)
@lang_option
def command() -> None:
    """Print one indicator a block."""
    for spec in sorted(landeff.built_in_indicators().values(), key=lambda spec: (spec.levels, spec.name)):
        click.echo(f"{spec.name}  {spec.title.text(LANG)}（{spec.unit}）  {', '.join(spec.levels)}")
        click.echo(f"    {spec.source}")
        if spec.combine:
            ratio = f"Σ {spec.combine.numerator} ÷ Σ {spec.combine.denominator}"
            click.echo(f"    {say('汇总：', 'of many: ')}{ratio}")
