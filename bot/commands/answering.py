"""The answer's desk (异议处理): two people who had no part decide; a correction is published."""

from dataclasses import dataclass, replace
from typing import Final

from bot.commands.belonging import require_placed
from bot.commands.case import Answer, Case, Notice
from bot.commands.correcting import asked_for, enter
from bot.commands.objecting import is_own
from bot.commands.republishing import republish
from bot.understanding.reading import Slots
from domain.authority import require_committee
from domain.claim import Claim
from domain.membership import Person, PersonId, has_left
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
    stance_words,
)
from domain.points import Points
from domain.scoring import Cut
from domain.sign_off import SignOff, holds, signed
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
    """One of two people answered; another has to say the same.

    ``cut`` is what a correction comes to, and the cap that cut what was asked for.
    """

    objection: Objection
    outcome: Outcome
    cut: Cut | None


@dataclass(frozen=True, slots=True)
class ObjectionSettled:
    """Two people answered; ``edition`` is the corrected publication, if there is one."""

    objection: Objection
    household: Household
    before: Points | None
    cut: Cut | None
    edition: int | None


@dataclass(frozen=True, slots=True)
class ObjectionAnswer:
    """The same in the words for who raised it."""

    settled: ObjectionSettled


@dataclass(frozen=True, slots=True)
class CorrectionTold:
    """The same in the words for a household whose claim somebody else disputed."""

    settled: ObjectionSettled


def answer(case: Case, slots: Slots) -> Answer:
    """Answer an objection (异议处理 3 维持 原因), or list what waits when none is named.

    Those that wait beside it, to the same claim, are answered with it.

    Raises:
        NotAllowed: Not on the committee.
        HouseholdUnstated: Nobody knows which household is theirs.
        ObjectionUnknown, ObjectionAnswered, AnswerIncomplete: Which, and how.
        HadPart, ConflictOfInterest, SignedAlready: Who.
        NothingCorrected, BalanceTooLow, ChoiceOutOfRange, StepRefused, NumberFound: What a
            correction runs into.

    """
    require_committee(case.person)
    if not slots.claim_ids:
        return Answer((_listed(case),))
    person = require_placed(case)
    case.books.villages.lock(case.home.id)
    objection = _find(case, slots)
    claim = claim_of(case, objection)
    together = beside(case, objection)
    check_uninvolved(person, objection, involved=involved_in(case, claim, together))
    outcome = _complete(objection, slots)
    cut = asked_for(case, objection, claim, slots) if outcome is Outcome.CHANGE else None
    points = cut.points if cut else None
    standing = _sign(case, together[0], person, stance_words(Stance(outcome, points)))
    if not holds(standing):
        return Answer((AnswerAgreed(objection, outcome, cut),))
    first = case.books.people.get(case.home.id, standing[0].person)
    reason = (slots.reason or "")[:WORDS_MAX]
    settled = tuple(_answered(case, one, outcome, points, reason) for one in together)
    drafts: tuple[Draft, ...] = ()
    edition = None
    if points is not None:
        enter(case, settled[0], claim, Correction(first, person, points, reason, case.now))
        shown, drafts = republish(case, (objection.quarter,))
        edition = shown[0].edition if shown else None
    results = tuple(_settled(case, one, claim, cut, edition) for one in settled)
    return Answer(results, _notices(case, results), announced=drafts)


def _answered(
    case: Case, objection: Objection, outcome: Outcome, points: Points | None, reason: str
) -> Objection:
    state = step(OBJECTION_STEPS, objection.state, outcome)
    settled = replace(objection, state=state, answered_at=case.now, reason=reason, points=points)
    case.books.objections.save(case.home.id, settled)
    return settled


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
    if not found:
        raise ObjectionUnknown(number)
    waiting = next((one for one in found if one.state is ObjectionState.RAISED), None)
    if waiting is None:
        raise ObjectionAnswered(number, found[0].state)
    return waiting


def claim_of(case: Case, objection: Objection) -> Claim | None:
    """Return the claim in dispute; None for a total."""
    if objection.claim is None:
        return None
    found = case.books.claims.get(case.home.id, objection.claim)
    assert found is not None, objection.claim
    return found


def beside(case: Case, objection: Objection) -> tuple[Objection, ...]:
    """Return what is answered together, oldest first: all that waits about one claim.

    A household and the supervisors may dispute the same claim; one decision answers both.
    """
    if objection.claim is None:
        return (objection,)
    waiting = case.books.objections.open(case.home.id)
    return tuple(
        one for one in waiting if (one.claim, one.quarter) == (objection.claim, objection.quarter)
    )


def involved_in(
    case: Case, claim: Claim | None, together: tuple[Objection, ...]
) -> frozenset[PersonId]:
    """Return who filed, recorded, approved, rejected, changed or disputed what is decided."""
    raised = frozenset(one.person for one in together)
    if claim is None:
        return raised
    return raised | case.books.reviews.involved(case.home.id, claim.key)


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


def _sign(case: Case, objection: Objection, person: Person, stance: str) -> tuple[SignOff, ...]:
    sign_offs, village = case.books.sign_offs, case.home.id
    earlier = sign_offs.standing(village, objection.matter)
    standing = signed(objection.matter, person, stance=stance, earlier=earlier)
    sign_offs.keep(village, objection.matter, standing, at=case.now)
    return standing


def _settled(
    case: Case, settled: Objection, claim: Claim | None, cut: Cut | None, edition: int | None
) -> ObjectionSettled:
    household = case.books.households.get(case.home.id, settled.household)
    return ObjectionSettled(settled, household, claim.points if claim else None, cut, edition)


def _notices(case: Case, results: tuple[ObjectionSettled, ...]) -> tuple[Notice, ...]:
    """Tell who raised them, and the household of a correction that somebody else asked for."""
    answers = tuple(told for one in results for told in _answers_to(case, one))
    first = results[0].objection
    is_theirs = any(is_own(case, one.objection) for one in results)
    if is_theirs or first.state is not ObjectionState.CHANGED:
        return answers
    phones = case.books.people.of_household(case.home.id, first.household)
    key = f"{first.matter}:{case.home.id}:household"
    told = CorrectionTold(results[0])
    return (*answers, *(Notice(f"{key}:{phone.id}", phone, None, told) for phone in phones))


def _answers_to(case: Case, result: ObjectionSettled) -> tuple[Notice, ...]:
    """Tell who raised it; of one who has left, the household whose objection it was."""
    one, told = result.objection, ObjectionAnswer(result)
    contact = case.books.objections.contact(case.home.id, one)
    key = f"{one.matter}:{case.home.id}:answer"
    if not has_left(contact.id):
        return (Notice(key, contact, None, told),)
    is_theirs = is_own(case, one)
    phones = case.books.people.of_household(case.home.id, one.household) if is_theirs else ()
    return tuple(Notice(f"{key}:{phone.id}", phone, None, told) for phone in phones)
