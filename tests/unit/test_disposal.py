"""Ways of disposal by the lists, records counted by hand, and the campaign of a small world."""

import datetime as dt
import re

import four_squares
import openpyxl
import pandas as pd
import pytest

import landeff
from landeff.analysis.disposed import campaign, counted
from landeff.core.errors import ConfigError
from landeff.publish.report import build_report
from landeff.publish.workbook import write_workbook
from landeff.sources.columns.headers import propose
from landeff.standards.catalogue import built_in_rules
from landeff.standards.disposal import built_in_disposal, load_disposal, parse_disposal
from landeff.standards.proposals import proposals

AS_OF = dt.date(2024, 12, 31)
ART_12 = ["extend_start", "change_use", "temporary_use", "paid_recovery", "swap", "other"]


def proposed(*parcels, remainders=(), missing=None):
    frame = pd.DataFrame([{"parcel_id": f"P{n}", **each} for n, each in enumerate(parcels)])
    rest = pd.DataFrame(
        [{"remainder_id": f"R{n}", "approval_id": "B", **each} for n, each in enumerate(remainders)]
    )
    return proposals(frame, rest, pd.Series(missing or {}, dtype="str"), built_in_disposal(), AS_OF)


def ways(table):
    return table["way"].tolist()


# --- the lists --------------------


def test_three_lists_kept_apart():
    scheme = built_in_disposal()
    of = {name: [way.id for way in scheme.ways if way.list == name] for name in scheme.lists}
    assert of["idle"] == [*ART_12, "idle_fee", "recovery"]
    assert of["approved_unsupplied"] == ["supply", "formalities", "withdraw"]
    assert of["low_efficiency"] == ["negotiated_recovery", "merger", "judicial", "expansion", "redevelopment"]
    classes = [name for each in scheme.lists.values() for name in each.classes]
    assert len(classes) == len(set(classes))


def test_only_texts_that_were_read_are_verified_and_the_others_say_so():
    scheme = built_in_disposal()
    assert {way.id for way in scheme.ways if way.verified} == {"idle_fee", "recovery", "redevelopment"}
    for way in scheme.ways:
        assert way.ground.endswith("（未核对原文）") is not way.verified
    fee = next(way for way in scheme.ways if way.id == "idle_fee")
    assert fee.ground == "《闲置土地处置办法》（国土资源部令第53号）第十四条第一项"


def test_limits_of_article_12():
    months = {way.id: way.limit_months for way in built_in_disposal().ways if way.limit_months}
    assert months == {"extend_start": 12, "temporary_use": 24}


def test_the_file_of_ways_is_no_rule():
    assert not [name for name in built_in_rules() if "disposal" in name]


# --- what is proposed --------------------


@pytest.mark.parametrize(
    ("consequence", "expected"),
    [("art12", ART_12), ("fee", ["idle_fee"]), ("recovery", ["recovery"]), (None, ["cause_first"])],
)
def test_idle_land_by_its_cause(consequence, expected):
    table = proposed({"inventory_class": "idle", "idle_consequence": consequence})
    assert ways(table) == expected
    assert set(table["list"]) == {"idle"}


def test_the_fee_is_carried_as_an_estimate():
    table = proposed({"inventory_class": "idle", "idle_consequence": "fee", "idle_fee_estimate_cny": 2e5})
    assert table["idle_fee_estimate_cny"].tolist() == [2e5]
    assert table["idle_consequence"].tolist() == ["fee"]


@pytest.mark.parametrize("cause", ["企业自身原因", "政府原因", None])
def test_suspended_works_go_by_article_12_alone(cause):
    assert ways(proposed({"inventory_class": "idle_suspended", "delay_cause": cause})) == ART_12


def test_land_not_settled_is_checked_first_and_names_the_facts():
    table = proposed(
        {"inventory_class": "idle_to_check", "idle_consequence": "fee"},
        {"inventory_class": "missing_facts"},
        missing={"P0": "actual_start_on", "P1": "agreed_start_on,handover_on"},
    )
    assert ways(table) == ["check_first", "check_first"]
    assert table["missing"].tolist() == ["actual_start_on", "agreed_start_on,handover_on"]
    assert not table["is_way"].any()
    assert table["basis"].isna().all()


