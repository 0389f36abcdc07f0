"""The city's files, as a bureau would hand them over."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import numpy as np
import pandas as pd

from landeff.sample import tables
from landeff.sample.city import City, draw_city
from landeff.sample.layers import write_geopackage, write_shapefile
from landeff.sample.sheets import write_workbook
from landeff.sample.statistics import benchmarks
from landeff.sample.taxes import TAX_WAN_PER_MU
from landeff.sample.truth import write_truth

SEED = 20241231


def write_city(folder: Path, seed: int = SEED) -> None:
    """Write the synthetic sample city, its project file and the truth planted in it.

    The same seed gives the same bytes (with the same versions of GDAL, GEOS, PROJ and numpy). Files that are
    there already are replaced; others are left alone.

    Args:
        folder: where to write; made if missing. ``truth/`` inside it is no input of a run.
        seed: of everything that is drawn.
    """
    folder.mkdir(parents=True, exist_ok=True)
    city = draw_city(seed)
    _write_layers(folder, city)
    tax_rows = _write_tables(folder, city, np.random.default_rng([seed, 200]))
    write_truth(folder / "truth", city, tax_rows)
    texts = resources.files("landeff.sample") / "texts"
    for name in ("project.toml", "README.md"):
        text = (texts / name).read_text(encoding="utf-8").replace("{seed}", str(seed))
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _write_layers(folder: Path, city: City) -> None:
    zones = city.land.zones.drop(columns="place").rename(
        columns={
            "zone_id": "园区代码",
            "name": "园区名称",
            "level": "级别",
            "parent_zone_id": "上级园区代码",
            "district_code": "县区代码",
            "district_name": "县区",
            "responsible_unit": "责任单位",
        }
    )
    zones["核准面积（公顷）"] = (zones.geometry.area * 0.8 / 1e4).round(2)
    write_geopackage(folder / "园区边界.gpkg", {"园区边界": zones})
    write_shapefile(folder / "县区界.shp", city.districts, has_cpg=True)
    write_geopackage(folder / "变更调查.gpkg", {"DLTB": city.land.survey})
    approvals = city.approvals.rename(columns={"批准面积": "批准面积（公顷）"})
    write_geopackage(folder / "建设用地批次.gpkg", {"批次": approvals})
    write_geopackage(folder / "规划管控.gpkg", city.plans)
    write_geopackage(folder / "建筑物.gpkg", {"建筑物": city.buildings})
    write_shapefile(folder / "宗地.shp", city.cadastre.drop(columns="planted"))


def _write_tables(folder: Path, city: City, rng: np.random.Generator) -> pd.DataFrame:
    """Write the workbooks; the rows of the tax tables come back with the place they were written to."""
    write_workbook(folder / "供地台账.xlsx", tables.supply_sheets(city.supply, rng))
    write_workbook(folder / "企业名录.xlsx", [tables.enterprise_sheet(city.people.enterprises, rng)])
    write_workbook(folder / "企业用地.xlsx", [tables.occupancy_sheet(city.people.occupancy)])
    write_workbook(folder / "产值.xlsx", [tables.output_sheet(city.taxes.output)])
    write_workbook(folder / "综合评价等级.xlsx", tables.grade_sheets(city.grades))
    write_workbook(folder / "统计与任务.xlsx", tables.statistics_sheets(city.totals, city.targets))
    write_workbook(folder / "参照值.xlsx", [tables.benchmark_sheet(benchmarks())])
    written = []
    for year in TAX_WAN_PER_MU:
        rows = city.taxes.rows[city.taxes.rows["year"] == year]
        sheet = tables.tax_sheet(rows, year)
        name = f"税收{year}.xlsx"
        write_workbook(folder / name, [sheet])
        written.append(rows.assign(source_file=name, source_row=np.arange(len(rows)) + sheet.first_row))
    return pd.concat(written, ignore_index=True)
