"""界址点坐标 TXT as surveyors hand it over."""

from trap import Trap, project

HEAD = """[属性描述]
格式版本号=1.01版本
坐标系=2000国家大地坐标系
几度分带=3
投影类型=高斯克吕格
计量单位=米
带号=40
精度=0.001
转换参数=0,0,0,0,0,0,0
[地块坐标]
"""
A = """5,50.0000,A,甲,面,,工业用地,0601,@
J1,1,3584000.000,40443000.000
J2,1,3584000.000,40444000.000
J3,1,3584500.000,40444000.000
J4,1,3584500.000,40443000.000
J1,1,3584000.000,40443000.000
"""
B = """5,20.0000,B,乙,面,,工业用地,0601,@
J1,1,3584000.000,40444000.000
J2,1,3584000.000,40444400.000
J3,1,3584500.000,40444400.000
J4,1,3584500.000,40444000.000
J1,1,3584000.000,40444000.000
"""
COLUMNS = {"地块编号": "parcel_id", "地块面积（公顷）": {"to": "registered_area_m2", "unit": "公顷"}}


def _txt(*changes):
    """A builder of two parcels as text, with some of it changed."""

    def build(folder):
        text = HEAD + A + B
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path = folder / "界址点.txt"
        path.write_bytes(text.replace("\n", "\r\n").encode("gb18030"))
        return project(parcels={"path": str(path), "columns": COLUMNS})

    return build


def _swapped(folder):
    rows = []
    for line in (HEAD + A + B).splitlines():
        cells = line.split(",")
        rows.append(",".join([*cells[:2], cells[3], cells[2]]) if line.startswith("J") else line)
    path = folder / "界址点.txt"
    path.write_text("\n".join(rows), encoding="utf-8")
    return project(parcels={"path": str(path), "columns": COLUMNS})


NOT_DRAWN = "parcel left without a polygon: "
CLOSING = "J1,1,3584000.000,40444000.000\n"

