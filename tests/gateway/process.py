"""The real npm gateway as a child process, with the village in the test's hands."""

import base64
import contextlib
import http.client
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

HERE = Path(__file__).parent / "server"
TOKEN = "token-of-the-tests"
PORTS = (15_000, 32_000)
_CHANCE = random.SystemRandom()
READY_SECONDS = 30


class GatewayUnavailable(RuntimeError):  # noqa: N818 - it says what is missing
    """Node or the npm packages are not there."""


def node_path() -> str | None:
    """Return the path of node, or None on a machine without it."""
    return shutil.which("node")


def is_installed() -> bool:
    """Say whether the locked npm packages are in place."""
    installed = HERE / "node_modules" / ".jifen-lock"
    wanted = (HERE / "package-lock.json").read_bytes()
    return installed.exists() and installed.read_bytes() == wanted


def install() -> None:
    """Install the locked npm packages once.

    Raises:
        GatewayUnavailable: There is no npm, or it cannot reach its packages.
    """
    if is_installed():
        return
    npm = shutil.which("npm")
    if node_path() is None or npm is None:
        raise GatewayUnavailable("node and npm are not installed")
    with (Path(tempfile.gettempdir()) / "jifen-npm-ci.lock").open("w") as lock:
        _lock(lock.fileno())
        if is_installed():
            return
        command = [npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise GatewayUnavailable(f"npm ci failed: {done.stderr[-500:]}")
        lock_text = (HERE / "package-lock.json").read_bytes()
        (HERE / "node_modules" / ".jifen-lock").write_bytes(lock_text)


def shipped_authority() -> str:
    """Return the PEM of the CA that every npm gateway ships with."""
    source = HERE / "node_modules/wechaty-puppet-service/dist/esm/src/auth/ca.js"
    text = source.read_text(encoding="utf-8")
    return text.split("const TLS_CA_CERT = `", 1)[1].split("`", 1)[0] + "\n"


def free_port() -> int:
    """Return a loopback port that nobody listens on and that no outgoing connection is given.

    What the system hands out for ``0`` may go to somebody else's connection before a child
    listens on it; it never hands out those below its own range (RFC 6056 calls them ephemeral).
    """
    while True:
        port = _CHANCE.randrange(*PORTS)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


class NpmGateway:
    """One gateway process; ends only the process that it started.

    Args:
        tls: False for plain text, True for TLS with the shipped certificate.
        certificate: PEM texts (certificate, key) to serve instead of the shipped ones.
        bot_name: The nickname of the assistant's own account (its id is ``bot``).
    """

    bot_id = "bot"

    def __init__(
        self,
        *,
        tls: bool = False,
        certificate: tuple[str, str] | None = None,
        token: str = TOKEN,
        bot_name: str = "积分助手",
    ) -> None:
        self.token = token
        self.port = free_port()
        self.control_port = free_port()
        self._env = {
            "WECHATY_PUPPET_SERVICE_TOKEN": token,
            "WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_SERVER": "false" if tls else "true",
            "JIFEN_BOT_NAME": bot_name,
        }
        if certificate is not None:
            self._env["WECHATY_PUPPET_SERVICE_TLS_SERVER_CERT"] = certificate[0]
            self._env["WECHATY_PUPPET_SERVICE_TLS_SERVER_KEY"] = certificate[1]
        self._process: subprocess.Popen[str] | None = None
        self._scratch = tempfile.TemporaryDirectory(prefix="jifen-gateway-")

    @property
    def endpoint(self) -> str:
        """The address the assistant connects to."""
        return f"127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The process id of the running gateway."""
        assert self._process is not None
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.poll() is None

    def __enter__(self) -> Self:
        install()
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Start the process on the same ports as ever and wait until it is ready."""
        assert not self.is_running
        node = node_path()
        if node is None:
            raise GatewayUnavailable("node is not installed")
        log = (Path(self._scratch.name) / "stderr.log").open("a")
        with log:
            self._process = subprocess.Popen(
                [node, "gateway.mjs", str(self.port), str(self.control_port)],
                cwd=HERE,
                env={**os.environ, **self._env, "TMPDIR": self._scratch.name},
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        self._await_ready()

    def _await_ready(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        os.set_blocking(self._process.stdout.fileno(), False)
        end = time.monotonic() + READY_SECONDS
        while time.monotonic() < end and self.is_running:
            if (self._process.stdout.readline() or "").startswith("ready"):
                return
            time.sleep(0.02)
        self.kill()
        raise GatewayUnavailable(f"the gateway did not start: {self.log()[-500:]}")

    def log(self) -> str:
        """Return what the process wrote to its standard error."""
        path = Path(self._scratch.name) / "stderr.log"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def stop(self) -> None:
        """End the process politely; what it remembers is gone."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End the process with SIGKILL, as a power cut would."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.poll() is None:
            process.send_signal(signal.SIGCONT)
            process.send_signal(how)
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(timeout=10)
        if process.stdout is not None:
            process.stdout.close()

    def close(self) -> None:
        """End the process and remove its scratch folder."""
        self._end(signal.SIGTERM)
        self._scratch.cleanup()

    def freeze(self) -> None:
        """Stop the process where it stands (SIGSTOP): TCP stays open, nothing answers."""
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """Let a frozen process go on."""
        os.kill(self.pid, signal.SIGCONT)

    def stall(self, ms: int) -> None:
        """Let the gateway's own event loop stand still for a while."""
        self.call("POST", "/freeze", {"ms": ms})

    def call(self, method: str, path: str, body: object = None, *, timeout: float = 30) -> Any:
        """Call the control port and return its JSON."""
        line = http.client.HTTPConnection("127.0.0.1", self.control_port, timeout=timeout)
        with contextlib.closing(line):
            line.request(method, path, None if body is None else json.dumps(body))
            response = line.getresponse()
            answer = json.loads(response.read() or b"{}")
        if response.status != http.client.OK:
            raise RuntimeError(f"{path}: {answer}")
        return answer

    def contact(self, contact_id: str, name: str) -> None:
        """Create a person, or rename one."""
        self.call("POST", "/contact", {"id": contact_id, "name": name})

    def room(
        self,
        room_id: str,
        *,
        topic: str = "",
        members: tuple[str, ...] = (),
        aliases: dict[str, str] | None = None,
    ) -> None:
        """Create a room (its id holds an @), or change one; aliases by person id."""
        told = {"id": room_id, "topic": topic, "members": members, "aliases": aliases or {}}
        self.call("POST", "/room", told)

    def say(self, room: str | None, person: str, text: str, **more: object) -> str:
        """Have a person write; ``mention=True`` mentions the bot. Returns the message id."""
        told = {"room": room, "from": person, "text": text, **more}
        return str(self.call("POST", "/say", told)["id"])

    def photo(self, room: str | None, person: str, image: bytes, **more: object) -> str:
        """Have a person send a photo. Returns the message id."""
        told = {"room": room, "from": person, "bytes": base64.b64encode(image).decode(), **more}
        return str(self.call("POST", "/photo", told)["id"])

    def burst(self, room: str | None, messages: Sequence[Mapping[str, object]]) -> list[str]:
        """Emit many text messages at once: ``{"from", "text", "id"?}`` each."""
        answer = self.call("POST", "/burst", {"room": room, "messages": list(messages)})
        return [str(one) for one in answer["ids"]]

    def recall(self, message_id: str) -> str:
        """Have the person withdraw a message. Returns the id of the recall."""
        return str(self.call("POST", "/recall", {"id": message_id})["id"])

    def duplicate(self, message_id: str) -> None:
        """Emit the event of a message once more."""
        self.call("POST", "/duplicate", {"id": message_id})

    def payload(self, message_id: str, mode: str, *, times: int = 1, ms: int = 2000) -> None:
        """Make the payload of a message ``slow`` (by ms) or ``fail`` the next few times.

        ``<id>#photo`` means its photo instead, ``<id>#3`` its photo of image type 3.
        """
        self.call("POST", "/payload", {"id": message_id, "mode": mode, "times": times, "ms": ms})

    def options(self, **options: object) -> None:
        """Set ``sendIds``, ``sendDelay`` (ms), ``sendError`` (text) or ``echo``."""
        self.call("POST", "/options", options)

    def error(self) -> None:
        """Emit an error event, as puppets do when something inside them broke."""
        self.call("POST", "/error", {})

    def logout(self) -> None:
        """Log the assistant's account out."""
        self.call("POST", "/logout", {})

    def login(self, contact_id: str = bot_id) -> None:
        """Log the assistant's account in again."""
        self.call("POST", "/login", {"id": contact_id})

    def sent(self, after: int = 0) -> list[dict[str, Any]]:
        """Return what the bot sent: n, id, at, t (ms, as /say tells it), room, to, text, ..."""
        return list(self.call("GET", f"/sent?after={after}"))

    def wait_for_sent(self, n: int, *, seconds: float) -> int:
        """Wait until the bot has sent ``n`` messages in all; return how many it has."""
        told = {"n": n, "timeout": seconds * 1000}
        return int(self.call("POST", "/wait", told, timeout=seconds + 10)["sent"])

    def health(self) -> dict[str, Any]:
        """Return the counters of the gateway."""
        return dict(self.call("GET", "/healthz"))


def _lock(descriptor: int) -> None:
    """Wait for the exclusive lock of a file, so that parallel tests install once."""
    import fcntl

    fcntl.flock(descriptor, fcntl.LOCK_EX)
