"""Tax per mu of each parcel, latest year."""

from __future__ import annotations

import geopandas as gpd
import numpy as np

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.fields import QUANTITIES, unit_of
from landeff.publish.map.breaks import class_codes, class_titles, quantile_breaks
from landeff.publish.map.classes import NOT_DRAWN, LayerPart, MapLayer, Style, counted
from landeff.publish.map.palette import NO_DATA, NO_DATA_LINE, spread

#: 万元/亩, fixed so that maps of different years and cities compare.
BREAKS_CNY = (2.0, 5.0, 10.0, 20.0, 40.0)
NO_TAX = (Term("无数据 / 待核实", "no data / to be checked"), Style(NO_DATA_LINE, NO_DATA, "horizontal"))


def build(dataset: Dataset, plots: gpd.GeoDataFrame) -> MapLayer | None:
    """Parcels by tax per mu; other currencies get quantile classes, two significant digits."""
    if "tax_cny_per_mu" not in plots.columns or plots["tax_cny_per_mu"].isna().all():
        return None
    currency = dataset.meta.currency
    values = plots["tax_cny_per_mu"] / QUANTITIES["wan_per_mu"].per
    breaks = BREAKS_CNY if currency == "CNY" else quantile_breaks(values)
    codes = class_codes(values, breaks)
    titles = class_titles(breaks)
    colours = spread(len(titles))
    styles = [
        (Term(title, title), Style(colour, colour)) for title, colour in zip(titles, colours, strict=True)
    ]
    is_parcel = plots["plot_kind"].eq("parcel").to_numpy()
    codes = np.where(is_parcel, codes, NOT_DRAWN).astype(np.uint8)
    if (codes == len(styles)).any():
        styles.append(NO_TAX)
    unit = Term(unit_of("wan_per_mu", "zh", currency), unit_of("wan_per_mu", "en", currency))
    year = dataset.meta.year
    title = Term(f"亩均税收（{unit.zh}）", f"tax per mu ({unit.en})")
    note = Term(f"{year} 年，按各宗地计算用地面积", f"{year}, over the area used for each parcel")
    return MapLayer("tax_per_mu", title, note, counted(plots, codes, styles), codes, "tax_cny_per_mu")


LAYER = LayerPart(2, build)
