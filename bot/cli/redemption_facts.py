"""What the commands of redemption tell and do (兑换命令的内容)."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.cli.listing import number
from bot.cli.office import Office, WrongUse, office, village_named
from bot.papers.redemption_sheet import read_round
from bot.papers.redemption_words import FORBIDDEN
from bot.papers.round_books import Voucher
from bot.replies import cli_redemption as words
from bot.replies.redemption_plan import problem
from bot.replies.redemption_rounds import plan_told
from domain.money import YUAN
from domain.redemption_plan import PlanProblem, PlanRefused, plan_of
from domain.redemption_round import Plan, Round, RoundKey
from schedules.redemption_planning import Liability, circumstances, keep_round, liability_of
from storage.unit_of_work import Books


@dataclass(frozen=True, slots=True)
class Brought:
    """A round as read from a workbook: kept, only looked at, or refused with its problems."""

    plan: Plan | None
    liability: Liability | None
    round: Round | None
    problems: tuple[PlanProblem, ...]

    @property
    def facts(self) -> dict[str, Any]:
        """What ``--json`` tells."""
        owed = self.liability
        return {
            "stored": self.round is not None,
            "round": self.round.key.number if self.round else None,
            "state": self.round.state.value if self.round else None,
            "liability": None if owed is None else owed_facts(owed),
            "problems": [
                {"cell": one.where, "fault": one.fault.value, "text": problem(one)}
                for one in self.problems
            ],
        }


def bring_in(file: Path, *, village: str, is_dry: bool) -> Brought:
    """Read a round and keep it in one transaction, unless something is wrong with it.

    Raises:
        CommandFailed: No such village.
        RosterUnreadable: The file is no spreadsheet that can be read.

    """
    sketch = read_round(file)
    with office() as at, at.open_books() as books:
        found = village_named(books, village)
        books.villages.lock(found.id)
        about = circumstances(books, found, today=at.today, forbidden=FORBIDDEN)
        try:
            plan = plan_of(sketch, about)
        except PlanRefused as refusal:
            return Brought(None, None, None, refusal.problems)
        owed = liability_of(books, found.id, plan)
        kept = None if is_dry else keep_round(books, found.id, plan, by=None, now=at.now)
        return Brought(plan, owed, kept, ())


def remarks(brought: Brought, *, is_dry: bool) -> Iterator[str]:
    """Yield what an operator reads."""
    if brought.problems:
        yield words.REFUSED
        yield from (problem(one) for one in brought.problems)
        return
    assert brought.plan is not None, "without problems there is a plan"
    assert brought.liability is not None, "as above"
    yield plan_told(brought.plan, brought.liability)
    if is_dry or brought.round is None:
        yield words.DRY
    else:
        state = words.STATES[brought.round.state]
        yield words.STORED.format(number=brought.round.key.number, state=state)


def yuan(cents: int) -> int | float:
    """Return cents as yuan for JSON: 1500 is 15, 250 is 2.5."""
    return cents // YUAN if cents % YUAN == 0 else cents / YUAN


def owed_facts(owed: Liability) -> dict[str, Any]:
    """Return what a round may cost: points there are now, yuan at most, yuan of all stock."""
    return {
        "points": number(owed.points),
        "at_most": yuan(owed.at_most),
        "stock": yuan(owed.stock),
    }


def round_facts(round_: Round) -> dict[str, Any]:
    """Return what is told of a round in a list."""
    plan = round_.plan
    return {
        "round": round_.key.number,
        "name": plan.name,
        "state": round_.state.value,
        "opens_on": plan.opens_on.isoformat(),
        "closes_on": plan.closes_on.isoformat(),
        "collect_from": plan.collect_from.isoformat(),
        "collect_until": plan.collect_until.isoformat(),
        "budget": yuan(plan.budget),
        "spent": yuan(round_.spent),
    }


def whole_facts(books: Books, village: int, round_: Round) -> dict[str, Any]:
    """Return everything of a round with its catalogue and what it may still cost."""
    plan = round_.plan
    goods = [
        {
            "name": good.name,
            "unit": good.unit,
            "price": number(good.price),
            "stock": good.stock,
            "taken": good.taken,
            "left": round_.left(good),
            "limit": good.limit,
            "cost": yuan(good.cost),
        }
        for good in plan.goods
    ]
    told = {"place": plan.place, "hours": plan.hours, "photo": plan.needs_photo}
    owed = owed_facts(liability_of(books, village, plan))
    return {**round_facts(round_), **told, "liability": owed, "goods": goods}


def round_named(at: Office, books: Books, village: str, *, year: int | None, number_: int) -> Round:
    """Return a round of a village.

    Raises:
        CommandFailed: No such village or round.

    """
    found = village_named(books, village)
    key = RoundKey(year or at.today.year, number_)
    round_ = books.rounds.get(found.id, key)
    if round_ is None:
        raise WrongUse(words.UNKNOWN.format(village=found.name, year=key.year, number=number_))
    return round_


def voucher_facts(round_: Round, voucher: Voucher) -> dict[str, Any]:
    """Return what ``--json`` tells of one voucher."""
    one = voucher.redemption
    good = round_.good(one.good)
    return {
        "number": one.key.number,
        "household": voucher.address,
        "head": voucher.head,
        "good": good.name,
        "quantity": one.quantity,
        "unit": good.unit,
        "points": number(one.points),
        "state": one.state.value,
        "reserved_at": one.reserved_at.isoformat(),
        "settled_at": one.settled_at.isoformat() if one.settled_at else None,
        "settled_by": voucher.settled_by,
        "photo": one.photo,
    }
