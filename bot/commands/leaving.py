"""The leaving desk: 退出 asks once more; 我的数据 tells what is kept."""

from dataclasses import dataclass
from typing import Final

from bot.commands.belonging import Left, leave
from bot.commands.case import Case
from bot.commands.phones import in_use
from domain.authority import require_member
from domain.household_change import ChangeKind, HouseholdChange
from domain.membership import HouseholdId, NotBound, Role
from storage.villages import Household

UNNAMED: Final = 2
"""The choice to be named in no publication either."""


@dataclass(frozen=True, slots=True)
class LeaveAsked:
    """Leaving is asked about once more; without a household nothing stands in publications.

    ``roles`` would end; ``is_last_administrator``: nobody else looks after the village then.
    """

    household: Household | None
    is_last_phone: bool
    roles: frozenset[Role] = frozenset()
    is_last_administrator: bool = False


@dataclass(frozen=True, slots=True)
class Stayed:
    """The person does not leave after all."""


@dataclass(frozen=True, slots=True)
class MyData:
    """What is kept about a person and their household."""

    name: str
    household: Household
    phones: int
    claims: int
    photos: int
    year: int
    relatives: int
    roles: frozenset[Role]
    has_consented: bool


def ask(case: Case) -> LeaveAsked:
    """Ask whether the person really wants to leave.

    Raises:
        NotBound: The contact is bound to nobody.

    """
    if case.person is None:
        raise NotBound
    person, home = case.person, case.person.household
    household = None if home is None else case.books.households.get(case.home.id, home)
    phones = [] if home is None else case.books.people.of_household(case.home.id, home)
    is_last_own = len(case.books.people.contacts_of(case.home.id, person.id)) == 1
    others = set(case.books.people.holders(case.home.id, Role.ADMINISTRATOR)) - {person.id}
    return LeaveAsked(
        household,
        is_last_phone=len(phones) == 1,
        roles=person.roles if is_last_own else frozenset(),
        is_last_administrator=is_last_own and Role.ADMINISTRATOR in person.roles and not others,
    )


def settle(case: Case, choice: int) -> Left:
    """Let the person leave; a household without phones, or by request, goes unnamed in public.

    Raises:
        NotBound: The contact is bound to nobody any more.

    """
    home = case.person.household if case.person else None
    left = leave(case)
    if home is None:
        return left
    has_phones = bool(case.books.people.of_household(case.home.id, home))
    if choice == UNNAMED or not has_phones:
        _unname(case, home)
        return Left(is_unnamed=True, roles=left.roles)
    return left


def _unname(case: Case, household: HouseholdId) -> None:
    if case.books.households.get(case.home.id, household).is_anonymous:
        return
    case.books.changes.make_anonymous(case.home.id, household, at=case.now)
    note_consent(case, household, "anonymous")


def note_consent(case: Case, household: HouseholdId, what: str) -> None:
    """Add what a household lets be published to its history; ``what`` is a word of its own."""
    case.books.villages.lock(case.home.id)
    assert case.person is not None, "somebody said it"
    line = HouseholdChange(
        number=case.books.villages.next_number(case.home.id, "household"),
        kind=ChangeKind.CONSENT,
        household=household,
        changed_on=case.today,
        reason=what,
        by=case.person.id,
    )
    case.books.changes.note(case.home.id, line, at=case.now)


def my_data(case: Case) -> MyData:
    """Tell what is kept about the person and the household, and how to change it.

    Raises:
        NotBound: The person belongs to no household here.

    """
    household = require_member(case.person)
    assert case.person is not None, "a member is a person"
    village, year = case.home.id, case.today.year
    return MyData(
        name=case.person.name,
        household=case.books.households.get(village, household),
        phones=len(in_use(case.books, village, household, now=case.now)),
        claims=len(case.books.claims.of_household(village, household, year=year)),
        photos=case.books.retention.kept_photos(village, household),
        year=year,
        relatives=len(case.person.relatives),
        roles=case.person.roles,
        has_consented=case.person.has_consented,
    )
