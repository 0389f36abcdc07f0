"""Does the image agree with the books? Built-up share of parcels: `python examples/raster_evidence.py`.

The image is made up here, 10 m cells: built wherever the sample city has a building. Use your own GeoTIFF.
"""

import datetime as dt
import tempfile
import tomllib
from pathlib import Path

import geopandas as gpd
import numpy as np
import rasterio
from rasterio.features import rasterize
from rasterio.transform import from_origin

import landeff

DATA = Path(__file__).resolve().parents[1] / "data"
FOLDER = Path(tempfile.mkdtemp())

project = tomllib.loads((DATA / "project.toml").read_text("utf-8"))
for sources in project["sources"].values():
    for source in sources if isinstance(sources, list) else [sources]:
        source["path"] = str(DATA / source["path"])
project["standards"]["folder"] = str(DATA)

# The image: 1 built, 0 not, 255 cloud over its south-western part.
buildings = gpd.read_file(project["sources"]["buildings"]["path"]).to_crs(project["project"]["crs"])
parcels = gpd.read_file(project["sources"]["parcels"]["path"]).to_crs(project["project"]["crs"])
left, bottom, right, top = parcels.total_bounds
size = (int((top - bottom) // 10) + 1, int((right - left) // 10) + 1)
place = from_origin(left, top, 10, 10)
built = rasterize(buildings.geometry, size, transform=place, dtype="uint8")
built[size[0] // 2 :, : size[1] // 3] = 255
image = {"driver": "GTiff", "height": size[0], "width": size[1], "count": 1, "dtype": "uint8", "nodata": 255}
with rasterio.open(FOLDER / "built.tif", "w", crs=parcels.crs, transform=place, **image) as file:
    file.write(built, 1)

project["rasters"] = [
    {"name": "built", "path": str(FOLDER / "built.tif"), "kind": "class_share", "classes": [1],
     "observed_on": dt.date(2024, 6, 1)}
]  # fmt: skip
result = landeff.run(project)

# Idle by the books and built on the image: worth a look. Unknown stays unknown.
parcels = result.parcels
shown = np.where(
    parcels["raster_built"].isna(), "unseen", np.where(parcels["raster_built"] > 0.05, "built", "bare")
)
print(parcels.groupby(["inventory_class", shown])["basis_area_m2"].agg(["size", "sum"]).to_string())
print(result.explain(parcels.loc[shown == "built", "parcel_id"].iloc[0], "en").split("■ Supply")[0])
