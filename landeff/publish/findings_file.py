"""One file with the tables of a comparison or of thresholds: workbook, report or plain CSV, by its suffix."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

from landeff.core.dataset import Dataset
from landeff.core.errors import ConfigError, OutputError
from landeff.core.text import Lang
from landeff.publish.plain import inert
from landeff.publish.report.draw import build_report
from landeff.publish.workbook.draw import write_workbook

SUFFIXES = (".xlsx", ".html", ".csv")


def write_findings(dataset: Dataset, path: Path, package: ModuleType, table: str, lang: Lang) -> Path:
    """Write ``dataset`` to ``path``.

    Args:
        package: has the packages ``sheets`` and ``sections``.
        table: the one that a ``.csv`` holds; text in it is never a formula.

    Raises:
        ConfigError: the suffix is none of :data:`SUFFIXES`.
        OutputError: the file cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise ConfigError(f"{path.name} is no {', '.join(SUFFIXES)} file.", "give one of these endings")
    try:
        if suffix == ".xlsx":
            write_workbook(dataset, path, lang, importlib.import_module(f"{package.__name__}.sheets"))
        elif suffix == ".html":
            sections = importlib.import_module(f"{package.__name__}.sections")
            path.write_text(build_report(dataset, lang, sections), encoding="utf-8")
        else:
            frame = dataset.frame(table).copy()
            for name in frame.select_dtypes(["object", "str", "string"]):
                frame[name] = frame[name].map(inert, na_action="ignore")
            frame.to_csv(path, index=False, encoding="utf-8-sig")
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written ({error.strerror}).", "choose another place, or close the file"
        ) from None
    return path
