"""What is due (到期): a pure function of the village, the time and what is settled."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from domain.calendar import IsWorking
from domain.period import VILLAGE_TZ, village_day
from schedules.timetable import JobKind, Slot
from storage.jobs import JobSetting

USUAL: Final = JobSetting()


@dataclass(frozen=True, slots=True)
class Occasion:
    """One job of one period, and the instant from which it is due."""

    kind: JobKind
    period: str
    at: datetime

    @property
    def key(self) -> tuple[str, str]:
        """What it is settled under."""
        return self.kind, self.period


@dataclass(frozen=True, slots=True)
class Agenda:
    """What the calendar holds at an instant, each in order of time.

    ``missed`` are those that became too old before anybody did them; ``coming``
    is the next occasion of each kind.
    """

    due: tuple[Occasion, ...]
    missed: tuple[Occasion, ...]
    coming: tuple[Occasion, ...]


def agenda(
    timetable: Collection[Slot],
    settings: Mapping[str, JobSetting],
    *,
    now: datetime,
    since: datetime,
    settled: Collection[tuple[str, str]],
    is_working: IsWorking,
) -> Agenda:
    """Say what is due, what was missed and what comes next.

    Args:
        timetable: The lines to look at.
        settings: How the village has its jobs, by kind.
        now: An aware instant.
        since: When the village began; nothing before it is due or missed.
        settled: (kind, period) of what is done or skipped already.
        is_working: The calendar of working days.

    A kind that is switched off is neither due nor missed nor coming.
    """
    due: list[Occasion] = []
    missed: list[Occasion] = []
    coming: list[Occasion] = []
    for slot in timetable:
        setting = settings.get(slot.kind, USUAL)
        if not setting.is_on:
            continue
        past, ahead = _around(slot, setting, now=now, is_working=is_working)
        open_ = [o for o in past[bisect_left(past, since, key=_at) :] if o.key not in settled]
        late = [o for o in open_ if _is_missed(slot, o, past, now=now)]
        missed += late
        due += [o for o in open_ if o not in late]
        coming += ahead[:1]
    return Agenda(_in_order(due), _in_order(missed), _in_order(coming))


def latest(
    slot: Slot, setting: JobSetting, *, now: datetime, is_working: IsWorking
) -> Occasion | None:
    """Return the last occasion of a kind up to an instant, switched off or not, however old."""
    past, _ = _around(slot, setting, now=now, is_working=is_working)
    return past[-1] if past else None


def _is_missed(slot: Slot, one: Occasion, past: tuple[Occasion, ...], *, now: datetime) -> bool:
    """Whether an occasion is too old, or a later one of the same kind does its work."""
    return one.at + slot.look_back <= now or (slot.is_daily and one != past[-1])


@lru_cache(maxsize=500)
def _around(
    slot: Slot, setting: JobSetting, *, now: datetime, is_working: IsWorking
) -> tuple[tuple[Occasion, ...], tuple[Occasion, ...]]:
    """Return the occasions of a year back up to now, and the next one.

    The villages of one tick mostly ask the same: it is worked out once.
    """
    year = village_day(now).year
    hour = slot.hour if setting.hour is None else setting.hour
    every = _occasions(slot, year, hour, setting.shift_days, is_working)
    after = bisect_right(every, now, key=_at)
    first = bisect_left(every, now - slot.look_back, key=_at) if slot.is_daily else 0
    return every[first:after], every[after : after + 1]


def _at(one: Occasion) -> datetime:
    return one.at


@lru_cache(maxsize=1_000)
def _occasions(
    slot: Slot, year: int, hour: int, shift_days: int, is_working: IsWorking
) -> tuple[Occasion, ...]:
    """Return the occasions of the year, the one before and the one after, in order of time."""
    every = (
        Occasion(slot.kind, period, _instant(day + timedelta(days=shift_days), hour))
        for number in (year - 1, year, year + 1)
        for period, day in _days(slot, number, is_working)
    )
    return tuple(sorted(every, key=_at))


@lru_cache(maxsize=1_000)
def _days(slot: Slot, year: int, is_working: IsWorking) -> tuple[tuple[str, date], ...]:
    return tuple(slot.days(year, is_working))


def _instant(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), VILLAGE_TZ).astimezone(UTC)


def _in_order(found: list[Occasion]) -> tuple[Occasion, ...]:
    return tuple(sorted(found, key=lambda one: (one.at, one.kind)))
