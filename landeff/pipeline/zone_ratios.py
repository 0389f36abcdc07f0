"""``zone_land``, ``zone_ratios``, ``zone_comparison``: the land table, its ratios, published figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from landeff.core.columns import title
from landeff.core.land_table import CODES, column_of, missing_codes
from landeff.core.text import Term
from landeff.indicators.reference import benchmarks
from landeff.indicators.run import of_level, run_indicators
from landeff.indicators.spec import Indicator
from landeff.pipeline.config import Config
from landeff.pipeline.judge import Judged
from landeff.pipeline.land import Land
from landeff.pipeline.load import Inputs
from landeff.pipeline.lookup import column_or_missing, look_up
from landeff.pipeline.money import CITY, INDUSTRIAL, Money, top_level, zone_parts
from landeff.pipeline.zone_land import LandTable, land_table, stated_terms

#: Terms of the ratios that are no land: floor area, money, people.
AMOUNTS = (
    "zone_floor_area_m2",
    "zone_footprint_m2",
    "industrial_floor_area_m2",
    "industrial_covered_m2",
    "industrial_assets_cny",
    "industrial_tax_cny",
    "secondary_tertiary_tax_cny",
    "n_residents",
)
_ASSETS = "fixed_assets"
_CODE_OF = {column_of(code): code for code in CODES}
_OFF_PARCELS_M2 = 1.0
_STATED = ("stated", "stated_sum")
_SOURCES_DIFFER = Term("分子与分母来自不同来源", "numerator and denominator come from different sources")
_NOT_OFFICIAL = Term(
    "本值由图件和台账推得，不是监测统计口径",
    "derived from maps and ledgers, not from the official statistics",
)
_APPROXIMATE = Term("参照值为约数", "the published figure is approximate")
_OTHER_YEAR = Term("年度不同", "of another year")
_OTHER_SCOPE = Term("口径不同或未载明", "scopes differ or are not told")


def zone_ratio_tables(
    land: Land, judged: Judged, money: Money, inputs: Inputs, config: Config, gaps: gpd.GeoDataFrame
) -> dict[str, pd.DataFrame]:
    """The three tables; see ``docs/tables.md`` and ``docs/zone-ratios.md``."""
    table = land_table(land, judged, inputs, config, pd.DataFrame(gaps.drop(columns="geometry")))
    amounts, basis = _amounts(land, judged, money, inputs, config, table.value.index)
    names = land.zones.set_index("zone_id")["name"].astype("str")
    ratios = _ratios(table, amounts, basis, max(config.years), names)
    return {
        "zone_land": _terms(table, amounts, basis, names),
        "zone_ratios": ratios,
        "zone_comparison": _comparison(ratios, inputs.table("benchmarks")),
    }


def _amounts(
    land: Land, judged: Judged, money: Money, inputs: Inputs, config: Config, zone_ids: pd.Index
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Floor area, money and people of each zone: stated, else derived, else unknown; and their source."""
    own = zone_ids[zone_ids != CITY]
    derived = pd.DataFrame(np.nan, index=own, columns=list(AMOUNTS))
    for name, values in {**_floors(land, judged), **_money(land, money, inputs, config)}.items():
        derived[name] = values.reindex(own)
    stated = stated_terms(inputs, config, own)
    told = pd.DataFrame({name: column_or_missing(stated, name, "float64") for name in AMOUNTS}, index=own)
    told = told.astype("float64")
    value = told.fillna(derived)
    source = pd.DataFrame("", index=own, columns=list(AMOUNTS))
    for name in AMOUNTS:
        of = "buildings" if name.endswith("_m2") else "returns"
        source[name] = source[name].mask(derived[name].notna(), of).mask(told[name].notna(), "stated")
    top = top_level(land.zones)["zone_id"]
    value.loc[CITY] = value.loc[top].sum(skipna=False)
    same = source.loc[top].nunique() == 1
    known = value.loc[CITY].notna().to_numpy()
    source.loc[CITY] = source.loc[top].iloc[0].where(same, "mixed").where(known, "")
    return value.reindex(zone_ids), source.reindex(zone_ids)


