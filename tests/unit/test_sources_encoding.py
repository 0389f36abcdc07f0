"""Telling encodings apart: what reads right, what is asked for, and what is never passed over."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landeff.core.errors import InputError
from landeff.sources.text.encoding import Hint, codec, decode_cut, settle, settle_file
from landeff.sources.text.score import chances

#: Written by hand: what stands in parcel layers and firm lists.
SIMPLIFIED = [
    "扬州市邗江区蒋王街道",
    "黑龙江省",
    "江苏华信达机械制造有限公司",
    "1#厂房（二期）",
    "工业用地",
    "圩",
]
TRADITIONAL = ["臺北市信義區", "黑龍江省", "台灣積體電路製造股份有限公司", "工業用地", "桃園市龜山區"]
WESTERN = ["Müller & Söhne GmbH", "Zürich", "Île-de-France", "Rua da Conceição", "Malmö"]


@pytest.mark.parametrize(
    ("texts", "written", "read"),
    [
        (SIMPLIFIED, "gbk", "gb18030"),
        (SIMPLIFIED, "utf-8", "utf-8"),
        (TRADITIONAL, "big5", "cp950"),
        (TRADITIONAL, "utf-8", "utf-8"),
        (WESTERN, "latin-1", "cp1252"),
        (WESTERN, "utf-8", "utf-8"),
    ],
)
def test_each_encoding_is_told(texts: list[str], written: str, read: str) -> None:
    data = [text.encode(written) for text in texts]
    encoding, (issue,) = settle(data, "a.shp")
    assert encoding == read
    assert [text.decode(encoding) for text in data] == texts
    assert "confidence" in issue.decision
    assert issue.value in texts  # the sample is one of them, whole


@pytest.mark.parametrize("text", ["黑龙江省", "省", "扬州", "联通", "A座3号", "邵伯镇昭关村", "仪征市青山镇"])
@pytest.mark.parametrize("written", ["gbk", "utf-8"])
def test_one_name_is_enough(text: str, written: str) -> None:
    encoding, _ = settle([text.encode(written)], "a.shp")
    assert text.encode(written).decode(encoding) == text


@pytest.mark.parametrize("wrong", ["utf-8", "iso8859-1", "cp1252", "cp950"])
def test_what_a_file_says_of_itself_does_not_outweigh_its_characters(wrong: str) -> None:
    data = [text.encode("gbk") for text in SIMPLIFIED]
    encoding, (issue,) = settle(data, "a.shp", hints=[Hint("its .cpg", wrong, 1e4)])
    assert encoding == "gb18030"
    assert f"its .cpg says {wrong}, which the text contradicts" in issue.decision


def test_what_a_file_says_of_itself_decides_where_characters_do_not() -> None:
    data = ["é".encode()]  # 茅 in GBK
    with pytest.raises(InputError, match=r"in doubt.*茅"):
        settle(data, "a.shp")
    assert settle(data, "a.shp", hints=[Hint("its .cpg", "utf-8", 1e4)])[0] == "utf-8"
    assert settle(data, "a.shp", hints=[Hint("its .cpg", "gb18030", 1e4)])[0] == "gb18030"


@pytest.mark.parametrize(
    "data",
    [
        "東京都千代田区".encode("shift_jis"),  # valid as GBK, of characters that nobody uses
        "扬州示例公司".encode().decode("gbk", errors="ignore").encode("gbk"),  # UTF-8 once read as GBK
        "Malmö".encode("latin-1"),
    ],
)
def test_a_doubt_is_asked_about(data: bytes) -> None:
    with pytest.raises(InputError, match="encoding of its text is in doubt") as error:
        settle([data], "a.shp")
    assert "declare encoding" in error.value.fix


def test_valid_in_nothing() -> None:
    with pytest.raises(InputError, match="none of UTF-8, GB18030, Big5 and Western"):
        settle([b"\xff\xff\x81 \xff"], "a.shp")


def test_declared_wins_and_what_it_cannot_read_is_told() -> None:
    data = ["黑龙江省".encode("gbk"), "扬州".encode()]
    encoding, (issue,) = settle([*data, b"\xff\xff"], "a.shp", "GBK")
    assert (encoding, issue.code, issue.n) == ("gb18030", "text_undecodable", 1)
    assert settle(data[:1], "a.shp", "big5") == ("cp950", ())


def test_plain_ascii_needs_no_word() -> None:
    assert settle([b"A1", b""], "a.shp") == ("utf-8", ())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_whole_files_by_mark_or_width(encoding: str) -> None:
    data = "name,code,税收\nA,0012,1.5\n".encode(encoding)
    assert data.decode(settle_file(data, "a.csv")[0]).lstrip("\ufeff").startswith("name,code,税收")


def test_one_accent_in_a_utf8_file() -> None:
    assert settle_file("名称,n\nCafé,1\n".encode(), "a.csv")[0] == "utf-8"


@pytest.mark.parametrize("name", ["rot13", "base64", "zip", "hex", "klingon", "", "\0"])
def test_no_text_encodings(name: str) -> None:
    assert codec(name) is None


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=8))
@settings(max_examples=60)
def test_cutting_a_text_never_changes_what_is_whole(text: str) -> None:
    for encoding in ("gb18030", "utf-8"):
        data = text.encode(encoding)
        for end in range(len(data)):
            whole, was_cut = decode_cut(data[:end], encoding)
            assert text.startswith(whole)
            assert was_cut == (whole.encode(encoding) != data[:end])


@given(st.lists(st.binary(max_size=12), max_size=5))
def test_chances_sum_to_one_or_there_are_none(texts: list[bytes]) -> None:
    ranked = chances(texts, {})
    assert not ranked or sum(ranked.values()) == pytest.approx(1.0)
