"""What the month's page shows of the quarter (季度公示): what is missing, who released it first."""

from dataclasses import dataclass
from typing import Final

from bot.commands.case import Case
from bot.commands.errands import errand_of
from domain.membership import Person
from domain.period import Month, Quarter
from domain.publication import Line, Snapshot, check_numbers
from domain.refusal import Refusal
from domain.sign_off import SignOff, signed
from schedules.lacking import missing
from schedules.publication import quarters_waiting, release_of, snapshot_of

LINES_MAX: Final = 20


@dataclass(frozen=True, slots=True)
class QuarterSheet:
    """The oldest quarter that is over and was not shown yet, for one who looks at it.

    ``months`` are not confirmed, ``numbers`` not decided; while there are any,
    ``snapshot`` is None, else it is what would be shown now. ``agreed`` have
    released these very figures. ``barred`` is why this person's release would not
    count; ``reviews`` is false for a supervisor, who releases nothing.
    """

    quarter: Quarter
    months: tuple[Month, ...]
    numbers: tuple[int, ...]
    snapshot: Snapshot | None
    agreed: tuple[str, ...]
    barred: Refusal | None
    reviews: bool

    @property
    def may_release(self) -> bool:
        """Whether the form to release is offered."""
        return self.reviews and self.snapshot is not None and self.barred is None

    @property
    def lines(self) -> tuple[Line, ...]:
        """The first lines, as they would be printed."""
        return self.snapshot.lines[:LINES_MAX] if self.snapshot else ()


def quarter_sheet(case: Case, person: Person) -> QuarterSheet | None:
    """Return the quarter that waits to be shown, None when none does; nothing is prepared by it."""
    books, home = case.books, case.home
    waiting = quarters_waiting(books, home, today=case.today)
    if not waiting:
        return None
    quarter = waiting[0]
    months, numbers = missing(books, home, quarter, today=case.today)
    snapshot: Snapshot | None = None
    barred: Refusal | None = None
    standing: tuple[SignOff, ...] = ()
    try:
        if not months and not numbers:
            snapshot = snapshot_of(errand_of(case), quarter)
            check_numbers(snapshot)
            standing = _standing(case, snapshot)
            if standing:
                signed(str(quarter), person, stance=standing[0].stance, earlier=standing)
    except Refusal as refusal:
        barred = refusal
    names = tuple(books.people.get(home.id, one.person).name for one in standing)
    return QuarterSheet(quarter, months, numbers, snapshot, names, barred, person.reviews)


def _standing(case: Case, snapshot: Snapshot) -> tuple[SignOff, ...]:
    """Return who has released these very figures; agreements to others have lapsed."""
    known = case.books.publications.newest(case.home.id, snapshot.quarter)
    if known is None or known.snapshot.figures != snapshot.figures:
        return ()
    standing = case.books.sign_offs.standing(case.home.id, release_of(known))
    return tuple(one for one in standing if one.stance == known.digest)
