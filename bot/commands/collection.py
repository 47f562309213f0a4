"""The counter where goods are collected (领取): codes, handing over, the photo that proves it."""

from dataclasses import dataclass
from datetime import datetime
from itertools import count

from bot.commands.binding import check_tries
from bot.commands.case import Answer, Case, Notice
from bot.commands.claim_parts import waiting_photos
from bot.understanding.reading import Slots
from domain.authority import require_committee
from domain.claim import PHOTO_AFTER, Sha256
from domain.code import canonical, derived_code, digest
from domain.membership import CodeWrong
from domain.redemption import (
    CODE_LENGTH,
    HandOverOwn,
    Redemption,
    RedemptionKey,
    RedemptionSettled,
    RedemptionState,
    hand_over,
)
from domain.refusal import Refusal
from schedules.redemption import good_words
from storage.mail import Dialogue
from storage.villages import Household


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Goods were handed over; in these words the committee hears it."""

    redemption: Redemption
    what: str
    household: Household


@dataclass(frozen=True, slots=True)
class Collected:
    """Goods were handed over; in these words the household hears it."""

    redemption: Redemption
    what: str
    household: Household
    by: str


@dataclass(frozen=True, slots=True)
class PhotoAsked:
    """The code is right; the round wants a photo before anything is written down."""

    redemption: Redemption
    what: str
    household: Household
    until: datetime


class CollectionCodeWrong(CodeWrong):
    """No order of this village has the code."""


class CollectionCodeMissing(Refusal):
    """Handing over needs the code of the order."""


def new_code(case: Case, redemption: Redemption) -> tuple[str, str]:
    """Return a code that no other order of the village has, and its keyed digest.

    It follows from the secret and the order's number, so it is told again
    without being stored; two orders whose codes are the same get another each.
    """
    for attempt in count():
        code = _code(case, redemption.key, attempt)
        kept = digest(case.tools.secret, code)
        if case.books.redemptions.with_code(case.home.id, kept) is None:
            return code, kept
    raise AssertionError("unreachable: counting does not end")


def code_of(case: Case, redemption: Redemption) -> str:
    """Return the code of an order once more; "" if the secret has changed since."""
    kept = case.books.redemptions.digest_of(case.home.id, redemption.key)
    codes = (_code(case, redemption.key, attempt) for attempt in range(20))
    return next((code for code in codes if digest(case.tools.secret, code) == kept), "")


def _code(case: Case, key: RedemptionKey, attempt: int) -> str:
    parts = ("redemption", case.home.id, key.year, key.number, attempt)
    return derived_code(case.tools.secret, *parts)[:CODE_LENGTH]


def collect(case: Case, slots: Slots) -> Answer:
    """Hand goods over against their code (核销 CODE); with a photo if the round wants one.

    Raises:
        NotAllowed: The person is not on the committee.
        CodeTriesExceeded, CollectionCodeMissing, CollectionCodeWrong: The code.
        HandOverOwn, RedemptionSettled: The order.

    """
    person = require_committee(case.person)
    check_tries(case)
    if not slots.code:
        raise CollectionCodeMissing
    books, village = case.books, case.home.id
    books.villages.lock(village)
    kept = digest(case.tools.secret, canonical(slots.code))
    found = books.redemptions.with_code(village, kept)
    if found is None:
        raise CollectionCodeWrong
    if found.state is not RedemptionState.RESERVED:
        raise RedemptionSettled(found.key.number, found.state)
    if person.household == found.household:
        raise HandOverOwn(found.key.number)
    round_ = books.rounds.get(village, found.round)
    assert round_ is not None, found.round
    if not round_.plan.needs_photo:
        return _settle(case, found, photo=None)
    photos = waiting_photos(case, at_most=1)
    if photos:
        books.evidence.drop_loose(case.contact.account, photos[0].message_id)
        return _settle(case, found, photo=photos[0].sha256)
    household = books.households.get(village, found.household)
    until = case.sent_at + PHOTO_AFTER
    return Answer((PhotoAsked(found, good_words(round_, found), household, until),))


def finish(case: Case, waiting: Dialogue, photo: Sha256) -> Answer:
    """Hand over what waited for its photo.

    Raises:
        NotAllowed, HandOverOwn, RedemptionSettled: As when it began.

    """
    require_committee(case.person)
    case.books.villages.lock(case.home.id)
    key = RedemptionKey(waiting.body["year"], waiting.body["number"])
    found = case.books.redemptions.get(case.home.id, key)
    assert found is not None, key
    return _settle(case, found, photo=photo)


def _settle(case: Case, redemption: Redemption, *, photo: Sha256 | None) -> Answer:
    books, village = case.books, case.home.id
    person = require_committee(case.person)
    round_ = books.rounds.get(village, redemption.round)
    assert round_ is not None, redemption.round
    given = hand_over(redemption, by=person, photo=photo)
    kept = books.redemptions.save(village, given, at=case.now)
    household = books.households.get(village, redemption.household)
    what = good_words(round_, redemption)
    told = Collected(kept, what, household, person.name)
    key = f"notice:{village}:redemption:collected:{kept.key.year}-{kept.key.number}"
    contacts = books.people.of_household(village, redemption.household)
    notices = tuple(Notice(key, c, None, told, is_quiet=True) for c in contacts[:1])
    return Answer((HandedOver(kept, what, household),), notices)
