"""Numbers and places of land as they are compared: how a thing is written does not matter."""

from __future__ import annotations

import re

import pandas as pd

from landeff.core.parcel_code import SEVERAL, parcel_of
from landeff.link.names.extra import missing as extra_missing
from landeff.link.names.parse import normal

_BRACKETS = str.maketrans("[]【】〔〕{}〈〉", "()()()()()")
#: A location of fewer characters, or of places alone, says nothing.
_TELLING = 4
_PLACE = re.compile(
    r"^(?:(?:(?![路街巷号])[\u4e00-\u9fff]){1,12}?(?:省|自治区|市|地区|自治州|区|县|镇|乡|街道|开发区|园区))+(?=[\u4e00-\u9fffA-Z0-9])"
)


def stated(frame: pd.DataFrame, key: str, column: str) -> pd.DataFrame:
    """The numbers in a column, one a row: ``key`` and ``number``, several in a cell taken apart.

    Full width, blanks, small letters and kinds of brackets do not matter.

    >>> told = pd.DataFrame({"parcel_id": ["P1"], "contract_no": ["〔2020〕7号、［2020］9号"]})
    >>> stated(told, "parcel_id", "contract_no")["number"].tolist()
    ['(2020)7号', '(2020)9号']
    """
    if column not in frame:
        return pd.DataFrame({key: [], "number": []}, dtype="str")
    rows = frame[[key, column]].dropna().astype("str").set_axis([key, "number"], axis=1)
    rows["number"] = rows["number"].str.normalize("NFKC")
    if rows["number"].str.contains(SEVERAL).any():
        rows = rows.assign(number=rows["number"].str.split(SEVERAL, regex=True)).explode("number")
    rows["number"] = rows["number"].str.upper().str.translate(_BRACKETS).str.replace(r"\s", "", regex=True)
    rows = rows[rows["number"].fillna("") != ""].astype("str")
    return rows.drop_duplicates().sort_values([key, "number"], ignore_index=True)


def stated_parcels(frame: pd.DataFrame, key: str) -> pd.DataFrame:
    """The codes of parcels in ``parcel_id``: ``key``, ``number`` as written, ``parcel`` cut to 19 characters.

    >>> told = pd.DataFrame({"supply_id": ["S1"], "parcel_id": ["321003001002GB00012W00000000"]})
    >>> stated_parcels(told, "supply_id")["parcel"].tolist()
    ['321003001002GB00012']
    """
    rows = stated(frame.rename(columns={"parcel_id": "code"}), key, "code")
    return rows.assign(parcel=parcel_of(rows["number"]))


def names(written: pd.Series) -> pd.Series:
    """Names of holders as they are compared for being written alike; missing where there is none."""
    distinct = written.dropna().astype("str").unique()
    if extra_missing():
        plain = {name: re.sub(r"\W", "", name).upper() for name in distinct}
    else:
        plain = {name: normal(name) for name in distinct}
    told = written.map(plain).astype("str")
    return told.where(told.fillna("") != "")


def places(written: pd.Series) -> pd.DataFrame:
    """Locations in two parts: ``area`` (province to street, may be empty) and ``spot`` within it.

    ``spot`` is missing where the text says nothing, or only places.

    >>> places(pd.Series(["扬州市邗江区扬子江南路9号", "扬子江南路 9号", "邗江区"]))["spot"].tolist()
    ['扬子江南路9号', '扬子江南路9号', nan]
    """
    text = written.astype("str").str.normalize("NFKC").str.upper().str.replace(r"[^\w]|_", "", regex=True)
    area = text.str.extract(f"({_PLACE.pattern})", expand=False).fillna("")
    spot = text.where(area == "", text.str.replace(_PLACE, "", regex=True))
    spot = spot.where(spot.str.len() >= _TELLING)
    return pd.DataFrame({"area": area, "spot": spot}, index=written.index).astype("str")


def nested(one: pd.Series, other: pd.Series) -> pd.Series:
    """Whether of two places one is said within the other, or not said at all."""
    pairs = pd.DataFrame({"a": one, "b": other}).fillna("")
    distinct = pairs.drop_duplicates()
    fits = [a in b or b in a for a, b in zip(distinct["a"], distinct["b"], strict=True)]
    told = distinct.assign(fits=fits).set_index(["a", "b"])["fits"]
    at = pd.MultiIndex.from_frame(pairs)
    return pd.Series(told.reindex(at).to_numpy(dtype=bool), index=one.index)
