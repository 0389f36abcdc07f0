"""Zones, batches, plans and buildings that overlap, leave gaps, or do not say enough."""

from four_squares import box, layer
from trap import Trap, project


def _file(folder, table, frame):
    path = folder / f"{table}.gpkg"
    frame.to_file(path)
    return {"path": str(path)}


def _layers(folder, **frames):
    return project(**{table: _file(folder, table, frame) for table, frame in frames.items()})


def _zones(folder, *boxes, **columns):
    frame = layer(list(boxes), zone_id=[f"Z{number}" for number in range(1, len(boxes) + 1)], **columns)
    return _layers(folder, zones=frame)


def _zone_in_two_zones(folder):
    return _zones(folder, box(0, 0, 2100, 1000), box(2000, 0, 4000, 1000))


def _zones_by_precedence(folder):
    return _zones(folder, box(0, 0, 2100, 1000), box(2000, 0, 4000, 1000), precedence=[2, 1])


def _batches(folder):
    boxes = [box(0, 500, 600, 1000), box(500, 500, 1000, 1000)]
    return _layers(folder, approvals=layer(boxes, approval_id=["P1", "P2"]))


def _left_over_strip(folder):
    # parcel A ends at y = 500: 0.1 m × 1 000 m of the batch lie beyond it
    return _layers(folder, approvals=layer([box(0, 0, 1000, 500.1)], approval_id=["P1"]))


def _plans(folder):
    boxes = [box(0, 0, 600, 500), box(500, 0, 1000, 500), box(0, 0, 1000, 500)]
    columns = {"plan_id": ["G1", "G2", "G3"], "plan_kind": ["红线", "红线", "开发边界"]}
    return _layers(folder, plans=layer(boxes, **columns))


def _survey(folder, *boxes):
    columns = {"survey_id": [f"T{number}" for number in range(len(boxes))], "land_class_code": "0601"}
    return _layers(folder, survey=layer(list(boxes), **columns))


def _survey_of_half(folder):
    return _survey(folder, box(0, 0, 1000, 1000))


def _survey_twice(folder):
    return _survey(folder, box(0, 0, 2100, 1000), box(2000, 0, 4000, 1000))


def _buildings(folder, *boxes, **columns):
    keys = [f"K{number}" for number in range(1, len(boxes) + 1)]
    both = [*boxes, box(3100, 100, 3200, 200)]  # one in Z2, so that the layer knows that zone
    return _layers(folder, buildings=layer(both, building_id=[*keys, "Q"], **columns))


def _tower_on_podium(folder):
    return _buildings(
        folder,
        box(100, 100, 200, 200),
        box(120, 120, 140, 140),
        n_floors=[3, 20, 1],
        height_m=[12.0, 70.0, 4.0],
    )


def _no_storeys(folder):
    return _buildings(folder, box(100, 100, 200, 200), n_floors=[None, 1], height_m=[9.0, 4.0])


def _no_height(folder):
    return _buildings(folder, box(100, 100, 200, 200), n_floors=[1, 1])


def _one_zone_only(folder):
    frame = layer([box(100, 100, 200, 200)], building_id=["K1"], n_floors=[1], height_m=[6.0])
    return _layers(folder, buildings=frame)


def _same_number_twice(folder):
    boxes = [box(100, 100, 200, 200), box(300, 100, 400, 200), box(3100, 100, 3200, 200)]
    columns = {"building_id": ["K1", "K1", "Q"], "n_floors": [1, 2, 1], "height_m": [6.0, 6.0, 4.0]}
    return _layers(folder, buildings=layer(boxes, **columns))


TRAPS = [
    Trap(
        "zone_overlap",
        "两园区边界重叠、未设优先级：重叠部分计入代码在前的园区，并列入 zone_overlaps",
        "Two zones overlap and neither has precedence: the land is counted for the first by code",
        _zone_in_two_zones,
        {"table": "zones", "key": "Z1, Z2"},
    ),
    Trap(
        "zone_overlap",
        "两园区边界重叠（一区多园、代管），已设优先级：重叠部分计入优先级数字小的园区",
        "Two zones overlap and precedence is declared: the land is counted for the lower number",
        _zones_by_precedence,
        {"table": "zones", "key": "Z2, Z1"},
    ),
    Trap(
        "approvals_overlap",
        "两个批次图斑重叠：重叠部分只计入编号在前的批次",
        "Two approval batches overlap: the land is counted for the first by key",
        _batches,
        {"table": "approvals", "n": 1},
    ),
    Trap(
        "remainder_sliver",
        "宗地与批次界线差 0.1 米：细条不列入批而未供清单，面积仍在平衡表",
        "Parcel and batch end 0.1 m apart: the strip is not listed as unsupplied, the balance keeps it",
        _left_over_strip,
        {"table": "approvals", "n": 1},
        needs_run=True,
    ),
    Trap(
        "plans_overlap",
        "同类规划图斑重叠：重叠部分只计一次；不同类之间重叠不算问题",
        "Plan areas of one kind overlap: counted once; kinds may overlap one another",
        _plans,
        {"table": "plans", "n": 1},
    ),
    Trap(
        "survey_incomplete",
        "变更调查只覆盖园区一半：开发面积按不清楚处理",
        "The land survey covers half of a zone: its developed area is unknown",
        _survey_of_half,
        {"table": "zones", "key": "Z1"},
    ),
    Trap(
        "survey_overlap",
        "变更调查图斑重叠：重叠部分只计一次",
        "Survey patches overlap: counted once",
        _survey_twice,
        {"table": "survey", "n": 1},
    ),
    Trap(
        "buildings_overlap",
        "塔楼画在裙楼之上：基底只计一次，归层数较多的一幢",
        "A tower is drawn upon its podium: ground counted once, for the one with more storeys",
        _tower_on_podium,
        {"table": "buildings", "n": 1},
    ),
    Trap(
        "floor_area_unknown",
        "建筑没有层数也没有建筑面积：建筑面积按不清楚处理，不按零，容积率另列已知部分",
        "A building has neither storeys nor floor area: unknown, not nought; FAR keeps its known part",
        _no_storeys,
        {"table": "buildings", "column": "n_floors", "value": "K1", "n": 1},
    ),
    Trap(
        "storey_height_unknown",
        "工业用地上的建筑没有高度：不能判断层高是否超过8米，容积率按不清楚处理",
        "A building on industrial land has no height: whether its floors count twice, and FAR, are unknown",
        _no_height,
        {"table": "buildings", "column": "height_m", "value": "K1", "n": 1},
    ),
    Trap(
        "buildings_incomplete",
        "建筑物图层只有一个园区的：其余园区的建筑密度按不清楚处理，不按零",
        "The building layer holds one zone only: coverage in the others is unknown, not nought",
        _one_zone_only,
        {"table": "buildings", "value": "Z2", "n": 3},
    ),
    Trap(
        "buildings_incomplete",
        "两幢建筑同号，均搁置：所在宗地的建筑密度按不清楚处理",
        "Two buildings share a number and are set aside: coverage of the parcels they stand on is unknown",
        _same_number_twice,
        {"table": "buildings", "key": "K1", "value": "A"},
    ),
]
