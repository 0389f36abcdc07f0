"""Every command through the console script, on a small project."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest

Command = Callable[..., subprocess.CompletedProcess[str]]
DATA = Path(__file__).parents[2] / "data"
COMMANDS = ("run", "demo", "init", "check", "convert", "explain", "review", "indicators", "rules", "sample")
OUTPUTS = (
    "map.html",
    "report.html",
    "inventory.xlsx",
    "results.gpkg",
    "manifest.json",
    "result/parcels.parquet",
)


@pytest.mark.parametrize("code", ["import landeff", "from landeff.cli import main; main()"])
def test_help_and_import_need_no_heavy_library(code: str) -> None:
    after = f"import atexit, sys; sys.argv = ['landeff', '--help']; atexit.register(lambda: sys.stderr.write(' '.join(sys.modules))); {code}"  # noqa: E501
    done = subprocess.run([sys.executable, "-c", after], capture_output=True, text=True, check=True)
    loaded = set(done.stderr.split())
    assert "landeff" in loaded
    assert not loaded & {"geopandas", "pandas", "folium", "pyarrow", "numpy", "shapely"}


@pytest.mark.parametrize(("lang", "word"), [("zh", "命令"), ("en", "Commands")])
def test_help_in_both_languages(landeff_command: Command, lang: str, word: str) -> None:
    done = landeff_command("--help", LC_ALL="zh_CN.UTF-8" if lang == "zh" else "en_GB.UTF-8")
    assert word in done.stdout
    assert all(f"  {name} " in done.stdout for name in COMMANDS)
    for name in COMMANDS:
        told = landeff_command(name, "--lang", lang, "--help")
        assert told.returncode == 0
        assert any("\u4e00" <= char <= "\u9fff" for char in told.stdout) == (lang == "zh"), name


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_run(console_script: Command, project: Path, lang: str) -> None:
    done = console_script("run", project, "--lang", lang)
    assert done.returncode == 0, done.stderr
    assert ("五块地：1 个园区" if lang == "zh" else "五块地: 1 zones") in done.stdout
    assert done.stderr == ""  # no bar in a pipe
    out = project.parent / "out"
    assert all((out / name).is_file() for name in OUTPUTS)
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert set(OUTPUTS) - {"manifest.json"} <= set(manifest["files"])
    assert {"园区.gpkg", "宗地.gpkg", "供地.csv", "税收.xlsx"} == set(manifest["inputs"])
    assert all(len(digest) == 64 for digest in [*manifest["files"].values(), *manifest["inputs"].values()])


def test_json_and_quiet(landeff_command: Command, project: Path) -> None:
    facts = json.loads(landeff_command("run", project, "--json").stdout)
    # 150 万元 over 300 mu
    assert (facts["n_parcels"], facts["tax_cny"], facts["n_idle"]) == (5, 1_500_000.0, 1)
    assert facts["tax_cny_per_mu"] == pytest.approx(5_000.0)
    quiet = landeff_command("run", project, "--quiet")
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")


def test_fail_on(landeff_command: Command, project: Path) -> None:
    assert landeff_command("run", project, "--fail-on", 0).returncode == 1  # one parcel is idle
    assert (project.parent / "out" / "map.html").exists()
    assert landeff_command("run", project, "--fail-on", 1).returncode == 0


def test_below_the_gate_everything_is_written_and_marked(landeff_command: Command, project: Path) -> None:
    text = project.read_text("utf-8").replace(
        '"电子监管号" = "supply_id"\n\n', '"电子监管号" = "supply_id"\n\n'
    )
    text = text.replace('"权利人代码" = "holder_code"\n', "")  # nobody stands on any parcel
    project.write_text(text, encoding="utf-8")
    done = landeff_command("run", project, "--lang", "zh")
    assert done.returncode == 4, done.stderr
    assert "未达对账线" in done.stdout
    assert all((project.parent / "out" / name).is_file() for name in OUTPUTS)
    assert "对账" in (project.parent / "out" / "report.html").read_text("utf-8")


def test_without_an_output_folder(landeff_command: Command, project: Path, tmp_path: Path) -> None:
    project.write_text(project.read_text("utf-8").replace('out = "out"', ""), encoding="utf-8")
    done = landeff_command("run", project)
    assert done.returncode == 2
    assert "--out" in done.stderr
    assert landeff_command("run", project, "--out", tmp_path / "there", "--quiet").returncode == 0
    assert (tmp_path / "there" / "map.html").exists()


def test_check_writes_nothing(landeff_command: Command, project: Path) -> None:
    before = sorted(project.parent.rglob("*"))
    done = landeff_command("check", project, "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert "issues" in done.stdout
    looked = done.stdout.split("Checked:")[1]
    assert "parcels: 5 rows (宗地.gpkg)" in looked
    assert "national/idle" in looked
    assert sorted(project.parent.rglob("*")) == before


def test_check_speaks_the_language_asked_for(landeff_command: Command, project: Path) -> None:
    """Parcels a degree of latitude to the north: the issue's decision and fix, in Chinese."""
    path = project.parent / "宗地.gpkg"
    parcels = gpd.read_file(path)
    path.unlink()
    parcels.set_geometry(parcels.translate(0, 111_000)).to_file(path)
    told = landeff_command("check", project, "--lang", "zh").stdout
    assert "→ 保留，但与其他图层均不相接" in told
    assert "处理：核对该图层的坐标系" in told


