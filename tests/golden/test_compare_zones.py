"""The planner's script on the sample city, given the run that all tests of the city share."""

import runpy
from pathlib import Path

import pytest

import landeff

ROOT = Path(__file__).parents[2]


def test_compare_zones(
    city: landeff.Result, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(landeff, "run", lambda project: asked.append(project) or city)
    runpy.run_path(str(ROOT / "examples" / "compare_zones.py"), run_name="__main__")
    assert [path.resolve() for path in asked] == [ROOT / "data" / "project.toml"]
    told = capsys.readouterr().out
    assert "developed ellipsoidal          136000" in told
    assert "国土资源部令第53号" in told
