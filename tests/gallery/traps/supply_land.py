"""Which land a supply record is: numbers doubled, missing or wrong, and what else can tell."""

import pandas as pd
from four_squares import box, layer
from trap import Trap, project

#: A, B and C are 500 000 m² as measured (750 mu registered), D is 250 000.
FIRM, PLACE = "示例华新机械有限公司", "示例市甲区建设路12号"
NONE = (None, None, None, None)


def _land(**columns):
    boxes = [box(0, 0, 1000, 500), box(1500, 0, 2500, 500), box(3000, 0, 4000, 500), box(4500, 0, 5000, 500)]
    frame = layer(boxes, parcel_id=["A", "B", "C", "D"], land_use_code="0601", holder_code=["H1", *NONE[1:]])
    text = {name: pd.Series(values, dtype="str") for name, values in columns.items()}
    return {"data": frame.assign(mu=[750.0, 750.0, 750.0, 375.0], **text), "columns": _MU}


_MU = {"mu": {"to": "registered_area_m2", "unit": "亩"}}


def _world(parcels, supply, **more):
    return lambda folder: project(parcels=_land(**parcels), supply={"data": pd.DataFrame(supply)}, **more)


def _batches():
    boxes = [box(-10, -10, 1010, 510), box(1490, -10, 2510, 510)]
    return {
        "data": layer(boxes, approval_id=["P1", "P2"], document=["苏政地〔2020〕7号", "苏政地〔2021〕9号"])
    }


TRAPS = [
    Trap(
        "contract_no_ambiguous",
        "同一合同编号在两条供地记录上，面积相同，分不出是哪一条：不对应、不重复计算，留待人工核对",
        "One contract number on two records of the same area: whose parcel it is nobody can tell; left open, "
        "and counted for neither",
        _world(
            {"contract_no": ["C1", *NONE[1:]]},
            {"supply_id": ["S1", "S2"], "contract_no": ["C1", "C1"], "supplied_area_m2": [5e5, 5e5]},
        ),
        {"table": "supply", "column": "contract_no", "value": "C1", "n": 2},
    ),
    Trap(
        "several_supply_records",
        "一宗地分两次供地，写了两个电子监管号：面积、价款相加，闲置计时取最严的一条并提示",
        "A parcel supplied in two pieces states both numbers: figures add up, the strictest record runs the "
        "idle clock, and that is told",
        _world(
            {"supply_id": ["S1、S2", *NONE[1:]]},
            {
                "supply_id": ["S1", "S2"],
                "supplied_area_m2": [2e5, 3e5],
                "agreed_start_on": ["2023-01-01", "2020-01-01"],
            },
        ),
        {"key": "A", "value": "S2、S1", "decision": "figures added up; dates and start of S2, the strictest"},
        needs_run=True,
    ),
    Trap(
        "supply_land_inferred",
        "供地记录与宗地没有共同的编号，但权利人、面积、坐落都相符且只有一宗：按此对应并提示",
        "Record and parcel share no number, but holder, area and location, as no other: taken, and told",
        _world(
            {"holder": [FIRM, *NONE[1:]], "location": [PLACE, *NONE[1:]]},
            {"supply_id": ["S1"], "holder": [FIRM], "location": ["建设路12号"], "supplied_area_m2": [501e3]},
        ),
        {"value": "S1", "decision": "parcel told by holder, area and location, which one alone has"},
    ),
    Trap(
        "supply_land_inferred",
        "供地台账是图层：合同图形九成以上落在一宗地内，按图形对应并提示",
        "The supply ledger is a layer: 90 % of the contract's polygon lie in one parcel; taken, and told",
        lambda folder: project(
            parcels=_land(),
            supply={"data": layer([box(0, 0, 1000, 480)], supply_id=["S1"])},
        ),
        {"value": "S1", "decision": "parcel told by geometry, which one alone has"},
    ),
    Trap(
        "supply_land_queued",
        "只有权利人和面积相符，坐落不详：不自动对应，宗地仍缺要件，留待人工核对",
        "Holder and area agree, but no location: the parcel stays without its record until a person says so",
        _world(
            {"holder": [FIRM, *NONE[1:]]},
            {"supply_id": ["S1"], "holder": [FIRM], "supplied_area_m2": [500e3]},
        ),
        {"value": "S1", "column": "supply_id"},
    ),
    Trap(
        "supply_without_land",
        "供地记录找不到任何宗地：面积和价款列入收支核对表，不丢失",
        "A record that no parcel answers to: its land and price stand in the ledger, not lost",
        _world({}, {"supply_id": ["S1"], "supplied_area_m2": [7e4]}),
        {"value": "S1", "n": 1},
    ),
    Trap(
        "supply_parcel_unknown",
        "供地记录写了宗地代码，图层中没有：提示",
        "A record states a parcel that the layer has not: told",
        _world({}, {"supply_id": ["S1"], "parcel_id": ["321003001002GB00012"]}),
        {"value": "321003001002GB00012", "column": "parcel_id", "key": "S1"},
    ),
    Trap(
        "supply_number_unknown",
        "宗地上的电子监管号在供地台账中查不到：提示",
        "A parcel carries a supply number that the ledger has not: told",
        _world({"supply_id": ["S404", *NONE[1:]]}, {"supply_id": ["S1"]}),
        {"table": "parcels", "value": "S404"},
    ),
    Trap(
        "approval_unknown",
        "供地台账中的批次号，批次图层中没有：提示",
        "A record states an approval batch that the layer has not: told",
        lambda folder: project(
            approvals=_batches(), supply={"data": pd.DataFrame({"supply_id": ["S1"], "approval_id": ["P9"]})}
        ),
        {"value": "P9", "column": "approval_id"},
    ),
    Trap(
        "approval_differs",
        "供地台账写批次 P2，按图形该地在批次 P1 内：以批次号为准并提示",
        "The record says batch P2, the land lies in P1: the number counts, and the difference is told",
        lambda folder: project(
            approvals=_batches(), supply={"data": pd.DataFrame({"supply_id": ["S1"], "approval_id": ["P2"]})}
        ),
        {"value": "P2", "decision": "the number counts; by the polygons the land lies in P1"},
    ),
]
