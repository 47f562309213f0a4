"""What hangs on the notice board (公示栏): publication, what comes next, redemption, the rules."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from domain.calendar import IsWorking
from domain.objection import ObjectionState
from domain.period import Month, Quarter, parse_month, parse_quarter, village_day
from domain.publication import Line
from domain.redemption_round import Round, RoundState, turned
from domain.rulebook import Adoption, Item, Rulebook
from schedules.due import Occasion
from schedules.jobs import Shelf, look
from schedules.publication import quarters_waiting
from schedules.timetable import JobKind
from storage.boards import Edition
from storage.unit_of_work import Books
from storage.villages import Village

TOP_MAX: Final = 20
PAGE_LINES: Final = 300
COMING_MAX: Final = 12
YEAR_ENDS: Final = (12, 31)


@dataclass(frozen=True, slots=True)
class Place:
    """A village and the instant at which somebody looks at its board."""

    village: Village
    now: datetime
    shelf: Shelf
    is_working: IsWorking

    @property
    def today(self) -> date:
        """The village day."""
        return village_day(self.now)


class ComingKind(StrEnum):
    """What comes next in a village."""

    OBJECTIONS_END = "objections-end"
    MONTH_REVIEW = "month-review"
    PUBLICATION = "publication"
    PUBLICATION_LATE = "publication-late"
    ORDERS_BEGIN = "orders-begin"
    ORDERS_END = "orders-end"
    COLLECTING = "collecting"
    YEAR_ENDS = "year-ends"
    YEAR_CLOSES = "year-closes"


@dataclass(frozen=True, slots=True)
class Coming:
    """One thing that comes: its day, its last day, and what it is about."""

    kind: ComingKind
    on: date
    until: date | None = None
    subject: Month | Quarter | Round | int | None = None


@dataclass(frozen=True, slots=True)
class RulesInForce:
    """The rulebook of today and the record that put it in force."""

    rulebook: Rulebook
    adoption: Adoption

    @property
    def count(self) -> int:
        """How many items are switched on."""
        return sum(1 for _ in self.rulebook.offered())

    @property
    def parts(self) -> tuple[tuple[str, str, tuple[tuple[str, tuple[Item, ...]], ...]], ...]:
        """The items by category and sub-item: letter, name, and what stands under it."""
        return tuple(
            (letter, name, self._of(letter))
            for letter, name in self.rulebook.category_names.items()
            if self._of(letter)
        )

    def _of(self, letter: str) -> tuple[tuple[str, tuple[Item, ...]], ...]:
        found: dict[str, list[Item]] = {}
        for item in self.rulebook.offered():
            if item.category == letter:
                found.setdefault(item.code[:2], []).append(item)
        names = self.rulebook.sub_item_names
        return tuple((names.get(code, ""), tuple(items)) for code, items in found.items())


@dataclass(frozen=True, slots=True)
class BoardSheet:
    """The front of a notice board.

    ``top`` are the first places of the latest edition, ``listed`` how many lines it has;
    ``disputed`` counts objections to it that are not answered. ``rules`` is None
    while no version is in force.
    """

    village: Village
    today: date
    latest: Edition | None
    earlier: tuple[Edition, ...]
    top: tuple[Line, ...]
    listed: int
    disputed: int
    coming: tuple[Coming, ...]
    rounds: tuple[Round, ...]
    rules: RulesInForce | None


@dataclass(frozen=True, slots=True)
class ListSheet:
    """One page of an edition's lines, of one group or of all.

    ``is_latest`` is false for an edition that another one has followed.
    """

    village: Village
    today: date
    edition: Edition
    is_latest: bool
    groups: tuple[tuple[int, int], ...]
    group: int | None
    number: int
    pages: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class RulesSheet:
    """The rules in force with what each item gives and asks for."""

    village: Village
    today: date
    rules: RulesInForce | None


def front(books: Books, at: Place) -> BoardSheet:
    """Return the front of a village's notice board."""
    village = at.village.id
    editions = books.boards.editions(village)
    latest = editions[0] if editions else None
    disputed = books.objections.count(village, latest.quarter) if latest else {}
    rounds = rounds_of(books, at)
    return BoardSheet(
        village=at.village,
        today=at.today,
        latest=latest,
        earlier=editions[1:],
        top=_top(books, village, latest) if latest else (),
        listed=sum(n for _, n in books.boards.groups(village, latest)) if latest else 0,
        disputed=disputed.get(ObjectionState.RAISED, 0),
        coming=coming(books, at, latest=latest, rounds=rounds),
        rounds=rounds,
        rules=rules_of(books, at),
    )


