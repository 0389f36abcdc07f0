"""Zonal statistics on cells whose shares can be counted by hand; by both methods."""

from __future__ import annotations

import numpy as np
import pyproj
import pytest
import shapely
from shapely import box

from landeff.core.errors import InputError, MissingExtraError
from landeff.core.grid import ArrayRaster, Grid, array_raster
from landeff.measure import zonal
from landeff.measure.zonal import zonal_statistics
from landeff.measure.zonal_shapely import covered_cells

CRS, E, N = "EPSG:4528", 40_443_000.0, 3_584_000.0
METHODS = ("exactextract", "shapely")
NAN = float("nan")


def at(x0: float, y0: float, x1: float, y1: float) -> shapely.Polygon:
    """A box in metres from the lower left corner of the raster."""
    return box(E + x0, N + y0, E + x1, N + y1)


def rows(*values: list[float], cell: float = 10.0) -> ArrayRaster:
    """A raster of cells of 10 m; the first row is the northernmost."""
    return array_raster(values, CRS, E, N + cell * len(values), cell)


def figures(polygons, raster, statistic, **options):
    return zonal_statistics(polygons, raster, statistic, crs=CRS, **options)


@pytest.fixture(params=METHODS)
def method(request) -> str:
    return request.param


# 25 × 10 m on cells 4, 8, 2: shares 1, 1, ½, together 2.5 cells.
#   sum 4 + 8 + 1 = 13; mean 13 / 2.5 = 5.2
#   variance (1.2² + 2.8² + 3.2² / 2) / 2.5 = (1.44 + 7.84 + 5.12) / 2.5 = 5.76
#   median: sorted 2, 4, 8 with weights ½, 1, 1 stand at s = 0, 1·1 + 2·½ = 2, 2·1 + 2·1½ = 5; half of
#   2 · 2.5 is 2.5, a sixth of the way from 4 to 8: 4 + 0.5 / 3 · 4 = 14/3
#   4 and 8 cover one cell each: the larger is the majority; codes 4 and 8 have 2 of 2.5 cells
BY_HAND = {
    "sum": 13.0,
    "mean": 5.2,
    "min": 2.0,
    "max": 8.0,
    "stdev": 2.4,
    "median": 14 / 3,
    "majority": 8.0,
    "variety": 3.0,
    "class_share": 0.8,
}


@pytest.mark.parametrize("statistic", list(BY_HAND))
def test_two_and_a_half_cells(statistic, method) -> None:
    classes = [4, 8] if statistic == "class_share" else []
    told = figures([at(0, 0, 25, 10)], rows([4, 8, 2]), statistic, classes=classes, method=method)
    assert told["value"].iloc[0] == pytest.approx(BY_HAND[statistic], rel=1e-7)
    assert told[["cells", "covered_ratio", "nodata_ratio"]].iloc[0].tolist() == pytest.approx([2.5, 1, 0])
    assert told["method"].iloc[0] == method


def test_share_of_each_class(method) -> None:
    told = figures([at(0, 0, 25, 10), at(0, 0, 5, 10)], rows([4, 8, 2]), "classes", method=method)
    assert told[["position", "class"]].to_numpy().tolist() == [[0, 2], [0, 4], [0, 8], [1, 4]]
    assert told["value"].tolist() == pytest.approx([0.2, 0.4, 0.4, 1.0])


def test_cells_without_data_are_counted_and_not_averaged(method) -> None:
    """Shares 1 (4), 1 (no data), ½ (2): mean (4 + 1) / 1.5; 1.5 of 2.5 cells have data."""
    told = figures([at(0, 0, 25, 10)], rows([4, NAN, 2]), "mean", method=method).iloc[0]
    assert told["value"] == pytest.approx(5 / 1.5)
    assert [told["covered_ratio"], told["nodata_ratio"]] == pytest.approx([0.6, 0.4])


def test_beyond_the_raster_is_neither_data_nor_nodata(method) -> None:
    """30 × 10 m, the left third outside: ⅓ on data (8), ⅓ on no data, the rest beyond."""
    told = figures([at(-10, 0, 20, 10)], rows([8, NAN]), "mean", method=method).iloc[0]
    assert told["value"] == 8
    assert [told["cells"], told["covered_ratio"], told["nodata_ratio"]] == pytest.approx([3, 1 / 3, 1 / 3])


@pytest.mark.parametrize("statistic", ["mean", "sum", "min", "variety", "majority", "classes", "median"])
def test_unknown_where_no_cell_has_data(statistic, method) -> None:
    shapes = [at(10, 0, 20, 10), at(500, 0, 510, 10), shapely.Polygon(), None]
    told = figures(shapes, rows([8, NAN]), statistic, method=method)
    assert told["position"].tolist() == [0, 1, 2, 3]
    assert told["value"].isna().all()
    assert told["covered_ratio"].tolist() == [0, 0, 0, 0]
    assert told["nodata_ratio"].tolist() == pytest.approx([1, 0, 0, 0])
    assert told["cells"].tolist() == pytest.approx([1, 1, 0, 0])


