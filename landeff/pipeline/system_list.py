"""``system_difference``: the ministry system's list of idle land against the run's own verdicts.

The list (土地市场动态监测与监管系统) names supply records by their 电子监管号. Every row of it is in exactly
one class, and so is every parcel that the run alone finds idle: nothing is lost on either side.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from landeff.core.columns import title
from landeff.core.explanation import Explanation, Step, comparison_words, explanation, shown
from landeff.core.landuse import CLASSES
from landeff.core.text import Lang, Term
from landeff.indicators.run import settling_columns
from landeff.pipeline.config import Config
from landeff.pipeline.disposal_words import categories, codes
from landeff.pipeline.judge import Judged
from landeff.pipeline.lookup import column_or_missing, look_up
from landeff.pipeline.verdicts import sources_of
from landeff.standards.disposal import load_disposal
from landeff.standards.evaluate import evaluate_all
from landeff.standards.findings import findings
from landeff.standards.kept import rules_table

#: Classes of rows, in the order in which they are shown.
CLASSES_OF_ROWS = {
    "both": Term("两边都列入", "on both lists"),
    "clear": Term("仅系统列入：本地判定不构成", "on the system's alone: not idle here"),
    "to_check": Term("仅系统列入：待核实", "on the system's alone: to be checked"),
    "missing_facts": Term("仅系统列入：缺要件", "on the system's alone: facts missing"),
    "not_applicable": Term("仅系统列入：规则不适用", "on the system's alone: no rule applies"),
    "no_parcel": Term("仅系统列入：未关联宗地", "on the system's alone: no parcel linked"),
    "not_found": Term("仅系统列入：台账和图层中没有", "on the system's alone: not in ledger or layer"),
    "no_code": Term("清单未填编号", "listed without a code"),
    "repeated": Term("清单中重复", "listed again"),
    "other_category": Term("不属闲置，未比较", "no idle land, not compared"),
    "only_ours": Term("仅本地判定疑似闲置", "suspected idle here alone"),
}
_WHY = {
    "no_parcel": Term("供地台账有此记录，未对应到宗地", "in the supply ledger, linked to no parcel"),
    "not_found": Term("电子监管号、合同编号、宗地代码均未找到", "no such supply, contract or parcel number"),
    "no_code": Term("电子监管号、合同编号、宗地代码均未填", "no supply, contract or parcel number given"),
    "repeated": Term("与前面某行是同一宗地", "the same land as a row before"),
    "other_category": Term("清单类别不是闲置土地", "listed as something else than idle land"),
}
_WAITING = Term("与宗地的对应待人工核对", "its link to a parcel waits for review")
_NO_RECORD = Term("未关联供地记录", "no supply record linked")
_JOINED = ("accepted", "confirmed")
_TEXTS = (
    *("entry", "title_zh", "title_en", "source_file", "listed_code", "category", "supply_id", "parcel_id"),
    *("parcel_ids", "verdict", "rule_id", "reason_zh", "reason_en", "holder", "zone_id", "zone_name"),
    *("district_code", "district_name"),
)
_KINDS = {
    **dict.fromkeys(_TEXTS, "str"),
    **dict.fromkeys(("source_row", "n_parcels"), "Int64"),
    **dict.fromkeys(("listed_area_m2", "area_m2"), "float64"),
    "listed_on": "datetime64[s]",
}
_COLUMNS = [
    *(
        "entry",
        "title_zh",
        "title_en",
        "source_file",
        "source_row",
        "listed_code",
        "category",
        "listed_area_m2",
    ),
    *("listed_on", "supply_id", "parcel_id", "parcel_ids", "n_parcels", "area_m2", "verdict", "rule_id"),
    *("reason_zh", "reason_en", "holder", "zone_id", "zone_name", "district_code", "district_name"),
]
#: Of several parcels of one record the one that weighs most tells its class.
_WEIGHT = {"hit": 0, "unknown": 1, "clear": 2}


def system_difference(
    listed: pd.DataFrame, supply: pd.DataFrame, pairs: pd.DataFrame, judged: Judged, config: Config
) -> pd.DataFrame:
    """Both lists side by side; see ``docs/tables.md``.

    Args:
        listed: the input table ``system_list``; an empty one makes an empty table.
        supply: the supply ledger. pairs: ``parcel_supply``.
        judged: parcels with their verdicts and the rules behind them.

    Returns:
        A row for every row of the list, then one for every parcel that only the run finds idle.
    """
    if listed.empty:
        return pd.DataFrame({name: pd.Series(dtype=_KINDS[name]) for name in _COLUMNS})
    parcels = pd.DataFrame(judged.parcels.drop(columns="geometry"))
    rows = _listed(listed, supply, parcels, config)
    land = _land(rows, _contracts(supply), pairs, parcels)
    told = _verdicts(parcels, pd.Index(land["parcel_id"].unique()), judged, config)
    waiting = set(pairs.loc[pairs["decision"] == "queued", "supply_id"])
    rows = _classed(rows, land.join(told, on="parcel_id"), waiting)
    compared = land[~land["row"].isin(rows.index[rows["is_other"]])]
    ours = _only_ours(parcels, set(compared["parcel_id"]), judged, config)
    table = pd.concat([rows, ours], ignore_index=True)
    for lang in ("zh", "en"):
        named = {code: getattr(term, lang) for code, term in CLASSES_OF_ROWS.items()}
        table[f"title_{lang}"] = table["entry"].map(named)
    facts = parcels.set_index("parcel_id")
    for name in ("holder", "zone_id", "zone_name", "district_code", "district_name"):
        table[name] = look_up(table["parcel_id"], column_or_missing(facts, name).astype("str"))
    return table.reindex(columns=_COLUMNS).astype(_KINDS)


def _listed(
    listed: pd.DataFrame, supply: pd.DataFrame, parcels: pd.DataFrame, config: Config
) -> pd.DataFrame:
    """Rows of the list with the supply record and the parcel that they name, where there are such."""
    kinds = {
        name: _KINDS[name]
        for name in ("source_file", "source_row", "category", "listed_area_m2", "listed_on")
    }
    rows = pd.DataFrame({name: column_or_missing(listed, name, kind) for name, kind in kinds.items()})
    named = {
        name: column_or_missing(listed, name).astype("str").str.strip()
        for name in ("supply_id", "contract_no", "parcel_id")
    }
    named = {name: given.where(given != "") for name, given in named.items()}
    rows["listed_code"] = named["supply_id"].fillna(named["contract_no"]).fillna(named["parcel_id"])
    first = _contracts(supply).drop_duplicates("contract_no").set_index("contract_no")
    known = named["supply_id"].where(named["supply_id"].isin(supply["supply_id"]))
    rows["supply_id"] = known.fillna(look_up(named["contract_no"], first["supply_id"])).astype("str")
    rows["contract_no"] = named["contract_no"].where(known.isna()).astype("str")
    rows["named_parcel"] = named["parcel_id"].where(named["parcel_id"].isin(parcels["parcel_id"]))
    scheme = load_disposal(config.disposal)
    idle = {name for name, each in scheme.lists.items() if "idle" in each.classes}
    idle |= {"idle", "idle_to_check", "idle_suspended"}
    listed_as = codes(rows["category"], categories(scheme))
    rows["is_other"] = listed_as.notna() & ~listed_as.isin(idle)
    rows = rows.sort_values(["source_file", "source_row"], kind="stable", ignore_index=True)
    return rows.rename_axis("row")


def _contracts(supply: pd.DataFrame) -> pd.DataFrame:
    """Supply records of each contract, sorted."""
    known = pd.DataFrame(supply).reindex(columns=["contract_no", "supply_id"]).dropna()
    return known.astype("str").sort_values(["contract_no", "supply_id"], ignore_index=True)


def _land(
    rows: pd.DataFrame, contracts: pd.DataFrame, pairs: pd.DataFrame, parcels: pd.DataFrame
) -> pd.DataFrame:
    """Parcels of each row: of its supply record, or of all records of its contract; else the one it names."""
    joined = pairs[pairs["decision"].isin(_JOINED)][["supply_id", "parcel_id"]]
    named = rows.reset_index()[["row", "supply_id", "contract_no"]]
    of_contract = named[["row", "contract_no"]].dropna().merge(contracts, on="contract_no")
    records = pd.concat([named[["row", "supply_id"]].dropna(), of_contract[["row", "supply_id"]]])
    by_record = records.merge(joined, on="supply_id")[["row", "parcel_id"]].drop_duplicates()
    rest = rows[~rows.index.isin(by_record["row"])].dropna(subset="named_parcel")
    by_code = rest.reset_index()[["row", "named_parcel"]].rename(columns={"named_parcel": "parcel_id"})
    land = pd.concat([by_record, by_code], ignore_index=True)
    area = parcels.set_index("parcel_id")["basis_area_m2"]
    land["area_m2"] = look_up(land["parcel_id"], area)
    return land.sort_values(["row", "parcel_id"], ignore_index=True)


def _verdicts(parcels: pd.DataFrame, wanted: pd.Index, judged: Judged, config: Config) -> pd.DataFrame:
    """Verdict about idle land of each parcel wanted, and why, by ``parcel_id``."""
    frame = parcels.set_index("parcel_id").loc[wanted.sort_values()]
    made = pd.DataFrame(
        {
            "verdict": column_or_missing(frame, "idle_verdict"),
            "rule_id": column_or_missing(frame, "idle_rule_id"),
            "reason": column_or_missing(frame, "idle_reason"),
        }
    )
    why = _explained(frame.reset_index(), judged, config)
    rows = frame.reset_index().to_dict("records")
    told: dict[str, list[str]] = {
        "zh": [_why(row, why.get(row["parcel_id"]), "zh") for row in rows],
        "en": [_why(row, why.get(row["parcel_id"]), "en") for row in rows],
    }
    for lang, texts in told.items():
        made[f"reason_{lang}"] = pd.Series(texts, index=frame.index, dtype="object")
    return made


def _explained(rows: pd.DataFrame, judged: Judged, config: Config) -> dict[str, Explanation]:
    """The explanation of the deciding rule of each parcel, made again as for a dossier."""
    found: dict[str, Explanation] = {}
    if "idle_rule_id" not in rows:  # the run uses no rule about idle land
        return found
    for rule_id, of in rows.dropna(subset="idle_rule_id").groupby("idle_rule_id", sort=True):
        used = judged.rules.rules[str(rule_id)]
        is_two = used.applies is not None  # which parcels a rule is about explains no verdict on them
        matrix = evaluate_all([used], of, config.as_of)
        rule = {
            str(name): value for name, value in rules_table(matrix.values()).to_dict("records")[0].items()
        }
        told = findings(
            of,
            matrix.values(),
            config.as_of,
            sources=sources_of(of),
            settled_by=settling_columns("parcel"),
            lang=config.lang,
        )
        for finding in told.to_dict("records"):
            named = {str(name): value for name, value in finding.items()}
            why = explanation(rule, named)
            found[str(named["parcel_id"])] = replace(why, tree=why.tree.items[-1] if is_two else why.tree)
    return found


def _why(row: Mapping[Any, Any], why: Explanation | None, lang: Lang) -> str:
    """What decided a verdict, in one line."""
    if why is None:
        use = CLASSES.get(str(row.get("land_use_class")))
        known = use.text(lang) if use else Term("用途不明", "use unknown").text(lang)
        return Term(f"规则不适用（{known}）", f"no rule applies ({known})").text(lang)
    if why.missing and why.verdict == "unknown":
        names = Term("、", ", ").text(lang).join(title(name).text(lang) for name in why.missing)
        return Term(f"缺：{names}", f"missing: {names}").text(lang)
    steps = list(_deciding(why.tree))
    told = [_told(step, lang) for step in steps]
    if any(step.column == "is_started" for step in steps):
        told += _day_of_start(row, lang)
    return Term("；", "; ").text(lang).join(told)


def _day_of_start(row: Mapping[Any, Any], lang: Lang) -> list[str]:
    """When works began, else when somebody looked; nothing where neither is known."""
    for name in ("actual_start_on", "start_checked_on"):
        day = row.get(name)
        if isinstance(day, dt.date) and not pd.isna(day):
            return [f"{title(name).text(lang)} {day:%Y-%m-%d}"]
    return []


def _deciding(step: Step) -> Iterator[Step]:
    """The comparisons that made the verdict what it is."""
    if not step.decided:
        return
    if not step.items:
        yield step
    for item in step.items:
        yield from _deciding(item)


def _told(step: Step, lang: Lang) -> str:
    holds, fails = comparison_words(step.op)
    word = (fails if step.verdict == "false" else holds).text(lang)
    told = f"{title(step.column).text(lang)} {word}"
    if step.expected is not None:
        side = step.other if step.other is not None else step.expected
        told += f" {title(side).text(lang) if isinstance(side, str) else shown(side, lang)}"
    is_flag = step.op in ("is_true", "is_false", "is_null")
    return told if is_flag or step.value is None else f"{told} [{shown(step.value, lang)}]"


def _classed(rows: pd.DataFrame, land: pd.DataFrame, waiting: set[str]) -> pd.DataFrame:
    """Every row of the list in its class, with the parcel that weighs most."""
    land = land.assign(weight=land["verdict"].map(_WEIGHT).fillna(len(_WEIGHT)))
    ordered = land.sort_values(["row", "weight", "parcel_id"], kind="stable")
    first = ordered.drop_duplicates("row").set_index("row")
    by_row = land.groupby("row")
    rows = rows.assign(
        n_parcels=by_row.size().reindex(rows.index, fill_value=0),
        parcel_ids=by_row["parcel_id"].agg(",".join).reindex(rows.index),
        area_m2=by_row["area_m2"].sum().reindex(rows.index),
        **{name: first[name].reindex(rows.index) for name in ("parcel_id", "verdict", "rule_id", "reason")},
        **{name: first[name].reindex(rows.index).astype("object") for name in ("reason_zh", "reason_en")},
    )
    entry = rows["verdict"].map({"hit": "both", "clear": "clear"}).astype("object")
    entry = entry.where(rows["verdict"] != "unknown", rows["reason"].fillna("missing_facts"))
    entry = entry.fillna("not_applicable").where(rows["n_parcels"] > 0, _lost(rows))
    key = rows["parcel_ids"].fillna(rows["supply_id"]).fillna(rows["listed_code"])
    again = key.notna() & key.where(~rows["is_other"]).duplicated()  # land listed as something else is new
    entry = entry.mask(again, "repeated").mask(rows["is_other"], "other_category")
    rows["entry"] = entry
    for lang in ("zh", "en"):
        told = {code: getattr(term, lang) for code, term in _WHY.items()}
        is_waiting = rows["supply_id"].isin(waiting) & (entry == "no_parcel")
        reason = entry.map(told).mask(is_waiting, getattr(_WAITING, lang))
        rows[f"reason_{lang}"] = reason.fillna(rows[f"reason_{lang}"])
    return rows


def _lost(rows: pd.DataFrame) -> pd.Series:
    """Why a row has no parcel."""
    lost = pd.Series("not_found", index=rows.index, dtype="object")
    return lost.mask(rows["listed_code"].isna(), "no_code").mask(rows["supply_id"].notna(), "no_parcel")


def _only_ours(parcels: pd.DataFrame, listed: set[str], judged: Judged, config: Config) -> pd.DataFrame:
    """Parcels that the run finds idle and no row of the list is of."""
    idle = parcels[column_or_missing(parcels, "idle_verdict") == "hit"]
    ours = idle[~idle["parcel_id"].isin(listed)].sort_values("parcel_id")
    told = _verdicts(parcels, pd.Index(ours["parcel_id"]), judged, config)
    rows = pd.DataFrame({"parcel_id": ours["parcel_id"]}).join(told, on="parcel_id")
    supply_id = column_or_missing(ours, "supply_id").astype("str")
    for lang in ("zh", "en"):
        unlinked = getattr(_NO_RECORD, lang)
        rows[f"reason_{lang}"] = rows[f"reason_{lang}"].where(
            supply_id.notna(), rows[f"reason_{lang}"] + ("；" if lang == "zh" else "; ") + unlinked
        )
    return rows.assign(
        entry="only_ours",
        supply_id=supply_id,
        parcel_ids=ours["parcel_id"],
        n_parcels=1,
        area_m2=ours["basis_area_m2"],
    )
