"""Who is who: persons, their households, their roles (角色)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NewType

from domain.refusal import Refusal

HouseholdId = NewType("HouseholdId", int)
PersonId = NewType("PersonId", int)


class Role(StrEnum):
    """What a person may do in a village, beyond being a villager."""

    VILLAGER = "villager"
    COMMITTEE = "committee"
    CHAIR = "chair"
    ADMINISTRATOR = "administrator"
    SUPERVISOR = "supervisor"


_LEFT: Final = "left:"


def alias_of(person: PersonId) -> str:
    """Return what stands for the chat id of a person who left (退出)."""
    return f"{_LEFT}{person}"


def has_left(contact: str | None) -> bool:
    """Return whether nobody is behind a contact any more: it is told nothing."""
    return contact is not None and contact.startswith(_LEFT)


REVIEWING: Final = frozenset({Role.COMMITTEE, Role.CHAIR})
"""The roles of the committee (审核委员会)."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person known to a village; ``relatives`` are the households declared as kin."""

    id: PersonId
    name: str
    household: HouseholdId | None
    roles: frozenset[Role] = frozenset()
    relatives: frozenset[HouseholdId] = frozenset()
    has_consented: bool = False

    @property
    def reviews(self) -> bool:
        """Whether the person sits on the committee (审核委员会)."""
        return bool(self.roles & REVIEWING)


class NotBound(Refusal):
    """The person is not bound to a household of the village; perhaps a whole room listens."""

    def __init__(self, *, in_room: bool = False) -> None:
        super().__init__()
        self.in_room = in_room


class NotAllowed(Refusal):
    """The act is for another role than the person ``has``; nothing was changed."""

    def __init__(self, needed: Role, *, has: frozenset[Role] = frozenset()) -> None:
        super().__init__(needed)
        self.needed = needed
        self.has = has


class CodeWrong(Refusal):
    """The code is unknown, used up, or out of date."""


class CodeTriesExceeded(Refusal):
    """Too many wrong codes; wait until the window passes."""

    def __init__(self, wait_minutes: int) -> None:
        super().__init__(str(wait_minutes))
        self.wait_minutes = wait_minutes


class SlipFull(Refusal):
    """As many phones as the slip allows are bound to the household already."""

    def __init__(self, uses_max: int) -> None:
        super().__init__(str(uses_max))
        self.uses_max = uses_max


class AlreadyBound(Refusal):
    """The phone is bound to this household already."""

    def __init__(self, head: str) -> None:
        super().__init__(head)
        self.head = head


class HouseholdUnknown(Refusal):
    """No household of the village fits the words."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class HouseholdAmbiguous(Refusal):
    """Several households fit; each choice is group, house number, head."""

    def __init__(self, text: str, choices: tuple[str, ...]) -> None:
        super().__init__(text)
        self.text = text
        self.choices = choices
