"""The vendored files, as text that can stand inside a page."""

from __future__ import annotations

import base64
import re
from pathlib import Path

from landeff.core.errors import OutputError

VENDOR = Path(__file__).parents[1] / "vendor"

#: Asset name in folium → vendored file; ``None`` = folium loads it, but nothing we draw needs it.
ASSETS: dict[str, str | None] = {
    "leaflet": "leaflet/leaflet.js",
    "leaflet_css": "leaflet/leaflet.css",
    "jquery": None,
    "bootstrap": None,
    "bootstrap_css": None,
    "glyphicons_css": None,
    "awesome_markers": None,
    "awesome_markers_css": None,
    "awesome_markers_font_css": None,
    "awesome_rotate_css": None,
}

_SOURCE_MAP = re.compile(r"(?m)^\s*(?://[#@]|/\*[#@]) sourceMappingURL=.*$")
_CSS_URL = re.compile(r"url\(([^)]+)\)")


class OfflineAssetError(OutputError):
    """A map element wants a file from the network that is not vendored."""


def data_uri(path: Path) -> str:
    """A PNG file as a ``data:`` URI."""
    return "data:image/png;base64," + base64.b64encode(path.read_bytes()).decode("ascii")


def script_text(text: str) -> str:
    """JavaScript that can stand inside ``<script>``: nothing in it ends the element or opens a comment.

    >>> script_text('s = "</script>"')
    's = "<\\\\/script>"'
    """
    return re.sub(r"</(script)", r"<\\/\1", text, flags=re.IGNORECASE).replace("<!--", "<\\!--")


def style_text(text: str, folder: Path) -> str:
    """CSS that can stand inside ``<style>``, its images (files in ``folder``) as ``data:`` URIs."""

    def inlined(match: re.Match[str]) -> str:
        target = match.group(1).strip("'\"")
        image = folder / Path(target).name
        return (
            f"url({data_uri(image)})" if image.is_file() else f"url({target})" if target[0] == "#" else "none"
        )

    if re.search(r"</style", text, re.IGNORECASE):
        raise OfflineAssetError(
            f"a style sheet in {folder.name} contains </style.", "Remove it from the file."
        )
    return _CSS_URL.sub(inlined, text)


def vendored(name: str) -> str:
    """Text of a vendored file (path below ``vendor/``), ready to be inlined."""
    path = VENDOR / name
    text = _SOURCE_MAP.sub("", path.read_text("utf-8"))
    return style_text(text, path.parent) if path.suffix == ".css" else script_text(text)
