"""Lattices whose neighbouring cells share jagged edges to the last millimetre."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def _jagged(start: Array, end: Array, n: int, offset_m: float, rng: np.random.Generator) -> Array:
    """``n`` points between each pair of ends, off the straight line by about ``offset_m``."""
    along = end - start
    length = np.linalg.norm(along, axis=-1, keepdims=True)
    normal = np.stack([-along[..., 1], along[..., 0]], axis=-1) / length
    shape = (*start.shape[:-1], n, 1)
    position = (np.arange(1, n + 1) / (n + 1))[:, None] + rng.uniform(-0.2, 0.2, shape) / (n + 1)
    offset = rng.normal(0.0, offset_m, shape).clip(-2.5 * offset_m, 2.5 * offset_m)
    moved: Array = start[..., None, :] + along[..., None, :] * position + normal[..., None, :] * offset
    return moved


@dataclass(frozen=True, slots=True)
class Lattice:
    """Corners ``(rows + 1, columns + 1, 2)`` and the jagged points of the edges between them."""

    corners: Array
    across: Array
    upward: Array

    @classmethod
    def build(cls, corners: Array, n: int, offset_m: float, rng: np.random.Generator) -> Lattice:
        """Join ``corners`` by edges with ``n`` points each, about ``offset_m`` off the straight line."""
        across = _jagged(corners[:, :-1], corners[:, 1:], n, offset_m, rng)
        upward = _jagged(corners[:-1], corners[1:], n, offset_m, rng)
        return cls(corners, across, upward)

    def rings(self) -> Array:
        """Open rings of all cells, counter-clockwise, ``(rows, columns, 4 + 4 n, 2)``."""
        c, h, v = self.corners, self.across, self.upward
        parts = [
            c[:-1, :-1, None], h[:-1], c[:-1, 1:, None], v[:, 1:],
            c[1:, 1:, None], h[1:, :, ::-1], c[1:, :-1, None], v[:, :-1, ::-1],
        ]  # fmt: skip
        return np.concatenate(parts, axis=2)

    def outline(self) -> Array:
        """Open ring around all cells, counter-clockwise, ``(points, 2)``."""
        c, h, v = self.corners, self.across, self.upward
        bottom = np.concatenate([c[0, :-1, None], h[0]], axis=1)
        right = np.concatenate([c[:-1, -1, None], v[:, -1]], axis=1)
        top = np.concatenate([c[-1, 1:, None], h[-1, :, ::-1]], axis=1)[::-1]
        left = np.concatenate([c[1:, 0, None], v[:, 0, ::-1]], axis=1)[::-1]
        return np.concatenate([side.reshape(-1, 2) for side in (bottom, right, top, left)])


def quad_corners(lattice: Lattice) -> Array:
    """Corners of all cells, counter-clockwise from the lower left, ``(rows, columns, 4, 2)``."""
    c = lattice.corners
    return np.stack([c[:-1, :-1], c[:-1, 1:], c[1:, 1:], c[1:, :-1]], axis=2)


def inside(quad: Array, u: Array, v: Array) -> Array:
    """Points of a quadrilateral ``(…, 4, 2)`` at the parameters ``u`` and ``v`` (0 to 1)."""
    u, v = u[..., None], v[..., None]
    lower = quad[..., 0, :] * (1 - u) + quad[..., 1, :] * u
    upper = quad[..., 3, :] * (1 - u) + quad[..., 2, :] * u
    point: Array = lower * (1 - v) + upper * v
    return point


def block_lattice(quad: Array, street_m: float, n: tuple[int, int], rng: np.random.Generator) -> Lattice:
    """A block of ``n`` = (rows, columns) lots inside a cell, ``street_m`` away from the cell's edges."""
    rows, columns = n
    width = np.linalg.norm(quad[1] - quad[0] + quad[2] - quad[3]) / 2
    height = np.linalg.norm(quad[3] - quad[0] + quad[2] - quad[1]) / 2
    u = _steps(columns, float(street_m / width), rng)
    v = _steps(rows, float(street_m / height), rng)
    corners = inside(quad, *np.meshgrid(u, v))
    jitter = min(2.0, street_m / 6)
    corners = corners + rng.uniform(-jitter, jitter, corners.shape)
    return Lattice.build(corners, 2, min(0.8, street_m / 12), rng)


def _steps(n: int, margin: float, rng: np.random.Generator) -> Array:
    sizes = rng.uniform(0.7, 1.3, n)
    steps: Array = margin + (1 - 2 * margin) * np.concatenate([[0.0], np.cumsum(sizes)]) / sizes.sum()
    return steps
