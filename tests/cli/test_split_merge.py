"""Split, filled in by districts, merged, run again."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import openpyxl
import pytest

import landeff

Command = Callable[..., subprocess.CompletedProcess[str]]
CODES = [f"32100100100{digit}GB00001" for digit in range(1, 6)]
LISTS = ("疑似闲置", "待核实", "缺要件", "一年内到期", "批而未供", "疑似低效", "其他在册")


@pytest.fixture
def districts(project: Path) -> Path:
    """Two districts and a parcel of none; S1 idle, S2 to S4 a year past due with no word of the start.

    S5 has no supply record.
    """
    layer = project.parent / "宗地.gpkg"
    parcels = gpd.read_file(layer).assign(县区代码=["321001", "321001", "321002", "321002", None])
    layer.unlink()
    parcels.to_file(layer)
    supply = "电子监管号,约定开工时间,是否动工,核查日期\nS1,2022-06-01,否,2024-03-01\n"
    supply += "".join(f"S{n},2022-06-01,,\n" for n in (2, 3, 4))
    (project.parent / "供地.csv").write_text(supply, encoding="utf-8")
    text = project.read_text(encoding="utf-8")
    text = text.replace(
        '"用途代码" = "land_use_code"', '"用途代码" = "land_use_code"\n"县区代码" = "district_code"'
    )
    project.write_text(text, encoding="utf-8")
    return project


def fill(path: Path, parcel: str, **cells: object) -> None:
    """Write into the entry columns of one parcel."""
    book = openpyxl.load_workbook(path)
    for sheet in (book[name] for name in LISTS if name in book.sheetnames):
        at = {str(cell.value): cell.column for cell in sheet[1]}
        for row in range(2, sheet.max_row + 1):
            if sheet.cell(row, at["宗地代码"]).value == parcel:
                for header, value in cells.items():
                    sheet.cell(row, next(n for name, n in at.items() if name.startswith(header)), value)
                book.save(path)
                return
    raise AssertionError(parcel)


def classes(result: landeff.Result) -> dict[str, str]:
    parcels = result.table("parcels")
    return dict(zip(parcels["parcel_id"], parcels["inventory_class"], strict=True))


def area(result: landeff.Result, parcel: str) -> float:
    return float(result.table("parcels").set_index("parcel_id")["registered_area_m2"][parcel])


def test_the_whole_way_by_the_command_line(districts: Path, landeff_command: Command) -> None:
    folder = districts.parent
    first = landeff_command("run", districts, "--out", folder / "out", "--quiet")
    assert first.returncode == 0, first.stderr
    before = landeff.load_result(folder / "out")
    assert classes(before) == dict(zip(CODES, ["idle", *["idle_to_check"] * 3, "missing_facts"], strict=True))

    sent = folder / "下发"
    told = landeff_command("split", folder / "out", "--out", sent, "--lang", "zh")
    assert told.returncode == 0, told.stderr
    assert sorted(path.name for path in sent.iterdir()) == [
        "321001.xlsx", "321002.xlsx", "分发汇总.xlsx", "未注明县区.xlsx",
    ]  # fmt: skip
    again = landeff_command("split", folder / "out", "--out", sent)
    assert again.returncode == 3  # what may be filled in is never written over

    one, two = sent / "321001.xlsx", sent / "321002.xlsx"
    on = dt.datetime(2024, 12, 1)
    fill(one, CODES[1], 经核实是否动工="否", 核查日期=on, 填报签字人="王某")
    fill(one, CODES[0], 异议字段="登记面积（亩）", 异议主张值=57, 依据文号="测字1号", 填报签字人="王某")
    fill(two, CODES[2], 经核实是否动工="是", 核查日期=on, 填报签字人="李某")
    shutil.copy(two, sent / "321002 乡镇.xlsx")
    fill(two, CODES[3], 经核实是否动工="是", 核查日期=on, 填报签字人="李某")
    fill(sent / "321002 乡镇.xlsx", CODES[3], 经核实是否动工="否", 核查日期=on, 填报签字人="赵某")

    path = folder / "汇总核对.xlsx"
    told = landeff_command("merge", sent, "--result", folder / "out", "--out", path, "--lang", "zh")
    assert told.returncode == 0, told.stderr
    assert "同一处填报互相矛盾" in told.stdout
    book = openpyxl.load_workbook(path)
    assert [name for name in book.sheetnames if name != "选项"] == ["进度", "未采用", "更正"]
    progress = {row[0]: row[1:4] for row in book["进度"].iter_rows(min_row=2, values_only=True)}
    assert progress["321001.xlsx"] == (2, 2, 0)
    assert progress["321002.xlsx"] == (2, 2, 0)
    assert progress["未注明县区.xlsx"] == (1, 0, 1)

    text = districts.read_text(encoding="utf-8")
    text = text.replace("[standards]", '[sources.corrections]\npath = "汇总核对.xlsx"\n\n[standards]')
    repeat = folder / "再算.toml"
    repeat.write_text(text, encoding="utf-8")
    second = landeff_command("run", repeat, "--out", folder / "out2", "--quiet")
    assert second.returncode == 0, second.stderr
    after = landeff.load_result(folder / "out2")
    # Found not begun after the anniversary: suspected. Found begun: cleared. The contradiction: as it was.
    assert classes(after) == dict(
        zip(CODES, ["idle", "idle", "none", "idle_to_check", "missing_facts"], strict=True)
    )
    assert area(before, CODES[0]) == pytest.approx(40_000)
    assert area(after, CODES[0]) == pytest.approx(38_000)
    made = after.table("corrections")
    assert set(made["status"]) == {"applied"}
    assert len(made) == 5  # the area, and twice a word with its day
    told = landeff_command("explain", CODES[0], "--result", folder / "out2", "--lang", "zh")
    assert "测字1号" in told.stdout, told.stdout + told.stderr
