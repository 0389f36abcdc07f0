"""What every indicator that ships must declare."""

import datetime as dt

import pandas as pd
import pytest

from landeff.core.columns import COLUMNS
from landeff.indicators.run import built_in_indicators, run_indicators
from landeff.indicators.spec import Indicator

INDICATORS = list(built_in_indicators().items())


@pytest.mark.parametrize("spec", [spec for _, spec in INDICATORS], ids=[name for name, _ in INDICATORS])
def test_declaration(spec: Indicator) -> None:
    assert spec.name in COLUMNS
    assert spec.title.zh
    assert spec.title.en
    assert spec.source
    assert spec.function.__doc__
    assert set(spec.columns) <= set(COLUMNS)
    assert set(spec.parameters) <= {"as_of", "calendar", "promise", "start_within_days"}
    assert set(spec.settled_by) <= set(COLUMNS)
    if spec.combine:
        assert {spec.combine.numerator, spec.combine.denominator} == set(spec.columns)
    unit = {"_cny_per_mu": "元/亩", "_on": "日期"}
    assert all(spec.unit == text for suffix, text in unit.items() if spec.name.endswith(suffix))
    if spec.name.startswith("is_"):
        assert spec.unit == "是/否"
    if "per_mu" in spec.name:
        assert spec.combine is not None


@pytest.mark.parametrize("level", ["parcel", "enterprise", "zone", "zone_land"])
def test_same_index_and_untouched_input(level: str) -> None:
    names = {name for _, spec in INDICATORS for name in spec.columns if COLUMNS[name].kind == "number"}
    frame = pd.DataFrame({name: [1.0, 2.0] for name in sorted(names)}, index=[7, 3])
    before = frame.copy(deep=True)
    out = run_indicators(level, frame, {"as_of": dt.date(2024, 12, 31)})  # type: ignore[arg-type]
    assert out.index.equals(frame.index)
    pd.testing.assert_frame_equal(frame, before)
