"""Sentences about rules: which are used, which are not, and why."""

from __future__ import annotations

SENTENCES: tuple[tuple[str, str], ...] = (
    (r"replaces the rule of that name", "替换同名规则"),
    (r"off, since its text was not verified", "未启用：原文未核对"),
    (r"off, since it is of (.+)", r"未启用：属于其他地区（\1）"),
    (r"off, since it has no value for (.+)", r"未启用：缺少阈值 \1"),
    (r"skipped: valid (.+) to (.*), not on (\S+)", r"未启用：有效期 \1 至 \2，\3 不在其内"),
    (r"skipped: valid (.+), not on (\S+)", r"未启用：有效期 \1，\2 不在其内"),
    (r"name it in rules to use it", "如需启用，请在 rules 中写明其名称"),
    (r"give it under (.+)", r"请在 \1 下给出"),
    (r"used, though its text was not verified", "已启用，但原文未核对"),
    (r"compare the text", "请核对原文"),
    (r"used, though it is of (.+)", r"已启用，但属于其他地区（\1）"),
    (r"see whether it is meant", "请确认是否适用"),
    (r"cause taken as unknown; no fee or recovery is estimated", "原因按不清楚处理，不测算闲置费和收回"),
    (r"write 政府原因, 企业原因, 司法查封 or 混合原因", "请填写：政府原因、企业原因、司法查封或混合原因"),
)
