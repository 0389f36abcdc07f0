"""Everything a run writes, in one folder that is replaced whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from landeff.core.dataset import Dataset
from landeff.pipeline.steps import SAVING, Progress
from landeff.publish.atomic import replacing
from landeff.publish.geopackage import write_geopackage
from landeff.publish.manifest import write_manifest
from landeff.publish.map import build_map
from landeff.publish.parquet import write_tables
from landeff.publish.report import build_report
from landeff.publish.workbook import write_workbook


def save(dataset: Dataset, manifest: Mapping[str, object], folder: Path, progress: Progress) -> Path:
    """Write the tables (``result/``), map, report, workbook, GeoPackage and manifest into ``folder``.

    A failure leaves what was in ``folder`` untouched.
    """
    lang = dataset.meta.lang
    steps = iter(SAVING)
    with replacing(folder) as new:
        progress(next(steps).text(lang))
        write_tables(dataset, new / "result")
        progress(next(steps).text(lang))
        build_map(dataset).save(str(new / "map.html"))
        progress(next(steps).text(lang))
        (new / "report.html").write_text(build_report(dataset, lang), encoding="utf-8")
        progress(next(steps).text(lang))
        write_workbook(dataset, new / "inventory.xlsx", lang)
        progress(next(steps).text(lang))
        write_geopackage(dataset, new / "results.gpkg")
        write_manifest(new, manifest)
    return folder