def _top(books: Books, village: int, latest: Edition) -> tuple[Line, ...]:
    lines = books.boards.lines(village, latest, limit=TOP_MAX)
    return tuple(line for line in lines if line.shown_place is not None)


def listed(
    books: Books,
    at: Place,
    quarter: Quarter,
    *,
    number: int | None,
    group: int | None,
    page: int,
) -> ListSheet | None:
    """Return a page of an edition, the last of its quarter without a number; None if not there."""
    village = at.village.id
    editions = [e for e in books.boards.editions(village) if e.quarter == quarter]
    edition = next((e for e in editions if number in {None, e.number}), None)
    if edition is None:
        return None
    groups = books.boards.groups(village, edition)
    count = sum(n for g, n in groups if group in {None, g})
    pages = max(1, -(-count // PAGE_LINES))
    if not 1 <= page <= pages or (group is not None and not count):
        return None
    lines = books.boards.lines(
        village, edition, group=group, after=(page - 1) * PAGE_LINES, limit=PAGE_LINES
    )
    return ListSheet(
        village=at.village,
        today=at.today,
        edition=edition,
        is_latest=edition == editions[0],
        groups=groups,
        group=group,
        number=page,
        pages=pages,
        lines=lines,
    )


def rules_of(books: Books, at: Place) -> RulesInForce | None:
    """Return the rules in force today; None before the village has adopted any."""
    adoption = books.rulebooks.adoption(at.village.id, at.today)
    if adoption is None:
        return None
    return RulesInForce(at.shelf.in_force(books, at.village.id, at.today), adoption)


def rounds_of(books: Books, at: Place) -> tuple[Round, ...]:
    """Return the rounds that are planned, open or being collected, the open one first."""
    found = [turned(one, at.today) for one in books.rounds.running(at.village.id)]
    found = [one for one in found if one.plan.collect_until >= at.today]
    return tuple(sorted(found, key=lambda one: one.state is not RoundState.OPEN))


def coming(
    books: Books, at: Place, *, latest: Edition | None, rounds: tuple[Round, ...]
) -> tuple[Coming, ...]:
    """Return what comes next, by its day: from the publication, the calendar and the rounds."""
    found = [*_of_edition(latest, at.today), *_of_calendar(books, at), *_of_rounds(rounds)]
    found.append(
        Coming(ComingKind.YEAR_ENDS, date(at.today.year, *YEAR_ENDS), subject=at.today.year)
    )
    ahead = [one for one in found if (one.until or one.on) >= at.today]
    return tuple(sorted(ahead, key=lambda one: (one.on, one.kind))[:COMING_MAX])


def _of_edition(latest: Edition | None, today: date) -> Iterator[Coming]:
    if latest is not None and latest.takes_objections(today):
        on = latest.objections_until
        yield Coming(ComingKind.OBJECTIONS_END, on, subject=latest.quarter)


def _of_calendar(books: Books, at: Place) -> Iterator[Coming]:
    """Yield what the village's own calendar holds; what is switched off there is left out.

    A quarter that is over, and whose day has passed, is on its way.
    """
    agenda = look(books, at.village, now=at.now, is_working=at.is_working)
    ahead = [known for one in agenda.coming for known in _occasion(one)]
    dated = {one.subject for one in ahead if one.kind is ComingKind.PUBLICATION}
    for quarter in quarters_waiting(books, at.village, today=at.today)[:1]:
        if quarter not in dated:
            yield Coming(ComingKind.PUBLICATION_LATE, at.today, subject=quarter)
    yield from ahead


def _occasion(one: Occasion) -> Iterator[Coming]:
    on = village_day(one.at)
    if one.kind is JobKind.MONTH_REMINDER_FIRST:
        yield Coming(ComingKind.MONTH_REVIEW, on, subject=parse_month(one.period))
    elif one.kind is JobKind.QUARTER_PUBLICATION:
        yield Coming(ComingKind.PUBLICATION, on, subject=parse_quarter(one.period))
    elif one.kind is JobKind.YEAR_CLOSE_REMINDER:
        yield Coming(ComingKind.YEAR_CLOSES, on, subject=on.year - 1)


def _of_rounds(rounds: tuple[Round, ...]) -> Iterator[Coming]:
    for one in rounds:
        plan = one.plan
        if one.state is RoundState.DRAFT:
            yield Coming(ComingKind.ORDERS_BEGIN, plan.opens_on, plan.closes_on, one)
        elif one.state is RoundState.OPEN:
            yield Coming(ComingKind.ORDERS_END, plan.closes_on, subject=one)
        yield Coming(ComingKind.COLLECTING, plan.collect_from, plan.collect_until, one)
