"""What belongs to the terminal alone: its language, its progress bar, its exit codes."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from landeff.core.text import Lang, Term


def chosen_lang() -> Lang | None:
    """The value of ``--lang`` on the command line; help texts need it before options are parsed."""
    words = sys.argv[1:]
    for position, word in enumerate(words):
        value = words[position + 1 : position + 2] if word == "--lang" else [word.removeprefix("--lang=")]
        if word.startswith("--lang") and value in (["zh"], ["en"]):
            return "zh" if value == ["zh"] else "en"
    return None


def terminal_lang() -> Lang:
    """The chosen language; else English where the locale names a language that is not Chinese, or where the
    terminal cannot write Chinese; else Chinese. ``C`` and ``POSIX`` name no language."""
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    name = next((name for name in names if name), "") or locale.getlocale()[0] or ""
    language = name.partition(".")[0].lower()
    is_chinese = language in ("", "c", "posix") or language.startswith(("zh", "chinese"))
    return chosen_lang() or ("zh" if is_chinese and _writes_chinese() else "en")


def _writes_chinese() -> bool:
    try:
        "中文".encode(getattr(sys.stderr, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


LANG = terminal_lang()


def say(zh: str, en: str) -> str:
    """The wording for this terminal."""
    return Term(zh, en).text(LANG)


lang_option = click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    expose_value=False,
    help=say("界面与成果的语言", "language of messages and outputs"),
)


@contextmanager
def progress(length: int, quiet: bool) -> Iterator[Callable[[str], None]]:
    """A function to call at each step: a bar on a terminal, silence in a pipe or if ``quiet``."""
    if quiet or not sys.stderr.isatty():
        yield lambda step: None
        return
    with click.progressbar(
        length=length, file=sys.stderr, show_eta=False, item_show_func=lambda step: step or ""
    ) as bar:
        yield lambda step: bar.update(1, step)
