"""The calendar of three villages, ticked by processes that may die at any moment, and what must hold.

The processes are forked, so that a new one is there at once; each runs the real timekeeper on its
own engine with a clock that the test moves: in steps of some hours, sometimes backwards.
"""

import asyncio
import itertools
import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from multiprocessing.sharedctypes import Synchronized
from typing import Any, Final

from sqlalchemy import select

from bot.assistant import Exits
from bot.timekeeper import Timekeeper
from bot.workdays import is_working
from domain.calendar import working_days_between
from domain.ledger import EntryKind
from domain.membership import HouseholdId
from domain.period import Month, Quarter, parse_month, village_day
from domain.points import Points
from domain.redemption_round import RoundKey, RoundState
from schedules.due import USUAL
from schedules.timetable import TIMETABLE, JobKind, Slot
from storage.engine import open_engine
from storage.jobs import PERIOD, JobSetting
from storage.ledger import REVIEW
from storage.outbox import OUTBOX
from storage.performer import performer_on
from storage.unit_of_work import Books, books_on
from tests.builders import a_posting
from tests.cast import SHELF
from tests.fakes import FixedClock
from tests.journeys.yearly.ground import FOUNDED, YEAR, found, places
from tests.redemption import a_round

STARTS: Final = FOUNDED.astimezone(UTC)
ENDS: Final = datetime(YEAR + 1, 2, 1, 4, tzinfo=UTC)
ASLEEP: Final = timedelta(days=40)
STEP_HOURS: Final = (5.0, 21.0)
BACK_HOURS: Final = 30.0
PATIENCE_SECONDS: Final = 240.0
MONTH_KINDS: Final = {JobKind.MONTH_REMINDER_FIRST, JobKind.MONTH_REMINDER_SECOND}
SETTINGS: Final = {
    1: {},
    2: {
        JobKind.POINTS_ENDING: JobSetting(is_on=False),
        JobKind.MONTH_REMINDER_FIRST: JobSetting(is_on=False),
        JobKind.COMMITTEE_DIGEST: JobSetting(is_on=False),
    },
    3: {
        JobKind.REDEMPTION_DUE: JobSetting(is_on=False),
        JobKind.MONTH_REMINDER_SECOND: JobSetting(hour=15, shift_days=-1),
        JobKind.POINTS_ENDING: JobSetting(hour=11, shift_days=2),
    },
}
"""The first village has everything as usual, its months confirmed and a round; the others do not."""


def prepare_villages(books: Books) -> None:
    """Found three villages with something to be reminded of all year."""
    for place in places():
        found(books, place)
        for kind, setting in SETTINGS[place.number].items():
            books.jobs.set(place.number, kind, setting)
        posting = a_posting(
            "test:1",
            household=HouseholdId(1),
            kind=EntryKind.AWARD,
            points=Points(300),
            effective_month=Month(YEAR, 1),
        )
        books.ledger.post(place.number, posting, at=STARTS)
    for number in range(1, 13):
        row = {"village": 1, "month": str(Month(YEAR, number)), "confirmed_at": STARTS}
        books.connection.execute(REVIEW.insert().values(row))
    books.rounds.add(1, a_round(state=RoundState.DRAFT), planned_by=None, at=STARTS)


@dataclass
class World:
    """The time that all processes share, and how often one of them has ticked."""

    now: "Synchronized[float]" = field(
        default_factory=lambda: multiprocessing.Value("d", STARTS.timestamp())
    )
    ticks: "Synchronized[int]" = field(default_factory=lambda: multiprocessing.Value("i", 0))

    @property
    def is_over(self) -> bool:
        return self.now.value >= ENDS.timestamp()

    def pass_by(self, span: timedelta) -> None:
        """Let time go on, whoever is awake."""
        with self.now.get_lock():
            self.now.value += span.total_seconds()


