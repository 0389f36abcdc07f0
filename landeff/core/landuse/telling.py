"""Which classification a column of land-use codes is written in."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from landeff.core.landuse import DEFAULT, MIXED, use_of, uses

_OLD, _NEW, _OLDER = DEFAULT, "land_sea_2023", "gbt21010_2007"
#: Classes that land handed to a user has; streets, water and fields are no parcels of theirs.
_BUILT = frozenset(["industrial", "storage", "commercial", "residential", "public", "vacant"])

#: Share of the rows below which what speaks for a system is a slip of the pen.
_SLIPS = 0.02

#: Share of codes of three digits that begin with 0 from which on they are taken for those of 2007.
_WITH_ZERO = 0.1


@dataclass(frozen=True, slots=True)
class Told:
    """The system of a column.

    Attributes:
        system: of the column; ``mixed`` where it says two things at once.
        by: the codes that decided it, most frequent first; empty where the default was taken.
    """

    system: str
    by: tuple[str, ...] = ()


def tell_system(
    codes: pd.Series[str], names: pd.Series[str] | None = None, *, is_parcels: bool = False
) -> Told:
    """Tell the system of a column from the codes that only one system has, and from titles beside them.

    A code speaks for a system if no other has it (``05H1``, ``0604``, ``100101``, ``1402``) or if the title
    in ``names`` is that of the one system only (``1001`` 工业用地). A system that less than 2 % of the rows
    speak for has not been told: those are slips. Both told make the column ``mixed``; neither, GB/T 21010.

    Parcels are land that somebody uses: where one system would leave fewer of them built on than the other
    and nothing but its own codes speaks for it, the column is ``mixed`` too.

    >>> tell_system(pd.Series(["1001", "100101", "1402"])).system
    'land_sea_2023'
    >>> tell_system(pd.Series(["1001"]), pd.Series(["工业用地"])).by
    ('1001 工业用地',)
    >>> tell_system(pd.Series(["0601", "1104"])).system, tell_system(pd.Series(["0604", "1402"])).system
    ('gbt21010', 'mixed')
    """
    rows = pd.DataFrame({"code": codes.astype("str"), "name": None if names is None else names.astype("str")})
    rows = rows.dropna(subset=["code"]).fillna("")
    counted = rows.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    speaks = [_speaks_for(str(code), str(name)) for code, name in counted.index]
    said = {each: [f"{code} {name}".strip() for (code, name), to in zip(counted.index, speaks, strict=True)
                   if to == each] for each in (_OLD, _NEW)}  # fmt: skip
    told = {each: counted[[to == each for to in speaks]].sum() >= max(1, _SLIPS * len(rows)) for each in said}
    by_code = rows["code"].value_counts()
    if told[_OLD] and told[_NEW]:
        return Told(MIXED, (*said[_OLD][:3], *said[_NEW][:3]))
    if is_parcels and not told[_OLD]:
        old, new = (_built(by_code, each) for each in (_OLD, _NEW))
        if (old > new) if told[_NEW] else (old == 0 and new > 0):
            return Told(MIXED, tuple(str(code) for code in by_code.index[:3]))
    if told[_NEW]:
        return Told(_NEW, tuple(said[_NEW][:3]))
    return Told(_OLD)


def _speaks_for(code: str, name: str) -> str | None:
    old, new = use_of(code, _OLD), use_of(code, _NEW)
    if old is None or new is None:
        same = old is new or code[:1].isalpha()
        return None if same else _OLD if old else _NEW
    if old.title == new.title or name not in (old.title, new.title):
        return None
    return _OLD if name == old.title else _NEW


def _built(rows_by_code: pd.Series[int], system: str) -> int:
    found = [use_of(str(code), system) for code in rows_by_code.index]
    return int(rows_by_code[[use is not None and use.land_use_class in _BUILT for use in found]].sum())


def row_systems(codes: pd.Series[str], system: str) -> pd.Series[str]:
    """The system of each code: three digits are those of GB/T 21010-2007 where a tenth of them begin with 0.

    Without that zero they may be anything: codes of four digits that lost theirs in a spreadsheet, or no
    Chinese codes at all.

    >>> row_systems(pd.Series(["061", "103", "0601"]), "gbt21010").tolist()
    ['gbt21010_2007', 'gbt21010_2007', 'gbt21010']
    >>> row_systems(pd.Series(["601", "103"]), "gbt21010").tolist()
    ['gbt21010', 'gbt21010']
    """
    text = codes.astype("str")
    is_older = text.isin(list(uses(_OLDER)))
    share = float(text[is_older].str.startswith("0").mean()) if is_older.any() else 0.0
    if system != _OLDER and share < _WITH_ZERO:
        is_older[:] = False
    return pd.Series(system, index=codes.index, dtype="str").mask(is_older, _OLDER)
