"""Which canonical column a header probably is, and which table a file feeds.

Only proposals are made from it: a run uses what the project file declares. The words are in
:mod:`landeff.sources.columns.header_words`.
"""

from __future__ import annotations

import difflib
import functools
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from landeff.core.columns import COLUMNS
from landeff.core.tables import TABLES
from landeff.core.units import unit_in_header
from landeff.sources.columns.header_words import ANYWHERE, BY_TABLE
from landeff.sources.readers import Raw

_FUZZY = 0.75
#: dbf headers cannot afford brackets: ``面积亩``. 元 alone is left out (单元), so is 每亩.
_TRAILING_UNIT = re.compile(r"(.+[^每均/])(亩|公顷|平方米|万元|亿元)")

#: Characters that turn a header into another: 未供地面积 is not 供地面积.
_TURNING = frozenset("未不非无已上下新旧原前后内外起止最增减税额")
_LONG_ASCII = 8
#: ``3月``, ``2024年3月``: amounts of a month in a wide table of ``returns``.
_MONTH = re.compile(r"(?:(20\d\d)(?:年|[-./]))?(1[0-2]|0?[1-9])月份?")
#: A dbf field that a program numbered, since its name was cut to that of another: it may be anything.
_NUMBERED = re.compile(r".+_\d{1,2}")
#: Columns that share a header are numbered on reading: which is meant is for the user to say.
_SHARED = re.compile(r"(.+) \(\d+\)")
#: What a column is whose header ends so.
_ENDS: Mapping[str, str] = MappingProxyType(
    {"面积": "area", "日期": "date", "时间": "date", "代码": "code", "编码": "code", "编号": "code"}
    | {"金额": "money", "价款": "money", "名称": "text", "天数": "days", "人数": "count"}
)
#: What a layer of districts may say as well as others do.
_SAID_BY_DISTRICTS = {"district_code", "district_name"}
#: What a list of idle land says and a ledger of supplies does not, and what only a ledger says.
_SAID_BY_LISTS = frozenset(
    [
        "闲置类型",
        "闲置面积",
        "闲置土地面积",
        "清单面积",
        "清单类别",
        "列入日期",
        "列入清单日期",
        "下发日期",
        "预警类型",
        "预警日期",
        "疑点类型",
    ]
)
_SAID_BY_LEDGERS = {
    "agreed_start_on",
    "actual_start_on",
    "is_started",
    "signed_on",
    "price_cny",
    "new_start_on",
}
#: Bytes to which a dbf cuts a header, and how sure a header cut there is.
_CUT = (("gb18030", 0.8), ("utf-8", 0.7))
_DBF_BYTES = 10


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a header probably is: ``to`` (``None``: not recognised), the unit it names, certainty 0–1.

    ``year`` and ``month`` are those of the amounts in a column called ``2024年3月``.
    """

    header: str
    to: str | None
    unit: str | None
    score: float
    year: int | None = None
    month: int | None = None


def propose(headers: Sequence[str], table: str) -> list[Proposal]:
    """A canonical column for each header of a file that feeds ``table``; each column is proposed once.

    Columns of months of ``returns`` are all ``value``, if there are two of them or more.

    >>> [(each.to, each.unit) for each in propose(["ZDDM", "面积（亩）", "备用"], "parcels")]
    [('parcel_id', None), ('registered_area_m2', '亩'), (None, None)]
    """
    best: dict[str, tuple[float, int]] = {}
    found = [_match(header, table) for header in headers]
    for position, (to, score) in enumerate(found):
        if to is not None and score > best.get(to, (0.0, 0))[0]:
            best[to] = (score, position)
    proposals = []
    months = [_MONTH.fullmatch(_bare(header)) if table == "returns" else None for header in headers]
    is_monthly = sum(month is not None for month in months) >= 2
    for position, (header, (to, score)) in enumerate(zip(headers, found, strict=True)):
        month = months[position]
        if is_monthly and month:
            year = int(month[1]) if month[1] else None
            unit = unit_in_label(header)[1]
            proposals.append(Proposal(header, "value", unit, 0.9, year, int(month[2])))
            continue
        is_taken = to is None or best[to][1] != position
        unit = None if is_taken else unit_in_label(header)[1]
        proposals.append(Proposal(header, None if is_taken else to, unit, 0.0 if is_taken else score))
    return proposals


def guess_table(raw: Raw) -> tuple[str, float]:
    """The table a file probably feeds, with a score 0–1; ``("", 0.0)`` where nothing fits.

    The score is the mean of two: how many of the columns the table needs are there (the year may be
    declared), and how many of the file's headers the table knows. Tables with polygons are for layers.
    """
    has_geometry = "geometry" in raw.frame
    headers = [str(column) for column in raw.frame.columns if column != "geometry"]
    scores = {}
    for name, table in TABLES.items():
        if table.geometry != has_geometry:
            continue
        known = [(each.to, each.score) for each in propose(headers, name) if each.to]
        hits = dict(known)
        required = [_has(column, hits) for column in table.required if column != "year"]
        own = sum(score for to, score in known if _is_telling(to, name)) / max(len(headers), 1)
        scores[name] = (sum(required) / len(required) + own) / 2 if any(required) else 0.0
    if "districts" in scores and _is_of_another(headers):
        del scores["districts"]
    best = max(scores, key=lambda name: scores[name], default="")
    if best in ("supply", "extensions") and _is_list(headers):
        best, scores["system_list"] = "system_list", scores[best]  # its rows are of records, and no records
    return (best, round(scores[best], 3)) if best and scores[best] > 0 else ("", 0.0)


def _is_list(headers: Sequence[str]) -> bool:
    """Whether rows that name supply records are a list of idle land: two headers say so, none of a ledger."""
    told = {each.to for name in ("supply", "extensions") for each in propose(headers, name) if each.to}
    return len(_SAID_BY_LISTS & {_bare(header) for header in headers}) > 1 and not told & _SAID_BY_LEDGERS


def _is_of_another(headers: Sequence[str]) -> bool:
    """Whether a layer with a code of districts says more than they do: it is of other things."""
    others = [name for name, table in TABLES.items() if table.geometry and name != "districts"]
    told = [{each.to for each in propose(headers, name) if each.to} - _SAID_BY_DISTRICTS for name in others]
    return any(len(columns) > 1 for columns in told)


def item_of(word: str) -> str | None:
    """The item of ``returns`` that a word such as ``增值税`` means, ``None`` for one not known."""
    to = _aliases("returns").get(_bare(word), "")
    return to.removeprefix("item:") if to.startswith("item:") else None


def is_known_header(text: str) -> bool:
    """Whether any table knows a column by this header."""
    return _bare(text) in _known_anywhere()


def unit_in_label(header: str) -> tuple[str, str | None]:
    """Bare name and unit of a header, with brackets or without; in a two-row header in either part.

    >>> unit_in_label("税收（万元）/2024年")
    ('税收/2024年', '万元')
    >>> unit_in_label("面积亩")
    ('面积', '亩')
    """
    bare, unit = unit_in_header(header)
    trailing = _TRAILING_UNIT.fullmatch(header.strip())
    if unit is None and trailing:
        return trailing[1], trailing[2]
    if unit is not None or "/" not in header:
        return bare, unit
    parts = [unit_in_header(part) for part in header.split("/")]
    units = [unit for _, unit in parts if unit is not None]
    return ("/".join(name for name, _ in parts), units[-1]) if units else (bare, None)


def _has(column: str, hits: Mapping[str, float]) -> float:
    items = [score for to, score in hits.items() if to.startswith("item:")]
    if column in ("item", "value") and items:
        return max(items)
    return hits.get(column, 0.0)


def _is_telling(to: str, table: str) -> bool:
    return to.startswith("item:") or to in TABLES[table].columns


def _bare(header: str) -> str:
    text = unicodedata.normalize("NFKC", unit_in_label(header)[0]).casefold()
    return re.sub(r"[\s_*:]|\(.*?\)", "", text)


def _match(header: str, table: str) -> tuple[str | None, float]:
    if _SHARED.fullmatch(header):
        return None, 0.0
    aliases, bare = _aliases(table), _bare(header)
    if bare in aliases:
        return aliases[bare], 1.0
    parts = [part for part in bare.split("/") if part in aliases]
    if parts:
        return aliases[parts[-1]], 0.9
    return _cut_match(bare, header, aliases) or _near_match(bare, header, aliases)


def _cut_match(bare: str, header: str, aliases: Mapping[str, str]) -> tuple[str | None, float] | None:
    """What a header that fills the 10 bytes of a dbf was before it was cut, if only one column begins so.

    Where several do, nobody can tell (a column of ``None``); ``None`` where none does.
    """
    for encoding, score in _CUT:
        if _DBF_BYTES - len("汉".encode(encoding)) < len(header.encode(encoding)) <= _DBF_BYTES:
            found = {to for alias, to in aliases.items() if alias.startswith(bare)}
            if found and len(bare) > 2:
                return (found.pop(), score) if len(found) == 1 else (None, 0.0)
    return None


def _near_match(bare: str, header: str, aliases: Mapping[str, str]) -> tuple[str | None, float]:
    """The column whose header is most like ``bare``; none where two are equally like it."""
    # Short names differ from each other by a letter: only longer ones can be nearly right.
    if _NUMBERED.fullmatch(header) or len(bare) < (_LONG_ASCII if bare.isascii() else 4):
        return None, 0.0
    close = difflib.get_close_matches(bare, aliases, n=4, cutoff=_FUZZY)
    close = [
        alias
        for alias in close
        if not (set(alias) ^ set(bare)) & _TURNING and _ends_fit(bare, aliases[alias])
    ]
    if not close:
        return None, 0.0
    ratios = {alias: difflib.SequenceMatcher(None, bare, alias).ratio() for alias in close}
    best = max(ratios.values())
    found = {aliases[alias] for alias, ratio in ratios.items() if ratio >= best - 1e-9}
    return (found.pop(), round(best * 0.9, 3)) if len(found) == 1 else (None, 0.0)


def _ends_fit(bare: str, to: str) -> bool:
    """Whether the end of a header allows the column: 实际交地面积 is no date."""
    column = COLUMNS.get(to)
    kind = "money" if column is None else column.dimension or column.kind
    return all(kind == wanted for end, wanted in _ENDS.items() if bare.endswith(end))


@functools.cache
def _aliases(table: str) -> Mapping[str, str]:
    """Bare header → canonical column of ``table``; what the table says itself goes before what is general."""
    known = {*TABLES[table].columns}
    found: dict[str, str] = {}
    for text in (BY_TABLE.get(table, ""), ANYWHERE):
        for line in text.strip().splitlines():
            to, _, words = line.rpartition(": ")
            if to in known or to.startswith("item:"):
                for word in words.split():
                    found.setdefault(_bare(word), to)
    for to in TABLES[table].columns:
        column = COLUMNS.get(to)
        if column:
            found.setdefault(_bare(column.title.zh), to)
        found.setdefault(_bare(to), to)
    return MappingProxyType(found)


@functools.cache
def _known_anywhere() -> frozenset[str]:
    return frozenset(bare for table in TABLES for bare in _aliases(table))
