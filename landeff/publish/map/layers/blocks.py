"""Stock land by the size of the contiguous block it is in."""

from __future__ import annotations

import geopandas as gpd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.blocks.words import size_title
from landeff.publish.map.classes import REST, REST_TITLE, LayerPart, MapLayer, Style, by_key

#: The larger the block, the darker: in grey the order stays, and each has a hatch of its own.
LOOKS = {
    "500-": Style("#0b2e45", "#5d93b3", "cross"),
    "300-500": Style("#20688c", "#a9d0e2", "dense"),
    "100-300": Style("#2d7d6f", "#d3ece5", "diagonal"),
    "-100": Style("#6b7075", "#eceef0", "dots"),
}
OTHER = Style("#8a5a00", "#fbeec7", "zigzag")


def build(dataset: Dataset, plots: gpd.GeoDataFrame) -> MapLayer | None:
    """Plots in a block by its class of size, the largest first; other plots recede."""
    blocks = dataset.frame("blocks")
    if blocks.empty or "block_id" not in plots:
        return None
    size = plots["block_id"].map(blocks.set_index("block_id")["size_class"]).astype("str").fillna("rest")
    largest = blocks.groupby("size_class")["area_m2"].max().sort_values(ascending=False)
    styles = {code: (size_title(code), LOOKS.get(code, OTHER)) for code in largest.index.astype("str")}
    styles["rest"] = (REST_TITLE, REST)
    drawn, classes = by_key(plots, size, styles)
    gap = f"{float(blocks['bridge_m'].iloc[0]):g}"
    note = Term(
        f"相距不超过 {gap} 米的存量地块为一片，按整片面积分级；只看距离",
        f"stock land up to {gap} m apart is one block, classed by its whole area; by distance alone",
    )
    return MapLayer("blocks", Term("集中连片地块：规模", "contiguous blocks: by size"), note, classes, drawn)


LAYER = LayerPart(14, build)