def test_a_cause_that_is_written_and_does_not_tell_is_not_asked_for_again():
    table = proposed({"inventory_class": "idle", "delay_cause": "司法查封"}, {"inventory_class": "idle"})
    assert ways(table) == ["cause_first", "cause_first"]
    assert table["missing"].fillna("").tolist() == ["", "delay_cause"]


def test_unsupplied_pieces_by_their_kind():
    kinds = ["ready", "not_cleared", "built_no_papers", "used_before_supply", "to_withdraw", "unclear"]
    rest = [{"inventory_class": "approved_unsupplied", "unsupplied_kind": kind} for kind in kinds]
    rest[5]["is_cleared"] = False
    table = proposed(remainders=rest)
    assert ways(table) == ["supply", "supply", "formalities", "formalities", "withdraw", "check_first"]
    assert table["missing"].tolist()[5] == "is_withdrawal_planned,building_footprint_m2"
    assert set(table["approval_id"]) == {"B"}


def test_low_efficiency_and_what_is_judged_one_by_one():
    table = proposed({"inventory_class": "low_efficiency"}, {"inventory_class": "case_by_case"})
    assert ways(table)[-1] == "judge_first"
    assert len(table[table["parcel_id"] == "P0"]) == 5


def test_land_of_no_list_has_no_row():
    table = proposed({"inventory_class": "none"}, {"inventory_class": "due_soon"})
    assert table.empty
    assert table["is_verified"].dtype == "boolean"


# --- a file of the user --------------------

OURS = """
version = "1"
[lists.idle]
title = { zh = "闲置", en = "idle" }
classes = ["idle"]
[[ways]]
id = "ours"
list = "idle"
title = { zh = "本地办法", en = "our way" }
why = { zh = "本地规定", en = "local rule" }
verified = true
basis = { document = "本地文件", number = "某府发〔2025〕1号" }
when = { column = "inventory_class", op = "=", value = "idle" }
"""


def test_a_file_of_the_user_takes_the_place_of_all(tmp_path):
    (tmp_path / "ours.toml").write_text(OURS, encoding="utf-8")
    scheme = load_disposal(tmp_path / "ours.toml")
    assert [way.id for way in scheme.ways] == ["ours"]
    assert scheme.ways[0].ground == "《本地文件》（某府发〔2025〕1号）"


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ('list = "idle"', 'list = "idel"', r'line 8: unknown list "idel".*idle'),
        ('op = "="', 'op = "=="', r"line 13: unknown op"),
        ('"inventory_class"', '"inventory_clas"', r"line 13: unknown column"),
        ("verified = true", 'verified = "yes"', r'line 11: "verified" must be true or false'),
        ("why = ", "wy = ", r'line 10: unknown key "wy"'),
        ('id = "ours"', "", r'"id" is missing'),
        ('document = "本地文件", ', "", r"basis without a document"),
        ('version = "1"', "", r'"version" is missing'),
        ('version = "1"', "version = ", r"is not TOML"),
    ],
)
def test_a_mistake_in_it_is_told_with_its_line(was, now, told):
    with pytest.raises(ConfigError, match=r"(?s)ours\.toml.*" + told):
        parse_disposal(OURS.replace(was, now, 1), "ours.toml")


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ConfigError, match=r"cannot be read"):
        load_disposal(tmp_path / "none.toml")


# --- records counted --------------------


def records(*rows):
    frame = pd.DataFrame([{"land": "A", "category": "idle", "disposed_area_m2": 60.0, **row} for row in rows])
    frame["disposed_on"] = pd.to_datetime(frame.get("disposed_on")).astype("datetime64[s]")
    return counted(frame, {"A": 100.0}, AS_OF)


@pytest.mark.parametrize(
    ("row", "entry"),
    [
        ({"disposed_on": "2024-12-31"}, "disposed"),
        ({"disposed_on": "2025-01-01", "status": "disposed"}, "not_disposed"),
        ({"disposed_on": "2024-06-01", "status": "in_progress"}, "disposed"),
        ({"disposed_on": "2024-06-01", "status": "not_begun"}, "not_disposed"),
        ({"disposed_on": None, "status": "disposed"}, "disposed"),
        ({"disposed_on": None, "status": "in_progress"}, "not_disposed"),
        ({"disposed_on": None, "voucher": "销号单1"}, "disposed"),
        ({"disposed_on": None}, "not_disposed"),
        ({"disposed_on": "2024-06-01", "land": None}, "no_parcel"),
        ({"disposed_on": "2024-06-01", "category": None}, "no_category"),
    ],
)
def test_when_a_record_counts(row, entry):
    made = records(row)
    assert made["entry"].tolist() == [entry]
    assert made["counted_m2"].tolist() == [60.0 if entry == "disposed" else 0.0]


