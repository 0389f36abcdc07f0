"""Opening GeoTIFFs: what a handle reads, and what is refused with its fix."""

from __future__ import annotations

import builtins
import datetime as dt
import re

import numpy as np
import pandas as pd
import pyogrio
import pytest
import rasterio
from affine import Affine
from geotiff import E, N, write

from landeff.core.errors import InputError, MissingExtraError
from landeff.sources.raster import class_names, open_raster

FOUR = np.array([[1, 2], [3, 4]], dtype="int16")


def refused(path, message, **options):
    with pytest.raises(InputError, match=message) as caught, open_raster(path, **options):
        pass
    assert caught.value.fix


def test_cells_lie_where_the_file_says(tmp_path) -> None:
    with open_raster(write(tmp_path / "a.tif", FOUR)) as raster:
        grid = raster.grid
        assert (grid.left, grid.top, grid.cell_width, grid.cell_height) == (E, N + 1000, 100, 100)
        assert (grid.n_columns, grid.n_rows, raster.name, raster.band) == (2, 2, "a.tif", 1)
        assert raster.read(1, 0, 1, 2).tolist() == [[3, 4]]
        assert raster.read(0, 1, 2, 1).tolist() == [[2], [4]]


def test_rows_stored_from_the_south_are_turned(tmp_path) -> None:
    """The same land: the first stored row is the southernmost."""
    transform = Affine(100, 0, E, 0, 100, N + 800)
    path = write(tmp_path / "south.tif", FOUR[::-1], transform=transform)
    with open_raster(path) as raster:
        assert raster.grid.top == N + 1000
        assert raster.read(0, 0, 2, 2).tolist() == [[1, 2], [3, 4]]
        assert raster.read(1, 0, 1, 2).tolist() == [[3, 4]]


def test_no_data_of_the_file_and_declared(tmp_path) -> None:
    path = write(tmp_path / "a.tif", FOUR, nodata=3)
    with open_raster(path) as raster:
        assert np.isnan(raster.read(0, 0, 2, 2)).tolist() == [[False, False], [True, False]]
    with open_raster(path, nodata=1) as raster:
        assert np.isnan(raster.read(0, 0, 2, 2)).tolist() == [[True, False], [True, False]]


def test_a_declared_number_that_the_type_cannot_hold_matches_nothing(tmp_path) -> None:
    """-9999 is 241 modulo 256: it must not make 241 missing."""
    path = write(tmp_path / "a.tif", np.array([[241, 1]], dtype="uint8"))
    with open_raster(path, nodata=-9999) as raster:
        assert raster.read(0, 0, 1, 2).tolist() == [[241, 1]]


def test_single_precision_no_data_declared_in_decimals(tmp_path) -> None:
    path = write(tmp_path / "a.tif", np.array([[-3.4028235e38, 0.1]], dtype="float32"))
    with open_raster(path, nodata=-3.4028235e38) as raster:
        assert np.isnan(raster.read(0, 0, 1, 2)).tolist() == [[True, False]]


def test_infinite_is_no_data(tmp_path) -> None:
    path = write(tmp_path / "a.tif", np.array([[np.inf, np.nan, 2.0]]))
    with open_raster(path) as raster:
        assert np.isnan(raster.read(0, 0, 1, 3)).tolist() == [[True, True, False]]


def test_scale_and_offset_of_the_file(tmp_path) -> None:
    """NDVI kept as whole ten-thousandths: 4200 · 0.0001 − 0.1 = 0.32."""
    path = write(tmp_path / "ndvi.tif", np.array([[4200, -3000]], dtype="int16"), nodata=-3000)
    with rasterio.open(path, "r+") as file:
        file.scales, file.offsets = (0.0001,), (-0.1,)
    with open_raster(path) as raster:
        values = raster.read(0, 0, 1, 2)
    assert values[0, 0] == pytest.approx(0.32)
    assert np.isnan(values[0, 1])


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("2024:06:01 12:30:00", dt.date(2024, 6, 1)),
        ("2024-06-01", dt.date(2024, 6, 1)),
        ("2024:13:01 00:00:00", None),
        ("0000:00:00 00:00:00", None),
        ("June 2024", None),
    ],
)
def test_time_stamp(tmp_path, stamp, day) -> None:
    path = write(tmp_path / "a.tif", FOUR, tags={"TIFFTAG_DATETIME": stamp})
    with open_raster(path) as raster:
        assert raster.written_on == day


def test_no_time_stamp(tmp_path) -> None:
    with open_raster(write(tmp_path / "a.tif", FOUR)) as raster:
        assert raster.written_on is None


def test_several_bands_are_told_apart(tmp_path) -> None:
    path = write(tmp_path / "rgb.tif", np.array([FOUR, FOUR * 10, FOUR * 100]))
    refused(path, r"rgb\.tif has several bands \(1 .*, 2 .*, 3 .*\)")
    refused(path, r"rgb\.tif has no band 4", band=4)
    refused(path, r"rgb\.tif has no band -1", band=-1)
    with open_raster(path, band=2) as raster:
        assert raster.read(0, 0, 1, 1).tolist() == [[10]]


