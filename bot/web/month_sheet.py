"""What the month's page shows (月审页): the month as in the talk, with its claims to look at."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot.commands.case import Case
from bot.commands.changing import rulebook_of
from bot.commands.month_reviewing import MonthShown, matter_of, show
from bot.understanding.reading import Occurred, Slots
from bot.web.quarter_sheet import QuarterSheet, quarter_sheet
from domain.authority import check_conflict
from domain.claim import Claim, ClaimKey
from domain.month_review import next_month
from domain.period import Month
from domain.refusal import Refusal
from domain.sign_off import signed
from schedules.month import late_months
from storage.villages import Household

LOOKED_MAX: Final = 20


@dataclass(frozen=True, slots=True)
class Looked:
    """A claim to look at, with its item's name and its household.

    ``barred`` is why this person may not move it on; None if they may.
    """

    claim: Claim
    item_name: str
    household: Household
    barred: Refusal | None = None


@dataclass(frozen=True, slots=True)
class MonthSheet:
    """A month for one who looks at it.

    ``waiting``, ``recheck`` and ``flagged`` hold at most twenty claims each, the talk's
    own ``shown`` names them all. ``late`` are all months that are over and not confirmed.
    ``barred`` is why this person's agreement would not count; ``reviews`` is
    false for a supervisor, who looks and agrees to nothing. ``quarter`` is the one
    that waits to be shown, None when none does.
    """

    shown: MonthShown
    waiting: tuple[Looked, ...]
    recheck: tuple[Looked, ...]
    flagged: tuple[Looked, ...]
    late: tuple[Month, ...]
    barred: Refusal | None
    reviews: bool
    quarter: QuarterSheet | None

    @property
    def may_confirm(self) -> bool:
        """Whether the form to confirm is offered."""
        is_ready = self.shown.is_over and not self.shown.is_confirmed and not self.shown.waiting
        return self.reviews and is_ready and self.barred is None


def month_sheet(case: Case, month: Month | None) -> MonthSheet:
    """Return a month's page, the oldest that is not confirmed without one named.

    A page writes nothing: the recheck is shown once it was drawn, by its button or in the talk.

    Raises:
        NotAllowed: Neither on the committee nor a supervisor.
    """
    slots = Slots(occurred=Occurred("", month.first_day)) if month else Slots()
    shown = show(case, slots, draws=False)
    person = case.person
    assert person is not None, "nobody else is shown a month"
    flags = shown.flags
    alike = dict.fromkeys((*flags.same_photo, *flags.like_photo, *flags.late))
    return MonthSheet(
        shown=shown,
        waiting=_looked(case, shown.waiting),
        recheck=_looked(case, shown.recheck),
        flagged=_looked(case, alike),
        late=late_months(case.books, case.home, today=case.today),
        barred=_barred(case, shown.month),
        reviews=person.reviews,
        quarter=quarter_sheet(case, person),
    )


def _barred(case: Case, month: Month) -> Refusal | None:
    assert case.person is not None, "as above"
    matter = matter_of(month)
    earlier = case.books.sign_offs.standing(case.home.id, matter)
    try:
        signed(matter, case.person, earlier=earlier)
    except Refusal as refusal:
        return refusal
    return None


def _looked(case: Case, keys: Iterable[ClaimKey]) -> tuple[Looked, ...]:
    return tuple(_look(case, key) for key in tuple(keys)[:LOOKED_MAX])


def _look(case: Case, key: ClaimKey) -> Looked:
    claim = case.books.claims.get(case.home.id, key)
    assert claim is not None, key
    assert case.person is not None, "as above"
    barred: Refusal | None = None
    try:
        check_conflict(case.person, claim)
        confirmed = case.books.month_reviews.confirmed(case.home.id)
        next_month(claim.effective_month, number=key.number, confirmed=confirmed)
    except Refusal as refusal:
        barred = refusal
    return Looked(
        claim,
        rulebook_of(case, claim).item(claim.act.item).short_name,
        case.books.households.get(case.home.id, claim.household),
        barred,
    )
