"""Durable claims a second against raw sqlite3 writing the same rows, one transaction each.

Ours is the act as the assistant performs it, through ``SingleWriter``: the message is
announced in the inbox (one act), then answered by ``Chat.text`` (another): read, checked
against the rulebook, filed, trailed, receipt queued. Raw sqlite3 then writes the very
rows that this left (inbox, claim, its trail, outbox, the counter) into a copy of the
same village on the same disk: WAL, synchronous=FULL, foreign keys on.
The last line leaves the thinking out: the same rows, as core inserts, through the writer,
which is the unit for which the goal was set.
"""

import asyncio
import sqlite3
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Table, select, update

from storage.engine import open_engine, sqlite_url
from storage.performer import SingleWriter
from storage.statements import table_of
from storage.tables.claims import ClaimEventRow, ClaimRow, CounterRow
from storage.tables.mail import InboxRow, OutboxRow
from storage.unit_of_work import Books
from tests.benchmarks import crowd
from tests.benchmarks.children import scratch
from tests.benchmarks.measures import Goal, Measure, median, progress
from tests.gateway.village import ACCOUNT, settle

SUBMITTERS: Final = 32
ROUNDS, ROUNDS_QUICK = 5, 2
EACH, EACH_QUICK = 400, 60
ALONE_SHARE: Final = 4
GOAL: Final = Goal(0.5, is_most=False)
INBOX, CLAIM = table_of(InboxRow), table_of(ClaimRow)
EVENT, OUTBOX = table_of(ClaimEventRow), table_of(OutboxRow)
COUNTER = table_of(CounterRow)
INSERTS: Final = {table: table.insert() for table in (INBOX, CLAIM, EVENT, OUTBOX)}
COUNT_ON: Final = update(COUNTER).values(last=COUNTER.c.last + 1)

Rows = list[tuple[Table, dict[str, Any]]]
"""The rows of one claim."""
Said = Sequence[tuple[str, str]]


