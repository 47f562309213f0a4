"""A village whose people are known on the test gateway, ready for `jifen run`."""

import hashlib
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from bot.papers import rulebook_toml
from domain.membership import Role
from domain.period import village_day
from domain.rulebook import Adoption
from storage.doors import Room, StoredRulebook
from storage.engine import open_engine
from storage.people import Contact
from storage.schema import prepare
from storage.unit_of_work import Books, books_on
from tests.gateway.process import NpmGateway, free_port

ROOT = Path(__file__).resolve().parents[2]
ACCOUNT = "wechaty:bot"
ROOM = "village@chatroom"
COMMITTEE = "committee@chatroom"
REVIEWERS = ("li", "chen")


def settle(url: str, *, households: int, accounts: tuple[str, ...] = (ACCOUNT,)) -> int:
    """Prepare a database: a village with people bound to the test gateway's contacts.

    Household n (from 1) is group 1, house n, head 户n; its person's contact is
    ``p<n>`` on every account. The reviewers li and chen live in houses of their own.
    """
    engine = open_engine(url)
    prepare(engine)
    now = datetime.now(UTC)
    with books_on(engine)() as books:
        village = books.villages.add(town="示范镇", name="幸福村", at=now).id
        rows = [
            {"group_no": 1, "house_no": str(n), "head": f"户{n}"} for n in range(1, households + 1)
        ]
        rows += [{"group_no": 2, "house_no": str(n), "head": w} for n, w in enumerate(REVIEWERS, 1)]
        books.households.save(village, rows, since=village_day(now))
        for household in books.households.all(village):
            is_reviewer = household.head in REVIEWERS
            contact = household.head if is_reviewer else f"p{household.house_no}"
            person = books.people.add(village, name=household.head, household=household.id, at=now)
            for account in accounts:
                books.people.bind(village, Contact(account, contact), person, at=now)
            books.people.consent(village, person, at=now)
            if is_reviewer:
                books.people.grant(village, person, Role.COMMITTEE, at=now)
        for account in accounts:
            books.rooms.bind(Room(village, account, ROOM, "villagers"), at=now)
            books.rooms.bind(Room(village, account, COMMITTEE, "committee"), at=now)
        _adopt(books, village, now)
    engine.dispose()
    return village


def _adopt(books: Books, village: int, now: datetime) -> None:
    rulebook = rulebook_toml.draft()
    body = rulebook_toml.dumps(rulebook)
    digest = hashlib.sha256(body.encode()).hexdigest()
    books.rulebooks.store(StoredRulebook(village, rulebook.version, body, digest), at=now)
    day = village_day(now) - timedelta(days=400)
    adoption = Adoption(rulebook.version, "村民会议", day, 50, 45, 5, 20, day, "公告栏", day)
    books.rulebooks.adopt(village, adoption, at=now)


def people_of(gateway: NpmGateway, *, households: int) -> None:
    """Let the gateway know the same people, and the two rooms."""
    people = [f"p{n}" for n in range(1, households + 1)]
    for person in people:
        gateway.contact(person, f"户{person[1:]}")
    for person in REVIEWERS:
        gateway.contact(person, person)
    everyone = (*people, *REVIEWERS, gateway.bot_id)
    gateway.room(ROOM, topic="村民群", members=everyone)
    gateway.room(COMMITTEE, topic="委员群", members=(*REVIEWERS, gateway.bot_id))


@dataclass
class Jifen:
    """`jifen run` as a child process against a gateway and a database."""

    url: str
    data: Path
    gateway: NpmGateway | None
    account: str = "bot"
    more: Mapping[str, str] | None = None
    process: subprocess.Popen[bytes] | None = None
    port: int = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process is not None and self.process.poll() is None:
            self.kill()

    def start(self, *, ready: bool = True) -> "Jifen":
        """Start it; with ``ready`` wait until its gateway is up."""
        self.port = free_port()
        environment = os.environ | {
            "JIFEN_DATABASE_URL": self.url,
            "JIFEN_DATA_DIR": str(self.data),
            "JIFEN_HTTP_PORT": str(self.port),
            "JIFEN_SECRET_KEY": "secret-of-the-tests",
            "JIFEN_PACING": "off",
            "JIFEN_WECHATY_ACCOUNT": self.account,
        }
        if self.gateway is not None:
            environment |= {
                "JIFEN_WECHATY_ENDPOINT": self.gateway.endpoint,
                "JIFEN_WECHATY_TOKEN": self.gateway.token,
                "JIFEN_WECHATY_TLS": "off",
            }
        self.data.mkdir(parents=True, exist_ok=True)
        with (self.data / "run.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot.cli.main", "run"],
                cwd=ROOT,
                env=environment | dict(self.more or {}),
                stdout=log,
                stderr=log,
            )
        if ready:
            self.await_ready()
        return self

    def await_ready(self, seconds: float = 120.0) -> None:
        """Wait until /healthz says that all is well."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            assert self.process is not None
            assert self.process.poll() is None, self.log()
            if self.is_healthy():
                return
            time.sleep(0.02)
        raise AssertionError(f"not ready after {seconds} s\n{self.log()}")

    def is_healthy(self) -> bool:
        """Ask /healthz."""
        try:
            url = f"http://127.0.0.1:{self.port}/healthz"
            with urllib.request.urlopen(url, timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def kill(self) -> None:
        """End it the hard way."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """End it kindly."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=20)

    def log(self) -> str:
        """What it wrote."""
        return (self.data / "run.log").read_text(errors="replace")[-3000:]
