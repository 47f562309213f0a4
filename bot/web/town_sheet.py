"""What town and district see (一屏观天下): figures of villages from the totals; no names."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.shelf import RulebookShelf
from domain.objection import ObjectionState
from domain.officer import Level, Officer
from domain.participation import Participation, participation
from domain.period import Month, Quarter
from domain.points import ZERO, Points
from domain.redemption import RedemptionState
from domain.redemption_round import RoundState
from domain.rulebook import RulebookMissing
from domain.town import VillageLine
from domain.town_sum import TownSum, town_sum
from schedules.town import BookSteps, town_report
from storage.town_trends import MonthPoints, Objected, RoundLine, Shown, TownTrends
from storage.unit_of_work import Books
from storage.villages import Village


@dataclass(frozen=True, slots=True)
class Tile:
    """A village on the screen."""

    id: int
    line: VillageLine


@dataclass(frozen=True, slots=True)
class MonthSum:
    """A month of the year: its points, and how many villages have confirmed it."""

    month: Month
    earned: Points
    redeemed: Points
    confirmed: int


@dataclass(frozen=True, slots=True)
class QuarterSum:
    """A quarter as villagers were shown it, added up over the villages that have shown it."""

    quarter: Quarter
    villages: int
    eligible: int
    participating: int


@dataclass(frozen=True, slots=True)
class CategorySum:
    """A category of the rulebook and what was earned under it; ``name`` may be unknown."""

    letter: str
    name: str
    earned: Points


@dataclass(frozen=True, slots=True)
class Trends:
    """The year so far, of one village or of many."""

    months: tuple[MonthSum, ...]
    quarters: tuple[QuarterSum, ...]
    categories: tuple[CategorySum, ...]
    objections: Objected
    vouchers: Counter[RedemptionState]
    rounds: Counter[RoundState]


@dataclass(frozen=True, slots=True)
class TownSheet:
    """The page of one town; ``at`` is when the figures were read, ``stamp`` names their state."""

    area: str
    as_of: date
    at: datetime
    stamp: str
    tiles: tuple[Tile, ...]
    sums: TownSum
    trends: Trends


@dataclass(frozen=True, slots=True)
class VillageSheet:
    """The page of one village, still without names."""

    village: Village
    as_of: date
    at: datetime
    stamp: str
    line: VillageLine
    homes: Participation
    trends: Trends
    confirmed: Mapping[Month, datetime]
    shown: tuple[Shown, ...]
    rounds: tuple[RoundLine, ...]


@dataclass(frozen=True, slots=True)
class DistrictSheet:
    """The page of a district: the sums of each of its towns, and all together."""

    area: str
    as_of: date
    at: datetime
    stamp: str
    towns: tuple[tuple[str, TownSum], ...]
    sums: TownSum
    trends: Trends


Sheet = TownSheet | VillageSheet | DistrictSheet


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at the books is made with."""

    books: Books
    shelf: RulebookShelf
    as_of: date
    at: datetime
    stamp: str

    def lines(self, villages: Iterable[Village]) -> dict[int, VillageLine]:
        """Return the lines of some villages by id, in their order."""
        some = tuple(villages)
        ids = [v.id for v in some]
        report = town_report(BookSteps(self.books, self.as_of, ids), self.as_of)
        named = {line.figures.village: line for line in report}
        return {v.id: named[v.name] for v in some}

    def trends(self, ids: list[int]) -> Trends:
        """Return the year of some villages, added up."""
        read, year = TownTrends(self.books.connection, ids), self.as_of.year
        vouchers: Counter[RedemptionState] = Counter()
        for states in read.vouchers(year).values():
            vouchers.update(states)
        rounds = Counter(one.state for some in read.rounds(year).values() for one in some)
        return Trends(
            _months(read.months(year), read.confirmed(year), self.as_of),
            _quarters(read.shown(year)),
            self._categories(read.categories(year)),
            _objections(read.objected(self.as_of)),
            vouchers,
            rounds,
        )

    def _categories(self, found: Mapping[int, Mapping[str, Points]]) -> tuple[CategorySum, ...]:
        """Add up by letter; where villages call a letter differently, most of them decide."""
        sums: Counter[str] = Counter()
        names: dict[str, Counter[str]] = {}
        for village, points in found.items():
            sums.update(points)
            for letter, name in self._names(village).items():
                names.setdefault(letter, Counter())[name] += 1
        called = {letter: counted.most_common(1)[0][0] for letter, counted in names.items()}
        return tuple(
            CategorySum(letter, called.get(letter, ""), Points(sums[letter]))
            for letter in sorted({*sums, *called}, key=lambda one: (not one, one))
        )

    def _names(self, village: int) -> Mapping[str, str]:
        try:
            return self.shelf.in_force(self.books, village, self.as_of).category_names
        except RulebookMissing:
            return {}


