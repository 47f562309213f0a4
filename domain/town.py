"""The town's view (一屏观天下): how each village stands with its steps; figures, never names."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from domain.participation import Share
from domain.period import Month, Quarter, month_of
from domain.points import ZERO, Points

LATE_AFTER: Final = timedelta(days=10)
"""A step is yellow for so many days after it was due, then red; a quarter is published by then."""
REDEEM_FROM: Final = (7, 1)
"""From this day of the year on a redemption that has not been held is yellow."""
REDEEM_BY: Final = (9, 30)
"""The last day by which the year's first redemption is held (plan section 3(4))."""
NOBODY: Final = Share()
_DAY: Final = timedelta(days=1)


class Light(StrEnum):
    """How a step stands; it is always said in a word as well."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"
    """There is nothing to do yet."""


class Why(StrEnum):
    """What a light says."""

    FINE = "fine"
    NO_ROSTER = "no-roster"
    NO_RULEBOOK = "no-rulebook"
    NOTHING_RECORDED = "nothing-recorded"
    MONTH_OPEN = "month-open"
    QUARTER_UNPUBLISHED = "quarter-unpublished"
    NOT_REDEEMED = "not-redeemed"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a village: its light, why, which period, how many days late."""

    light: Light
    why: Why = Why.FINE
    period: str = ""
    days_late: int = 0


NO_RULES: Final = Step(Light.GREY, Why.NO_RULEBOOK)


@dataclass(frozen=True, slots=True)
class Register:
    """What a village's registration rests on."""

    every: Share = NOBODY
    stars: Share = NOBODY
    party: Share = NOBODY
    has_rulebook: bool = False
    entries: int = 0
    earned: Points = ZERO
    redeemed: Points = ZERO


@dataclass(frozen=True, slots=True)
class VillageFigures:
    """What is known of a village on a day; the lights are worked out from it."""

    town: str
    village: str
    since: date
    register: Register
    confirmed: frozenset[Month] = frozenset()
    published: frozenset[Quarter] = frozenset()
    redeemed_on: date | None = None
    waiting: int = 0
    objections_open: int = 0


@dataclass(frozen=True, slots=True)
class VillageLine:
    """A village in the town's report: its figures and the four lights (登记, 审核, 公示, 兑换)."""

    figures: VillageFigures
    registering: Step
    reviewing: Step
    publishing: Step
    redeeming: Step


def village_line(figures: VillageFigures, as_of: date) -> VillageLine:
    """Work out the lights of a village on a day.

    Without a rulebook in force there is nothing to review and to publish; the light
    of 登记 is red for it, those two are grey.

    Source: plan section 3(3), 3(4) and 5(6); decision record 0014.
    """
    has_rules = figures.register.has_rulebook
    return VillageLine(
        figures,
        registering(figures.register, as_of),
        reviewing(figures.confirmed, since=figures.since, as_of=as_of) if has_rules else NO_RULES,
        publishing(figures.published, since=figures.since, as_of=as_of) if has_rules else NO_RULES,
        redeeming(figures.redeemed_on, since=figures.since, as_of=as_of),
    )


def registering(register: Register, as_of: date) -> Step:
    """Return the light of 登记: a roster, a rulebook in force, and something written down.

    How much is written down is nobody's measure; only a year in which nothing
    was recorded after its first month is yellow.
    """
    if not register.every.eligible:
        return Step(Light.RED, Why.NO_ROSTER)
    if not register.has_rulebook:
        return Step(Light.RED, Why.NO_RULEBOOK)
    if not register.entries and as_of >= date(as_of.year, 2, 1):
        return Step(Light.YELLOW, Why.NOTHING_RECORDED, str(as_of.year))
    return Step(Light.GREEN)


def reviewing(confirmed: Collection[Month], *, since: date, as_of: date) -> Step:
    """Return the light of 审核 by the oldest month that is over and not confirmed."""
    month = month_of(max(since, date(as_of.year - 1, 12, 1)))
    while month.end <= as_of:
        if month not in confirmed:
            return _late(Why.MONTH_OPEN, str(month), due_on=month.end - _DAY, as_of=as_of)
        month = month_of(month.end)
    return Step(Light.GREEN)


def publishing(published: Collection[Quarter], *, since: date, as_of: date) -> Step:
    """Return the light of 公示 by the oldest quarter that is over and not published.

    A quarter is published within 10 days; before that it is yellow, not late.
    """
    quarter = month_of(max(since, date(as_of.year - 1, 10, 1))).quarter
    while quarter.months[2].end <= as_of:
        if quarter not in published:
            due = quarter.months[2].end - _DAY + LATE_AFTER
            late = max(0, (as_of - due).days)
            light = Light.RED if late else Light.YELLOW
            return Step(light, Why.QUARTER_UNPUBLISHED, str(quarter), late)
        quarter = month_of(quarter.months[2].end).quarter
    return Step(Light.GREEN)


def redeeming(redeemed_on: date | None, *, since: date, as_of: date) -> Step:
    """Return the light of 兑换: one redemption of this year's points by 30 September."""
    year = as_of.year
    is_done = redeemed_on is not None and redeemed_on.year == year
    deadline = date(year, *REDEEM_BY)
    if is_done or as_of < date(year, *REDEEM_FROM) or since > deadline:
        return Step(Light.GREEN)
    late = max(0, (as_of - deadline).days)
    light = Light.RED if late else Light.YELLOW
    return Step(light, Why.NOT_REDEEMED, str(year), late)


def _late(why: Why, period: str, *, due_on: date, as_of: date) -> Step:
    days = (as_of - due_on).days
    light = Light.YELLOW if days <= LATE_AFTER.days else Light.RED
    return Step(light, why, period, days)
