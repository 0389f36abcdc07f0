"""``landeff dossier`` as it is called."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

Command = Callable[..., subprocess.CompletedProcess[str]]


def test_dossiers_of_a_saved_result(landeff_command: Command, project: Path) -> None:
    assert landeff_command("run", project, "--quiet").returncode == 0
    out, target = project.parent / "out", project.parent / "dossiers.html"
    code = "321001001001GB00001"
    done = landeff_command("dossier", out, "--parcel", code, "--out", target, "--lang", "zh")
    assert done.returncode == 0, done.stderr
    page = target.read_text(encoding="utf-8")
    assert f"<h1>宗地 {code}" in page
    assert "国土资源部令第53号" in page
    again = landeff_command("dossier", out, "--parcel", code, "--out", target)
    assert again.returncode != 0
    assert "exists" in again.stderr
    wrong = landeff_command("dossier", out, "--parcel", "x", "--out", project.parent / "other.html")
    assert wrong.returncode == 2
    assert not (project.parent / "other.html").exists()
    assert landeff_command("dossier", out, "--out", project.parent / "other.html").returncode == 2
