"""Entering (进门): a contact becomes a person of a village and of a household."""

from dataclasses import dataclass

from bot.commands.case import Case
from bot.commands.finding import check_present
from domain.membership import AlreadyBound, Person, PersonId
from storage.villages import Household, Village


@dataclass(frozen=True, slots=True)
class Bound:
    """The contact is bound to a household; ``asks_consent`` the first time."""

    household: Household
    village: Village
    asks_consent: bool
    left: Household | None = None


def new_person(case: Case, village: Village, household: Household | None) -> PersonId:
    """Store the person behind the contact; without a name of their own they bear the head's."""
    people = case.books.people
    name = case.contact_name or (household.head if household else "")
    identity = people.add(
        village.id, name=name, household=household.id if household else None, at=case.now
    )
    people.bind(village.id, case.contact, identity, at=case.now)
    return identity


def enter(case: Case, village: Village, household: Household) -> Bound:
    """Bind the contact to a household; someone who moves keeps person and roles."""
    check_present(household, case.today)
    case.books.villages.lock(village.id)
    person = case.books.people.bound(village.id, case.contact)
    if person is not None and person.household == household.id:
        raise AlreadyBound(household.head)
    if person is None:
        new_person(case, village, household)
        return Bound(household, village, asks_consent=True)
    left = (
        case.books.households.get(village.id, person.household)
        if person.household is not None
        else None
    )
    case.books.people.move(village.id, person.id, household.id)
    if not person.name:
        case.books.people.rename(village.id, person.id, household.head)
    return Bound(household, village, asks(person), left)


def asks(person: Person | None) -> bool:
    """Return whether a person is still to be asked for consent."""
    return person is None or not person.has_consented
