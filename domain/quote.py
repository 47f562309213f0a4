"""A quote (预计): what an act brings a household within its caps, and what is left then."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from domain.claim import Act, CapReached, Claim, ClaimState, CooldownRunning
from domain.period import Month
from domain.points import Points
from domain.rulebook import Item, Rulebook
from domain.scoring import (
    Cut,
    Measure,
    Room,
    cooldown_until,
    is_open,
    left_this_month,
    within_caps,
    worth,
)
from domain.usage import days, earlier, used


@dataclass(frozen=True, slots=True)
class Quote:
    """Points within the caps, or None while the committee has to choose; what is left after.

    ``worth`` is the value before the caps.
    """

    worth: Points | None
    cut: Cut | None
    left: Room | None

    @property
    def points(self) -> Points | None:
        """The points that would be given now."""
        return self.cut.points if self.cut else None


def quote(
    act: Act,
    *,
    item: Item,
    rulebook: Rulebook,
    claims: Iterable[Claim],
    month: Month,
    states: AbstractSet[ClaimState],
    amount: Points | None = None,
) -> Quote:
    """Return what an act brings on top of a household's other claims of its year.

    Args:
        act: What was done.
        item: Its item.
        rulebook: The version in force on the day of the act.
        claims: The household's other claims; those of other years use nothing up.
        month: The month in which the act counts.
        states: Which claims use up caps: ``usage.GRANTED`` or ``usage.PENDING``.
        amount: What a reviewer set instead of the rule's value.

    Raises:
        QuantityMissing, QuantityImpossible, ChoiceOutOfRange: See ``scoring.worth``.
    """
    others = tuple(claims)
    spent = used(others, item, month=month, states=states)
    cap = rulebook.category_year_caps.get(item.category)
    room = left_this_month(item, used=spent, category_cap=cap)
    measure = Measure(act.quantity, act.tier, act.chosen)
    if amount is None and is_open(item, measure):
        return Quote(None, None, room)
    before = earlier(others, item, year=month.year, states=states, honour=act.reason)
    value = worth(item, measure, earlier=before) if amount is None else amount
    cut = within_caps(value, item=item, used=spent, category_cap=cap)
    left = None if room is None else Room(Points(room.points - cut.points), room.bound, room.cap)
    return Quote(value, cut, left)


def check_room(found: Quote, item: Item) -> None:
    """Refuse a claim that could bring nothing.

    Raises:
        CapReached: A cap is used up.
    """
    if found.left is None or item.is_deduction:
        return
    is_spent = found.left.points <= 0
    if is_spent and (found.cut is None or found.cut.points == 0):
        raise CapReached(item.short_name, found.left.bound, found.left.cap)


def check_cooldown(
    act: Act, *, item: Item, claims: Iterable[Claim], states: AbstractSet[ClaimState]
) -> None:
    """Refuse an act too near to another under the same item.

    Raises:
        CooldownRunning: It is possible again from ``next_on``.
    """
    others = days(claims, item, states=states)
    next_on = cooldown_until(item, occurred_on=act.occurred_on, others=others)
    if next_on is not None:
        raise CooldownRunning(item.short_name, next_on, item.cooldown_days)
