"""Workbooks sent out and read back: nothing lost, nothing taken that is in doubt. Read by openpyxl."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import four_squares
import openpyxl
import pandas as pd
import pytest

import landeff
from landeff.core.dataset import Dataset
from landeff.core.errors import InputError, OutputError
from landeff.publish.split.listed import file_names
from landeff.sources.review import read_review

Fill = Callable[..., None]
ON = dt.datetime(2025, 1, 6)


@pytest.fixture(scope="module")
def result(tiny_dataset: Dataset) -> landeff.Result:
    """The small city with a supply ledger; the parcels to be checked have records, the others have none."""
    parcels = tiny_dataset.layer("parcels").copy()
    to_check = parcels["inventory_class"] == "idle_to_check"
    parcels["supply_id"] = ("S" + parcels["parcel_id"]).where(to_check)
    supply = pd.DataFrame({"supply_id": parcels.loc[to_check, "supply_id"]})
    supply["is_started"] = pd.array([None] * len(supply), dtype="boolean")
    supply["price_cny"] = 1_234_567.89
    tables = {**tiny_dataset.tables, "parcels": parcels, "supply": supply}
    return landeff.Result(replace(tiny_dataset, tables=tables))


@pytest.fixture(scope="module")
def pristine(result: landeff.Result, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("split") / "下发"
    result.split(folder)
    return folder


@pytest.fixture
def sent(pristine: Path, tmp_path: Path) -> Path:
    for path in pristine.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def book_of(folder: Path, sheet: str = "待核实") -> Path:
    """A file that has the sheet."""
    return next(
        path for path in sorted(folder.glob("*.xlsx")) if sheet in openpyxl.load_workbook(path).sheetnames
    )


def at(page: openpyxl.worksheet.worksheet.Worksheet) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in page[1]}


def write(path: Path, sheet: str = "待核实", row: int = 2, **cells: object) -> str:
    """Fill in a row; the key it has."""
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    for header, value in cells.items():
        page.cell(row, next(n for name, n in at(page).items() if name.startswith(header)), value)
    key = str(page.cell(row, at(page)["row_key"]).value)
    book.save(path)
    return key


def problems(merged: landeff.Merged) -> list[str]:
    return merged.conflicts["problem"].tolist()


def test_every_listed_parcel_and_piece_is_in_exactly_one_file(result: landeff.Result, pristine: Path) -> None:
    parcels, pieces = result.table("parcels"), result.table("remainders")
    listed = [*parcels.loc[parcels["inventory_class"] != "none", "parcel_id"], *pieces["remainder_id"]]
    found: list[str] = []
    for path in sorted(pristine.glob("3*.xlsx")):
        book = openpyxl.load_workbook(path)
        for page in book:
            if "row_key" in at(page) and page.sheet_state == "visible":
                found += [
                    str(page.cell(row, at(page)["row_key"]).value) for row in range(2, page.max_row + 1)
                ]
                assert page.freeze_panes == "B2"
                assert page.column_dimensions[openpyxl.utils.get_column_letter(at(page)["row_key"])].hidden
    assert sorted(found) == sorted(listed)
    page = openpyxl.load_workbook(pristine / "分发汇总.xlsx").active
    assert page.cell(page.max_row, at(page)["合计行数"]).value == len(listed)


def test_by_zone_what_lies_in_none_has_a_file_of_its_own(result: landeff.Result, tmp_path: Path) -> None:
    parcels = result.dataset.layer("parcels").copy()
    idle = parcels["inventory_class"] == "idle"
    first = parcels.index[idle][0]
    parcels.loc[first, "zone_id"] = None
    dataset = replace(result.dataset, tables={**result.dataset.tables, "parcels": parcels})
    files = landeff.Result(dataset).split(tmp_path / "x", "zone")
    assert files.loc[files["place"] == "", ["file", "n_rows", "idle"]].to_numpy().tolist() == [
        ["园区外.xlsx", 1, 1]
    ]


def test_same_result_same_bytes(result: landeff.Result, pristine: Path, tmp_path: Path) -> None:
    result.split(tmp_path / "x")
    for path in pristine.iterdir():
        assert (tmp_path / "x" / path.name).read_bytes() == path.read_bytes()


def test_a_folder_with_files_is_not_written_into(result: landeff.Result, sent: Path) -> None:
    with pytest.raises(OutputError, match="holds files"):
        result.split(sent)


def test_file_names_are_never_paths() -> None:
    names = file_names({"../../etc": "a/b\\c:d*", "CON": "", "con": "", "=1+1": "<img>", "": "无"})
    assert len({name.lower() for name in names.values()}) == 5
    for name in names.values():
        assert not set(name) & set('/\\:*?"<>|=+\0')
        assert Path(name).name == name
        assert name.lower() != "con.xlsx"


def test_untouched_files_say_nothing(result: landeff.Result, sent: Path) -> None:
    merged = landeff.merge(sent, result)
    assert merged.corrections.empty
    assert merged.conflicts.empty
    assert (merged.progress["n_untouched"] == merged.progress["n_sent"]).all()


def test_a_check_an_objection_and_its_units(result: landeff.Result, sent: Path) -> None:
    path = book_of(sent)
    key = write(path, 经核实是否动工="否", 核查日期=ON, 填报签字人="王某", 异议字段="成交价款（万元）",
                异议主张值="130", 核查或异议理由="票据复核")  # fmt: skip
    merged = landeff.merge(path, result)
    rows = merged.corrections.set_index("column")
    assert rows.loc["是否动工", ["table", "key", "new_value", "kind"]].tolist() == [
        "供地台账", f"S{key}", "否", "field_check",
    ]  # fmt: skip
    assert rows.loc["成交价款（万元）", "new_value"] == "130"
    assert float(rows.loc["成交价款（万元）", "old_value"]) == pytest.approx(123.456789)
    assert rows.loc["成交价款（万元）", ["kind", "reason", "from_file"]].tolist() == [
        "objection", "票据复核", path.name,
    ]  # fmt: skip
    assert merged.conflicts.empty


CASES = [
    ({"经核实是否动工": "否", "核查日期": ON}, "no_signer"),
    ({"经核实是否动工": "否", "填报签字人": "王"}, "no_date"),
    ({"核查日期": ON, "填报签字人": "王"}, "no_word"),
    ({"经核实是否动工": "否", "核查日期": ON, "经核实动工日期": ON, "填报签字人": "王"}, "said_both"),
    ({"经核实是否动工": "也许", "核查日期": ON, "填报签字人": "王"}, "bad_value"),
    ({"经核实交地日期": "去年", "填报签字人": "王"}, "bad_value"),
    ({"异议字段": "登记面积（亩）", "填报签字人": "王"}, "half_objection"),
    ({"异议字段": "登记面积（亩）", "异议主张值": 5, "填报签字人": "王"}, "no_ground"),
    ({"异议字段": "颜色", "异议主张值": 5, "依据文号": "1", "填报签字人": "王"}, "unknown_column"),
    ({"处置方式填报": "置换土地", "填报签字人": "王"}, "half_disposal"),
    ({"处置方式填报": "置换土地", "已处置面积": "大", "处置完成日期": ON, "填报签字人": "王"}, "bad_value"),
]


@pytest.mark.parametrize(("cells", "problem"), CASES)
def test_what_is_in_doubt_is_told_and_not_taken(
    result: landeff.Result, sent: Path, cells: dict[str, object], problem: str
) -> None:
    path = book_of(sent)
    key = write(path, **cells)
    merged = landeff.merge(path, result)
    assert problem in problems(merged)
    first = merged.conflicts.iloc[0]
    assert (first["file"], first["sheet"], first["source_row"], first["key"]) == (path.name, "待核实", 2, key)
    assert merged.corrections.empty


def test_a_parcel_without_a_supply_record_has_nothing_to_correct(result: landeff.Result, sent: Path) -> None:
    path = book_of(sent, "缺要件")
    write(path, "缺要件", 经核实是否动工="否", 核查日期=ON, 填报签字人="王某")
    merged = landeff.merge(path, result)
    assert problems(merged) == ["no_record", "no_record"]


def test_a_value_that_changed_since_is_not_overwritten(result: landeff.Result, sent: Path) -> None:
    path = book_of(sent)
    write(path, 经核实是否动工="否", 核查日期=ON, 填报签字人="王某")
    supply = result.table("supply").assign(
        is_started=pd.array([True] * len(result.table("supply")), dtype="boolean")
    )
    later = landeff.Result(replace(result.dataset, tables={**result.dataset.tables, "supply": supply}))
    merged = landeff.merge(path, later)
    assert problems(merged) == ["changed", "tied"]
    assert merged.conflicts.loc[0, ["value", "now"]].tolist() == ["否", "是"]
    assert merged.corrections.empty


def test_a_parcel_that_is_gone_is_unknown(result: landeff.Result, sent: Path) -> None:
    path = book_of(sent)
    key = write(path, 经核实是否动工="否", 核查日期=ON, 填报签字人="王某")
    parcels = result.dataset.layer("parcels")
    kept = parcels[parcels["parcel_id"] != key]
    later = landeff.Result(replace(result.dataset, tables={**result.dataset.tables, "parcels": kept}))
    assert problems(landeff.merge(path, later)) == ["unknown_key"]


def test_rows_deleted_added_and_tampered_with(result: landeff.Result, sent: Path) -> None:
    path = book_of(sent)
    book = openpyxl.load_workbook(path)
    page = book["待核实"]
    columns = at(page)
    n = page.max_row
    assert n >= 3
    page.cell(2, columns["row_key"], "321002999999GB00001")  # the key of another parcel
    page.delete_rows(n)
    page.cell(n + 1, columns["宗地代码"], "新地块")
    page.cell(n + 1, columns["经核实是否动工"], "否")
    book.save(path)
    merged = landeff.merge(path, result)
    assert sorted(problems(merged)) == ["row_added", "row_changed", "row_deleted"]
    row = merged.progress.iloc[0]
    assert (row["n_deleted"], row["n_added"]) == (1, 1)


def test_sorted_rows_are_read_by_their_keys(result: landeff.Result, sent: Path) -> None:
    path = book_of(sent)
    book = openpyxl.load_workbook(path)
    page = book["待核实"]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
    for number, values in enumerate(reversed(rows), start=2):
        for column, value in enumerate(values, start=1):
            page.cell(number, column).value = value
    book.save(path)
    key = write(path, 经核实是否动工="是", 核查日期=ON, 填报签字人="王某")
    merged = landeff.merge(path, result)
    assert set(merged.corrections["key"]) == {f"S{key}"}
    assert merged.conflicts.empty


def test_the_whole_disposed_of_moves_the_finding_a_part_is_on_record(
    result: landeff.Result, sent: Path
) -> None:
    path = book_of(sent, "疑似闲置")
    area = openpyxl.load_workbook(path)["疑似闲置"]
    mu = area.cell(2, at(area)["面积（亩）"]).value
    said = {"处置方式填报": "协议有偿收回", "处置完成日期": ON, "填报签字人": "王某"}
    key = write(path, "疑似闲置", 2, 已处置面积=mu, **said)
    write(path, "疑似闲置", 3, 已处置面积=1, **said)
    out = path.with_name("汇总.xlsx")
    merged = landeff.merge(path, result, out)
    (row,) = merged.corrections.to_dict("records")
    assert row["key"].startswith(f"{key}|")
    assert (row["column"], row["new_value"]) == ("认定状态", "disposed")
    assert merged.disposals["is_whole"].tolist() == [True, False]
    page = openpyxl.load_workbook(out)["处置登记"]
    assert [page.cell(row, at(page)["处置面积（亩）"]).value for row in (2, 3)] == pytest.approx(
        sorted([mu, 1.0], key=lambda each: each != mu) if page.cell(2, 1).value == key else [1.0, mu]
    )


def test_a_file_that_did_not_come_back_is_told(result: landeff.Result, sent: Path) -> None:
    book_of(sent).unlink()
    assert problems(landeff.merge(sent, result)) == ["not_returned"]


def test_other_files_are_told_or_refused(result: landeff.Result, sent: Path, tmp_path: Path) -> None:
    other = openpyxl.Workbook()
    other.active.append(["甲", "乙"])
    other.active.append([1, 2])
    other.save(sent / "别的.xlsx")
    assert problems(landeff.merge(sent, result)) == ["not_a_form"]
    with pytest.raises(InputError):
        landeff.merge(sent / "别的.xlsx", result)
    with pytest.raises(InputError):
        landeff.merge([], result)


def test_the_merged_workbook_is_not_overwritten(result: landeff.Result, sent: Path) -> None:
    out = sent / "汇总核对.xlsx"
    landeff.merge(sent, result, out)
    with pytest.raises(OutputError, match="exists"):
        landeff.merge(sent, result, out)
    assert problems(landeff.merge(sent, result, out, force=True)) == []  # it is not taken for a form


def test_the_workbooks_of_two_rounds_are_applied_one_upon_the_other() -> None:
    headers = ["表", "编号", "字段", "原值", "新值", "理由", "签字人"]
    second = pd.DataFrame([("宗地", "A", "登记面积（亩）", 700, 680, "复测", "王某")], columns=headers)
    first = pd.DataFrame([("宗地", "A", "登记面积（亩）", 750, 700, "重测", "王某")], columns=headers)
    wrong = pd.DataFrame([("宗地", "B", "登记面积（亩）", 700, 680, "复测", "王某")], columns=headers)
    raw = four_squares.project()
    raw["sources"]["corrections"] = [{"data": each} for each in (second, first, wrong)]
    after = landeff.run(raw)
    areas = after.table("parcels").set_index("parcel_id")["registered_area_m2"] / four_squares.MU
    assert areas[["A", "B"]].tolist() == pytest.approx([680, 750])
    rows = after.table("corrections").set_index(["key", "new_value"])["outcome"]
    assert rows[("A", "700亩")] == rows[("A", "680亩")] == "applied"
    assert rows[("B", "680亩")] == "old_differs"


def test_a_doubtful_match_goes_where_its_land_lies_and_comes_back(
    result: landeff.Result, tmp_path: Path
) -> None:
    parcels = result.table("parcels")
    asked = {"kind": "supply_land", "left_table": "supply", "left_key": "SX", "right_table": "parcels"}
    asked |= {"left_name": "SX", "method": "geometry", "reasons": "", "decision": "queued", "seen": "0f3a"}
    by_district = parcels.drop_duplicates("district_code").sort_values("district_code")
    keys, codes = by_district["parcel_id"].tolist()[:2], by_district["district_code"].tolist()[:2]
    links = pd.DataFrame(
        [
            asked | {"right_key": key, "right_name": key, "score": score}
            for key, score in zip(keys, (0.7, 0.9), strict=True)
        ]
    )
    dataset = replace(
        result.dataset, tables={**result.dataset.tables, "links": links, "mentions": pd.DataFrame()}
    )
    files = landeff.Result(dataset).split(tmp_path / "x").set_index("place")
    # Both candidates go to the district of the likelier one.
    assert files["n_questions"].to_dict() == {code: int(code == codes[1]) for code in files.index}
    path = tmp_path / "x" / files.loc[codes[1], "file"]
    book = openpyxl.load_workbook(path)
    page = book["存疑对应"]
    assert page.max_row == 3
    for row, word in ((2, "是"), (3, "否")):
        page.cell(row, at(page)["是否同一对象"], word)
        page.cell(row, at(page)["核对人"], "王某" if row == 2 else None)
        page.cell(row, at(page)["核对日期"], ON)
    book.save(path)
    out = tmp_path / "汇总.xlsx"
    merged = landeff.merge(path, landeff.Result(dataset), out)
    assert problems(merged) == ["no_answerer"]
    assert merged.decisions[["right_key", "answer"]].to_numpy().tolist() == [[keys[1], "yes"]]
    (row,) = read_review(out).decisions.to_dict("records")
    assert (row["right_key"], row["seen"], row["answer"], row["decided_by"]) == (
        keys[1],
        "0f3a",
        "yes",
        "王某",
    )
    gone = landeff.Result(replace(dataset, tables={**dataset.tables, "links": links.assign(seen="77aa")}))
    assert sorted(problems(landeff.merge(path, gone))) == ["changed", "no_answerer"]


def test_hostile_text_is_text_and_comes_back_as_it_was(hostile_dataset: Dataset, tmp_path: Path) -> None:
    parcels = hostile_dataset.layer("parcels").copy()
    listed = parcels["inventory_class"] != "none"
    parcels["district_code"] = parcels["district_code"].astype(object)
    first = parcels.index[listed][:3]
    parcels.loc[first, "district_code"] = ["../../x", "=1+1", "<b>\u2028\x01"]
    parcels["parcel_id"] = parcels["parcel_id"].astype(object)
    parcels.loc[first, "parcel_id"] = ["=cmd|' /C calc'!A0", "a\u2028b", "&G\\..\\c"]
    result = landeff.Result(replace(hostile_dataset, tables={**hostile_dataset.tables, "parcels": parcels}))
    result.split(tmp_path / "x")
    assert {path.parent for path in tmp_path.rglob("*.xlsx")} == {tmp_path / "x"}
    for path in (tmp_path / "x").iterdir():
        cells = [cell for page in openpyxl.load_workbook(path) for row in page.iter_rows() for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    merged = landeff.merge(tmp_path / "x", result, tmp_path / "汇总.xlsx")
    assert problems(merged) == []
    assert merged.progress["n_sent"].sum() == listed.sum() + len(result.table("remainders"))