def test_rotated_and_mirrored(tmp_path) -> None:
    turned = Affine.translation(E, N) @ Affine.rotation(10) @ Affine.scale(100, -100)
    refused(write(tmp_path / "turned.tif", FOUR, transform=turned), r"turned\.tif is rotated or mirrored")
    mirrored = Affine(-100, 0, E, 0, -100, N)
    refused(write(tmp_path / "m.tif", FOUR, transform=mirrored), r"m\.tif is rotated or mirrored")


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_pictures_and_other_files(tmp_path) -> None:
    plain = write(tmp_path / "plain.tif", FOUR, transform=Affine.identity(), crs=None)
    refused(plain, r"plain\.tif has no georeference")
    with rasterio.open(
        tmp_path / "scan.png", "w", driver="PNG", width=2, height=2, count=1, dtype="uint8"
    ) as png:
        png.write(FOUR.astype("uint8")[None])
    refused(tmp_path / "scan.png", r"scan\.png is not a GeoTIFF")
    (tmp_path / "text.tif").write_text("no picture", encoding="utf-8")
    refused(tmp_path / "text.tif", r"text\.tif is not a GeoTIFF")
    refused(tmp_path / "absent.tif", "there is no raster")
    refused(tmp_path, "there is no raster")


def test_references_to_other_files_are_not_followed(tmp_path) -> None:
    """A VRT may point at any file or address."""
    inner = write(tmp_path / "a.tif", FOUR)
    vrt = tmp_path / "a.vrt.tif"
    vrt.write_text(
        '<VRTDataset rasterXSize="2" rasterYSize="2"><VRTRasterBand dataType="Int16" band="1"><SimpleSource>'
        f"<SourceFilename>{inner}</SourceFilename></SimpleSource></VRTRasterBand></VRTDataset>",
        encoding="utf-8",
    )
    refused(vrt, "is not a GeoTIFF")


def test_coordinate_system(tmp_path) -> None:
    path = write(tmp_path / "a.tif", FOUR, crs=None)
    refused(path, r"a\.tif does not say in which coordinate system")
    with open_raster(path, crs="EPSG:4528") as raster:
        assert raster.grid.crs == "EPSG:4528"
    refused(path, "superseded datum Xian 1980", crs="EPSG:2364")
    refused(path, "shifted for display", crs="GCJ-02")
    refused(write(tmp_path / "old.tif", FOUR, crs="EPSG:2416"), "superseded datum Beijing 1954")


def test_complex_numbers(tmp_path) -> None:
    refused(write(tmp_path / "sar.tif", FOUR.astype("complex64")), r"sar\.tif: band 1 holds complex numbers")


def test_cut_off_file(tmp_path) -> None:
    path = write(tmp_path / "a.tif", np.arange(250_000, dtype="float64").reshape(500, 500))
    path.write_bytes(path.read_bytes()[:300_000])
    with open_raster(path) as raster:
        assert raster.read(0, 0, 1, 2).tolist() == [[0, 1]]
        with pytest.raises(InputError, match=r"a\.tif cannot be read at row 400, column 0"):
            raster.read(400, 0, 50, 50)


def test_one_block_of_the_whole_is_not_decoded(tmp_path) -> None:
    """One strip of 40,000 × 30,000 doubles takes 9.6 GB to read a cell of; left empty, the file is small."""
    path = tmp_path / "bomb.tif"
    options = {"blockysize": 30_000, "sparse_ok": True, "compress": "deflate"}
    profile = {"driver": "GTiff", "width": 40_000, "height": 30_000, "count": 1, "dtype": "float64"}
    with rasterio.open(path, "w", crs="EPSG:4528", transform=Affine(1, 0, E, 0, -1, N), **profile, **options):
        pass
    assert path.stat().st_size < 100_000
    refused(path, r"bomb\.tif is stored in blocks of 30000 × 40000 cells")


def test_attribute_table(tmp_path) -> None:
    path = write(tmp_path / "use.tif", FOUR)
    with pytest.raises(InputError, match=r"has no attribute table use\.tif\.vat\.dbf"):
        class_names(path, "LABEL")
    table = pd.DataFrame({"Value": [1, 2], "LABEL": ["建设用地", "耕地"]})
    pyogrio.write_dataframe(table, tmp_path / "use.dbf", driver="ESRI Shapefile", encoding="UTF-8")
    (tmp_path / "use.dbf").rename(tmp_path / "use.tif.vat.dbf")
    (tmp_path / "use.cpg").rename(tmp_path / "use.tif.vat.cpg")
    assert class_names(path, "LABEL") == {1: "建设用地", 2: "耕地"}
    with pytest.raises(InputError, match=r"has no column NAME.*choose one of Value, LABEL"):
        class_names(path, "NAME")
    (tmp_path / "use.tif.vat.dbf").write_bytes(b"\x03")
    with pytest.raises(InputError, match="cannot be read"):
        class_names(path, "LABEL")


def test_without_rasterio_the_extra_is_named(tmp_path, monkeypatch) -> None:
    path = write(tmp_path / "a.tif", FOUR)
    really = builtins.__import__

    def without(name, *rest, **options):
        if name.split(".")[0] == "rasterio":
            raise ImportError(name)
        return really(name, *rest, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtraError) as caught, open_raster(path):
        pass
    assert caught.value.code == "missing_extra"
    assert re.search(r'pip install "landeff\[raster\]".*--no-index --find-links wheels', str(caught.value))
