"""What became of a parcel (结果), and how it is written down."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.mail import OutboxState
from schedules.parcel import Parcel
from storage.unit_of_work import Books

TRIES_MAX: Final = 20
RETRY_AFTER: Final = timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a parcel: sent, uncertain, or queued again because nothing went out.

    ``is_tried`` is false for one that waited behind another.
    """

    parcel: Parcel
    state: OutboxState
    platform_id: str = ""
    is_tried: bool = True


def write_down(books: Books, outcome: Outcome, *, now: datetime) -> None:
    """Write the end of each letter of a parcel, or when it is tried again."""
    for letter in outcome.parcel.letters:
        if outcome.state is not OutboxState.QUEUED:
            books.outbox.settle(letter.id, outcome.state, at=now, platform_id=outcome.platform_id)
        elif outcome.is_tried and letter.attempts + 1 >= TRIES_MAX:
            books.outbox.settle(letter.id, OutboxState.DEAD, at=now)
        else:
            not_before = now + RETRY_AFTER
            books.outbox.retry(letter.id, not_before=not_before, counts=outcome.is_tried)
