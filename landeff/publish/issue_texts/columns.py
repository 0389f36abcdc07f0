"""Sentences about columns, units and codes."""

from __future__ import annotations

_DECLARE = "在项目文件中声明"

SENTENCES: tuple[tuple[str, str], ...] = (
    (r"kept in (.+) as declared; plausible as (.+) or (.+)", r"按声明的单位（\1）保留；按\2或\3才合常理"),
    (r"kept in (.+) as declared; plausible as (.+)", r"按声明的单位（\1）保留；按\2才合常理"),
    (
        r"kept in (.+) as declared; no other unit makes it plausible",
        r"按声明的单位（\1）保留；换用其他单位也不合常理",
    ),
    (r'if it is (\S+), declare unit = "\S+"', rf'如确为\1，{_DECLARE} unit = "\1"'),
    (r"check the unit declared for the column", "核对该列声明的单位"),
    (r"kept; far from what is usual", "保留；远离常见范围"),
    (r"check the value and its unit", "核对数值及其单位"),
    (r"kept in (.+) as declared; by the polygons it is (.+)", r"按声明的单位（\1）保留；与图形相比应为\2"),
    (r'declare unit = "(.+)"', rf'{_DECLARE} unit = "\1"'),
    (r"kept as it is: (\d+) characters, not 19 or 28", r"按原样保留：共 \1 位，应为 19 或 28 位"),
    (r"kept as it is: a letter where a digit belongs", "按原样保留：应为数字处有字母"),
    (r"kept as it is: no such ownership: (.+)", r"按原样保留：没有这种所有权代码：\1"),
    (r"kept as it is: no such kind of parcel: (.+)", r"按原样保留：没有这种宗地特征码：\1"),
    (r"kept as it is: no such kind of fixture: (.+)", r"按原样保留：没有这种定着物特征码：\1"),
    (r"kept as it is: its serial number is 00000", "按原样保留：顺序号为 00000"),
    (r"correct the code in the cadastre", "在地籍库中更正代码"),
    (r"write (\S+)", r"应写作 \1"),
    (r"check the six digits against GB/T 2260", "对照 GB/T 2260 核对六位代码"),
    (r"kept; (.+) was abolished in (\d+)", r"保留；\1已于 \2 年撤销"),
    (r"use (\d{6}) (.+)", r"改用 \1（\2）"),
    (r"use the code of today", "改用现行代码"),
    (
        r"kept as it is: the same wrong code elsewhere still matches",
        "按原样保留：其他表中同样的错码仍能对上",
    ),
    (r"compare with the business licence", "对照营业执照核对"),
    (r"kept as it is: (\d+) characters, not 18", r"按原样保留：共 \1 位，应为 18 位"),
    (r"kept as it is: characters that the code cannot have", "按原样保留：含该代码不使用的字符"),
    (r"kept; links to the same old code only", "保留；只能与相同的旧代码对上"),
    (r"add the unified social credit code of today", "补填现行统一社会信用代码"),
    (
        r"kept, not shown here: identity numbers of natural persons",
        "保留，此处不显示：自然人身份证号属个人信息",
    ),
    (r"leave the column out of what is handed on", "对外提供前去掉该列"),
    (r"a spreadsheet dropped the leading 0: write (\S+)", r"表格软件去掉了首位 0：应写作 \1"),
    (r"a spreadsheet dropped the leading 0: write (\S+) for (\S+)", r"表格软件去掉了首位 0：\2 应写作 \1"),
    (r"use a division of GB/T 4754-2017", "改用 GB/T 4754-2017 的大类代码"),
    (
        r"code kept; GB/T 4754-2017 has the title under (\d+)",
        r"代码保留；GB/T 4754-2017 中该名称的代码为 \1",
    ),
    (
        r"say which edition of GB/T 4754 the codes are of, or correct them",
        "说明代码所属的 GB/T 4754 版本，或更正代码",
    ),
    (r"kept; its class is unknown", "保留；用地类别不详"),
    (
        r"kept; class unknown, for the column mixes classifications \((.+)\)",
        r"保留；该列混用多种分类（\1），用地类别不详",
    ),
    (
        r'declare land_use_system = "(\S+)", or the right one',
        rf'{_DECLARE} land_use_system = "\1"，或正确的分类',
    ),
    (r"correct the codes, or declare land_use_system", f"更正代码，或{_DECLARE} land_use_system"),
    (r"read in land and sea classification of 2023, by (.+)", r"按 2023 年用地用海分类读取，依据：\1"),
    (
        r"cut to the 19 characters of the parcel; the whole code is kept as unit_code",
        "截取前 19 位作为宗地代码；完整单元号保留在 unit_code 列",
    ),
    (
        r'leave parcel_codes = "parcel" out to keep units apart',
        '如需区分单元，请删去 parcel_codes = "parcel"',
    ),
    (
        r"kept; units \(28 characters\) and parcels \(19\) do not match each other",
        "保留；28 位单元号与 19 位宗地代码对不上",
    ),
    (
        r'declare parcel_codes = "parcel" under \[sources\.(\S+)\]',
        r'在 [sources.\1] 中声明 parcel_codes = "parcel"',
    ),
)
