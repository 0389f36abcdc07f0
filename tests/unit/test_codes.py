"""Codes of parcels, enterprises, divisions and industries: their standards, and other implementations."""

from __future__ import annotations

import re
import string

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import ric, uscc
from stdnum.iso7064 import mod_11_10

from landeff.core import credit_code, parcel_code
from landeff.core.divisions import division
from landeff.core.industries import division_codes, divisions

#: Codes of listed companies as their licences show them.
PUBLIC = ["91330100799655058B", "9144030071526726XG", "914403001922038216", "91110000802100433B"]
DIGITS = st.text("0123456789", min_size=17, max_size=17)


def status(*codes: str) -> list[str]:
    return credit_code.statuses(pd.Series(codes, dtype="str")).tolist()


def test_public_codes_are_valid() -> None:
    assert status(*PUBLIC) == ["valid"] * 4


@settings(deadline=None)
@given(
    st.text("0123456789", min_size=8, max_size=8),
    st.text(credit_code.ALPHABET, min_size=9, max_size=9),
    st.sampled_from(credit_code.ALPHABET),
)
def test_check_digit_as_stdnum_has_it(head: str, body: str, last: str) -> None:
    code = head + body + last
    right = head + body + uscc.calc_check_digit(head + body)
    assert (status(code) == ["valid"]) == uscc.is_valid(code)
    assert status(right) == ["valid"]


@settings(deadline=None)
@given(st.sampled_from(PUBLIC), st.integers(0, 17), st.sampled_from(credit_code.ALPHABET))
def test_any_single_slip_is_caught(code: str, place: int, letter: str) -> None:
    slip = code[:place] + letter + code[place + 1 :]
    assert (status(slip) == ["valid"]) == (slip == code)  # weights are prime to 31


@pytest.mark.parametrize("code", PUBLIC)
def test_organisation_code_inside(code: str) -> None:
    """Places 9 to 17 are the organisation code of GB 11714 with its own check digit."""
    inner = code[8:17]
    assert status(inner) == ["organisation_code"]
    assert status("330100" + inner)[0] in ("tax_number", "register_number")  # one in 11 is both


@given(st.text("0123456789", min_size=14, max_size=14))
def test_register_numbers_as_stdnum_has_them(body: str) -> None:
    code = body + mod_11_10.calc_check_digit(body)
    assert status(code)[0] in ("register_number", "tax_number")
    wrong = body + str((int(code[-1]) + 1) % 10)
    assert status(wrong)[0] != "register_number"


@settings(deadline=None)  # stdnum reads its table of places on first use
@given(DIGITS)
def test_identity_numbers_as_stdnum_has_them(body: str) -> None:
    body = "110101" + "1985" + "0307" + body[:3]
    code = body + ric.calc_check_digit(body + "0")
    assert ric.is_valid(code)
    assert status(code)[0] in ("identity_number", "valid")  # one in 31 has both check digits


def test_letters_of_other_registers() -> None:
    """N2 is the register of village cooperatives; stdnum refuses it, GB 32100 does not."""
    body = "N2320102MF1234567"
    assert status(body + uscc.calc_check_digit(body)) == ["valid"]


def test_a_column_keeps_its_index_and_its_gaps() -> None:
    codes = pd.Series(
        [PUBLIC[0], None, "x", PUBLIC[0].lower(), "９" * 18], index=[9, 3, 3, 1, 0], dtype="str"
    )
    found = credit_code.statuses(codes)
    assert found.index.tolist() == [9, 3, 3, 1, 0]
    assert found.fillna("-").tolist() == ["valid", "-", "other", "other", "other"]


