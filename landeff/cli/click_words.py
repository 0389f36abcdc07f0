"""The words of click itself, in Chinese: usage, options, and what it says of a wrong command line."""

from __future__ import annotations

from typing import Any

import click
import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.types

_WORDS = {
    "Usage:": "用法：",
    "Options": "选项",
    "Commands": "命令",
    "Positional arguments": "参数",
    "Show this message and exit.": "显示本说明后退出",
    "Show the version and exit.": "显示版本后退出",
    "default: {default}": "默认：{default}",
    "required": "必填",
    "deprecated": "已停用",
    "Aborted!": "已中止！",
    "Error: {message}": "错误：{message}",
    "Try '{command} {option}' for help.": "详见 {command} {option}",
    "Missing command.": "缺少命令。",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing parameter: {param_name}": "缺少参数：{param_name}",
    "Missing {param_type}": "缺少 {param_type}",
    "No such option {name!r}.": "没有选项 {name!r}。",
    "No such command {name!r}.": "没有命令 {name!r}。",
    "Did you mean {possibility}?": "是否指 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "（是否指其中之一：{possibilities}？）",
    "Got unexpected extra argument ({args})": "多余的参数（{args}）",
    "Got unexpected extra arguments ({args})": "多余的参数（{args}）",
    "Option {name!r} does not take a value.": "选项 {name!r} 不带值。",
    "Option {name!r} requires an argument.": "选项 {name!r} 后要写值。",
    "Option {name!r} requires {nargs} arguments.": "选项 {name!r} 后要写 {nargs} 个值。",
    "Argument {name!r} takes {nargs} values.": "参数 {name!r} 要写 {nargs} 个值。",
    "Takes {nargs} values but 1 was given.": "要写 {nargs} 个值，只写了 1 个。",
    "Takes {nargs} values but {len} were given.": "要写 {nargs} 个值，写了 {len} 个。",
    "Invalid value: {message}": "值不对：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的值不对：{message}",
    "Choose from:\n\t{choices}": "可选：\n\t{choices}",
    "{value!r} is not {choice}.": "{value!r} 不是 {choice}。",
    "{value!r} is not one of {choices}.": "{value!r} 不是 {choices} 之一。",
    "{value} is not in the range {range}.": "{value} 不在 {range} 之内。",
    "{value!r} is not a valid {number_type}.": "{value!r} 不是有效的 {number_type}。",
    "{value!r} is not a valid boolean. Recognized values: {states}": "{value!r} 不是真假值，可用：{states}",
    "{name} {filename!r} is a file.": "{name} {filename!r} 是文件。",
    "{name} {filename!r} is a directory.": "{name} {filename!r} 是目录。",
    "{name} {filename!r} is not readable.": "{name} {filename!r} 读不了。",
    "{name} {filename!r} is not writable.": "{name} {filename!r} 写不了。",
    "{name} {filename!r} does not exist.": "{name} {filename!r} 不存在。",
    "file": "文件",
    "directory": "目录",
    "path": "路径",
}
_KINDS: dict[click.ParamType[Any], str] = {click.INT: "整数", click.FLOAT: "数", click.STRING: "文字"}
_MODULES = (click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.types)


def _chinese(text: str) -> str:
    return _WORDS.get(text, text)


def _chinese_of_many(one: str, many: str, n: int) -> str:
    return _chinese(one if n == 1 else many)


def speak_chinese() -> None:
    """Let click say its words in Chinese; it asks its own modules for ``_`` and ``ngettext``."""
    for module in _MODULES:
        for name, said in (("_", _chinese), ("ngettext", _chinese_of_many)):
            if hasattr(module, name):
                setattr(module, name, said)
    for kind, name in _KINDS.items():
        kind.name = name
