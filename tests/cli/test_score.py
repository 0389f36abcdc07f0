"""``landeff scorecards`` and ``landeff score`` through the console script."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from cards import card_text

Command = Callable[..., subprocess.CompletedProcess[str]]
CASE = """
[[cases]]
name = "by hand"
given = [{ enterprise_id = "E1", year = 2024, tax_cny = 3e5, basis_area_m2 = 10000.0, n_employees = 30 }]
expect = [{ enterprise_id = "E1", total = TOTAL, points = { tax = 60.0 } }]
"""


def test_list(landeff_command: Command) -> None:
    done = landeff_command("scorecards", "--lang", "zh")
    assert done.returncode == 0, done.stderr
    assert "jiangsu/huaian_2024" in done.stdout
    assert "（未核对）" in done.stdout
    assert "亩均税收 45, 亩均销售 35" in done.stdout


def test_a_users_card_is_checked_with_its_cases(landeff_command: Command, tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(card_text() + CASE.replace("TOTAL", "100.0"), encoding="utf-8")
    done = landeff_command("scorecards", path)  # 2 万元/亩 and 2 人/亩 against 2
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 cases passed" in done.stdout
    path.write_text(card_text() + CASE.replace("TOTAL", "99.0"), encoding="utf-8")
    done = landeff_command("scorecards", path)
    assert done.returncode == 1
    assert "total is 100.0, not 99.0" in done.stdout
    path.write_text(card_text().replace("weight = 60", "weight = 61"), encoding="utf-8")
    done = landeff_command("scorecards", path)
    assert done.returncode == 2
    assert "add up to 101, not 100" in done.stderr


def test_score(landeff_command: Command, project: Path) -> None:
    """H1 to H5 pay 10 to 50 万元 on 60 mu each."""
    text = card_text(staff='benchmark = { kind = "fixed", value = 1 }\nmissing = "exclude"')
    (project.parent / "ours.toml").write_text(text, encoding="utf-8")
    told = project.read_text("utf-8").replace(
        'rules = ["national/idle"]', 'rules = ["national/idle"]\nscorecards = ["./ours.toml"]'
    )
    project.write_text(told, encoding="utf-8")
    assert landeff_command("run", project).returncode == 0
    out = project.parent / "out"
    done = landeff_command("score", "H5", "--result", out, "--lang", "zh")
    assert done.returncode == 0, done.stderr
    assert "算式 50 万元 ÷ 60 亩" in done.stdout
    assert "模拟等级: A（模拟）" in done.stdout
    page = project.parent / "sheets.html"
    done = landeff_command("score", "--html", page, "--result", out)
    assert (done.returncode, done.stdout.split()[0]) == (0, "5")
    assert page.read_text("utf-8").count("<article ") == 5
    assert landeff_command("score", "--result", out).returncode == 2
    missing = landeff_command("score", "H9", "--result", out)
    assert missing.returncode == 2
    assert "H9" in missing.stderr


def test_a_result_without_scores(landeff_command: Command, project: Path) -> None:
    assert landeff_command("run", project).returncode == 0
    done = landeff_command("score", "H1", "--result", project.parent / "out")
    assert done.returncode == 2
    assert "names no scorecard" in done.stderr
