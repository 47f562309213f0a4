"""What is asked about redemption (兑换查询): the catalogue, one's orders, who still collects."""

from dataclasses import dataclass
from datetime import date

from bot.commands.case import Case
from bot.commands.collection import code_of
from domain.authority import require_committee, require_member
from domain.membership import HouseholdId
from domain.period import village_day
from domain.points import Points
from domain.redemption import Redemption, RedemptionState
from domain.redemption_round import Round, RoundState
from schedules.redemption import current, good_words
from storage.villages import Household

MINE_MAX = 10
COLLECTORS_MAX = 30


def day_of(case: Case) -> date:
    """Return the village day on which a message is worked on.

    Not the day it was sent: what waited out an outage orders nothing from a
    round, or a year, that is over by now.
    """
    return village_day(case.now)


@dataclass(frozen=True, slots=True)
class CatalogueTold:
    """What can be had; ``spendable`` is the asker's, None before a room or for a stranger."""

    round: Round
    spendable: Points | None


@dataclass(frozen=True, slots=True)
class NoRoundTold:
    """Nothing can be ordered now: the round that comes, and the one that was last."""

    coming: Round | None
    last: Round | None
    collecting: Round | None


@dataclass(frozen=True, slots=True)
class MineTold:
    """A household's orders of the year, newest first: what, and the code while it waits."""

    household: Household
    orders: tuple[tuple[Redemption, str, str], ...]


@dataclass(frozen=True, slots=True)
class CollectorsTold:
    """Who still has something to collect, oldest order first."""

    orders: tuple[tuple[Redemption, str, Household], ...]


def catalogue(case: Case) -> CatalogueTold | NoRoundTold:
    """Tell what the open round offers, or when there is one."""
    rounds = current(case.books, case.home.id, today=day_of(case))
    open_ = next((r for r in rounds if r.is_open(day_of(case))), None)
    if open_ is None:
        coming = next((r for r in rounds if r.state is RoundState.DRAFT), None)
        collecting = next((r for r in rounds if r.state is RoundState.CLOSED), None)
        return NoRoundTold(coming, case.books.rounds.latest(case.home.id), collecting)
    is_private = case.room is None and case.person is not None
    household = case.person.household if is_private and case.person else None
    return CatalogueTold(open_, spendable(case, household) if household else None)


def mine(case: Case) -> MineTold:
    """Tell the household's orders of the year with the codes of those that wait.

    Raises:
        NotBound: The person belongs to no household here.

    """
    household = require_member(case.person)
    village, year = case.home.id, day_of(case).year
    found = case.books.redemptions.of_household(village, household, year=year, limit=MINE_MAX)
    orders = tuple(
        (one, what(case, one), code_of(case, one) if _waits(one) else "") for one in found
    )
    return MineTold(case.books.households.get(village, household), orders)


def collectors(case: Case) -> CollectorsTold:
    """Tell the committee who still has something to collect.

    Raises:
        NotAllowed: The person is not on the committee.

    """
    require_committee(case.person)
    books, village = case.books, case.home.id
    waiting: list[Redemption] = []
    for round_ in current(books, village, today=day_of(case)):
        waiting += books.redemptions.of_round(
            village, round_.key, state=RedemptionState.RESERVED, limit=COLLECTORS_MAX
        )
    return CollectorsTold(
        tuple(
            (one, what(case, one), books.households.get(village, one.household))
            for one in waiting[:COLLECTORS_MAX]
        )
    )


def spendable(case: Case, household: HouseholdId) -> Points:
    """Return what a household can still redeem this year."""
    year = day_of(case).year
    return case.books.ledger.balance(case.home.id, household, year=year).spendable


def what(case: Case, redemption: Redemption) -> str:
    """Return what was ordered, in the words of its round: 洗衣液2瓶."""
    round_ = case.books.rounds.get(case.home.id, redemption.round)
    assert round_ is not None, redemption.round
    return good_words(round_, redemption)


def _waits(redemption: Redemption) -> bool:
    return redemption.state is RedemptionState.RESERVED
