"""The binding desk (绑定): by a slip's code, by a role's code, by name with a confirmation."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.commands.case import Answer, Case, Notice
from bot.commands.entering import Bound, asks, enter, new_person
from bot.commands.filing import HouseholdMissing
from bot.commands.finding import check_present, find_household
from bot.commands.phones import check_free
from bot.commands.seating import OfficerSeated, take_seat
from bot.understanding.reading import Slots
from domain.authority import ConflictOfInterest, require_committee
from domain.code import derived_code, digest, same
from domain.membership import (
    AlreadyBound,
    CodeTriesExceeded,
    CodeWrong,
    HouseholdUnknown,
    NotBound,
    Role,
)
from domain.refusal import Refusal
from storage.doors import Invitation
from storage.people import BindRequest
from storage.villages import Household, Village

TRIES_MAX: Final = 5
TRIES_WINDOW: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class RoleGiven:
    """The contact has a role now; without a household conflicts cannot be seen."""

    role: Role
    village: Village
    has_household: bool
    asks_consent: bool


@dataclass(frozen=True, slots=True)
class CodeSeen:
    """A code was written before a whole room; a slip's is good for nobody any more."""

    is_slip: bool


@dataclass(frozen=True, slots=True)
class BindAsked:
    """A request by name waits for a committee member."""

    household: Household
    number: int


@dataclass(frozen=True, slots=True)
class BindRequested:
    """The same request in the words for the committee."""

    household: Household
    number: int
    name: str


@dataclass(frozen=True, slots=True)
class BindSettled:
    """A committee member confirmed or refused a request."""

    household: Household
    number: int
    name: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class BindRefused:
    """The refusal in the words for who asked."""

    household: Household


class RequestUnknown(Refusal):
    """No request of this number waits."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.number = number


def bind(case: Case, slots: Slots) -> Answer:
    """Bind the contact by a code, or ask the committee to bind it by name.

    Raises:
        CodeTriesExceeded, CodeWrong, SlipFull, AlreadyBound: The code.
        HouseholdUnknown, HouseholdAmbiguous: The name.

    """
    if not slots.code:
        return _by_name(case, slots)
    if case.room is not None:
        return Answer(_before_all(case, slots.code))
    return Answer((by_code(case, slots.code),))


def _before_all(case: Case, code: str) -> tuple[object, ...]:
    """Bind by a code that a whole room has read.

    A role's code is used up by that. A slip's would open the household to five
    more phones, so it is good for nobody after; the village prints another.
    """
    slip = case.books.codes.slip(digest(case.tools.secret, code))
    if slip is None:
        return (by_code(case, code), CodeSeen(is_slip=False))
    village, household = slip
    known = case.books.people.bound(village, case.contact)
    is_in = known is not None and known.household == household
    done: tuple[object, ...] = () if is_in else (by_code(case, code),)
    case.books.households.renew_slip(village, household)
    generation = case.books.households.get(village, household).slip_generation
    fresh = derived_code(case.tools.secret, "slip", village, household, generation)
    case.books.codes.set_slip(
        village, household, digest=digest(case.tools.secret, fresh), generation=generation
    )
    return (*done, CodeSeen(is_slip=True))


def by_code(case: Case, code: str) -> Bound | RoleGiven | OfficerSeated:
    """Bind the contact by the code of a slip, a role, or an officer of a town or district.

    Raises:
        CodeTriesExceeded, CodeWrong, SlipFull, AlreadyBound: See there.

    """
    check_tries(case)
    wanted = digest(case.tools.secret, code)
    invitation = case.books.codes.invitation(wanted)
    if invitation and same(invitation.digest, wanted) and invitation.kind == "role":
        return _take_role(case, invitation)
    slip = case.books.codes.slip(wanted)
    if slip is None:
        return take_seat(case, wanted)
    village = case.books.villages.get(slip[0])
    household = case.books.households.get(village.id, slip[1])
    check_free(case.books, village.id, household.id, now=case.now)
    bound = enter(case, village, household)
    case.books.households.use_slip(village.id, household.id)
    return bound


def count_wrong(case: Case) -> None:
    """Count a wrong code; runs in the transaction that tells about it."""
    case.books.codes.count_wrong(
        case.contact.account, case.contact.id, at=case.now, window=TRIES_WINDOW
    )


def check_tries(case: Case) -> None:
    """Refuse another code after five wrong ones in half an hour.

    Raises:
        CodeTriesExceeded: Wait until the window passes.

    """
    tries = case.books.codes.wrong_tries(
        case.contact.account, case.contact.id, since=case.now - TRIES_WINDOW
    )
    if tries >= TRIES_MAX:
        raise CodeTriesExceeded(int(TRIES_WINDOW.total_seconds() // 60))


def _take_role(case: Case, invitation: Invitation) -> RoleGiven:
    if invitation.used_at is not None or invitation.expires_at <= case.now:
        raise CodeWrong
    if not case.books.codes.use(invitation, at=case.now):
        raise CodeWrong
    village = case.books.villages.get(invitation.village)
    case.books.villages.lock(village.id)
    person = case.books.people.bound(village.id, case.contact)
    identity = person.id if person else new_person(case, village, None)
    role = Role(invitation.grants)
    case.books.people.grant(village.id, identity, role, at=case.now)
    has_household = person is not None and person.household is not None
    return RoleGiven(role, village, has_household, asks(person))


def _by_name(case: Case, slots: Slots) -> Answer:
    """Ask the committee to bind; the head's name must fit the address."""
    household = find_household(case, slots)
    if household is None:
        raise _unnamed(case, slots)
    if slots.household and slots.person and not _fits(household.head, slots.person):
        raise HouseholdUnknown(f"{slots.household} {slots.person}")
    check_present(household, case.today)
    village = case.home
    bound = case.books.people.bound(village.id, case.contact)
    if bound is not None and bound.household == household.id:
        raise AlreadyBound(household.head)
    case.books.villages.lock(village.id)
    for waiting in case.books.people.requests(village.id):
        if (waiting.contact, waiting.household) == (case.contact, household.id):
            return Answer((BindAsked(household, waiting.number),))
    number = case.books.villages.next_number(village.id, "bind")
    request = BindRequest(
        number, case.contact, case.contact_name, case.room, household.id, "waiting"
    )
    case.books.people.ask(village.id, request, at=case.now)
    result = BindRequested(household, number, case.contact_name)
    return Answer((BindAsked(household, number),), to_committee(case, f"bind:{number}", result))


