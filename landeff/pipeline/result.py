"""A finished run: look at its tables, draw it, save it, ask it about a parcel."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Lang
from landeff.pipeline.explain import explain
from landeff.pipeline.steps import Progress
from landeff.pipeline.summary import summary, summary_lines

if TYPE_CHECKING:
    import folium
    import geopandas as gpd


@dataclass(frozen=True, slots=True)
class Result:
    """Tables of a run (see ``docs/tables.md``) and what can be made of them.

    Attributes:
        dataset: the tables and the facts about the run.
        manifest: hashes of inputs, project file, catalogue and code.
    """

    dataset: Dataset
    manifest: Mapping[str, object] = field(default_factory=dict)

    @property
    def zones(self) -> gpd.GeoDataFrame:
        """Zones with their latest figures, in the project CRS."""
        return self.dataset.layer("zones")

    @property
    def parcels(self) -> gpd.GeoDataFrame:
        """Parcels with facts, money, verdicts and state, in the project CRS."""
        return self.dataset.layer("parcels")

    def table(self, name: str) -> pd.DataFrame:
        """Any table by name: ``findings``, ``ledger``, ``issues`` …"""
        return self.dataset.frame(name)

    def map(self, tiles: str = "", *, key: str = "", store_key: bool = False) -> folium.Map:
        """The interactive offline map; ``.save("map.html")`` writes it.

        Args:
            tiles: a base map of one's own, ``[publish] tiles`` otherwise: ``https://…/{z}/{x}/{y}.png`` or
                ``tianditu:vec``. The page asks for it only once somebody switches it on.
            key: key of 天地图, written into the file only with ``store_key``; the page asks for it otherwise.
        """
        from landeff.publish.map import build_map, tiles_of  # noqa: PLC0415  # folium is slow to import

        return build_map(self.dataset, tiles_of(tiles, key=key, store_key=store_key) if tiles else None)

    def report(self, lang: Lang | None = None) -> str:
        """The report as one HTML page."""
        from landeff.publish.report import build_report  # noqa: PLC0415  # not needed by most scripts

        return build_report(self.dataset, lang or self.dataset.meta.lang)

    def workbook(self, path: str | Path, lang: Lang | None = None) -> Path:
        """Write the ledgers as an ``.xlsx`` file; returns its path."""
        from landeff.publish.workbook import write_workbook  # noqa: PLC0415  # the writer is slow to import

        write_workbook(self.dataset, Path(path), lang or self.dataset.meta.lang)
        return Path(path)

    def export(self, target: str | Path, **options: Any) -> pd.DataFrame:
        """Write a layer for GIS, surveyors or a phone; options as :func:`landeff.pipeline.export.export`."""
        from landeff.pipeline.export import export  # noqa: PLC0415  # the writers are slow to import

        return export(self.dataset, Path(target), **options)

    def explain(self, parcel_id: str, lang: Lang | None = None) -> str:
        """Every number and verdict of one parcel, with its sources, as text."""
        return explain(self.dataset, parcel_id, lang or self.dataset.meta.lang)

    def dossier(self, *parcels: str, classes: Collection[str] = (), lang: Lang | None = None) -> str:
        """Dossiers (一宗一档) as one HTML page: of the parcels named, and of classes of the inventory."""
        from landeff.pipeline.dossier import dossiers  # noqa: PLC0415  # jinja2 is slow to import

        return dossiers(self.dataset, parcels, classes, lang=lang or self.dataset.meta.lang)

    def score_sheet(
        self, enterprise_id: str, *, year: int | None = None, scorecard: str = "", lang: Lang | None = None
    ) -> str:
        """How an enterprise came to its simulated grade, as text: every item with its sources."""
        from landeff.pipeline.score_sheets import score_sheet  # noqa: PLC0415  # not needed by most scripts

        return score_sheet(self.dataset, enterprise_id, lang or self.dataset.meta.lang, year, scorecard)

    def save_score_sheets(
        self,
        path: str | Path,
        enterprises: Collection[str] = (),
        *,
        year: int | None = None,
        scorecard: str = "",
        lang: Lang | None = None,
    ) -> int:
        """Write score sheets as one HTML file, one a printed page; how many."""
        from landeff.pipeline.score_sheets import write_score_sheets  # noqa: PLC0415  # jinja2 is slow to import

        told = lang or self.dataset.meta.lang
        return write_score_sheets(self.dataset, Path(path), told, enterprises, year, scorecard)

    def save(self, folder: str | Path, progress: Progress = lambda step: None) -> Path:
        """Write tables, map, report, workbook and GeoPackage; all or nothing. Returns the folder."""
        from landeff.pipeline.save import save  # noqa: PLC0415  # the writers are slow to import

        return save(self.dataset, self.manifest, Path(folder), progress)

    def review(self, path: str | Path, lang: Lang | None = None, *, force: bool = False) -> Path:
        """Write the review workbook (核对表): doubtful matches to decide, a form for corrections.

        Raises:
            OutputError: ``path`` holds what somebody filled in, or another file, and ``force`` is not given.
        """
        from landeff.pipeline.review import review  # noqa: PLC0415  # the writer is slow to import

        return review(self, path, lang, force=force)

    def split(
        self, folder: str | Path, by: Literal["district", "zone"] = "district", lang: Lang | None = None
    ) -> pd.DataFrame:
        """Write one workbook a district or zone, to be filled in; what is in each file."""
        from landeff.pipeline.split import split  # noqa: PLC0415  # the writer is slow to import

        return split(self, folder, by, lang)

    def summary(self) -> dict[str, object]:
        """Headline figures as plain values."""
        return summary(self.dataset)

    def summary_lines(self, lang: Lang | None = None) -> list[str]:
        """Headline figures as sentences for a terminal."""
        return summary_lines(self.dataset, lang or self.dataset.meta.lang)


def load_result(folder: str | Path) -> Result:
    """Read back a result that :meth:`Result.save` wrote.

    Args:
        folder: that it was saved to, or the folder ``result`` in it.

    Raises:
        OutputError: there is no saved result in ``folder``.
    """
    from landeff.publish.parquet import META, read_tables  # noqa: PLC0415  # beside its writer

    folder = Path(folder)
    return Result(read_tables(folder if (folder / META).is_file() else folder / "result"))


def opened(result: Result | str | Path) -> Result:
    """A result as it is, or read from the folder it was saved to; errors as of :func:`load_result`."""
    return result if isinstance(result, Result) else load_result(result)
