"""What the calendar says of redemption (兑换通知): openings, last days, reminders, the year end."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from domain.period import village_day
from domain.redemption import Redemption, RedemptionState
from domain.redemption_round import RUNNING, Round, RoundState
from schedules.announcing import to_people, to_villagers
from schedules.jobs import Errand
from schedules.redemption import RESERVED_MAX, current, told_for
from schedules.reminding import tell
from storage.outbox import Draft

WEEK: Final = 7
OPENING_TOLD_WITHIN: Final = 3
"""Days: an opening found later than this is no news any more."""
SECOND_MONTH: Final = 12
SECOND_LAST_DAY: Final = 20


@dataclass(frozen=True, slots=True)
class RoundOpened:
    """A round takes orders from today on: the catalogue for everybody."""

    round: Round
    today: date


@dataclass(frozen=True, slots=True)
class RoundClosing:
    """A round takes orders for so many more days; 0 is its last day."""

    round: Round
    days: int


@dataclass(frozen=True, slots=True)
class CollectingNow:
    """What a household has to collect, and until when."""

    round: Round
    redemptions: tuple[Redemption, ...]


@dataclass(frozen=True, slots=True)
class RoundDue:
    """No round has been carried through this year; ``running`` is one on its way."""

    running: Round | None
    is_last_call: bool


@dataclass(frozen=True, slots=True)
class SecondRoundDue:
    """No round is planned for the first three weeks of December."""

    year: int


@dataclass(frozen=True, slots=True)
class PointsEnding:
    """What is not redeemed ends with the year, in so many days; no amounts before a room."""

    year: int
    days: int
    running: Round | None


def tell_opening(errand: Errand) -> tuple[Draft, ...]:
    """Tell the villagers' rooms that a round is open, on its first day or soon after."""
    today = village_day(errand.now)
    drafts: tuple[Draft, ...] = ()
    for round_ in _open(errand):
        if (today - round_.plan.opens_on).days <= OPENING_TOLD_WITHIN:
            drafts += to_villagers(errand, RoundOpened(round_, today), key=opening_key(round_))
    return drafts


def opening_key(round_: Round) -> str:
    """Return the key under which an opening is told once to each room."""
    return f"redemption:open:{round_.key.year}-{round_.key.number}"


def tell_last_week(errand: Errand) -> tuple[Draft, ...]:
    """Tell the villagers' rooms about a week before a round closes."""
    return _tell_closing(errand, least=2, most=WEEK, key="closing-7")


def tell_last_day(errand: Errand) -> tuple[Draft, ...]:
    """Tell the villagers' rooms the day before a round closes; late, on the day itself."""
    return _tell_closing(errand, least=0, most=1, key="closing-1")


def _tell_closing(errand: Errand, *, least: int, most: int, key: str) -> tuple[Draft, ...]:
    today = village_day(errand.now)
    drafts: tuple[Draft, ...] = ()
    for round_ in _open(errand):
        days = (round_.plan.closes_on - today).days
        is_news = round_.plan.opens_on < round_.plan.closes_on - timedelta(days=most)
        if least <= days <= most and is_news:
            own = f"redemption:{key}:{round_.key.year}-{round_.key.number}"
            drafts += to_villagers(errand, RoundClosing(round_, days), key=own)
    return drafts


def tell_collecting(errand: Errand) -> tuple[Draft, ...]:
    """Tell each household with something to collect, directly, from the first collecting day."""
    books, village = errand.books, errand.village.id
    today = village_day(errand.now)
    drafts: tuple[Draft, ...] = ()
    for round_ in current(books, village, today=today):
        if not round_.plan.collect_from <= today <= round_.plan.collect_until:
            continue
        waiting = books.redemptions.of_round(
            village, round_.key, state=RedemptionState.RESERVED, limit=RESERVED_MAX
        )
        for household in dict.fromkeys(one.household for one in waiting):
            theirs = tuple(one for one in waiting if one.household == household)
            key = f"redemption:collect:{round_.key.year}-{round_.key.number}:{household}"
            people = told_for(books, village, theirs)
            drafts += to_people(errand, people, CollectingNow(round_, theirs), key=key)
    return drafts


def remind_due(errand: Errand) -> tuple[Draft, ...]:
    """Remind the committee that a round must be carried through before October.

    Source: plan section 3(4).
    """
    today = village_day(errand.now)
    village = errand.village.id
    key = f"redemption:due:{errand.period}"
    if errand.books.rounds.is_carried_through(village, today.year):
        return tell(errand, None, key=key)
    running = next((r for r in _running(errand) if r.key.year == today.year), None)
    last_call = errand.period == date(today.year, 9, 20).isoformat()
    return tell(errand, RoundDue(running, last_call), key=key)


def remind_second(errand: Errand) -> tuple[Draft, ...]:
    """Remind the committee of the round in December if none is planned from the 1st to the 20th."""
    year = village_day(errand.now).year
    key = f"redemption:second:{year}"
    first, last = date(year, SECOND_MONTH, 1), date(year, SECOND_MONTH, SECOND_LAST_DAY)
    for opens, closes in errand.books.rounds.windows(errand.village.id, since=first):
        if opens <= last and first <= closes:
            return tell(errand, None, key=key)
    return tell(errand, SecondRoundDue(year), key=key)


def tell_points_ending(errand: Errand) -> tuple[Draft, ...]:
    """Tell the villagers' rooms that points end with the year, if anybody has some to spend.

    One quiet notice a room; how many somebody has is told in private alone.
    """
    today = village_day(errand.now)
    year = int(errand.period.partition("-")[0])
    village = errand.village
    is_over = today.year != year or year <= village.closed_through
    if is_over or not errand.books.rounds.spendable_total(village.id, year=year):
        return ()
    days = (date(year, 12, 31) - today).days
    result = PointsEnding(year, days, next(iter(_running(errand)), None))
    return to_villagers(errand, result, key=f"points-ending:{errand.period}")


def _running(errand: Errand) -> tuple[Round, ...]:
    found = current(errand.books, errand.village.id, today=village_day(errand.now))
    return tuple(round_ for round_ in found if round_.state in RUNNING)


def _open(errand: Errand) -> tuple[Round, ...]:
    return tuple(round_ for round_ in _running(errand) if round_.state is RoundState.OPEN)
