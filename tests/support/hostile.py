"""Texts that try to be markup, code, a template, a formula or a path; what a page is made of, to compare."""

from __future__ import annotations

import itertools
from html.parser import HTMLParser

MARKUP = ("<script>window.__x=1</script>", "<img src=x onerror=alert(1)>", "</title></style>", "<!--", "]]>")
CODE = (
    "${alert(1)}",
    "{{ 7*7 }}",
    "{% raw %}",
    "'\"`",
    "=1+1",
    "javascript:alert(1)",
    "\\3c b>",
    "&lt;b&gt;",
)
MARKS = ("", "甲", "\u2028", "\u202e", "a" * 30, " ", "\n", '"><')
#: Every text before and after every other kind of mark: 13 × 8 × 3 = 312.
HOSTILE = [
    f"{mark if place != 'after' else ''}{text}{mark if place != 'before' else ''}"
    for text, mark, place in itertools.product(MARKUP + CODE, MARKS, ("before", "after", "both"))
]


class Elements(HTMLParser):
    """Start tags with the names of their attributes, and the text outside them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)
