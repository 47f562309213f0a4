"""From what was written to a plan (兑换方案): every fault is found at once."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.money import Cents
from domain.points import Points
from domain.redemption_round import GOODS_MAX, STOCK_MAX, Good, Plan
from domain.refusal import Refusal


class PlanFault(StrEnum):
    """Why a plan is no round."""

    NAME_MISSING = "name_missing"
    OPENING_MISSING = "opening_missing"
    COLLECTING_MISSING = "collecting_missing"
    PLACE_MISSING = "place_missing"
    BUDGET_MISSING = "budget_missing"
    GOODS_MISSING = "goods_missing"
    GOODS_TOO_MANY = "goods_too_many"
    OPENING_ORDER = "opening_order"
    OPENING_OVER = "opening_over"
    COLLECTING_ORDER = "collecting_order"
    COLLECTING_EARLY = "collecting_early"
    YEARS_MIXED = "years_mixed"
    YEAR_CLOSED = "year_closed"
    OVERLAP = "overlap"
    FORBIDDEN = "forbidden"
    GOOD_NAMELESS = "good_nameless"
    GOOD_TWICE = "good_twice"
    PRICE_WRONG = "price_wrong"
    STOCK_WRONG = "stock_wrong"
    LIMIT_WRONG = "limit_wrong"
    COST_WRONG = "cost_wrong"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """One fault and its place: a line's words, a cell, or nothing for the whole."""

    fault: PlanFault
    where: str = ""
    words: str = ""


