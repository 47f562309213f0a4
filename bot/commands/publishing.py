"""The publication's desk: 公示 tells anybody, 发布公示 releases it."""

from dataclasses import dataclass

from bot.boards import board_of
from bot.commands.belonging import require_placed
from bot.commands.case import Answer, Case
from bot.commands.errands import errand_of, leaving
from domain.publication import Line, Publication
from schedules import publication as work


@dataclass(frozen=True, slots=True)
class PublicationTold:
    """The current publication; ``own`` is the household's line, told in direct chat only.

    ``board`` is the address of the notice board, "" while there is none.
    """

    village: str
    publication: Publication
    own: Line | None
    takes_objections: bool
    board: str = ""


@dataclass(frozen=True, slots=True)
class NothingPublished:
    """The village has shown no publication yet."""


def tell(case: Case) -> PublicationTold | NothingPublished:
    """Tell the publication that villagers were shown last.

    Raises:
        NotBound: No village is meant.

    """
    current = case.books.publications.current(case.home.id)
    if current is None:
        return NothingPublished()
    current = case.books.boards.covered(case.home.id, current)
    own = None
    if case.room is None and case.person is not None:
        household = case.person.household
        own = next((one for one in current.snapshot.lines if one.household == household), None)
    is_open = current.takes_objections(case.today)
    board = board_of(case.tools, case.home.id)
    return PublicationTold(case.home.name, current, own, is_open, board)


def release(case: Case) -> Answer:
    """Release the quarter that waits (发布公示); the second person shows it to the villagers.

    Raises:
        NotAllowed: Not on the committee.
        HouseholdUnstated: Nobody knows which household is theirs.
        ReleasedAlready, NotPublishable, NumberFound, SignedAlready: See ``schedules.publication``.

    """
    person = require_placed(case)
    result, drafts = work.release(errand_of(case), person)
    return Answer((result,), announced=leaving(case, drafts))
