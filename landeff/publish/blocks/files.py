"""The blocks as a file of their own: workbook, report, layer or table, by the suffix."""

from __future__ import annotations

from pathlib import Path

from landeff.core.dataset import Dataset
from landeff.core.errors import ConfigError, OutputError
from landeff.core.text import Lang
from landeff.publish import blocks as package
from landeff.publish.findings_file import SUFFIXES, write_findings
from landeff.publish.geopackage import write_geopackage


def write_blocks(dataset: Dataset, path: Path, lang: Lang) -> Path:
    """Write ``blocks`` and ``block_members`` to ``path``.

    ``.gpkg`` has the blocks as a styled layer with the zones; ``.csv`` a row a block, without shapes.

    Raises:
        ConfigError: the suffix is none of .xlsx, .html, .csv and .gpkg.
        OutputError: the file cannot be written, or there is no block to draw.
    """
    suffix = path.suffix.lower()
    if suffix == ".gpkg":
        if dataset.layer("blocks").empty:
            raise OutputError("there is no block to draw.", "count other categories with --of")
        write_geopackage(dataset, path)
        return path
    if suffix not in SUFFIXES:
        raise ConfigError(
            f"{path.name} is no {', '.join((*SUFFIXES, '.gpkg'))} file.", "give one of these endings"
        )
    flat = {name: table.drop(columns="geometry", errors="ignore") for name, table in dataset.tables.items()}
    return write_findings(Dataset(dataset.meta, flat), path, package, "blocks", lang)
