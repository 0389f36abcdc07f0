"""Rows that share a key, empty rows, words where numbers belong."""

import pandas as pd
from trap import Trap, project


def _two_rows_one_number(folder):
    supply = pd.DataFrame({"supply_id": ["S1", "S1"], "agreed_start_on": ["2022-06-01", "2023-06-01"]})
    supply.to_csv(folder / "供地.csv", index=False)
    return project(supply={"path": str(folder / "供地.csv")})


TRAPS = [
    Trap(
        "duplicate_key",
        "同一电子监管号有两行且内容不同：两行都搁置，哪一行对由单位定",
        "Two rows share a supply number and differ: both are set aside, the office decides which is right",
        _two_rows_one_number,
        {"table": "supply", "key": "S1", "n": 2},
    ),
]
