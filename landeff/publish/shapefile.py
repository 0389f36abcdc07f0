"""A layer as a Shapefile of this country's offices: GB18030 with ``.cpg``, short names, and what they mean.

A Shapefile holds names of 10 bytes, text of 254 bytes and dates without time; what it cannot hold is told.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio

from landeff.core.columns import title
from landeff.core.errors import OutputError
from landeff.core.issues import Issue
from landeff.publish.layer_file import GDAL_ERRORS, undated
from landeff.publish.plain import inert, plain

ENCODING = "GB18030"
_NAME_BYTES, _TEXT_BYTES = 10, 254
#: Short names that offices know, by column (三调 DLTB, 不动产 ZDJBXX, domain practice).
_SHORT = {
    "parcel_id": "ZDDM", "holder": "QLR", "holder_code": "QLRDM", "land_use_code": "DLBM", "land_use": "DLMC",
    "location": "ZL", "supply_id": "DZJGH", "contract_no": "HTBH", "zone_id": "KFQDM", "zone_name": "KFQMC",
    "district_code": "XZQDM", "district_name": "XZQMC", "area_m2": "TYMJ", "registered_area_m2": "ZDMJ",
}  # fmt: skip


def short_names(columns: list[str]) -> Mapping[str, str]:
    """Field name of each column: the usual one, else its beginning, told apart by a number.

    >>> list(short_names(["parcel_id", "actual_start_on", "actual_start_by", "tax_cny"]).values())
    ['ZDDM', 'actual_sta', 'actual_s_2', 'tax_cny']
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for column in columns:
        base = _SHORT.get(column) or _cut(column, _NAME_BYTES)
        name, number = base, 2
        while name.lower() in taken:
            tail = f"_{number}"
            name, number = _cut(base, _NAME_BYTES - len(tail)) + tail, number + 1
        taken.add(name.lower())
        names[column] = name
    return names


def write_shapefile(frame: gpd.GeoDataFrame, path: Path) -> tuple[Issue, ...]:
    """Write ``path`` (.shp) with .cpg, and ``<name>_字段对照.csv``: field, column, title, what was cut.

    Returns:
        An issue a column whose text was longer than the format holds.

    Raises:
        OutputError: it cannot be written.
    """
    plain_columns = [str(name) for name in frame.columns if name != frame.geometry.name]
    names = short_names(plain_columns)
    fields, issues = {}, []
    for column in plain_columns:
        fields[column], n_cut = _field(frame[column])
        if n_cut:
            decision = f"text cut to {_TEXT_BYTES} bytes in a Shapefile"
            fix = "take the GeoPackage, which holds all of it"
            issues.append(Issue("warning", "text_cut", "", decision, column=column, fix=fix, n=n_cut))
    written = gpd.GeoDataFrame(fields, geometry=frame.geometry, crs=frame.crs).rename(columns=names)
    try:
        with undated():
            pyogrio.write_dataframe(
                written,
                path,
                driver="ESRI Shapefile",
                encoding=ENCODING,
                promote_to_multi=True,
                layer_options={"DBF_DATE_LAST_UPDATE": "2000-01-01"},  # GDAL takes the clock's otherwise
            )
        path.with_suffix(".cpg").write_text(ENCODING, encoding="ascii")
    except GDAL_ERRORS as error:
        raise OutputError(
            f"{path.name} cannot be written: {error}", "choose another format or place"
        ) from error
    _name_map(names, {issue.column: issue.n for issue in issues}, path)
    return tuple(issues)


def _field(cells: pd.Series) -> tuple[pd.Series, int]:
    """Values as a dbf can hold them, and how many texts were cut."""
    if pd.api.types.is_datetime64_any_dtype(cells):
        return cells.astype("date32[pyarrow]"), 0
    if pd.api.types.is_bool_dtype(cells):
        return cells.map({True: "是", False: "否"}).astype("str"), 0
    if pd.api.types.is_numeric_dtype(cells):
        return cells, 0
    text = cells.map(plain, na_action="ignore").astype("str")
    cut = text.map(lambda value: _cut(value, _TEXT_BYTES), na_action="ignore")
    return cut, int((text.notna() & (text != cut)).sum())


def _cut(text: str, size: int) -> str:
    """As many characters as fit into ``size`` bytes of GB18030."""
    return text.encode(ENCODING, "replace")[:size].decode(ENCODING, "ignore")


def _name_map(names: Mapping[str, str], cut: Mapping[str, int], path: Path) -> None:
    """What each field means, for Excel."""
    rows = [
        (name, inert(column), inert(title(column).zh), inert(title(column).en), cut.get(column, 0))
        for column, name in names.items()
    ]
    with path.with_name(f"{path.stem}_字段对照.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["字段 field", "列 column", "名称", "title", "截断的文本数 texts cut"])
        writer.writerows(rows)
