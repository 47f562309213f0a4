"""Upkeep (收拾): drafts lapse, stray photos and stale questions are forgotten."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from domain.claim import CLAIM_STEPS, Claim, ClaimAction
from domain.mail import OutboxState
from domain.membership import has_left
from domain.workflow import step
from schedules.announcing import WEB, is_daytime, next_daytime
from storage.outbox import Draft
from storage.unit_of_work import Books

LAPSE_MAX: Final = 100
UNREAD_KEPT: Final = timedelta(days=90)
LOOSE_KEPT: Final = timedelta(minutes=20)
GAP_MIN: Final = timedelta(minutes=5)
LIVELY_WITHIN: Final = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Lapsed:
    """A draft that nobody completed in time."""

    claim: Claim
    item: str


@dataclass(frozen=True, slots=True)
class WasAway:
    """The assistant heard nothing between two instants."""

    down_from: datetime
    down_to: datetime


Word = Callable[[object], str]


def lapse_drafts(
    books: Books, *, now: datetime, word: Word, item_name: Callable[[Books, int, Claim], str]
) -> tuple[Draft, ...]:
    """Let drafts past their end lapse, and tell each claimant once.

    Args:
        books: The open books.
        now: An aware instant.
        word: Words a result.
        item_name: Names the item of a village's claim.

    Returns:
        What was queued, oldest draft first.

    """
    queued = []
    for village, claim in books.claims.lapsing(now, limit=LAPSE_MAX):
        lapsed = replace(
            claim, state=step(CLAIM_STEPS, claim.state, ClaimAction.LAPSE), expires_at=None
        )
        books.claims.save(village, lapsed)
        books.reviews.note(village, claim.key, action="lapse", person=claim.filed_by, at=now)
        origin = books.claims.origin(village, claim.key)
        if has_left(origin.contact.id):
            continue
        draft = Draft(
            key=f"lapse:{village}:{claim.key.year}:{claim.key.number}",
            account=origin.contact.account,
            room=origin.room,
            contact=origin.contact.id,
            text=word(Lapsed(lapsed, item_name(books, village, claim))),
            kind="notice",
            mention=origin.contact.id if origin.room else None,
            village=village,
        )
        state = OutboxState.SENT if draft.account == WEB else OutboxState.QUEUED
        if books.outbox.put(draft, at=now, state=state):
            queued.append(draft)
    return tuple(queued)


def forget(books: Books, *, now: datetime) -> None:
    """Drop stray photos' rows, stale questions, ended sessions, old unread words."""
    books.words.forget_unread(now - UNREAD_KEPT)
    books.evidence.forget_loose(now, older=LOOSE_KEPT)
    books.dialogues.forget(now)
    books.sessions.forget(now)


def tell_gap(
    books: Books, *, account: str, down_from: datetime, now: datetime, word: Word
) -> tuple[Draft, ...]:
    """Tell the rooms that had life that the assistant was away, once for each gap.

    What was noted while the account was last heard tells when the gap began;
    ``down_from`` counts for an account never heard before. Only after more than
    five minutes, and only when part of the gap lay in the daytime; the platform
    has lost what was sent meanwhile. A gap found at night is told the next
    morning at eight.
    """
    start = books.presence.seen_at(account) or down_from
    books.presence.seen(account, at=now)
    if now - start <= GAP_MIN or not _touches_daytime(start, now):
        return ()
    queued = []
    not_before = next_daytime(now)
    for room in books.rooms.lively(account, since=start - LIVELY_WITHIN):
        draft = Draft(
            key=f"gap:{account}:{start.isoformat(timespec='seconds')}:{room.room}",
            account=account,
            room=room.room,
            contact=None,
            text=word(WasAway(start, now)),
            kind="notice",
            village=room.village,
        )
        if books.outbox.put(draft, at=now, not_before=not_before):
            queued.append(draft)
    return tuple(queued)


def _touches_daytime(start: datetime, end: datetime) -> bool:
    hours = int((end - start).total_seconds() // 3600) + 1
    steps = (start + timedelta(hours=h) for h in range(min(hours, 24)))
    return is_daytime(end) or any(is_daytime(instant) for instant in steps)
