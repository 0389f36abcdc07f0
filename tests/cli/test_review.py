"""The review round trip: run, review, a person fills in the workbook, run again."""

from __future__ import annotations

import datetime as dt
import subprocess
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
from openpyxl.utils import get_column_letter

import landeff

Command = Callable[..., subprocess.CompletedProcess[str]]
CODES = [f"32100100100{digit}GB00001" for digit in range(1, 6)]
#: Two published codes; the firms are invented, and have one name.
ONE, OTHER = "91330100799655058B", "914403001922038216"
NAME = "示例华新机械有限公司"


def write_register(folder: Path, former: str = "") -> None:
    rows = {"代码": [ONE, OTHER], "名称": [NAME, NAME], "曾用名": [former, ""]}
    pd.DataFrame(rows).to_csv(folder / "名录.csv", index=False)


def write_returns(folder: Path, name: str = NAME) -> None:
    book = openpyxl.Workbook()
    book.active.title = "入库税收"
    book.active.append(["统一社会信用代码", "企业名称", "入库税收（万元）"])
    for code, firm, amount in ((ONE, None, 10.0), (OTHER, None, 20.0), (None, name, 33.33), ("H3", None, 5)):
        book.active.append([code, firm, amount])
    book.save(folder / "税收.xlsx")


@pytest.fixture
def ambiguous(project: Path) -> Path:
    """The five parcels; the first two are held by firms of one name, which also paid 33.33 万元 as a name."""
    layer = project.parent / "宗地.gpkg"
    parcels = gpd.read_file(layer)
    layer.unlink()
    parcels.assign(权利人代码=[ONE, OTHER, "H3", "H4", "H5"]).to_file(layer)
    write_register(project.parent)
    write_returns(project.parent)
    text = project.read_text(encoding="utf-8").replace(
        '"统一社会信用代码" = "enterprise_id"', '"统一社会信用代码" = "enterprise_id"\n"企业名称" = "name"'
    )
    register = """
[sources.enterprises]
path = "名录.csv"
[sources.enterprises.columns]
"代码" = "enterprise_id"
"名称" = "name"
"曾用名" = "former_names"
"""
    project.write_text(text.replace("[standards]", register + "\n[standards]"), encoding="utf-8")
    return project


def headers(sheet: openpyxl.worksheet.worksheet.Worksheet) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in sheet[1]}


def answer(path: Path, answers: dict[str, str], who: str | None = "王某") -> None:
    """Fill in the decision on each candidate code."""
    book = openpyxl.load_workbook(path)
    sheet = book["存疑对应"]
    at = headers(sheet)
    for row in range(2, sheet.max_row + 1):
        word = answers.get(sheet.cell(row, at["候选代码"]).value)
        if word:
            sheet.cell(row, at["是否同一对象"], word)
            sheet.cell(row, at["核对人"], who)
            sheet.cell(row, at["核对日期"], dt.date(2025, 1, 6))
    book.save(path)


def correct(path: Path, *rows: tuple[object, ...]) -> None:
    """Fill in the sheet 更正, its columns in their order."""
    book = openpyxl.load_workbook(path)
    sheet = book["更正"]
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column, value)
    book.save(path)


def with_review(project: Path, *names: str) -> Path:
    sources = "".join(f'[[sources.corrections]]\npath = "{name}"\n' for name in names)
    text = project.read_text(encoding="utf-8").replace("[standards]", sources + "\n[standards]")
    path = project.with_name("再算.toml")
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def written() -> list[bytes]:
    """The workbook of the first run, once it was made: the same for every test."""
    return []


@pytest.fixture
def reviewed(ambiguous: Path, written: list[bytes]) -> Path:
    """The workbook of the first run, empty."""
    path = ambiguous.parent / "核对.xlsx"
    if not written:
        written.append(landeff.run(ambiguous).review(path, "zh").read_bytes())
    path.write_bytes(written[0])
    return path


