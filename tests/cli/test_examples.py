"""The planner's scripts run as they stand; others are in ``tests/golden`` and ``tests/real``."""

import re
import runpy
from pathlib import Path

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_scripts_stay_short():
    for script in EXAMPLES.glob("*.py"):
        assert len(script.read_text("utf-8").splitlines()) < 60, script.name


def test_raster_evidence(capsys):
    """What the books call idle has no building; what clouds hide is neither bare nor built."""
    runpy.run_path(str(EXAMPLES / "raster_evidence.py"), run_name="__main__")
    told = capsys.readouterr().out
    table, dossier = told.split("■ Parcel", 1)
    classes = {tuple(line[:40].split()[:2]) for line in table.splitlines()}
    assert {("idle", "bare"), ("none", "bare")} <= classes
    assert ("idle", "built") not in classes
    assert table.count("unseen") > 2
    assert re.search(
        r"built \(class_share 1\): 0\.\d+ \[data on 100\.0%, .*2024-06-01\] ← built\.tif", dossier
    )
