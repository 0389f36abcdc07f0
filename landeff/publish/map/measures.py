"""Numbers of plots as the page knows them, and layers that class them."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import QUANTITIES, Kind, unit_of
from landeff.publish.map.breaks import class_codes, class_titles, quantile_breaks
from landeff.publish.map.classes import MONEY_GROUP, NOT_DRAWN, MapLayer, Measure, Style, counted
from landeff.publish.map.palette import NO_DATA, NO_DATA_LINE, NO_DATA_SOLID, spread

#: Decimals of numbers in the page: 1 CNY of 万元, 0.07 m² of 亩; its sums agree with those of the run.
STORED_DECIMALS = 4
NO_NUMBER = (
    Term("无数据 / 待核实", "no data / to be checked"),
    Style(NO_DATA_LINE, NO_DATA, "horizontal", NO_DATA_SOLID),
)
AREA = "basis_area_m2"


def stored(values: pd.Series, kind: Kind) -> pd.Series:
    """``values`` in the unit of ``kind``, rounded as the page gets them."""
    factor = 10.0**STORED_DECIMALS
    numbers = values.astype("float64") / QUANTITIES[kind].per
    return (numbers * factor).round() / factor


def stored_per_mu(plots: gpd.GeoDataFrame, money: str) -> pd.Series:
    """Money per mu, 万元/亩, out of the rounded numbers, as the page divides them; missing without area."""
    area = stored(plots[AREA], "mu")
    return (stored(plots[money], "wan") / area.where(area > 0)).astype("float64")


def sequential(titles: Sequence[str]) -> list[tuple[Term, Style]]:
    """Classes of a number, light to dark."""
    colours = spread(len(titles))
    return [(Term(text, text), Style(c, c)) for text, c in zip(titles, colours, strict=True)]


def year_columns(plots: gpd.GeoDataFrame, money: str, latest: int) -> dict[int, str]:
    """Year → column of the page with ``money`` per mu: ``tax_cny_per_mu:2022`` … ``tax_cny_per_mu``."""
    former = [int(name.rpartition(":")[2]) for name in plots.columns if name.startswith(f"{money}:")]
    return {year: f"{money}_per_mu:{year}" for year in sorted(former)} | {latest: f"{money}_per_mu"}


def per_mu_layer(
    dataset: Dataset,
    plots: gpd.GeoDataFrame,
    money: str,
    words: Term,
    breaks_cny: Sequence[float],
) -> MapLayer | None:
    """Parcels by money per mu: fixed classes in yuan, about equal ones in other currencies.

    ``None`` where no parcel has the money. Unsupplied pieces earn nothing by nature and are not drawn.
    """
    if money not in plots.columns or plots[money].isna().all():
        return None
    meta = dataset.meta
    values = stored_per_mu(plots, money)
    if values.isna().all():
        return None
    breaks = tuple(breaks_cny) if meta.currency == "CNY" else quantile_breaks(values)
    codes = class_codes(values, breaks)
    titles = class_titles(breaks) or ["—"]
    styles = sequential(titles)
    is_parcel = plots["plot_kind"].eq("parcel").to_numpy()
    codes = np.where(is_parcel, codes, NOT_DRAWN).astype(np.uint8)
    styles.append(NO_NUMBER)
    unit = Term(unit_of("wan_per_mu", "zh", meta.currency), unit_of("wan_per_mu", "en", meta.currency))
    return MapLayer(
        name=f"{money.removesuffix('_cny')}_per_mu",
        title=words,
        note=_note(meta.currency),
        classes=counted(plots, codes, styles),
        codes=codes,
        label=f"{money}_per_mu",
        group=MONEY_GROUP,
        measure=Measure(year_columns(plots, money, meta.year), breaks, unit),
    )


def _note(currency: str) -> Term:
    over = Term("按各宗地计算用地面积；", "over the area used for each parcel; ")
    kind = (
        Term("固定分级，便于各年、各市对比", "fixed classes, so that years and cities compare")
        if currency == "CNY"
        else Term("分位数分级，取两位有效数字", "classes of about equal number, two significant digits")
    )
    return Term(over.zh + kind.zh, over.en + kind.en)
