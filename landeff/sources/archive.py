"""Zip: the layers and tables inside, each taken out into a temporary folder with what belongs to it.

What programs put in beside the data is passed over. A zip that asks for more than it may (members outside the
folder, bombs) is refused whole.
"""

from __future__ import annotations

import contextlib
import dataclasses
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from landeff.core.errors import InputError
from landeff.sources.readers import Options, Raw, choose, reader, reader_of, readers
from landeff.sources.staging import plain_name
from landeff.sources.text.score import chances
from landeff.sources.unsupported import WAYS
from landeff.sources.vector.shapefile import ALONE, PARTS

MAX_FILES = 50_000
MAX_BYTES = 8 << 30
#: Beyond this size nothing but a bomb is packed tighter than :data:`MAX_RATIO`.
BOMB_BYTES, MAX_RATIO = 1 << 30, 200
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
#: Read only where there is no layer; a text only where there is no table either.
_RANKS = {"vector": 0, "table": 1}
_TEXT = ".txt"


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a zip: its path with ``/``, in characters."""

    path: str
    info: zipfile.ZipInfo

    @property
    def suffix(self) -> str:
        """Suffix in lower case."""
        return PurePosixPath(self.path).suffix.lower()

    @property
    def stem(self) -> str:
        """Path without suffix, of one case: the parts of a shapefile share it."""
        return self.path[: len(self.path) - len(self.suffix)].casefold()


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to read: its main file (or ``.gdb`` folder), and all files it consists of."""

    main: str
    members: tuple[Member, ...]

    @property
    def suffix(self) -> str:
        """Suffix of the main file in lower case."""
        return PurePosixPath(self.main).suffix.lower()


def _names(path: Path) -> tuple[str, ...]:
    """What ``layer`` can be: files inside, or their layers where a file has several."""
    parts = _parts(path)
    names: list[str] = []
    for part, title in zip(parts, _titles(parts), strict=True):
        with _taken_out(path, part) as file:
            inside = reader_of(file).names(file)
        if len(inside) == 1:
            names.append(inside[0] if len(parts) == 1 else title)
        else:
            names += inside if len(parts) == 1 else [f"{title}/{each}" for each in inside]
    return tuple(names)


@reader((".zip", ".kmz", ".shz"), "vector", _names)
def read_zip(path: Path, options: Options) -> Raw:
    """Read the only layer of a zip, or the one asked for with ``layer``: a file inside, or a layer of one."""
    parts = _parts(path)
    titles = _titles(parts)
    if len(parts) == 1:
        part, layer = parts[0], options.layer
        inside = layer if layer not in (titles[0], part.main) else None
    else:
        part, inside = _chosen(path, parts, titles, options.layer)
    with _taken_out(path, part) as file:
        spec = reader_of(file)
        of_sheets = spec.kind == "table" and options.sheet is None
        inner = dataclasses.replace(options, layer=inside, sheet=inside if of_sheets else options.sheet)
        try:
            raw = spec.read(file, inner)
        except InputError as error:
            raise InputError(f"{path.name}: {error.problem}", error.fix) from None
    return dataclasses.replace(raw, name=f"{path.name}/{part.main}", sha256="")  # of the zip, not of a part


def _chosen(
    path: Path, parts: Sequence[Part], titles: Sequence[str], wanted: str | None
) -> tuple[Part, str | None]:
    """The part called ``wanted``, or of which ``wanted`` is a layer."""
    for part, title in zip(parts, titles, strict=True):
        for name in (title, part.main):
            if wanted is not None and (wanted == name or wanted.startswith(f"{name}/")):
                return part, wanted[len(name) + 1 :] or None
    choose(path.name, wanted, tuple(titles), "layer")
    return parts[0], None


def _titles(parts: Sequence[Part]) -> list[str]:
    """Names of parts: without folder and suffix where that tells them apart."""
    stems = [PurePosixPath(part.main).stem for part in parts]
    is_told = len(set(stems)) == len(stems)
    return [stem if is_told else part.main for stem, part in zip(stems, parts, strict=True)]


def _parts(path: Path) -> list[Part]:
    """What can be read in a zip: layers, or else tables, or else texts.

    Raises:
        InputError: nothing; the message says what is there instead.
    """
    members = _members(path)
    found = _databases(members, path)
    inside = {member.path for part in found for member in part.members}
    rest = [member for member in members if member.path not in inside and member.info.file_size]
    shapes = {member.stem for member in rest if member.suffix == ".shp"}
    orphans = [m for m in rest if m.suffix == ".dbf" and _belongs_to_shape(m, rest)]
    for member in rest:
        is_part = member.suffix in PARTS[1:] and (member.stem in shapes or member in orphans)
        if member.suffix in readers() and member.suffix != ".zip" and not is_part:
            own = (
                [m for m in rest if m.stem == member.stem]
                if member.suffix in (".shp", ".tab", ".mif")
                else [member]
            )
            found.append(Part(member.path, tuple(own)))
    if not found:
        raise _nothing(path, rest, orphans)
    best = min(_rank(part) for part in found)
    return sorted((part for part in found if _rank(part) == best), key=lambda part: part.main)


def _rank(part: Part) -> int:
    return len(_RANKS) if part.suffix == _TEXT else _RANKS[readers()[part.suffix].kind]