def test_an_area_listed_twice_counts_once_and_two_vouchers_are_two():
    day = {"disposed_on": "2024-06-01", "disposed_area_m2": 30.0}
    made = records({**day, "voucher": "1"}, day, {**day, "voucher": "1"}, {**day, "voucher": "2"})
    assert sorted(made["entry"]) == ["disposed", "disposed", "disposed_twice", "disposed_twice"]
    assert made["counted_m2"].sum() == 60.0


def test_the_land_is_the_most_that_can_be_disposed_of():
    made = records(
        {"disposed_on": "2024-05-01"}, {"disposed_on": "2024-03-01"}, {"disposed_on": "2024-06-01"}
    )
    assert made["counted_m2"].tolist() == [40.0, 60.0, 0.0]
    assert made["over_m2"].tolist() == [20.0, 0.0, 60.0]


def test_disposed_of_without_an_area_is_unknown_not_nought():
    made = records({"disposed_on": "2024-05-01", "disposed_area_m2": None})
    assert made["counted_m2"].isna().all()
    assert made["over_m2"].tolist() == [0.0]


# --- the campaign --------------------

INVENTORY = pd.DataFrame(
    {
        "district_code": ["321002"],
        "category": ["idle"],
        "district_name": ["甲区"],
        "n": [2],
        "area_m2": [300.0],
    }
)


def of_campaign(*done, target=200.0, year=2024, deadline=None, is_kept=True):
    targets = pd.DataFrame(
        {"district_code": ["321002"], "category": ["idle"], "target_m2": [target], "target_year": [year],
         "deadline_on": pd.to_datetime([deadline]).astype("datetime64[s]")}
    ).astype({"target_year": "Int64"})  # fmt: skip
    base = {"district_code": "321002", "category": "idle", "district_name": "甲区"}
    columns = ["district_code", "category", "district_name", "land", "counted_m2", "disposed_on"]
    rows = pd.DataFrame([{**base, **row} for row in done], columns=columns)
    rows = rows.astype({"counted_m2": "float64", "disposed_on": "datetime64[s]"})
    return campaign(INVENTORY, targets if target else targets[:0], rows, is_kept=is_kept)


def test_done_is_what_falls_into_the_year_of_the_target():
    table = of_campaign(
        {"land": "A", "counted_m2": 50.0, "disposed_on": pd.Timestamp("2024-01-01")},
        {"land": "A", "counted_m2": 20.0, "disposed_on": pd.Timestamp("2024-12-31")},
        {"land": "B", "counted_m2": 40.0, "disposed_on": pd.Timestamp("2023-12-31")},
        {"land": "C", "counted_m2": 10.0, "disposed_on": None},
    )
    row = table.iloc[0]
    assert (row["n"], row["area_m2"], row["n_disposed"], row["disposed_m2"]) == (2, 300.0, 3, 120.0)
    assert (row["done_m2"], row["done_ratio"]) == (80.0, 0.4)


def test_a_deadline_lengthens_the_window():
    one = {"land": "A", "counted_m2": 50.0, "disposed_on": pd.Timestamp("2025-06-30")}
    assert of_campaign(one).iloc[0]["done_ratio"] == 0.0
    assert of_campaign(one, deadline="2025-06-30").iloc[0]["done_ratio"] == 0.25


def test_done_is_unknown_without_target_ledger_or_area():
    one = {"land": "A", "counted_m2": 50.0, "disposed_on": None}
    assert pd.isna(of_campaign(one, target=None).iloc[0]["done_ratio"])
    none = of_campaign(is_kept=False).iloc[0]
    assert none[["done_ratio", "n_disposed"]].isna().all()
    unknown = of_campaign({**one, "counted_m2": None}).iloc[0]
    assert pd.isna(unknown["done_ratio"])
    assert unknown["n_area_unknown"] == 1
    assert of_campaign().iloc[0]["done_ratio"] == 0.0  # a ledger without a record of the district


