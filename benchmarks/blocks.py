"""Which of 100,000 polygons lie together, beside the usual geopandas calls, in one run on one made-up city.

    python benchmarks/blocks.py [--n 100000] [--bridge-m 10] [--times 3] [--any-speed]

The usual way grows every polygon by half the gap, dissolves, takes the parts, and joins the polygons to them.
Both must make the same blocks. The command ends with 1 where they differ or the target is missed.
"""

from __future__ import annotations

import argparse
import resource
import sys

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from city import make_city
from measure import fresh, timed

from landeff.measure.contiguity import contiguous

TARGET = 10.0

Labels = npt.NDArray[np.intp]


def grown_and_dissolved(layer: gpd.GeoDataFrame, bridge_m: float) -> Labels:
    """The part of the dissolved buffers that each polygon lies in."""
    grown = layer.set_geometry(layer.buffer(bridge_m / 2))
    parts = grown[["geometry"]].dissolve().explode(ignore_index=True)
    points = layer[["geometry"]].set_geometry(layer.representative_point())
    return points.sjoin(parts, predicate="within")["index_right"].sort_index().to_numpy()


def first_of(label: Labels) -> Labels:
    """Labels as the first row of each block, so that two partitions can be compared."""
    _, first, place = np.unique(label, return_index=True, return_inverse=True)
    return first[place]


def main() -> int:
    """Print both times; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--n", type=int, default=100_000)
    parser.add_argument("--bridge-m", type=float, default=10.0)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--any-speed", action="store_true", help="answers alone decide")
    given = parser.parse_args()
    parcels = make_city(given.n).parcels[["geometry"]]
    parcels = parcels.set_geometry(shapely.make_valid(parcels.geometry.to_numpy()), crs=parcels.crs)
    usual_s, usual = timed(
        1, lambda: fresh(parcels), lambda layer: grown_and_dissolved(layer, given.bridge_m)
    )
    own_s, own = timed(
        given.times, lambda: fresh(parcels), lambda layer: contiguous(layer.geometry, given.bridge_m)
    )
    same = bool((first_of(usual) == first_of(own)).all())
    times = usual_s / own_s
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{len(parcels):,} polygons, gaps up to {given.bridge_m:g} m: {len(np.unique(own)):,} blocks")
    print(f"buffer, dissolve, explode, sjoin {usual_s:.1f} s; landeff {own_s:.2f} s")
    print(f"{times:.1f}x, target {TARGET:g}x")
    print(f"peak {peak:.2f} GB; {'the same blocks' if same else 'BLOCKS DIFFER'}")
    return 0 if same and (given.any_speed or times >= TARGET) else 1


if __name__ == "__main__":
    sys.exit(main())
