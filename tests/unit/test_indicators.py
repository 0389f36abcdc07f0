import datetime as dt
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from landeff.core.columns import COLUMNS, DTYPES
from landeff.core.errors import ConfigError
from landeff.core.registry import scan
from landeff.indicators.money import per_mu
from landeff.indicators.run import of_level, run_indicators, settling_columns
from landeff.indicators.spec import Indicator

NEW_FILE = '''
import pandas as pd
from landeff.core.text import Term
from landeff.indicators.spec import indicator
from landeff.indicators.money import tax_cny_per_mu

@indicator("parcel", title=Term("双倍", "double"), unit="元/亩", source="test")
def {name}({reads}: pd.Series, factor: float = 2.0) -> pd.Series:
    """Twice the other column."""
    return {reads} * factor
'''


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Make a package of the given files, importable for the test."""

    def make(**files: str):
        folder = tmp_path / "extra_indicators"
        folder.mkdir()
        (folder / "__init__.py").write_text("")
        for name, text in files.items():
            (folder / f"{name}.py").write_text(text)
        monkeypatch.syspath_prepend(tmp_path)
        import extra_indicators  # type: ignore[import-not-found]

        return extra_indicators

    yield make
    for name in [name for name in sys.modules if name.startswith("extra_indicators")]:
        del sys.modules[name]


def test_adding_an_indicator_is_adding_one_function(package) -> None:
    made = package(
        doubled=NEW_FILE.format(name="double_cny", reads="tax_cny"),
        again=NEW_FILE.format(name="quadruple_cny", reads="double_cny"),
    )
    found = scan(made, Indicator)
    assert list(found) == ["again.quadruple_cny", "doubled.double_cny"]  # what a file imports is not its own
    frame = pd.DataFrame({"tax_cny": [1.0, np.nan]}, index=["b", "a"])
    out = run_indicators("parcel", frame, {"factor": 3.0}, found)
    assert out["quadruple_cny"].tolist()[0] == 9.0
    assert out.index.tolist() == ["b", "a"]
    assert np.isnan(out.loc["a", "double_cny"])
    assert frame.columns.tolist() == ["tax_cny"]
    with pytest.raises(TypeError):
        found["x"] = None  # type: ignore[index]


def test_a_circle_of_indicators_is_named(package) -> None:
    made = package(
        one=NEW_FILE.format(name="one_cny", reads="two_cny"),
        two=NEW_FILE.format(name="two_cny", reads="one_cny"),
    )
    with pytest.raises(ConfigError, match="circle"):
        of_level("parcel", scan(made, Indicator))


def test_the_same_column_twice_is_an_error(package) -> None:
    text = NEW_FILE.format(name="same_cny", reads="tax_cny")
    with pytest.raises(ConfigError, match="same_cny"):
        of_level("parcel", scan(package(one=text, two=text), Indicator))


def test_an_input_nothing_makes_is_an_error(package) -> None:
    made = package(one=NEW_FILE.format(name="one_cny", reads="no_such_column"))
    with pytest.raises(ConfigError, match="no_such_column"):
        run_indicators("parcel", pd.DataFrame({"a": [1]}), {}, scan(made, Indicator))


def test_per_mu_is_never_infinite() -> None:
    # 15 mu are 10 000 m²: 150 元 on them are 10 元/亩
    money = pd.Series([150.0, 150.0, np.nan, 0.0, 150.0])
    area = pd.Series([10_000.0, 0.0, 10_000.0, 10_000.0, np.nan])
    out = per_mu(money, area)
    assert out[0] == pytest.approx(10.0, rel=1e-15)
    assert out.isna().tolist() == [False, True, True, False, True]
    assert out[3] == 0.0
    assert np.isnan(per_mu(pd.Series([1.0]), pd.Series([-5.0]))[0])


def test_the_bulletin_in_two_units() -> None:
    # 539.96 万元/公顷 of the 2020 bulletin are 36.0 万元/亩 (÷ 15)
    out = per_mu(pd.Series([5_399_600.0]), pd.Series([10_000.0]))
    assert out[0] == pytest.approx(359_973.333, abs=0.001)


def test_columns_that_are_not_there_are_unknown() -> None:
    out = run_indicators("parcel", pd.DataFrame({"x": [1, 2]}), {"as_of": dt.date(2024, 12, 31)})
    assert out.isna().all().all()
    dtypes = {name: str(dtype) for name, dtype in out.dtypes.items()}
    assert dtypes == {name: DTYPES[COLUMNS[name].kind] for name in out}
    assert {dtypes[name] for name in ("start_due_on", "idle_from_on", "recovery_from_on")} == {
        "datetime64[s]"
    }
    assert (dtypes["is_started"], dtypes["days_to_idle"]) == ("boolean", "Int64")


def test_what_would_settle_an_unknown_is_a_fact_somebody_can_give() -> None:
    by = settling_columns("parcel")
    assert by["start_due_on"] == ("agreed_start_on", "handover_on")
    assert by["is_started"] == ("actual_start_on",)