def _floors(land: Land, judged: Judged) -> dict[str, pd.Series]:
    """Floor area and footprints by zone; all of a zone only where no building stands off the parcels."""
    parcels = judged.parcels.set_index("parcel_id")
    if land.buildings is None:
        return {}
    parts = land.parcel_zone[["parcel_id", "zone_id", "share_ratio"]]
    works = look_up(parts["parcel_id"], parcels["land_use_class"]).isin(INDUSTRIAL)

    def sums(column: str, rows: pd.Series, beside: str = "") -> pd.Series:
        values = look_up(parts["parcel_id"], column_or_missing(parcels, column, "float64"))
        if beside:
            values = values + look_up(parts["parcel_id"], column_or_missing(parcels, beside, "float64"))
        part = (values.astype("float64") * parts["share_ratio"])[rows]
        by_zone = part.groupby(parts.loc[rows, "zone_id"])
        total: pd.Series = by_zone.sum().where(by_zone.count() == by_zone.size())
        return total

    made = {
        "industrial_floor_area_m2": sums("floor_area_m2", works),
        "industrial_covered_m2": sums("building_footprint_m2", works, "structure_area_m2"),
    }
    if land.ledger.get("buildings.off_parcels", np.inf) <= _OFF_PARCELS_M2:
        everything = pd.Series(True, index=parts.index)
        made["zone_floor_area_m2"] = sums("floor_area_m2", everything)
        made["zone_footprint_m2"] = sums("building_footprint_m2", everything)
    return made


def _money(land: Land, money: Money, inputs: Inputs, config: Config) -> dict[str, pd.Series]:
    """Money of the latest year by industry of who paid it; unknown where the industry of any of it is.

    Industry and logistics: GB/T 4754-2017 divisions 06–46 (mining, manufacturing, utilities) and 53–60
    (transport, storage, post). Secondary and tertiary: all but 01–05.
    """
    year = max(config.years)
    rows = money.contributions[money.contributions["year"] == year]
    codes = column_or_missing(inputs.table("enterprises").set_index("enterprise_id"), "industry_code")
    codes = codes[~codes.index.duplicated()]
    number = codes.astype("str").str.extract(r"^[A-Z]?(\d\d)", expand=False).astype("Float64")
    division = look_up(rows["enterprise_id"], number)
    kinds = pd.DataFrame(
        {
            "works": division.between(6, 46) | division.between(53, 60),
            "beyond_farms": division.gt(5),
        },
        index=rows.index,
    )
    parts = zone_parts(land)
    made = {}
    for name, item, kind in (
        ("industrial_tax_cny", config.scopes.tax, "works"),
        ("secondary_tertiary_tax_cny", config.scopes.tax, "beyond_farms"),
        ("industrial_assets_cny", _ASSETS, "works"),
    ):
        here = (rows["item"] == item) & (rows["value"] != 0)
        if not here.any():
            continue
        counted = rows.loc[here, ["parcel_id", "value"]].assign(counts=kinds.loc[here, kind])
        spread = parts.merge(counted, on="parcel_id")
        spread["value"] *= spread["share_ratio"]
        spread = spread.sort_values("value", kind="stable")
        open_zones = set(spread.loc[spread["counts"].isna(), "zone_id"])
        sums = spread[spread["counts"].fillna(False).astype(bool)].groupby("zone_id")["value"].sum()
        sums = sums.reindex(spread["zone_id"].unique(), fill_value=0.0)
        made[name] = sums.where(~sums.index.isin(open_zones))
    return made


