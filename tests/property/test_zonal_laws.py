"""Laws of zonal statistics: parts sum to the whole, shares to one, whatever the cuts."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from landeff.core.grid import array_raster
from landeff.measure.zonal import zonal_statistics

CRS, E, N, CELL = "EPSG:4528", 40_443_000.0, 3_584_000.0, 8.0
values = hnp.arrays(float, (6, 7), elements=st.sampled_from([float("nan"), 0.0, 1.0, 2.0, 7.0, 30.0]))
#: Eighths of a cell: products of them are exact in the single precision of exactextract's coverage fractions.
eighths = st.lists(st.integers(-8, 64), min_size=2, max_size=5, unique=True).map(
    lambda cuts: [cut * CELL / 8 for cut in sorted(cuts)]
)
anywhere = st.lists(st.floats(-8, 64), min_size=2, max_size=5, unique_by=lambda cut: round(cut, 3)).map(
    sorted
)


def parts(xs: list[float], ys: list[float]) -> list[shapely.Polygon]:
    """The rectangle of the outermost cuts, then the rectangles it is cut into."""
    x, y = np.array(xs) + E, np.array(ys) + N
    whole = shapely.box(x[0], y[0], x[-1], y[-1])
    return [whole, *(shapely.box(a, c, b, d) for a, b in pairwise(x) for c, d in pairwise(y))]


@pytest.mark.parametrize(("method", "cuts"), [("exactextract", eighths), ("shapely", anywhere)])
def test_parts_sum_to_the_whole(method, cuts) -> None:
    @settings(max_examples=60, deadline=None)
    @given(values, cuts, cuts)
    def law(cells, xs, ys) -> None:
        raster = array_raster(cells, CRS, E, N + 6 * CELL, CELL)
        shapes = parts(xs, ys)
        told = zonal_statistics(shapes, raster, "sum", crs=CRS, method=method)
        value = told["value"].fillna(0.0)
        assert value[1:].sum() == pytest.approx(value[0], rel=1e-9, abs=1e-9)
        for share in ("covered_ratio", "nodata_ratio"):
            counted = told[share] * told["cells"]
            assert counted[1:].sum() == pytest.approx(counted[0], rel=1e-9, abs=1e-9)

    law()


@pytest.mark.parametrize(("method", "cuts"), [("exactextract", eighths), ("shapely", anywhere)])
def test_shares_of_classes_sum_to_one_and_means_lie_between(method, cuts) -> None:
    @settings(max_examples=40, deadline=None)
    @given(values, cuts, cuts)
    def law(cells, xs, ys) -> None:
        raster = array_raster(cells, CRS, E, N + 6 * CELL, CELL)
        shapes = parts(xs, ys)
        classes = zonal_statistics(shapes, raster, "classes", crs=CRS, method=method)
        by = classes.dropna(subset="value").groupby("position")["value"].sum()
        assert by.to_numpy() == pytest.approx(np.ones(len(by)), rel=1e-7)
        mean, low, high = (
            zonal_statistics(shapes, raster, name, crs=CRS, method=method) for name in ("mean", "min", "max")
        )
        share = mean["covered_ratio"] + mean["nodata_ratio"]
        assert share.between(0, 1 + 1e-9).all()
        known = mean["value"].notna() & low["value"].notna()
        assert (mean["value"] >= low["value"] - 1e-6)[known].all()
        assert (mean["value"] <= high["value"] + 1e-6)[known].all()
        assert (mean["value"].isna() == (mean["covered_ratio"] == 0)).all()

    law()
