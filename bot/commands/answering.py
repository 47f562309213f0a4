"""The answer's desk (异议处理): two people who had no part decide; a correction is published."""

from dataclasses import dataclass, replace
from typing import Final

from bot.commands.case import Answer, Case, Notice
from bot.commands.changing import rulebook_of
from bot.commands.claim_parts import named_amount, note, others
from bot.commands.republishing import republish
from bot.understanding.reading import Slots
from domain.authority import require_committee
from domain.claim import Claim
from domain.membership import Person, PersonId
from domain.objection import (
    OBJECTION_STEPS,
    AnswerIncomplete,
    Correction,
    Objection,
    ObjectionAnswered,
    ObjectionState,
    ObjectionUnknown,
    Outcome,
    Stance,
    check_uninvolved,
    corrected,
    stance_words,
    total_mended,
)
from domain.points import ZERO, Points, tenths
from domain.quote import quote
from domain.rulebook import Item
from domain.scoring import ChoiceOutOfRange
from domain.sign_off import SignOff, holds, signed
from domain.usage import GRANTED
from domain.workflow import step
from storage.outbox import Draft
from storage.villages import Household

LISTED_MAX: Final = 15
WORDS_MAX: Final = 200


@dataclass(frozen=True, slots=True)
class ObjectionsListed:
    """The objections that wait for an answer, with their households."""

    waiting: tuple[tuple[Objection, Household], ...]
    total: int


@dataclass(frozen=True, slots=True)
class AnswerAgreed:
    """One of two people answered; another has to say the same."""

    objection: Objection
    outcome: Outcome
    points: Points | None


@dataclass(frozen=True, slots=True)
class ObjectionSettled:
    """Two people answered; ``edition`` is the corrected publication, if there is one."""

    objection: Objection
    household: Household
    before: Points | None
    edition: int | None


@dataclass(frozen=True, slots=True)
class ObjectionAnswer:
    """The same in the words for who raised it."""

    settled: ObjectionSettled


def answer(case: Case, slots: Slots) -> Answer:
    """Answer an objection (异议处理 3 维持 原因), or list what waits when none is named.

    Raises:
        NotAllowed: Not on the committee.
        ObjectionUnknown, ObjectionAnswered, AnswerIncomplete: Which, and how.
        HadPart, ConflictOfInterest, SignedAlready: Who.
        BalanceTooLow, ChoiceOutOfRange, StepRefused, NumberFound: What a correction runs into.

    """
    person = require_committee(case.person)
    if not slots.claim_ids:
        return Answer((_listed(case),))
    case.books.villages.lock(case.home.id)
    objection = _find(case, slots)
    claim = claim_of(case, objection)
    involved = involved_in(case, claim)
    check_uninvolved(person, objection, involved=involved)
    outcome = _complete(objection, slots)
    points = _points(case, claim, slots) if outcome is Outcome.CHANGE else None
    standing = _sign(case, objection, person, stance_words(Stance(outcome, points)))
    if not holds(standing):
        return Answer((AnswerAgreed(objection, outcome, points),))
    first = case.books.people.get(case.home.id, standing[0].person)
    state = step(OBJECTION_STEPS, objection.state, outcome)
    reason = (slots.reason or "")[:WORDS_MAX]
    settled = replace(objection, state=state, answered_at=case.now, reason=reason, points=points)
    case.books.objections.save(case.home.id, settled)
    drafts: tuple[Draft, ...] = ()
    edition = None
    if points is not None:
        _mend(case, settled, claim, Correction(first, person, points, reason, case.now))
        shown, drafts = republish(case, (objection.quarter,))
        edition = shown[0].edition if shown else None
    result = ObjectionSettled(
        settled,
        case.books.households.get(case.home.id, objection.household),
        claim.points if claim else None,
        edition,
    )
    return Answer((result,), (_notice(case, result),), announced=drafts)


def _listed(case: Case) -> ObjectionsListed:
    waiting = case.books.objections.open(case.home.id)
    shown = waiting[:LISTED_MAX]
    households = case.books.households
    pairs = tuple((one, households.get(case.home.id, one.household)) for one in shown)
    return ObjectionsListed(pairs, len(waiting))


