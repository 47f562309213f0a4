"""The year close (年终结算): nothing carries over, what was earned stays as it was."""

from collections.abc import Mapping

from domain.ledger import Balance, EntryKind, Posting
from domain.membership import HouseholdId, PersonId
from domain.period import Month, Quarter
from domain.points import Points
from domain.refusal import Refusal


class YearNotOver(Refusal):
    """A year is closed only after its last day."""

    def __init__(self, year: int) -> None:
        super().__init__(str(year))
        self.year = year


class YearUnfinished(Refusal):
    """Something can still change.

    ``months`` are not confirmed, claims ``numbers`` wait, ``quarters`` are not final.
    """

    def __init__(
        self,
        year: int,
        months: tuple[Month, ...],
        numbers: tuple[int, ...],
        quarters: tuple[Quarter, ...],
    ) -> None:
        super().__init__(f"{year} {months} {numbers} {quarters}")
        self.year = year
        self.months = months
        self.numbers = numbers
        self.quarters = quarters


class OrdersOpen(Refusal):
    """``count`` orders of the year are neither collected nor given back."""

    def __init__(self, year: int, count: int) -> None:
        super().__init__(f"{year} {count}")
        self.year = year
        self.count = count


class NothingToClose(Refusal):
    """The village had no points in the year."""

    def __init__(self, year: int) -> None:
        super().__init__(str(year))
        self.year = year


class EarlierYearOpen(Refusal):
    """An earlier year still has points; it is closed first."""

    def __init__(self, year: int) -> None:
        super().__init__(str(year))
        self.year = year


def closing(
    balances: Mapping[HouseholdId, Balance], year: int, *, actors: tuple[PersonId, ...]
) -> tuple[Posting, ...]:
    """Return the entries that end a year: one for each household that has points to spend.

    They end what can be spent and touch nothing that was earned. The cause
    ``year:2026:close:12`` makes each of them once.

    Args:
        balances: What every household has in the year.
        year: The year that ends.
        actors: The two who close it.

    Source: plan section 3(4): points do not cross the year.

    """
    return tuple(
        Posting(
            household=household,
            kind=EntryKind.YEAR_CLOSE,
            points=Points(-balance.spendable),
            cause=f"year:{year}:close:{household}",
            effective_month=Month(year, 12),
            actors=actors,
            reason="",
        )
        for household, balance in sorted(balances.items())
        if balance.spendable
    )
