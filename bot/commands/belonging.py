"""The belonging desk: 绑定本群, consent (同意), relatives (亲属), leaving (退出)."""

from dataclasses import dataclass
from typing import Final

from bot.commands.binding import check_tries, to_committee
from bot.commands.case import Answer, Case, Notice
from bot.commands.finding import find_household
from bot.understanding.reading import Slots
from domain.authority import check_placed, require_committee, require_member
from domain.code import digest, same
from domain.membership import (
    AlreadyBound,
    CodeWrong,
    HouseholdUnknown,
    Person,
    PersonId,
    Role,
)
from domain.refusal import Refusal
from domain.sign_off import signed
from schedules.announcing import WEB
from storage.doors import Room
from storage.villages import Household, Village

LEFT: Final = "left"
"""The reason kept for a role that ended because its holder left."""


@dataclass(frozen=True, slots=True)
class RoomBound:
    """The room serves a village now."""

    village: Village
    purpose: str


@dataclass(frozen=True, slots=True)
class Consented:
    """The person agreed to what is kept; with a role alone they have no household to claim for."""

    has_household: bool


@dataclass(frozen=True, slots=True)
class Left:
    """The contact is bound no longer; what was earned stays with the household.

    ``is_unnamed``: the household is named in no publication from now on. ``roles``
    ended with it.
    """

    is_unnamed: bool = False
    roles: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class KinDeclared:
    """A household is kept as relatives of a reviewer."""

    household: Household


@dataclass(frozen=True, slots=True)
class ElsewhereStated:
    """A reviewer said that their household is in no place of this village; ``name`` is theirs."""

    name: str


class RoomOnly(Refusal):
    """A room is bound from inside the room."""


def bind_room(case: Case, code: str) -> RoomBound:
    """Bind the room where the code was sent (绑定本群 CODE).

    Raises:
        RoomOnly: Sent in a direct chat.
        CodeTriesExceeded, CodeWrong: The code.

    """
    if case.room is None:
        raise RoomOnly
    check_tries(case)
    wanted = digest(case.tools.secret, code)
    invitation = case.books.codes.invitation(wanted)
    is_good = (
        invitation is not None
        and same(invitation.digest, wanted)
        and invitation.kind == "room"
        and invitation.used_at is None
        and invitation.expires_at > case.now
    )
    if not is_good or invitation is None or not case.books.codes.use(invitation, at=case.now):
        raise CodeWrong
    village = case.books.villages.get(invitation.village)
    room = Room(village.id, case.contact.account, case.room, invitation.grants)
    case.books.rooms.bind(room, at=case.now)
    return RoomBound(village, invitation.grants)


@dataclass(frozen=True, slots=True)
class ConsentAsked:
    """The person goes on and never said yes to what is kept: they are asked again."""


def ask_again(case: Case) -> tuple[Notice, ...]:
    """Ask who never said yes once more, directly, at most once a day; going on is no consent.

    Who is brought in by hand is asked by nobody: they do not read here.
    """
    person = case.person
    if person is None or person.has_consented or case.relayed_by is not None:
        return ()
    key = f"consent:{case.home.id}:{person.id}:{case.today}"
    return (Notice(key, case.contact, None, ConsentAsked()),)


def consent(case: Case) -> Consented | None:
    """Keep that the person agreed; None when nothing was asked."""
    if case.person is None or case.person.has_consented:
        return None
    case.books.people.consent(case.home.id, case.person.id, at=case.now)
    return Consented(case.person.household is not None)


def has_begun(case: Case) -> bool:
    """Return whether the person agreed, or went on to claim: they are not let go by one word."""
    person = case.person
    if person is None or person.has_consented or person.household is None:
        return person is not None and person.has_consented
    claims = case.books.claims.of_household(case.home.id, person.household, year=case.today.year)
    return any(claim.filed_by == person.id for claim in claims)


def leave(case: Case) -> Left:
    """End the contact's binding and forget its id and the name it went by (退出).

    Roles end with the person's last phone; what was signed before stays signed.

    Raises:
        NotBound: It is bound to nobody.

    """
    person, books, village = case.person, case.books, case.home.id
    if person is None:
        require_member(None)
    assert person is not None, "checked above"
    _forget(case, person.id)
    if books.people.contacts_of(village, person.id):
        return Left()
    books.people.rename(village, person.id, "")
    books.people.consent(village, person.id, at=None)
    for role in person.roles:
        books.offices.take_back(village, person.id, role, reason=LEFT, at=case.now)
    return Left(roles=person.roles)


def _forget(case: Case, person: PersonId) -> None:
    """Take the platform's id out; a page's own is none, and shows people their own side."""
    leavings, contact = case.books.leavings, case.contact
    leavings.forget(case.home.id, contact, person, at=case.now)
    if contact.account == WEB:
        return
    leavings.forget_mail(case.home.id, contact, person)
    if not case.books.people.villages_of(contact):
        leavings.forget_talk(contact)


def declare_kin(case: Case, slots: Slots) -> KinDeclared:
    """Keep a household as the reviewer's relatives (亲属 3组12号).

    Raises:
        NotAllowed: The person is not on the committee.
        HouseholdUnknown, HouseholdAmbiguous: Which household.

    """
    person = require_committee(case.person)
    household = find_household(case, slots)
    if household is None:
        raise HouseholdUnknown("")
    case.books.people.declare_kin(case.home.id, person.id, household.id, at=case.now)
    return KinDeclared(household)


def require_placed(case: Case) -> Person:
    """Return who speaks if they are on the committee and it is known where they live.

    Raises:
        NotAllowed: Not on the committee.
        HouseholdUnstated: Nobody knows which household is theirs.

    """
    person = require_committee(case.person)
    check_placed(person, lives_elsewhere=lives_elsewhere(case, person))
    return person


def lives_elsewhere(case: Case, person: Person) -> bool:
    """Return whether a reviewer has said that their household is elsewhere."""
    return bool(case.books.sign_offs.standing(case.home.id, _elsewhere(person)))


def state_elsewhere(case: Case) -> Answer:
    """Keep that a reviewer without a household lives elsewhere (我家不在本村).

    It is their word, kept under their name and told to the committee, who
    know better if it is not so.

    Raises:
        NotAllowed: The person is not on the committee.
        AlreadyBound: They belong to a household of the village.

    """
    person = require_committee(case.person)
    village, books = case.home.id, case.books
    if person.household is not None:
        raise AlreadyBound(books.households.get(village, person.household).head)
    matter = _elsewhere(person)
    if books.sign_offs.standing(village, matter):
        return Answer((ElsewhereStated(""),))
    books.sign_offs.keep(village, matter, signed(matter, person), at=case.now)
    told = ElsewhereStated(person.name)
    return Answer((ElsewhereStated(""),), to_committee(case, matter, told))


def _elsewhere(person: Person) -> str:
    return f"elsewhere:{person.id}"
