"""The legal basis (政策依据): documents with their dates; an expired one is never printed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

WARN_DAYS: Final = (90, 30, 0)
"""Days before its end on which the administrators are told."""
TOLD_AFTER: Final = timedelta(days=30)
"""An end further back than this is no news any more."""


@dataclass(frozen=True, slots=True)
class Policy:
    """A document that the scheme rests on in one town, from its first day to its last."""

    town: str
    title: str
    starts_on: date
    ends_on: date

    def holds(self, day: date) -> bool:
        """Return whether it is in force on a village day."""
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True, slots=True)
class Basis:
    """What a publication names as its basis, as values.

    A policy has a last day; without one in force it is the village's own
    adoption record: the meeting and its day, ``until`` None.
    """

    title: str
    since: date
    until: date | None = None

    @property
    def is_policy(self) -> bool:
        """Whether it is a document of the town."""
        return self.until is not None


def policy_of(policies: Iterable[Policy], *, town: str, day: date) -> Policy | None:
    """Return the town's policy in force on a day; of several the one that lasts longest."""
    found = [p for p in policies if p.town == town and p.holds(day)]
    return max(found, key=lambda p: p.ends_on, default=None)


def ending(policies: Iterable[Policy], *, town: str, day: date) -> tuple[Policy, int] | None:
    """Return the policy whose end is near or just past, and the mark that was reached.

    The mark is the smallest of 90, 30 and 0 days that has been reached; nothing
    once another policy goes on beyond the end, or the end is a month old.
    """
    own = [p for p in policies if p.town == town and p.starts_on <= day]
    last = max(own, key=lambda p: p.ends_on, default=None)
    if last is None or day > last.ends_on + TOLD_AFTER:
        return None
    left = (last.ends_on - day).days
    reached = [mark for mark in WARN_DAYS if left <= mark]
    return (last, min(reached)) if reached else None
