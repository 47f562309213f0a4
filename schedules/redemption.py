"""Redemption by the calendar (兑换): rounds open, close and end; what nobody collected lapses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.membership import PersonId
from domain.period import village_day
from domain.redemption import Redemption, RedemptionAction, RedemptionState, give_back
from domain.redemption_round import (
    ROUND_STEPS,
    RUNNING,
    Round,
    RoundAction,
    RoundOver,
    RoundState,
    steps_due,
    turned,
)
from domain.workflow import step
from schedules.announcing import to_people
from schedules.jobs import Errand
from storage.outbox import Draft
from storage.unit_of_work import Books

RESERVED_MAX = 20_000


@dataclass(frozen=True, slots=True)
class PointsReturned:
    """What a household is told when reservations end without goods, all of one round together.

    ``is_cancelled`` when the round was called off; else nobody collected in time.
    """

    round: Round
    redemptions: tuple[Redemption, ...]
    is_cancelled: bool


def current(books: Books, village: int, *, today: date) -> tuple[Round, ...]:
    """Return the running rounds, opened and closed as the day wants it, by their first day.

    Whoever comes first after midnight takes these steps: a person's question, or
    the calendar. Ending a round is the calendar's alone, since it gives back.
    """
    found = []
    for round_ in books.rounds.running(village):
        now = turned(round_, today)
        if now.state is not round_.state:
            books.rounds.set_state(village, round_.key, now.state)
        found.append(now)
    return tuple(found)


def turn_the_day(errand: Errand) -> tuple[Draft, ...]:
    """Open and close rounds, end those whose collecting days are over, and tell who got back."""
    books, village = errand.books, errand.village
    today = village_day(errand.now)
    books.villages.lock(village.id)
    drafts: list[Draft] = []
    for round_ in current(books, village.id, today=today):
        is_over = RoundAction.END in set(steps_due(round_.state, round_.plan, today))
        if not is_over or round_.key.year <= village.closed_through:
            continue
        books.rounds.set_state(village.id, round_.key, RoundState.ENDED)
        lapsed = _give_back_all(
            books, village.id, round_, RedemptionAction.LAPSE, by=None, now=errand.now
        )
        drafts += tell_returned(errand, round_, lapsed)
    return tuple(drafts)


def tell_returned(
    errand: Errand, round_: Round, redemptions: Sequence[Redemption]
) -> tuple[Draft, ...]:
    """Tell each household once, directly, what it got back of a round."""
    drafts: list[Draft] = []
    for household in dict.fromkeys(one.household for one in redemptions):
        theirs = tuple(one for one in redemptions if one.household == household)
        result = PointsReturned(round_, theirs, is_cancelled=False)
        people = told_for(errand.books, errand.village.id, theirs)
        key = f"redemption:lapse:{round_.key.year}-{round_.key.number}:{household}"
        drafts += to_people(errand, people, result, key=key)
    return tuple(drafts)


def told_for(books: Books, village: int, redemptions: Sequence[Redemption]) -> tuple[PersonId, ...]:
    """Return who of a household hears of its reservations: who made them, else its members."""
    household = redemptions[0].household
    members = books.redemptions.members(village, household)
    made = tuple(dict.fromkeys(one.reserved_by for one in redemptions))
    return tuple(person for person in made if person in members) or members


def cancel_round(
    books: Books, village: int, round_: Round, *, by: PersonId, now: datetime
) -> tuple[Redemption, ...]:
    """Call a round off: every reservation that was not collected gets its points back.

    Raises:
        RoundOver: It has ended or was called off before.

    """
    if round_.state not in RUNNING:
        raise RoundOver(round_.key.number)
    state = step(ROUND_STEPS, round_.state, RoundAction.CANCEL)
    books.rounds.set_state(village, round_.key, state)
    return _give_back_all(books, village, round_, RedemptionAction.CANCEL, by=by, now=now)


def return_one(
    books: Books,
    village: int,
    redemption: Redemption,
    action: RedemptionAction,
    *,
    by: PersonId | None,
    now: datetime,
) -> Redemption:
    """Give one reservation back: its points to the household, its pieces to the stock.

    Raises:
        RedemptionSettled: It is settled already.

    """
    round_ = books.rounds.get(village, redemption.round)
    assert round_ is not None, redemption.round
    name = good_words(round_, redemption)
    today = village_day(now)
    settled, refund = give_back(redemption, action, by=by, name=name, today=today)
    books.ledger.post(village, refund, at=now)
    books.rounds.take(village, redemption.round, redemption.good, -redemption.quantity)
    return books.redemptions.save(village, settled, at=now)


def good_words(round_: Round, redemption: Redemption) -> str:
    """Return what was ordered in the catalogue's own words: ``洗衣液2瓶``."""
    good = round_.good(redemption.good)
    return f"{good.name}{redemption.quantity}{good.unit}"


def _give_back_all(
    books: Books,
    village: int,
    round_: Round,
    action: RedemptionAction,
    *,
    by: PersonId | None,
    now: datetime,
) -> tuple[Redemption, ...]:
    reserved = books.redemptions.of_round(
        village, round_.key, state=RedemptionState.RESERVED, limit=RESERVED_MAX
    )
    return tuple(return_one(books, village, one, action, by=by, now=now) for one in reserved)


def shown_round(books: Books, village: int, *, year: int) -> Round | None:
    """Return a year's round for the board: the one that takes orders or will, else the last."""
    held = [r for r in books.rounds.of_year(village, year) if r.state is not RoundState.CANCELLED]
    ahead = (one for one in held if one.state in {RoundState.DRAFT, RoundState.OPEN})
    return next(ahead, held[-1] if held else None)
