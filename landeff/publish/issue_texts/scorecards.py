"""Sentences of issues in Chinese: scorecards."""

from __future__ import annotations

SENTENCES = (
    (r"not used: it is for (.+), none of the years of the project",
     r"未启用：该标准适用于 \1 年，不在项目年度内"),
    (r"not used: valid (\S*) ?to (\S*), not on (\S+)", r"未启用：有效期 \1 至 \2，\3 不在其内"),
    (r"not used: not in force on (\S+)", r"未启用：\1 不在有效期内"),
    (r"name the one of these years, or write one beside the project file",
     "写入相应年度的，或在项目文件旁自备一份"),
    (r"used as the project says; its text was not verified", "按项目文件启用；未核对原文"),
    (r"compare it with the official document; a file of your own may replace it",
     "与正式文件核对；可用自备文件替换"),
    (r"unknown for every enterprise: no source has it", "来源中没有此项，全部企业按不清楚处理"),
    (r"add it to returns \(item:…\) or to the enterprises", "补入税收与产出表（item:…）或企业名录"),
    (r"taken as unknown: the scorecard needs a number", "按不清楚处理：评分标准要求数值"),
    (r"taken as unknown: the scorecard needs a date", "按不清楚处理：评分标准要求日期"),
    (r"taken as unknown: the scorecard needs a boolean", "按不清楚处理：评分标准要求“是”或“否”"),
    (r"correct the cells of that column", "更正该列单元格"),
    (r"no benchmark for (\d+): its points are unknown or follow the policy for missing ones",
     r"\1 年没有基准值：该项得分未知，或按缺项规则处理"),
    (r"add the year before to years, or the published value to the benchmarks",
     "把上一年度加入 years，或把公布值写入参照值表"),
    (r"equal totals in (\d+) got different simulated grades, in the order of their codes",
     r"\1 年同分企业按代码先后分入不同模拟等级"),
    (r"name tie_break in the scorecard, or ties = 'better'",
     "在评分标准中写明 tie_break（并列时比较的指标），或 ties = 'better'（同取较好一档）"),
)  # fmt: skip