def _find(case: Case, slots: Slots) -> Objection:
    number, this = slots.claim_ids[0], case.today.year
    years = (this, this - 1) if slots.claim_year is None else (slots.claim_year,)
    found = case.books.objections.find(case.home.id, number, years=years)
    if found is None:
        raise ObjectionUnknown(number)
    if found.state is not ObjectionState.RAISED:
        raise ObjectionAnswered(number, found.state)
    return found


def claim_of(case: Case, objection: Objection) -> Claim | None:
    """Return the claim in dispute; None for a total."""
    if objection.claim is None:
        return None
    found = case.books.claims.get(case.home.id, objection.claim)
    assert found is not None, objection.claim
    return found


def involved_in(case: Case, claim: Claim | None) -> frozenset[PersonId]:
    """Return everybody who filed, recorded, approved, rejected or changed the claim."""
    if claim is None:
        return frozenset()
    return case.books.reviews.involved(case.home.id, claim.key)


def _complete(objection: Objection, slots: Slots) -> Outcome:
    """Return the outcome of an answer that says everything it has to.

    Raises:
        AnswerIncomplete: The outcome, the points of a correction, or the reason is missing.

    """
    if slots.outcome is None:
        raise AnswerIncomplete(objection.number, "outcome")
    outcome = Outcome(slots.outcome)
    lacks_points = slots.points is None and slots.delta is None
    if outcome is Outcome.CHANGE and (lacks_points or (not objection.claim and not slots.delta)):
        lacks = "points" if objection.claim else "delta"
        raise AnswerIncomplete(objection.number, lacks)
    if not slots.reason:
        raise AnswerIncomplete(objection.number, "reason")
    return outcome


def _points(case: Case, claim: Claim | None, slots: Slots) -> Points:
    """Return what a correction makes of a claim within its caps, or adds to the total."""
    if claim is None:
        assert slots.delta is not None, "checked before"
        return tenths(slots.delta)
    rulebook = rulebook_of(case, claim)
    item = rulebook.item(claim.act.item)
    amount = _amount(claim, item, slots)
    found = quote(
        claim.act,
        item=item,
        rulebook=rulebook,
        claims=others(case, claim),
        month=claim.effective_month,
        states=GRANTED,
        amount=amount,
    )
    assert found.points is not None, "an amount was given"
    return found.points


def _amount(claim: Claim, item: Item, slots: Slots) -> Points:
    """Return the amount that was named; deductions are negative, 0 takes it back whole."""
    if slots.points is not None:
        amount = named_amount(claim, item, slots.points)
    else:
        assert slots.delta is not None, "checked before"
        changed = (claim.points or ZERO) + tenths(slots.delta)
        amount = Points(min(0, changed) if item.is_deduction else max(0, changed))
    is_open = item.low is not None and item.high is not None
    if amount and is_open and not (item.low or 0) <= amount <= (item.high or 0):
        raise ChoiceOutOfRange(item, amount)
    return amount


def _sign(case: Case, objection: Objection, person: Person, stance: str) -> tuple[SignOff, ...]:
    sign_offs, village = case.books.sign_offs, case.home.id
    earlier = sign_offs.standing(village, objection.matter)
    standing = signed(objection.matter, person, stance=stance, earlier=earlier)
    sign_offs.keep(village, objection.matter, standing, at=case.now)
    return standing


def _mend(case: Case, objection: Objection, claim: Claim | None, to: Correction) -> None:
    """Enter the correction; the claim and its trail say so."""
    books, village = case.books, case.home.id
    if claim is None:
        books.ledger.post(village, total_mended(objection, to), at=case.now)
        return
    round_ = books.claims.count_adjustment(village, claim.key)
    decision = corrected(claim, to, round_=round_)
    assert decision.posting is not None, "a correction is entered"
    books.ledger.post(village, decision.posting, at=case.now)
    books.claims.save(village, decision.claim)
    note(case, decision.claim, "adjust", points=decision.claim.points, reason=to.reason)


def _notice(case: Case, result: ObjectionSettled) -> Notice:
    contact = case.books.objections.contact(case.home.id, result.objection)
    key = f"{result.objection.matter}:{case.home.id}:answer"
    return Notice(key, contact, None, ObjectionAnswer(result))
