"""Money of a project in another currency is not called 元 where a scenario or decomposition is told."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from landeff.analysis.decomposition import decompose
from landeff.core.dataset import Dataset, Meta, Scopes
from landeff.pipeline.what_if import WhatIf
from landeff.publish.workbook.sheets.decomposition import SHEET

META = Meta(
    "Z",
    dt.date(2024, 12, 31),
    (2023, 2024),
    "EPSG:4528",
    Scopes("tax", "parcels", "ellipsoidal"),
    currency="EUR",
)


def test_lines_of_a_scenario() -> None:
    made = WhatIf(Dataset(META, {"scenarios": pd.DataFrame({"category": pd.Series(dtype="str")})}))
    assert made.lines("zh")[0].count("万EUR") == 2
    assert made.lines("en")[0].count("10k EUR") == 2


def test_headings_of_the_decomposition() -> None:
    side = pd.DataFrame({"part": ["Z"], "tax_cny": [1.0], "area_m2": [1.0]})
    whole = {"analysis": "change", "zone_id": "", "zone_name": "", "title_zh": "", "title_en": ""}
    table = decompose(side, side).assign(**whole)
    ledger = SHEET.build(Dataset(META, {"decomposition": table}))
    assert ledger is not None
    headings = [each.heading("zh", META.currency) for each in ledger.fields]
    assert "合计影响（EUR/亩）" in headings
    assert not [each for each in headings if "元" in each]
