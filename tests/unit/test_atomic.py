"""An output folder is the old one or the new one."""

from __future__ import annotations

from pathlib import Path

import pytest

from landeff.core.errors import OutputError
from landeff.publish.atomic import replacing
from landeff.publish.manifest import listed_files, write_manifest


def make(folder: Path, **files: str) -> None:
    with replacing(folder) as new:
        for name, text in files.items():
            (new / name.replace("_", ".")).write_text(text, encoding="utf-8")
        write_manifest(new, {"run": 1})


def content(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in folder.iterdir() if path.name != "manifest.json"}


def test_the_new_output_takes_the_place_of_the_old(tmp_path: Path) -> None:
    make(tmp_path / "out", map_html="old", gone_txt="old")
    make(tmp_path / "out", map_html="new")
    assert content(tmp_path / "out") == {"map.html": "new"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_failure_in_the_middle_leaves_the_old_untouched_and_nothing_behind(tmp_path: Path) -> None:
    make(tmp_path / "out", map_html="old")

    def fail() -> None:
        with replacing(tmp_path / "out") as new:
            (new / "map.html").write_text("half", encoding="utf-8")
            raise KeyError("a bug")

    with pytest.raises(KeyError):
        fail()
    assert content(tmp_path / "out") == {"map.html": "old"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_failure_while_swapping_puts_the_old_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path / "out", map_html="old")
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise PermissionError("in use")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(OutputError, match="in use"):
        make(tmp_path / "out", map_html="new")
    assert content(tmp_path / "out") == {"map.html": "old"}


def test_a_folder_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work", encoding="utf-8")
    with pytest.raises(OutputError, match=r"thesis\.docx"):
        make(tmp_path, map_html="new")
    assert content(tmp_path) == {"thesis.docx": "years of work"}


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="is a file"):
        make(tmp_path / "out")


def test_a_lone_readme_is_kept(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("what this is", encoding="utf-8")
    make(tmp_path, map_html="new")
    assert content(tmp_path) == {"README.md": "what this is", "map.html": "new"}


def test_what_the_user_added_or_filled_in_is_carried_over(tmp_path: Path) -> None:
    out = tmp_path / "out"
    make(out, inventory_xlsx="written", map_html="old")
    (out / "notes").mkdir()
    (out / "notes" / "visit.txt").write_text("seen", encoding="utf-8")
    for number in range(2):
        (out / "inventory.xlsx").write_text(f"filled in {number}", encoding="utf-8")
        make(out, inventory_xlsx="written again", map_html="new")
    assert (out / "notes" / "visit.txt").read_text("utf-8") == "seen"
    assert (out / "inventory.xlsx").read_text("utf-8") == "written again"
    assert (out / "inventory.edited.xlsx").read_text("utf-8") == "filled in 0"
    assert (out / "inventory.edited-2.xlsx").read_text("utf-8") == "filled in 1"
    assert (out / "map.html").read_text("utf-8") == "new"


def test_the_manifest_lists_every_file_with_its_hash(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_bytes(b"abc")
    write_manifest(tmp_path, {"code": "1"})
    # SHA-256 of "abc", FIPS 180-2 appendix B.1
    assert listed_files(tmp_path) == {
        "sub/a.txt": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    }


def test_a_broken_manifest_is_refused(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("[]", encoding="utf-8")
    with pytest.raises(OutputError, match="not a manifest"):
        make(tmp_path, map_html="new")
    assert [path.name for path in tmp_path.iterdir()] == ["manifest.json"]