@given(st.sampled_from(PUBLIC))
def test_slips_of_the_pen_are_proposed(code: str) -> None:
    written = code.replace("0", "O").replace("1", "I").lower()
    assert credit_code.proposed(written) == code
    assert credit_code.proposed(code) == ""


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("321003001002GB00012", None),
        ("321003001002GB00012F00010001", None),
        ("321003001002GB00012W00000000", None),
        ("321003001002GB0012", "18 characters, not 19 or 28"),
        ("321003001002PB00012", "no such ownership: P"),
        ("321003001002GK00012", "no such kind of parcel: K"),
        ("321003001002GB00012K00000000", "no such kind of fixture: K"),
        ("32100300100OGB00012", "a letter where a digit belongs"),
        ("321003001002GB00000", "its serial number is 00000"),
    ],
)
def test_parcel_codes(code: str, fault: str | None) -> None:
    found = parcel_code.faults(pd.Series([code], dtype="str"))[0]
    assert (None if pd.isna(found) else found) == fault


@given(st.text(string.ascii_uppercase + string.digits, min_size=0, max_size=30) | st.from_regex(
    r"\A\d{12}[GJZ][ABCDEFSXWYHG]\d{5}([FLQW]\d{8})?\Z"))  # fmt: skip
def test_faultless_is_what_the_pattern_says(code: str) -> None:
    pattern = r"[0-9]{12}[GJZ][ABCDEFSXWYHG][0-9]{5}([FLQW][0-9]{8})?"
    is_right = re.fullmatch(pattern, code) is not None and code[14:19] != "00000"
    assert parcel_code.faults(pd.Series([code], dtype="str")).isna()[0] == is_right


def test_parts_of_a_unit() -> None:
    found = parcel_code.parts(pd.Series(["321003001002GB00012F00010002"], dtype="str")).iloc[0]
    assert found.to_dict() == {
        "division": "321003", "area": "001", "sub_area": "002", "ownership": "G", "kind": "B",
        "serial": "00012", "fixture": "F", "unit": "00010002",
    }  # fmt: skip
    assert parcel_code.OWNERSHIP["G"].zh == "国家所有"


@pytest.mark.parametrize(
    ("code", "name", "status"),
    [
        ("321000", "扬州市", "current"),
        ("321002", "广陵区", "current"),
        ("321003", "邗江区", "current"),
        ("321012", "江都区", "current"),
        ("321023", "宝应县", "current"),
        ("321081", "仪征市", "current"),
        ("321084", "高邮市", "current"),
        ("321011", "维扬区", "superseded"),
        ("321088", "江都市", "superseded"),
        ("321071", "扬州经济技术开发区", "statistical"),
        ("330113", "临平区", "current"),  # 国函〔2021〕31号
        ("320000", "江苏省", "current"),
        ("321070", "", "unknown"),
        ("32100", "", "unknown"),
        ("３２１０００", "", "unknown"),
    ],
)
def test_divisions(code: str, name: str, status: str) -> None:
    found = division(code)
    assert (found.name, found.status) == (name, status)


#: First and last division of each section, GB/T 4754-2017 table 1.
SECTIONS = {
    "A": (1, 5), "B": (6, 12), "C": (13, 43), "D": (44, 46), "E": (47, 50), "F": (51, 52), "G": (53, 60),
    "H": (61, 62), "I": (63, 65), "J": (66, 69), "K": (70, 70), "L": (71, 72), "M": (73, 75), "N": (76, 79),
    "O": (80, 82), "P": (83, 83), "Q": (84, 85), "R": (86, 90), "S": (91, 96), "T": (97, 97),
}  # fmt: skip


def test_sections_of_industries() -> None:
    wanted = {f"{n:02d}": letter for letter, (a, b) in SECTIONS.items() for n in range(a, b + 1)}
    assert {code: each.section for code, each in divisions().items()} == wanted
    assert [code for code, each in divisions().items() if each.is_manufacturing] == [
        str(n) for n in range(13, 44)
    ]
    assert len({each.title.zh for each in divisions().values()}) == 97


def test_codes_of_groups_and_classes() -> None:
    codes = pd.Series(["C3411", "341", "34", "A34", "98", "34110", "c36", None], dtype="str")
    assert division_codes(codes).fillna("-").tolist() == ["34", "34", "34", "-", "-", "-", "36", "-"]
