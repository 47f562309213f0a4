"""The year's end (年终): who is honoured, the close, the reminder before and the notice after."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from domain.bottom_line import Bars, bars
from domain.claim import Claim
from domain.honours import YEAR_AWARD, Honour, year_award
from domain.membership import PersonId
from domain.participation import participation
from domain.period import Month, Quarter, month_of, village_day
from domain.points import Points
from domain.publication import PublicationState
from domain.ranking import Standing
from domain.rulebook import Rulebook
from domain.year_close import (
    EarlierYearOpen,
    NothingToClose,
    OrdersOpen,
    YearNotOver,
    YearUnfinished,
    closing,
)
from schedules.announcing import to_villagers
from schedules.jobs import Errand, NotYet
from schedules.reminding import tell
from storage.ledger_closing import post_closing
from storage.outbox import Draft
from storage.unit_of_work import Books
from storage.villages import Household, Village
from storage.years import YearClose

COMMENDED_WITHIN: Final = timedelta(days=14)
"""A close is announced as long as it is so fresh; rooms bound later do not hear of it."""

Rules = Callable[[Books, int, date], Rulebook]
"""Looks a village's rulebook up, as it was in force on a day."""


@dataclass(frozen=True, slots=True)
class YearClosing:
    """A closed year and whom it honours, best first; ``is_new`` when it was closed just now."""

    close: YearClose
    honoured: tuple[tuple[Honour, Household], ...]
    is_new: bool


@dataclass(frozen=True, slots=True)
class YearCanClose:
    """Tells the committee that everything is ready for the year's close."""

    year: int


@dataclass(frozen=True, slots=True)
class Commendation:
    """Tells the village whom the year honours; names are masked unless the household agreed."""

    year: int
    honoured: tuple[Household, ...]


def is_finished(books: Books, village: int, year: int) -> bool:
    """Return whether nothing can change in a year any more, so that it may be closed.

    Its twelve months are confirmed, no claim of it is undecided, and the last
    edition of every quarter shown is final: every objection is answered.
    """
    return not (any(lacking(books, village, year)) or open_quarters(books, village, year))


def open_quarters(books: Books, village: int, year: int) -> tuple[Quarter, ...]:
    """Return the quarters of a year that were shown and are not final; the fourth is among them."""
    shown = books.publications.released(village, year=year) | {Quarter(year, 4)}
    newest = {quarter: books.publications.newest(village, quarter) for quarter in sorted(shown)}
    return tuple(
        quarter
        for quarter, one in newest.items()
        if one is None or one.state is not PublicationState.FINAL
    )


def lacking(books: Books, village: int, year: int) -> tuple[tuple[Month, ...], tuple[int, ...]]:
    """Return the months of a year that are not confirmed, and the numbers of claims that wait.

    Months before the village began concern nobody, unless something counts in them.
    """
    began = month_of(village_day(books.villages.get(village).created_at))
    confirmed = books.ledger.confirmed_months(village, year=year)
    with_entries = books.ledger.months_with_entries(village, year=year)
    every = tuple(Month(year, number) for number in range(1, 13))
    months = (m for m in every if m not in confirmed and (m >= began or m in with_entries))
    waiting = books.claims.open_in(village, every)
    return tuple(months), tuple(key.number for key, _ in waiting)


def barred(books: Books, village: int, year: int, rules: Rules) -> Bars:
    """Return the households that a bottom-line veto bars from a year's honours, and why."""

    def has_veto(claim: Claim) -> bool:
        return bool(rules(books, village, claim.act.occurred_on).item(claim.act.item).veto)

    found = books.bottom_lines.deductions(village, year=year)
    return bars(found, has_veto=has_veto, lifted=books.bottom_lines.lifted(village, year=year))


def awarded(books: Books, village: int, as_of: date, rules: Rules) -> tuple[Standing, ...]:
    """Return who would get the year award if the year ended on a day, best first."""
    earned = books.participations.earned(village, as_of)
    vetoed = barred(books, village, as_of.year, rules)
    return year_award(earned, barred=vetoed.keys() & earned.keys())


