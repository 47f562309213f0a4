"""Mailing (寄出): answers become messages in the outbox, within the act that caused them."""

from dataclasses import replace

from bot.commands.case import Answer, Case, Notice
from bot.replies.results import word
from domain.claim import Sha256
from domain.mail import OutboxState
from domain.membership import has_left
from domain.relay import HAND, is_by_hand
from schedules.announcing import WEB, next_daytime
from storage.outbox import Draft


def queue(case: Case, answer: Answer, *, is_direct: bool) -> tuple[Draft, ...]:
    """Put the reply, the photos and the notices into the outbox."""
    drafts: list[Draft] = []
    if answer.results:
        drafts += queue_text(case, word(answer.results), is_direct=is_direct)
    drafts += _pictures(case, answer.photos, after=0, is_direct=is_direct)
    sent = len(answer.photos)
    for number, album in enumerate(answer.albums):
        is_first = not number and not answer.results
        key = "" if is_first else f"reply:{case.contact.account}:{case.message_id}:{number}"
        drafts += queue_text(case, word((album.result,)), is_direct=is_direct, key=key)
        drafts += _pictures(case, album.photos, after=sent, is_direct=is_direct)
        sent += len(album.photos)
    for notice in answer.notices:
        drafts += _put(case, _told(case, notice), is_quiet=notice.is_quiet)
    return (*drafts, *answer.announced)


def queue_text(
    case: Case, text: str, *, is_direct: bool = False, key: str = ""
) -> tuple[Draft, ...]:
    """Put one reply into the outbox; with a ``key`` of its own it is said once for ever."""
    room = None if is_direct else case.room
    draft = Draft(
        key=key or f"reply:{case.contact.account}:{case.message_id}",
        account=case.contact.account,
        room=room,
        contact=case.contact.id,
        text=text,
        mention=case.contact.id if room else None,
        village=case.village.id if case.village else None,
    )
    return _put(case, draft)


def _pictures(
    case: Case, photos: tuple[str, ...], *, after: int, is_direct: bool
) -> tuple[Draft, ...]:
    drafts: list[Draft] = []
    for position, sha256 in enumerate(photos, start=after + 1):
        drafts += _put(case, _picture(case, Sha256(sha256), position, is_direct=is_direct))
    return tuple(drafts)


def _picture(case: Case, sha256: Sha256, position: int, *, is_direct: bool) -> Draft:
    return Draft(
        f"photo:{case.contact.account}:{case.message_id}:{position}",
        case.contact.account,
        None if is_direct else case.room,
        case.contact.id,
        "",
        village=case.home.id,
        photo=sha256,
    )


def _told(case: Case, notice: Notice) -> Draft:
    return Draft(
        notice.key,
        notice.contact.account,
        notice.room,
        notice.contact.id or None,
        word((notice.result,)),
        kind="notice",
        mention=notice.contact.id if notice.room else None,
        village=case.village.id if case.village else None,
    )


def _put(case: Case, draft: Draft, *, is_quiet: bool = False) -> tuple[Draft, ...]:
    """Queue a draft; on the web page the row itself is the message, so it is sent.

    Who has left is told nothing.

    Who is reached by hand alone is mentioned by no platform, and directly only by hand.
    """
    if has_left(draft.contact):
        return ()
    if is_by_hand(draft.contact):
        account = draft.account if draft.room else HAND
        draft = replace(draft, account=account, mention=None)
    state = OutboxState.SENT if draft.account == WEB else OutboxState.QUEUED
    at = next_daytime(case.now) if is_quiet else case.now
    is_new = case.books.outbox.put(draft, at=case.now, not_before=at, state=state)
    return (draft,) if is_new else ()