def test_a_target_where_nothing_was_found_stays():
    empty = INVENTORY[:0]
    targets = pd.DataFrame({"district_code": ["X"], "category": ["idle"], "target_m2": [9.0],
                            "target_year": [2024], "deadline_on": [pd.NaT]})  # fmt: skip
    done = pd.DataFrame(
        columns=["district_code", "category", "district_name", "land", "counted_m2", "disposed_on"]
    )
    row = campaign(empty, targets, done, is_kept=True).iloc[0]
    assert (row["n"], row["area_m2"], row["target_m2"], row["done_ratio"]) == (0, 0.0, 9.0, 0.0)


# --- a whole run --------------------


def world(ledger=None, **changes):
    raw = four_squares.project(**changes)
    zones = raw["sources"]["zones"]["data"].assign(
        district_code=["321002", "321003"], district_name=["甲区", "乙区"]
    )
    raw["sources"]["zones"] = {"data": zones}
    supply = raw["sources"]["supply"]["data"].assign(
        delay_cause=["企业自身原因", None, None], price_cny=[1_000_000.0, None, None]
    )
    raw["sources"]["supply"] = {"data": supply, "columns": {"price_cny": {"to": "price_cny", "unit": "元"}}}
    raw["sources"]["approvals"] = {
        "data": four_squares.layer(
            [four_squares.box(0, 500, 600, 1000)],
            approval_id=["P1"],
            is_cleared=["是"],
            is_withdrawal_planned=["否"],
        )
    }
    raw["sources"]["targets"] = {
        "data": pd.DataFrame({"district_code": ["321002", "321002"], "place": "甲区", "year": [2024, 2024],
                              "item": ["闲置土地", "批而未供"], "value": [600.0, 150.0]}),
        "columns": {"value": {"to": "value", "unit": "亩"}},
    }  # fmt: skip
    if ledger is not None:
        columns = {"宗地代码": "parcel_id", "类别": "category", "处置方式": "way", "当前状态": "status",
                   "处置面积（亩）": {"to": "disposed_area_m2", "unit": "亩"}, "处置日期": "disposed_on",
                   "销号凭证": "voucher", "责任单位": "responsible_unit"}  # fmt: skip
        frame = pd.DataFrame(ledger).reindex(columns=list(columns))
        raw["sources"]["disposals"] = {"data": frame, "columns": columns}
    return raw


HEADERS = ("宗地代码", "类别", "处置方式", "当前状态", "处置面积（亩）", "处置日期")
LEDGER = [
    dict(zip(HEADERS, row, strict=True))
    for row in (
        ("A", "闲置土地", "征缴闲置费", "处置中", 300.0, "2024-05-01"),
        ("P1-01", None, "加快供地", "已处置", 75.0, "2024-06-01"),
        ("A", "闲置土地", "征缴闲置费", None, 600.0, "2024-07-01"),
        ("Q", "闲置土地", None, "已处置", 10.0, None),
    )
]


@pytest.fixture(scope="module")
def result():
    return landeff.run(world(LEDGER))


def test_the_campaign_of_a_run(result):
    table = result.table("campaign").set_index(["district_code", "category"])
    idle, batch = table.loc[("321002", "idle")], table.loc[("321002", "approved_unsupplied")]
    mu = four_squares.MU
    assert idle["disposed_m2"] == pytest.approx(750 * mu)  # 300 + 600, and A has 750
    assert idle["done_ratio"] == pytest.approx(750 / 600)
    assert batch["done_ratio"] == pytest.approx(0.5)
    assert (idle["n_disposed"], idle["n"], batch["n_disposed"]) == (1, 1, 1)


def test_campaign_sums_are_those_of_the_inventory(result):
    campaign_table, inventory = result.table("campaign"), result.table("inventory")
    assert campaign_table["n"].sum() == inventory["n"].sum()
    assert campaign_table["area_m2"].sum() == pytest.approx(inventory["area_m2"].sum())


def test_nothing_disposed_of_is_lost(result):
    ledger = result.table("ledger")
    lines = ledger[ledger["measure"] == "disposed_area"].set_index("entry")["value"] / four_squares.MU
    assert lines["total_in"] == pytest.approx(985)
    assert lines["disposed"] == pytest.approx(825)
    assert lines["over_land"] == pytest.approx(150)
    assert lines["no_parcel"] == pytest.approx(10)


