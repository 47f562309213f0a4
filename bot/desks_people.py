"""The desks of people and the year's end: honours, closing, participation, leaving, the roster."""

from collections.abc import Callable
from typing import Final

from bot.commands import belonging, closing, honouring, leaving, participating, publicity, roster
from bot.commands.case import Answer, Case
from bot.understanding.reading import Intent, Reading


def _leave(case: Case, _reading: Reading) -> Answer:
    """Ask once more; who has just been told what is kept, and does not agree, goes at once."""
    is_dissent = case.person is not None and not belonging.has_begun(case)
    return Answer((belonging.leave(case) if is_dissent else leaving.ask(case),))


DESKS: Final[dict[Intent, Callable[[Case, Reading], Answer]]] = {
    Intent.LEAVE: _leave,
    Intent.MY_DATA: lambda case, _: Answer((leaving.my_data(case),)),
    Intent.PUBLICITY: lambda case, reading: Answer((publicity.change(case, reading.slots),)),
    Intent.PARTICIPATION: lambda case, _: Answer((participating.tell(case),)),
    Intent.NOT_REACHED: lambda case, _: Answer((participating.not_reached(case),)),
    Intent.HONOUR_LIST: lambda case, reading: Answer(
        (honouring.list_candidates(case, reading.slots),)
    ),
    Intent.HONOUR_GIVE: lambda case, reading: Answer((honouring.give(case, reading.slots),)),
    Intent.VETO_LIFT: lambda case, reading: Answer((honouring.lift(case, reading.slots),)),
    Intent.YEAR_CLOSE: lambda case, reading: Answer((closing.close_year(case, reading.slots),)),
    Intent.NEW_HEAD: lambda case, reading: Answer((roster.new_head(case, reading.slots),)),
    Intent.MOVED_AWAY: lambda case, reading: Answer((roster.moved_away(case, reading.slots),)),
}
READ_ONLY: Final = frozenset({Intent.MY_DATA, Intent.NOT_REACHED, Intent.HONOUR_LIST})
CONFIDENTIAL: Final = frozenset(
    {
        Intent.MY_DATA,
        Intent.NOT_REACHED,
        Intent.HONOUR_LIST,
        Intent.HONOUR_GIVE,
        Intent.VETO_LIFT,
        Intent.YEAR_CLOSE,
        Intent.NEW_HEAD,
        Intent.MOVED_AWAY,
    }
)
