"""Small GeoTIFFs written by tests, over the land of ``four_squares``."""

from pathlib import Path

import numpy as np
import rasterio
from rasterio.transform import from_origin

E, N = 40_443_000.0, 3_584_000.0


def write(path: Path, values, *, left=E, top=N + 1000, cell=100.0, crs="EPSG:4528", **options) -> Path:
    """Write ``values`` (rows from the north, or a list of bands of them) as a GeoTIFF."""
    bands = np.asarray(values)
    bands = bands if bands.ndim == 3 else bands[None]
    tags = options.pop("tags", {})
    profile = {
        "driver": "GTiff",
        "count": len(bands),
        "height": bands.shape[1],
        "width": bands.shape[2],
        "dtype": bands.dtype,
        "crs": crs,
        "transform": from_origin(left, top, cell, cell),
        **options,
    }
    with rasterio.open(path, "w", **profile) as file:
        file.write(bands)
        if tags:
            file.update_tags(**tags)
    return path
