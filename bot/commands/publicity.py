"""The publicity desk: 同意公开姓名, 不公开照片 and the like; a household's own choice."""

from dataclasses import dataclass

from bot.commands.case import Case
from bot.commands.leaving import note_consent
from bot.understanding.reading import Slots
from domain.authority import require_member
from storage.villages import Household


@dataclass(frozen=True, slots=True)
class PublicityChanged:
    """A household lets its name or its photos (``what``) be published, or no longer."""

    household: Household
    what: str
    agrees: bool


def change(case: Case, slots: Slots) -> PublicityChanged:
    """Keep what the household lets be published, with who said it and when.

    Raises:
        NotBound: The person belongs to no household here.

    """
    household = require_member(case.person)
    assert case.person is not None, "a member is a person"
    what, agrees = slots.scope or "", bool(slots.agrees)
    case.books.changes.publicity(
        case.home.id, household, what, agrees=agrees, by=case.person.id, at=case.now
    )
    note_consent(case, household, f"{what}-{'yes' if agrees else 'no'}")
    return PublicityChanged(case.books.households.get(case.home.id, household), what, agrees)
