"""A stream of claims and approvals over the real gateway, and what must hold of it afterwards."""

import random
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Self

from sqlalchemy import select

from storage.audit import Audit
from storage.engine import open_engine
from storage.statements import table_of
from storage.tables.claims import ClaimRow
from storage.tables.ledger import EntryRow
from storage.tables.mail import InboxRow, OutboxRow
from storage.unit_of_work import Books, books_on
from tests.gateway.process import NpmGateway
from tests.gateway.village import COMMITTEE, REVIEWERS, ROOM

ITEMS = ("申报 邻里互助", "申报 提建议", "申报 物业评价", "申报 开会", "申报 拥军")
"""Claims that need no photo, so that every message is one claim."""
NUMBER = re.compile(r"#(\d+)")


@dataclass
class Stream:
    """Sends claims and approvals until stopped; remembers what it sent.

    ``sent`` holds message ids in order; a person claims an item once.
    """

    gateway: NpmGateway
    households: int
    seed: int
    pause: tuple[float, float] = (0.002, 0.02)
    sent: list[str] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        assert self._thread is not None
        self._thread.join()

    def _run(self) -> None:
        chance = random.Random(self.seed)
        claims = [(n, item) for item in ITEMS for n in range(1, self.households + 1)]
        chance.shuffle(claims)
        seen = 0
        numbers: list[int] = []
        while not self._stop.is_set():
            if chance.random() < 0.6 and claims:
                person, item = claims.pop()
                room = ROOM if chance.random() < 0.5 else None
                self.sent.append(self.gateway.say(room, f"p{person}", item))
            else:
                told = self.gateway.sent(after=seen)
                seen = told[-1]["n"] if told else seen
                numbers += [
                    int(found[1])
                    for one in told
                    if "预计" in one["text"] and (found := NUMBER.search(one["text"]))
                ]
                self._approve(chance, numbers)
            time.sleep(chance.uniform(*self.pause))

    def _approve(self, chance: random.Random, numbers: list[int]) -> None:
        if not numbers:
            return
        chosen = [numbers.pop(chance.randrange(len(numbers))) for _ in range(min(3, len(numbers)))]
        words = "通过 " + " ".join(str(n) for n in chosen)
        self.sent.append(self.gateway.say(COMMITTEE, chance.choice(REVIEWERS), words))


def faults_of(url: str, gateway: NpmGateway, *, account: str) -> list[str]:
    """Return what does not hold of the books and of what the gateway heard; empty is clean."""
    engine = open_engine(url)
    with books_on(engine)() as books:
        faults = [
            f"verify: {fault}"
            for village in books.villages.all()
            for fault in Audit(books.connection).verify(village.id)
        ]
        faults += _mail(books, gateway, account)
        faults += _claims(books)
    engine.dispose()
    return faults


def _mail(books: Books, gateway: NpmGateway, account: str) -> list[str]:
    """Every answer belongs to one row each way; nothing was said twice."""
    outbox, inbox = table_of(OutboxRow), table_of(InboxRow)
    rows = books.connection.execute(select(outbox).where(outbox.c.account == account)).mappings()
    letters = list(rows)
    said = Counter((one["room"] or one["to"], _words(one["text"])) for one in gateway.sent())
    meant = Counter(((x["room"] or x["contact"]), x["text"]) for x in letters)
    faults = [f"said {n} times: {key}" for key, n in said.items() if n > max(1, meant[key])]
    faults += [f"said but not written: {key}" for key in said if key not in meant]
    faults += [
        f"written as sent but not heard: {x['text']}"
        for x in letters
        if x["state"] == "sent" and not said[(x["room"] or x["contact"]), x["text"]]
    ]
    faults += [f"left {x['state']}: {x['text']}" for x in letters if x["state"] == "sending"]
    known = set(books.connection.execute(select(inbox.c.message_id)).scalars())
    faults += [
        f"answered but not in the inbox: {x['key']}"
        for x in letters
        if x["key"].startswith("reply:") and x["key"].rsplit(":", 1)[1] not in known
    ]
    return faults


def _words(text: str) -> str:
    """Take the mention off what the gateway heard."""
    return text.split("\u2005", 1)[-1] if text.startswith("@") else text


def _claims(books: Books) -> list[str]:
    """One claim a message, one award an approved claim."""
    claim, entry = table_of(ClaimRow), table_of(EntryRow)
    messages = Counter(
        books.connection.execute(select(claim.c.account + claim.c.message_id)).scalars()
    )
    faults = [f"message made {n} claims: {m}" for m, n in messages.items() if n > 1]
    approved = select(claim.c.year, claim.c.number).where(claim.c.state == "approved")
    awards = Counter(
        books.connection.execute(select(entry.c.cause).where(entry.c.kind == "award")).scalars()
    )
    for year, number in books.connection.execute(approved):
        if awards.pop(f"claim:{year}:{number}:award", 0) != 1:
            faults.append(f"claim {number} approved without exactly one award")
    return faults + [f"award without an approved claim: {cause}" for cause in awards]


def claims_by_state(url: str) -> Counter[str]:
    """Return how many claims stand in each state: a stream that did nothing proves nothing."""
    engine = open_engine(url)
    with books_on(engine)() as books:
        states = Counter(books.connection.execute(select(table_of(ClaimRow).c.state)).scalars())
    engine.dispose()
    return states
