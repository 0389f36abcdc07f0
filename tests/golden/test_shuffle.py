"""The rows of every input in another order: the same tables and the same map, byte for byte."""

from __future__ import annotations

import dataclasses
import random
import re
import shutil
import zipfile
from pathlib import Path

import pandas as pd
import pyogrio
import pytest

import landeff

DATA = Path(__file__).parents[2] / "data"
#: Where a row stood, which is what was changed.
TRACE = ["source_file", "source_row", "supply_source_file", "supply_source_row", "evidence"]
#: In these the row numbers are also in ``value``, or decide between rows that are told by one issue.
ROWS_TOLD = ["value"]


def shuffle_layers(path: Path, target: Path) -> None:
    for name, _ in pyogrio.list_layers(path):
        options = {"encoding": "GBK"} if path.suffix == ".shp" else {"layer": name}
        layer = pyogrio.read_dataframe(path, **options).sample(frac=1, random_state=len(name))
        pyogrio.write_dataframe(layer, target, **options)
    target.with_suffix(".cpg").unlink(missing_ok=True)


def shuffle_workbook(path: Path, target: Path) -> None:
    """The rows of each sheet in another order, and nothing else: openpyxl would write the file anew."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        texts = re.findall(r"<si>(.*?)</si>", old.read("xl/sharedStrings.xml").decode("utf-8"), re.DOTALL)
        totals = {str(place) for place, text in enumerate(texts) if ">合计<" in text}
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = shuffle_rows(content.decode("utf-8"), totals).encode("utf-8")
            new.writestr(name, content)


def shuffle_rows(sheet: str, totals: set[str]) -> str:
    """Data rows in another order; title, note, headings and the total row stay."""
    areas = re.findall(r'<mergeCell ref="[A-Z]+(\d+):[A-Z]+(\d+)"', sheet)
    first = max([3, *(int(end) for start, end in areas if int(start) <= 3)]) + 1
    rows = list(re.finditer(r'<row r="(\d+)".*?</row>', sheet, re.DOTALL))
    total = re.match(r'<row [^>]*><c r="A\d+"[^>]* t="s"[^>]*><v>(\d+)</v>', rows[-1][0])
    data = rows[: -1 if total and total[1] in totals else None]
    data = [row for row in data if int(row[1]) >= first]
    moved = data.copy()
    random.Random(7).shuffle(moved)
    made = [
        re.sub(rf'( r="[A-Z]*){other[1]}"', rf'\g<1>{row[1]}"', other[0])
        for row, other in zip(data, moved, strict=True)
    ]
    return sheet[: data[0].start()] + "".join(made) + sheet[data[-1].end() :]


@pytest.fixture(scope="module")
def shuffled(tmp_path_factory: pytest.TempPathFactory) -> landeff.Result:
    folder = tmp_path_factory.mktemp("shuffled")
    for path in sorted(DATA.iterdir()):
        if path.suffix in (".gpkg", ".shp"):
            shuffle_layers(path, folder / path.name)
        elif path.suffix == ".xlsx":
            shuffle_workbook(path, folder / path.name)
    shutil.copy(DATA / "project.toml", folder)
    return landeff.run(folder / "project.toml")


def comparable(result: landeff.Result, name: str) -> pd.DataFrame:
    """A table without the places its rows came from; logs of rows in an order of their own."""
    table = pd.DataFrame(result.table(name)).drop(columns=TRACE, errors="ignore")
    if name == "issues":
        table = table.drop(columns=ROWS_TOLD)
    if name in ("issues", "set_aside"):
        table = table.sort_values(list(table.columns), ignore_index=True)
    return table


def test_the_rows_did_move(city: landeff.Result, shuffled: landeff.Result) -> None:
    assert (city.parcels["source_row"] != shuffled.parcels["source_row"]).mean() > 0.99


def test_tables(city: landeff.Result, shuffled: landeff.Result) -> None:
    assert set(city.dataset.tables) == set(shuffled.dataset.tables)
    different = []
    for name in city.dataset.tables:
        try:
            pd.testing.assert_frame_equal(
                comparable(city, name), comparable(shuffled, name), check_exact=True, obj=name
            )
        except AssertionError as error:
            different.append(str(error))
    assert not different, "\n\n".join(different)


def without_places(result: landeff.Result) -> landeff.Result:
    """A result that does not say from which row its values came: that is what was changed."""
    tables = {}
    for name, traced in result.dataset.tables.items():
        here = traced.columns.intersection([each for each in TRACE if each != "evidence"])
        table = traced.assign(**{each: traced[each].mask(traced[each].notna()) for each in here})
        if "evidence" in table:
            row = r'("source_row": )\d+'
            table["evidence"] = table["evidence"].str.replace(row, r"\1null", regex=True)
        tables[name] = table
    return dataclasses.replace(result, dataset=dataclasses.replace(result.dataset, tables=tables))


def test_map_bytes(city: landeff.Result, shuffled: landeff.Result, tmp_path: Path) -> None:
    drawn = []
    for name, result in (("city", city), ("shuffled", shuffled)):
        without_places(result).map().save(str(tmp_path / f"{name}.html"))
        drawn.append((tmp_path / f"{name}.html").read_bytes())
    assert drawn[0] == drawn[1]


def test_drawn_again_the_same_bytes(saved: Path, tmp_path: Path) -> None:
    again = landeff.load_result(saved)
    again.map().save(str(tmp_path / "map.html"))
    assert (tmp_path / "map.html").read_bytes() == (saved / "map.html").read_bytes()
    assert again.report() == (saved / "report.html").read_text(encoding="utf-8")