def test_explain(landeff_command: Command, project: Path) -> None:
    assert landeff_command("run", project, "--quiet").returncode == 0
    out = project.parent / "out"
    done = landeff_command("explain", "321001001001GB00001", "--result", out, "--lang", "zh")
    assert done.returncode == 0, done.stderr
    for words in ("国土资源部令第53号", "national/idle", "2023-06-01", "税收.xlsx", "供地.csv", "宗地.gpkg"):
        assert words in done.stdout
    wrong = landeff_command("explain", "321001001001GB00011", "--result", out)
    assert wrong.returncode == 2
    assert "321001001001GB00001" in wrong.stderr
    assert landeff_command("explain", "x", "--result", out.parent / "nowhere").returncode == 3


def test_init_proposes_what_check_accepts(landeff_command: Command, project: Path) -> None:
    folder = project.parent
    done = landeff_command(
        "init", *(folder / name for name in ("园区.gpkg", "宗地.gpkg", "供地.csv", "税收.xlsx")), cwd=folder
    )
    assert done.returncode == 0, done.stderr
    proposed = tomllib.loads(done.stdout)
    assert {"zones", "parcels", "supply", "returns"} <= set(proposed["sources"])
    written = folder / "proposed.toml"
    assert landeff_command("init", folder / "宗地.gpkg", "-o", written).returncode == 0
    assert landeff_command("init", folder / "宗地.gpkg", "-o", written).returncode == 3  # never overwritten
    # what no file can tell is left to the user: the name, the years, the date
    answers = [("years = []", "years = [2024]"), ("# as_of", "as_of"), ("# year = 2024", "year = 2024")]
    text = done.stdout
    for old, new in answers:
        assert old in text
        text = text.replace(old, new)
    written.write_text(text, encoding="utf-8")
    checked = landeff_command("check", written, cwd=folder)
    assert checked.returncode == 0, checked.stderr + text


def test_indicators_and_rules(landeff_command: Command) -> None:
    assert "tax_cny_per_mu" in landeff_command("indicators", "--lang", "en").stdout
    rules = landeff_command("rules", "--lang", "zh")
    assert rules.returncode == 0, rules.stderr
    assert "national/idle" in rules.stdout
    assert "53" in rules.stdout


def test_sample_remakes_the_city_byte_for_byte(landeff_command: Command, tmp_path: Path) -> None:
    folder = tmp_path / "city"
    assert landeff_command("sample", folder).returncode == 0
    names = sorted(path.relative_to(DATA) for path in DATA.rglob("*") if path.is_file())
    assert sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file()) == names
    assert [str(name) for name in names if (folder / name).read_bytes() != (DATA / name).read_bytes()] == []
    other = tmp_path / "other"
    other.mkdir()
    (other / "mine.txt").write_text("mine")
    assert landeff_command("sample", other).returncode == 3


def test_demo_uses_the_project_beside_it(landeff_command: Command, project: Path, tmp_path: Path) -> None:
    """``data/project.toml``, which is the sample city in a checkout; here a smaller one."""
    place = tmp_path / "place"
    place.mkdir()
    shutil.copytree(project.parent, place / "data", ignore=shutil.ignore_patterns("place", "cwd"))
    done = landeff_command("demo", "--out", tmp_path / "demo", "--json", cwd=place)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["n_parcels"] == 5
    assert all((tmp_path / "demo" / name).is_file() for name in OUTPUTS)


def test_usage_errors(landeff_command: Command) -> None:
    assert landeff_command("rnu").returncode == 2
    assert landeff_command("run", "nowhere.toml").returncode in (2, 3)