def check_close(books: Books, village: Village, year: int, *, today: date) -> None:
    """Refuse to close a year too early.

    Raises:
        YearNotOver: Its last day is not over.
        NothingToClose: The village had not begun, and nothing counts in it.
        EarlierYearOpen: An earlier year still has points to spend.
        YearUnfinished: A month is not confirmed, or a quarter not final.
        OrdersOpen: Orders wait to be collected; they are handed over or lapse first.

    """
    if today.year <= year:
        raise YearNotOver(year)
    if not _has_begun(books, village, year):
        raise NothingToClose(year)
    for earlier in range(max(village.closed_through + 1, village.created_at.year - 1), year):
        if any(b.spendable for b in books.ledger.balances(village.id, year=earlier).values()):
            raise EarlierYearOpen(earlier)
    months, numbers = lacking(books, village.id, year)
    quarters = open_quarters(books, village.id, year)
    if months or numbers or quarters:
        raise YearUnfinished(year, months, numbers, quarters)
    if waiting := books.redemptions.count_reserved(village.id, year=year):
        raise OrdersOpen(year, waiting)


def _has_begun(books: Books, village: Village, year: int) -> bool:
    is_there = village_day(village.created_at).year <= year
    return is_there or bool(books.ledger.months_with_entries(village.id, year=year))


def close(
    books: Books,
    village: Village,
    year: int,
    *,
    actors: tuple[PersonId, ...],
    at: datetime,
    rules: Rules,
) -> YearClosing:
    """Close a year: honours are given, spendable points end, the totals are frozen.

    Everything happens in this transaction; closing again changes nothing.

    Raises:
        YearNotOver, NothingToClose, EarlierYearOpen, YearUnfinished: See ``check_close``.

    """
    books.villages.lock(village.id)
    known = books.years.closed(village.id, year)
    if known is not None:
        return YearClosing(known, honoured(books, village.id, year), is_new=False)
    check_close(books, village, year, today=village_day(at))
    last_day = date(year, 12, 31)
    for one in awarded(books, village.id, last_day, rules):
        honour = Honour(year, YEAR_AWARD, one.household, one.place, one.points)
        books.years.give(village.id, honour, at=at)
    made = _end_points(books, village.id, year, actors=actors, at=at)
    books.years.keep_close(village.id, made)
    books.villages.close_year(village.id, year)
    return YearClosing(made, honoured(books, village.id, year), is_new=True)


def _end_points(
    books: Books, village: int, year: int, *, actors: tuple[PersonId, ...], at: datetime
) -> YearClose:
    """End what can be spent and return the year's sums."""
    balances = books.ledger.balances(village, year=year)
    postings = closing(balances, year, actors=actors)
    post_closing(books.connection, village, postings, month=Month(year, 12), at=at)
    shares = participation(books.participations.homes(village, date(year, 12, 31)))
    return YearClose(
        year=year,
        eligible=shares.every.eligible,
        taking_part=shares.every.taking_part,
        earned=Points(sum(b.earned for b in balances.values())),
        redeemed=Points(sum(b.redeemed for b in balances.values())),
        ended=Points(-sum(p.points for p in postings)),
        households_ended=len(postings),
        actors=actors,
        closed_at=at,
        head=books.ledger.head(village),
    )


def honoured(
    books: Books, village: int, year: int, *, name: str = YEAR_AWARD
) -> tuple[tuple[Honour, Household], ...]:
    """Return who has an honour of a year, best first."""
    return tuple(
        (honour, books.households.get(village, honour.household))
        for honour in books.years.honours(village, year=year, name=name)
    )


def remind(errand: Errand) -> tuple[Draft, ...]:
    """Tell the committee, once, that last year can be closed.

    Raises:
        NotYet: Something of it can still change, or the committee hears something else today.

    """
    year = int(errand.period[:4]) - 1
    village = errand.village
    if not _has_begun(errand.books, village, year):
        return ()
    if errand.books.years.closed(village.id, year) is not None:
        return ()
    if not is_finished(errand.books, village.id, year):
        raise NotYet
    return tell(errand, YearCanClose(year), key=f"year:{year}:ready")


def commend(errand: Errand) -> tuple[Draft, ...]:
    """Tell the villagers' rooms, once, whom the year that was closed last honours.

    Raises:
        NotYet: They hear something else today.

    """
    year = errand.books.villages.get(errand.village.id).closed_through
    made = errand.books.years.closed(errand.village.id, year)
    if made is None or errand.now - made.closed_at > COMMENDED_WITHIN:
        return ()
    found = honoured(errand.books, errand.village.id, year)
    if not found:
        return ()
    result = Commendation(year, tuple(household for _, household in found))
    return to_villagers(errand, result, key=f"year:{year}:commendation")
