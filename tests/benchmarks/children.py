"""The processes of the benchmarks: jifen and the two echoes, each on a gateway of its own."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from storage.engine import sqlite_url
from tests.benchmarks import peer
from tests.gateway.process import NpmGateway
from tests.gateway.village import ROOT, Jifen, people_of, settle

SCRATCH = ROOT / "var" / "bench"
"""On the disk of the project: a temporary folder may lie in memory, where a sync costs nothing."""
START_SECONDS = 30.0


@contextmanager
def scratch() -> Generator[Path]:
    """Give a folder on the same disk for every figure."""
    SCRATCH.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=SCRATCH) as folder:
        yield Path(folder)


@contextmanager
def village(households: int) -> Generator[NpmGateway]:
    """Give a gateway that knows the people and the rooms."""
    with NpmGateway() as gateway:
        people_of(gateway, households=households)
        yield gateway


@contextmanager
def jifen_on(gateway: NpmGateway, folder: Path, *, households: int) -> Generator[Jifen]:
    """Give `jifen run` on a fresh SQLite village, without pacing."""
    url = sqlite_url(folder / "jifen.db")
    settle(url, households=households)
    jifen = Jifen(url, folder / "data", gateway)
    try:
        yield jifen.start()
    finally:
        jifen.stop()


@contextmanager
def echo_stub(gateway: NpmGateway) -> Generator[int]:
    """Give the process id of the bare echo on the generated client."""
    command = [sys.executable, "-m", "tests.benchmarks.echo_stub", gateway.endpoint, gateway.token]
    with _child(command, {}) as process:
        yield process.pid


@contextmanager
def echo_class(gateway: NpmGateway) -> Generator[int]:
    """Give the process id of the bare echo on the Wechaty class.

    It restarts the puppet, as the class does, and then waits for a login.

    Raises:
        peer.PeerUnavailable: The class cannot be installed or does not start.

    """
    command = [str(peer.interpreter()), "-P", str(Path(__file__).with_name("echo_class.py"))]
    environment = {
        "WECHATY_PUPPET_SERVICE_TOKEN": gateway.token,
        "WECHATY_PUPPET_SERVICE_ENDPOINT": gateway.endpoint,
        "WECHATY_LOG": "error",
    }
    starts = gateway.health()["counts"]["starts"]
    with _child(command, environment, awaits="") as process:
        end = time.monotonic() + START_SECONDS
        while gateway.health()["counts"]["starts"] == starts:
            if process.poll() is not None or time.monotonic() > end:
                raise peer.PeerUnavailable("the Wechaty class did not start")
            time.sleep(0.05)
        time.sleep(0.5)  # between its start call and its event stream it hears nothing
        gateway.login()
        _await_line(process, "ready")
        yield process.pid


@contextmanager
def _child(
    command: Sequence[str], more: Mapping[str, str], *, awaits: str = "ready"
) -> Generator[subprocess.Popen[str]]:
    environment = os.environ | dict(more)
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=None, text=True
    )
    try:
        if awaits:
            _await_line(process, awaits)
        yield process
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def _await_line(process: subprocess.Popen[str], word: str) -> None:
    assert process.stdout is not None
    os.set_blocking(process.stdout.fileno(), False)
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        if (process.stdout.readline() or "").startswith(word):
            return
        time.sleep(0.01)
    raise RuntimeError(f"{process.args!r} did not say {word}")
