"""Backlog (积压): which rooms and people are busy, held up, or have more waiting than goes now."""

import threading
from collections import Counter, deque
from datetime import datetime
from typing import Final, Self

from schedules.parcel import ROW_MAX, Parcel, target_of
from storage.outbox import Letter

BATCH_MAX: Final = 32
ROWS_AHEAD: Final = 2


class Backlog:
    """What one account's delivery knows of its targets.

    Args:
        merges: Whether a pace holds messages back, so that one target's may stand still.
    """

    def __init__(self, *, merges: bool) -> None:
        self.rows: dict[str, deque[tuple[Parcel, ...]]] = {}
        self.behind: set[str] = set()
        self._aside: Counter[str] = Counter()
        self._counting = threading.Lock()
        self._merges = merges
        self._held: dict[str, datetime] = {}
        self._has_looked = False
        self.limit = BATCH_MAX
        """How many letters the next look reads: a single busy room takes no more than a row."""

    def hold(self, target: str, *, until: datetime) -> None:
        """Let what goes to a target wait: something did not go out."""
        self._held[target] = until

    def is_held(self, target: str, *, now: datetime) -> bool:
        """Whether what goes to a target waits behind something that did not go out."""
        until = self._held.get(target)
        return until is not None and until > now

    def is_full(self, target: str) -> bool:
        """Whether so much is on its way to a target that no more is begun."""
        return len(self.rows.get(target, ())) + self._aside[target] >= ROWS_AHEAD

    def aside(self) -> "Aside":
        """Return what counts rows that are on their way and stand in no row here."""
        return Aside(self._aside, self._counting)

    def is_free(self, target: str, *, now: datetime) -> bool:
        """Whether a new message to a target may go before a round looks at all that waits."""
        waits = self.is_full(target) or target in self.behind or self.is_held(target, now=now)
        return self._has_looked and not waits

    def busy(self, *, now: datetime) -> frozenset[str]:
        """Return the targets to which nothing is begun now."""
        self._held = {target: end for target, end in self._held.items() if end > now}
        known = {*tuple(self.rows), *tuple(self._aside)}
        return frozenset((*self._held, *filter(self.is_full, known)))

    def looked(
        self, due: tuple[Letter, ...], going: tuple[int, ...], *, busy: frozenset[str]
    ) -> None:
        """Remember for which targets more waits than goes now.

        ``due`` was read but for the ``busy`` ones, at most ``limit`` letters.
        """
        targets = {target_of(letter.draft) for letter in due}
        if len(due) < self.limit:  # nothing else waits
            self.behind &= busy
        self.behind |= {target_of(letter.draft) for letter in due if letter.id not in going}
        if targets:
            is_one_row = len(targets) == 1 and not self._merges
            self.limit = ROW_MAX if is_one_row else BATCH_MAX
        self._has_looked = True


class Aside:
    """Rows of one act that are begun and not started yet, or sent and not written down yet.

    Acts of several threads run before any of them is answered: without it each would
    find the target free, and what a dying process had begun is in doubt.
    """

    def __init__(self, counts: Counter[str], counting: threading.Lock) -> None:
        self._counts = counts
        self._counting = counting
        self._mine: Counter[str] = Counter()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def __contains__(self, target: str) -> bool:
        return target in self._mine

    def add(self, target: str) -> None:
        """Count one more row of a target."""
        self._mine[target] += 1
        with self._counting:
            self._counts[target] += 1

    def clear(self) -> None:
        """Count none any more: they stand in a row, are written, or were undone."""
        with self._counting:
            self._counts.subtract(self._mine)
            for target in self._mine:
                if not self._counts[target]:
                    del self._counts[target]
        self._mine.clear()
