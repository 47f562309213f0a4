"""The year's end desk: 年终结算 by two members."""

from bot.commands.agreeing import HalfAgreed, agree
from bot.commands.case import Case
from bot.understanding.reading import Slots
from domain.authority import require_committee
from schedules.year import YearClosing, check_close, close, honoured


def close_year(case: Case, slots: Slots) -> YearClosing | HalfAgreed:
    """Close a year, the one before this by default; saying it again changes nothing.

    Raises:
        NotAllowed: The person is not on the committee.
        YearNotOver, NothingToClose, EarlierYearOpen, YearUnfinished: It is too early.
        SignedAlready: The same household cannot agree twice.

    """
    person = require_committee(case.person)
    year, village = slots.year or case.today.year - 1, case.home
    known = case.books.years.closed(village.id, year)
    if known is not None:
        return YearClosing(known, honoured(case.books, village.id, year), is_new=False)
    check_close(case.books, village, year, today=case.today)
    actors = agree(case, f"year:{year}", person)
    if actors is None:
        return HalfAgreed()
    rules = case.tools.shelf.in_force
    return close(case.books, village, year, actors=actors, at=case.now, rules=rules)
