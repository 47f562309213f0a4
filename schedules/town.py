"""The town's report (镇级看板): the step lights of every village on a day."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from domain.period import Month, Quarter, village_day
from domain.town import Register, VillageFigures, VillageLine, village_line
from storage.unit_of_work import Books
from storage.villages import Village


class VillageSteps(Protocol):
    """What the report asks about the villages; each method answers for all of them at once."""

    def villages(self) -> Sequence[Village]:
        """Return the villages, by id."""

    def registers(self, as_of: date) -> Mapping[int, Register]:
        """Return eligible and taking-part households, sums of the year, by village."""

    def confirmed(self, as_of: date) -> Mapping[int, frozenset[Month]]:
        """Return the months of the year and the one before confirmed by a day, by village."""

    def published(self, as_of: date) -> Mapping[int, frozenset[Quarter]]:
        """Return the quarters of the year and the one before shown by a day, by village."""

    def redeemed_on(self, as_of: date) -> Mapping[int, date]:
        """Return the last day of the year's first redemption that was held by a day, by village."""

    def waiting(self, as_of: date) -> Mapping[int, int]:
        """Return how many claims are undecided on a day, by village."""

    def objections_open(self, as_of: date) -> Mapping[int, int]:
        """Return how many objections are unanswered on a day, by village."""


@dataclass(frozen=True, slots=True)
class BookSteps:
    """The steps as the books know them; what waited on a day before ``today`` tell the trails."""

    books: Books
    today: date
    within: Collection[int] | None = None
    """The ids of the villages that are asked about; None for all."""

    def villages(self) -> tuple[Village, ...]:
        """Return the villages that figures count."""
        return self.books.villages.counted()

    def registers(self, as_of: date) -> Mapping[int, Register]:
        """Return the registers from roster and totals."""
        return self.books.towns.registers(as_of, within=self.within)

    def confirmed(self, as_of: date) -> Mapping[int, frozenset[Month]]:
        """Return the months that two members had confirmed."""
        return self.books.towns.confirmed(Month(as_of.year - 1, 1), as_of=as_of)

    def published(self, as_of: date) -> Mapping[int, frozenset[Quarter]]:
        """Return the quarters that villagers had been shown."""
        return self.books.towns.published(as_of)

    def redeemed_on(self, as_of: date) -> Mapping[int, date]:
        """Return when the first round was over in which something was handed over."""
        return self.books.towns.redeemed_on(as_of)

    def waiting(self, as_of: date) -> Mapping[int, int]:
        """Return the undecided claims."""
        towns = self.books.towns
        return towns.waited(as_of) if as_of < self.today else towns.waiting()

    def objections_open(self, as_of: date) -> Mapping[int, int]:
        """Return the unanswered objections."""
        return self.books.towns.open_objections(as_of)


def town_report(
    steps: VillageSteps, as_of: date, *, town: str | None = None
) -> tuple[VillageLine, ...]:
    """Return a line for each village, of one town or of all, by town and village.

    From totals: the cost does not grow with the ledger. No names anywhere.
    """
    chosen = [v for v in steps.villages() if town is None or v.town == town]
    registers, confirmed = steps.registers(as_of), steps.confirmed(as_of)
    published, redeemed = steps.published(as_of), steps.redeemed_on(as_of)
    waiting, objections = steps.waiting(as_of), steps.objections_open(as_of)
    lines = (
        village_line(
            VillageFigures(
                town=v.town,
                village=v.name,
                since=village_day(v.created_at),
                register=registers.get(v.id, Register()),
                confirmed=confirmed.get(v.id, frozenset()),
                published=published.get(v.id, frozenset()),
                redeemed_on=redeemed.get(v.id),
                waiting=waiting.get(v.id, 0),
                objections_open=objections.get(v.id, 0),
            ),
            as_of,
        )
        for v in chosen
    )
    return tuple(sorted(lines, key=lambda line: (line.figures.town, line.figures.village)))
