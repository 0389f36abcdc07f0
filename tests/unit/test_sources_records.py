"""JSON records: arrays, several arrays, an object a line; digits and encodings kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from landeff.core.errors import InputError
from landeff.sources.readers import Options, Raw
from landeff.sources.tables.records import read_records


def records(folder: Path, text: str, encoding: str = "utf-8") -> Raw:
    path = folder / "a.json"
    path.write_bytes(text.encode(encoding))
    return read_records(path, Options())


def test_numbers_keep_their_digits(tmp_path: Path) -> None:
    raw = records(tmp_path, '[{"代码": 321003001002000012, "面积": 1.50, "有": true, "无": null}]')
    assert raw.frame.iloc[0].tolist() == ["321003001002000012", "1.50", True, None]


def test_nested_values_stay_text(tmp_path: Path) -> None:
    raw = records(tmp_path, '[{"分期": {"1": ["2019年01月30日", 10484.0000]}}, {"分期": []}]')
    assert raw.frame["分期"].tolist() == ['{"1": ["2019年01月30日", 10484.0000]}', "[]"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = '[{"土地使用权人": "扬州示例置业有限公司", "项目位置": "扬州市邗江区文昌西路北侧、站北路东侧"}]'
    assert records(tmp_path, text, encoding).frame["土地使用权人"].tolist() == ["扬州示例置业有限公司"]


def test_several_arrays_are_one_table_and_told(tmp_path: Path) -> None:
    raw = records(tmp_path, '[{"a": 1}, {"a": 2}]\n[{"b": 3}]')
    assert raw.rows.tolist() == [1, 2, 3]
    assert raw.frame["a"].notna().tolist() == [True, True, False]
    assert [(each.code, each.value) for each in raw.issues] == [("lists_joined", "2 + 1 records")]


def test_an_object_a_line(tmp_path: Path) -> None:
    raw = records(tmp_path, '{"a": 1, "list": [{"x": 1}]}\n{"a": 2}\n')
    assert raw.frame["a"].tolist() == ["1", "2"]
    assert raw.issues == ()


def test_what_an_interface_wraps_around_records(tmp_path: Path) -> None:
    raw = records(tmp_path, '{"code": 0, "data": [{"a": 1}, {"a": 2}]}')
    assert raw.frame["a"].tolist() == ["1", "2"]


def test_a_key_that_stands_twice_keeps_both_values(tmp_path: Path) -> None:
    assert records(tmp_path, '[{"a": 1, "a": 2}]').frame.iloc[0].to_dict() == {"a": "1", "a (2)": "2"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[{"a": 1}, {"a": 2}', "line 1"),
        ("[1, 2]", "record 1"),
        ('[{"a": 1}, "x"]', "record 2"),
        ('"x"', "not records"),
        ("<html>", "not JSON"),
        ("[" * 100_000, "nested"),
        ('[{"a": ' + "[" * 600 + "]" * 600 + "}]", "nested"),
    ],
)
def test_what_is_no_list_of_records(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as error:
        records(tmp_path, text)
    assert "a.json" in error.value.problem
    assert error.value.fix
