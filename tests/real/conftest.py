"""Where the real data are: beside the checkout, or where ``LANDEFF_REAL_DATA`` says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Folder of the real data; tests are skipped where it is absent, except in CI, where they fail."""
    beside = Path(__file__).parents[2].parent / "shared" / "real"
    folder = Path(os.environ.get("LANDEFF_REAL_DATA", beside))
    if folder.is_dir():
        return folder
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI must have the real data, and {folder} is not there")
    pytest.skip(f"no real data: {folder} is not there; set LANDEFF_REAL_DATA")