def test_no_polygons_no_rows() -> None:
    assert figures([], rows([8]), "mean").empty


def test_holes_and_parts(method) -> None:
    """A ring of 8 cells (value 1) round the middle (9), and half of a cell apart (5): (8 + 2.5) / 8.5."""
    raster = rows([1, 1, 1, 5], [1, 9, 1, 5], [1, 1, 1, 5])
    ring = at(0, 0, 30, 30) - at(10, 10, 20, 20)
    shape = shapely.MultiPolygon([ring, at(32.5, 0, 37.5, 10)])
    told = figures([shape], raster, "mean", method=method).iloc[0]
    assert told["value"] == pytest.approx(10.5 / 8.5)
    assert told["cells"] == pytest.approx(8.5)


def test_smaller_than_a_cell(method) -> None:
    """2 × 3 m of a cell of 100 m²: 0.06 cells of one value."""
    told = figures([at(1, 1, 3, 4)], rows([7]), "mean", method=method).iloc[0]
    assert [told["value"], told["cells"], told["covered_ratio"]] == pytest.approx([7, 0.06, 1])


@pytest.mark.parametrize("statistic", ["max", "variety"])
def test_a_neighbour_met_by_rounding_does_not_count(statistic, method) -> None:
    """0.1 µm of the next cell (1e-8 of it) is no evidence of it; 0.1 mm (1e-5) is."""
    raster = rows([1, 9])
    wanted = {"max": (1, 9), "variety": (1, 2)}[statistic]
    shapes = [at(0, 0, 10 + 1e-7, 10), at(0, 0, 10 + 1e-4, 10)]
    assert tuple(figures(shapes, raster, statistic, method=method)["value"]) == wanted


def test_densities_are_summed_by_area(method) -> None:
    """2 and 4 persons a hectare on 1½ cells of 100 m: 2·1 + 4·½, times what a hectare of the plane truly is.

    EPSG:4528 at 119.39°E, 0.61° (57.5 km) from its meridian: 1/k² = 1 − (57.5/6371)² = 1 − 8.1e-5.
    """
    raster = rows([2, 4], cell=100.0)
    told = figures([at(0, 0, 150, 100)], raster, "sum", per="ha", method=method)["value"].iloc[0]
    assert told == pytest.approx(4 * (1 - 8.1e-5), rel=2e-6)
    per_km2 = figures([at(0, 0, 150, 100)], raster, "sum", per="km2", method=method)["value"].iloc[0]
    assert per_km2 == pytest.approx(told / 100)


def test_edges_bend_in_another_coordinate_system(method) -> None:
    """A triangle of 40 km in EPSG:4528 on cells of 0.01°: its area is that of its edges cut every 20 m.

    Edges keep within 1e-4 of a cell of their true course; between an arc and its chord lie ⅔ of that times
    its length, over about 100 cells of perimeter 0.007 cells. Its corners alone would miss it by 0.04.
    """
    to_degrees = pyproj.Transformer.from_crs(CRS, "EPSG:4490", always_xy=True)

    def project(xy):
        return np.column_stack(to_degrees.transform(xy[:, 0], xy[:, 1])) / 0.01

    triangle = shapely.Polygon([(E, N), (E + 40_000, N), (E + 35_000, N + 20_000)])
    fine = shapely.transform(shapely.segmentize(triangle, 20.0), project)
    assert abs(shapely.transform(triangle, project).area - fine.area) > 0.04
    bound = 2 / 3 * 1e-4 * fine.length
    raster = array_raster(np.ones((60, 80)), "EPSG:4490", 119.2, 32.7, 0.01)
    told = figures([triangle], raster, "sum", method=method).iloc[0]
    assert told["cells"] == pytest.approx(fine.area, abs=bound)
    assert told["value"] == pytest.approx(told["cells"], rel=1e-7)


def test_neighbours_keep_their_border_in_common() -> None:
    """Bent edges of two parcels are split alike, whatever the size of the parcels."""
    raster = array_raster(np.ones((60, 80)), "EPSG:4490", 119.2, 32.7, 0.01)
    parts = [at(0, 0, 9_000, 100), at(0, 100, 9_000, 8_000)]
    told = figures([*parts, shapely.union_all(parts)], raster, "sum", method="shapely")["value"]
    assert told[0] + told[1] == pytest.approx(told[2], rel=1e-12)


@pytest.mark.parametrize("number", [-9999.0, -32768.0, float(np.float32(-3.4028235e38))])
@pytest.mark.parametrize(("statistic", "options"), [("mean", {}), ("class_share", {"classes": [8]}),
                                                    ("sum", {"per": "ha"})])  # fmt: skip
