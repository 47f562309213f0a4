"""The honours desk: 评优 lists candidates, 授予 gives an honour, 恢复评优 lifts a veto."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.commands.agreeing import HalfAgreed, agree
from bot.commands.case import Case
from bot.commands.changing import rulebook_of
from bot.commands.filing import HouseholdMissing
from bot.commands.finding import find_claim, find_household
from bot.understanding.reading import Slots
from domain.authority import ConflictOfInterest, require_committee
from domain.bottom_line import Bars, LiftUnclear, NoBar, check_lift
from domain.claim import Claim
from domain.honours import (
    CANDIDATES_MAX,
    NAME_MAX,
    YEAR_AWARD,
    Honour,
    HonourNameMissing,
    HouseholdBarred,
    candidates,
)
from domain.membership import HouseholdId, Person
from domain.points import ZERO, Points
from domain.ranking import Standing
from schedules.year import awarded, barred
from storage.villages import Household

USUAL: Final = 5
"""So many candidates are listed when no number was said."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A household that may not be honoured this year: its points, and the acts that say so."""

    household: Household
    points: Points
    because: tuple[tuple[Claim, str], ...]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who may be honoured, best first, and who is barred and why; for the committee alone.

    ``name`` None is the year award; ``taking_part`` is how many households it
    is about one in twenty of. ``is_past`` when the year was named and is over.
    """

    year: int
    name: str | None
    standings: tuple[tuple[Standing, Household], ...]
    barred: tuple[Bar, ...]
    taking_part: int
    is_past: bool = False


@dataclass(frozen=True, slots=True)
class HonourGiven:
    """Two members gave a household an honour; ``is_new`` if it did not have it before."""

    year: int
    name: str
    household: Household
    is_new: bool


@dataclass(frozen=True, slots=True)
class VetoLifted:
    """Two members lifted the veto of an act, for a reason; ``is_new`` if it still stood."""

    claim: Claim
    household: Household
    reason: str
    is_new: bool


def list_candidates(case: Case, slots: Slots) -> Candidates:
    """List candidates by points: 评优 for the year award, 评优 最美家庭 5 for a named honour.

    Raises:
        NotAllowed: The person is not on the committee.

    """
    require_committee(case.person)
    as_of = _as_of(case, slots)
    rules = case.tools.shelf.in_force
    vetoed = barred(case.books, case.home.id, as_of.year, rules)
    earned = case.books.participations.earned(case.home.id, as_of)
    if slots.honour is None:
        found = awarded(case.books, case.home.id, as_of, rules)
    else:
        wanted = min(slots.choice or USUAL, CANDIDATES_MAX)
        found = candidates(earned, wanted, barred=vetoed.keys())
    last = found[-1].points if found else ZERO
    return Candidates(
        as_of.year,
        slots.honour,
        tuple((one, case.books.households.get(case.home.id, one.household)) for one in found),
        _near(case, vetoed, earned, last),
        len(earned),
        is_past=as_of.year < case.today.year,
    )


def _as_of(case: Case, slots: Slots) -> date:
    """Return today, or the last day of a year that was named and is over."""
    year = slots.year or case.today.year
    return case.today if year >= case.today.year else date(year, 12, 31)


def _near(
    case: Case, vetoed: Bars, earned: dict[HouseholdId, Points], last: Points
) -> tuple[Bar, ...]:
    """Return the barred households that would stand on the list with their points."""
    found = (
        Bar(
            case.books.households.get(case.home.id, household),
            earned[household],
            tuple((claim, _item_name(case, claim)) for claim in claims),
        )
        for household, claims in vetoed.items()
        if earned.get(household, ZERO) >= max(last, Points(1))
    )
    return tuple(sorted(found, key=lambda one: (-one.points, one.household.id)))


def _item_name(case: Case, claim: Claim) -> str:
    return rulebook_of(case, claim).item(claim.act.item).short_name


def give(case: Case, slots: Slots) -> HonourGiven | HalfAgreed:
    """Give a household an honour (授予 最美家庭 3组12号); it takes two members.

    Raises:
        NotAllowed: The person is not on the committee.
        HonourNameMissing, HouseholdMissing, HouseholdUnknown: What, and to whom.
        ConflictOfInterest: One's own household, or a relative's.
        HouseholdBarred: A veto of this year stands against it.
        SignedAlready: The same household cannot agree twice.

    """
    person = require_committee(case.person)
    name = (slots.honour or "").strip()
    if not name or len(name) > NAME_MAX or name == YEAR_AWARD:
        raise HonourNameMissing
    household = find_household(case, slots)
    if household is None:
        raise HouseholdMissing
    _check_kin(person, household)
    as_of = _as_of(case, slots)
    village, rules = case.home.id, case.tools.shelf.in_force
    because = barred(case.books, village, as_of.year, rules).get(household.id, ())
    if because:
        numbers = tuple(claim.key.number for claim in because)
        raise HouseholdBarred(household.head, as_of.year, numbers)
    known = case.books.years.honours(village, year=as_of.year, name=name)
    if any(one.household == household.id for one in known):
        return HonourGiven(as_of.year, name, household, is_new=False)
    if agree(case, f"honour:{as_of.year}:{name}:{household.id}", person) is None:
        return HalfAgreed()
    points = case.books.ledger.balance(village, household.id, year=as_of.year).earned
    honour = Honour(as_of.year, name, household.id, None, points)
    case.books.years.give(village, honour, at=case.now)
    return HonourGiven(as_of.year, name, household, is_new=True)


def _check_kin(person: Person, household: Household) -> None:
    if person.household == household.id:
        raise ConflictOfInterest(0, "own")
    if household.id in person.relatives:
        raise ConflictOfInterest(0, "relative")


def lift(case: Case, slots: Slots) -> VetoLifted | HalfAgreed:
    """Lift the veto of an act (恢复评优 23 已拆除); it takes two members and a reason.

    Raises:
        NotAllowed: The person is not on the committee.
        ClaimUnknown, NoBar: Which act.
        LiftUnclear: No number or no reason was said.
        ConflictOfInterest: One's own household, or a relative's.
        SignedAlready: The same household cannot agree twice.

    """
    person = require_committee(case.person)
    if not slots.claim_ids:
        raise LiftUnclear
    number = slots.claim_ids[0]
    bars = (lambda claim: _bars(case, claim),)
    claim = find_claim(case, number, year=slots.claim_year, fits=bars)
    village, year = case.home.id, claim.key.year
    household = case.books.households.get(village, claim.household)
    reason = (slots.reason or "").strip()
    if claim.key in case.books.bottom_lines.lifted(village, year=year):
        return VetoLifted(claim, household, reason, is_new=False)
    if not _bars(case, claim):
        raise NoBar(number)
    check_lift(person, claim)
    if not reason:
        raise LiftUnclear(number)
    actors = agree(case, f"veto:{year}:{number}", person)
    if actors is None:
        return HalfAgreed()
    case.books.bottom_lines.lift(village, claim.key, reason=reason, actors=actors, at=case.now)
    return VetoLifted(claim, household, reason, is_new=True)


def _bars(case: Case, claim: Claim) -> bool:
    """Return whether an act bars its household from the honours of its year."""
    standing = barred(case.books, case.home.id, claim.key.year, case.tools.shelf.in_force)
    return claim.key in {one.key for one in standing.get(claim.household, ())}