def _terms(table: LandTable, amounts: pd.DataFrame, basis: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """``zone_land``, long: the terms of each zone in their order."""
    codes, amount = list(CODES), list(AMOUNTS)
    zones = table.value.sort_index().index
    titles = [*CODES.values(), *map(title, amount)]
    units = ["m²" if name.endswith("_m2") else "人" if name == "n_residents" else "元" for name in amount]

    def long(of_codes: pd.DataFrame, of_amounts: pd.DataFrame) -> npt.NDArray[Any]:
        return np.hstack([of_codes.loc[zones, codes], of_amounts.loc[zones, amount]]).ravel()

    rows = pd.DataFrame(
        {
            "zone_id": np.repeat(zones.to_numpy(), len(titles)),
            "term": [*map(column_of, codes), *amount] * len(zones),
            "zone_name": "",
            "title_zh": [each.zh for each in titles] * len(zones),
            "title_en": [each.en for each in titles] * len(zones),
            "value": long(table.value, amounts).astype("float64"),
            "low": long(table.low, amounts).astype("float64"),
            "high": long(table.high.replace(np.inf, np.nan), amounts).astype("float64"),
            "unit": [*["m²"] * len(codes), *units] * len(zones),
            "basis": long(table.basis, basis),
        }
    )
    rows["missing"] = [
        "" if found else ",".join(missing_codes(of_zone, asked)) if asked in of_zone else asked
        for of_zone, has_amount in zip(
            _known(table.value.loc[zones, codes]),
            amounts.loc[zones, amount].notna().to_numpy(),
            strict=True,
        )
        for asked, found in zip([*codes, *amount], [*of_zone.values(), *has_amount], strict=True)
    ]
    rows["zone_name"] = _named(rows["zone_id"], names)
    texts = ["zone_id", "term", "zone_name", "title_zh", "title_en", "unit", "basis", "missing"]
    return rows.astype(dict.fromkeys(texts, "str"))


def _known(value: pd.DataFrame) -> list[dict[str, bool]]:
    """Whether each term is known, by code, for each zone."""
    return [{str(code): bool(has) for code, has in row.items()} for row in value.notna().to_dict("records")]


def _ratios(
    table: LandTable, amounts: pd.DataFrame, basis: pd.DataFrame, year: int, names: pd.Series
) -> pd.DataFrame:
    """``zone_ratios``: each ratio with both sides, their scopes and sources, and what is missing."""
    value, low, high = (
        frame.rename(columns=column_of).join(amounts) for frame in (table.value, table.low, table.high)
    )
    ends = (low, high, low.replace(np.inf, np.nan), high.replace(np.inf, np.nan))
    source = table.basis.rename(columns=column_of).join(basis)
    known = _known(table.value)
    made = run_indicators("zone_land", value, {})
    parts: list[dict[str, Any]] = []
    for name, spec in of_level("zone_land").items():
        assert spec.combine is not None  # noqa: S101  # the contract test holds it
        top, bottom = spec.combine.numerator, spec.combine.denominator
        least, most = _least_and_most(spec, made[name], ends)
        parts.append(
            {
                "zone_id": value.index,
                "indicator": name,
                "value": made[name],
                "low": least,
                "high": most,
                "numerator": value[top],
                "denominator": value[bottom],
                "num_basis": source[top],
                "den_basis": source[bottom],
                "missing": [
                    _asked(of_zone, [side for side in (top, bottom) if is_open[side]])
                    for of_zone, is_open in zip(
                        known, value[[top, bottom]].isna().to_dict("records"), strict=True
                    )
                ],
                **_words(spec),
            }
        )
    rows = _stacked(parts, len(value))
    mixed = rows["value"].notna() & (rows["num_basis"].isin(_STATED) != rows["den_basis"].isin(_STATED))
    rows["warning_zh"] = np.where(mixed, _SOURCES_DIFFER.zh, "")
    rows["warning_en"] = np.where(mixed, _SOURCES_DIFFER.en, "")
    rows["zone_name"] = _named(rows["zone_id"], names)
    rows["year"] = pd.Series(year, index=rows.index, dtype="Int64")
    numbers = ["value", "low", "high", "numerator", "denominator"]
    texts = [column for column in rows if column not in (*numbers, "year")]
    first = ["zone_id", "indicator", "zone_name", "title_zh", "title_en"]
    rest = [column for column in rows if column not in first]
    return (
        rows.astype(dict.fromkeys(texts, "str"))
        .sort_values(["zone_id", "indicator"], ignore_index=True)[[*first, *rest]]
    )  # fmt: skip


def _least_and_most(
    spec: Indicator, value: pd.Series, ends: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]
) -> tuple[pd.Series, pd.Series]:
    """Both ends of a ratio: its value where it is known; NaN for an end that nothing bounds.

    Args:
        ends: the terms at their least and at their most, and the same with NaN for infinity.
    """
    assert spec.combine is not None  # noqa: S101  # the contract test holds it
    top, bottom = spec.combine.numerator, spec.combine.denominator
    low, high, low_bounded, high_bounded = ends
    least = spec.function(**{top: low[top], bottom: high_bounded[bottom]})
    most = spec.function(**{top: high[top], bottom: low_bounded[bottom]}).replace(np.inf, np.nan)
    return least.where(value.isna(), value), most.where(value.isna(), value)