def tax(result: landeff.Result) -> dict[str, float]:
    table = result.table("parcel_year")
    return {key: round(value, 2) for key, value in zip(table["parcel_id"], table["tax_cny"], strict=True)}


def line(result: landeff.Result, entry: str) -> float:
    rows = result.table("ledger")
    rows = rows[(rows["measure"] == "tax_paid") & (rows["entry"] == entry)]
    return round(float(rows["value"].sum()), 2)


def balanced(result: landeff.Result) -> None:
    rows = result.table("ledger")
    signed = rows["value"].where(rows["role"] != "out", -rows["value"])
    sums = signed.groupby([rows["measure"], rows["year"].fillna(0)]).sum().abs()
    assert (sums < 0.005).all(), sums


def test_the_whole_way_by_the_command_line(ambiguous: Path, landeff_command: Command) -> None:
    folder = ambiguous.parent
    first = landeff_command("run", ambiguous, "--out", folder / "out", "--quiet")
    assert first.returncode == 4, first.stderr  # a third of the money waits: below the gate
    before = landeff.load_result(folder / "out")
    assert line(before, "name_ambiguous") == 333_300.0

    path = folder / "核对.xlsx"
    told = landeff_command("review", "--result", folder / "out", "--out", path)
    assert told.returncode == 0, told.stderr
    assert "1 to decide" in told.stdout
    answer(path, {ONE: "是", OTHER: "否"})

    again = with_review(ambiguous, "核对.xlsx")
    second = landeff_command("run", again, "--out", folder / "out2", "--quiet")
    assert second.returncode == 0, second.stderr
    after = landeff.load_result(folder / "out2")
    # 10 + 33.33 万元 on the parcel of the firm the person chose, 20 on that of its namesake.
    assert tax(after) == {CODES[0]: 433_300.0, CODES[1]: 200_000.0, CODES[2]: 50_000.0}
    assert line(after, "name_ambiguous") == 0.0
    balanced(after)
    told_of = after.table("corrections")
    assert told_of["outcome"].tolist() == ["confirmed", "refused"]
    assert set(told_of["signer"]) == {"王某"}
    assert set(told_of["source_file"]) == {"核对.xlsx [存疑对应]"}
    explained = landeff_command("explain", CODES[0], "--result", folder / "out2", "--lang", "zh")
    assert "认定为同一对象" in explained.stdout
    assert "签字 王某" in explained.stdout
    assert "核对.xlsx [存疑对应] #" in explained.stdout
    assert "更正与核对" in (folder / "out2" / "report.html").read_text(encoding="utf-8")


def test_a_filled_in_workbook_is_never_written_over(ambiguous: Path, landeff_command: Command) -> None:
    folder = ambiguous.parent
    result = landeff.run(ambiguous)
    result.save(folder / "out")
    path = folder / "核对.xlsx"
    call = ("review", "--result", folder / "out", "--out", path)
    assert landeff_command(*call).returncode == 0
    assert landeff_command(*call).returncode == 0  # nobody filled it in
    answer(path, {ONE: "是"})
    kept = path.read_bytes()
    refused = landeff_command(*call)
    assert refused.returncode == 3
    assert "--force" in refused.stderr
    assert path.read_bytes() == kept
    assert landeff_command(*call, "--force").returncode == 0
    assert path.read_bytes() != kept
    other = folder / "税收.xlsx"
    assert landeff_command("review", "--result", folder / "out", "--out", other).returncode == 3


def test_same_result_same_bytes(ambiguous: Path, tmp_path: Path) -> None:
    result = landeff.run(ambiguous)
    one, two = (landeff.review(result, tmp_path / name).read_bytes() for name in ("a.xlsx", "b.xlsx"))
    assert one == two


