"""Files that are there whole or not at all, and stay after a power cut."""

import os
import threading
from pathlib import Path


def write_durably(path: Path, content: bytes) -> None:
    """Write a file under its final name in one step; one that is there already is kept.

    The folder is made if need be. Slow: two waits for the disk, more for a new folder.
    """
    if path.exists():
        return
    make_durably(path.parent)
    temporary = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}.part")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync(path.parent)


def make_durably(folder: Path) -> None:
    """Make a folder and those above it; each is named on the disk before this returns."""
    if folder.exists():
        return
    make_durably(folder.parent)
    folder.mkdir(exist_ok=True)
    sync(folder.parent)


def sync(folder: Path) -> None:
    """Have what a folder names written to the disk."""
    at = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(at)
    finally:
        os.close(at)
