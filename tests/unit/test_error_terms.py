"""Errors in Chinese: every text that the package raises has one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import landeff
from landeff.core.errors import ConfigError, InputError, MissingExtraError, ProblemsError
from landeff.core.text import Term
from landeff.publish.error_terms import error_sentence, told_error

PACKAGE = Path(landeff.__file__).parent
ERRORS = {"ConfigError", "InputError", "OutputError", "LandeffError", "OfflineAssetError"}
HERE = "N9"


def _texts(node: ast.expr) -> Iterator[str]:
    """Texts that an expression can make, what it names replaced by a word; a hint may say nothing."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.Constant) else HERE for part in node.values]
        yield "".join(parts)
        yield "".join(parts[parts[0] == HERE :])
        yield "".join(part for part in parts if part != HERE)
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)


def _raised() -> Iterator[tuple[str, list[str]]]:
    """Where an error is made, and the forms of each of its texts."""
    for path in sorted(PACKAGE.rglob("*.py")):
        source = path.read_text("utf-8")
        if "Error(" not in source:
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ERRORS:
                for text in node.args[:2]:
                    forms = list(_texts(text))
                    if any(form.replace(HERE, "").strip(" .:;") for form in forms):
                        yield f"{path.relative_to(PACKAGE)}:{node.lineno}", forms


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text)


def test_every_error_has_its_chinese():
    raised = list(_raised())
    untold = [(place, forms[0]) for place, forms in raised if not any(map(_is_translated, forms))]
    assert len(raised) > 400
    assert untold == []


def _is_translated(text: str) -> bool:
    told = error_sentence(text).zh
    return told != text and (_is_chinese(told) or not _is_chinese(text))


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("there is no file 税收.xlsx.", "没有文件 税收.xlsx。"),
        ('税收.xlsx has no column "税额".', "税收.xlsx 没有“税额”列。"),
        ('did you mean "年度"? Its columns are: 年度, 名称', "是否指 年度？它的列有：年度, 名称"),
        ("[link] gruops is not known (did you mean groups?)", "[link] 没有 gruops 这个键（是否指 groups？）"),
        ("a.shp: transform: p.txt cannot be read (Permission denied).",
         "a.shp：transform：p.txt 读不了（没有权限）。"),
        ("图.dwg is an AutoCAD drawing, which landeff does not read.",
         "图.dwg 是AutoCAD 图形，本工具不读这种文件。"),
        ("a sentence that nobody translated", "a sentence that nobody translated"),
    ],
)  # fmt: skip
def test_what_is_named_stays_and_the_rest_is_chinese(english: str, chinese: str):
    assert error_sentence(english) == Term(chinese, english)


def test_all_problems_each_with_what_to_do():
    config = ConfigError(
        "p.toml: [scopes] tax is missing\n  [link] x is not known", "correct the keys named above"
    )
    assert (
        told_error(config, "zh") == "p.toml：[scopes] 缺 tax\n  [link] 没有 x 这个键\n处理：改正上面列出的键"
    )
    assert told_error(config, "en") == str(config)
    several = ProblemsError([InputError("there is no file a.", "correct path"), InputError("b has no rows.")])
    assert told_error(several, "zh") == "- 没有文件 a。处理：改正 path\n- b 没有数据行。"


def test_a_missing_extra_names_what_to_install():
    told = told_error(MissingExtraError("raster", "reading 夜光.tif", "rasterio"), "zh")
    assert told.startswith("读取 夜光.tif 需要安装附加组件 raster（缺 rasterio）。处理：")
    assert told.count('"landeff[raster]"') == 3
    assert "不联网时" in told


def test_hostile_names_pass_through_as_they_are():
    name = "{problem} \\1 {{x}} (?P<a>.*)"
    assert error_sentence(f"there is no file {name}.").zh == f"没有文件 {name}。"
