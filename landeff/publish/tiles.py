"""A base map of the user's own: never one of ours, never asked for before somebody switches it on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from landeff.core.errors import ConfigError

TIANDITU = {"vec": "cva", "img": "cia", "ter": "cta"}  # layer → its labels
_TIANDITU_URL = (
    "https://t0.tianditu.gov.cn/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={layer}"
    "&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}&tk={key}"
)
#: Hosts whose tiles are shifted (GCJ-02, BD-09), and whose they are.
_SHIFTED = {
    "autonavi.com": "高德 AMap", "amap.com": "高德 AMap", "gaode.com": "高德 AMap",
    "baidu.com": "百度 Baidu", "bdimg.com": "百度 Baidu", "bdstatic.com": "百度 Baidu",
    "map.qq.com": "腾讯 Tencent", "gtimg.com": "腾讯 Tencent", "google.cn": "谷歌中国 Google China",
}  # fmt: skip
_HOST = re.compile(r"[a-z0-9.-]+(?::\d+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tiles:
    """Where tiles come from.

    Attributes:
        urls: templates with ``{z}``, ``{x}``, ``{y}`` in Web Mercator, drawn one over the other; ``{key}``
            where the page has to ask for the key.
        source: the line that names the base map.
    """

    urls: tuple[str, ...]
    source: str

    @property
    def hosts(self) -> tuple[str, ...]:
        """Scheme and host of each template, for the policy of the page."""
        parts = [urlsplit(url) for url in self.urls]
        return tuple(sorted({f"{part.scheme}://{part.netloc}" for part in parts}))

    def config(self) -> dict[str, object]:
        """What the page needs."""
        return {
            "urls": list(self.urls),
            "source": self.source,
            "needsKey": any("{key}" in url for url in self.urls),
        }


def tiles_of(source: str, *, key: str = "", store_key: bool = False, title: str = "") -> Tiles:
    """Tiles by a URL template, or ``tianditu:vec``, ``tianditu:img``, ``tianditu:ter``.

    天地图 needs a key of one's own. The page asks for it and forgets it; ``store_key`` writes it into the
    file, where everybody who gets the file can read it.

    Raises:
        ConfigError: no such layer; no template over http(s); or a map that is shifted against CGCS2000 (AMap,
            Baidu, Tencent: GCJ-02 or BD-09), on which parcels would stand half a kilometre off.

    >>> tiles_of("tianditu:img").config()["needsKey"]
    True
    >>> tiles_of("https://tiles.example.org/{z}/{x}/{y}.png").hosts
    ('https://tiles.example.org',)
    """
    if source.startswith("tianditu"):
        return _tianditu(source.partition(":")[2] or "vec", key if store_key else "")
    parts = urlsplit(source)
    owner = _shifted_owner(parts.hostname or "") or _shifted_owner(source.lower())
    if owner:
        raise ConfigError(
            f"tiles of {owner} are shifted (GCJ-02 / BD-09) against CGCS2000 by about half a kilometre.",
            'use "tianditu:vec" with a key of your own, or tiles in EPSG:3857 that are not shifted',
        )
    wanted = all(part in source for part in ("{z}", "{x}", "{y}"))
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(parts.netloc) or not wanted:
        raise ConfigError(
            f"{source!r} is no address of tiles.", "write https://host/…/{z}/{x}/{y}.png, or tianditu:vec"
        )
    return Tiles((source,), title or parts.netloc)


def _tianditu(layer: str, key: str) -> Tiles:
    if layer not in TIANDITU:
        raise ConfigError(f"天地图 has no layer {layer!r}.", f"use one of: {', '.join(TIANDITU)}")
    shown = key or "{key}"
    urls = tuple(_TIANDITU_URL.format(layer=name, key=shown) for name in (layer, TIANDITU[layer]))
    return Tiles(urls, "天地图")


def _shifted_owner(host: str) -> str:
    names: Literal[""] | list[str] = [owner for name, owner in _SHIFTED.items() if _is_of(host, name)]
    return names[0] if names else ""


def _is_of(host: str, domain: str) -> bool:
    return re.search(rf"(?:^|[./@]){re.escape(domain)}(?:[:/?]|$)", host) is not None
