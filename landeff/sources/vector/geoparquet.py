"""GeoParquet, and Parquet without geometry as a plain table."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from pyproj.exceptions import CRSError
from shapely.errors import GEOSException

from landeff.sources.readers import Options, Raw, reader
from landeff.sources.vector.layers import unreadable, vector


@reader((".parquet", ".geoparquet"), "vector")
def read_geoparquet(path: Path, options: Options) -> Raw:
    """Read all columns; a file without ``geo`` metadata is a table."""
    try:
        metadata = pq.read_schema(path).metadata or {}
        frame = gpd.read_parquet(path) if b"geo" in metadata else pd.read_parquet(path)
    except (pa.ArrowException, GEOSException, CRSError, ValueError, KeyError, TypeError) as error:
        raise unreadable(path.name, error) from None
    return vector(frame, (), path.name, options.crs)
