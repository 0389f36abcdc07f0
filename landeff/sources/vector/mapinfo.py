"""MapInfo tables: ``.tab`` with its parts, ``.mif`` with its ``.mid``; text in the charset named, or not."""

from __future__ import annotations

import re
from pathlib import Path

from landeff.sources.readers import Options, Raw, reader, sha256
from landeff.sources.staging import staged
from landeff.sources.text.encoding import Hint, settle
from landeff.sources.vector.byte_text import BYTES, decoded, foreign_texts
from landeff.sources.vector.layers import read_layer, vector
from landeff.sources.vector.shapefile import parts_of

_PARTS = {".tab": (".tab", ".dat", ".map", ".id", ".ind"), ".mif": (".mif", ".mid")}
_CHARSET = re.compile(rb'(charset\s+"?)([A-Za-z0-9_-]+)', re.IGNORECASE)
_ENCODINGS = {b"windowssimpchinese": "gb18030", b"windowstradchinese": "cp950", b"windowslatin1": "cp1252",
              b"utf-8": "utf-8"}  # fmt: skip


@reader((".tab", ".mif"), "vector")
def read_mapinfo(path: Path, options: Options) -> Raw:
    """Read the table. MapInfo keeps coordinates on a grid of its own, about a centimetre in China."""
    parts = parts_of(path)
    own = [parts[each] for each in _PARTS[path.suffix.lower()] if each in parts]
    head = path.read_bytes()
    charset = _CHARSET.search(head)
    named = _ENCODINGS.get(charset[2].lower()) if charset else None
    files: dict[str, Path | bytes] = {f"layer{part.suffix.lower()}": part for part in own}
    main = f"layer{path.suffix.lower()}"
    files[main] = _CHARSET.sub(
        rb"\g<1>Neutral", head
    )  # else GDAL decodes as the charset says, right or wrong
    with staged(files) as folder:
        frame, issues = read_layer(folder / main, path.name, encoding=BYTES)
    names = [str(each).encode(BYTES) for each in frame.columns if not str(each).isascii()]
    hints = (Hint("its charset", named, 1e4),) if named else ()
    encoding, told = settle([*foreign_texts(frame), *names], path.name, options.encoding, hints)
    frame, cut = decoded(frame, encoding)
    frame = frame.rename(columns={each: _name(str(each), encoding) for each in frame.columns})
    raw = vector(frame, (*issues, *told, *cut), path.name, options.crs, encoding)
    return Raw(raw.frame, raw.rows, sha256=sha256(*own), crs=raw.crs, encoding=encoding, issues=raw.issues)


def _name(name: str, encoding: str) -> str:
    return name if name == "geometry" else name.encode(BYTES).decode(encoding, errors="replace")
