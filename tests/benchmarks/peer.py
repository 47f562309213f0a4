"""The peer: the Python `Wechaty` class in a virtual environment of its own, made on demand."""

import fcntl
import subprocess
import sys
from pathlib import Path

from tests.gateway.village import ROOT

FOLDER = ROOT / "var" / "bench-venv"
WANTED = (
    "wechaty==0.10.7",
    "wechaty-puppet==0.4.23",
    "wechaty-puppet-service==0.8.10",
    "wechaty-grpc==0.20.19",
)
SECONDS = 600


class PeerUnavailable(RuntimeError):  # noqa: N818 - it says what is missing
    """The class cannot be installed or run here."""


def interpreter() -> Path:
    """Return the interpreter that can import the class, installing it the first time.

    Raises:
        PeerUnavailable: pip or the import failed; the reason is its last line.

    """
    python = FOLDER / "bin" / "python"
    stamp = FOLDER / ".jifen-peer"
    FOLDER.parent.mkdir(parents=True, exist_ok=True)
    with FOLDER.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock.fileno(), fcntl.LOCK_EX)
        if not stamp.exists() or stamp.read_text() != _stamp():
            _run([sys.executable, "-m", "venv", "--clear", str(FOLDER)])
            pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
            _run([*pip, *WANTED])
            _run([str(python), "-P", str(Path(__file__).with_name("echo_class.py")), "--check"])
            stamp.write_text(_stamp())
    return python


def _stamp() -> str:
    return f"{sys.version}\n{WANTED}"


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=SECONDS, cwd=ROOT
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PeerUnavailable(str(error)) from error
    if done.returncode != 0:
        last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
        raise PeerUnavailable(" ".join(last)[:300])