def _unnamed(case: Case, slots: Slots) -> Refusal:
    """Return what to say to 绑定 without a household: a code it was not, or nothing at all."""
    if slots.reason:
        return CodeWrong()
    is_bound = case.person is not None and case.person.household is not None
    return HouseholdMissing() if is_bound else NotBound()


def _fits(head: str, name: str) -> bool:
    plain = name.replace(" ", "").replace("\u3000", "")
    return plain == head or (len(plain) > 1 and plain in head)


def to_committee(case: Case, about: str, result: object) -> tuple[Notice, ...]:
    """Tell the committee: in its rooms, else its members directly."""
    village = case.home.id
    rooms = case.books.rooms.of_village(village, "committee")
    places = [(case.contact.__class__(r.account, ""), r.room) for r in rooms]
    if not places:
        holders = case.books.people.holders(village, Role.COMMITTEE, Role.CHAIR)
        for person in holders:
            contacts = case.books.people.contacts_of(village, person)
            places += [(c, "") for c in contacts[:1]]
    return tuple(
        Notice(f"{about}:{village}:{room or contact.id}", contact, room or None, result)
        for contact, room in places
    )


def settle(case: Case, numbers: tuple[int, ...], *, confirmed: bool) -> Answer:
    """Confirm or refuse requests to be bound; the person is told.

    Raises:
        NotAllowed: The person is not on the committee.
        RequestUnknown: No such request waits.

    """
    reviewer = require_committee(case.person)
    results: list[BindSettled] = []
    notices: list[Notice] = []
    for number in numbers:
        request = case.books.people.request(case.home.id, number)
        if request is None or request.state != "waiting":
            raise RequestUnknown(number)
        if request.contact == case.contact:
            raise ConflictOfInterest(number, "own")
        household = case.books.households.get(case.home.id, request.household)
        state = "confirmed" if confirmed else "refused"
        case.books.people.settle(case.home.id, number, state=state, by=reviewer.id)
        told: object = BindRefused(household)
        results.append(BindSettled(household, number, request.name, confirmed))
        if confirmed:
            is_in = _is_member(case, request)
            told = results[-1] if is_in else enter(_as_asker(case, request), case.home, household)
        key = f"bind-settled:{case.home.id}:{number}"
        notices.append(Notice(key, request.contact, request.room, told))
    return Answer(tuple(results), tuple(notices))


def _is_member(case: Case, request: BindRequest) -> bool:
    """Return whether the one who asked was bound to the household meanwhile, by a code."""
    person = case.books.people.bound(case.home.id, request.contact)
    return person is not None and person.household == request.household


def _as_asker(case: Case, request: BindRequest) -> Case:
    from dataclasses import replace  # noqa: PLC0415

    return replace(case, contact=request.contact, contact_name=request.name)
