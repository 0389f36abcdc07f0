"""Where the figures of a score sheet come from: file and row, or the parcels of the land."""

from __future__ import annotations

import pandas as pd

from landeff.core.columns import item_column
from landeff.pipeline.config import Config
from landeff.pipeline.load import Inputs
from landeff.pipeline.money import Money
from landeff.standards.scorecards.facts import column_of
from landeff.standards.scorecards.spec import Scorecard

_KEY = ["enterprise_id", "year", "column"]
#: So many places behind one figure are named.
_MOST = 3
_LAND = "basis_area_m2"


def score_sources(
    scores: pd.DataFrame, card: Scorecard, inputs: Inputs, money: Money, config: Config
) -> pd.Series:
    """Sources of numerator and denominator of each line, joined by `` ÷ ``; same index."""
    wanted = set(scores["of"].dropna()) | set(scores["per"].dropna())
    found = pd.concat(
        [
            _of_returns(money, wanted, config),
            _of_land(money, wanted),
            _of_register(scores, card, inputs, wanted),
        ],
        ignore_index=True,
    )
    by_key = found.drop_duplicates(_KEY).set_index(_KEY)["source"]
    top, below = (_looked_up(scores, by_key, name) for name in ("of", "per"))
    has_both = (top != "") & (below != "")
    return (top + pd.Series(" ÷ ", index=top.index).where(has_both, "") + below).astype("str")


def _looked_up(scores: pd.DataFrame, by_key: pd.Series, name: str) -> pd.Series:
    keys = pd.MultiIndex.from_arrays([scores["enterprise_id"], scores["year"], scores[name]])
    return by_key.reindex(keys).set_axis(scores.index).fillna("").astype("str")


def _of_returns(money: Money, wanted: set[str], config: Config) -> pd.DataFrame:
    rows = money.returns
    rows = rows[rows["year"].isin(config.years)].dropna(subset=["enterprise_id", "item"])
    column = rows["item"].map({item: item_column(str(item)) for item in rows["item"].unique()})
    in_scope = rows[rows["item"] == config.scopes.tax].assign(column="tax_cny")
    named = pd.concat([rows.assign(column=column), in_scope])
    return _told(named[named["column"].isin(wanted)])


def _told(rows: pd.DataFrame) -> pd.DataFrame:
    """``file #row`` of the first few rows of each key, in the order of the files."""
    rows = rows.dropna(subset=["source_file"]).drop_duplicates([*_KEY, "source_file", "source_row"])
    rows = rows.sort_values([*_KEY, "source_file", "source_row"])
    number = rows.groupby(_KEY).cumcount()
    place = rows["source_file"].astype("str") + " #" + rows["source_row"].astype("str")
    kept = rows.assign(source=place.mask(number == _MOST, "…"))[number <= _MOST]
    return kept.groupby(_KEY)["source"].agg("; ".join).reset_index()


def _of_land(money: Money, wanted: set[str]) -> pd.DataFrame:
    if _LAND not in wanted:
        return pd.DataFrame(columns=[*_KEY, "source"])
    rows = money.shares[["enterprise_id", "year", "parcel_id"]].drop_duplicates().assign(column=_LAND)
    number = rows.groupby(_KEY).cumcount()
    kept = rows.assign(source=rows["parcel_id"].astype("str").mask(number == _MOST, "…"))[number <= _MOST]
    return kept.groupby(_KEY)["source"].agg("、".join).reset_index()


def _of_register(scores: pd.DataFrame, card: Scorecard, inputs: Inputs, wanted: set[str]) -> pd.DataFrame:
    register = inputs.table("enterprises").drop_duplicates("enterprise_id")
    frames = [pd.DataFrame(columns=[*_KEY, "source"])]
    years = scores[["enterprise_id", "year"]].drop_duplicates()
    for name in sorted(wanted):
        column = column_of(card.inputs[name], register) if name in card.inputs else name
        if column not in register:
            continue
        place = register["source_file"].astype("str") + " #" + register["source_row"].astype("str")
        rows = register[["enterprise_id"]].assign(source=place, column=name)
        frames.append(years.merge(rows[register[column].notna()], on="enterprise_id"))
    return pd.concat([frame for frame in frames if len(frame)] or frames, ignore_index=True)
