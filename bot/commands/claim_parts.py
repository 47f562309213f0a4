"""What every desk does to a claim: read the act, open it, quote it, note it in the trail."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from bot.commands.case import Case
from bot.commands.republishing import check_counts
from bot.understanding.quantities import fits_unit
from bot.understanding.reading import Slots
from domain.claim import (
    LATE_DAYS,
    PHOTO_AFTER,
    PHOTO_BEFORE,
    Act,
    Claim,
    ClaimKey,
    ClaimOrigin,
    ClaimState,
)
from domain.membership import Person
from domain.period import Month, effective_month
from domain.points import Points, tenths
from domain.quote import Quote, quote
from domain.refusal import Refusal
from domain.review import AmountNegative
from domain.rulebook import Item, Rulebook
from domain.scoring import approvals_needed
from domain.usage import PENDING
from storage.claims import Origin
from storage.evidence import LoosePhoto
from storage.villages import Household

WORDS_MAX: Final = 200
DRAFT_KEPT: Final = timedelta(minutes=30)


class QuantityRough(Refusal):
    """The quantity was a rough one (几, 多); an exact one is needed."""

    def __init__(self, item_name: str, unit: str) -> None:
        super().__init__(item_name)
        self.item_name = item_name
        self.unit = unit


class UnitWrong(Refusal):
    """The quantity was said in ``said``, and the item is counted in ``unit``."""

    def __init__(self, item: Item, quantity: Decimal, said: str) -> None:
        super().__init__(f"{item.code} {quantity} {said}")
        self.item_name = item.short_name
        self.quantity = quantity
        self.said = said
        self.unit = item.unit


@dataclass(frozen=True, slots=True)
class Filing:
    """Who files what for whom, before it has a number."""

    person: Person
    household: Household
    item: Item
    rulebook: Rulebook
    act: Act
    origin: ClaimOrigin


def day_of(case: Case, slots: Slots) -> date:
    """Return the day of the act: as said, else today."""
    return slots.occurred.date if slots.occurred else case.today


def check_exact(slots: Slots, item: Item) -> None:
    """Refuse a rough quantity, or one in another unit, where the quantity makes the points.

    Raises:
        QuantityRough: 几个小时 is asked about, never guessed.
        UnitWrong: 3小时 of dogs, which are counted by 只.

    """
    if not item.is_counted:
        return
    if slots.quantity_is_rough:
        raise QuantityRough(item.short_name, item.unit)
    if slots.quantity is not None and slots.unit and not fits_unit(slots.unit, item.unit):
        raise UnitWrong(item, slots.quantity, slots.unit)


def named_amount(claim: Claim, item: Item, said: Decimal) -> Points:
    """Return the amount that a reviewer named; of a deduction with or without its minus.

    Raises:
        AmountNegative: An award was to be less than nothing: nobody guesses what was meant.

    """
    amount = tenths(said)
    if item.is_deduction:
        return Points(-abs(amount))
    if amount < 0:
        raise AmountNegative(claim.key.number)
    return amount


def act_of(case: Case, slots: Slots, item: Item) -> Act:
    """Return the act as said, with defaults for what was not: today, no place.

    Raises:
        QuantityRough, UnitWrong: See ``check_exact``.

    """
    check_exact(slots, item)
    chosen = None if slots.points is None else tenths(abs(slots.points))
    return Act(
        item=item.code,
        occurred_on=day_of(case, slots),
        place=(slots.place or "")[:WORDS_MAX],
        quantity=slots.quantity,
        tier=slots.tier,
        chosen=chosen if item.low is not None else None,
        reason=(slots.reason or "")[:WORDS_MAX],
    )


def new_claim(case: Case, filing: Filing, photos: tuple[LoosePhoto, ...]) -> Claim:
    """Return a filing under the number it is given, as a draft that is not stored yet.

    Raises:
        TooLateToCount: See ``counts_in``.

    """
    books, village = case.books, case.home.id
    books.villages.lock(village)
    month = counts_in(case, filing.act.occurred_on)
    year = filing.act.occurred_on.year
    number = books.villages.next_number(village, "claim", year)
    return Claim(
        key=ClaimKey(year, number),
        household=filing.household.id,
        act=filing.act,
        state=ClaimState.DRAFT,
        origin=filing.origin,
        rulebook_version=filing.rulebook.version,
        effective_month=month,
        filed_by=filing.person.id,
        filed_at=case.sent_at,
        photos=tuple(dict.fromkeys(p.sha256 for p in photos if p.sha256)),
        expires_at=max(case.sent_at, case.now - DRAFT_KEPT) + PHOTO_AFTER,
        is_for_other=filing.person.household != filing.household.id,
        is_late=(case.today - filing.act.occurred_on).days > LATE_DAYS,
        relayed_by=case.relayed_by,
    )


def counts_in(case: Case, occurred_on: date) -> Month:
    """Return the month in which an act counts: its own, unless its quarter was published.

    Raises:
        TooLateToCount: It lies in a year that is over, whose last quarter is final.

    """
    published = case.books.publications.released(case.home.id, year=occurred_on.year)
    month = effective_month(occurred_on, today=case.today, published=published)
    if month.quarter in published:
        check_counts(case, month.quarter)
    return month


def store(case: Case, claim: Claim, photos: tuple[LoosePhoto, ...]) -> None:
    """Store a new claim with its photos; a draft lapses by itself."""
    books, village = case.books, case.home.id
    books.claims.add(village, claim, Origin(case.contact, case.room, case.message_id))
    for photo in photos:
        if photo.sha256 is None:
            continue
        books.evidence.attach(
            village,
            claim.key,
            photo.sha256,
            account=case.contact.account,
            message_id=photo.message_id,
            at=case.now,
        )
        books.evidence.drop_loose(case.contact.account, photo.message_id)
    if case.relayed_by is not None:
        books.reviews.note(village, claim.key, action="relay", person=case.relayed_by, at=case.now)
    note(case, claim, "file")
    if claim.state is not ClaimState.DRAFT:
        note(case, claim, "submit", points=claim.expected)


def others(case: Case, claim: Claim) -> tuple[Claim, ...]:
    """Return the household's other claims of the act's year, and of those before and behind it.

    A claim's number may be of another year than its act: its day was corrected.
    And days between two acts do not end with a year.
    """
    year = claim.act.occurred_on.year
    found = case.books.claims.around(case.home.id, claim.household, since=year - 1, until=year + 1)
    return tuple(c for c in found if c.key != claim.key)


def same_day(claim: Claim, beside: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Return the household's claims of the same item and day that wait or were approved."""
    return tuple(
        one
        for one in beside
        if (one.act.item, one.act.occurred_on) == (claim.act.item, claim.act.occurred_on)
        and one.state in PENDING
    )


