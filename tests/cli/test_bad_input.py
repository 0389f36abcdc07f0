"""Bad structure stops a run before anything is written; bad rows are set aside and the run goes on."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import landeff
from landeff.core.errors import ProblemsError

Command = Callable[..., subprocess.CompletedProcess[str]]
Contents = Callable[[Path], dict[str, bytes]]
CODES = [f"32100100100{digit}GB00001" for digit in range(1, 6)]


def edit(project: Path, *changes: tuple[str, str]) -> None:
    text = project.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    project.write_text(text, encoding="utf-8")


@pytest.fixture
def before(project: Path, contents: Contents) -> dict[str, bytes]:
    """What an earlier good run wrote."""
    landeff.run(project).save(project.parent / "out")
    return contents(project.parent / "out")


def test_all_structural_problems_are_told_at_once(
    landeff_command: Command, project: Path, before: dict[str, bytes], contents: Contents
) -> None:
    edit(
        project,
        ('layer = "zones"', 'layer = "zonen"'),
        ('"面积亩" = { to = "registered_area_m2", unit = "亩" }', '"面积亩" = "supply_idd"'),
        ('path = "供地.csv"', 'path = "供地1.csv"'),
        ('"入库税收（万元）" = "item:tax_paid"', '"入库税收" = "item:tax_paid"'),
    )
    for command in ("run", "check"):
        done = landeff_command(command, project, "--lang", "en")
        assert done.returncode == 3
        for words in (
            "园区.gpkg",
            "zonen",
            "use one of: zones",
            "supply_idd",
            "供地1.csv",
            "入库税收",
            "Fix:",
        ):
            assert words in done.stderr, words
        assert "Traceback" not in done.stderr
    assert contents(project.parent / "out") == before


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"宗地代码" = "parcel_id"\n', "", ["宗地.gpkg", "parcel_id"]),
        (
            '"用途代码" = "land_use_code"\n"面积亩" = { to = "registered_area_m2", unit = "亩" }',
            '"用途代码" = "registered_area_m2"',  # a header that does not name its unit
            ["宗地.gpkg", "用途代码", "unit"],
        ),
        ('path = "税收.xlsx"', 'path = "空.xlsx"', ["空.xlsx"]),
        ('path = "园区.gpkg"\nlayer = "zones"', 'path = "园区.topojson"', ["园区.topojson", "crs"]),
        ('sheet = "入库税收"', 'sheet = "税"', ["税收.xlsx", "入库税收"]),
    ],
    ids=["required column", "unit", "empty table", "no CRS", "sheet"],
)
def test_structure(other_files: Path, old: str, new: str, told: list[str]) -> None:
    edit(other_files, (old, new))
    with pytest.raises(ProblemsError) as caught:
        landeff.run(other_files)
    for words in told:
        assert words in str(caught.value)
    assert all(problem.fix for problem in caught.value.problems)


def test_mistakes_in_the_project_file(
    landeff_command: Command, project: Path, before: dict[str, bytes], contents: Contents
) -> None:
    edit(project, ("as_of", "asof"), ('land = "parcels"', 'land = "parcel"'), ("[publish]", "[publsh]"))
    done = landeff_command("run", project, "--lang", "en")
    assert done.returncode == 2
    for words in ("project.toml", "asof", "as_of", "parcels", "publsh", "did you mean publish?"):
        assert words in done.stderr
    assert contents(project.parent / "out") == before


def test_a_failure_while_writing_leaves_the_old_output(
    project: Path, before: dict[str, bytes], contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **named: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("landeff.pipeline.save.write_workbook", fail)
    with pytest.raises(OSError, match="disk full"):
        landeff.run(project).save(project.parent / "out")
    assert contents(project.parent / "out") == before
    assert not [path for path in project.parent.iterdir() if path.name.startswith(".out")]


# --- rows


@pytest.mark.parametrize(
    ("code", "file", "row", "column", "value"),
    [
        ("duplicate_key", "宗地.gpkg", 1, "parcel_id", "宗地.gpkg row 6"),
        ("impossible_value", "宗地.gpkg", 3, "面积亩", "-60"),
        ("bad_geometry", "宗地.gpkg", 4, "geometry", "Self-intersection"),
        ("code_rounded_by_excel", "税收.xlsx", 8, "统一社会信用代码", "cell A8"),
        ("not_a_number", "税收.xlsx", 9, "入库税收（万元）", "约7万 (cell B9)"),
    ],
)
def test_a_bad_row_is_set_aside_and_told(
    bad_rows: Path, code: str, file: str, row: int, column: str, value: str
) -> None:
    result = landeff.run(bad_rows)
    issues = result.table("issues")
    (issue,) = issues[issues["code"] == code].to_dict("records")
    assert (issue["severity"], issue["source_file"], issue["source_row"]) == ("error", file, row)
    assert issue["column"] == column
    assert value in issue["value"]
    assert issue["fix"]
    aside = result.table("set_aside")
    (first, *_) = aside[aside["reason"] == code].to_dict("records")
    assert (first["source_file"], first["source_row"]) == (file, row)


def test_land_and_money_of_bad_rows_stand_in_the_ledger(landeff_command: Command, bad_rows: Path) -> None:
    done = landeff_command("run", bad_rows, "--lang", "en")
    assert done.returncode == 4, done.stderr  # most of the money lost its land
    result = landeff.load_result(bad_rows.parent / "out")
    assert result.parcels["parcel_id"].tolist() == [CODES[1], CODES[4]]
    ledger = result.table("ledger")
    signed = ledger["value"].where(ledger["role"] != "out", -ledger["value"])
    assert signed.groupby(ledger["measure"]).sum().abs().max() < 0.005
    tax = ledger[ledger["measure"] == "tax_paid"].set_index("entry")["value"]
    assert tax["total_in"] == 1_550_000  # 10 + 20 + 30 + 40 + 50 + 5 万元; 约7万 is no number
    assert tax["in_zones"] == 700_000  # H2 and H5
    assert tax["land_set_aside"] == 800_000  # H1, H3 and H4
    assert tax["code_rounded_by_excel"] == 50_000
    land = ledger[ledger["measure"] == "parcels_area"].set_index("entry")["value"]
    assert land["duplicate_key"] == pytest.approx(80_000, rel=1e-3)  # two drawings of 200 m by 200 m
    assert land["impossible_value"] == pytest.approx(40_000, rel=1e-3)
    assert land["in_zones"] == pytest.approx(80_000, rel=1e-3)
