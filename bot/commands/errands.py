"""Errands (代办): what a person starts in chat and the calendar could have started as well."""

from bot.boards import board_of
from bot.commands.case import Case
from bot.workdays import is_working
from schedules.announcing import is_daytime
from schedules.jobs import Errand
from storage.outbox import Draft


def errand_of(case: Case) -> Errand:
    """Return the errand of a case: the same books, village and instant."""
    board = board_of(case.tools, case.home.id)
    return Errand(case.books, case.home, "", case.now, _say, is_working, case.tools.shelf, board)


def leaving(case: Case, drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    """Return the notices that may leave at once; at night they wait in the outbox."""
    return drafts if is_daytime(case.now) else ()


def _say(result: object) -> str:
    from bot.replies.results import word  # noqa: PLC0415 - the words know the desks, not the other way

    return word((result,))
