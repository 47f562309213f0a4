"""What the objections' page shows (异议页): each with the decision in dispute and who said what."""

from dataclasses import dataclass
from typing import Final

from bot.commands.answering import LISTED_MAX, beside, claim_of, involved_in
from bot.commands.case import Case
from bot.commands.changing import decider_name, rulebook_of
from domain.authority import require_overseer
from domain.claim import Claim
from domain.ledger import Entry
from domain.membership import Person
from domain.objection import Objection, Stance, check_uninvolved, stance_in
from domain.points import ZERO, Points
from domain.refusal import Refusal
from storage.villages import Household

ENTRIES_MAX: Final = 40


@dataclass(frozen=True, slots=True)
class Dispute:
    """One objection that waits, and what whoever answers it should know.

    With ``claim`` its item's name and who decided it; without one ``total`` is what
    the household has in the quarter, and ``entries`` are what makes it up, each with
    its item's name. ``agreed`` is what others said so far. ``barred`` is why this
    person may not answer at all.
    """

    objection: Objection
    household: Household
    claim: Claim | None
    item_name: str
    decider: str
    total: Points
    entries: tuple[tuple[Entry, str], ...]
    agreed: tuple[tuple[str, Stance], ...]
    barred: Refusal | None


@dataclass(frozen=True, slots=True)
class ObjectionSheet:
    """The objections that wait, oldest first, and how many there are in all.

    ``reviews`` is false for a supervisor, who looks and answers nothing.
    """

    disputes: tuple[Dispute, ...]
    total: int
    reviews: bool


def objection_sheet(case: Case) -> ObjectionSheet:
    """Return the objections that wait for an answer, at most fifteen.

    Raises:
        NotAllowed: The person is neither on the committee nor a supervisor.
    """
    person = require_overseer(case.person)
    waiting = case.books.objections.open(case.home.id)
    return ObjectionSheet(
        tuple(_dispute(case, one, person) for one in waiting[:LISTED_MAX]),
        len(waiting),
        person.reviews,
    )


def _dispute(case: Case, objection: Objection, person: Person) -> Dispute:
    books, village = case.books, case.home.id
    claim = claim_of(case, objection)
    return Dispute(
        objection=objection,
        household=books.households.get(village, objection.household),
        claim=claim,
        item_name=rulebook_of(case, claim).item(claim.act.item).short_name if claim else "",
        decider=decider_name(case, claim) if claim else "",
        total=ZERO if claim else _total(case, objection),
        entries=() if claim else _entries(case, objection),
        agreed=_agreed(case, objection),
        barred=_barred(case, objection, claim, person),
    )


def _total(case: Case, objection: Objection) -> Points:
    quarter = objection.quarter
    months = case.books.ledger.months(case.home.id, objection.household, year=quarter.year)
    return Points(sum(months.get(month, (ZERO, ZERO))[0] for month in quarter.months))


def _entries(case: Case, objection: Objection) -> tuple[tuple[Entry, str], ...]:
    names = {item.code: item.short_name for item in case.rulebook().items}
    found = case.books.ledger.of_household(case.home.id, objection.household, limit=ENTRIES_MAX)
    return tuple(
        (one, names.get(one.posting.item or "", ""))
        for one in found
        if one.posting.effective_month.quarter == objection.quarter
    )


def _agreed(case: Case, objection: Objection) -> tuple[tuple[str, Stance], ...]:
    matter = beside(case, objection)[0].matter
    standing = case.books.sign_offs.standing(case.home.id, matter)
    return tuple(
        (case.books.people.get(case.home.id, one.person).name, stance_in(one.stance))
        for one in standing
    )


def _barred(
    case: Case, objection: Objection, claim: Claim | None, person: Person
) -> Refusal | None:
    try:
        involved = involved_in(case, claim, beside(case, objection))
        check_uninvolved(person, objection, involved=involved)
    except Refusal as refusal:
        return refusal
    return None
