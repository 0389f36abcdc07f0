"""Contiguous blocks of stock land (集中连片地块) of a run, and anew of a saved result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from landeff.analysis.assembly import PLAN_COLUMNS, block_ids, block_sums, land_beside, size_class
from landeff.core.dataset import Dataset
from landeff.core.text import Lang
from landeff.core.units import M2_PER_MU
from landeff.measure.contiguity import block_outlines, block_shapes, contiguous, pairs_within
from landeff.pipeline.blocks_config import BlockSettings, changed, in_order
from landeff.pipeline.result import Result, opened
from landeff.standards.blocks import block_sizes

MEMBERS = (
    *("block_id", "parcel_id", "remainder_id", "category", "unsupplied_kind", "area_m2"),
    *("holder", "holder_code", "zone_id", "district_code"),
)
_TO_CHECK = "idle_to_check"
_AREA_DIGITS = 4  # areas stated in mu sum to 199,999.99999999 m²; that is 300 mu
_TEXTS = (
    *("parcel_id", "remainder_id", "category", "unsupplied_kind", "holder", "holder_code"),
    *("zone_id", "zone_name", "district_code", "district_name"),
)
_NUMBERS = ("area_m2", "tax_cny", *PLAN_COLUMNS)


@dataclass(frozen=True, slots=True)
class Blocks:
    """Blocks of stock land of a finished run.

    Attributes:
        dataset: the tables ``blocks`` and ``block_members`` (``docs/tables.md``), and ``zones``.
    """

    dataset: Dataset

    @property
    def blocks(self) -> gpd.GeoDataFrame:
        """A row a block, those below the least size too."""
        return self.dataset.layer("blocks")

    @property
    def members(self) -> pd.DataFrame:
        """A row a piece with its block."""
        return self.dataset.frame("block_members")

    def save(self, path: str | Path, lang: Lang | None = None) -> Path:
        """Write an ``.xlsx`` workbook, an ``.html`` report, a ``.gpkg`` of the blocks, or a ``.csv`` of them.

        Raises:
            ConfigError: the suffix is none of these.
            OutputError: the file cannot be written.
        """
        from landeff.publish.blocks.files import write_blocks  # noqa: PLC0415  # the writers are slow to import

        return write_blocks(self.dataset, Path(path), lang or self.dataset.meta.lang)

    def lines(self, lang: Lang | None = None) -> list[str]:
        """The blocks in lines for a terminal, the largest first."""
        from landeff.publish.blocks.words import block_lines  # noqa: PLC0415  # beside the other words

        return block_lines(self.dataset, lang or self.dataset.meta.lang)


def blocks(
    result: Result | str | Path,
    *,
    min_mu: float | None = None,
    bridge_m: float | None = None,
    of: Iterable[str] | None = None,
) -> Blocks:
    """Blocks of stock land of a finished run, made anew; what is not given is as in the run.

    Args:
        result: a finished run, or the folder it was saved in.
        min_mu: least size in mu; every block stays in the table, the size only says which reach it.
        bridge_m: widest gap that does not part, in metres.
        of: classes of the inventory that are stock land, such as ``["idle", "due_soon"]``.

    Raises:
        ConfigError: a number out of range, or a class that is none.
        OutputError: there is no saved result in the folder.
    """
    run = opened(result)
    settings = changed(settings_of(run.dataset), min_mu, bridge_m, of)
    tables = {name: run.dataset.layer(name) for name in ("parcels", "remainders", "zones")}
    return Blocks(Dataset(run.dataset.meta, {"zones": tables["zones"], **block_tables(tables, settings)}))


def settings_of(dataset: Dataset) -> BlockSettings:
    """What the blocks of a run were made with; the usual where it has no such table.

    Of a run without a block the columns tell which classes it counted; sizes are the usual.
    """
    made, usual = dataset.frame("blocks"), BlockSettings()
    if made.empty:
        of = in_order(name.removesuffix("_area_m2") for name in made.columns)
        return BlockSettings(of=of or usual.of)
    first = made.iloc[0]
    is_usual = first["basis"] == usual.ground
    return BlockSettings(
        None if is_usual else round(float(first["min_area_m2"]) / M2_PER_MU, 9),
        float(first["bridge_m"]),
        tuple(str(first["counted"]).split(",")),
    )


def block_tables(tables: Mapping[str, pd.DataFrame], settings: BlockSettings) -> dict[str, pd.DataFrame]:
    """``blocks`` and ``block_members``.

    Args:
        tables: ``parcels`` and ``remainders`` with geometry, in one CRS.
    """
    pieces = candidates(tables, settings)
    crs = getattr(tables["parcels"], "crs", None)
    metres = _metres(crs)
    shapes = pieces.geometry.to_numpy()
    label = contiguous(shapes, settings.bridge_m, metres=metres)
    members = pieces.assign(block_id=block_ids(pieces, pd.Series(label, index=pieces.index)))
    sums = block_sums(pd.DataFrame(members.drop(columns="geometry")), settings.of)
    found, outlines = block_outlines(shapes, label)
    drawn = block_shapes(outlines, settings.bridge_m, metres=metres)
    drawn = drawn.assign(block_id=members["block_id"].to_numpy()[found], geometry=outlines)
    made = sums.merge(drawn, on="block_id", validate="1:1").merge(
        _to_check(tables["parcels"], members, settings, metres), on="block_id", how="left"
    )
    made = made.assign(
        block_id=made["block_id"].astype("str"),
        n_to_check=made["n_to_check"].astype("Int64").fillna(0),
        to_check_area_m2=made["to_check_area_m2"].astype("float64").fillna(0.0),
    )
    layer = gpd.GeoDataFrame(_judged(made, settings), geometry="geometry", crs=crs)
    listed = pd.DataFrame(members)[list(MEMBERS)]
    listed = listed.sort_values(["block_id", "parcel_id", "remainder_id"], ignore_index=True)
    return {"blocks": layer.sort_values("block_id", ignore_index=True), "block_members": listed}


def candidates(tables: Mapping[str, pd.DataFrame], settings: BlockSettings) -> gpd.GeoDataFrame:
    """Pieces of the classes that count, as the inventory has them, by code: the area is the one it counts."""
    parcels, rest = tables["parcels"], tables.get("remainders", pd.DataFrame())
    of_parcels = parcels[_is_of(parcels, settings.of)]
    area = of_parcels["basis_area_m2"] if "basis_area_m2" in of_parcels else of_parcels["area_m2"]
    of_rest = rest[_is_of(rest, settings.of)]
    made = [
        of_parcels.assign(area_m2=area, category=of_parcels.get("inventory_class")),
        of_rest.assign(category=of_rest.get("inventory_class")),
    ]
    columns = [*_TEXTS, *_NUMBERS, "geometry"]
    both = pd.concat([pd.DataFrame(frame).reindex(columns=columns) for frame in made if len(frame)] or
                     [pd.DataFrame(columns=columns)])  # fmt: skip
    both = both.astype({**dict.fromkeys(_TEXTS, "str"), **dict.fromkeys(_NUMBERS, "float64")})
    both = both.sort_values(["parcel_id", "remainder_id"], ignore_index=True)
    return gpd.GeoDataFrame(both, geometry="geometry", crs=getattr(parcels, "crs", None))


def _is_of(frame: pd.DataFrame, of: Iterable[str]) -> pd.Series:
    if "inventory_class" not in frame or "geometry" not in frame:
        return pd.Series(False, index=frame.index)
    return frame["inventory_class"].isin(list(of))


def _to_check(
    parcels: pd.DataFrame, members: gpd.GeoDataFrame, settings: BlockSettings, metres: float
) -> pd.DataFrame:
    """Parcels beside a block of which it is still to be checked whether they are idle."""
    open_ones = parcels[_is_of(parcels, {_TO_CHECK} - set(settings.of))]
    beside = pairs_within(
        members.geometry.to_numpy(),
        open_ones.reindex(columns=["geometry"])["geometry"].to_numpy(),
        settings.bridge_m,
        metres=metres,
    )
    pairs = pd.DataFrame(
        {
            "block_id": members["block_id"].to_numpy()[beside["left"]],
            "key": open_ones["parcel_id"].to_numpy()[beside["right"]],
        }
    )
    area = open_ones.set_index("parcel_id")["basis_area_m2" if "basis_area_m2" in open_ones else "area_m2"]
    made = land_beside(pairs.astype("str"), area)
    made = made.rename(columns={"n_beside": "n_to_check", "beside_area_m2": "to_check_area_m2"}).reset_index()
    return made.astype({"block_id": "str"})


def _judged(made: pd.DataFrame, settings: BlockSettings) -> pd.DataFrame:
    """Size of each block against the least, and what both rest on."""
    sizes = [(size.mu, size.area_m2) for size in block_sizes().sizes]
    area = made["area_m2"].round(_AREA_DIGITS)
    return made.drop(columns="geometry").assign(
        size_class=size_class(area, sizes),
        is_min_size=(area >= settings.min_area_m2).astype("boolean"),
        min_area_m2=settings.min_area_m2,
        bridge_m=settings.bridge_m,
        counted=pd.Series(",".join(settings.of), index=made.index, dtype="str"),
        basis=pd.Series(settings.ground, index=made.index, dtype="str"),
        geometry=made["geometry"],
    )


def _metres(crs: object) -> float:
    """Length of one unit of the coordinates."""
    axes = getattr(crs, "axis_info", None)
    return float(axes[0].unit_conversion_factor) if axes else 1.0
