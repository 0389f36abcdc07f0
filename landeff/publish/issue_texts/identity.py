"""Sentences about who an enterprise is."""

from __future__ import annotations

SENTENCES: tuple[tuple[str, str], ...] = (
    (r"taken for (\S+), the one code that holds its organisation code",
     r"按含有该组织机构代码的唯一代码 \1 对应"),
    (r"each read as the only code whose check digits are right; see the table links",
     "各按唯一校验位符合的代码读取，见对应关系表 links"),
    (r"write the codes that the table links gives", "改为对应关系表 links 所列代码"),
    (r"read as (\S+); the only reading whose check digits are right", r"按 \1 读取：只有这样校验位才符合"),
    (r"enterprise told by its name, which one of the register alone has", "按名称对应，名录中只有一家同名"),
    (r"see the table links; fill in the codes", "见对应关系表 links；请补填代码"),
    (r"left open: a person has to say which enterprise it is", "未对应：须人工核对是哪家企业"),
    (r"fill in the code of the enterprise, or decide it in the review workbook",
     "补填企业代码，或在核对工作簿中作出判断"),
    (r"the code counts; the register has it for (.+)", r"以代码为准；名录中该代码属于 \1"),
    (r"correct the code or the name; a former name goes into former_names of the register",
     "更正代码或名称；若为曾用名，填入名录的曾用名列"),
    (r"one grade kept", "只保留一个等级"),
    (r"all rows counted", "各行都计入"),
    (r"delete the rows that say the same again", "删除重复填报的行"),
    (r"codes alone were followed: matching names needs the extra match",
     "只按代码对应：名称对应需要安装 match 扩展"),
)  # fmt: skip
