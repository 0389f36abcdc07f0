"""Repair mends what costs no area and sets the rest aside, saying why."""

import numpy as np
import pytest
import shapely

from landeff.measure.area import fit_area_scale
from landeff.measure.repair import repair

E, N = 40_443_000, 3_584_000
SCALE = fit_area_scale("EPSG:4528", (E - 1000, N - 1000, E + 1000, N + 1000))


def mend(*geometries):
    return repair(list(geometries), SCALE, tolerance_ratio=0.001, tolerance_m2=1.0)


def test_a_valid_polygon_is_left_alone():
    square = shapely.box(E, N, E + 100, N + 100)
    result = mend(square)
    assert result.reason[0] == ""
    assert result.is_usable[0]
    assert result.geometry[0].equals_exact(square)


def test_a_spike_is_cut_off_without_losing_land():
    spiked = shapely.Polygon(
        [(E, N), (E + 100, N), (E + 100, N + 100), (E, N + 100), (E, N + 160), (E, N + 100)]
    )
    result = mend(spiked)
    assert result.is_usable[0]
    assert result.reason[0] != ""
    assert result.geometry[0].area == pytest.approx(10_000)


def test_a_bow_tie_is_set_aside_because_its_area_is_anybodys_guess():
    # halves of 2 500 m² each cancel as drawn: 0 before, 5 000 m² after
    result = mend(shapely.Polygon([(E, N), (E + 100, N + 100), (E + 100, N), (E, N + 100)]))
    assert not result.is_usable[0]
    assert result.change_m2[0] == pytest.approx(5_000, rel=1e-3)


def test_no_land_at_all():
    result = mend(None, shapely.Polygon(), shapely.Point(E, N), shapely.LineString([(E, N), (E + 1, N)]))
    assert not result.is_usable.any()
    assert list(result.reason) == ["empty", "empty", "not a polygon", "not a polygon"]


def test_height_is_dropped():
    result = mend(shapely.Polygon([(E, N, 5), (E + 10, N, 5), (E + 10, N + 10, 5)]))
    assert not shapely.has_z(result.geometry).any()
    assert np.all(result.change_m2 == 0)
