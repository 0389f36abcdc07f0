"""A proposed project file: what the given files seem to be, and what only the office can say."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from landeff.core.columns import COLUMNS, title
from landeff.core.datums import project_crs_problem
from landeff.core.errors import LandeffError
from landeff.core.tables import TABLES
from landeff.core.text import Lang, Term
from landeff.sources.columns import cells
from landeff.sources.columns.cell_marks import split_units
from landeff.sources.columns.header_words import TAXES
from landeff.sources.columns.headers import Proposal, guess_table, item_of, propose
from landeff.sources.columns.plan import ITEM
from landeff.sources.columns.plausible import likely_units, number
from landeff.sources.readers import Raw, read, reader_of

_LEAST_SCORE = 0.4
#: A column of more different words is no column of taxes.
_MOST_WORDS = 60
_COUNTY_DIGITS = 6
_TAX = "tax_paid"
_PERIOD = frozenset(["period_from_on", "period_to_on"])
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")

_HEADING = Term(
    "由 landeff init 根据文件内容提出，请逐项核对；以 # 开头的行未启用。",
    "Proposed by landeff init from what the files hold. Check every line; lines that begin with # are off.",
)
_CHECK_NAME = Term("项目名称", "name of the project")
_CHECK_CRS = Term("计算所用坐标系，请核对", "CRS of the project; check it")
_ASK_CRS = Term("各图层未说明坐标系，请填写后去掉 #", "no layer says; fill it in and remove #")
_ASK_YEARS = Term("请填写年度，例如 [2022, 2023, 2024]", "fill in the years, for instance [2022, 2023, 2024]")
_SCOPES = Term(
    "亩均指标的口径：分子、分母、面积依据", "what every per-mu figure counts: tax, land, basis of area"
)
_UNKNOWN_FILE = Term("未能识别", "not recognised")
_FAILED = Term("无法读取", "cannot be read")
_UNKNOWN_COLUMN = Term("未识别，原样保留", "not recognised, travels along")
_ASK_UNIT = Term("请填写单位后去掉 #", "fill in the unit and remove #")
_ASK_YEAR = Term("全部行的年度，表内没有年度列时填写", "the year of all rows, if there is no column of years")
_ASK_COLUMN = Term("必需，未找到对应列", "required, no column found")
_IN_CELLS = Term("单位见各单元格", "the cells name their units")
_YEAR_BY = Term(
    '按入库日期计年；按税款所属期则写 "period"',
    'the year of receipt counts; write "period" for that of the tax period',
)
_SUMMED = Term("同一企业同年同项的各行相加", "rows of one enterprise, year and item add up")
_PARTS = Term("乡镇、村合并为县区", "townships and villages make one polygon a county")
_CHECK_ITEMS = Term("请核对哪些计入；未列的搁置", "check what counts; what is not listed is set aside")
_ASK_LAYER_CRS = Term("图层未说明坐标系，请填写后去掉 #", "the layer does not say; fill it in and remove #")
_CERTAINTY = Term("相似度", "similarity")


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet or layer that was looked into; ``table`` is empty where it was not recognised."""

    path: Path
    name: str
    is_only: bool
    raw: Raw | None
    table: str
    problem: str = ""

    @property
    def proposals(self) -> list[Proposal]:
        """What its columns seem to be."""
        if self.raw is None or not self.table:
            return []
        return propose([str(each) for each in self.raw.frame.columns if each != "geometry"], self.table)


def propose_project(paths: Sequence[Path], lang: Lang, folder: Path = Path()) -> str:
    """Look into files and propose a project file for them, as TOML text with comments.

    What is not certain is a comment: unrecognised columns, units that no header names, files that cannot be
    read. Paths are written as seen from ``folder``, where the project file will stand.
    """
    parts = [part for path in sorted(paths) for part in _parts(path)]
    where = {path: _seen_from(folder, path) for path in paths}
    lines = [f"# {_HEADING.text(lang)}", *_project(parts, lang), ""]
    for table in TABLES:
        feeding = [part for part in parts if part.table == table]
        is_summed = any(_adds_up(part) for part in feeding)  # one policy for all sources of a table
        for part in feeding:
            source = _source(part, where[part.path], is_one_of_many=len(feeding) > 1, lang=lang)
            at = next(row for row, line in enumerate(source) if line.endswith(".columns]"))
            lines += [
                *source[:at],
                *[f'duplicates = "sum"  # {_SUMMED.text(lang)}'] * is_summed,
                *source[at:],
            ]
    for part in parts:
        if not part.table:
            lines += _left_over(part, lang)
    return "\n".join(lines).rstrip() + "\n"


