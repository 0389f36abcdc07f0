"""Who stands on which land, how money and land are divided, what measures are made of."""

import pandas as pd
from four_squares import E, N
from trap import Trap, project


def _with(link=None, compositions=None, tax="tax_paid", years=None, **sources):
    raw = project(**sources)
    raw["link"] = link or {}
    raw["scopes"] = {**raw["scopes"], "tax": tax}
    if compositions:
        raw["compositions"] = compositions
    if years:
        raw["project"]["years"] = years
    return raw


def _leases(**columns):
    return {"occupancy": {"data": pd.DataFrame(columns)}}


def _register(**columns):
    names = [f"{code}公司" for code in columns["enterprise_id"]]
    return {"enterprises": {"data": pd.DataFrame({**columns, "name": names}), "crs": "EPSG:4528"}}


def _money(**items):
    columns = {name: {"to": f"item:{name}", "unit": "元"} for name in items}
    frame = pd.DataFrame({"enterprise_id": ["H1", "H2"], **items})
    return {"returns": {"data": frame, "year": 2024, "columns": columns}}


def _net(**settings):
    return {"net": {"items": {"vat": 1, "refund": -1}, "document": "文件", "verified": True, **settings}}


def _floor_unknown(_folder):
    lease = _leases(parcel_id=["A"], enterprise_id=["T"], floor_area_m2=[900.0])
    return _with({"allocation": "by_floor_area"}, **lease)


def _more_than_the_parcel(_folder):
    return _with(**_leases(parcel_id=["A"], enterprise_id=["T"], land_area_m2=[600_000.0]))


def _elsewhere(_folder):
    return _with(**_register(enterprise_id=["H1"], x=[E + 3500.0], y=[N + 100.0]))


def _nowhere(_folder):
    return _with(**_register(enterprise_id=["H1"], x=[E + 100.0], y=[N + 900.0]))


def _degrees_of_no_system(_folder):
    sources = _register(enterprise_id=["H1"], lon=[119.4], lat=[32.38])
    del sources["enterprises"]["crs"]
    return _with(**sources)


def _owner_without_title(_folder):
    return _with(**_leases(parcel_id=["A"], enterprise_id=["T"], tenure=["自有"], land_area_m2=[1_000.0]))


def _group(_folder):
    return _with(**_register(enterprise_id=["H1", "TT"], group_id=["G", "G"]), **_lease_of("TT"))


def _lease_of(code):
    return _leases(parcel_id=["B"], enterprise_id=[code], land_area_m2=[1_000.0])


def _refund_not_reported(_folder):
    return _with(compositions=_net(), tax="net", **_money(vat=[9.0, 5.0], refund=[1.0, None]))


def _item_of_nobody(_folder):
    return _with(compositions=_net(), tax="net", **_money(vat=[9.0, 5.0]))


def _other_years(_folder):
    compositions = _net(years=[2024], missing="zero")
    return _with(compositions=compositions, tax="net", years=[2023, 2024], **_money(vat=[9.0, 5.0]))


def _not_verified(_folder):
    compositions = _net(verified=False, missing="zero")
    return _with(compositions=compositions, tax="net", **_money(vat=[9.0, 5.0]))


def _refund_with_a_minus(_folder):
    return _with(compositions=_net(), tax="net", **_money(vat=[9.0, 5.0], refund=[-1.0, -2.0]))


def _composed_of_itself(_folder):
    return _with(compositions={"net": {"items": {"net": 1, "energy_tce": 1}}}, **_money(vat=[9.0, 5.0]))


def _no_such_policy(_folder):
    return _with({"allocation": "by_floor"})


