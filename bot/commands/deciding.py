"""The review desk: 通过, 驳回, 调整, over one claim or many."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from bot.commands.case import Answer, Case
from bot.commands.changing import decider_name, rulebook_of
from bot.commands.choosing import chosen, nothing_chosen
from bot.commands.claim_parts import named_amount, needed, note, others
from bot.commands.finding import find_claim, waits
from bot.commands.republishing import check_not_final, republish
from bot.commands.telling import Decided, notices
from bot.understanding.reading import Slots
from domain.authority import check_conflict, check_second, require_committee
from domain.claim import Claim, ClaimOrigin, ClaimState
from domain.membership import Person
from domain.period import month_of
from domain.points import ZERO, Points, show, tenths, times
from domain.quote import Quote, check_cooldown, quote
from domain.refusal import Refusal
from domain.review import (
    AmountMissing,
    AmountNegative,
    Decision,
    EvidenceMissing,
    Verdict,
    adjust,
    approve,
    check_undecided,
    reject,
)
from domain.rulebook import Item
from domain.scoring import ChoiceOutOfRange
from domain.usage import GRANTED
from storage.villages import Household

_HALF: Final = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class HalfDecided:
    """One approval of two is given; another person has to agree."""

    claim: Claim
    item: Item
    household: Household
    verdict: Verdict
    points: Points | None


@dataclass(frozen=True, slots=True)
class Undecided:
    """A claim of a list that was left as it is, and why."""

    number: int
    refusal: Refusal


def decide(case: Case, decisions: Sequence[tuple[Verdict, Slots]]) -> Answer:
    """Decide the claims that the words name; each stands or falls by itself.

    Raises:
        NotAllowed: The person is not on the committee; nothing is changed.
        NothingToDecide: No claim is named.
        NothingWaits: Nothing of what is meant is waiting.
        NumberFound: A corrected publication would show a number that nobody may publish.

    """
    person = require_committee(case.person)
    meant = [
        (verdict, slots, number) for verdict, slots in decisions for number in chosen(case, slots)
    ]
    if not meant:
        raise nothing_chosen(case, [slots for _, slots in decisions])
    case.books.villages.lock(case.home.id)
    steps = {Verdict.APPROVE: _approve, Verdict.REJECT: _reject, Verdict.ADJUST: _adjust}
    results: list[Decided | HalfDecided | Undecided] = []
    for verdict, slots, number in meant:
        try:
            with case.books.attempt():
                claim = find_claim(case, number, year=slots.claim_year, fits=(waits,))
                results.append(steps[verdict](case, claim, person, slots))
        except Refusal as refusal:
            results.append(Undecided(number, refusal))
    decided = tuple(r for r in results if isinstance(r, Decided))
    now = month_of(case.today).quarter
    past = [q for r in decided if (q := r.claim.effective_month.quarter) < now]
    shown, drafts = republish(case, past)
    return Answer((*results, *shown), notices(case, decided), announced=drafts)


def _approve(case: Case, claim: Claim, person: Person, slots: Slots) -> Decided | HalfDecided:
    """Count an approval; the caps are checked again now, against what is approved."""
    check_undecided(claim, by=decider_name(case, claim))
    check_conflict(person, claim)
    check_not_final(case, claim)
    rulebook = rulebook_of(case, claim)
    item = rulebook.item(claim.act.item)
    _check_evidence(claim, item)
    theirs = others(case, claim)
    check_cooldown(claim.act, item=item, claims=theirs, states=GRANTED)
    target = _target(claim, slots, item)
    found = _quote(case, claim, item, target)
    if found.worth is None or found.points is None:
        raise AmountMissing(claim.key.number, _choices(item))
    earlier = _earlier(case, claim, found.worth)
    check_second(person, claim, earlier=earlier)
    decision = approve(
        claim,
        reviewer=person,
        earlier=earlier,
        points=found.points,
        needed=_needed(case, claim, item, found.worth),
        balance=case.books.ledger.balance(
            case.home.id, claim.household, year=claim.effective_month.year
        ),
    )
    case.books.reviews.add_approval(
        case.home.id, claim.key, person=person.id, points=found.worth, at=case.now
    )
    household = case.books.households.get(case.home.id, claim.household)
    _save(case, decision, action=Verdict.APPROVE, reason=slots.reason or "")
    if decision.posting is None:
        return HalfDecided(decision.claim, item, household, Verdict.APPROVE, found.worth)
    done = _decided(decision.claim, found, item, household)
    return replace(done, is_set=target is not None and slots.quantity is None)


def _decided(claim: Claim, found: Quote, item: Item, household: Household) -> Decided:
    """Return an approval with what cut it: a cap, or what the balance bears."""
    is_cut = claim.points != found.worth
    is_capped = is_cut and claim.points == found.points
    return Decided(
        claim,
        item,
        household,
        Verdict.APPROVE,
        cut_from=found.worth if is_cut else None,
        bound=found.cut.bound if is_capped and found.cut else None,
        cap=found.cut.cap if is_capped and found.cut else None,
    )


def _reject(case: Case, claim: Claim, person: Person, slots: Slots) -> Decided:
    check_undecided(claim, by=decider_name(case, claim))
    reason = slots.reason or ""
    decision = reject(claim, reviewer=person)
    case.books.reviews.clear_approvals(case.home.id, claim.key)
    _save(case, decision, action=Verdict.REJECT, reason=reason)
    item = rulebook_of(case, claim).item(claim.act.item)
    household = case.books.households.get(case.home.id, claim.household)
    return Decided(decision.claim, item, household, Verdict.REJECT, reason)


def _adjust(case: Case, claim: Claim, person: Person, slots: Slots) -> Decided | HalfDecided:
    """Approve an undecided claim with another amount, or mend an approved one."""
    rulebook = rulebook_of(case, claim)
    item = rulebook.item(claim.act.item)
    if slots.quantity is not None and slots.points is None:
        claim = replace(claim, act=replace(claim.act, quantity=slots.quantity))
        target = _quote(case, claim, item, None).worth
        slots = replace(slots, points=None if target is None else Decimal(abs(target)) / 10)
    target = _target(claim, slots, item)
    if target is None:
        raise AmountMissing(claim.key.number, ())
    if claim.state is not ClaimState.APPROVED:
        return _approve(case, claim, person, slots)
    check_conflict(person, claim)
    check_not_final(case, claim)
    found = _quote(case, claim, item, target)
    assert found.points is not None, "an amount was given"
    agreed = _earlier(case, claim, found.points, kind="adjustment")
    check_second(person, claim, earlier=agreed)
    household = case.books.households.get(case.home.id, claim.household)
    if len(agreed) + 1 < needed(claim, item=item, rulebook=rulebook, worth=found.points):
        case.books.reviews.add_approval(
            case.home.id,
            claim.key,
            person=person.id,
            points=found.points,
            at=case.now,
            kind="adjustment",
        )
        return HalfDecided(claim, item, household, Verdict.ADJUST, found.points)
    return _mend(case, claim, person, agreed, Amended(item, household, found.points, slots.reason))


@dataclass(frozen=True, slots=True)
class Amended:
    """What an approved claim becomes: new points, and why."""

    item: Item
    household: Household
    points: Points
    reason: str | None


def _mend(
    case: Case, claim: Claim, person: Person, agreed: tuple[Person, ...], to: Amended
) -> Decided:
    decision = adjust(
        claim,
        reviewer=person,
        agreed=tuple(p.id for p in agreed),
        points=to.points,
        reason=to.reason or "",
        round_=case.books.claims.count_adjustment(case.home.id, claim.key),
    )
    case.books.reviews.clear_approvals(case.home.id, claim.key, kind="adjustment")
    _save(case, decision, action=Verdict.ADJUST, reason=to.reason or "")
    return Decided(
        decision.claim,
        to.item,
        to.household,
        Verdict.ADJUST,
        to.reason or "",
        points_before=claim.points,
    )


def _earlier(case: Case, claim: Claim, worth: Points, *, kind: str = "award") -> tuple[Person, ...]:
    """Return who agreed to the same amount.

    They are void once somebody means another amount, or who agreed has left the committee.
    """
    given = case.books.reviews.approvals(case.home.id, claim.key, kind=kind)
    people = tuple(case.books.people.get(case.home.id, person) for person, _ in given)
    has_left = not all(person.reviews for person in people)
    if has_left or any(points != worth for _, points in given):
        case.books.reviews.clear_approvals(case.home.id, claim.key, kind=kind)
        return ()
    return people


def _needed(case: Case, claim: Claim, item: Item, worth: Points) -> int:
    """Return how many people it takes; a recorder who left the committee is none of them."""
    people = needed(claim, item=item, rulebook=rulebook_of(case, claim), worth=worth)
    recorder = case.books.people.get(case.home.id, claim.filed_by)
    is_void = claim.origin is ClaimOrigin.DEDUCTION and not recorder.reviews
    return people + 1 if is_void else people


def _quote(case: Case, claim: Claim, item: Item, amount: Points | None) -> Quote:
    return quote(
        claim.act,
        item=item,
        rulebook=rulebook_of(case, claim),
        claims=others(case, claim),
        month=claim.effective_month,
        states=GRANTED,
        amount=amount,
    )


def _target(claim: Claim, slots: Slots, item: Item) -> Points | None:
    """Return the amount a reviewer set, None if they set none; deductions are negative."""
    if slots.points is not None:
        amount = named_amount(claim, item, slots.points)
        is_taken_back = claim.state is ClaimState.APPROVED and amount == 0
        if not is_taken_back:
            _check_range(item, amount)
        return amount
    standing = claim.points if claim.points is not None else claim.expected
    if slots.is_halved and standing is not None:
        half = times(standing, _HALF)
        _check_range(item, half)
        return half
    if slots.delta is None:
        return None
    changed = (standing or ZERO) + tenths(slots.delta)
    if changed < 0 and not item.is_deduction:
        raise AmountNegative(claim.key.number)
    return Points(min(0, changed) if item.is_deduction else changed)


def _check_range(item: Item, amount: Points) -> None:
    if item.low is not None and item.high is not None and not item.low <= amount <= item.high:
        raise ChoiceOutOfRange(item, amount)


def _choices(item: Item) -> tuple[str, ...]:
    """Return the amounts the committee may choose from, as they are written."""
    if item.tiers:
        return tuple(f"{tier.name}|{show(tier.points)}" for tier in item.tiers)
    if item.low is not None and item.high is not None:
        return (f"{show(item.low)}|{show(item.high)}",)
    return ()


def _check_evidence(claim: Claim, item: Item) -> None:
    """Refuse an award without its stored evidence; paper records keep theirs on paper."""
    if claim.origin is ClaimOrigin.CLAIM and len(claim.photos) < item.photos_min:
        raise EvidenceMissing(claim.key.number, item.photos_min, len(claim.photos))


def _save(case: Case, decision: Decision, *, action: Verdict, reason: str) -> None:
    """Store the claim, its posting and its trail in this transaction."""
    village, claim = case.home.id, decision.claim
    if decision.posting is not None:
        case.books.ledger.post(village, decision.posting, at=case.now)
    case.books.claims.save(village, claim)
    note(case, claim, action, points=claim.points, reason=reason)