def test_what_is_doubtful_is_told(result):
    issues = result.table("issues")
    told = issues[issues["table"] == "disposals"].set_index("code")["key"].to_dict()
    assert told["disposal_over_land"] == "A"
    assert told["disposal_land_unknown"] == "Q"


def test_proposals_of_a_run(result):
    table = result.table("proposals")
    assert table.loc[table["parcel_id"] == "A", "way"].tolist() == ["recovery"]  # due 2022-06-01: two years
    assert table.loc[table["parcel_id"] == "B", "way"].tolist() == ["check_first"]
    piece = table[table["remainder_id"].notna()]
    assert set(piece["approval_id"]) == {"P1"}


def test_a_correction_that_says_disposed_counts_as_the_whole_land():
    corrections = pd.DataFrame(
        {"表": ["判定"], "编号": ["A"], "字段": ["认定状态"], "原值": ["疑似"], "新值": ["已处置"],
         "理由": ["已收回"], "签字人": ["张三"]}
    )  # fmt: skip
    raw = world(LEDGER[:1])
    raw["sources"]["corrections"] = {"data": corrections}
    made = landeff.run(raw)
    row = made.table("campaign").set_index(["district_code", "category"]).loc[("321002", "idle")]
    assert row["disposed_m2"] == pytest.approx(500_000.0)
    assert row["n_disposed"] == 1
    lines = made.table("ledger").set_index(["measure", "entry"])["value"]
    assert lines[("disposed_area", "by_correction")] == pytest.approx(500_000 - 300 * four_squares.MU)


def test_rows_in_another_order_make_the_same_tables():
    one, two = landeff.run(world(LEDGER)), landeff.run(world(LEDGER[::-1]))
    for name in ("campaign", "proposals"):
        pd.testing.assert_frame_equal(one.table(name), two.table(name))


# --- the report and the workbook ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def book(result, tmp_path_factory):
    path = tmp_path_factory.mktemp("book") / "台账.xlsx"
    write_workbook(result.dataset, path)
    return openpyxl.load_workbook(path)


def row_of(page, key):
    head, *rows = page.iter_rows(values_only=True)
    return next(dict(zip(head, row, strict=True)) for row in rows if row[0] == key)


def test_the_report_says_what_was_done(result):
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", build_report(result.dataset)))
    assert "750.00 600.00 750.00 125.0" in text  # listed, target, disposed of, share done
    assert "完成率不详" not in text


def test_the_card_names_ways_grounds_and_what_was_recorded(book):
    row = row_of(book["疑似闲置"], "A")
    assert row["可选处置方式（以认定为准）"] == "无偿收回国有建设用地使用权"
    assert row["各方式依据"].endswith("《闲置土地处置办法》（国土资源部令第53号）第十四条第二项")
    assert (row["台账处置方式"], row["台账累计处置（亩）"], row["剩余面积（亩）"]) == (
        "征缴土地闲置费",
        750,
        0,
    )
    piece = row_of(book["批而未供"], "P1-01")
    assert piece["可选处置方式（以认定为准）"] == "先核实"
    assert piece["须先查明的事实"] == "建筑基底面积"
    for name in ("责任单位", "包区领导", "完成时限", "销号凭证"):
        assert row[name] is None  # left to the user


def test_the_sheet_of_the_campaign(book):
    row = next(
        dict(zip([cell.value for cell in book["专项整治进度"][1]], each, strict=True))
        for each in book["专项整治进度"].iter_rows(min_row=2, values_only=True)
        if each[:1] == ("321002",) and each[2] == "批而未供"
    )
    assert (row["任务（亩）"], row["已处置面积（亩）"], row["完成率（%）"]) == (150, 75, 50)


def test_a_filled_in_sheet_is_read_as_a_ledger_of_disposals(book):
    headers = [cell.value for cell in book["疑似闲置"][1]]
    read = {each.to: each.header for each in propose(headers, "disposals") if each.to}
    assert read["parcel_id"] == "宗地代码"
    assert read["way"] == "处置方式"
    assert read["disposed_area_m2"] == "处置面积（亩）"
    assert (read["voucher"], read["leader"], read["deadline_on"]) == ("销号凭证", "包区领导", "完成时限")