TRAPS = [
    Trap(
        "allocation_fallback",
        "声明按建筑面积分摊，而宗地上有企业建筑面积不详：该宗地改按占地面积，写明宗地",
        "Allocation by floor area, but the floor area of a firm on the parcel is unknown: by land, told",
        _floor_unknown,
        {"table": "occupancy", "value": "A, B, D", "n": 3},
        needs_run=True,
    ),
    Trap(
        "leases_exceed_parcel",
        "租赁面积之和超过宗地面积：同比例压缩到宗地面积",
        "Leases add up to more than the parcel: all scaled down to it",
        _more_than_the_parcel,
        {"table": "occupancy", "key": "A", "value": "600000.00", "column": "land_area_m2"},
        needs_run=True,
    ),
    Trap(
        "location_contradicts",
        "企业坐标落在另一宗地上：按声明的优先次序取舍，写明两处",
        "An enterprise's place is on another parcel than its title: decided by the declared precedence",
        _elsewhere,
        {"table": "enterprises", "key": "H1", "value": "C", "n": 1},
        needs_run=True,
    ),
    Trap(
        "location_off_parcels",
        "企业坐标不在任何宗地内：不据以确定用地",
        "An enterprise's place is on no parcel: it says nothing about land",
        _nowhere,
        {"table": "enterprises", "key": "H1", "column": ""},
        needs_run=True,
    ),
    Trap(
        "holder_contradicts_occupancy",
        "占用表写“自有”，而权利人是另一家：按声明的优先次序取舍",
        "The occupancy table has an owner who is not the holder: decided by the declared precedence",
        _owner_without_title,
        {"table": "occupancy", "key": "T", "value": "A"},
        needs_run=True,
    ),
    Trap(
        "group_paid_together",
        "集团内有的企业有用地而无税收（由总部汇总缴纳）：独立评价时提示",
        "A member of a group has land, its head office pays the tax: told where they are judged apart",
        _group,
        {"table": "enterprises", "key": "H1", "value": "TT", "n": 1},
        needs_run=True,
    ),
    Trap(
        "composition_item_missing",
        "组成项部分企业未填报：其合计按不清楚处理，不当作零",
        "An item of a composition is blank for some enterprises: their total is unknown, not less",
        _refund_not_reported,
        {"column": "refund", "value": "1 rows, 1 keys", "source_file": "", "n": 1},
        needs_run=True,
    ),
    Trap(
        "composition_item_missing",
        "组成项该来源从未填报：合计按不清楚处理，除非声明 missing",
        "An item of a composition is in no column of the source: the total is unknown unless declared",
        _item_of_nobody,
        {"column": "refund", "source_file": "returns", "n": 2},
        needs_run=True,
    ),
    Trap(
        "composition_not_stated",
        "组成只适用于部分年度：其余年度按不清楚处理",
        "A composition is stated for some years: unknown in the others",
        _other_years,
        {"key": "net", "n": 1},
        needs_run=True,
    ),
    Trap(
        "composition_unverified",
        "组成未核实：凡用到处均标注",
        "A composition that nobody verified: used as declared, marked wherever it shows",
        _not_verified,
        {"key": "net", "value": "+1 vat -1 refund"},
        needs_run=True,
    ),
    Trap(
        "composition_sign",
        "退税本身以负数填报而系数为 -1：减负得正，提示",
        "Refunds written with a minus and taken off: they are added, which is told",
        _refund_with_a_minus,
        {"column": "refund", "value": "-1", "n": 2},
        needs_run=True,
    ),
    Trap(
        "refused",
        "企业经纬度没有写明坐标系：拒绝（可能是 GCJ-02）",
        "Longitude and latitude of enterprises without a system: refused, they might be GCJ-02",
        _degrees_of_no_system,
        message="is in degrees",
    ),
    Trap(
        "refused",
        "组成以自身为组成项、单位不一致：拒绝并逐条列出",
        "A composition of itself, of several units: refused, each mistake listed",
        _composed_of_itself,
        message=r"cannot be made of itself[\s\S]*energy_tce is kept in tce",
    ),
    Trap(
        "refused",
        "没有这种分摊方式：拒绝并列出可用的",
        "No such policy: refused, the known ones listed",
        _no_such_policy,
        message=r"did you mean by_floor_area",
    ),
]