class PlanRefused(Refusal):
    """The plan is no round yet; every problem is told at once."""

    def __init__(self, problems: tuple[PlanProblem, ...]) -> None:
        super().__init__(", ".join(problem.fault for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class GoodSketch:
    """A line of the catalogue as it was written; None is what was not said or not read.

    ``limit`` 0 means that no limit was meant; ``unit`` is always named.
    ``places`` are the cells of a sheet, by what may be wrong in them.
    """

    where: str
    unit: str
    name: str = ""
    price: Points | None = None
    stock: int | None = None
    limit: int | None = 0
    cost: Cents | None = None
    places: tuple[tuple[PlanFault, str], ...] = ()

    def place(self, fault: PlanFault) -> str:
        """Return where a fault stands: its cell, else the line."""
        return dict(self.places).get(fault, self.where)


@dataclass(frozen=True, slots=True)
class Sketch:
    """A plan as it was written; None is what was not said or could not be read."""

    name: str = ""
    opens_on: date | None = None
    closes_on: date | None = None
    collect_from: date | None = None
    collect_until: date | None = None
    hours: str = ""
    place: str = ""
    budget: Cents | None = None
    needs_photo: bool = False
    goods: tuple[GoodSketch, ...] = ()
    problems: tuple[PlanProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a plan is checked against.

    ``forbidden`` are words of money and of rights, which no catalogue holds;
    ``others`` the opening days of the village's other rounds.
    """

    today: date
    closed_through: int
    forbidden: tuple[str, ...]
    others: tuple[tuple[date, date], ...] = ()


def plan_of(sketch: Sketch, about: Circumstances) -> Plan:
    """Return the plan that was meant.

    A round lies within one year, since points do not carry over, and only one
    is open at a time, so that a word means one thing.

    Raises:
        PlanRefused: With all that is wrong: no budget, forbidden goods, days.

    Source: plan section 3(4); pitfalls, "points tied to benefits or fines".

    """
    problems = (
        *sketch.problems,
        *_missing(sketch),
        *_days(sketch, about),
        *_goods(sketch.goods, about.forbidden),
        *(_forbidden("", sketch.name, about.forbidden)),
    )
    if problems:
        raise PlanRefused(problems)
    opens, closes = sketch.opens_on, sketch.closes_on
    first, last = sketch.collect_from, sketch.collect_until
    assert opens and closes and first and last and sketch.budget, "checked above"  # noqa: PT018 - one reason
    return Plan(
        name=sketch.name.strip(),
        opens_on=opens,
        closes_on=closes,
        collect_from=first,
        collect_until=last,
        hours=sketch.hours.strip(),
        place=sketch.place.strip(),
        budget=sketch.budget,
        goods=tuple(_good(number, good) for number, good in enumerate(sketch.goods, start=1)),
        needs_photo=sketch.needs_photo,
    )


def _good(number: int, sketch: GoodSketch) -> Good:
    price, stock, cost = sketch.price, sketch.stock, sketch.cost
    assert price is not None, sketch
    assert stock is not None, sketch
    assert cost is not None, sketch
    assert sketch.unit, "a reader names the unit"
    return Good(number, sketch.name.strip(), sketch.unit, price, stock, sketch.limit or None, cost)


def _missing(sketch: Sketch) -> Iterator[PlanProblem]:
    told = {problem.fault for problem in sketch.problems}
    for is_there, fault in (
        (bool(sketch.name.strip()), PlanFault.NAME_MISSING),
        (bool(sketch.opens_on and sketch.closes_on), PlanFault.OPENING_MISSING),
        (bool(sketch.collect_from and sketch.collect_until), PlanFault.COLLECTING_MISSING),
        (bool(sketch.place.strip()), PlanFault.PLACE_MISSING),
        (bool(sketch.budget), PlanFault.BUDGET_MISSING),
        (bool(sketch.goods), PlanFault.GOODS_MISSING),
        (len(sketch.goods) <= GOODS_MAX, PlanFault.GOODS_TOO_MANY),
    ):
        if not is_there and fault not in told:
            yield PlanProblem(fault)


def _days(sketch: Sketch, about: Circumstances) -> Iterator[PlanProblem]:
    opens, closes = sketch.opens_on, sketch.closes_on
    first, last = sketch.collect_from, sketch.collect_until
    if opens and closes:
        if opens > closes:
            yield PlanProblem(PlanFault.OPENING_ORDER)
        elif closes < about.today:
            yield PlanProblem(PlanFault.OPENING_OVER)
        if opens.year <= about.closed_through:
            yield PlanProblem(PlanFault.YEAR_CLOSED, words=str(opens.year))
        if any(opens <= end and start <= closes for start, end in about.others):
            yield PlanProblem(PlanFault.OVERLAP)
    if first and last and first > last:
        yield PlanProblem(PlanFault.COLLECTING_ORDER)
    if opens and closes and first and last and (first < opens or last < closes):
        yield PlanProblem(PlanFault.COLLECTING_EARLY)
    if len({day.year for day in (opens, closes, first, last) if day}) > 1:
        yield PlanProblem(PlanFault.YEARS_MIXED)


def _goods(goods: Sequence[GoodSketch], forbidden: tuple[str, ...]) -> Iterator[PlanProblem]:
    names = Counter(good.name.strip() for good in goods)
    for good in goods:
        is_priced = good.price is not None and good.price > 0
        is_stocked = good.stock is not None and 0 < good.stock <= STOCK_MAX
        for is_well, fault in (
            (bool(good.name.strip()), PlanFault.GOOD_NAMELESS),
            (names[good.name.strip()] == 1 or not good.name.strip(), PlanFault.GOOD_TWICE),
            (is_priced, PlanFault.PRICE_WRONG),
            (is_stocked, PlanFault.STOCK_WRONG),
            (good.limit is not None and good.limit >= 0, PlanFault.LIMIT_WRONG),
            (good.cost is not None, PlanFault.COST_WRONG),
        ):
            if not is_well:
                yield PlanProblem(fault, good.place(fault), good.name)
        yield from _forbidden(good.place(PlanFault.FORBIDDEN), good.name, forbidden)


def _forbidden(where: str, name: str, words: tuple[str, ...]) -> Iterator[PlanProblem]:
    met = next((word for word in words if word in name), None)
    if met:
        yield PlanProblem(PlanFault.FORBIDDEN, where, met)
