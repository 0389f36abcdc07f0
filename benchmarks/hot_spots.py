"""Gi* of 100,000 parcels beside libpysal's graph and esda's ``G_Local``, in one run.

    python benchmarks/hot_spots.py [--n 100000] [--distance 1000] [--times 3] [--any-speed]

Parcels as dense as in the sample city, skewed money, without shared firms, so that both mean the same: the
same z to 1e-9 is asked for. esda gets the ranks, analytic z, no permutations. Ends with 1 where z differs or
landeff is less than eight times as fast by the processor.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from esda.getisord import G_Local
from libpysal.weights import DistanceBand

from landeff.analysis.hot_spots import find_hot_spots, ranks
from landeff.core.units import M2_PER_MU

TARGET = 8.0
_PER_KM2 = 19.0
Floats = npt.NDArray[np.float64]


def scattered(n: int) -> tuple[Floats, Floats]:
    """Places in metres and money."""
    random = np.random.default_rng(20260101 + n)
    return random.uniform(0.0, 1000.0 * np.sqrt(n / _PER_KM2), (n, 2)), random.lognormal(1.0, 1.5, n)


def ours(xy: Floats, money: Floats, distance: float) -> Floats:
    """The z of landeff."""
    return find_hot_spots(xy, money, np.ones(len(xy)), distance_m=distance)["gi_z"].to_numpy()


def esda(xy: Floats, money: Floats, distance: float) -> Floats:
    """The z of esda."""
    values = (money * M2_PER_MU).round(4)
    near = DistanceBand(xy, distance, silence_warnings=True)
    return np.asarray(G_Local(ranks(values), near, transform="B", permutations=0, star=True).Zs)


def shortest(call: Callable[[], Floats], times: int) -> tuple[Floats, float, float]:
    """Result, and the least seconds by the clock and by the processor."""
    clock, processor = [], []
    for _ in range(times):
        began, spent = time.perf_counter(), time.process_time()
        found = call()
        clock.append(time.perf_counter() - began)
        processor.append(time.process_time() - spent)
    return found, min(clock), min(processor)


def main() -> int:
    """Print both times and their ratio."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--n", type=int, default=100_000)
    arguments.add_argument("--distance", type=float, default=1000.0)
    arguments.add_argument("--times", type=int, default=3)
    arguments.add_argument("--any-speed", action="store_true")
    given = arguments.parse_args()
    xy, money = scattered(given.n)
    mine, clock, processor = shortest(lambda: ours(xy, money, given.distance), given.times)
    theirs, other_clock, other_processor = shortest(lambda: esda(xy, money, given.distance), 1)
    said = ~np.isnan(mine)
    difference = float(np.abs(mine[said] - theirs[said]).max())
    print(f"{given.n:,} parcels within {given.distance:g} m, {said.sum():,} assessable")
    print(f"z differ by {difference:.1e} at most")
    print(f"landeff {clock:.2f} s, {processor:.2f} s of processor")
    print(f"esda {other_clock:.2f} s, {other_processor:.2f} s of processor")
    print(f"{other_processor / processor:.1f}x by the processor, {other_clock / clock:.1f}x by the clock")
    slow = other_processor < TARGET * processor and not given.any_speed
    return int(difference > 1e-9 or slow)


if __name__ == "__main__":
    sys.exit(main())