def _belongs_to_shape(member: Member, members: Sequence[Member]) -> bool:
    return any(other.stem == member.stem and other.suffix in (*ALONE, ".prj", ".cpg") for other in members)


def _databases(members: Sequence[Member], path: Path) -> list[Part]:
    """File geodatabases: folders that hold ``.gdbtable`` files."""
    folders = {str(PurePosixPath(m.path).parent) for m in members if m.suffix == ".gdbtable"}
    parts = []
    for folder in sorted(folders):
        own = tuple(m for m in members if str(PurePosixPath(m.path).parent) == folder)
        name = folder if folder.lower().endswith(".gdb") else f"{path.name.split('.')[0]}.gdb"
        parts.append(Part(name, own))
    return parts


def _nothing(path: Path, rest: Sequence[Member], orphans: Sequence[Member]) -> InputError:
    if orphans:
        return InputError(
            f"{path.name} holds {orphans[0].path} and no .shp: the shapes are missing.",
            "ask for the shapefile again, all its parts together",
        )
    known = [member for member in rest if member.suffix in WAYS or member.suffix == ".zip"]
    if known:
        what, how = WAYS.get(known[0].suffix, ("a zip in a zip", "unpack it and name the file inside"))
        return InputError(f"{path.name} holds {known[0].path}, {what}, which landeff does not read.", how)
    names = ", ".join(member.path for member in rest[:5]) or "no file that is not empty"
    return InputError(
        f"{path.name} holds no layer or table; it holds {names}.", "check that this is the right file"
    )


def _members(path: Path) -> list[Member]:
    """Files of a zip, without what programs put in.

    Raises:
        InputError: no zip, locked, a bomb, or a member that leads out of the folder.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _damaged(path, str(error)) from None
    if any(info.flag_bits & _ENCRYPTED for info in infos):
        raise InputError(f"{path.name} is locked with a password.", "unpack it and name the file inside")
    size, packed = sum(info.file_size for info in infos), path.stat().st_size
    if len(infos) > MAX_FILES or size > MAX_BYTES or (size > BOMB_BYTES and size > MAX_RATIO * packed):
        raise InputError(
            f"{path.name} would unpack to {len(infos)} files and {size / (1 << 30):.1f} GiB: refused.",
            "if it is no fake, unpack it yourself and name the file inside",
        )
    members = [Member(name, info) for name, info in zip(_decoded(infos), infos, strict=True)]
    for member in members:
        pieces = member.path.split("/")
        if ".." in pieces or member.path.startswith("/") or re.match(r"[A-Za-z]:", member.path):
            raise InputError(
                f"{path.name} holds {member.path!r}, which leads out of its folder: refused.",
                "do not unpack it; ask the sender how it was made",
            )
    return [member for member in members if not _is_litter(member.path)]


def _is_litter(path: str) -> bool:
    pieces = path.split("/")
    return (
        "__MACOSX" in pieces
        or pieces[-1].startswith(("._", "~$", "."))
        or pieces[-1] in ("Thumbs.db", "desktop.ini")
    )


def _decoded(infos: Sequence[zipfile.ZipInfo]) -> list[str]:
    """Paths of members: zips made in Chinese Windows name them in GBK and do not say so."""
    raw = [
        info.filename.encode("cp437", errors="ignore") for info in infos if not info.flag_bits & _UTF8_NAME
    ]
    ranked = chances([name for name in raw if not name.isascii()], {})
    best = max(ranked, key=lambda each: ranked[each]) if ranked else "cp437"
    names = []
    for info in infos:
        name = info.filename
        if not info.flag_bits & _UTF8_NAME:
            name = name.encode("cp437", errors="ignore").decode(best, errors="replace")
        names.append(re.sub(r"/\.?/+", "/", name.replace("\\", "/")).removeprefix("./"))
    return names


@contextlib.contextmanager
def _taken_out(path: Path, part: Part) -> Iterator[Path]:
    """The main file of a part, unpacked into a temporary folder with what belongs to it."""
    with tempfile.TemporaryDirectory(prefix="landeff-", ignore_cleanup_errors=True) as folder:
        main = Path(folder) / plain_name(PurePosixPath(part.main).name)
        into = main.parent
        if part.suffix == ".gdb":
            main.mkdir()
            into = main
        try:
            with zipfile.ZipFile(path) as archive:
                for member in part.members:
                    _unpack(archive, member, into / _name_of(member, part, main))
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError) as error:
            raise _damaged(path, str(error)) from None
        yield main


def _name_of(member: Member, part: Part, main: Path) -> str:
    """Name of a member outside: parts of one layer share their stem, whatever the case of theirs."""
    name = plain_name(PurePosixPath(member.path).name)
    if part.suffix == ".gdb" or member.path == part.main:
        return name
    return main.stem + member.suffix


def _unpack(archive: zipfile.ZipFile, member: Member, target: Path) -> None:
    with archive.open(member.info) as source, target.open("wb") as file:
        while block := source.read(1 << 20):
            file.write(block)


def _damaged(path: Path, why: str) -> InputError:
    return InputError(f"{path.name} cannot be unpacked: {why}.", "unpack it by hand and name the file inside")
