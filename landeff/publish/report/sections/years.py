"""Tax per mu of each zone over the years."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.districts import district_tax
from landeff.publish.fields import Value, converted, field, is_known, unit_of
from landeff.publish.report.model import Abreast, Block, Lines, Note, Row, Section, Table
from landeff.publish.terms import tax_term, term


def _change(values: list[Value]) -> Value:
    """Relative change between the last two years; unknown where either is, or the earlier is not positive."""
    before, after = values[-2:]
    if not is_known(before) or not is_known(after) or float(str(before)) <= 0:
        return None
    return float(str(after)) / float(str(before)) - 1


def build(dataset: Dataset) -> Sequence[Block]:
    """A row a zone, a column a year, and the change between the last two; nothing for a single year."""
    table = dataset.frame("zone_year")
    if table.empty or table["year"].nunique() < 2:
        return []
    per_mu = table.pivot_table(
        index="zone_id", columns="year", values="tax_cny_per_mu", aggfunc="first", dropna=False
    )
    names = table.drop_duplicates("zone_id", keep="last").set_index("zone_id")["name"]
    years = sorted(int(year) for year in per_mu.columns)
    zones = dataset.frame("zones").reindex(columns=["zone_id", "is_sub_park"])
    parts = set(zones.loc[zones["is_sub_park"].astype("boolean").fillna(value=False).astype(bool), "zone_id"])
    rows = []
    for zone_id, *known in per_mu[years].sort_index().itertuples(name=None):
        values: list[Value] = [float(value) if is_known(value) else None for value in known]
        rows.append(Row((str(names[zone_id]), *values, _change(values)), indent=zone_id in parts))
    fields = (
        field("name", "text", "园区", "zone"),
        *(field(str(year), "wan_per_mu", f"{year} 年", str(year)) for year in years),
        field("change", "percent", "比上年", "change"),
    )
    scopes = dataset.meta.scopes
    tax, land = tax_term(dataset.meta), term("land", scopes.land)
    caption = Term(f"历年亩均税收（{tax.zh} ÷ {land.zh}）", f"Tax per mu by year ({tax.en} ÷ {land.en})")
    note = Term(
        "各年使用同一份用地底数，变化只反映税收。",
        "The same land is used for every year: changes are changes of tax.",
    )
    figure = _lines(dataset, per_mu, names, parts)
    return [Abreast((figure, Table(fields, tuple(rows), caption))), Note(note)]


def _lines(dataset: Dataset, per_mu: pd.DataFrame, names: pd.Series, parts: set[str]) -> Lines:
    """All zones together, then each that is no part of another, in 万元 per mu."""
    years = [int(year) for year in sorted(per_mu.columns)]
    tax = district_tax(dataset)
    city = tax[tax["district_code"] == ""].set_index("year")["tax_cny_per_mu"].reindex(years)
    series: list[tuple[Term | str, tuple[float | None, ...]]] = [
        (Term("全部园区", "all zones"), _known(city.tolist()))
    ]
    for zone_id, *values in per_mu[years].sort_index().itertuples(name=None):
        if zone_id not in parts:
            series.append((str(names[zone_id]), _known(values)))
    zh, en = (unit_of("wan_per_mu", lang, dataset.meta.currency) for lang in ("zh", "en"))
    caption = Term(f"亩均税收的变化（{zh}）", f"Tax per mu over the years ({en})")
    return Lines(caption, tuple(years), tuple(series))


def _known(values: Sequence[object]) -> tuple[float | None, ...]:
    return tuple(converted(float(str(each)), "wan_per_mu") if is_known(each) else None for each in values)


SECTION = Section(Term("历年变化", "Over the years"), 70, build)
