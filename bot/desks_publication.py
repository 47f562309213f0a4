"""The counter of month review, publication and objections; ``bot/desks.py`` merges it."""

from collections.abc import Callable
from typing import Final

from bot.commands import answering, month_reviewing, objecting, publishing
from bot.commands.case import Answer, Case
from bot.understanding.publication_reading import RELEASE
from bot.understanding.reading import Intent, Reading


def _publication(case: Case, reading: Reading) -> Answer:
    """Tell the current publication (公示), or release the one that waits (发布公示)."""
    if reading.slots.outcome == RELEASE:
        return publishing.release(case)
    return Answer((publishing.tell(case),))


PUBLICATION_DESKS: Final[dict[Intent, Callable[[Case, Reading], Answer]]] = {
    Intent.MONTH_REVIEW: lambda case, r: Answer((month_reviewing.show(case, r.slots),)),
    Intent.CONFIRM_MONTH: lambda case, r: Answer((month_reviewing.confirm(case, r.slots),)),
    Intent.MOVE_ON: lambda case, r: month_reviewing.move_on(case, r.slots),
    Intent.PUBLICATION: _publication,
    Intent.OBJECTION: lambda case, r: Answer((objecting.raise_objection(case, r.slots),)),
    Intent.ANSWER_OBJECTION: lambda case, r: answering.answer(case, r.slots),
}

PUBLICATION_CONFIDENTIAL: Final = frozenset(
    {
        Intent.MONTH_REVIEW,
        Intent.CONFIRM_MONTH,
        Intent.MOVE_ON,
        Intent.OBJECTION,
        Intent.ANSWER_OBJECTION,
    }
)
"""Answered directly when they are spoken before the villagers' room."""
