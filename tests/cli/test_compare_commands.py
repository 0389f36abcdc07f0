"""``landeff compare`` and ``landeff thresholds`` through the console script."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_both(landeff_command: Command, project: Path, lang: str) -> None:
    done = landeff_command("run", project, "--lang", lang)
    assert done.returncode == 0, done.stderr
    out = project.parent / "out"
    told = landeff_command("compare", out, out, "--out", out.parent / "比较.xlsx", "--lang", lang)
    assert told.returncode == 0, told.stderr
    assert ("台账进展" if lang == "zh" else "progress of the inventory") in told.stdout
    written = (out.parent / "比较.xlsx").read_bytes()
    again = landeff_command("compare", out, out, "--out", out.parent / "比较.xlsx", "--lang", lang)
    assert again.returncode == 3
    assert "--force" in again.stderr
    assert (out.parent / "比较.xlsx").read_bytes() == written
    cuts = ["--column", "tax_cny_per_mu", "--below", "5..40 step 5 万元/亩"]
    made = landeff_command("thresholds", out, *cuts, "--out", out.parent / "t.html", "--lang", lang)
    assert made.returncode == 0, made.stderr
    forced = landeff_command("thresholds", out, *cuts, "--out", out.parent / "t.html", "--force")
    assert forced.returncode == 0, forced.stderr
    assert len([line for line in made.stdout.splitlines() if line.split("\t")[0] in ("5", "10", "40")]) == 3
    assert "<polyline" in (out.parent / "t.html").read_text("utf-8")
    asked = ["--put-to-use", "idle", "--at", "20 万元/亩", "--out", out.parent / "s.html", "--lang", lang]
    what_if = landeff_command("scenario", out, *asked)
    assert what_if.returncode == 0, what_if.stderr
    assert ("全部园区" if lang == "zh" else "all zones") in what_if.stdout
    assert "20.00" in (out.parent / "s.html").read_text("utf-8")


MISTAKES = [
    ("thresholds", "--column", "tax_cny_per_mu"),
    ("thresholds", "--column", "tax_cny_per_mu", "--below", "5..40"),
    ("thresholds", "--column", "no_such", "--below", "5"),
    ("scenario", "--put-to-use", "idle", "--at", "20"),
    ("scenario", "--put-to-use", "idle_to_check", "--at", "zone_performing"),
    ("thresholds", "--column", "tax_cny_per_mu", "--below", "5万元", "--first", "tax_cny_per_mu < 1万元"),
]


def test_mistakes(landeff_command: Command, project: Path) -> None:
    landeff_command("run", project)
    for name, *options in MISTAKES:
        done = landeff_command(name, project.parent / "out", *options)
        assert done.returncode == 2, options
        assert "Traceback" not in done.stderr


def test_a_folder_without_a_result(landeff_command: Command, tmp_path: Path) -> None:
    done = landeff_command("compare", tmp_path, tmp_path)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
