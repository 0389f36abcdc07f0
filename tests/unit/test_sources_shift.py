"""The office's own parameters between systems, and the project file's settings of systems."""

from __future__ import annotations

import math
import zipfile
from pathlib import Path
from typing import Any

import four_squares
import numpy as np
import pytest
from pyproj import Transformer

import landeff
from landeff.core.datums import (
    project_crs_problem,
)
from landeff.core.errors import ConfigError, InputError, LandeffError
from landeff.pipeline.load_config import load_config
from landeff.sources.crs.parameters import read_parameters


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_seven_parameters_by_the_example_of_epsg(tmp_path: Path) -> None:
    """Guidance note 7-2, position vector: WGS 72, 55°N 4°E, is 55°00′00.090″N 4°00′00.554″E in WGS 84."""
    path = write(
        tmp_path / "七参数.toml",
        'to = "EPSG:4326"\n'
        "seven = { dx = 0, dy = 0, dz = 4.5, rx = 0, ry = 0, rz = 0.554, scale_ppm = 0.219, "
        'convention = "position_vector" }\n'
        "check = [[4.0, 55.0, 4.00015388889, 55.000025]]\n",
    )
    found = read_parameters(path, "EPSG:4322")
    x, y = found.move(np.array([4.0]), np.array([55.0]))
    assert float(x[0] - 4) * 3600 == pytest.approx(0.554, abs=0.0005)
    assert float(y[0] - 55) * 3600 == pytest.approx(0.090, abs=0.0005)
    assert found.worst_m < 0.05
    with pytest.raises(InputError, match="need the crs of the source"):
        read_parameters(path, None)


def test_four_parameters_by_hand(tmp_path: Path) -> None:
    """cos α = 0.8, sin α = 0.6: N = 10, E = 20 goes to 8 − 12 + 1 = −3 and 6 + 16 + 2 = 24."""
    angle = math.degrees(math.atan2(3, 4)) * 3600
    path = write(
        tmp_path / "四参数.toml",
        'to = "EPSG:4528"\n'
        f"four = {{ east_m = 2, north_m = 1, rotation_s = {angle!r}, scale_ppm = 0 }}\n"
        "check = [[20, 10, 24, -3]]\n",
    )
    assert read_parameters(path, None).worst_m == pytest.approx(0, abs=1e-9)


def test_the_example_in_the_docs_is_one(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "crs.md").read_text("utf-8")
    text = page.partition("```toml\n")[2].partition("```")[0]
    for kind in ("four", "pipeline"):
        lines = [
            line.removeprefix("# ") if line.startswith((kind, f"# {kind}")) else line
            for line in text.split("\n")
        ]
        if kind == "pipeline":
            lines = [line for line in lines if not line.startswith("four")]
            lines = [line.replace("+step …", "+step +proj=affine +xoff=117 +yoff=3") for line in lines]
        found = read_parameters(write(tmp_path / "a.toml", "\n".join(lines)), None)
        assert found.worst_m == pytest.approx(0, abs=1e-6)


def test_a_pipeline_by_hand(tmp_path: Path) -> None:
    path = write(
        tmp_path / "p.toml",
        'to = "EPSG:4528"\npipeline = "+proj=pipeline +step +proj=affine +xoff=100 +yoff=-50"\n'
        "check = [[1, 2, 101, -48]]\n",
    )
    assert read_parameters(path, None).worst_m == 0


PARAMETER = "7.654321098"


def test_seven_parameters_by_the_formula(tmp_path: Path) -> None:
    """Bursa-Wolf written out, coordinate frame: X′ = T + (1 + m) R X, R = [[1, rz, -ry], [-rz, 1, rx], …].

    Krassovsky to CGCS2000; the made-up parameters have other signs and sizes in each place.
    """
    second = math.pi / 648_000
    rx, ry, rz = 0.5 * second, -0.7 * second, 1.2 * second
    turn = np.array([[1, rz, -ry], [-rz, 1, rx], [ry, -rx, 1]])
    at = Transformer.from_pipeline("+proj=cart +a=6378245 +rf=298.3").transform(119.4, 32.4, 0.0)
    moved = np.array([15.0, -150.0, -80.0]) + (1 + 2.5e-6) * turn @ np.array(at)
    back = Transformer.from_pipeline("+inv +proj=cart +a=6378137 +rf=298.257222101")
    lon, lat, _ = back.transform(*moved)
    path = write(
        tmp_path / "七参数.toml",
        'to = "EPSG:4490"\ntolerance_m = 0.0001\nseven = { dx = 15, dy = -150, dz = -80, '
        'rx = 0.5, ry = -0.7, rz = 1.2, scale_ppm = 2.5, convention = "coordinate_frame" }\n'
        f"check = [[119.4, 32.4, {lon!r}, {lat!r}]]\n",
    )
    assert read_parameters(path, "EPSG:4214").worst_m < 0.0001
    other = write(path, path.read_text("utf-8").replace("coordinate_frame", "position_vector"))
    with pytest.raises(InputError, match="misses its check point 1"):
        read_parameters(other, "EPSG:4214")


