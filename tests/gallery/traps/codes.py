"""Codes that break the standard they are of, and codes of several standards in one column."""

import geopandas as gpd
import pandas as pd
from four_squares import box, layer
from trap import Trap, project

#: Published codes of real companies; the invented ones below differ from them by a character.
GOOD = ["91330100799655058B", "9144030071526726XG", "914403001922038216"]


def _csv(folder, table, cells, **settings):
    path = folder / f"{table}.csv"
    pd.DataFrame(cells).to_csv(path, index=False, encoding="utf-8")
    return project(**{table: {"path": str(path), **settings}})


def _parcels(folder, ids, settings=None, **columns):
    shapes = [box(200 * i, 0, 200 * i + 100, 100) for i in range(len(ids))]
    frame: gpd.GeoDataFrame = layer(shapes, parcel_id=ids, **columns)
    path = folder / "宗地.gpkg"
    frame.to_file(path)
    return project(parcels={"path": str(path), **(settings or {})})


def _enterprises(folder, codes, **columns):
    cells = {"enterprise_id": codes, "name": [f"企业{i}" for i in range(len(codes))]}
    return _csv(folder, "enterprises", cells | columns)


def _one_digit_lost(folder):
    return _parcels(folder, ["321003001002GB00012", "321003001002GB0013"])


def _letter_o_in_parcel(folder):
    return _parcels(folder, ["321003001002GB00012", "32100300lOO2GB00013"])


def _district_of_old(folder):
    return _parcels(folder, ["P1", "P2"], district_code=["321088", "321002"])


def _no_such_district(folder):
    return _parcels(folder, ["P1", "P2", "P3"], district_code=["321002", "321003", "321999"])


def _units_beside_parcels(folder):
    raw = _parcels(folder, ["321003001002GB00012W00000000", "321003001002GB00013F00010001"])
    rows = pd.DataFrame({"parcel_id": ["321003001002GB00012"], "enterprise_id": ["H1"]})
    raw["sources"]["occupancy"] = {"data": rows}
    return raw


def _units_cut(folder):
    codes = ["321003001002GB00012W00000000", "321003001002GB00013F00010001"]
    return _parcels(folder, codes, {"parcel_codes": "parcel"})


def _wrong_check_digit(folder):
    return _enterprises(folder, [*GOOD, "91110000802100433A"])


def _no_such_character(folder):
    return _enterprises(folder, [*GOOD, "9111?000802100433B"])


def _old_codes(folder):
    # organisation code inside 91330100799655058B; 15-digit tax number: division, then the organisation code
    return _enterprises(folder, [*GOOD, "799655058", "330100799655058"])


def _person(folder):
    # the example of GB 11643-1999, annex A
    return _parcels(folder, ["P1", "P2"], holder_code=[GOOD[0], "11010519491231002X"])


def _industry_without_zero(folder):
    return _enterprises(folder, GOOD, industry_code=["3411", "26", "6"])


def _industry_of_2002(folder):
    return _enterprises(
        folder,
        GOOD,
        industry_code=["35", "26", "39"],
        industry=["通用设备制造业", "化学原料和化学制品制造业", ""],
    )


def _unknown_use(folder):
    return _parcels(folder, ["P1", "P2", "P3"], land_use_code=["0601", "0605", "0701"])


def _zero_lost(folder):
    path = folder / "宗地.gpkg"
    frame = layer([box(0, 0, 100, 100), box(200, 0, 300, 100)], parcel_id=["P1", "P2"], 用途=["0701", "601"])
    frame.to_file(path)
    return project(parcels={"path": str(path), "columns": {"用途": "land_use_code"}})


def _use_of_2023(folder):
    return _parcels(folder, ["P1", "P2", "P3"], land_use_code=["1001", "100102", "1101"])


def _uses_mixed(folder):
    return _parcels(folder, ["P1", "P2", "P3"], land_use_code=["0601", "0604", "100102"])


