"""The archive (备份文件): a compressed tar that lists the SHA-256 of all it holds."""

import hashlib
import io
import json
import re
import tarfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

DATABASE: Final = "jifen.db"
SECRET: Final = "secret.key"  # noqa: S105 - the name of its file
MANIFEST: Final = "manifest.json"
FORMAT: Final = 1
PIECE: Final = 1 << 20
MANIFEST_MAX: Final = 1 << 30
PHOTOS: Final = "photos"
IS_PHOTO: Final = re.compile(r"[0-9a-f]{2}/[0-9a-f]{64}(\.small)?")
"""How a vault names what it keeps."""
_NAME = re.compile(r"jifen\.db|secret\.key|photos/[0-9a-f]{2}/[0-9a-f]{64}(\.small)?")
_UNREADABLE: Final = (tarfile.TarError, zlib.error, EOFError, ValueError, KeyError, OSError)

Sink = Callable[[str], IO[bytes] | None]
"""Returns where to write the named part, or None to read past it."""


class BackupBroken(Exception):  # noqa: N818 - it says what is wrong
    """The file is no whole archive; ``part`` names what does not fit."""

    def __init__(self, file: str, part: str) -> None:
        super().__init__(f"{file}: {part}")
        self.file = file
        self.part = part


@dataclass(frozen=True, slots=True)
class Contents:
    """What an archive holds: part names with their SHA-256, and the schema of its database.

    ``has_photos`` is False where the photos were left out on purpose.
    """

    parts: dict[str, str]
    schema: str
    has_photos: bool = True

    @property
    def photos(self) -> int:
        """How many photos, not counting their small copies."""
        return sum(
            name.startswith("photos/") and not name.endswith(".small") for name in self.parts
        )


class ArchiveWriter:
    """Adds parts to a tar and closes it with the list of them."""

    def __init__(self, archive: tarfile.TarFile) -> None:
        self._archive = archive
        self._parts: dict[str, str] = {}

    def add(self, name: str, path: Path) -> None:
        """Add a file; it must not change meanwhile."""
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            told = tarfile.TarInfo(name)
            told.size = path.stat().st_size
            told.mode = 0o600
            self._archive.addfile(told, file)
        self._parts[name] = digest

    def add_bytes(self, name: str, content: bytes) -> None:
        """Add what is no file of this machine."""
        told = tarfile.TarInfo(name)
        told.size = len(content)
        told.mode = 0o600
        self._archive.addfile(told, io.BytesIO(content))
        self._parts[name] = hashlib.sha256(content).hexdigest()

    def finish(self, schema: str, *, has_photos: bool = True) -> Contents:
        """Add the list of parts."""
        contents = {
            "format": FORMAT,
            "schema": schema,
            "has_photos": has_photos,
            "parts": self._parts,
        }
        body = json.dumps(contents, indent=0).encode()
        told = tarfile.TarInfo(MANIFEST)
        told.size = len(body)
        self._archive.addfile(told, io.BytesIO(body))
        return Contents(self._parts, schema, has_photos)


def read_archive(file: Path, sink: Sink) -> Contents:
    """Read a whole archive, hand its parts to ``sink`` and prove each against the list.

    Raises:
        BackupBroken: It is damaged, incomplete, or holds what no backup holds.
        FileNotFoundError: It is not there.

    """
    file.stat()
    found: dict[str, str] = {}
    manifest: bytes = b""
    try:
        with tarfile.open(file, "r|gz") as archive:
            for member, content in _members(archive):
                if member.name == MANIFEST:
                    manifest = content.read(MANIFEST_MAX)
                elif member.isfile() and _NAME.fullmatch(member.name):
                    found[member.name] = _take(content, sink(member.name))
                else:
                    raise BackupBroken(file.name, member.name)
        listed = json.loads(manifest)
        has_photos = bool(listed.get("has_photos", True))
        contents = Contents(dict(listed["parts"]), str(listed["schema"]), has_photos)
    except _UNREADABLE as error:
        raise BackupBroken(file.name, type(error).__name__) from error
    wrong = found.items() ^ contents.parts.items()
    if wrong or DATABASE not in found:
        raise BackupBroken(file.name, min((name for name, _ in wrong), default=DATABASE))
    return contents


def _members(archive: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    for member in archive:
        yield member, archive.extractfile(member) or io.BytesIO()


def _take(content: IO[bytes], to: IO[bytes] | None) -> str:
    digest = hashlib.sha256()
    while piece := content.read(PIECE):
        digest.update(piece)
        if to is not None:
            to.write(piece)
    if to is not None:
        to.close()
    return digest.hexdigest()