def quote_claim(
    claim: Claim, *, item: Item, rulebook: Rulebook, beside: tuple[Claim, ...]
) -> Quote:
    """Return what the claim would bring, counting what is approved and what is waiting.

    ``beside`` are the household's other claims of the year.
    """
    return quote(
        claim.act,
        item=item,
        rulebook=rulebook,
        claims=beside,
        month=claim.effective_month,
        states=PENDING,
    )


def needed(claim: Claim, *, item: Item, rulebook: Rulebook, worth: Points | None) -> int:
    """Return how many different people must approve; an act long past takes two."""
    people = approvals_needed(item, worth, rulebook=rulebook)
    return max(people, 2 if claim.is_late else 1)


def waiting_photos(case: Case, *, at_most: int | None) -> tuple[LoosePhoto, ...]:
    """Return the person's waiting photos that belong to the words by time.

    Args:
        case: The message with the words.
        at_most: How many to take, the oldest first; None takes all.

    """
    found = case.books.evidence.loose(
        case.contact,
        case.room,
        since=case.sent_at - PHOTO_BEFORE,
        until=case.sent_at + PHOTO_AFTER,
    )
    return tuple(photo for photo in found if photo.sha256 is not None)[:at_most]


def note(
    case: Case,
    claim: Claim,
    action: str,
    *,
    points: Points | None = None,
    reason: str = "",
) -> None:
    """Add a line to the claim's trail in the name of the one who acts."""
    person = case.person.id if case.person else claim.filed_by
    case.books.reviews.note(
        case.home.id,
        claim.key,
        action=action,
        person=person,
        at=case.now,
        points=points,
        reason=reason,
    )


def reload(case: Case, claim: Claim) -> Claim:
    """Return the claim as it is stored now, with its photos."""
    stored = case.books.claims.get(case.home.id, claim.key)
    assert stored is not None, claim.key
    return stored
