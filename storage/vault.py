"""Where photos lie (照片库): a folder here, or a bucket of S3-compatible storage elsewhere."""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Protocol

from storage.files import make_durably, sync, write_durably

PART: Final = ".part"


class VaultAway(Exception):  # noqa: N818 - it says what is wrong
    """The storage of the photos does not answer, or does not let us in; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Held:
    """Something that lies in a vault, and since when."""

    name: str
    since: datetime


class Vault(Protocol):
    """Keeps bytes under names such as ``ab/abcd…`` and ``ab/abcd….small``; every call is slow.

    Raises:
        VaultAway: Any call, where the vault is on another machine.

    """

    is_near: bool
    """Whether a write is a matter of milliseconds: a transaction may wait for its end."""

    def prepare(self) -> None:
        """Do beforehand what the first photos would wait for."""

    def put(self, name: str, content: bytes) -> None:
        """Keep bytes; they are safe when this returns. The same name has the same bytes."""

    def get(self, name: str) -> bytes:
        """Return what lies under a name or raise FileNotFoundError."""

    def drop(self, name: str) -> None:
        """Forget a name; one that is not there is fine."""

    def all(self) -> Iterator[Held]:
        """Yield everything that lies here, in no order."""


class FolderVault:
    """A folder of this machine, or one that machines share."""

    is_near = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str) -> Path:
        """Return the file of a name."""
        return self.folder / name

    def prepare(self) -> None:
        """Make the folders for every first byte of a name."""
        make_durably(self.folder)
        for byte in range(256):
            (self.folder / f"{byte:02x}").mkdir(exist_ok=True)
        sync(self.folder)

    def put(self, name: str, content: bytes) -> None:
        """Write a file whole and durably; one that is there is kept, and counts as new."""
        path = self.path(name)
        try:
            os.utime(path)
        except FileNotFoundError:
            write_durably(path, content)

    def get(self, name: str) -> bytes:
        """Return a file's bytes."""
        return self.path(name).read_bytes()

    def drop(self, name: str) -> None:
        """Delete a file."""
        self.path(name).unlink(missing_ok=True)

    def all(self) -> Iterator[Held]:
        """Yield the files, without those that are being written."""
        for path in sorted(self.folder.glob("*/*")):
            if path.suffix == PART:
                continue
            with suppress(FileNotFoundError):
                since = datetime.fromtimestamp(path.stat().st_mtime, UTC)
                yield Held(path.relative_to(self.folder).as_posix(), since)