TRAPS = [
    Trap(
        "area_unit_converted",
        "界址点 TXT 的地块面积写成平方米（应为公顷）：与图形比对后换算并提示",
        "A 界址点 TXT states areas in m² instead of hectares: told by the polygons, turned into hectares",
        _txt(("50.0000", "500000.00"), ("20.0000", "200000.00")),
        {"key": "A", "value": "500000.00", "source_row": 11, "n": 2},
    ),
    Trap(
        "axes_swapped",
        "界址点 TXT 横坐标写在前面：按数值大小对全文件互换并提示",
        "A 界址点 TXT has the easting first: exchanged for the whole file, and told",
        _swapped,
        {"n": 1, "source_file": "界址点.txt"},
    ),
    Trap(
        "closing_point_mended",
        "界址点 TXT 闭合点的 Y 写成了 X：首点能证明的按首点改正并提示",
        "The closing point of a 界址点 TXT repeats X as Y: put right where the first point proves it",
        _txt((A[A.rindex("J1") :] + "5,20", "J1,1,3584000.000,3584000.000\n5,20")),
        {"key": "A", "source_row": 16, "value": "3584000, 3584000"},
    ),
    Trap(
        "conversion_parameters_ignored",
        "界址点 TXT 的转换参数不为零：不使用、不显示、不带入成果，提示",
        "A 界址点 TXT holds conversion parameters: not applied, not shown, not kept",
        _txt(("参数=0,0,0,0,0,0,0", "参数=-12.3,45.6,78.9,1.1,2.2,3.3,4.4")),
        {"column": "转换参数", "value": ""},
    ),
    Trap(
        "lines_points_left_out",
        "界址点 TXT 中记录图形属性为线、点的行：未计入并提示",
        "Rows of a 界址点 TXT that are lines or points: left out, and told",
        _txt(("B,乙,面", "B,乙,线")),
        {"key": "B", "value": "线", "source_row": 17, "n": 1},
    ),
    Trap(
        "parcel_not_drawn",
        "界址点 TXT 中某行缺一个坐标：该地块不成图（进搁置表），写明行号，其余照读",
        "A point row of a 界址点 TXT lacks a number: its parcel has no polygon, the line is told",
        _txt(("J3,1,3584500.000,40444000.000", "J3,1,3584500.000")),
        {
            "key": "A",
            "source_row": 14,
            "value": "J3,1,3584500.000",
            "decision": NOT_DRAWN + "a row that is no point",
        },
    ),
    Trap(
        "parcel_not_drawn",
        "界址点 TXT 中一点的 X、Y 相同且无法证明：该地块不成图",
        "A point in the middle of a 界址点 TXT has X equal to Y: its parcel has no polygon",
        _txt(("J3,1,3584500.000,40444000.000", "J3,1,3584500.000,3584500.000")),
        {"key": "A", "source_row": 14, "decision": NOT_DRAWN + "a point out of place"},
    ),
    Trap(
        "parcel_not_drawn",
        "界址点 TXT 的界址点数多于实有行数，面积也对不上：该地块不成图",
        "A 界址点 TXT promises more points than it has, and the area disagrees: no polygon",
        _txt(("5,20.0000", "9,30.0000")),
        {"key": "B", "value": "9 / 5", "decision": NOT_DRAWN + "points missing or too many"},
    ),
    Trap(
        "parcel_row_mended",
        "界址点 TXT 的地块行末尾缺 @：照读并提示",
        "A parcel row of a 界址点 TXT lacks its @: read on, and told",
        _txt(("20.0000,B,乙,面,,工业用地,0601,@", "20.0000,B,乙,面,,工业用地,0601")),
        {"key": "B", "source_row": 17, "decision": "read on: row without @ at its end"},
    ),
    Trap(
        "point_count_differs",
        "界址点 TXT 的界址点数与行数不符，但面积与图形一致：照图并提示",
        "A 界址点 TXT has another number of points than stated, but the area agrees: drawn, and told",
        _txt(("5,20.0000", "7,20.0000")),
        {"key": "B", "source_row": 17, "value": "7 / 5"},
    ),
    Trap(
        "section_not_read",
        "界址点 TXT 带有 [项目信息] 等其他节：不使用，列出",
        "A 界址点 TXT has other sections, such as [项目信息]: not used, listed",
        _txt(("[属性描述]", "[项目信息]\n项目名称=示例\n[属性描述]")),
        {"severity": "info", "value": "[项目信息]"},
    ),
    Trap(
        "crs_inferred",
        "界址点 TXT 的坐标系为空：按横坐标推断为 CGCS2000 并提示",
        "A 界址点 TXT names no system: taken as CGCS2000 by its eastings, and told",
        _txt(("坐标系=2000国家大地坐标系", "坐标系=")),
        {"decision": "taken as EPSG:4528: CGCS2000, 3° zone 40, from the eastings"},
    ),
    Trap(
        "encoding_detected",
        "界址点 TXT 为 GBK 编码：识别并给出样例文字",
        "A 界址点 TXT is in GBK: detected, with a sample",
        _txt(("甲", "扬州")),
        {"severity": "info", "source_file": "界址点.txt"},
    ),
    Trap(
        "bad_geometry",
        "界址点 TXT 中无法成图的地块：搁置，不丢失",
        "A parcel of a 界址点 TXT without a polygon: set aside, not lost",
        _txt(("J3,1,3584500.000,40444000.000", "J3,1,3584500.000")),
        {"table": "parcels", "key": "A"},
    ),
    Trap(
        "refused",
        "界址点 TXT 声明为 80 国家大地坐标系：不作粗略转换，拒绝叠加并说明办法",
        "A 界址点 TXT is in Xi'an 80: never transformed roughly, refused for overlay",
        _txt(("2000国家", "80国家")),
        message="Xian 1980",
    ),
    Trap(
        "refused",
        "界址点 TXT 的带号与横坐标前两位不一致：拒绝，请更正或声明 crs",
        "The zone of a 界址点 TXT contradicts its eastings: refused",
        _txt(("带号=40", "带号=39")),
        message="eastings begin with 40",
    ),
    Trap(
        "refused",
        "界址点 TXT 为地方独立坐标系：拒绝，请声明 crs 或先转换",
        "A 界址点 TXT is in a local system: refused until a crs is declared",
        _txt(("2000国家大地坐标系", "扬州独立坐标系")),
        message="no system that landeff can tell",
    ),
]
