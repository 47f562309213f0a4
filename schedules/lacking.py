"""What a quarter lacks before it can be shown (还缺什么), and to whom that was said."""

from datetime import date

from domain.period import Month, Quarter
from domain.publication import Telling
from schedules.month import late_months
from storage.unit_of_work import Books
from storage.villages import Village


def missing(
    books: Books, village: Village, quarter: Quarter, *, today: date
) -> tuple[tuple[Month, ...], tuple[int, ...]]:
    """Return what a quarter lacks: months not confirmed, numbers of undecided claims."""
    late = late_months(books, village, today=today)
    months = tuple(month for month in quarter.months if month in late)
    waiting = books.claims.open_in(village.id, quarter.months)
    return months, tuple(key.number for key, _ in waiting)


def tellings(books: Books, village: int, quarter: Quarter) -> tuple[Telling, ...]:
    """Return on which days it was said what a quarter lacks, and to whom, latest first.

    What is kept are the keys of the notices: they end with a room, or a person's number.
    """
    rooms = {room.room for room in books.rooms.of_village(village, "committee")}
    found = []
    for on, keys in books.publications.told_missing(village, quarter):
        ends = tuple(key.rpartition(":")[2] for key in keys.splitlines())
        people = [int(end) for end in ends if end.isdecimal() and end not in rooms]
        known = (books.people.find(village, person) for person in people)
        names = tuple(one.name for one in known if one is not None and one.name)
        found.append(Telling(on, names, in_room=len(people) < len(ends)))
    return tuple(found)
