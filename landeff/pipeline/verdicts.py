"""Verdicts kept as a matrix, and the evidence of one parcel made again when it is asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from landeff.core.dataset import Dataset
from landeff.core.explanation import Explanation, explanation
from landeff.core.tables import TABLES
from landeff.indicators.run import settling_columns
from landeff.pipeline.config import Config
from landeff.standards.evaluate import Matrix, evaluate_all
from landeff.standards.findings import findings
from landeff.standards.kept import rule_again, rules_table
from landeff.standards.rules import Rule

#: Verdicts that get a row of findings; the others stand in the matrix alone.
KEPT = ("hit", "unknown")


def verdicts_table(matrix: Matrix, parcel_id: pd.Series) -> pd.DataFrame:
    """``verdicts``: one ``int8`` column a rule (1 hit, 0 unknown, -1 clear, -2 not applicable)."""
    table = matrix.frame()
    table.insert(0, "parcel_id", parcel_id.to_numpy())
    return table.astype({"parcel_id": "str"}).sort_values("parcel_id", ignore_index=True)


def batch_verdicts(
    rules: list[Rule], tables: Mapping[str, tuple[str, pd.DataFrame]], config: Config
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Findings of rules that are not about parcels, and their part of ``rules``.

    Args:
        tables: by name (:data:`landeff.standards.rules.SUBJECTS`), with the column that names a row.

    Returns:
        ``batch_findings`` (``table, key, rule_id`` and the columns of ``findings``), ``rules``.
    """
    parts, told = [], []
    for name, (key, frame) in tables.items():
        matrix = evaluate_all([rule for rule in rules if rule.of == name], frame, config.as_of)
        found = findings(frame, matrix.values(), config.as_of, lang=config.lang, key=key)
        parts.append(found.rename(columns={key: "key"}).assign(table=name))
        told.append(rules_table(matrix.values()))
    table = pd.concat(parts, ignore_index=True)
    table = table.astype({"key": "str", "table": "str"})
    table = table[["table", "key", *(name for name in table if name not in ("table", "key"))]]
    return table.sort_values(["table", "key", "rule_id"], ignore_index=True), pd.concat(told)


def sources_of(frame: pd.DataFrame) -> Mapping[str, tuple[str, str]]:
    """Where the columns of a parcel came from: the layer, or the supply ledger."""
    of_parcel = dict.fromkeys(TABLES["parcels"].columns, ("source_file", "source_row"))
    computed = ("start_due_on", "idle_from_on", "recovery_from_on", "days_to_start_due", "days_to_idle")
    of_supply = {
        name: ("supply_source_file", "supply_source_row")
        for name in (*TABLES["supply"].columns, *computed)
        if name not in of_parcel
    }
    return {name: where for name, where in {**of_parcel, **of_supply}.items() if name in frame}


def explanations(dataset: Dataset, parcel_id: str) -> tuple[Explanation, ...]:
    """Why each rule says what it says of a parcel, by rule id: made again from the rules and facts kept.

    Rules that do not apply to the parcel are left out.
    """
    return explanations_of(dataset, [parcel_id]).get(parcel_id, ())


def explanations_of(dataset: Dataset, parcel_ids: Collection[str]) -> dict[str, tuple[Explanation, ...]]:
    """:func:`explanations` of some parcels at once, by parcel code."""
    parcels, rules = dataset.frame("parcels"), dataset.frame("rules")
    rows = pd.DataFrame(parcels[parcels["parcel_id"].isin(list(parcel_ids))])
    rows = rows.drop(columns="geometry", errors="ignore")
    columns = [str(name) for name in parcels.columns]
    moved = dataset.frame("findings").reindex(columns=["parcel_id", "rule_id", "stage"])
    stages = moved[moved["parcel_id"].isin(rows["parcel_id"])].set_index(["parcel_id", "rule_id"])["stage"]
    told: dict[str, list[Explanation]] = {}
    for kept in rules[rules["about"] == "parcels"].to_dict("records") if len(rules) else ():
        rule_row = {str(name): value for name, value in kept.items()}
        matrix = evaluate_all([rule_again(rule_row, columns)], rows, dataset.meta.as_of)
        found = findings(
            rows,
            matrix.values(),
            dataset.meta.as_of,
            sources=sources_of(rows),
            settled_by=settling_columns("parcel"),
            lang=dataset.meta.lang,
        )
        for finding in found.to_dict("records"):
            named = {str(name): value for name, value in finding.items()}
            stage = stages.get((named["parcel_id"], named["rule_id"]))
            told.setdefault(str(named["parcel_id"]), []).append(
                explanation(rule_row, {**named, "stage": stage})
            )
    return {parcel_id: tuple(each) for parcel_id, each in told.items()}


def about_parcels(rules: Mapping[str, Rule]) -> list[Rule]:
    """Rules whose rows are parcels."""
    return [rule for rule in rules.values() if rule.of == "parcels"]
