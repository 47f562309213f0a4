"""Signing off (会签): what two different people must agree to before it holds."""

from dataclasses import dataclass
from typing import Final

from domain.membership import HouseholdId, Person, PersonId, Role
from domain.refusal import Refusal

SIGNERS: Final = 2
"""How many different people it takes, from different households."""
SIGNING: Final = (Role.CHAIR, Role.COMMITTEE)
"""Whose agreement counts: whoever signed first still holds one of these when the second signs."""


@dataclass(frozen=True, slots=True)
class SignOff:
    """One person's agreement; ``stance`` is what exactly was agreed to."""

    person: PersonId
    household: HouseholdId | None
    stance: str = ""


class SignedAlready(Refusal):
    """The same person, or the same household, cannot sign twice."""

    def __init__(self, matter: str) -> None:
        super().__init__(matter)
        self.matter = matter


def signed(
    matter: str, person: Person, *, stance: str = "", earlier: tuple[SignOff, ...] = ()
) -> tuple[SignOff, ...]:
    """Return the agreements that stand once this person has signed as well.

    Those who agreed to something else no longer count: whoever signs last with
    another stance begins anew. The matter holds once there are ``SIGNERS``.

    Args:
        matter: The natural key of what is signed, such as ``month:2026-08``.
        person: Who signs now.
        stance: What exactly is agreed to; "" where there is only yes.
        earlier: The agreements that stand, in order of time; none of who left the committee.

    Raises:
        SignedAlready: This person, or one of the same household, has signed the same.

    """
    same = tuple(one for one in earlier if one.stance == stance)
    for one in same:
        same_house = person.household is not None and person.household == one.household
        if one.person == person.id or same_house:
            raise SignedAlready(matter)
    return (*same, SignOff(person.id, person.household, stance))


def holds(standing: tuple[SignOff, ...]) -> bool:
    """Return whether enough people have signed."""
    return len(standing) >= SIGNERS
