"""Commands of landeff, each in a fork of one process that has the heavy libraries loaded already.

``CommandServer.call`` gives what the console script would: its own environment, working directory, standard
streams and exit code, and modules of ``landeff.cli`` imported anew; only importing the rest is saved, which
is most of what a command on a small project costs. The console script itself is tried by the tests that ask
for ``console_script``.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

#: What commands load; nothing of the terminal, which looks at its environment when it is imported.
_HEAVY = (
    *("convert", "compare", "dossier", "export", "load_config", "merge", "review", "run", "save", "split"),
    *("check", "score_sheets", "thresholds"),
)


class CommandServer:
    """A process that runs commands one after another."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        settings = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(folder)}
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=settings,
        )

    def call(
        self, words: list[str], cwd: Path, environment: dict[str, str]
    ) -> subprocess.CompletedProcess[str]:
        """Run ``landeff`` with ``words`` and wait for it."""
        out, err = self._folder / "stdout", self._folder / "stderr"
        request = {"words": words, "cwd": str(cwd), "env": environment, "out": str(out), "err": str(err)}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the server of commands ended"
        told = (path.read_text(encoding="utf-8", errors="replace") for path in (out, err))
        return subprocess.CompletedProcess(["landeff", *words], int(answer), *told)

    def close(self) -> None:
        """End the process."""
        self._process.communicate(timeout=30)


def _serve() -> None:
    for name in _HEAVY:
        importlib.import_module(f"landeff.pipeline.{name}")
    loaded = [name for name in sys.modules if name.startswith(("landeff.cli", "click"))]
    assert not loaded, loaded
    while line := sys.stdin.readline():
        child = os.fork()
        if child == 0:
            _run(json.loads(line))
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _run(request: dict[str, Any]) -> None:
    """Be the command; never returns."""
    os.environ.clear()
    os.environ.update(request["env"])
    os.chdir(request["cwd"])
    for number, place, mode in (
        (0, os.devnull, os.O_RDONLY),
        (1, request["out"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
        (2, request["err"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
    ):
        os.dup2(os.open(place, mode), number)  # the streams of this process, UTF-8, write there now
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding=request["env"].get("PYTHONIOENCODING", "utf-8"))  # type: ignore[union-attr]
    sys.argv = ["landeff", *request["words"]]
    code: object = 0
    try:
        from landeff.cli import main

        main()
    except SystemExit as ended:
        code = ended.code
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 1 if code else 0)


if __name__ == "__main__":
    _serve()
