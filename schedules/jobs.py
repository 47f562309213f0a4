"""The calendar at work (定时任务): what is due happens once, by any number of processes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final, Protocol

from domain.calendar import IsWorking
from domain.period import village_day
from domain.rulebook import Rulebook
from schedules.due import Agenda, Occasion, agenda
from schedules.timetable import TIMETABLE, JobKind
from storage.jobs import JobRecord, Kinds
from storage.outbox import Draft
from storage.unit_of_work import Books
from storage.villages import Village

LOOK_BACK_MOST: Final = timedelta(days=120)
"""Further back nothing is looked at, however long the process slept."""
KINDS: Final = Kinds(
    tuple(slot.kind for slot in TIMETABLE if slot.is_daily),
    tuple(slot.kind for slot in TIMETABLE if not slot.is_daily),
)
DAILY_LOOK_BACK: Final = timedelta(days=4)
"""A daily job is looked for so many days back, which is more than its own look-back."""
DONE: Final = "done"
SKIPPED: Final = "skipped"
NOBODY: Final = "nobody"
"""The remark on a job that had something to say and nobody to say it to."""

Word = Callable[[object], str]
"""Words a result."""


class Shelf(Protocol):
    """Where rulebooks in force are looked up."""

    def in_force(self, books: Books, village: int, day: date) -> Rulebook:
        """Return the village's rulebook on a day.

        Raises:
            RulebookMissing: None was adopted.

        """


@dataclass(frozen=True, slots=True)
class Errand:
    """One job in its place: the open books, the village, the period, the instant.

    ``shelf`` is there for work that has to know the rules; ``board`` is the address
    of the village's notice board, "" while it has none.
    """

    books: Books
    village: Village
    period: str
    now: datetime
    word: Word
    is_working: IsWorking
    shelf: Shelf | None = None
    board: str = ""
    unheard: list[str] = field(default_factory=list)
    """Filled when a notice has nobody to go to: no room and no phone is bound."""

    def rulebook(self, day: date) -> Rulebook:
        """Return the village's rulebook on a day.

        Raises:
            RulebookMissing: None was adopted.

        """
        assert self.shelf is not None, "this work needs the rulebooks"
        return self.shelf.in_force(self.books, self.village.id, day)


Work = Callable[[Errand], tuple[Draft, ...]]
"""Does a job within the caller's transaction and returns what it queued."""


class NotYet(Exception):  # noqa: N818 - an outcome, not a fault
    """The job cannot be done yet; it stays due and is tried again at the next tick."""


class TooLate(Exception):  # noqa: N818 - an outcome, not a fault
    """What the job had to say is past; it is noted as skipped."""


def look(books: Books, village: Village, *, now: datetime, is_working: IsWorking) -> Agenda:
    """Return what a village's calendar holds now."""
    since = max(village.created_at, now - LOOK_BACK_MOST)
    settings = books.jobs.settings(village.id)
    moved = max((abs(setting.shift_days) for setting in settings.values()), default=0)
    day = village_day(now) - DAILY_LOOK_BACK - timedelta(days=moved)
    settled = books.jobs.settled_keys(village.id, kinds=KINDS, since=since, day=day.isoformat())
    return agenda(TIMETABLE, settings, now=now, since=since, settled=settled, is_working=is_working)


def skip(books: Books, village: Village, occasion: Occasion, *, now: datetime) -> bool:
    """Note a job that is too old to be done; it is shown, not forgotten."""
    return books.jobs.settle(village.id, _record(occasion, SKIPPED, now=now))


def do(errand: Errand, occasion: Occasion, *, works: Mapping[JobKind, Work]) -> tuple[Draft, ...]:
    """Do one job unless somebody has; the note and the work stand or fall together.

    Raises:
        NotYet: It cannot be done yet; nothing is noted.

    """
    jobs, village = errand.books.jobs, errand.village.id
    record = _record(occasion, DONE, now=errand.now)
    if not jobs.settle(village, record):
        return ()
    try:
        drafts = works[occasion.kind](errand)
    except TooLate:
        jobs.restate(village, replace(record, state=SKIPPED))
        return ()
    if errand.unheard and not drafts:
        jobs.restate(village, replace(record, remark=NOBODY))
    return drafts


def _record(occasion: Occasion, state: str, *, now: datetime) -> JobRecord:
    return JobRecord(occasion.kind, occasion.period, state, occasion.at, now, "")
