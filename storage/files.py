"""Files that are there whole or not at all, and stay after a power cut."""

import os
import threading
from pathlib import Path


def write_durably(path: Path, content: bytes) -> None:
    """Write a file under its final name in one step; one that is there already is kept.

    The folder is made if need be. Slow: two waits for the disk.
    """
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}.part")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
