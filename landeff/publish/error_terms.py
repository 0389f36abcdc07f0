"""Errors as a reader sees them: what is wrong and what to do, in Chinese and English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from landeff.core.errors import LandeffError, ProblemsError
from landeff.core.text import Lang, Term
from landeff.publish.error_texts import TEXTS

_NAME = re.compile(r"\{\{|\}\}|\{(\w+)\}")
#: What stands at these names is a text that has a Chinese of its own.
_TEXTS = ("problem", "why", "what", "near", "reason", "os", "purpose")
_ENDS = ("。", "！", "？", "；", ".")
_MEANT = (
    (re.compile(r"(?P<rest>.*) \(did you mean (?P<word>.+?)\?\)", re.DOTALL), "{rest}（是否指 {word}？）"),
    (re.compile(r'did you mean "?(?P<word>[^"]+?)"?\? (?P<rest>.*)', re.DOTALL), "是否指 {word}？{rest}"),
    (re.compile(r'did you mean "?(?P<word>[^"]+?)"?\?(?P<rest>)'), "是否指 {word}？{rest}"),
)


def error_sentence(text: str) -> Term:
    """What an error says, in both languages; what nobody translated stays as it is.

    >>> error_sentence("maps exists.").zh, error_sentence("[link] alocation is not known").zh
    ('maps 已存在。', '[link] 没有 alocation 这个键')
    """
    return Term(_chinese(text), text)


def told_error(error: LandeffError, lang: Lang) -> str:
    """Problem and fix in ``lang``; several problems one a line.

    >>> told_error(LandeffError("maps exists.", "choose another name, or add --force"), "zh")
    'maps 已存在。处理：换一个名称，或加 --force 覆盖'
    """
    if lang == "en":
        return str(error)
    if isinstance(error, ProblemsError):
        return "\n".join(f"- {told_error(each, lang)}" for each in error.problems)
    problem = _chinese(error.problem)
    place = "\n" if "\n" in problem else "" if problem.endswith(_ENDS) else "。"
    return f"{problem}{place}处理：{_chinese(error.fix)}" if error.fix else problem


def _chinese(text: str) -> str:
    if "\n" in text:  # several problems of one file
        return "\n".join(_chinese(line) for line in text.split("\n"))
    bare = text.strip()
    made = _whole(bare)
    if made is None and "; " in bare:
        parts = [_whole(part) for part in bare.split("; ")]
        made = "；".join(part for part in parts if part) if all(parts) else None
    if made is None and ": " in bare:  # the file that it is about
        place, rest = bare.split(": ", 1)
        inner = _whole(rest)
        made = None if inner is None else f"{place}：{inner}"
    return text if made is None else text.replace(bare, made) if bare else text


def _whole(text: str) -> str | None:
    """Chinese of one text, or nothing where there is none."""
    for pattern, chinese in _MEANT:
        found = pattern.fullmatch(text)
        if found:
            rest = _whole(found["rest"]) or found["rest"]
            return chinese.format(rest=rest, word=found["word"])
    for pattern, chinese in _patterns():
        found = pattern.fullmatch(text)
        if found:
            said = {
                name: _chinese(value) if name in _TEXTS else value
                for name, value in found.groupdict(default="").items()
            }
            return _filled(chinese, said)
    return None


def _filled(text: str, said: Mapping[str, str]) -> str:
    return _NAME.sub(lambda part: said[part[1]] if part[1] else part[0][0], text)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Texts as patterns, those that say most first."""
    told = sorted(TEXTS, key=lambda pair: (-len(_NAME.sub("", pair[0])), pair[0]))
    return tuple((_pattern(english), chinese) for english, chinese in told)


def _pattern(english: str) -> re.Pattern[str]:
    made, place = "", 0
    for part in _NAME.finditer(english):
        made += re.escape(english[place : part.start()])
        made += f"(?P<{part[1]}>.*?)" if part[1] else re.escape(part[0][0])
        place = part.end()
    return re.compile(made + re.escape(english[place:]), re.DOTALL)
