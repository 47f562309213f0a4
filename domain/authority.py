"""Who may decide what (权限): roles, conflicts of interest, two different people."""

from domain.claim import Claim
from domain.membership import HouseholdId, NotAllowed, NotBound, Person, Role
from domain.refusal import Refusal


class ConflictOfInterest(Refusal):
    """Nobody decides for their own household, a relative, or a claim they filed."""

    def __init__(self, number: int, reason: str) -> None:
        super().__init__(f"{number} {reason}")
        self.number = number
        self.reason = reason


class HouseholdUnstated(Refusal):
    """Who decides belongs to no household, and never said that theirs is elsewhere."""


class SecondPersonNeeded(Refusal):
    """The same person, or the same household, cannot approve twice."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.number = number


def require_member(person: Person | None) -> HouseholdId:
    """Return the household of a person who is bound to one.

    Raises:
        NotBound: Unknown person, or a person without a household.

    """
    if person is None or person.household is None:
        raise NotBound
    return person.household


def require_committee(person: Person | None) -> Person:
    """Return the person if they sit on the committee.

    Raises:
        NotAllowed: A villager, supervisor or stranger.

    """
    if person is None or not person.reviews:
        raise NotAllowed(Role.COMMITTEE, has=person.roles if person else frozenset())
    return person


def require_overseer(person: Person | None) -> Person:
    """Return the person if they may look at everything of the review: committee or supervisor.

    Raises:
        NotAllowed: A villager or stranger.

    """
    if person is None or not (person.reviews or Role.SUPERVISOR in person.roles):
        raise NotAllowed(Role.COMMITTEE, has=person.roles if person else frozenset())
    return person


def require_role(person: Person | None, role: Role) -> Person:
    """Return the person if they hold a role.

    Raises:
        NotAllowed: They do not.

    """
    if person is None or role not in person.roles:
        raise NotAllowed(role)
    return person


def check_placed(person: Person, *, lives_elsewhere: bool) -> None:
    """Refuse a decision by somebody whose household nobody knows.

    Their own house, their relatives' and the second person of the same house
    could not be told apart. Who lives in another village says so once.

    Raises:
        HouseholdUnstated: Neither is known.

    """
    if person.household is None and not lives_elsewhere:
        raise HouseholdUnstated


def may_see(person: Person | None, claim: Claim) -> bool:
    """Return whether a person may see a claim: its house, who filed it, committee, supervisor."""
    if person is None:
        return False
    is_theirs = claim.household == person.household or claim.filed_by == person.id
    return is_theirs or person.reviews or Role.SUPERVISOR in person.roles


def check_conflict(person: Person, claim: Claim) -> None:
    """Refuse a decision on one's own household, a relative's, or one's own filing.

    A record on behalf (代录) and a deduction are the committee's own paper: the
    recorder still may not approve them, someone else does. Nor does whoever
    brought a claim in by hand (代转): it is their word that it was made.

    Raises:
        ConflictOfInterest: ``reason`` is own, relative, filed or relayed.

    """
    number = claim.key.number
    if person.household == claim.household:
        raise ConflictOfInterest(number, "own")
    if claim.household in person.relatives:
        raise ConflictOfInterest(number, "relative")
    if person.id == claim.filed_by:
        raise ConflictOfInterest(number, "filed")
    if person.id == claim.relayed_by:
        raise ConflictOfInterest(number, "relayed")


def check_second(person: Person, claim: Claim, *, earlier: tuple[Person, ...]) -> None:
    """Refuse a second approval by the same person or from the same household.

    Args:
        person: Who approves now.
        claim: The claim.
        earlier: Those whose approval stands.

    Raises:
        SecondPersonNeeded: It is the same person, or one of the same house.

    """
    for other in earlier:
        same_house = person.household is not None and person.household == other.household
        if other.id == person.id or same_house:
            raise SecondPersonNeeded(claim.key.number)