@pytest.mark.parametrize(
    "text",
    [
        f"four = {PARAMETER} {PARAMETER}",
        f'to = "EPSG:4528"\nfour = {{ east_m = {PARAMETER} }}\ncheck = [[1, 2, 3, 4]]',
        f'to = "EPSG:4528"\nfour = {{ east_m = {PARAMETER}, north_m = 0, rotation_s = 0, scale_ppm = 0 }}',
        f'to = "EPSG:4528"\nfour = {{ east_m = {PARAMETER}, north_m = 0, rotation_s = 0, scale_ppm = 0 }}\n'
        "check = [[1, 2, 3, 4]]",
        f'to = "EPSG:4528"\npipeline = "+proj=nothing +xoff={PARAMETER}"\ncheck = [[1, 2, 3, 4]]',
        f'to = "EPSG:4528"\npipeline = "+proj=hgridshift +grids={PARAMETER}.gsb"\ncheck = [[1, 2, 3, 4]]',
        f'to = "{PARAMETER}"\npipeline = "+proj=noop"\ncheck = [[1, 2, 3, 4]]',
        f'to = "EPSG:4528"\nseven = {{ dx = {PARAMETER}, convention = "x" }}\ncheck = [[1, 2, 3, 4]]',
        f'to = "EPSG:4528"\nfive = {PARAMETER}',
        f'to = "EPSG:4528"\nfour = {{ east_m = nan, north_m = {PARAMETER}, rotation_s = 0, scale_ppm = 0 }}',
    ],
)
def test_a_bad_parameter_file_is_refused_without_repeating_it(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError) as error:
        read_parameters(write(tmp_path / "参数.toml", text), "EPSG:2364")
    assert "参数.toml" in error.value.problem
    assert error.value.fix
    assert PARAMETER not in str(error.value)
    assert error.value.__cause__ is None


def test_nothing_of_the_parameters_reaches_the_output(tmp_path: Path) -> None:
    east = float(PARAMETER)
    corner = four_squares.E, four_squares.N
    path = write(
        tmp_path / "参数.toml",
        f'to = "EPSG:4528"\nfour = {{ east_m = {PARAMETER}, north_m = 0, rotation_s = 0, scale_ppm = 0 }}\n'
        f"check = [[{corner[0]}.0, {corner[1]}.0, {corner[0] + east!r}, {corner[1]}.0]]\n",
    )
    raw = four_squares.project()
    old = raw["sources"]["parcels"]["data"].set_crs("EPSG:2364", allow_override=True)
    raw["sources"]["parcels"] |= {"data": old, "transform": str(path)}
    result = landeff.run(raw)
    moved = result.table("parcels").geometry.total_bounds[0]
    assert moved == pytest.approx(corner[0] + east, abs=1e-6)
    out = tmp_path / "out"
    result.save(out)
    for file in (each for each in out.rglob("*") if each.is_file()):
        parts = [file.read_bytes()]
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                parts += [archive.read(name) for name in archive.namelist()]
        assert not any(PARAMETER.encode() in part for part in parts), file
    assert "参数.toml" in (out / "manifest.json").read_text("utf-8")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"extent": [119.0, 32.0, 118.0, 33.0]}, "extent"),
        ({"extent": [119.0, 32.0]}, "extent"),
        ({"extent": ["a", 1, 2, 3]}, "extent"),
        ({"district_code": "99"}, "district_code"),
        ({"district_code": "990000"}, "district_code"),
        ({"crs": "EPSG:3857"}, "Mercator"),
        ({"crs": "GCJ-02"}, "shifted for display"),
        ({"crs": "EPSG:2364"}, "Xian 1980"),
        ({"crs": "EPSG:4479"}, "neither projected nor geographic"),
        ({"crs": 'LOCAL_CS["扬州",UNIT["Meter",1.0]]'}, "neither projected nor geographic"),
        ({"crs": "+proj=tmerc +lon_0=119.5 +x_0=500000 +ellps=GRS80"}, "names no datum"),
        ({"crs": "2000国家大地坐标系"}, "names a datum and no projection: .* EPSG:4528"),
        ({"crs": "+proj=tmerc +lon_0=120 +ellps=GRS80 +towgs84=1,2,3,4,5,6,7"}, "transformation parameters"),
    ],
)
def test_mistakes_in_the_project_file(changes: dict[str, Any], told: str) -> None:
    raw = four_squares.project()
    raw["project"] |= changes
    with pytest.raises(ConfigError, match=told):
        load_config(raw)


def test_mistakes_of_a_source(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="axes = 'xyz' is not one of xy, yx"):
        load_config(four_squares.project(parcels={"axes": "xyz"}))
    with pytest.raises(LandeffError, match=r"没有\.toml cannot be read"):
        landeff.run(four_squares.project(parcels={"transform": str(tmp_path / "没有.toml")}))


def test_what_a_project_may_be_in() -> None:
    for crs in ("EPSG:4528", "EPSG:4549", "EPSG:4490", "EPSG:2249", "EPSG:32650"):
        assert project_crs_problem(crs) is None
