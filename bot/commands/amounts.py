"""Amounts (定分): what a reviewer sets, what the rule bears, and what another one said before."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bot.commands.case import Case, Notice
from bot.commands.changing import rulebook_of
from bot.commands.claim_parts import named_amount, needed, others
from bot.understanding.reading import Slots
from domain.claim import Claim, ClaimOrigin, ClaimState
from domain.membership import Person, PersonId
from domain.points import ZERO, Points, show, tenths, times
from domain.quote import Quote, quote
from domain.refusal import Refusal
from domain.review import AmountNegative, Verdict, check_amount
from domain.rulebook import Item, Kind
from domain.usage import GRANTED
from storage.villages import Household

_HALF: Final = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Overruled:
    """The one whose agreement to ``points`` is void, because another amount was set."""

    person: PersonId
    name: str
    points: Points


@dataclass(frozen=True, slots=True)
class AmountOverruled:
    """Told to the one who agreed first: ``by`` set ``points`` in place of ``points_before``."""

    claim: Claim
    item: Item
    household: Household
    verdict: Verdict
    by: str
    points_before: Points
    points: Points


class AmountsDiffer(Refusal):
    """Another one agreed to another amount, and no reason says why it should be changed."""

    def __init__(self, number: int, by: str, *, theirs: Points, said: Points) -> None:
        super().__init__(f"{number} {theirs} {said}")
        self.number = number
        self.by = by
        self.theirs = theirs
        self.said = said


@dataclass(frozen=True, slots=True)
class Amount:
    """What a claim is to bring: ``found`` within the caps, ``rule`` where it was departed from.

    ``is_said`` means that the reviewer named it; ``people`` have to agree.
    """

    found: Quote
    people: int
    is_said: bool
    rule: Points | None = None


def amount_of(case: Case, claim: Claim, slots: Slots, *, reason: str) -> Amount:
    """Return what the claim is to bring: as the reviewer said, else as the rule gives.

    It takes as many people as the largest of the amounts in question, so that
    nobody spares the second person by giving a little less.

    Raises:
        ChoiceOutOfRange, AmountBeyondRule, ReasonMissing: What was said may not be.

    """
    rulebook = rulebook_of(case, claim)
    item = rulebook.item(claim.act.item)
    ruled = quoted(case, claim, item, None)
    said = said_amount(claim, slots, item)
    found = ruled
    if said is not None:
        check_amount(claim, said, item=item, rule=ruled.worth, reason=reason)
        found = quoted(case, claim, item, said)
    bears = None if item.kind is Kind.RANGE else ruled.worth
    sizes = [p for p in (found.worth, bears, claim.points) if p is not None]
    people = needed(claim, item=item, rulebook=rulebook, worth=max(sizes, default=None))
    if claim.origin is ClaimOrigin.DEDUCTION:  # a recorder who left the committee is none of them
        recorder = case.books.people.get(case.home.id, claim.filed_by)
        people += not recorder.reviews
    departs = said is not None and bears is not None and said != bears
    return Amount(found, people, said is not None, bears if departs else None)


def quoted(case: Case, claim: Claim, item: Item, amount: Points | None) -> Quote:
    """Return what the claim brings now beside what is approved, by the rule or as set."""
    return quote(
        claim.act,
        item=item,
        rulebook=rulebook_of(case, claim),
        claims=others(case, claim),
        month=claim.effective_month,
        states=GRANTED,
        amount=amount,
    )


def said_amount(claim: Claim, slots: Slots, item: Item) -> Points | None:
    """Return the amount a reviewer set, None if they set none; deductions are negative.

    Raises:
        AmountNegative: An award was to be less than nothing.

    """
    if slots.points is not None:
        return named_amount(claim, item, slots.points)
    standing = claim.points if claim.points is not None else claim.expected
    if slots.is_halved and standing is not None:
        return times(standing, _HALF)
    if slots.delta is None:
        return None
    changed = (standing or ZERO) + tenths(slots.delta)
    if changed < 0 and not item.is_deduction:
        raise AmountNegative(claim.key.number)
    return Points(min(0, changed) if item.is_deduction else changed)


def choices(item: Item) -> tuple[str, ...]:
    """Return the amounts the committee may choose from, as they are written."""
    if item.tiers:
        return tuple(f"{tier.name}|{show(tier.points)}" for tier in item.tiers)
    if item.low is not None and item.high is not None:
        return (f"{show(item.low)}|{show(item.high)}",)
    return ()


def agreed_before(
    case: Case,
    claim: Claim,
    person: Person,
    points: Points,
    *,
    insists: bool,
    kind: str = "award",
) -> tuple[tuple[Person, ...], Overruled | None]:
    """Return who agreed to the same amount; an agreement to another one is void.

    So is every one once somebody who agreed has left the committee. One's own is
    replaced. Another's is replaced only by who ``insists``, which is naming an amount
    with a reason; the other one is told.

    Raises:
        AmountsDiffer: Another member agreed to another amount.

    """
    village, books = case.home.id, case.books
    given = books.reviews.approvals(village, claim.key, kind=kind)
    people = tuple(books.people.get(village, one) for one, _ in given)
    if not all(one.reviews for one in people):
        books.reviews.clear_approvals(village, claim.key, kind=kind)
        return (), None
    if all(theirs == points for _, theirs in given):
        return people, None
    before = next(((one, theirs) for one, theirs in given if one != person.id), None)
    name = books.people.get(village, before[0]).name if before else ""
    if before is not None and not insists:
        raise AmountsDiffer(claim.key.number, name, theirs=before[1], said=points)
    books.reviews.clear_approvals(village, claim.key, kind=kind)
    return (), Overruled(before[0], name, before[1]) if before else None


def reason_before(case: Case, claim: Claim, slots: Slots) -> str:
    """Return why another amount is set: as said now, else as said by who agreed before."""
    if slots.reason or claim.state is not ClaimState.HALF_APPROVED:
        return slots.reason or ""
    last = case.books.reviews.decider(case.home.id, claim.key)
    return last[1] if last else ""


def overruled_notice(case: Case, overruled: Overruled, told: AmountOverruled) -> tuple[Notice, ...]:
    """Tell the one who agreed first directly that another amount was set."""
    contacts = case.books.people.contacts_of(case.home.id, overruled.person)
    key = told.claim.key
    about = f"overruled:{case.contact.account}:{case.message_id}:{key.year}:{key.number}"
    return tuple(Notice(f"{about}:{one.id}", one, None, told) for one in contacts[:1])
