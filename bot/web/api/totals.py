"""The totals of a village's year: by month, and each month by category."""

from datetime import timedelta
from typing import Final

from bot.web.api import answers
from bot.web.api.acts import Call
from bot.web.api.figures import figure
from bot.web.api.params import TotalsParams
from bot.web.api.problems import Code, Problem
from domain.disclosure import Cell, told, told_beside
from domain.period import Month
from domain.rulebook import RulebookMissing

NOTHING: Final = Cell()


def totals(call: Call, params: TotalsParams) -> answers.Totals:
    """Return the sums of a year and its months.

    What is kept back of a month depends on the other months of its year, so one
    month alone is told exactly as it is told among them.
    """
    village, year = call.village(params.village), call.year(params.year)
    begun = [m for n in range(1, 13) if (m := Month(year, n)).first_day <= call.today]
    chosen = [m for m in begun if params.month in {None, m.month}]
    if not chosen:
        raise Problem(Code.PERIOD_UNKNOWN)
    figures = call.books.figures
    earned = _beside(begun, figures.earned_by_month(village.id, year))
    spent = _beside(begun, figures.spent_by_month(village.id, year))
    categories = figures.by_category(village.id, chosen[0], chosen[-1])
    confirmed = call.books.ledger.confirmed_months(village.id, year=year)
    names = _names(call, village.id, year)
    return answers.Totals(
        village=village.id,
        year=year,
        closed=year <= village.closed_through,
        earned=figure(told(figures.earned(village.id, year))),
        redeemed=figure(told(figures.spent(village.id, year))),
        months=[
            answers.MonthTotals(
                month=str(month),
                confirmed=month in confirmed,
                earned=figure(earned[month]),
                redeemed=figure(spent[month]),
                categories=_categories(earned[month], categories.get(month, {}), names),
            )
            for month in chosen
        ],
    )


def _beside(months: list[Month], cells: dict[Month, Cell]) -> dict[Month, Cell | None]:
    """Return each month's sum; None where it is kept back."""
    return dict(zip(months, told_beside([cells.get(m, NOTHING) for m in months]), strict=True))


def _categories(
    month: Cell | None, cells: dict[str, Cell], names: dict[str, str]
) -> list[answers.CategoryTotals]:
    """Return the categories of a month that is told itself: together they are its sum."""
    if month is None or not month.households:
        return []
    letters = sorted(cells, key=lambda letter: (not letter, letter))
    shown = told_beside([cells[letter] for letter in letters])
    return [
        answers.CategoryTotals(category=letter or None, name=names.get(letter), earned=figure(cell))
        for letter, cell in zip(letters, shown, strict=True)
    ]


def _names(call: Call, village: int, year: int) -> dict[str, str]:
    """Return what the village called its categories at the end of the year, or calls them now."""
    day = min(call.today, Month(year, 12).end - timedelta(days=1))
    try:
        return dict(call.shelf.in_force(call.books, village, day).category_names)
    except RulebookMissing:
        return {}
