"""``landeff blocks RESULT``: stock land that lies together, made anew from a saved result."""

from __future__ import annotations

from pathlib import Path

import click

import landeff
from landeff.cli.output import force_option, result_argument, tell
from landeff.cli.terminal import lang_option, say


@click.command(
    help=say(
        "集中连片地块：相距不远的存量土地连成片，哪些达到最小规模，由什么构成，涉及几家权利人。"
        "例：landeff blocks maps --min-mu 200 --bridge-m 50 --of idle,approved_unsupplied --out 连片.gpkg。",
        "Contiguous blocks of stock land: which reach the least size, what of, how many holders. "
        "E.g. landeff blocks maps --min-mu 200 --bridge-m 50 --of idle,approved_unsupplied --out b.gpkg.",
    )
)
@result_argument
@click.option("--min-mu", type=float, help=say("最小规模（亩），不填同成果", "least size in mu"))
@click.option("--bridge-m", type=float, help=say("相距不超过几米算连片", "widest gap bridged, in metres"))
@click.option("--of", "of", help=say("计入的台账类别，逗号分隔", "inventory classes, joined by commas"))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help=say("写出 .csv、.xlsx、.html 或 .gpkg 文件", "write a .csv, .xlsx, .html or .gpkg file"),
)
@force_option
@lang_option
def command(
    result: Path,
    min_mu: float | None,
    bridge_m: float | None,
    of: str | None,
    out: Path | None,
    force: bool,
) -> None:
    """Print the blocks; RESULT is the output folder of a run."""
    classes = (
        None if of is None else [each.strip() for each in of.replace("，", ",").split(",") if each.strip()]
    )
    found = landeff.blocks(result, min_mu=min_mu, bridge_m=bridge_m, of=classes)
    tell(found, out, force=force)