def test_undeclared_nodata_is_refused(number, statistic, options, method) -> None:
    with pytest.raises(InputError, match=r"does not say that it is no data.*declare nodata"):
        figures([at(0, 0, 20, 10)], rows([8, number]), statistic, method=method, **options)
    beside = figures([at(0, 0, 10, 10)], rows([8, number]), statistic, method=method, **options)
    assert beside["value"].notna().all()


@pytest.mark.parametrize("statistic", ["majority", "classes"])
def test_quantities_are_no_codes(statistic, method) -> None:
    with pytest.raises(InputError, match=r"holds 0\.25: its values are no class codes"):
        figures([at(0, 0, 10, 10)], rows([0.25]), statistic, method=method)


def test_an_invalid_polygon_is_refused() -> None:
    bow_tie = shapely.Polygon([(E, N), (E + 10, N + 10), (E + 10, N), (E, N + 10)])
    with pytest.raises(InputError, match="polygon 1 is invalid"):
        figures([at(0, 0, 1, 1), bow_tie], rows([1]), "mean")


def test_without_exactextract_shapely_is_used_and_said(monkeypatch) -> None:
    monkeypatch.setattr(zonal, "has_exactextract", lambda: False)
    assert figures([at(0, 0, 25, 10)], rows([4, 8, 2]), "mean")["method"].tolist() == ["shapely"]
    with pytest.raises(MissingExtraError, match=r"landeff\[raster\]"):
        figures([at(0, 0, 25, 10)], rows([4, 8, 2]), "mean", method="exactextract")


@pytest.mark.parametrize("statistic", zonal.STATISTICS)
def test_windows_do_not_matter(statistic, method, monkeypatch) -> None:
    """Polygons read together, apart, or larger than a window: the same figures."""
    rng = np.random.default_rng(7)
    values = rng.integers(0, 6, (40, 50)).astype(float)
    values[rng.random(values.shape) < 0.1] = np.nan
    raster = rows(*values.tolist())
    corner = rng.uniform(-20, 480, (60, 2))
    shapes = shapely.buffer(shapely.points(corner + np.array([E, N])), rng.uniform(1, 90, 60), quad_segs=2)
    whole = figures(shapes, raster, statistic, classes=[1, 2], method=method)
    monkeypatch.setattr(zonal, "_TILE", 8)
    apart = figures(shapes, raster, statistic, classes=[1, 2], method=method)
    assert whole.drop(columns="value").equals(apart.drop(columns="value"))
    np.testing.assert_allclose(whole["value"], apart["value"], rtol=1e-12)
    both = figures(shapes, raster, statistic, classes=[1, 2], method=METHODS[method == METHODS[0]])
    np.testing.assert_allclose(both["value"], apart["value"], rtol=2e-6)


class Endless:
    """A raster of 10⁶ × 10⁶ cells that notes how much of it is asked for at once."""

    name = "endless"
    grid = Grid(CRS, E, N + 1e6, 1.0, 1.0, 1_000_000, 1_000_000)

    def __init__(self) -> None:
        self.most = 0

    def read(self, row, column, n_rows, n_columns):
        self.most = max(self.most, n_rows * n_columns)
        return np.full((n_rows, n_columns), 3.0)


def test_memory_is_bound_by_windows(method) -> None:
    """Parcels all over a raster of 8 TB, one of 9 million cells: never more than (2 · 1024)² at once."""
    raster = Endless()
    corner = np.random.default_rng(1).uniform(0, 990_000, (50, 2))
    shapes = [at(x, y, x + 40, y + 40) for x, y in corner]
    told = figures([*shapes, at(0, 0, 3000, 3000)], raster, "sum", method=method)
    assert told["value"].to_numpy() == pytest.approx([4800.0] * 50 + [27e6])
    assert 0 < raster.most <= 2048**2


class Damaged(Endless):
    """Cannot be read."""

    def read(self, row, column, n_rows, n_columns):
        raise InputError("a.tif cannot be read at row 0.", "copy it again")


@pytest.mark.parametrize("side", [40, 3000])
def test_a_damaged_file_is_told_and_not_hidden(side, method) -> None:
    """Also where exactextract itself asks for the cells."""
    with pytest.raises(InputError, match="cannot be read at row 0"):
        figures([at(0, 0, side, side)], Damaged(), "mean", method=method)


def test_the_fallback_refuses_what_it_cannot_hold() -> None:
    with pytest.raises(InputError, match="too many without exactextract"):
        figures([at(0, 0, 5000, 5000)], Endless(), "mean", method="shapely")


def test_cells_of_a_diagonal() -> None:
    """The triangle under the diagonal of 4 × 4 cells: 6 cells whole, the 4 on the diagonal by half."""
    cells = covered_cells(np.array([shapely.Polygon([(0, 0), (4, 0), (4, 4)])]), 4, 4)
    assert cells["coverage"].value_counts().to_dict() == {1.0: 6, 0.5: 4}
    assert (cells["column"] + cells["row"] >= 3).all()  # rows from the top