TRAPS = [
    Trap(
        "bad_parcel_code",
        "宗地代码少一位：保留并提示",
        "A parcel code lost a digit: kept and told",
        _one_digit_lost,
        {
            "key": "321003001002GB0013",
            "source_row": 2,
            "decision": "kept as it is: 18 characters, not 19 or 28",
        },
    ),
    Trap(
        "bad_parcel_code",
        "宗地代码中数字 1、0 写成字母 l、O：保留，给出应有的写法",
        "l and O stand for 1 and 0 in a parcel code: kept, the right code proposed",
        _letter_o_in_parcel,
        {"value": "32100300lOO2GB00013", "fix": "write 321003001002GB00013"},
    ),
    Trap(
        "superseded_division",
        "行政区划代码 321088（江都市，2011 年撤销）：保留，指出现行代码",
        "A division abolished in 2011: kept, today's code named",
        _district_of_old,
        {
            "column": "district_code",
            "value": "321088",
            "decision": "kept; 江都市 was abolished in 2011",
            "fix": "use 321012 江都区",
        },
    ),
    Trap(
        "unknown_division",
        "不存在的行政区划代码：保留并提示",
        "A division that never was: kept and told",
        _no_such_district,
        {"column": "district_code", "value": "321999", "source_row": 3},
    ),
    Trap(
        "unit_codes_unmatched",
        "宗地图层用 28 位不动产单元号，占用表用 19 位宗地代码：对不上，提示声明 parcel_codes",
        "Units of 28 characters in the layer, parcels of 19 in occupancy: unmatched; the key is named",
        _units_beside_parcels,
        {
            "table": "parcels",
            "value": "321003001002GB00012W00000000",
            "fix": 'declare parcel_codes = "parcel" under [sources.parcels]',
        },
    ),
    Trap(
        "unit_code_cut",
        '声明 parcel_codes = "parcel"：28 位截为 19 位，原号保留在 unit_code',
        'parcel_codes = "parcel": 28 characters are cut to 19, the whole code is kept',
        _units_cut,
        {"table": "parcels", "n": 2},
    ),
    Trap(
        "bad_check_digit",
        "统一社会信用代码末位校验不符：照留，同样的错码仍能对上",
        "The check digit of a credit code is wrong: kept, for it may still match itself",
        _wrong_check_digit,
        {"table": "enterprises", "key": "91110000802100433A", "source_row": 5},
    ),
    Trap(
        "bad_credit_code",
        "统一社会信用代码中有不可能出现的字符：照留并提示",
        "A credit code has a character that none can have: kept and told",
        _no_such_character,
        {
            "value": "9111?000802100433B",
            "decision": "kept as it is: characters that the code cannot have",
        },
    ),
    Trap(
        "old_enterprise_code",
        "9 位组织机构代码、15 位税务登记号混在统一社会信用代码中：保留并提示",
        "Codes of 9 and 15 characters from before 2015 among credit codes: kept and told",
        _old_codes,
        {"table": "enterprises", "value": "330100799655058, 799655058", "n": 2},
    ),
    Trap(
        "identity_number",
        "权利人代码为自然人身份证号：保留，问题表中不显示号码",
        "A holder is a natural person with an identity number: kept, never shown among the issues",
        _person,
        {"column": "holder_code", "value": "***", "n": 1},
    ),
    Trap(
        "unknown_industry_code",
        "行业代码被表格软件去掉首位 0：保留，给出应有的写法",
        "A spreadsheet dropped the leading 0 of an industry: kept, the right code proposed",
        _industry_without_zero,
        {"value": "6", "fix": "a spreadsheet dropped the leading 0: write 06"},
    ),
    Trap(
        "industry_contradicts_code",
        "行业代码 35 配“通用设备制造业”（2002 版编号，2017 版为 34）：代码照留并提示",
        "35 beside 通用设备制造业, as GB/T 4754-2002 numbered it: code kept and told",
        _industry_of_2002,
        {"value": "35 通用设备制造业", "decision": "code kept; GB/T 4754-2017 has the title under 34"},
    ),
    Trap(
        "unknown_land_use_code",
        "不存在的用途代码：用地类别按不清楚处理",
        "A land-use code that does not exist: its class is unknown",
        _unknown_use,
        {"column": "land_use_code", "value": "0605", "source_row": 2},
    ),
    Trap(
        "unknown_land_use_code",
        "0601 被去掉首位 0 成为 601：不当作其他代码，给出应有的写法",
        "0601 lost its 0: taken for no other code, the right one proposed",
        _zero_lost,
        {"value": "601", "fix": "a spreadsheet dropped the leading 0: write 0601 for 601"},
    ),
    Trap(
        "land_use_system_told",
        "用途代码有 100102（只见于 2023 年用地用海分类）：全列按该分类读取并提示，1001 是工业不是铁路",
        "100102 is of the classification of 2023 only: so the column is read; 1001 is industry, no railway",
        _use_of_2023,
        {"column": "land_use_code", "n": 3},
    ),
    Trap(
        "land_use_systems_mixed",
        "0604（只见于 GB/T 21010）与 100102（只见于用地用海）混用：含义有分歧的 0601 按不清楚处理",
        "Codes of two classifications in one column: 0601, which means two things, stays unknown",
        _uses_mixed,
        {"column": "land_use_code", "value": "0601", "n": 1},
    ),
]
