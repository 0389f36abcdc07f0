"""``landeff rules``: the catalogue, with the ground each rule stands on."""

from __future__ import annotations

import click

import landeff
from landeff.cli.terminal import LANG, lang_option, say


@click.command(
    help=say(
        "列出认定规则：名称、依据、版本、是否核对原文。", "List the rules: title, ground, version, verified."
    )
)
@lang_option
def command() -> None:
    """Print one rule a block; unverified ones are used only where the project names them."""
    for rule in landeff.built_in_rules().values():
        mark = "" if rule.verified else say("（未核对，默认关闭）", " (not verified, off by default)")
        click.echo(f"{rule.id}  {rule.title.text(LANG)}  v{rule.version}{mark}")
        click.echo("    " + "；".join(basis.text for basis in rule.basis))
        if rule.advice.text(LANG):
            click.echo(f"    {say('建议：', 'advice: ')}{rule.advice.text(LANG)}")
