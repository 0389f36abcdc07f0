"""Hot and cold spots of a run: as its table, and again from a saved result under other settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from landeff.analysis.hot_spots import CLASSES, MIN_PARCELS, find_hot_spots
from landeff.core.columns import title
from landeff.core.dataset import Dataset
from landeff.core.errors import ConfigError
from landeff.core.text import Lang, Term
from landeff.core.units import M2_PER_MU
from landeff.pipeline.hot_spots_config import VARIABLES, HotSpotSettings, changed
from landeff.pipeline.result import Result, opened
from landeff.publish.findings_file import write_findings
from landeff.publish.terms import term

_AREA = "basis_area_m2"
COLUMNS = (
    "parcel_id", "year", "variable", "class", "gi_z", "p_value", "p_adjusted", "n_neighbours",
    "effective_parcels", "local_rank_ratio", "value_cny_per_mu", "local_cny_per_mu", "overall_cny_per_mu",
    "basis_area_m2", "zone_id", "zone_name", "distance_m", "min_neighbours", "only",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class HotSpots:
    """Hot and cold spots under settings of one's own.

    Attributes:
        dataset: the facts of the run and the table ``hot_spots`` (``docs/tables.md``).
    """

    dataset: Dataset

    @property
    def table(self) -> pd.DataFrame:
        """A row a parcel and figure; see :func:`landeff.analysis.hot_spots.find_hot_spots`."""
        return self.dataset.frame("hot_spots")

    def save(self, path: str | Path, lang: Lang | None = None) -> Path:
        """Write an ``.xlsx`` workbook, an ``.html`` report or a ``.csv`` of the table.

        Raises:
            ConfigError: the suffix is none of these.
            OutputError: the file cannot be written.
        """
        from landeff.publish import hot_spots as package  # noqa: PLC0415  # the writers are slow to import

        return write_findings(self.dataset, Path(path), package, "hot_spots", lang or self.dataset.meta.lang)

    def lines(self, lang: Lang | None = None) -> list[str]:
        """Parcels and mu of each class, in lines for a terminal."""
        return _lines(self.table, lang or self.dataset.meta.lang)


def hot_spots(
    result: Result | str | Path,
    *,
    variables: Iterable[str] | None = None,
    distance_m: float | None = None,
    min_neighbours: int | None = None,
    only: str | None = None,
    year: int | None = None,
) -> HotSpots:
    """Where parcels of high, and of low, money per mu lie together in a finished run.

    What is not given is as in the run, or the usual where it found too few parcels or did not look.

    Args:
        result: a finished run, or the folder it was saved in.
        variables: ``tax_cny_per_mu`` (usually) and ``output_cny_per_mu``.
        distance_m: how far around a parcel is looked, 50–5,000 m; usually 1,000.
        min_neighbours: with fewer independent neighbours nothing is said; usually 8, never fewer.
        only: ``column=value[,value]``: parcels that count at all, such as ``land_use_class=industrial``; an
            empty text for all.
        year: of the run; the latest by default.

    Raises:
        ConfigError: a figure, column, number or year that is none.
    """
    run = opened(result)
    settings = changed(settings_of(run.dataset), variables, distance_m, min_neighbours, only)
    meta = run.dataset.meta
    if year is not None and year not in meta.years:
        raise ConfigError(f"The run has no year {year}.", f"use one of {', '.join(map(str, meta.years))}")
    names = ("parcels", "parcel_year", "shares", "enterprise_year")
    tables: Mapping[str, pd.DataFrame] = {
        name: run.dataset.layer(name) if name == "parcels" else run.dataset.frame(name) for name in names
    }
    found = hot_spots_table(tables, settings, meta.year if year is None else year, meta.year)
    return HotSpots(Dataset(meta, {"hot_spots": found}))


def settings_of(dataset: Dataset) -> HotSpotSettings:
    """What the hot spots of a run were made with; the usual where it has none."""
    made = dataset.frame("hot_spots")
    if made.empty:
        return HotSpotSettings()
    first = made.iloc[0]
    named = tuple(name for name in VARIABLES if (made["variable"] == name).any())
    least = int(first["min_neighbours"])
    return HotSpotSettings(True, named, float(first["distance_m"]), least, str(first["only"]))


def hot_spot_tables(
    tables: Mapping[str, pd.DataFrame], settings: HotSpotSettings, year: int
) -> dict[str, pd.DataFrame]:
    """The table ``hot_spots`` of a run, unless it is switched off."""
    return {"hot_spots": hot_spots_table(tables, settings, year, year)} if settings.enabled else {}


def hot_spots_table(
    tables: Mapping[str, pd.DataFrame], settings: HotSpotSettings, year: int, latest: int
) -> pd.DataFrame:
    """The table ``hot_spots``, sorted by figure and parcel; empty where too few parcels are known.

    Args:
        tables: ``parcels`` (polygons in metres), ``parcel_year``, ``shares``, ``enterprise_year`` of a run.
        settings: ``enabled`` is looked at by the caller.
        year: of the figures.
        latest: the year that ``parcels`` is of.

    Raises:
        ConfigError: ``only`` names no column of the parcels.
    """
    parcels = _counted(gpd.GeoDataFrame(tables["parcels"]), settings.only)
    parcels = parcels.sort_values("parcel_id", kind="stable", ignore_index=True)
    made = [_of_variable(parcels, tables, name, settings, (year, latest)) for name in settings.variables]
    enough = [each["value_cny_per_mu"].notna().sum() >= MIN_PARCELS for each in made]
    kept = [each if is_enough else each.iloc[:0] for each, is_enough in zip(made, enough, strict=True)]
    return pd.concat(kept, ignore_index=True)


def _of_variable(
    parcels: gpd.GeoDataFrame,
    tables: Mapping[str, pd.DataFrame],
    variable: str,
    settings: HotSpotSettings,
    years: tuple[int, int],
) -> pd.DataFrame:
    name = VARIABLES[variable]
    money = _money(parcels, tables["parcel_year"], name, years)
    found = find_hot_spots(
        _points(parcels),
        money,
        parcels[_AREA].to_numpy(dtype="float64", na_value=np.nan),
        holder=_holders(parcels["parcel_id"], tables, name, years[0]),
        distance_m=settings.distance_m,
        min_neighbours=settings.min_neighbours,
    )
    known = pd.DataFrame(parcels.reindex(columns=["parcel_id", "zone_id", "zone_name", _AREA]))
    table = known.join(found).assign(
        year=pd.array([years[0]] * len(parcels), dtype="Int64"),
        variable=variable,
        distance_m=settings.distance_m,
        min_neighbours=pd.array([settings.min_neighbours] * len(parcels), dtype="Int64"),
        only=settings.only,
    )
    return table.astype(dict.fromkeys(("variable", "only", "zone_id", "zone_name"), "str"))[[*COLUMNS]]


def _money(
    parcels: pd.DataFrame, parcel_year: pd.DataFrame, name: str, years: tuple[int, int]
) -> npt.NDArray[np.float64]:
    """Money of each parcel in the year, NaN where unknown."""
    year, latest = years
    if year == latest:
        values = parcels.reindex(columns=[name])[name]
    else:
        of_year = parcel_year.reindex(columns=["parcel_id", "year", name])
        of_year = of_year[of_year["year"] == year].set_index("parcel_id")
        values = parcels["parcel_id"].map(of_year[name])
    return values.to_numpy(dtype="float64", na_value=np.nan)


def _points(parcels: gpd.GeoDataFrame) -> npt.NDArray[np.float64]:
    """Centres of gravity in the project CRS; NaN where there is no polygon."""
    centres = parcels.geometry.centroid
    return np.column_stack([centres.x.to_numpy(), centres.y.to_numpy()])


def _holders(
    parcel_id: pd.Series, tables: Mapping[str, pd.DataFrame], money: str, year: int
) -> npt.NDArray[np.int64]:
    """Code of the enterprise, or of the unit it is judged in, that brings most of a parcel's money.

    A parcel without one stands for itself.
    """
    shares = tables["shares"].reindex(
        columns=["parcel_id", "enterprise_id", "year", "share_ratio", "land_area_m2", "unit_id"]
    )
    by_firm = tables["enterprise_year"].reindex(columns=["enterprise_id", "year", money])
    shares = shares[shares["year"] == year].merge(by_firm, on=["enterprise_id", "year"], how="left")
    brought = (shares["share_ratio"] * shares[money]).astype("float64").fillna(0.0)
    land = shares["land_area_m2"].astype("float64").fillna(0.0)
    most = shares.assign(brought=brought, land=land).sort_values(
        ["parcel_id", "brought", "land", "enterprise_id"], ascending=[True, False, False, True]
    )
    most = most.drop_duplicates("parcel_id").set_index("parcel_id")
    holder = parcel_id.map(most["unit_id"].astype("str").fillna(most["enterprise_id"]))
    codes, _ = pd.factorize(holder)
    own = -1 - np.arange(len(codes))
    return np.where(codes < 0, own, codes).astype("int64")


def _counted(parcels: gpd.GeoDataFrame, only: str) -> gpd.GeoDataFrame:
    if not only:
        return parcels
    column, _, value = only.partition("=")
    if column.strip() not in parcels.columns:
        raise ConfigError(f"parcels have no column {column.strip()}.", "e.g. land_use_class=industrial")
    values = [each.strip() for each in value.split(",")]
    return parcels[parcels[column.strip()].astype("str").isin(values)]


def _lines(table: pd.DataFrame, lang: Lang) -> list[str]:
    if table.empty:
        told = Term(
            f"数值已知的宗地不足 {MIN_PARCELS} 宗，不作判断",
            f"fewer than {MIN_PARCELS} parcels are known: nothing is said",
        )
        return [told.text(lang)]
    lines = []
    for variable, rows in table.groupby("variable", sort=False):
        first, named = rows.iloc[0], title(str(variable))
        head = Term(
            f"{named.zh} {first['year']} 年，{first['distance_m']:g} 米内：宗数、亩",
            f"{named.en} {first['year']}, within {first['distance_m']:g} m: parcels, mu",
        )
        lines.append(head.text(lang))
        area = rows.groupby("class")[_AREA].agg(["size", "sum"]).reindex(list(CLASSES), fill_value=0)
        for name, n, mu in zip(area.index, area["size"], area["sum"] / M2_PER_MU, strict=True):
            lines.append(f"{term('hot_spot', name).text(lang)}\t{n}\t{mu:,.2f}")
    return lines
