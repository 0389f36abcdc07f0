"""A folium root that inlines every asset, and gives the same bytes for the same input."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Literal

from branca.element import CssLink, Element, Figure, Link
from folium.template import Template

from landeff.core.errors import OutputError
from landeff.publish.offline.assets import ASSETS, OfflineAssetError, vendored
from landeff.publish.plain import plain


class Inline(Element):
    """A ``<script>`` or ``<style>`` whose text never passes through a template."""

    def __init__(self, kind: Literal["js", "css"], text: str) -> None:
        super().__init__()
        self._name = "Inline"
        self.kind = kind
        self.text = text

    def render(self, **kwargs: object) -> str:
        """The element, with the nonce of the page it stands in."""
        if self.kind == "css":
            return f"<style>{self.text}</style>"
        nonce = getattr(self.get_root(), "nonce", "")
        return f'<script nonce="{nonce}">{self.text}</script>'


class Verbatim(Element):
    """Text that is written as it is.

    What a macro of folium returns is compiled as a template once more; data in it could run as a template.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._name = "Verbatim"
        self.text = text

    def render(self, **_: object) -> str:
        """The text."""
        return self.text


def add_verbatim(root: Element, name: str, html: str, script: str) -> None:
    """Put ``html`` into the body of ``root`` and ``script`` into its last script, past all templates."""
    figure = _figure(root, name)
    figure.html.add_child(Verbatim(html), name=name)
    figure.script.add_child(Verbatim(script), name=name)


def _figure(root: Element, name: str) -> Figure:
    if not isinstance(root, Figure):
        raise OutputError(f"{name} is part of no map.", "Add the element to a folium.Map first.")
    return root


def add_inline(root: Element, name: str, kind: Literal["js", "css"], text: str) -> None:
    """Put a script or style into the head of ``root`` once, under ``name``."""
    _figure(root, name).header.add_child(Inline(kind, text), name=name)


class OfflineFigure(Figure):
    """Root of an offline page.

    While rendering, each link that folium put into the head is replaced by its vendored text, dropped where
    nothing needs it, or reported (:class:`OfflineAssetError`). The content security policy allows only the
    scripts of the page itself. Their nonce is a hash of what the page says, so that equal pages have equal
    bytes; text planted in the data cannot contain the hash of a page that contains that text.
    """

    _template = Template(
        '<!DOCTYPE html>\n<html lang="{{ this.lang|e }}">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="{{ this.policy() }}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        "<title>{{ this.title|e }}</title>\n{{ header }}\n</head>\n<body>\n{{ html }}\n"
        '<script nonce="{{ this.nonce }}">\n{{ script }}\n</script>\n</body>\n</html>\n'
    )

    def __init__(self, title: str, lang: str = "zh-CN", image_hosts: Sequence[str] = ()) -> None:
        super().__init__(title=plain(title))
        self.lang = lang
        self.image_hosts = tuple(image_hosts)
        self.nonce = ""
        self._numbered = 0

    def policy(self) -> str:
        """The content security policy of the page."""
        images = " ".join(("data:", "blob:", *self.image_hosts))
        return (
            f"default-src 'none'; script-src 'nonce-{self.nonce}'; style-src 'unsafe-inline'; "
            f"img-src {images}; base-uri 'none'; form-action 'none'"
        )

    def render(self, **kwargs: object) -> str:
        """The whole page; rendering again gives the same text."""
        self._number_elements()
        parts = (self.header, self.html, self.script)
        before = [dict(part._children) for part in parts]
        for child in list(self._children.values()):
            child.render(**kwargs)
        self._inline_links()
        html, script = self.html.render(**kwargs), self.script.render(**kwargs)
        self.nonce = hashlib.sha256(f"{self.title}\n{html}\n{script}".encode()).hexdigest()[:32]
        header = self.header.render(**kwargs)
        for part, children in zip(parts, before, strict=True):
            part._children.clear()
            part._children.update(children)
        return str(self._template.render(this=self, header=header, html=html, script=script))

    def _number_elements(self) -> None:
        """Replace the random ids of new elements by numbers, in the order of the tree."""
        for element in _walk(self):
            if not element._id.startswith("n"):
                self._numbered += 1
                element._id = f"n{self._numbered}"

    def _inline_links(self) -> None:
        head = self.header._children
        for name, element in list(head.items()):
            if not isinstance(element, Link):
                continue
            if name not in ASSETS:
                raise OfflineAssetError(
                    f"map element asks for {name!r} from {element.url!r}, which is not vendored.",
                    "Leave it out, or vendor the file and name it in landeff.publish.offline.assets.",
                )
            asset = ASSETS[name]
            if asset is None:
                del head[name]
                continue
            inline = Inline("css" if isinstance(element, CssLink) else "js", vendored(asset))
            inline._parent = self.header
            head[name] = inline


def _walk(element: Element) -> Iterator[Element]:
    for child in element._children.values():
        yield child
        yield from _walk(child)
