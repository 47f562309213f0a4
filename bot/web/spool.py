"""The spool (暂存): photos uploaded on the web page, until they are worked off."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from storage.files import write_durably


class Spool:
    """Keeps uploads as files under a folder; every method is slow and belongs in a thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, message_id: str, content: bytes) -> None:
        """Keep the bytes of a message for good; the same id again changes nothing."""
        write_durably(self._path(message_id), content)

    def get(self, message_id: str) -> bytes | None:
        """Return the bytes of a message; None when there are none."""
        try:
            return self._path(message_id).read_bytes()
        except FileNotFoundError:
            return None

    def drop(self, message_id: str) -> None:
        """Forget the bytes of a message."""
        self._path(message_id).unlink(missing_ok=True)

    def sweep(self, before: datetime, *, needed: Iterable[str]) -> None:
        """Forget what came before an instant, but for the messages that are still needed."""
        kept = {self._path(one) for one in needed}
        if not self._folder.is_dir():
            return
        for path in self._folder.iterdir():
            if path not in kept and path.stat().st_mtime < before.timestamp():
                path.unlink(missing_ok=True)

    def _path(self, message_id: str) -> Path:
        return self._folder / hashlib.sha256(message_id.encode()).hexdigest()
