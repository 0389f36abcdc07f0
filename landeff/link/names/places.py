"""Names of places as names of firms use them: with 省/市 or without, in brackets or in front."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from stdnum import numdb

_SUFFIX = re.compile(
    r"(维吾尔自治区|壮族自治区|回族自治区|自治区|特别行政区|(?:[一-龥]{1,6}族)+自治[州县]|自治州|省|市|地区|盟|县|区|旗)$"
)
#: Not in the standard's list, but in front of many names.
_OTHERS = {"中国": "", "香港": "81", "澳门": "82", "台湾": "71", "HK": "81", "内蒙古": "15", "西藏": "54"}


@functools.cache
def places() -> Mapping[str, str]:
    """Name of a place without its suffix → its code: provinces and prefectures.

    >>> places()["扬州"], places()["江苏"]
    ('3210', '32')
    """
    found = dict(_OTHERS)
    for province, name, children in _provinces():
        found.setdefault(bare(name), province)
        for code, title in children:
            if code.endswith("00") and code != "0000":
                found.setdefault(bare(title), province + code[:2])
    return MappingProxyType({name: code for name, code in found.items() if len(name) >= 2})


@functools.cache
def counties() -> Mapping[str, frozenset[str]]:
    """Name of a county, county-level city or district, whole and bare → the codes it has had.

    >>> sorted(counties()["江阴"])
    ['320221', '320281', '322721', '329005']
    """
    found: dict[str, set[str]] = {}
    for province, _, children in _provinces():
        for code, title in children:
            if not code.endswith("00"):
                for name in (title, bare(title)):
                    if len(name) >= 2:
                        found.setdefault(name, set()).add(province + code)
    return MappingProxyType({name: frozenset(codes) for name, codes in found.items()})


@functools.cache
def written_places() -> Mapping[str, tuple[str, ...]]:
    """First two characters → every way to write a place that begins with them, longest first."""
    found: dict[str, set[str]] = {}
    whole = [
        title for province, name, children in _provinces() for title in (name, *(t for _, t in children))
    ]
    for text in {*whole, *(bare(title) for title in whole), *places(), *(f"{name}市" for name in places())}:
        if len(text) >= 2:
            found.setdefault(text[:2], set()).add(text)
    order = {
        start: tuple(sorted(texts, key=lambda text: (-len(text), text))) for start, texts in found.items()
    }
    return MappingProxyType(order)


@functools.cache
def bare(name: str) -> str:
    """A place without 省, 市, 县 …; 吉林市 keeps its 市, for 吉林 is the province.

    >>> bare("广西壮族自治区"), bare("扬州市"), bare("吉林市")
    ('广西', '扬州', '吉林市')
    """
    return name if name in _like_provinces() else _SUFFIX.sub("", name)


@functools.cache
def _like_provinces() -> frozenset[str]:
    """Prefectures that without their suffix are called like a province."""
    provinces = {name: _SUFFIX.sub("", name) for _, name, _ in _provinces()}
    return frozenset(
        title
        for _, _, children in _provinces()
        for code, title in children
        if code.endswith("00") and title not in provinces and _SUFFIX.sub("", title) in provinces.values()
    )


@functools.cache
def _provinces() -> tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]:
    """GB/T 2260 as python-stdnum carries it, superseded names included: province, title, (code, title) …"""
    return tuple(
        (low, _titles(info["province"])[0], _below(below))
        for _, low, _, info, below in numdb.get("cn/loc").prefixes
        if "province" in info
    )


def _below(entries: Iterable[Any]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (code, title) for _, code, _, info, _ in entries for title in _titles(info.get("county", "")) if title
    )


def _titles(text: str) -> list[str]:
    """Names of a code, each with the years it held in brackets before it."""
    names = [re.sub(r"\[.*?\]", "", part).strip() for part in text.split(",")]
    return [name for name in names if name not in ("市辖区", "县", "市区", "郊区", "省直辖县级行政单位")]