def test_a_decision_lapses_when_the_values_change(ambiguous: Path, reviewed: Path) -> None:
    answer(reviewed, {ONE: "是", OTHER: "否"})
    again = with_review(ambiguous, reviewed.name)
    write_register(ambiguous.parent, former="示例老厂机械有限公司")  # of the candidate that was said to be it
    result = landeff.run(again)
    outcome = result.table("corrections").set_index("new_value")["outcome"]
    assert outcome[next(text for text in outcome.index if text.startswith("是"))] == "values_changed"
    assert line(result, "name_ambiguous") == 333_300.0 or line(result, "in_zones") > 0
    assert ONE not in set(result.table("contributions").query("value == 333300")["enterprise_id"])
    issues = result.table("issues").query("code == 'review_lapsed'")
    assert issues["source_file"].tolist() == ["核对.xlsx [存疑对应]"]
    assert "→" in issues["value"].iloc[0]
    balanced(result)


def test_a_decision_lapses_when_its_row_changes(ambiguous: Path, reviewed: Path) -> None:
    answer(reviewed, {ONE: "是", OTHER: "否"})
    write_returns(ambiguous.parent, name="示例华新机械厂")
    result = landeff.run(with_review(ambiguous, reviewed.name))
    assert set(result.table("corrections")["outcome"]) == {"question_gone"}
    assert len(result.table("issues").query("code == 'review_lapsed'")) == 2
    balanced(result)


@pytest.mark.parametrize(
    ("answers", "who", "outcomes"),
    [
        ({ONE: "是", OTHER: "是"}, "王某", {"two_answers"}),
        ({ONE: "不确定"}, "王某", {"unsure"}),
        ({ONE: "是"}, None, {"incomplete"}),
        ({ONE: "对"}, "王某", {"unknown_answer"}),
    ],
)
def test_what_does_not_settle_leaves_the_money_open(
    ambiguous: Path, reviewed: Path, answers: dict[str, str], who: str | None, outcomes: set[str]
) -> None:
    answer(reviewed, answers, who)
    result = landeff.run(with_review(ambiguous, reviewed.name))
    assert set(result.table("corrections")["outcome"]) == outcomes
    assert line(result, "name_ambiguous") == 333_300.0
    balanced(result)


def test_no_to_every_candidate_ends_the_question(ambiguous: Path, reviewed: Path) -> None:
    answer(reviewed, {ONE: "否", OTHER: "no"})
    result = landeff.run(with_review(ambiguous, reviewed.name))
    assert line(result, "name_ambiguous") == 0.0
    assert line(result, "no_code") == 333_300.0
    balanced(result)


def test_several_workbooks_and_a_contradiction_between_them(ambiguous: Path, reviewed: Path) -> None:
    second = reviewed.with_name("核对2.xlsx")
    second.write_bytes(reviewed.read_bytes())
    answer(reviewed, {ONE: "是"})
    answer(second, {ONE: "否"})
    result = landeff.run(with_review(ambiguous, reviewed.name, second.name))
    table = result.table("corrections")
    assert set(table["outcome"]) == {"contradicted"}
    assert table["source_file"].tolist() == ["核对.xlsx [存疑对应]", "核对2.xlsx [存疑对应]"]
    assert line(result, "name_ambiguous") == 333_300.0


