"""Planning a round (兑换批次): what it may cost, and keeping it, from chat and from Excel alike."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.membership import PersonId
from domain.money import Cents
from domain.period import village_day
from domain.points import Points
from domain.redemption_plan import Circumstances
from domain.redemption_round import (
    ROUND_STEPS,
    Plan,
    Round,
    RoundKey,
    RoundState,
    liability,
    steps_due,
    stock_cost,
)
from domain.workflow import step
from storage.unit_of_work import Books
from storage.villages import Village


@dataclass(frozen=True, slots=True)
class Liability:
    """What a plan may cost: all its stock, and at most what the spendable points could take."""

    points: Points
    at_most: Cents
    stock: Cents


def circumstances(
    books: Books, village: Village, *, today: date, forbidden: tuple[str, ...]
) -> Circumstances:
    """Return what a plan of a village is checked against."""
    others = books.rounds.windows(village.id, since=today)
    return Circumstances(today, village.closed_through, forbidden, others)


def liability_of(books: Books, village: int, plan: Plan) -> Liability:
    """Return what a plan may cost the village with the points that are there now."""
    points = books.rounds.spendable_total(village, year=plan.opens_on.year)
    return Liability(points, liability(plan.goods, points), stock_cost(plan.goods))


def keep_round(
    books: Books, village: int, plan: Plan, *, by: PersonId | None, now: datetime
) -> Round:
    """Keep a planned round under the next number of its year; open it if its day has come."""
    books.villages.lock(village)
    year = plan.opens_on.year
    key = RoundKey(year, books.villages.next_number(village, "redemption-round", year))
    state = RoundState.DRAFT
    for action in steps_due(state, plan, village_day(now)):
        state = step(ROUND_STEPS, state, action)
    round_ = Round(key, state, plan)
    books.rounds.add(village, round_, planned_by=by, at=now)
    return round_
