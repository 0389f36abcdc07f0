"""``landeff explain PARCEL_ID``: every number and verdict of one parcel, with its sources."""

from __future__ import annotations

from pathlib import Path

import click

import landeff
from landeff.cli.output import result_option
from landeff.cli.terminal import LANG, lang_option, say
from landeff.publish.plain import plain


@click.command(help=say("从已保存的成果里说明一宗地。", "Explain one parcel from a saved result."))
@click.argument("parcel_id")
@result_option
@lang_option
def command(parcel_id: str, folder: Path) -> None:
    """Print the dossier as text."""
    click.echo(plain(landeff.load_result(folder).explain(parcel_id, LANG)))
