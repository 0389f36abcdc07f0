"""A small project on disk: one zone, five parcels, a supply ledger, a register and a tax table."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import geopandas as gpd
import openpyxl
import pytest
import shapely
from command_server import CommandServer

E, N = 40_443_000, 3_584_000
PROJECT = """
[project]
name = "五块地"
crs = "EPSG:4528"
years = [2024]
as_of = 2024-12-31

[scopes]
tax = "tax_paid"
land = "parcels"
area = "registered"

[sources.zones]
path = "园区.gpkg"
layer = "zones"

[sources.parcels]
path = "宗地.gpkg"
[sources.parcels.columns]
"宗地代码" = "parcel_id"
"权利人代码" = "holder_code"
"用途代码" = "land_use_code"
"面积亩" = { to = "registered_area_m2", unit = "亩" }
"电子监管号" = "supply_id"

[sources.supply]
path = "供地.csv"
[sources.supply.columns]
"电子监管号" = "supply_id"
"约定开工时间" = "agreed_start_on"
"是否动工" = "is_started"
"核查日期" = "start_checked_on"

[sources.returns]
path = "税收.xlsx"
sheet = "入库税收"
year = 2024
[sources.returns.columns]
"统一社会信用代码" = "enterprise_id"
"入库税收（万元）" = "item:tax_paid"

[standards]
rules = ["national/idle"]

[publish]
out = "out"
"""
CODES = [f"32100100100{digit}GB00001" for digit in range(1, 6)]
HOLDERS = ["H1", "H2", "H3", "H4", "H5"]


def square(position: int) -> shapely.Polygon:
    """200 m by 200 m: 40 000 m², 60 mu."""
    return shapely.box(E + 300 * position, N, E + 300 * position + 200, N + 200)


def write_layer(path: Path, layer: str, geometry: list[shapely.Geometry], **columns: list[object]) -> None:
    path.unlink(missing_ok=True)
    gpd.GeoDataFrame(columns, geometry=geometry, crs="EPSG:4528").to_file(path, layer=layer)


def write_parcels(folder: Path, **changes: list[object]) -> None:
    """The parcel layer, with some columns replaced."""
    columns: dict[str, list[object]] = {
        "宗地代码": list(CODES),
        "权利人代码": list(HOLDERS),
        "用途代码": ["0601"] * 5,
        "面积亩": [60.0] * 5,
        "电子监管号": ["S1", "S2", "S3", "S4", "S5"],
        "geometry": [square(position) for position in range(5)],
    }
    columns |= changes
    geometry = columns.pop("geometry")
    write_layer(folder / "宗地.gpkg", "宗地", geometry, **columns)  # type: ignore[arg-type]


def write_tax(folder: Path, name: str, rows: list[tuple[object, object]]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "入库税收"
    sheet.append(["五块地入库税收表", None])
    sheet.append(["统一社会信用代码", "入库税收（万元）"])
    for row in rows:
        sheet.append(row)
    book.save(folder / name)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project file; the parcels pay 10, 20, 30, 40 and 50 万元. The first is idle since 2023-06-01."""
    write_layer(
        tmp_path / "园区.gpkg",
        "zones",
        [shapely.box(E - 100, N - 100, E + 1500, N + 300)],
        zone_id=["Z1"],
        name=["甲园"],
    )
    write_parcels(tmp_path)
    write_tax(
        tmp_path, "税收.xlsx", [(holder, 10.0 * number) for number, holder in enumerate(HOLDERS, start=1)]
    )
    supply = "电子监管号,约定开工时间,是否动工,核查日期\nS1,2022-06-01,否,2024-03-01\nS2,2022-06-01,是,\n"
    (tmp_path / "供地.csv").write_text(supply, encoding="utf-8")
    path = tmp_path / "project.toml"
    path.write_text(PROJECT, encoding="utf-8")
    return path


Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def command_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CommandServer]:
    server = CommandServer(tmp_path_factory.mktemp("server"))
    yield server
    server.close()


@pytest.fixture
def landeff_command(tmp_path: Path, command_server: CommandServer) -> Command:
    """A command of its own process, run in an empty working directory; see :class:`CommandServer`."""
    place = tmp_path / "cwd"
    place.mkdir()

    def call(*words: object, cwd: Path = place, **environment: str) -> subprocess.CompletedProcess[str]:
        return command_server.call([str(word) for word in words], cwd, _settings(tmp_path, environment))

    return call


@pytest.fixture
def console_script(tmp_path: Path) -> Command:
    """The console script itself: for what depends on how it starts."""

    def call(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
        script = Path(sys.executable).parent / "landeff"
        return subprocess.run(
            [str(script), *map(str, words)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=tmp_path,
            env=_settings(tmp_path, environment),
            check=False,
        )

    return call


def _settings(home: Path, environment: dict[str, str]) -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "en_US.UTF-8", "HOME": str(home), **environment}


@pytest.fixture
def contents() -> Callable[[Path], dict[str, bytes]]:
    """Every file beneath a folder."""

    def read(folder: Path) -> dict[str, bytes]:
        files = (path for path in sorted(folder.rglob("*")) if path.is_file())
        return {str(path.relative_to(folder)): path.read_bytes() for path in files}

    return read


@pytest.fixture
def bad_rows(project: Path) -> Path:
    """The project with bad rows.

    Parcel 1 twice, parcel 3 with a negative area, parcel 4 a bow-tie; a rounded code and a text for money.
    """
    at = E + 900
    bow_tie = shapely.Polygon([(at, N), (at + 200, N + 200), (at + 200, N), (at, N + 200)])
    write_parcels(
        project.parent,
        宗地代码=[*CODES, CODES[0]],
        权利人代码=[*HOLDERS, "H1"],
        用途代码=["0601"] * 6,
        面积亩=[60.0, 60.0, -60.0, 60.0, 60.0, 61.0],
        电子监管号=["S1", "S2", "S3", "S4", "S5", "S1"],
        geometry=[square(0), square(1), square(2), bow_tie, square(4), square(0)],
    )
    rows: list[tuple[object, object]] = [(holder, 10.0 * n) for n, holder in enumerate(HOLDERS, start=1)]
    write_tax(project.parent, "税收.xlsx", [*rows, (9.13210020005657e17, 5.0), ("H2", "约7万")])
    return project


@pytest.fixture
def other_files(project: Path) -> Path:
    """Beside the project's files: a tax table without rows, and zones that do not name their CRS."""
    write_tax(project.parent, "空.xlsx", [])
    zone = {"type": "Polygon", "arcs": [[0]], "properties": {"zone_id": "Z1"}}
    ring = [[5000, 5000], [7000, 5000], [7000, 5900], [5000, 5000]]  # of no known grid
    topology = {"type": "Topology", "objects": {"zones": zone}, "arcs": [ring]}
    (project.parent / "园区.topojson").write_text(json.dumps(topology), encoding="utf-8")
    return project
