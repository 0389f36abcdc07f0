"""The idle clock over a supply register: `python examples/idle_clock.py FILE [AS_OF] [EXPORTED_ON]`.

FILE is a register as the land-market site shows it (JSON), AS_OF the day it is judged at (2024-12-31).
A blank start says nothing: overdue land with a blank is 待核实. Whoever vouches for the register gives the
day it was exported; a blank then means that works had not begun that day.
"""

import datetime as dt
import sys
from pathlib import Path

import pandas as pd

from landeff.core.tables import TABLES
from landeff.indicators.run import with_indicators
from landeff.sources.columns.mapping import ColumnMap, to_table
from landeff.sources.readers import read
from landeff.standards.catalogue import built_in_rules
from landeff.standards.evaluate import evaluate_all

COLUMNS = {
    "idnumber": "supply_id",
    "time4handover_plan": "agreed_handover_on",
    "time4commencement_plan": "agreed_start_on",
    "time4commencement_reality": "actual_start_on",
    "date4sign": "signed_on",
}
RULES = ("national/idle", "national/warning_yellow", "national/warning_orange", "national/warning_red")


def clock(file: Path, as_of: dt.date, register_on: dt.date | None = None) -> pd.DataFrame:
    """One row a record: its dates, and verdict and reason of the idle rule and of the warnings."""
    columns = {header: ColumnMap(to) for header, to in COLUMNS.items()}
    supply = to_table(read(file), TABLES["supply"], columns, defaults={}).frame
    # What is supplied is construction land, never water or farmland.
    supply = supply.assign(land_use_class="construction", register_on=pd.Timestamp(register_on))
    supply = supply.astype({"register_on": "datetime64[s]"})
    frame = with_indicators("parcel", supply, {"as_of": as_of})
    verdicts = evaluate_all([built_in_rules()[name] for name in RULES], frame, as_of)
    made = {f"{name}_verdict": found.labels() for name, found in verdicts.items()}
    return frame.assign(**made, reason=verdicts["national/idle"].reasons())


if __name__ == "__main__":
    dates = [dt.date.fromisoformat(text) for text in sys.argv[2:4]]
    found = clock(Path(sys.argv[1]), *(dates or [dt.date(2024, 12, 31)]))
    print(len(found), "records")
    words = {"to_check": "待核实 overdue, start not recorded", "missing_facts": "缺要件 facts missing"}
    told = found.assign(reason=found["reason"].map(words).fillna(""))
    print(told.groupby(["national/idle_verdict", "reason"]).size().to_string())
    for name in RULES[1:]:
        print(name, found[f"{name}_verdict"].value_counts().sort_index().to_dict())
