"""Scoring (计分): what an act is worth, caps (上限), cooldowns (间隔), people needed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum
from typing import Final

from domain.points import ZERO, Points
from domain.refusal import Refusal
from domain.rulebook import Item, Kind, Publicity, Rulebook, Tier

HOUR_STEP: Final = Decimal("0.5")
HOURS_MOST: Final = Decimal(24)
PIECES_MOST: Final = Decimal(99)
AMOUNT_MOST: Final = Decimal(1_000_000)
_HONOURS: Final = frozenset({Publicity.HONOUR, Publicity.STARS})


@dataclass(frozen=True, slots=True)
class Measure:
    """How much was done: hours, pieces or yuan; a named level; a chosen amount."""

    quantity: Decimal | None = None
    tier: str | None = None
    chosen: Points | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the household's approved claims of the item hold already this year.

    ``occurrences`` counts those that stand (one cancelled by an objection does
    not), ``hours`` adds them up, ``honoured`` is what the same honour brought
    at a lower level (村级, then 镇级), 0 for another honour.
    """

    occurrences: int = 0
    hours: Decimal = Decimal(0)
    honoured: Points = ZERO


class Bound(StrEnum):
    """Which cap cut an award."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    CATEGORY = "category"


@dataclass(frozen=True, slots=True)
class Used:
    """Points that approved claims hold in the periods of an act.

    ``category_year`` adds up the awards of the item's category, no deductions.
    """

    month: Points = ZERO
    quarter: Points = ZERO
    year: Points = ZERO
    category_year: Points = ZERO


@dataclass(frozen=True, slots=True)
class Cut:
    """Points within the caps; ``bound`` and ``cap`` name the cap if it cut ``cut_from``."""

    points: Points
    cut_from: Points
    bound: Bound | None = None
    cap: Points | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """What is left under the tightest cap; 0 once it is full."""

    points: Points
    bound: Bound
    cap: Points


class QuantityMissing(Refusal):
    """The item is counted in ``unit`` and nobody said how many."""

    def __init__(self, item: Item) -> None:
        super().__init__(item.code)
        self.item_name = item.short_name
        self.unit = item.unit


class QuantityImpossible(Refusal):
    """No act has this quantity: too small, too large, or not in steps of ``step``."""

    def __init__(self, item: Item, quantity: Decimal, *, step: Decimal, most: Decimal) -> None:
        super().__init__(f"{item.code} {quantity}")
        self.item_name = item.short_name
        self.unit = item.unit
        self.quantity = quantity
        self.step = step
        self.most = most


class TierMissing(Refusal):
    """The item has named levels and none of ``names`` was given."""

    def __init__(self, item: Item) -> None:
        super().__init__(item.code)
        self.item_name = item.short_name
        self.names = tuple(tier.name for tier in item.tiers)


class ChoiceOutOfRange(Refusal):
    """The committee chooses from ``low`` to ``high``; ``chosen`` is None or outside."""

    def __init__(self, item: Item, chosen: Points | None) -> None:
        super().__init__(f"{item.code} {chosen}")
        self.item_name = item.short_name
        self.low, self.high = _range(item)
        self.chosen = chosen


def tier_named(item: Item, name: str | None) -> Tier | None:
    """Return the level of this name or alias (村 is 村级), None if there is none."""
    return next((t for t in item.tiers if name == t.name or name in t.aliases), None)


def is_open(item: Item, measure: Measure) -> bool:
    """Return whether the points are left to the committee: a range or level not chosen yet."""
    if item.kind is Kind.RANGE:
        return measure.chosen is None
    return item.kind is Kind.TIER and tier_named(item, measure.tier) is None


def worth(item: Item, measure: Measure, *, earlier: Earlier) -> Points:
    """Return what one act brings before any cap.

    Two dogs under C202 bring 2 x 5 = 10; 350 yuan under B306 3; two hours under
    D201 after 19 earlier ones 2 + 1 = 3; the first time under A191 0, then -2,
    then -5; 镇级 after 村级 of the same honour 10 - 5 = 5.

    Args:
        item: The item of the version in force on the day of the act.
        measure: As understood or as the committee set it.
        earlier: The household's year under this item, without this act.

    Raises:
        QuantityMissing: Hours or money without a number (pieces count as one).
        QuantityImpossible: Not above 0, not in whole steps, or beyond reason.
        TierMissing: No known level was named.
        ChoiceOutOfRange: No amount was chosen, or one outside the range.

    """
    match item.kind:
        case Kind.FIXED:
            return _single(item)
        case Kind.UNIT:
            return _counted(item, measure.quantity)
        case Kind.STEP:
            return item.steps[min(earlier.occurrences, len(item.steps) - 1)]
        case Kind.HOUR:
            return _hours(item, measure.quantity, earlier=earlier.hours)
        case Kind.TIER:
            tier = tier_named(item, measure.tier)
            if tier is None:
                raise TierMissing(item)
            return Points(max(ZERO, tier.points - earlier.honoured))
        case Kind.RANGE:
            return _chosen(item, measure.chosen)


def _single(item: Item) -> Points:
    assert item.points is not None, item.code
    return item.points


def _range(item: Item) -> tuple[Points, Points]:
    assert item.low is not None, item.code
    assert item.high is not None, item.code
    return item.low, item.high


def _chosen(item: Item, chosen: Points | None) -> Points:
    low, high = _range(item)
    if chosen is None or not low <= chosen <= high:
        raise ChoiceOutOfRange(item, chosen)
    return chosen


def _counted(item: Item, quantity: Decimal | None) -> Points:
    """Multiply by whole units: 250 yuan hold two times 100; three lamps are three."""
    if not item.counts_quantity:
        return _single(item)
    is_amount = item.unit_size > 1
    if quantity is None and is_amount:
        raise QuantityMissing(item)
    most, size = AMOUNT_MOST if is_amount else PIECES_MOST, Decimal(item.unit_size)
    number = Decimal(1) if quantity is None else quantity
    is_sane = number.is_finite() and size <= number <= most
    if not is_sane or (not is_amount and number % 1):
        raise QuantityImpossible(item, number, step=size, most=most)
    return Points(_single(item) * int(number // size))


def _hours(item: Item, quantity: Decimal | None, *, earlier: Decimal) -> Points:
    """Return what the hours add to the year, so that splitting them changes nothing."""
    if quantity is None:
        raise QuantityMissing(item)
    is_sane = quantity.is_finite() and 0 < quantity <= HOURS_MOST
    if not is_sane or quantity % HOUR_STEP:
        raise QuantityImpossible(item, quantity, step=HOUR_STEP, most=HOURS_MOST)
    return Points(_hours_worth(item, earlier + quantity) - _hours_worth(item, earlier))


def _hours_worth(item: Item, hours: Decimal) -> int:
    """Return tenths for all hours of a year: 20 x 2, then 60 x 1, then half a point each."""
    total, start = Decimal(0), Decimal(0)
    for band in item.bands:
        end = hours if band.until is None else min(hours, Decimal(band.until))
        total += max(end - start, Decimal(0)) * band.points / band.per
        start = max(start, end)
    return int(total.to_integral_value(ROUND_FLOOR))


def _rooms(
    item: Item, *, used: Used, category_cap: Points | None, is_deduction: bool
) -> list[tuple[int, Bound, Points]]:
    """List what is left under each cap as a size, the widest period first."""
    sign = -1 if is_deduction else 1
    caps = (
        (Bound.CATEGORY, None if is_deduction else category_cap, used.category_year),
        (Bound.YEAR, item.caps.year, used.year),
        (Bound.QUARTER, item.caps.quarter, used.quarter),
        (Bound.MONTH, item.caps.month, used.month),
    )
    return [
        (max(0, sign * (cap - spent)), bound, cap) for bound, cap, spent in caps if cap is not None
    ]


def within_caps(points: Points, *, item: Item, used: Used, category_cap: Points | None) -> Cut:
    """Cut an award or a deduction to what its caps leave.

    3 points with 2 left this month become 2, bound month. When two caps leave
    the same, the one that binds longer is named. In any order of approvals the
    caps hold and the sum is the same.

    Args:
        points: What the act is worth; negative for a deduction, whose caps are
            negative too and which no category cap bounds.
        item: Its item.
        used: What approved claims hold in the act's month, quarter and year.
        category_cap: The cap of the item's category, None without one.

    """
    is_deduction = points < 0
    rooms = _rooms(item, used=used, category_cap=category_cap, is_deduction=is_deduction)
    left, bound, cap = min(rooms, key=lambda room: room[0], default=(0, None, None))
    if bound is None or abs(points) <= left:
        return Cut(points, points)
    return Cut(Points(-left if is_deduction else left), points, bound, cap)


def left_this_month(item: Item, *, used: Used, category_cap: Points | None) -> Room | None:
    """Return the smallest room left under an item's caps, None if it has no cap.

    A101 with 3 of 4 points this month leaves 1, bound month.
    """
    sign = -1 if item.is_deduction else 1
    rooms = _rooms(item, used=used, category_cap=category_cap, is_deduction=item.is_deduction)
    if not rooms:
        return None
    left, bound, cap = min(rooms, key=lambda room: room[0])
    return Room(Points(sign * left), bound, cap)


def cooldown_until(item: Item, *, occurred_on: date, others: Iterable[date]) -> date | None:
    """Return the next day that is far enough from all other acts, None if this day is.

    With 7 days between and an act on 1 September, 7 September is too near and 8
    September is possible. ``others`` are the days of the household's approved
    acts under the item; later ones count too, since claims come late.
    """
    day = occurred_on
    for other in sorted(others):
        if abs((day - other).days) < item.cooldown_days:
            day = other + timedelta(days=item.cooldown_days)
    return None if day == occurred_on else day


def approvals_needed(item: Item, points: Points | None, *, rulebook: Rulebook) -> int:
    """Return how many different people must approve; ``points`` is None while open.

    Two for every deduction, honour and award of 10 or more; else what the item asks.
    """
    is_large = points is not None and points >= rulebook.two_approvers_from
    needs_two = item.is_deduction or item.publicity in _HONOURS or is_large
    return max(item.approvals, 2 if needs_two else 1)
