"""What ``jifen jobs`` does: the same calendar as the server's, seen and run by hand."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from bot.cli.office import CommandFailed, Office, WrongUse, village_named
from bot.replies import cli as words
from bot.replies.results import refused, word
from bot.shelf import RulebookShelf
from bot.workdays import is_known, is_working
from domain.period import VILLAGE_TZ, village_day, village_time
from domain.refusal import Refusal
from schedules.announcing import next_daytime
from schedules.due import USUAL, Occasion, latest
from schedules.jobs import DONE, NOBODY, SKIPPED, Errand, NotYet, do, look
from schedules.timetable import TIMETABLE, JobKind
from schedules.works import WORKS
from storage.jobs import JobSetting
from storage.unit_of_work import Books
from storage.villages import Village

SHOWN: Final = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of ``jifen jobs list``."""

    village: str
    kind: str
    period: str
    state: str
    due_at: datetime | None
    settled_at: datetime | None = None
    remark: str = ""

    @property
    def facts(self) -> dict[str, Any]:
        """What ``--json`` tells."""
        return {
            "village": self.village,
            "kind": self.kind,
            "period": self.period,
            "state": self.state,
            "due_at": _iso(self.due_at),
            "settled_at": _iso(self.settled_at),
            "remark": self.remark,
            "holidays_known": self.knows_holidays,
        }

    @property
    def knows_holidays(self) -> bool:
        """Whether the official holidays of its year are known; else Monday to Friday counts."""
        return self.due_at is None or is_known(village_day(self.due_at).year)

    @property
    def line(self) -> tuple[str, ...]:
        """What people read."""
        named = words.JOB_KINDS.get(self.kind, self.kind)
        times = (_clock(self.due_at), _clock(self.settled_at))
        return (
            self.village,
            f"{self.kind} {named}",
            self.period,
            words.JOB_STATES[self.state] + words.JOB_REMARKS[self.remark],
            *times,
        )


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of doing one job by hand; ``is_done`` is false when it was done before, or is past.

    ``state`` and ``remark`` are what is kept of it.
    """

    village: str
    kind: str
    period: str
    is_done: bool
    messages: int
    state: str = DONE
    remark: str = ""

    @property
    def facts(self) -> dict[str, Any]:
        """What ``--json`` tells."""
        return {
            "village": self.village,
            "kind": self.kind,
            "period": self.period,
            "done": self.is_done,
            "messages": self.messages,
            "state": self.state,
            "remark": self.remark,
        }

    @property
    def line(self) -> str:
        """What people read."""
        said = words.JOB_BEFORE
        if self.state == SKIPPED:
            said = words.JOB_PAST
        elif self.is_done:
            said = words.JOB_UNHEARD if self.remark == NOBODY else words.JOB_DONE
        kind = words.JOB_KINDS[self.kind]
        return said.format(kind=kind, period=self.period, messages=self.messages)


def listed(at: Office, village: str | None, as_of: str | None) -> tuple[Listed, ...]:
    """Return the calendar of one village or of all, as it stands at an instant.

    Raises:
        CommandFailed: No such village, or the time cannot be read.

    """
    now = _instant(at, as_of)
    with at.reading() as books:
        chosen = (village_named(books, village),) if village else books.villages.all()
        return tuple(line for one in chosen for line in _of_village(books, one, now))


def _of_village(books: Books, village: Village, now: datetime) -> list[Listed]:
    agenda = look(books, village, now=now, is_working=is_working)
    name = village.name
    open_ = [("due", agenda.due), ("missed", agenda.missed), ("next", agenda.coming)]
    lines = [
        Listed(name, one.kind, one.period, state, one.at)
        for state, occasions in open_
        for one in occasions
    ]
    settled = books.jobs.settled(village.id, since=now - SHOWN)
    lines += [
        Listed(name, r.kind, r.period, r.state, r.due_at, r.settled_at, r.remark)
        for r in settled
        if r.settled_at <= now
    ]
    settings = books.jobs.settings(village.id)
    off = [kind for kind, setting in settings.items() if not setting.is_on]
    return lines + [Listed(name, kind, "", "off", None) for kind in sorted(off)]


def unknown_years(at: Office, as_of: str | None, lines: Iterable[Listed]) -> tuple[int, ...]:
    """Return the years asked about or listed whose official holidays are not known."""
    asked = village_day(_instant(at, as_of)).year
    years = {asked, *(village_day(one.due_at).year for one in lines if one.due_at)}
    return tuple(year for year in sorted(years) if not is_known(year))


def run_one(at: Office, kind: JobKind, *, village: str, as_of: str | None) -> Ran:
    """Do the latest job of a kind up to an instant, unless it is done.

    Raises:
        CommandFailed: It cannot be done yet; there has been none; no such village.

    """
    now = _instant(at, as_of)
    with at.open_books() as books:
        found = village_named(books, village)
        occasion = _latest(books, found, kind, now)
        known = books.jobs.record_of(found.id, kind, occasion.period)
        if known is not None and known.state == DONE:
            return Ran(found.name, kind, occasion.period, is_done=False, messages=0)
        books.jobs.reopen(found.id, kind, occasion.period)
        errand = Errand(books, found, occasion.period, now, _say, is_working, RulebookShelf())
        try:
            drafts = do(errand, occasion, works=WORKS)
        except NotYet as not_yet:
            raise CommandFailed(_why(occasion, not_yet)) from not_yet
        for draft in drafts:
            books.outbox.postpone(draft.key, not_before=next_daytime(at.now))
        kept = books.jobs.record_of(found.id, kind, occasion.period)
        assert kept is not None, occasion
    is_done, count = kept.state == DONE, len(drafts)
    return Ran(found.name, kind, occasion.period, is_done, count, kept.state, kept.remark)


def change(
    at: Office,
    kind: JobKind,
    *,
    village: str,
    on: bool | None,
    hour: int | None,
    shift: int | None,
) -> tuple[str, JobSetting]:
    """Change how a village has a kind of job; what is not named stays.

    Raises:
        CommandFailed: No such village.

    """
    with at.open_books() as books:
        found = village_named(books, village)
        setting = books.jobs.settings(found.id).get(kind, USUAL)
        setting = replace(
            setting,
            is_on=setting.is_on if on is None else on,
            hour=setting.hour if hour is None else hour,
            shift_days=setting.shift_days if shift is None else shift,
        )
        books.jobs.set(found.id, kind, setting)
    return found.name, setting


def _latest(books: Books, village: Village, kind: JobKind, now: datetime) -> Occasion:
    slot = next(slot for slot in TIMETABLE if slot.kind is kind)
    setting = books.jobs.settings(village.id).get(kind, USUAL)
    found = latest(slot, setting, now=now, is_working=is_working)
    if found is None or found.at < village.created_at:
        raise CommandFailed(words.JOB_NEVER.format(kind=words.JOB_KINDS[kind]))
    return found


def _why(occasion: Occasion, not_yet: NotYet) -> str:
    reason = not_yet.__cause__
    why = refused(reason) if isinstance(reason, Refusal) else ""
    kind = words.JOB_KINDS[occasion.kind]
    return words.JOB_NOT_YET.format(kind=kind, period=occasion.period, why=why)


def _instant(at: Office, as_of: str | None) -> datetime:
    """Return the instant that was named, in the village's time unless it says another."""
    if as_of is None:
        return at.now
    try:
        found = datetime.fromisoformat(as_of)
    except ValueError as error:
        raise WrongUse(words.TIME_UNREADABLE.format(text=as_of)) from error
    if "T" not in as_of and " " not in as_of:
        found = found.replace(hour=23, minute=59)
    return (found if found.tzinfo else found.replace(tzinfo=VILLAGE_TZ)).astimezone(UTC)


def _iso(value: datetime | None) -> str | None:
    return None if value is None else village_time(value).isoformat(timespec="minutes")


def _clock(value: datetime | None) -> str:
    return "" if value is None else village_time(value).strftime("%Y-%m-%d %H:%M")


def _say(result: object) -> str:
    return word((result,))
