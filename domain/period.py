"""Days, months and quarters of the village (Asia/Shanghai)."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

VILLAGE_TZ: Final = ZoneInfo("Asia/Shanghai")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")


def village_time(instant: datetime) -> datetime:
    """Return the wall-clock time of the village for an aware instant."""
    assert instant.tzinfo is not None, "instants are aware"
    return instant.astimezone(VILLAGE_TZ)


def village_day(instant: datetime) -> date:
    """Return the village's calendar day; 16:30 UTC is already tomorrow there."""
    return village_time(instant).date()


def day_start(day: date) -> datetime:
    """Return the instant, in UTC, at which a village day begins."""
    return datetime.combine(day, time(), VILLAGE_TZ).astimezone(UTC)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month, written ``2026-09``."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def quarter(self) -> "Quarter":
        """The quarter this month belongs to."""
        return Quarter(self.year, (self.month + 2) // 3)

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.month, 1)

    @property
    def end(self) -> date:
        """The first day after the month."""
        return (self.first_day + timedelta(days=31)).replace(day=1)


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A calendar quarter, written ``2026-Q3``."""

    year: int
    quarter: int

    def __str__(self) -> str:
        return f"{self.year:04d}-Q{self.quarter}"

    @property
    def months(self) -> tuple[Month, Month, Month]:
        """The three months, in order."""
        first = self.quarter * 3 - 2
        return Month(self.year, first), Month(self.year, first + 1), Month(self.year, first + 2)

    def previous(self) -> "Quarter":
        """Return the quarter before: 2026-Q1 follows 2025-Q4."""
        if self.quarter > 1:
            return Quarter(self.year, self.quarter - 1)
        return Quarter(self.year - 1, 4)


def month_of(day: date) -> Month:
    """Return the month of a day."""
    return Month(day.year, day.month)


def parse_month(text: str) -> Month:
    """Read ``2026-09``; the stored form of a month."""
    found = _MONTH.fullmatch(text)
    assert found, text
    return Month(int(found[1]), int(found[2]))


def parse_quarter(text: str) -> Quarter:
    """Read ``2026-Q3``; the stored form of a quarter."""
    found = _QUARTER.fullmatch(text)
    assert found, text
    return Quarter(int(found[1]), int(found[2]))


def effective_month(occurred_on: date, *, today: date, published: frozenset[Quarter]) -> Month:
    """Return the month in which an act counts.

    The month in which it was done, while that quarter is not yet published;
    else the current month of the same year; never across years, so an act of a
    year that is over stays in that year's last month.

    Source: plan section 3(4); the design's table, "which period an act counts in".
    """
    done = month_of(occurred_on)
    if done.quarter not in published:
        return done
    if today.year == occurred_on.year:
        return month_of(today)
    return Month(occurred_on.year, 12)
