"""``landeff dossier RESULT --parcel ID``: a page to print for one parcel or many."""

from __future__ import annotations

from pathlib import Path

import click

import landeff
from landeff.cli.output import force_option, result_argument, target_of
from landeff.cli.terminal import chosen_lang, lang_option, say


@click.command(
    help=say(
        "一宗一档：由已保存的成果写出宗地档案，一页一宗，可打印。",
        "Dossiers of a saved result: one printable page a parcel.",
    )
)
@result_argument
@click.option("--parcel", "parcels", multiple=True, help=say("宗地代码，可重复", "parcel code, repeatable"))
@click.option(
    "--class",
    "classes",
    multiple=True,
    help=say("台账类别（如 idle），全部宗地", "all parcels of an inventory class, such as idle"),
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help=say("写到哪里（默认 dossiers.html）", "where (default dossiers.html)"),
)
@force_option
@lang_option
def command(
    result: Path, parcels: tuple[str, ...], classes: tuple[str, ...], out: Path | None, force: bool
) -> None:
    """Draw them from the saved tables."""
    target = target_of(out, "dossiers.html", force=force)
    saved = landeff.load_result(result)
    page = saved.dossier(*parcels, classes=classes, lang=chosen_lang())
    target.write_text(page, encoding="utf-8", newline="\n")
    click.echo(str(target))
