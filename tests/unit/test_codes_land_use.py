"""Land-use codes in four classifications; expected classes from their texts."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landeff.core.landuse import CLASSES, MIXED, SYSTEMS, is_developed, is_known, land_use_class, use_of, uses
from landeff.core.landuse.telling import row_systems, tell_system

OLD, NEW = "gbt21010", "land_sea_2023"


def told(*codes: str, names: list[str] | None = None, is_parcels: bool = False) -> str:
    titles = None if names is None else pd.Series(names, dtype="str")
    return tell_system(pd.Series(codes, dtype="str"), titles, is_parcels=is_parcels).system


@pytest.mark.parametrize(
    ("code", "system", "title", "kind", "built"),
    [
        ("0601", OLD, "工业用地", "industrial", True),
        ("0604", OLD, "仓储用地", "storage", True),
        ("0508", OLD, "物流仓储用地", "storage", True),
        ("05H1", OLD, "商业服务业设施用地", "commercial", True),
        ("0810A", OLD, "公园与绿地", "green", True),
        ("1006", OLD, "农村道路", "transport", False),
        ("1109", OLD, "水工建筑用地", "water", True),
        ("1201", OLD, "空闲地", "vacant", True),
        ("0201K", OLD, "果园", "farmland", False),
        ("1001", NEW, "工业用地", "industrial", True),
        ("100103", NEW, "工业用地", "industrial", True),
        ("1101", NEW, "物流仓储用地", "storage", True),
        ("09", NEW, "商业服务业用地", "commercial", True),
        ("05", NEW, "湿地", "water", False),
        ("0601", NEW, "农村道路", "transport", False),
        ("16", NEW, "留白用地", "other", None),
        ("2301", NEW, "空闲地", "vacant", True),
        ("061", "gbt21010_2007", "工业用地", "industrial", True),
        ("121", "gbt21010_2007", "空闲地", "vacant", True),
        ("203", "gbt21010_2007", "村庄", None, True),
        ("M3", OLD, "工业用地", "industrial", True),
        ("W1", NEW, "物流仓储用地", "storage", True),
        ("E2", OLD, "农林用地", "farmland", False),
    ],
)
def test_codes(code: str, system: str, title: str, kind: str | None, built: bool | None) -> None:
    use = use_of(code, system)
    assert use is not None
    assert (use.title, use.land_use_class, use.is_developed) == (title, kind, built)


@pytest.mark.parametrize("code", ["0605", "99", "601", "6", "", "工业用地", "1001 ", "10010", "Z1"])
def test_what_is_no_code(code: str) -> None:
    assert (use_of(code, OLD) is None) == (code != "1001 ")


def test_every_class_is_one_and_none_is_called_idle() -> None:
    for system in SYSTEMS:
        for use in uses(system).values():
            assert use.land_use_class is None or use.land_use_class in CLASSES
    assert not any("闲置" in each.zh for each in CLASSES.values())


def test_same_title_same_class_in_both_systems() -> None:
    """The guide of 2023 lists which of its classes are those of the land survey by the same name."""
    old = {use.title: use for use in uses(OLD).values() if len(use.code) == 4}
    both = [(old[use.title], use) for use in uses(NEW).values() if len(use.code) == 4 and use.title in old]
    assert len(both) > 40
    for one, other in both:
        same = (one.land_use_class, one.is_developed) == (other.land_use_class, other.is_developed)
        assert same, (one, other)


def test_how_many_there_are() -> None:
    """GB/T 21010-2017: 12 first-level and 73 second-level classes; 2023: 24 first-level classes."""
    own = {"00", "05H1", "0508", "08H1", "08H2"}  # of the third survey
    codes = [code for code in uses(OLD) if code not in own]
    assert [sum(len(code) == n for code in codes) for n in (2, 4)] == [12, 73]
    assert sum(len(code) == 2 for code in uses(NEW)) == 24


def test_systems_are_told() -> None:
    assert told("0601", "0701") == OLD
    assert told("1001", "100101") == NEW
    assert told("1001", "1101", "1401") == NEW
    assert told("1001", names=["工业用地"]) == NEW
    assert told("1001", names=["铁路用地"]) == OLD
    assert told("0601", "0604", "1402") == MIXED


def test_a_slip_does_not_turn_a_column() -> None:
    assert told(*["0601"] * 99, "1402", is_parcels=True) == OLD
    assert told(*["05H1"] * 99, "1402") == OLD


def test_parcels_are_not_all_railways() -> None:
    assert told("1001", "1001", is_parcels=True) == MIXED  # railways, or industry: who knows
    assert told("1001", "1001") == OLD  # a survey has railways
    assert told("0601", "0601", "1402", is_parcels=True) == MIXED


def test_mixed_codes_keep_what_they_agree_on() -> None:
    codes = pd.Series(["0701", "0601", "0801", "1402", "0604"], dtype="str")
    found = land_use_class(codes, MIXED).fillna("-").tolist()
    assert found == ["residential", "-", "public", "green", "storage"]


def test_three_digits() -> None:
    """061 has a leading zero, so it is no 0061; 601 may be 0601 that lost its own."""
    codes = pd.Series(["061", "103"], dtype="str")
    assert land_use_class(codes, row_systems(codes, OLD)).tolist() == ["industrial", "transport"]
    lost = pd.Series(["601", "103"], dtype="str")
    assert land_use_class(lost, row_systems(lost, OLD)).isna().all()


def test_each_row_by_its_own_system() -> None:
    codes = pd.Series(["1001", "1001", None], index=[5, 5, 2], dtype="str")
    system = pd.Series([NEW, None, NEW], index=codes.index, dtype="str")
    assert land_use_class(codes, system).fillna("-").tolist() == ["industrial", "transport", "-"]
    assert is_developed(codes, system).index.tolist() == [5, 5, 2]


@settings(deadline=None)
@given(st.lists(st.sampled_from(["0601", "1001", "M1", "99", "", None]), max_size=8))
def test_known_is_what_has_a_use(codes: list[str | None]) -> None:
    column = pd.Series(codes, dtype="str")
    wanted = [code is not None and use_of(code) is not None for code in codes]
    assert is_known(column).tolist() == wanted
