"""The sample city, run once and saved once for all golden tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import landeff

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="session")
def city() -> landeff.Result:
    return landeff.run(DATA / "project.toml")


@pytest.fixture(scope="session")
def saved(city: landeff.Result, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return city.save(tmp_path_factory.mktemp("city") / "maps")


@pytest.fixture(scope="session")
def parcels_truth() -> pd.DataFrame:
    """The verdict planted for each row of the parcel layer that is not itself planted as defective."""
    truth = pd.read_csv(DATA / "truth" / "parcels_truth.csv", parse_dates=["since_on", "start_due_on"])
    return truth[truth["planted"].isna()].set_index("parcel_id")


@pytest.fixture(scope="session")
def tax_truth() -> pd.DataFrame:
    """Every row of the tax workbooks, with why it finds no land (empty where it does)."""
    truth = pd.read_csv(DATA / "truth" / "tax_truth.csv", dtype={"enterprise_id": "str"})
    return truth.fillna({"reason": "", "enterprise_id": ""})


@pytest.fixture(scope="session")
def totals() -> dict[str, Any]:
    return json.loads((DATA / "truth" / "totals.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def idle(city: landeff.Result) -> pd.DataFrame:
    """What the idle-land rule says of every parcel: findings, and the clear ones out of the matrix."""
    findings = city.table("findings")
    open_ones = findings[findings["rule_id"] == "national/idle"].set_index("parcel_id")
    code = city.table("verdicts").set_index("parcel_id")["national/idle"]
    said = code[code > -2].map({1: "hit", 0: "unknown", -1: "clear"})
    assert (
        said[said != "clear"].sort_index().equals(open_ones["verdict"].sort_index().rename("national/idle"))
    )
    return open_ones.drop(columns="verdict").reindex(said.index).assign(verdict=said)
