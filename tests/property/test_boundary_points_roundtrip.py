"""What is written as 界址点坐标 reads back identical, and is written again in the same bytes."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pyproj import CRS

from landeff.core.boundary_points import AREA, CLASS, ID, LEVEL, LEVELS, LONG, NAME, SHEET, USE
from landeff.core.datums import ZONES, easting_prefix, gauss_kruger
from landeff.core.errors import LandeffError
from landeff.publish.boundary_points import write_boundary_points
from landeff.sources.readers import read

CELL_M = 400.0
#: Any text but what ends a cell or a line; blanks around a cell are not kept.
TEXT = st.text(
    st.characters(
        exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp"), exclude_characters=",\ufffe\uffff\ufeff"
    ),
    min_size=1,
    max_size=12,
).filter(lambda text: text == text.strip() and text not in LEVELS)


@st.composite
def star(draw: st.DrawFn, radius: float) -> np.ndarray:
    """Corners around the origin within ``radius``, on the millimetre grid; a ring whatever the radii."""
    n = draw(st.integers(3, 9))
    steps = np.array(draw(st.lists(st.integers(5, 20), min_size=n, max_size=n)), dtype=float)
    angles = np.cumsum(steps) / steps.sum() * 2 * np.pi
    reach = np.array(draw(st.lists(st.floats(0.4, 1.0), min_size=n, max_size=n))) * radius
    corners = np.column_stack([np.cos(angles), np.sin(angles)]) * reach[:, None]
    turned = corners[::-1] if draw(st.booleans()) else corners
    return np.roll(turned, draw(st.integers(0, n - 1)), axis=0)


@st.composite
def part(draw: st.DrawFn, origin: np.ndarray) -> list[shapely.Polygon]:
    """A polygon, perhaps with a hole, perhaps with an island in the hole."""
    shell = draw(star(180.0))
    rings = [shell]
    if draw(st.booleans()):
        rings.append(shell * draw(st.floats(0.2, 0.7)))
        if draw(st.booleans()):
            rings.append(rings[1] * draw(st.floats(0.2, 0.7)))
    rings = [np.round(ring + origin, 3) for ring in rings]
    made = [shapely.Polygon(rings[0], rings[1:2])]
    return made + [shapely.Polygon(ring) for ring in rings[2:]]


@st.composite
def land(draw: st.DrawFn, corner: np.ndarray) -> shapely.Geometry:
    cell = st.tuples(st.integers(0, 3), st.integers(0, 3))
    cells = draw(st.lists(cell, min_size=1, max_size=4, unique=True))
    parts = [piece for at in cells for piece in draw(part(corner + np.array(at) * CELL_M))]
    made = parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
    assume(made.is_valid)
    return made


@st.composite
def layers(draw: st.DrawFn) -> gpd.GeoDataFrame:
    datum = draw(st.sampled_from(["CGCS2000", "Xian 1980", "Beijing 1954"]))
    width = draw(st.sampled_from([3, 6]))
    zone = draw(st.sampled_from(list(ZONES[width])))
    crs = gauss_kruger(zone, width, prefixed=draw(st.booleans()), datum=datum)
    prefix = easting_prefix(CRS(crs)) or 0
    corner = np.array(
        [prefix * 1e6 + draw(st.integers(250_000, 740_000)), draw(st.integers(2_000_000, 5_900_000))]
    )
    n = draw(st.integers(1, 4))
    names = (ID, NAME, SHEET, USE, CLASS, *draw(st.sampled_from([(), (LEVEL,), LONG])))
    cells = {name: draw(st.lists(TEXT, min_size=n, max_size=n)) for name in names}
    if LEVEL in cells:
        cells[LEVEL] = draw(st.lists(st.sampled_from(LEVELS), min_size=n, max_size=n))
    shapes = [draw(land(corner)) for _ in range(n)]
    # As stated: the true area, so that its unit is plain; with four to six decimals.
    cells[AREA] = [round(shape.area / 10_000, draw(st.integers(4, 6))) for shape in shapes]
    return gpd.GeoDataFrame(cells, geometry=shapes, crs=crs)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(layer=layers(), encoding=st.sampled_from(["gb18030", "utf-8"]))
def test_a_written_file_reads_back_identical(
    layer: gpd.GeoDataFrame, encoding: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("txt")
    first, second = folder / "a.txt", folder / "b.txt"
    assert write_boundary_points(layer, first, encoding=encoding) == ()
    raw = read(first, encoding=encoding)
    assert [issue.code for issue in raw.issues] == []
    assert raw.crs == layer.crs.to_string()
    columns = [name for name in layer.columns if name != "geometry"]
    assert raw.frame[columns].to_dict("list") == layer[columns].to_dict("list")
    for was, came in zip(layer.geometry, raw.frame.geometry, strict=True):  # type: ignore[attr-defined]
        assert came.geom_type == was.geom_type
        assert came.equals_exact(was, 0)  # ring starts, winding and order of parts included
    back = raw.frame.set_crs(raw.crs, allow_override=True)  # type: ignore[attr-defined]
    write_boundary_points(back, second, encoding=encoding)
    assert second.read_bytes() == Path(first).read_bytes()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(junk=st.text(max_size=200), place=st.integers(0, 400), keep=st.integers(0, 600))
def test_broken_files_end_in_a_message_or_in_issues(
    junk: str, place: int, keep: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Junk in a file, or its end cut off: read with issues or refused, never a traceback."""
    frame = gpd.GeoDataFrame(
        {ID: ["甲", "乙"]}, geometry=[shapely.box(443e3, 3584e3, 443100, 3584100)] * 2, crs="EPSG:4549"
    )
    path = tmp_path_factory.mktemp("junk") / "a.txt"
    write_boundary_points(frame, path, encoding="utf-8")
    text = path.read_text("utf-8")
    path.write_text((text[:place] + junk + text[place:])[: keep + 100], encoding="utf-8", errors="replace")
    try:
        raw = read(path, encoding="utf-8")
    except LandeffError:
        return
    if isinstance(raw.frame, gpd.GeoDataFrame):
        drawn = raw.frame.geometry.dropna()
        told = {issue.code for issue in raw.issues}
        assert (drawn.area == 10_000).all() or told