def test_corrections_of_money_area_and_start(ambiguous: Path, reviewed: Path) -> None:
    day = dt.date(2025, 12, 31)
    correct(
        reviewed,
        (
            "税收与产出",
            f"{ONE}|2024|入库税收",
            "数值",
            "10万元",
            "7.5万元",
            "退库",
            "税函1号",
            "李某",
            day,
            "更正",
        ),
        ("宗地", CODES[0], "登记面积（亩）", 60, 59.5, "重测", None, "李某", day, "异议"),
        ("供地台账", "S1", "实际开工日期", None, dt.date(2022, 8, 1), "现场", None, "张某", day, "外业核查"),
        ("供地台账", "S1", "是否动工", "否", "是", "现场", None, "张某", day, "外业核查"),
        ("税收与产出", f"{NAME}|2024|入库税收", "代码", None, OTHER, "核实", None, "李某", None, None),
    )
    result = landeff.run(with_review(ambiguous, reviewed.name))
    table = result.table("corrections")
    by_row = table.set_index("source_row")["outcome"]
    assert by_row.to_dict() == {**dict.fromkeys(range(2, 6), "applied"), 6: "unknown_column"}  # 代码
    assert line(result, "total_in") == 683_300.0
    assert line(result, "corrected") == -25_000.0
    balanced(result)
    parcel = result.parcels.set_index("parcel_id").loc[CODES[0]]
    assert round(parcel["registered_area_m2"], 4) == round(59.5 * 10_000 / 15, 4)
    assert parcel["idle_verdict"] == "clear"  # begun two months after the agreed day; idle before
    folder = result.save(ambiguous.parent / "out")
    told = landeff.load_result(folder).explain(CODES[0], "zh")
    assert "登记面积: 39,666.67 m²" in told
    assert "〔异议；原值 60亩；理由 重测；签字 李某；核对.xlsx [更正] #3〕" in told
    assert "〔更正；原值 10万元；文号 税函1号；理由 退库；签字 李某；核对.xlsx [更正] #2〕" in told
    assert "未采用：表中没有这个字段" not in told  # it is about another parcel's money
    sheet = openpyxl.load_workbook(
        folder / "台账.xlsx" if (folder / "台账.xlsx").exists() else next(folder.glob("*.xlsx"))
    )
    assert "更正与核对" in sheet.sheetnames


def test_a_code_filled_in_by_correction_ends_the_question(ambiguous: Path, reviewed: Path) -> None:
    row = (f"{NAME}|2024|tax_paid", "统一社会信用代码", None, OTHER, "核实", None, "李某", None, None)
    correct(reviewed, ("税收与产出", *row))
    result = landeff.run(with_review(ambiguous, reviewed.name))
    assert tax(result)[CODES[1]] == 533_300.0
    assert line(result, "corrected") == 0.0
    balanced(result)


def test_states_move_forward_by_corrections_alone(ambiguous: Path, reviewed: Path) -> None:
    assert landeff.run(ambiguous).table("findings").query("verdict == 'hit'")["stage"].tolist() == [
        "suspected"
    ]
    moves = [("调查中", "已认定"), ("疑似", "调查中"), ("已认定", "调查中"), ("疑似", "已查")]
    rows = [("判定", CODES[0], "认定状态", old, new, None, "函2号", "赵某", None, None) for old, new in moves]
    correct(reviewed, *rows)
    result = landeff.run(with_review(ambiguous, reviewed.name))
    hit = result.table("findings").query("verdict == 'hit'")
    assert hit["stage"].tolist() == ["recognised"]  # both steps, though the second is written first
    outcome = result.table("corrections").set_index("source_row")["outcome"]
    assert outcome.to_dict() == {2: "applied", 3: "applied", 4: "not_forward", 5: "unknown_state"}
    assert "已认定" in result.explain(CODES[0], "zh")


def test_the_workbook_can_be_filled_in(reviewed: Path) -> None:
    book = openpyxl.load_workbook(reviewed)
    assert book.sheetnames == ["存疑对应", "更正", "说明", "选项"]
    assert book["选项"].sheet_state == "hidden"
    queue, form = book["存疑对应"], book["更正"]
    for sheet in (queue, form):
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref
    at = headers(queue)
    row = {name: queue.cell(2, column).value for name, column in at.items()}
    assert row["原填名称"] == NAME
    assert row["涉及税收（万元）"] == 33.33
    assert (row["文件"], row["行"]) == ("税收.xlsx", 4)
    assert row["候选名称"] == NAME
    assert "几家企业同名" in row["依据"]
    assert {queue.cell(each, at["候选代码"]).value for each in (2, 3)} == {ONE, OTHER}
    assert queue.cell(2, at["候选代码"]).number_format == "@"
    assert queue.cell(2, at["核对日期"]).number_format == "yyyy-mm-dd"
    for name in ("kind", "left_key", "seen"):
        assert row[name]
        assert queue.column_dimensions[get_column_letter(at[name])].hidden or at[name] > at["kind"]
    rules = {str(rule.sqref): rule for rule in queue.data_validations.dataValidation}
    choices = [rule.formula1 for rule in rules.values() if rule.type == "list"]
    assert choices == ['"是,否,不确定"']
    lists = [rule for rule in form.data_validations.dataValidation if rule.type == "list"]
    assert len(lists) == 3
    assert all(str(rule.sqref).endswith("301") for rule in lists)
    width = queue.column_dimensions[get_column_letter(at["依据"])].width
    assert 20 <= width <= 60