def measure(*, is_quick: bool) -> list[Measure]:
    """Return the whole act under load and one at a time, and its rows alone under load."""
    rounds, each = (ROUNDS_QUICK, EACH_QUICK) if is_quick else (ROUNDS, EACH)
    alone = each // ALONE_SHARE
    households = -(-rounds * (each + alone) // len(crowd.ITEMS))
    said = crowd.claims(rounds * (each + alone), households=households)
    rates: dict[str, list[float]] = defaultdict(list)
    with scratch() as folder, progress() as shown:
        stage = Stage(folder, households)
        task = shown.add_task("durable: rounds of ours and raw", total=rounds)
        for _ in range(rounds):
            here, said = said[: each + alone], said[each + alone :]
            used = time.process_time()
            rates["load"].append(stage.acts(here[:each], submitters=SUBMITTERS))
            rates["cpu"].append((time.process_time() - used) / each * 1000)
            rates["raw"].append(stage.raw(stage.rows_of(here[:each], is_raw=True)))
            rows = stage.rows_of(here[:each], is_raw=False)
            rates["rows"].append(stage.inserts(rows, submitters=SUBMITTERS))
            rates["alone"].append(stage.acts(here[each:], submitters=1))
            shown.advance(task)
        stage.close()
    return _lines(rates, rounds=rounds, each=each)


class Stage:
    """Three copies of one village: for the acts, for raw sqlite3, for the rows alone."""

    def __init__(self, folder: Path, households: int) -> None:
        acts, raw, rows = (folder / f"{name}.db" for name in ("acts", "raw", "rows"))
        settle(sqlite_url(acts), households=households)
        with sqlite3.connect(acts) as source:
            for path in (raw, rows):
                with sqlite3.connect(path) as target:
                    source.backup(target)
        self._acts = open_engine(sqlite_url(acts))
        self._rows = open_engine(sqlite_url(rows))
        self._seen = sqlite3.connect(acts)
        self._seen.row_factory = sqlite3.Row
        self._raw = sqlite3.connect(raw, isolation_level=None)
        for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL"):
            self._raw.execute(f"PRAGMA {pragma}")
        self._chat = crowd.chat()

    def close(self) -> None:
        """Close the files."""
        self._seen.close()
        self._raw.close()
        self._acts.dispose()
        self._rows.dispose()

    def acts(self, said: Said, *, submitters: int) -> float:
        """Announce and answer these messages; return claims a second."""
        writer = SingleWriter(self._acts)

        async def answer(claim: tuple[str, str]) -> None:
            person, text = claim
            message = crowd.incoming(person, text, message_id=_id(person, text))

            def announce(books: Books) -> bool:
                return books.inbox.announce(ACCOUNT, message.message.id, at=message.now)

            assert await writer.perform(announce)
            (draft,) = await writer.perform(lambda books: self._chat.text(books, message))
            assert crowd.RECEIPT in draft.text, draft.text

        return _timed(said, answer, submitters=submitters, writer=writer)

    def inserts(self, claims: Sequence[Rows], *, submitters: int) -> float:
        """Insert rows that are known already through the writer; return claims a second."""
        writer = SingleWriter(self._rows)

        async def insert(rows: Rows) -> None:
            def act(books: Books) -> None:
                for table, row in rows:
                    books.connection.execute(INSERTS[table], row)
                books.connection.execute(COUNT_ON)

            await writer.perform(act)

        return _timed(claims, insert, submitters=submitters, writer=writer)

    def raw(self, claims: Sequence[Rows]) -> float:
        """Write the same rows with raw sqlite3, one transaction a claim; claims a second."""
        prepared = [[(_insert(t, row), tuple(row.values())) for t, row in rows] for rows in claims]
        execute = self._raw.execute
        begun = time.perf_counter()
        for statements in prepared:
            execute("BEGIN IMMEDIATE")
            for statement, values in statements:
                execute(statement, values)
            execute("UPDATE counter SET last = last + 1")
            execute("COMMIT")
        return len(claims) / (time.perf_counter() - begun)

    def rows_of(self, said: Said, *, is_raw: bool) -> list[Rows]:
        """Return the rows that the acts left, claim by claim, parents first.

        With ``is_raw`` as sqlite3 stores them, else as SQLAlchemy takes them.
        """
        with self._acts.connect() as typed:
            find = self._raw_row if is_raw else partial(_typed_row, typed)
            return [_rows_of(_id(*claim), find) for claim in said]

    def _raw_row(self, table: Table, column: str, value: object) -> list[dict[str, Any]]:
        query = f"SELECT * FROM {table.name} WHERE {column} = ?"
        return [dict(row) for row in self._seen.execute(query, (value,))]


def _typed_row(
    connection: Connection, table: Table, column: str, value: object
) -> list[dict[str, Any]]:
    found = connection.execute(select(table).where(table.c[column] == value))
    return [dict(row) for row in found.mappings()]


def _rows_of(message: str, find: Callable[..., list[dict[str, Any]]]) -> Rows:
    (claim,) = find(CLAIM, "message_id", message)
    return [
        *((INBOX, row) for row in find(INBOX, "message_id", message)),
        (CLAIM, claim),
        *((EVENT, row) for row in find(EVENT, "number", claim["number"])),
        *((OUTBOX, row) for row in find(OUTBOX, "key", f"reply:{ACCOUNT}:{message}")),
    ]


def _timed(
    todo: Sequence[Any],
    work: Callable[[Any], Awaitable[None]],
    *,
    submitters: int,
    writer: SingleWriter,
) -> float:
    """Work a list off by so many tasks side by side; return pieces a second."""
    left = iter(todo)

    async def submit() -> None:
        for one in left:
            await work(one)

    async def all_of_them() -> float:
        begun = time.perf_counter()
        await asyncio.gather(*(submit() for _ in range(submitters)))
        return len(todo) / (time.perf_counter() - begun)

    try:
        return asyncio.run(all_of_them())
    finally:
        writer.close()


def _insert(table: Table, row: dict[str, Any]) -> str:
    marks = ", ".join("?" for _ in row)
    return f"INSERT INTO {table.name} ({', '.join(row)}) VALUES ({marks})"


def _id(person: str, text: str) -> str:
    return f"m-{person}-{text}"


def _lines(rates: dict[str, list[float]], *, rounds: int, each: int) -> list[Measure]:
    raw = median(rates["raw"])
    act = f"announce + Chat.text, SingleWriter, CPU {median(rates['cpu']):.1f} ms a claim"
    how = f"{rounds} rounds of {each}; raw: inbox, claim, trail, outbox, counter, synchronous=FULL"
    return [
        Measure(f"durable_{kind}", what, "/s", median(rates[kind]), raw, goal, f"{about}; {how}")
        for kind, what, goal, about in (
            ("load", "Durable claims, the whole act, 32 submitters", None, act),
            ("alone", "Durable claims, the whole act, one at a time", None, act),
            ("rows", "Durable rows of a claim, 32 submitters", GOAL, "core inserts, SingleWriter"),
        )
    ]
