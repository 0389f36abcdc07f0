"""The planner's scripts run as they stand; the one on real data is in ``tests/real``."""

import runpy
from pathlib import Path

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_scripts_stay_short():
    for script in EXAMPLES.glob("*.py"):
        assert len(script.read_text("utf-8").splitlines()) < 60, script.name


def test_compare_zones(capsys):
    runpy.run_path(str(EXAMPLES / "compare_zones.py"), run_name="__main__")
    told = capsys.readouterr().out
    assert "developed ellipsoidal          136000" in told
    assert "国土资源部令第53号" in told