def _seen_from(folder: Path, path: Path) -> str:
    """``path`` relative to ``folder``; as it is where they lie on different drives."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return path.as_posix()


def _parts(path: Path) -> Iterable[Part]:
    try:
        names = reader_of(path).names(path)
    except LandeffError as error:
        yield Part(path, "", True, None, "", str(error))
        return
    for name in names:
        is_only = len(names) == 1
        try:
            choice = {} if is_only else {_choice(path): name}
            raw = read(path, **choice)  # type: ignore[arg-type]  # layer or sheet, both text
        except LandeffError as error:
            yield Part(path, name, is_only, None, "", str(error))
            continue
        table, score = guess_table(raw)
        yield Part(path, name, is_only, raw, table if score >= _LEAST_SCORE else "")


def _choice(path: Path) -> str:
    return "layer" if reader_of(path).kind == "vector" else "sheet"


def _project(parts: Sequence[Part], lang: Lang) -> list[str]:
    systems = pd.Series([part.raw.crs for part in parts if part.raw and part.raw.crs], dtype="str")
    usable = [crs for crs in systems.unique() if project_crs_problem(crs) is None]
    projected = systems[systems.isin(usable) & systems.str.match(r"EPSG:(?!4326$|4490$)\d+$")]
    years = sorted({year for part in parts for year in _years(part)})
    items = [
        each.to.removeprefix(ITEM)
        for part in parts
        for each in part.proposals
        if each.to and each.to.startswith(ITEM)
    ]
    tax = next((item for item in (_TAX, *items) if item in items), _TAX)
    fed = {each.to for part in parts if part.table == "parcels" for each in part.proposals}
    lines = ["[project]", f"name = {quoted('')}  # {_CHECK_NAME.text(lang)}"]
    if len(projected):
        lines.append(f"crs = {quoted(str(projected.mode()[0]))}  # {_CHECK_CRS.text(lang)}")
    else:
        lines.append(f'# crs = "EPSG:4528"  # {_ASK_CRS.text(lang)}')
    lines.append(f"years = {years}" if years else f"years = []  # {_ASK_YEARS.text(lang)}")
    lines.append(f"{'' if years else '# '}as_of = {years[-1] if years else 2024}-12-31")
    land = "developed" if any(part.table == "survey" for part in parts) else "parcels"
    area = "registered" if "registered_area_m2" in fed and land == "parcels" else "ellipsoidal"
    scopes = [
        f"[scopes]  # {_SCOPES.text(lang)}",
        f"tax = {quoted(tax)}",
        f'land = "{land}"',
        f'area = "{area}"',
    ]
    return [*lines, "", *scopes, "", "[publish]", 'out = "maps"']


def _years(part: Part) -> list[int]:
    """Years of a money table: from its year column, else from the name of its file or sheet."""
    if part.table not in ("returns", "grades", "occupancy") or part.raw is None:
        return []
    own = [each.header for each in part.proposals if each.to == "year"]
    named = sorted({each.year for each in part.proposals if each.year})
    if named:
        return named
    if own:
        values = cells.integer(part.raw.frame[own[0]]).values.dropna()
        return [int(year) for year in values.unique() if 1949 <= int(year) <= 2200]
    return [int(year) for year in _YEAR.findall(f"{part.path.stem} {part.name}")[:1]]


def _source(part: Part, path: str, *, is_one_of_many: bool, lang: Lang) -> list[str]:
    head = f"sources.{part.table}"
    lines = [f"[[{head}]]" if is_one_of_many else f"[{head}]", f"path = {quoted(path)}"]
    if not part.is_only:
        lines.append(f"{_choice(part.path)} = {quoted(part.name)}")
    mapped = {each.to for each in part.proposals}
    lines += [*_of_years(part, mapped, lang), *_of_parts(part, lang)]
    if TABLES[part.table].geometry and part.raw is not None and part.raw.crs is None:
        lines.append(f'# crs = ""  # {_ASK_LAYER_CRS.text(lang)}')
    lines.append(f"[{head}.columns]")
    lines += [_column(each, part, lang) for each in part.proposals]
    if any(str(to).startswith(ITEM) for to in mapped):
        mapped |= {"item", "value"}
    lines += [
        f'# "" = {quoted(column)}  # {title(column).text(lang)}: {_ASK_COLUMN.text(lang)}'
        for column in TABLES[part.table].required
        if column not in mapped and column != "year"
    ]
    return [*lines, ""]


def _of_years(part: Part, mapped: set[str | None], lang: Lang) -> list[str]:
    """What says to which year the rows belong."""
    months = [each for each in part.proposals if each.month]
    needs_none = "year" in mapped or "year" not in TABLES[part.table].required
    if needs_none or (months and all(each.year for each in months)):
        return []
    has_period = bool(mapped & _PERIOD)
    if part.table == "returns" and ("received_on" in mapped or has_period):
        year_by = "received_on" if "received_on" in mapped else "period"
        choice = f"  # {_YEAR_BY.text(lang)}" if year_by == "received_on" and has_period else ""
        return [f"year_by = {quoted(year_by)}{choice}"]
    years = _years(part)
    return [f"year = {years[0]}" if years else f"# year = 2024  # {_ASK_YEAR.text(lang)}"]


def _of_parts(part: Part, lang: Lang) -> list[str]:
    """That townships and villages in a layer of divisions make one polygon a county."""
    code = next((each.header for each in part.proposals if each.to == "district_code"), None)
    if part.table != "districts" or part.raw is None or code is None:
        return []
    length = cells.text(part.raw.frame[code]).values.dropna().str.len()
    return [f'duplicates = "dissolve"  # {_PARTS.text(lang)}'] if (length > _COUNTY_DIGITS).any() else []


def _adds_up(part: Part) -> bool:
    """Whether several rows or columns of a source make the amount of a year."""
    has_dates = any(each.to in ("received_on", *_PERIOD) for each in part.proposals)
    return part.table == "returns" and (has_dates or any(each.month for each in part.proposals))


def _items(each: Proposal, part: Part) -> str:
    """``values`` for a column that names taxes and other items, as TOML; ``""`` where none is known.

    Taxes add up to the tax paid, unless the column has a line for their total.
    """
    if part.raw is None:
        return ""
    words = cells.text(part.raw.frame[each.header]).values.dropna().unique()
    found = {str(word): item_of(str(word)) for word in sorted(words)[:_MOST_WORDS]}
    known = {word: item for word, item in found.items() if item}
    if _TAX not in known.values():
        known = {word: _TAX if item in TAXES else item for word, item in known.items()}
    return ", ".join(f"{quoted(word)} = {quoted(item)}" for word, item in known.items())


def _column(each: Proposal, part: Part, lang: Lang) -> str:
    header = quoted(each.header)
    items = _items(each, part) if each.to == "item" and part.table == "returns" else ""
    if items:
        return f'{header} = {{ to = "item", values = {{ {items} }} }}  # {_CHECK_ITEMS.text(lang)}'
    if each.to is None:
        return f'# {header} = ""  # {_UNKNOWN_COLUMN.text(lang)}'
    doubt = "" if each.score >= 0.9 else f"  # {_CERTAINTY.text(lang)} {each.score:.2f}"
    if not _needs_unit(each.to):
        return f"{header} = {quoted(each.to)}{doubt}"
    of = "".join(f", {k} = {v}" for k, v in (("year", each.year), ("month", each.month)) if v)
    if each.unit is None and not of and _all_name_units(each, part):
        return f"{header} = {quoted(each.to)}  # {_IN_CELLS.text(lang)}"
    if each.unit is None:
        asked = f'# {header} = {{ to = {quoted(each.to)}{of}, unit = "" }}  # {_ASK_UNIT.text(lang)}'
        return asked + _hint(each, part, lang)
    return f"{header} = {{ to = {quoted(each.to)}{of}, unit = {quoted(each.unit)} }}{doubt}"


def _all_name_units(each: Proposal, part: Part) -> bool:
    """Whether every amount of a column names its unit."""
    if part.raw is None:
        return False
    bare, units = split_units(part.raw.frame[each.header])
    amounts = cells.number(bare).values.notna()
    return bool(amounts.any() and units[amounts].notna().all())


def _hint(each: Proposal, part: Part, lang: Lang) -> str:
    """What the numbers look like, for who has to say the unit."""
    if part.raw is None or each.to is None:
        return ""
    numbers = cells.number(part.raw.frame[each.header]).values.astype("float64").dropna()
    above = "、".join(part.raw.units)
    said = (
        Term(f"；表格上方写有 {above}", f"; the line above the table says {above}").text(lang)
        if above
        else ""
    )
    likely = likely_units(numbers, part.table, each.to)
    if not likely:
        return said
    middle = number(float(numbers[numbers > 0].median()))
    zh = f"；中位数 {middle}，像是{'或'.join(likely)}"
    return said + Term(zh, f"; median {middle}, looks like {' or '.join(likely)}").text(lang)


def _needs_unit(to: str) -> bool:
    return to.startswith(ITEM) or to == "value" or (to in COLUMNS and COLUMNS[to].dimension is not None)


def _left_over(part: Part, lang: Lang) -> list[str]:
    where = quoted(part.path.as_posix()) + ("" if part.is_only else f" {quoted(part.name)}")
    if part.raw is None:
        return [f"# {where}: {_FAILED.text(lang)}: {quoted(part.problem)}"]
    headers = ", ".join(quoted(str(column)) for column in part.raw.frame.columns)
    return [f"# {where}: {_UNKNOWN_FILE.text(lang)}: {headers}"]


def quoted(text: str) -> str:
    r"""Any text as a TOML basic string.

    >>> quoted('a"b\n')
    '"a\\"b\\n"'
    """
    named = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(named.get(char, _plain(char)) for char in text) + '"'


def _plain(char: str) -> str:
    """Characters that TOML forbids are written by number; half a surrogate pair cannot be written at all."""
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"
    return char if char.isprintable() else f"\\U{ord(char):08X}"
