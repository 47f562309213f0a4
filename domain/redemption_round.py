"""A round of redemption (兑换批次): its states, its catalogue, and what bars a plan."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from domain.money import Cents
from domain.points import Points
from domain.refusal import Refusal
from domain.workflow import step

GOODS_MAX: Final = 60
STOCK_MAX: Final = 100_000
WARNING_LEVELS: Final = (70, 90, 100)
"""Per cent of the budget at which the administrators are told, once each."""


class RoundState(StrEnum):
    """Where a round stands."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    ENDED = "ended"
    CANCELLED = "cancelled"


class RoundAction(StrEnum):
    """What can be done to a round."""

    OPEN = "open"
    CLOSE = "close"
    END = "end"
    CANCEL = "cancel"


ROUND_STEPS: Final = {
    (RoundState.DRAFT, RoundAction.OPEN): RoundState.OPEN,
    (RoundState.DRAFT, RoundAction.CANCEL): RoundState.CANCELLED,
    (RoundState.OPEN, RoundAction.CLOSE): RoundState.CLOSED,
    (RoundState.OPEN, RoundAction.CANCEL): RoundState.CANCELLED,
    (RoundState.CLOSED, RoundAction.END): RoundState.ENDED,
    (RoundState.CLOSED, RoundAction.CANCEL): RoundState.CANCELLED,
}
"""A draft waits for its first day; closed means that nothing more is ordered, only collected."""

RUNNING: Final = frozenset({RoundState.DRAFT, RoundState.OPEN, RoundState.CLOSED})


@dataclass(frozen=True, slots=True, order=True)
class RoundKey:
    """The number of a round within its village and year."""

    year: int
    number: int


@dataclass(frozen=True, slots=True)
class Good:
    """One line of the catalogue: goods, a service or an honour, never money or rights.

    ``price`` is in tenths of a point and ``cost`` in cents, both for one
    ``unit``; ``limit`` is the most for one household, None without limit;
    ``taken`` counts what is reserved or handed over of the ``stock``.
    """

    number: int
    name: str
    unit: str
    price: Points
    stock: int
    limit: int | None
    cost: Cents
    taken: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What the administrator plans; all days are village days, first and last included."""

    name: str
    opens_on: date
    closes_on: date
    collect_from: date
    collect_until: date
    hours: str
    place: str
    budget: Cents
    goods: tuple[Good, ...]
    needs_photo: bool = False


@dataclass(frozen=True, slots=True)
class Round:
    """A stored round as it stands."""

    key: RoundKey
    state: RoundState
    plan: Plan

    @property
    def spent(self) -> Cents:
        """What the reserved and handed over goods cost."""
        return Cents(sum(good.taken * good.cost for good in self.plan.goods))

    def good(self, number: int) -> Good:
        """Return a line of the catalogue that exists."""
        return next(good for good in self.plan.goods if good.number == number)

    def left(self, good: Good) -> int:
        """Return how many of a good can still be had: what the stock and the budget bear."""
        in_stock = good.stock - good.taken
        if not good.cost:
            return in_stock
        return min(in_stock, max(0, self.plan.budget - self.spent) // good.cost)

    def is_open(self, today: date) -> bool:
        """Return whether orders are taken on a day."""
        return self.state is RoundState.OPEN and self._in_days(today)

    def _in_days(self, today: date) -> bool:
        return self.plan.opens_on <= today <= self.plan.closes_on


def steps_due(state: RoundState, plan: Plan, today: date) -> Iterator[RoundAction]:
    """Yield the steps that the calendar takes by itself, in order; none if it is up to date."""
    for since, action, before in (
        (plan.opens_on, RoundAction.OPEN, RoundState.DRAFT),
        (_after(plan.closes_on), RoundAction.CLOSE, RoundState.OPEN),
        (_after(plan.collect_until), RoundAction.END, RoundState.CLOSED),
    ):
        if state is before and today >= since:
            yield action
            state = step(ROUND_STEPS, state, action)


def _after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def turned(round_: Round, today: date) -> Round:
    """Return a round as the day wants it: opened or closed, never ended, since that gives back."""
    state = round_.state
    for action in steps_due(state, round_.plan, today):
        if action is not RoundAction.END:
            state = step(ROUND_STEPS, state, action)
    return replace(round_, state=state)


def taken(round_: Round, number: int, quantity: int) -> Round:
    """Return the round with ``quantity`` more of a good taken; negative gives some back."""
    goods = tuple(
        replace(good, taken=good.taken + quantity) if good.number == number else good
        for good in round_.plan.goods
    )
    return replace(round_, plan=replace(round_.plan, goods=goods))


def budget_level(round_: Round) -> int:
    """Return the highest warning level that is reached, 0 for none.

    100 is reached as well once the budget bears none of what is still in stock.
    """
    goods = round_.plan.goods
    is_out = any(g.stock > g.taken for g in goods) and not any(round_.left(g) for g in goods)
    percent = 100 if is_out else round_.spent * 100 // round_.plan.budget
    return max((level for level in WARNING_LEVELS if percent >= level), default=0)


def liability(goods: Sequence[Good], points: Points) -> Cents:
    """Return the most that ``points`` could cost the village in a round.

    The dearest per point first, as far as the stock goes; a part of a piece
    counts, so it is never too low. Limits for households are left aside.
    """
    total, left = 0, max(0, points)
    for good in sorted(goods, key=lambda g: g.cost / g.price, reverse=True):
        spent = min(left, good.price * (good.stock - good.taken))
        total += -(-spent * good.cost // good.price)
        left -= spent
    return Cents(total)


def stock_cost(goods: Sequence[Good]) -> Cents:
    """Return what the whole catalogue costs."""
    return Cents(sum(good.stock * good.cost for good in goods))


class RoundUnknown(Refusal):
    """No round of this number this year."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.number = number


class RoundOver(Refusal):
    """The round is over or cancelled; nothing can be changed any more."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.number = number