def _stacked(parts: list[dict[str, Any]], n: int) -> pd.DataFrame:
    """Columns of ``n`` rows each, or one text for all of them, below one another."""
    return pd.DataFrame(
        {
            name: np.concatenate(
                [np.repeat(part[name], n) if isinstance(part[name], str) else part[name] for part in parts]
            )
            for name in parts[0]
        }
    )


def _words(spec: Indicator) -> dict[str, str]:
    scopes = spec.combine.scopes if spec.combine else None
    numerator, denominator = scopes or (Term("", ""), Term("", ""))
    return {
        "title_zh": spec.title.zh,
        "title_en": spec.title.en,
        "unit": spec.unit,
        "num_scope": numerator.zh,
        "den_scope": denominator.zh,
        "num_scope_en": numerator.en,
        "den_scope_en": denominator.en,
    }


def _asked(known: Mapping[str, bool], columns: Iterable[str]) -> str:
    """What to ask for where sides of a ratio are unknown: codes of the land table, or a column's name."""
    found: list[str] = []
    for column in columns:
        found += missing_codes(known, _CODE_OF[column]) if column in _CODE_OF else [column]
    return ",".join(dict.fromkeys(found))


def _comparison(ratios: pd.DataFrame, given: pd.DataFrame) -> pd.DataFrame:
    """``zone_comparison``: known ratios beside published figures, with every reason not to compare them."""
    shipped = benchmarks()
    own = given[
        given["indicator"].isin(shipped["indicator"].unique()) | given["indicator"].isin(ratios["indicator"])
    ]
    scopes = column_or_missing(own, "scopes").astype("str").fillna("")
    own = pd.DataFrame(own.reindex(columns=["indicator", "place", "year", "value", "source"])).assign(
        num_scope=scopes, den_scope="", counted="", limited="", is_approximate=False
    )
    lines = pd.concat([shipped, own.astype(shipped.dtypes.to_dict())], ignore_index=True)
    lines = lines.drop_duplicates(["indicator", "place", "year"], keep="last")
    lines = lines.rename(
        columns={"value": "benchmark", "num_scope": "b_num", "den_scope": "b_den", "year": "b_year"}
    )
    rows = ratios[ratios["value"].notna()].merge(lines, on="indicator")
    rows["difference"] = rows["value"] - rows["benchmark"]
    rows["ratio"] = rows["value"] / rows["benchmark"].where(rows["benchmark"] != 0)
    own_scope = rows["num_scope"] + "÷" + rows["den_scope"]
    their_scope = rows["b_num"] + np.where(rows["b_den"] == "", "", "÷") + rows["b_den"]
    official = rows["num_basis"].isin(_STATED) & rows["den_basis"].isin(_STATED)
    reasons = [
        (~official, _NOT_OFFICIAL),
        (own_scope != their_scope, _OTHER_SCOPE),
        ((rows["year"] != rows["b_year"]).fillna(True), _OTHER_YEAR),
        (rows["is_approximate"].fillna(False), _APPROXIMATE),
    ]
    rows["warning_zh"] = _joined([(where, term.zh) for where, term in reasons], rows["limited"], "；")
    rows["warning_en"] = _joined([(where, term.en) for where, term in reasons], rows["limited"], "; ")
    rows = rows.drop(columns=["year", "num_scope", "den_scope"]).rename(
        columns={"b_year": "year", "b_num": "num_scope", "b_den": "den_scope"}
    )
    keys = ["zone_id", "indicator", "place", "year"]
    columns = [
        *keys, "zone_name", "title_zh", "title_en", "unit", "value", "benchmark", "difference", "ratio",
        "num_scope", "den_scope", "counted", "source", "warning_zh", "warning_en",
    ]  # fmt: skip
    texts = [
        column for column in columns if column not in ("year", "value", "benchmark", "difference", "ratio")
    ]
    return rows[columns].astype(dict.fromkeys(texts, "str")).sort_values(keys, ignore_index=True)


def _joined(reasons: Iterable[tuple[pd.Series, str]], limited: pd.Series, mark: str) -> pd.Series:
    """The reasons that hold, in one text."""
    text = limited.fillna("").astype(object)
    for where, reason in reasons:
        more = text + np.where(text == "", "", mark) + reason
        text = text.where(~where.astype(bool), more)
    return text.astype("str")


def _named(zone_ids: pd.Series, names: pd.Series) -> pd.Series:
    found = look_up(zone_ids, names).where(zone_ids != CITY, "全部园区")
    return found.fillna(zone_ids).astype("str")