def tick_on(url: str, world: World, seed: int) -> None:
    """Tick until the year is over; every tick looks at a clock that is not quite right."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asyncio.run(_tick_on(url, world, random.Random(seed)))


async def _tick_on(url: str, world: World, chance: random.Random) -> None:
    engine = open_engine(url)
    performer = performer_on(engine)
    clock = FixedClock()
    keeper = Timekeeper(performer.perform, Exits({}, lambda _: None), clock, SHELF)
    while not world.is_over:
        now = datetime.fromtimestamp(world.now.value, UTC)
        if chance.random() < 0.1:
            now = max(STARTS, now - timedelta(hours=chance.uniform(0, BACK_HOURS)))
        clock.now = now
        await keeper.tick()
        with world.ticks.get_lock():
            world.ticks.value += 1
        world.pass_by(timedelta(hours=chance.uniform(*STEP_HOURS)))
    performer.close()
    engine.dispose()


class Ticker:
    """One process that ticks; ended the hard way and begun again."""

    def __init__(self, url: str, world: World, chance: random.Random) -> None:
        self._url, self._world, self._chance = url, world, chance
        self._fork = multiprocessing.get_context("fork")
        self.start()

    def start(self) -> None:
        seed = self._chance.randrange(1_000_000)
        self._process = self._fork.Process(target=tick_on, args=(self._url, self._world, seed))
        self._process.start()

    def kill(self) -> None:
        assert self._process.pid is not None
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.join()

    def finish(self) -> None:
        self._process.join(PATIENCE_SECONDS)
        assert self._process.exitcode == 0, self._process.exitcode


def endure(url: str, chance: random.Random, *, processes: int, kills: int) -> World:
    """Let processes tick through a year, kill one again and again, sleep forty days once."""
    world = World()
    tickers = [Ticker(url, world, chance) for _ in range(processes)]
    asleep = chance.randrange(kills)
    span = (ENDS - STARTS - ASLEEP) / (kills + 2)
    for number in range(kills):
        _await(world, STARTS + span * (number + chance.random()))
        time.sleep(chance.uniform(0, 0.02))  # somewhere within a tick
        victim = chance.choice(tickers)
        victim.kill()
        if number == asleep:
            others = [one for one in tickers if one is not victim]
            for one in others:
                one.kill()
            world.pass_by(ASLEEP)
            for one in others:
                one.start()
        victim.start()
    for one in tickers:
        one.finish()
    print(f"ticked {world.ticks.value} times through {kills} kills")
    return world


def _await(world: World, instant: datetime) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while world.now.value < instant.timestamp() and not world.is_over:
        assert time.monotonic() < end, "nobody ticks"
        time.sleep(0.002)


# -- what must hold ---------------------------------------------------------------------------


def faults_of(books: Books, *, until: datetime) -> list[str]:
    """Return what does not hold of jobs and notices; empty is clean."""
    rows = [dict(row) for row in books.connection.execute(select(PERIOD)).mappings()]
    notices = Counter(books.connection.execute(select(OUTBOX.c.key)).scalars())
    faults: list[str] = []
    for village in (1, 2, 3):
        mine = [row for row in rows if row["village"] == village]
        told = [key for key in notices if key.startswith(f"notice:{village}:")]
        faults += [f"village {village}: {f}" for f in _job_faults(village, mine, until)]
        faults += [f"village {village}: {f}" for f in _notice_faults(village, mine, told)]
    return faults


def _job_faults(village: int, rows: list[dict[str, Any]], until: datetime) -> Iterator[str]:
    """Every occasion of the year has one row; it is skipped only when it was found too late."""
    settings = SETTINGS[village]
    known = {(row["kind"], row["period"]): row for row in rows}
    for kind, setting in settings.items():
        if not setting.is_on and any(row["kind"] == kind for row in rows):
            yield f"{kind} is off and was done"
    for slot in TIMETABLE:
        setting = settings.get(slot.kind, USUAL)
        if not setting.is_on or slot.is_daily:
            continue
        for period, at in _occasions(slot, setting):
            if at >= STARTS and at + slot.look_back < until and (slot.kind, period) not in known:
                yield f"{slot.kind} {period} was forgotten"
    yield from _lateness_faults(rows)
    yield from _daily_faults(village, rows, until)


def _lateness_faults(rows: list[dict[str, Any]]) -> Iterator[str]:
    """Nothing comes early, nothing is done too late, nothing is skipped that was not too late."""
    slots = {slot.kind: slot for slot in TIMETABLE}
    for row in rows:
        kind, period = row["kind"], row["period"]
        late = row["settled_at"] - row["due_at"]
        slot = slots[kind]
        if late < timedelta(0):
            yield f"{kind} {period} came {-late} early"
        if row["state"] == "done" and late > slot.look_back:
            yield f"{kind} {period} was done {late} late"
        is_past = kind in MONTH_KINDS and (
            village_day(row["settled_at"]) >= parse_month(row["period"]).end
        )
        if row["state"] == "skipped" and not (slot.is_daily or is_past) and late < slot.look_back:
            yield f"{kind} {period} was skipped though only {late} late"


def _occasions(slot: Slot, setting: JobSetting) -> Iterator[tuple[str, datetime]]:
    hour = slot.hour if setting.hour is None else setting.hour
    for year in (YEAR, YEAR + 1):
        for period, day in slot.days(year, is_working):
            moved = day + timedelta(days=setting.shift_days)
            local = datetime(moved.year, moved.month, moved.day, hour, tzinfo=FOUNDED.tzinfo)
            yield period, local.astimezone(UTC)


def _daily_faults(village: int, rows: list[dict[str, Any]], until: datetime) -> Iterator[str]:
    """A daily kind is settled on every day but those that everybody slept through."""
    days = (until - STARTS).days - 1
    for slot in TIMETABLE:
        if not slot.is_daily or not SETTINGS[village].get(slot.kind, USUAL).is_on:
            continue
        settled = sum(row["kind"] == slot.kind for row in rows)
        if settled < days - ASLEEP.days - 1:
            yield f"{slot.kind} was settled on {settled} of {days} days"


def _notice_faults(village: int, rows: list[dict[str, Any]], told: list[str]) -> Iterator[str]:
    """Each reminder was given once for each time that its job was done, on that day."""
    done = [row for row in rows if row["state"] == "done"]
    expected = {
        f"month:{row['period']}:{day}"
        for row in done
        if row["kind"] in MONTH_KINDS
        and (day := village_day(row["settled_at"])) < parse_month(row["period"]).end
        and not (village == 1 and row["period"].startswith(str(YEAR)))  # they are confirmed
    }
    yield from _differing("month", expected, _keys(told, "month:"))
    ending = {
        f"points-ending:{row['period']}"
        for row in done
        if row["kind"] == JobKind.POINTS_ENDING and village_day(row["settled_at"]).year == YEAR
    }
    yield from _differing("points", ending, _keys(told, "points-ending:"))
    due = {
        f"redemption:due:{row['period']}"
        for row in done
        if row["kind"] == JobKind.REDEMPTION_DUE  # nothing was handed over in the round
    }
    yield from _differing("redemption", due, _keys(told, "redemption:due:"))
    yield from _digest_faults(village, _keys(told, "digest:"))


def _keys(told: list[str], prefix: str) -> set[str]:
    """Return the keys of a kind of notice, without village and room."""
    bare = (key.split(":", 2)[2] for key in told)
    return {key.split(":wechaty:", 1)[0] for key in bare if key.startswith(prefix)}


def _differing(what: str, expected: set[str], found: set[str]) -> Iterator[str]:
    if missing := sorted(expected - found):
        yield f"{what}: not told {missing}"
    if more := sorted(found - expected):
        yield f"{what}: told without a job {more}"


def _digest_faults(village: int, keys: set[str]) -> Iterator[str]:
    """The committee is not asked about the same things more often than every third working day.

    The village that confirms nothing hears of months alone; so its digests lie apart.
    """
    if village == 2 and keys:
        yield f"digest is off and was told {sorted(keys)[:3]}"
    days = sorted(date.fromisoformat(key.removeprefix("digest:")) for key in keys)
    months = {(day.year, day.month) for day in days}
    if village == 3 and len(months) < 8:
        yield f"digests in {len(months)} months only"
    for one, other in itertools.pairwise(days):
        if village == 1 and working_days_between(one, other, is_working) < 3:
            yield f"digests on {one} and {other}"


def publications_of(books: Books) -> list[tuple[Quarter, int]]:
    """Return the editions of the first village, which confirms its months in time."""
    return [(one.quarter, one.edition) for one in books.publications.all(1)]


def round_of(books: Books) -> RoundState:
    """Return where the first village's round stands."""
    found_ = books.rounds.get(1, RoundKey(YEAR, 1))
    assert found_ is not None
    return found_.state


def look_at(url: str) -> tuple[list[str], list[tuple[Quarter, int]], RoundState]:
    """Open the books once more and say what is wrong, what was published, where the round stands."""
    engine = open_engine(url)
    with books_on(engine)() as books:
        told = faults_of(books, until=ENDS), publications_of(books), round_of(books)
    engine.dispose()
    return told
