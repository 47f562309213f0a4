"""The month (一月一审核): the committee is reminded before its last working day."""

from dataclasses import dataclass

from domain.period import Month, parse_month
from schedules.announcing import to_rooms
from schedules.jobs import Errand
from storage.outbox import Draft


@dataclass(frozen=True, slots=True)
class MonthReminder:
    """What waits before a month can be confirmed: a number, never a list of names."""

    month: Month
    waiting: int


def remind(errand: Errand) -> tuple[Draft, ...]:
    """Tell the committee's rooms what still waits in the month; nothing if it is confirmed."""
    month = parse_month(errand.period)
    village = errand.village.id
    if month in errand.books.ledger.confirmed_months(village, year=month.year):
        return ()
    waiting = errand.books.claims.count_open(village, month)
    result = MonthReminder(month, waiting)
    return to_rooms(errand, "committee", result, key=f"month:{month}:{errand.now.date()}")
