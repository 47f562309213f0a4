"""The participation desk: 参与率 for everybody, 未参与 for the committee alone."""

from dataclasses import dataclass
from typing import Final

from bot.commands.case import Case
from domain.authority import require_committee
from domain.membership import NotBound, Role
from domain.participation import Participation, Share, participation
from storage.villages import Household

LISTED_MAX: Final = 30
SEES_FIGURES: Final = frozenset({Role.COMMITTEE, Role.CHAIR, Role.ADMINISTRATOR, Role.SUPERVISOR})


@dataclass(frozen=True, slots=True)
class ParticipationTold:
    """A village's figures of the year, for those who work for it."""

    village: str
    year: int
    figures: Participation


@dataclass(frozen=True, slots=True)
class ParticipationRate:
    """The village's rate alone, for a villager; ``takes_part`` is the asker's own household."""

    year: int
    every: Share
    takes_part: bool


@dataclass(frozen=True, slots=True)
class NotReached:
    """Households that do not take part yet, for visits; ``total`` counts those not listed too.

    ``eligible`` counts all that should take part.
    """

    year: int
    households: tuple[Household, ...]
    total: int
    eligible: int


def tell(case: Case) -> ParticipationTold | ParticipationRate:
    """Tell how many households take part this year.

    Raises:
        NotBound: The person is nobody's here.

    """
    if case.person is None:
        raise NotBound
    homes = case.books.participations.homes(case.home.id, case.today)
    figures = participation(homes)
    if case.person.roles & SEES_FIGURES:
        return ParticipationTold(case.home.name, case.today.year, figures)
    own = any(h.takes_part for h in homes if h.household == case.person.household)
    return ParticipationRate(case.today.year, figures.every, own)


def not_reached(case: Case) -> NotReached:
    """List the households not reached yet, for visits, not for shaming: at most thirty.

    Raises:
        NotAllowed: The person is not on the committee.

    """
    require_committee(case.person)
    homes = case.books.participations.homes(case.home.id, case.today)
    missing = [home.household for home in homes if not home.takes_part]
    listed = tuple(case.books.households.get(case.home.id, h) for h in missing[:LISTED_MAX])
    return NotReached(case.today.year, listed, len(missing), len(homes))