def test_a_workbook_in_english_comes_back_as_well(ambiguous: Path) -> None:
    path = landeff.run(ambiguous).review(ambiguous.parent / "review.xlsx", "en")
    book = openpyxl.load_workbook(path)
    sheet, form = book["Doubtful matches"], book["Corrections"]
    at = headers(sheet)
    for row in (2, 3):
        is_one = sheet.cell(row, at["code of the candidate"]).value == ONE
        for name, value in (
            ("same?", "yes" if is_one else "no"),
            ("decided by", "Wang"),
            ("decided on", "2025-01-06"),
        ):
            sheet.cell(row, at[name], value)
    row = (
        "parcels",
        CODES[3],
        "registered area (m2)",
        40_000,
        "61 mu",
        "surveyed",
        None,
        "Li",
        None,
        "field check",
    )
    for column, value in enumerate(row, start=1):
        form.cell(2, column, value)
    book.save(path)
    result = landeff.run(with_review(ambiguous, path.name))
    assert result.table("corrections")["outcome"].tolist() == ["confirmed", "refused", "applied"]
    assert tax(result)[CODES[0]] == 433_300.0
    balanced(result)


def test_nothing_in_the_queue_still_makes_a_form(project: Path) -> None:
    path = landeff.run(project).review(project.parent / "空.xlsx")
    book = openpyxl.load_workbook(path)
    assert book["存疑对应"].max_row == 1
    result = landeff.run(with_review(project, "空.xlsx"))
    assert result.table("corrections").empty
    assert landeff.run(project).table("corrections").empty


def test_hostile_names_stay_text(ambiguous: Path) -> None:
    formula = '=HYPERLINK("http://x","华新机械")'
    rows = {"代码": [ONE, OTHER], "名称": [formula, formula], "曾用名": [NAME, NAME]}
    pd.DataFrame(rows).to_csv(ambiguous.parent / "名录.csv", index=False)
    path = landeff.run(ambiguous).review(ambiguous.parent / "核对.xlsx")
    sheet = openpyxl.load_workbook(path)["存疑对应"]
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row if str(cell.value).startswith("=")]
    assert cells
    assert all(cell.data_type == "s" for cell in cells)


@pytest.mark.parametrize(
    ("name", "spoil", "message"),
    [
        ("缺.xlsx", lambda path: path.unlink(), "there is no file"),
        ("乱.xlsx", lambda path: openpyxl.Workbook().save(path), "neither decisions nor corrections"),
    ],
)
def test_a_workbook_that_cannot_be_used_stops_the_run(
    ambiguous: Path, reviewed: Path, name: str, spoil: Callable[[Path], None], message: str
) -> None:
    path = reviewed.rename(reviewed.with_name(name))
    spoil(path)
    with pytest.raises(landeff.LandeffError, match=message) as caught:
        landeff.run(with_review(ambiguous, name))
    assert caught.value.exit_code == 3


def test_lost_columns_are_named(ambiguous: Path, reviewed: Path) -> None:
    book = openpyxl.load_workbook(reviewed)
    sheet = book["存疑对应"]
    sheet.delete_cols(headers(sheet)["seen"])
    book.save(reviewed)
    with pytest.raises(landeff.LandeffError, match="seen"):
        landeff.run(with_review(ambiguous, reviewed.name))
