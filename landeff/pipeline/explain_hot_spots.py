"""The hot or cold spot that a parcel lies in, in words."""

from __future__ import annotations

from collections.abc import Iterator

from landeff.core.columns import title
from landeff.core.dataset import Dataset
from landeff.core.text import Lang, Term
from landeff.publish.dossier.model import Line
from landeff.publish.fields import number_text, unit_of
from landeff.publish.terms import term

_SILENT = ("not_significant", "not_assessable", "unknown")


def hot_spot_lines(dataset: Dataset, parcel_id: str, lang: Lang) -> Iterator[Line]:
    """One line a figure: class, ratios of sums around it and of all, statistic; none without a cluster."""
    frame = dataset.frame("hot_spots")
    if frame.empty:
        return
    found = frame[(frame["parcel_id"] == parcel_id) & ~frame["class"].isin(_SILENT)]
    for row in found.to_dict("records"):
        local, overall = (
            number_text(row[f"{name}_cny_per_mu"], "wan_per_mu") for name in ("local", "overall")
        )
        unit = unit_of("wan_per_mu", lang, dataset.meta.currency)
        named, figure = term("hot_spot", row["class"]), title(str(row["variable"]))
        n, around, z = row["n_neighbours"], f"{row['distance_m']:g}", f"{row['gi_z']:.2f}"
        share = f"{row['p_adjusted']:.1%}"
        told = Term(
            f"{named.zh}：{around} 米内 {n} 宗邻宗，合计 {local}，全部 {overall} {unit}；Gi* {z}，"
            f"误报率 {share}",
            f"{named.en}: {n} neighbours within {around} m, together {local}, all {overall} {unit}; Gi* {z}, "
            f"false discoveries {share}",
        )
        what = Term(f"{figure.zh}冷热点（看片区）", f"surroundings by {figure.en}")
        yield Line(told.text(lang), what.text(lang))
