"""What the command line refuses, in the language of the terminal."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

import pytest

Command = Callable[..., "subprocess.CompletedProcess[str]"]


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["rnu"], "没有命令 'rnu'"),
        (["run"], "缺少参数 'PROJECT'"),
        (["run", "--ot", "x", "p.toml"], "没有选项 '--ot'"),
        (["run", "nowhere.toml"], "错误 [input] 项目文件"),
        (["report", "nowhere"], "不存在"),
        (["check", "p.toml"], "没有 alocation 这个键（是否指 allocation？）"),
    ],
)
def test_in_chinese(landeff_command: Command, tmp_path, words: list[str], told: str):
    (tmp_path / "p.toml").write_text('[link]\nalocation = "x"\n', "utf-8")
    done = landeff_command(*words, "--lang", "zh", cwd=tmp_path)
    assert done.returncode in (2, 3)
    assert told in done.stderr
    assert all(_is_chinese(line) for line in done.stderr.splitlines() if line.strip()), done.stderr


@pytest.mark.parametrize(
    ("environment", "is_chinese"),
    [
        ({"LC_ALL": "C.UTF-8"}, True),  # names no language: Chinese first
        ({"LC_ALL": "zh_CN.UTF-8"}, True),
        ({"LC_ALL": "en_US.UTF-8"}, False),
        ({"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}, False),  # could not be written
    ],
)
def test_the_language_of_the_terminal(
    landeff_command: Command, environment: dict[str, str], is_chinese: bool
):
    done = landeff_command("rnu", **environment)
    assert done.returncode == 2
    assert _is_chinese(done.stderr) == is_chinese


def test_help_in_chinese_names_usage_options_and_commands(landeff_command: Command):
    told = landeff_command("thresholds", "--help", "--lang", "zh").stdout
    for word in ("用法：", "[选项]", "选项:", "[必填]", "文字", "显示本说明后退出"):
        assert word in told
    assert "Usage" not in told
