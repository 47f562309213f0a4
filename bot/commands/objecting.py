"""The objection's desk (异议): raised in one line, in private, shown as disputed at once."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.commands.case import Case
from bot.commands.finding import find_claim
from bot.understanding.reading import Occurred, Slots
from bot.workdays import is_working
from domain.authority import require_member
from domain.calendar import working_days_after
from domain.claim import Claim, ClaimKey, ClaimNotYours, ClaimState
from domain.membership import HouseholdId, NotBound, Person, Role
from domain.objection import (
    ANSWER_WITHIN,
    NoObjectionNow,
    NothingToDispute,
    Objection,
    ObjectionKnown,
    ObjectionState,
    ObjectionWordsMissing,
)
from domain.period import Quarter, month_of, village_day
from domain.privacy import without_numbers
from domain.publication import Publication, PublicationState
from storage.villages import Household

WORDS_MAX: Final = 200
DISPUTABLE: Final = frozenset({ClaimState.APPROVED, ClaimState.REJECTED})


@dataclass(frozen=True, slots=True)
class ObjectionTaken:
    """An objection is kept and will be answered."""

    objection: Objection
    household: Household


def raise_objection(case: Case, slots: Slots) -> ObjectionTaken:
    """Keep an objection to the household's total, or to a claim it names.

    A supervisor may dispute any claim; that takes nothing from the household's own right.

    Raises:
        NotBound, ClaimUnknown, ClaimNotYours: Whose it is.
        ObjectionWordsMissing: What is wrong was not said.
        NoObjectionNow, NothingToDispute, ObjectionKnown: It cannot be disputed.

    """
    person, books, village = case.person, case.books, case.home.id
    if person is None:
        raise NotBound
    claim = _claim(case, person, slots)
    household = claim.household if claim else require_member(person)
    quarter = _of_claim(case, claim) if claim else _of_total(case, slots)
    if not slots.reason:
        raise ObjectionWordsMissing
    books.villages.lock(village)
    key = claim.key if claim else None
    _check_new(case, person, household, key, quarter)
    year = case.today.year
    objection = Objection(
        year=year,
        number=books.villages.next_number(village, "objection", year),
        household=household,
        claim=key,
        quarter=quarter,
        person=person.id,
        words=without_numbers(slots.reason)[:WORDS_MAX],
        state=ObjectionState.RAISED,
        raised_at=case.now,
        due_on=working_days_after(village_day(case.now), ANSWER_WITHIN, is_working),
    )
    books.objections.add(village, objection, case.contact)
    return ObjectionTaken(objection, books.households.get(village, household))


def waiting_for(case: Case, household: HouseholdId) -> tuple[Objection, ...]:
    """Return a household's objections that are not answered."""
    found = case.books.objections.of_household(case.home.id, household)
    return tuple(one for one in found if one.state is ObjectionState.RAISED)


def disputed(case: Case, household: HouseholdId) -> frozenset[ClaimKey]:
    """Return a household's claims that are in dispute now."""
    return frozenset(one.claim for one in waiting_for(case, household) if one.claim)


def _claim(case: Case, person: Person, slots: Slots) -> Claim | None:
    if not slots.claim_ids:
        return None
    open_now = _open(case)

    def is_theirs(claim: Claim) -> bool:
        is_own = person.household is not None and claim.household == person.household
        return is_own or Role.SUPERVISOR in person.roles

    def is_on_show(claim: Claim) -> bool:
        is_open = claim.effective_month.quarter in open_now
        return is_open and claim.state in DISPUTABLE and is_theirs(claim)

    fits = (is_on_show, is_theirs)
    claim = find_claim(case, slots.claim_ids[0], year=slots.claim_year, fits=fits)
    if not is_theirs(claim):
        raise ClaimNotYours(claim.key.number)
    return claim


def _open(case: Case) -> dict[Quarter, Publication]:
    """Return the publications that take objections today; windows may overlap."""
    shown = case.books.publications.in_state(case.home.id, PublicationState.RELEASED)
    return {one.quarter: one for one in shown if one.takes_objections(case.today)}


def _of_claim(case: Case, claim: Claim) -> Quarter:
    """Return the published quarter in which the claim counts."""
    open_now = _open(case)
    if not open_now:
        raise NoObjectionNow(None)
    if claim.state not in DISPUTABLE:
        raise NothingToDispute(claim.key.number)
    quarter = claim.effective_month.quarter
    if quarter not in open_now:
        raise NoObjectionNow(open_now[max(open_now)].objections_until)
    return quarter


def _of_total(case: Case, slots: Slots) -> Quarter:
    """Return the quarter whose total is meant: the one that was said, else the newest on show."""
    open_now = _open(case)
    if not open_now:
        raise NoObjectionNow(None)
    said = _said(slots.occurred)
    return said if said in open_now else max(open_now)


def _said(occurred: Occurred | None) -> Quarter | None:
    """Return the quarter that a span of days is, None if it is another span."""
    if occurred is None:
        return None
    quarter = month_of(occurred.date).quarter
    last = quarter.months[-1].end - timedelta(days=1)
    is_whole = (occurred.date, occurred.date_to) == (quarter.months[0].first_day, last)
    return quarter if is_whole else None


def is_own(case: Case, objection: Objection) -> bool:
    """Return whether the household itself raised an objection, and no supervisor."""
    raiser = case.books.people.get(case.home.id, objection.person)
    return raiser.household == objection.household


def _check_new(
    case: Case,
    person: Person,
    household: HouseholdId,
    key: ClaimKey | None,
    quarter: Quarter,
) -> None:
    """Refuse a second objection to the same by the household, or by the supervisors."""
    is_theirs = person.household == household
    for one in case.books.objections.of_household(case.home.id, household):
        is_same = (one.quarter, one.claim) == (quarter, key)
        if is_same and is_own(case, one) is is_theirs:
            raise ObjectionKnown(one.number, one.state, is_own=is_theirs)
