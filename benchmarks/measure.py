"""Measuring land beside the usual geopandas calls, on one made-up city, in one run.

    python benchmarks/measure.py [--n 100000] [--times 3] [--any-speed]

Each line asks the usual way and landeff the same of the same data, checks that both say the same, and
compares the times with the target. The command ends with 1 where answers differ or a target is missed.
"""

from __future__ import annotations

import argparse
import gc
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from city import City, make_city
from pyproj import Geod

from landeff.measure.area import AreaScale, fit_area_scale
from landeff.measure.overlap import overlap_areas
from landeff.sources.readers import read

Given = TypeVar("Given")
Answer = TypeVar("Answer")
Layers = tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]

CGCS2000 = Geod(a=6378137.0, rf=298.257222101)


@dataclass(frozen=True)
class Line:
    """One comparison.

    Attributes:
        usual_s, landeff_s: seconds, the shortest of the runs.
        target: how many times faster landeff has to be.
        difference: largest difference of the answers, in ``unit``; ``allowed`` is what rounding explains.
    """

    name: str
    usual: str
    usual_s: float
    landeff_s: float
    target: float
    difference: float
    allowed: float
    unit: str

    @property
    def verdict(self) -> str:
        """``ok``, or what is wrong."""
        if not self.difference <= self.allowed:
            return "ANSWERS DIFFER"
        return "ok" if self.usual_s / self.landeff_s >= self.target else "TOO SLOW"


def timed(times: int, prepare: Callable[[], Given], call: Callable[[Given], Answer]) -> tuple[float, Answer]:
    """Shortest time of ``call`` on inputs made anew each time, and its answer."""
    shortest = np.inf
    for _ in range(max(times, 1)):
        given = prepare()
        gc.collect()
        start = time.perf_counter()
        answer = call(given)
        shortest = min(shortest, time.perf_counter() - start)
    return shortest, answer


def fresh(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """A copy whose polygons no earlier question has prepared."""
    return layer.set_geometry(gpd.GeoSeries.from_wkb(layer.geometry.to_wkb(), crs=layer.crs))


def scale_of(layer: gpd.GeoDataFrame) -> AreaScale:
    """Fitted anew each time: fitting is part of measuring."""
    west, south, east, north = layer.total_bounds
    return fit_area_scale(layer.crs.to_string(), (west, south, east, north))


def reading(city: City, folder: Path, times: int) -> Line:
    """A GeoPackage into polygons and attributes."""
    path = folder / "parcels.gpkg"
    city.parcels.to_file(path)
    usual_s, usual = timed(2 * times, lambda: path, gpd.read_file)
    own_s, own = timed(2 * times, lambda: path, read)
    got = own.frame.astype({name: kind for name, kind in usual.dtypes.items() if name != "geometry"})
    same = usual.to_wkb().equals(got.to_wkb())
    return Line("read a GeoPackage", "gpd.read_file", usual_s, own_s, 2, 0.0 if same else 1.0, 0, "tables")


def area(parcels: gpd.GeoDataFrame, times: int) -> Line:
    """Area on the ellipsoid; the loop already has its coordinates in degrees."""

    def loop(lonlat: gpd.GeoSeries) -> npt.NDArray[np.float64]:
        return np.array([abs(CGCS2000.geometry_area_perimeter(polygon)[0]) for polygon in lonlat])

    def whole(layer: gpd.GeoDataFrame) -> npt.NDArray[np.float64]:
        return scale_of(layer).area_m2(layer.geometry.to_numpy())

    usual_s, usual = timed(1, lambda: parcels.geometry.to_crs("EPSG:4490").orient_polygons(), loop)
    own_s, own = timed(times, lambda: fresh(parcels), whole)
    off = float(np.max(np.abs(own / usual - 1)))
    return Line("ellipsoidal area", "Geod loop", usual_s, own_s, 15, off, 1e-6, "of the area")


def overlay(name: str, left: gpd.GeoDataFrame, right: gpd.GeoDataFrame, target: float, times: int) -> Line:
    """Which polygon of ``left`` shares how much land with which of ``right``."""
    keys = [left.columns[0], right.columns[0]]
    scale = scale_of(left)

    def pieces(layers: Layers) -> gpd.GeoDataFrame:
        found = gpd.overlay(*layers, how="intersection", keep_geom_type=True)
        return found.assign(plane_m2=found.area)

    def own_way(layers: Layers) -> pd.DataFrame:
        one, other = (layer.geometry.to_numpy() for layer in layers)
        return overlap_areas(one, other, scale_of(layers[0]))

    usual_s, usual = timed(1, lambda: (fresh(left), fresh(right)), pieces)
    own_s, own = timed(times, lambda: (fresh(left), fresh(right)), own_way)
    usual = usual.assign(area_m2=scale.area_m2(usual.geometry.to_numpy()))
    expected = usual.groupby(keys)["area_m2"].sum()
    pairs = [left[keys[0]].iloc[own["left"]].to_numpy(), right[keys[1]].iloc[own["right"]].to_numpy()]
    got = own["area_m2"].set_axis(pd.MultiIndex.from_arrays(pairs, names=keys))
    off = float(expected.sub(got, fill_value=0.0).abs().max())
    return Line(name, "gpd.overlay", usual_s, own_s, target, off, 1e-5, "m²")


def compare(city: City, times: int) -> Iterator[Line]:
    """All comparisons. Bow ties are mended first: neither way measures them."""
    mended = city.parcels.set_geometry(city.parcels.geometry.make_valid())
    polygons = mended[mended.geom_type.isin(["Polygon", "MultiPolygon"])].reset_index(drop=True)
    with tempfile.TemporaryDirectory() as folder:
        yield reading(city, Path(folder), times)
    yield area(polygons, times)
    yield overlay("parcels × zones", polygons, city.zones, 8, times)
    yield overlay("buildings × parcels", city.buildings, polygons, 1.8, times)


def peak_mb() -> float:
    """Most memory this process has held, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def main(arguments: list[str] | None = None) -> int:
    """Print the table; 1 where something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--n", type=int, default=100_000, help="parcels of the city (100000)")
    parser.add_argument("--times", type=int, default=3, help="runs of landeff, the shortest counts (3)")
    parser.add_argument("--any-speed", action="store_true", help="check the answers only")
    chosen = parser.parse_args(arguments)
    city = make_city(chosen.n)
    sizes = ", ".join(f"{len(layer):,} {name}" for name, layer in vars(city).items())
    print(f"{sizes}; shapely {shapely.__version__}, GEOS {shapely.geos_version_string}")
    print(f"{'':22}{'the usual way':>24}{'landeff':>10}{'ratio':>8}{'target':>8}{'answers differ by':>24}")
    failed = False
    for line in compare(city, chosen.times):
        usual = f"{line.usual} {line.usual_s:.2f} s"
        off = f"{line.difference:.1e} {line.unit}"
        verdict = line.verdict
        failed |= verdict == "ANSWERS DIFFER" or (verdict != "ok" and not chosen.any_speed)
        print(
            f"{line.name:22}{usual:>24}{line.landeff_s:8.2f} s{line.usual_s / line.landeff_s:8.1f}"
            f"{line.target:8.1f}{off:>24}  {verdict}"
        )
    print(f"peak memory {peak_mb():,.0f} MB")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
