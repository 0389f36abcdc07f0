"""300 hostile texts in score sheets, in the comparison of two runs and in workbooks that are sent out."""

from __future__ import annotations

import dataclasses

import openpyxl
import pandas as pd
import pytest

import landeff
from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.comparison import sections
from landeff.publish.plain import plain
from landeff.publish.report import build_report
from landeff.publish.score_sheet import Sheet, draw_sheets
from landeff.publish.score_sheet.model import Line
from tests.support.hostile import HOSTILE, Elements


def _sheets(texts: list[str]) -> list[Sheet]:
    """Twelve texts a sheet, one in every place of it."""
    terms = [Term(text, text) for text in texts]
    return [
        Sheet(a, ((b, c.zh),), (Line(d, e, f, g, h.zh, "", i.zh, j.zh, k, l.zh),), ((b, c),), ((d, e),), (f,))
        for a, b, c, d, e, f, g, h, i, j, k, l in zip(*[iter(terms)] * 12, strict=True)  # noqa: E741
    ]


def _shows_all(page: str, harmless: str) -> None:
    hostile = Elements(page)
    assert hostile.tags == Elements(harmless).tags
    shown = "".join(hostile.text)
    for text in HOSTILE:
        assert plain(text) in shown


def test_score_sheets(tiny_dataset: Dataset) -> None:
    meta = dataclasses.replace(tiny_dataset.meta, name=f"</title></style>{HOSTILE[0]}")
    page = draw_sheets(_sheets(HOSTILE), Dataset(meta), "zh")
    _shows_all(page, draw_sheets(_sheets(["企"] * len(HOSTILE)), Dataset(tiny_dataset.meta), "zh"))


def _progress(texts: list[str]) -> pd.DataFrame:
    """Every text in one of six columns of a parcel that changed."""
    six = zip(*[iter(texts)] * 6, strict=True)
    columns = ["parcel_id", "outcome", "old_class", "new_class", "changed", "verdicts"]
    return pd.DataFrame(six, columns=columns).assign(area_m2=1.0)


def test_the_comparison_of_two_runs(tiny_dataset: Dataset) -> None:
    def page(texts: list[str]) -> str:
        tables = {"progress": _progress(texts), "matrix": pd.DataFrame(columns=["zone_id"])}
        return build_report(Dataset(tiny_dataset.meta, tables), "zh", sections)

    # as many outcomes as in the hostile table, since each has a row of its own in the sums
    harmless = [f"企{n}" if n % 6 == 1 else "企" for n in range(len(HOSTILE))]
    _shows_all(page(HOSTILE), page(harmless))


@pytest.fixture(scope="module")
def split_cells(
    tiny_dataset: Dataset, tmp_path_factory: pytest.TempPathFactory
) -> list[openpyxl.cell.cell.Cell]:
    """All cells of the workbooks of the districts, with hostile texts in every column of listed parcels."""
    listed = tiny_dataset.layer("parcels").query("inventory_class != 'none'")
    copies = -(-len(HOSTILE) // (len(listed) * 4))
    parcels = pd.concat(
        [listed.assign(parcel_id=listed["parcel_id"] + f"-{k}") for k in range(copies)], ignore_index=True
    )
    for offset, column in enumerate(("holder", "location", "land_use", "district_name")):
        texts = [HOSTILE[(offset * len(parcels) + i) % len(HOSTILE)] for i in range(len(parcels))]
        parcels[column] = pd.Series(texts, dtype=object)
    folder = tmp_path_factory.mktemp("split") / "files"
    landeff.Result(Dataset(tiny_dataset.meta, {**tiny_dataset.tables, "parcels": parcels})).split(folder)
    assert {path.suffix for path in folder.parent.rglob("*") if path.is_file()} == {".xlsx"}
    books = [openpyxl.load_workbook(path) for path in folder.iterdir()]
    return [cell for book in books for page in book for row in page.iter_rows() for cell in row]


def test_workbooks_that_are_sent_out(split_cells: list[openpyxl.cell.cell.Cell]) -> None:
    assert not [cell for cell in split_cells if cell.data_type == "f" or cell.hyperlink]
    shown = "\n".join(cell.value for cell in split_cells if isinstance(cell.value, str))
    missing = [text for text in HOSTILE if plain(text) not in shown]
    assert missing == []
