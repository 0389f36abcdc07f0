"""The benchmark runs, and finds that both ways say the same; how fast is for ``make bench`` to say."""

import subprocess
import sys
from pathlib import Path

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "measure.py"


def test_both_ways_agree_on_a_small_city():
    command = [sys.executable, str(BENCHMARK), "--n", "400", "--times", "1", "--any-speed"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ANSWERS DIFFER" not in done.stdout
    for line in (
        "read a GeoPackage",
        "ellipsoidal area",
        "parcels × zones",
        "buildings × parcels",
        "peak memory",
    ):
        assert line in done.stdout