def villages_under(books: Books, officer: Officer) -> tuple[Village, ...]:
    """Return the villages an officer sees, in the order in which they were founded."""
    return tuple(v for v in books.villages.counted() if officer.sees(v.town))


def town_sheet(look: Look, officer: Officer, town: str) -> TownSheet | None:
    """Return the page of a town; None when it does not lie under the officer.

    A town of a town officer is there before its first village is.
    """
    villages = [v for v in villages_under(look.books, officer) if v.town == town]
    is_own = officer.level is Level.TOWN and officer.area == town
    if not villages and not is_own:
        return None
    lines = look.lines(villages)
    return TownSheet(
        town,
        look.as_of,
        look.at,
        look.stamp,
        tuple(Tile(village, line) for village, line in lines.items()),
        town_sum(tuple(lines.values())),
        look.trends(list(lines)),
    )


def district_sheet(look: Look, officer: Officer) -> DistrictSheet:
    """Return the page of a district: its towns by name."""
    lines = look.lines(villages_under(look.books, officer))
    towns: dict[str, list[VillageLine]] = {town: [] for town in officer.towns}
    for line in lines.values():
        towns.setdefault(line.figures.town, []).append(line)
    return DistrictSheet(
        officer.area,
        look.as_of,
        look.at,
        look.stamp,
        tuple((town, town_sum(some)) for town, some in sorted(towns.items())),
        town_sum(tuple(lines.values())),
        look.trends(list(lines)),
    )


def village_sheet(look: Look, officer: Officer, number: int) -> VillageSheet | None:
    """Return the page of a village; None when it does not lie under the officer."""
    found = [v for v in villages_under(look.books, officer) if v.id == number]
    if not found:
        return None
    [village] = found
    read, year = TownTrends(look.books.connection, [number]), look.as_of.year
    return VillageSheet(
        village,
        look.as_of,
        look.at,
        look.stamp,
        look.lines(found)[number],
        participation(look.books.participations.homes(number, look.as_of)),
        look.trends([number]),
        read.confirmed(year).get(number, {}),
        read.shown(year).get(number, ()),
        read.rounds(year).get(number, ()),
    )


def _months(
    points: Mapping[int, Mapping[Month, MonthPoints]],
    confirmed: Mapping[int, Mapping[Month, datetime]],
    as_of: date,
) -> tuple[MonthSum, ...]:
    """Return every month of the year up to the day, also those without an entry."""
    nothing = MonthPoints(ZERO, ZERO)
    found = []
    for number in range(1, as_of.month + 1):
        month = Month(as_of.year, number)
        mine = [of.get(month, nothing) for of in points.values()]
        found.append(
            MonthSum(
                month,
                Points(sum(one.earned for one in mine)),
                Points(sum(one.redeemed for one in mine)),
                sum(month in of for of in confirmed.values()),
            )
        )
    return tuple(found)


def _quarters(shown: Mapping[int, tuple[Shown, ...]]) -> tuple[QuarterSum, ...]:
    found: dict[Quarter, list[Shown]] = {}
    for one in (one for some in shown.values() for one in some):
        found.setdefault(one.quarter, []).append(one)
    return tuple(
        QuarterSum(
            quarter,
            len(some),
            sum(one.eligible for one in some),
            sum(one.participating for one in some),
        )
        for quarter, some in sorted(found.items())
    )


def _objections(objected: Mapping[int, Objected]) -> Objected:
    states: Counter[ObjectionState] = Counter()
    for one in objected.values():
        states.update(one.states)
    return Objected(states, sum(one.overdue for one in objected.values()))
