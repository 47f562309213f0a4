"""The roster desk: 换户主 by a member, 迁出 by two; the rest is done at the terminal."""

from dataclasses import dataclass, replace

from bot import roster_changes
from bot.commands.agreeing import HalfAgreed, agree
from bot.commands.case import Case
from bot.commands.filing import HouseholdMissing
from bot.commands.finding import find_household
from bot.understanding.reading import Slots
from domain.authority import ConflictOfInterest, require_committee
from domain.household_change import ChangeReasonMissing, HeadMissing
from domain.membership import Person
from storage.villages import Household


@dataclass(frozen=True, slots=True)
class HeadChanged:
    """A household has another head; ``was`` is the one before."""

    household: Household
    was: str


@dataclass(frozen=True, slots=True)
class HouseholdLeft:
    """A household takes part no longer, from today on."""

    household: Household
    reason: str


def new_head(case: Case, slots: Slots) -> HeadChanged:
    """Change the head of a household (换户主 3组12号 李四).

    Raises:
        NotAllowed: The person is not on the committee.
        HouseholdMissing, HouseholdUnknown, HouseholdGone: Which household.
        HeadMissing: No name was said.
        ConflictOfInterest: It is one's own household.

    """
    person, home = _found(case, slots)
    if not slots.person:
        raise HeadMissing
    decision = roster_changes.Decision(case.today, "", case.now, by=(person.id,))
    roster_changes.new_head(case.books, case.home, home, slots.person, decision)
    return HeadChanged(case.books.households.get(case.home.id, home.id), home.head)


def moved_away(case: Case, slots: Slots) -> HouseholdLeft | HalfAgreed:
    """Let a household take part no longer (迁出 3组12号 搬到镇上); it takes two members.

    Raises:
        NotAllowed: The person is not on the committee.
        HouseholdMissing, HouseholdUnknown, HouseholdGone: Which household.
        ChangeReasonMissing: No reason was said.
        OrdersWaiting: It has something to collect.
        ConflictOfInterest: It is one's own household.
        SignedAlready: The same household cannot agree twice.

    """
    person, home = _found(case, slots)
    reason = (slots.reason or "").strip()
    if not reason:
        raise ChangeReasonMissing
    decision = roster_changes.Decision(case.today, reason, case.now)
    roster_changes.check_going(case.books, case.home, home, decision)
    actors = agree(case, f"household:{home.id}:left:{case.today.year}", person)
    if actors is None:
        return HalfAgreed()
    roster_changes.leave(case.books, case.home, home, replace(decision, by=actors))
    case.books.sign_offs.clear(case.home.id, f"household:{home.id}:left:{case.today.year}")
    return HouseholdLeft(home, reason)


def _found(case: Case, slots: Slots) -> tuple[Person, Household]:
    person = require_committee(case.person)
    home = find_household(case, replace(slots, person=None))
    if home is None:
        raise HouseholdMissing
    if person.household == home.id:
        raise ConflictOfInterest(0, "own")
    return person, home
