"""A round of redemption out of the open books (兑换目录、兑换凭证): for the board and the files."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from bot.papers.award_sheets import CatalogueSheet, Goods, VoucherLine, VoucherSheet
from bot.understanding.addresses import written
from domain.membership import PersonId
from domain.period import village_day
from domain.redemption import Redemption, RedemptionState
from domain.redemption_round import Good, Plan, Round
from storage.unit_of_work import Books
from storage.villages import Village

VOUCHERS_MAX: Final = 100_000


@dataclass(frozen=True, slots=True)
class Voucher:
    """One order with the names of its household and of who settled it."""

    redemption: Redemption
    address: str
    head: str
    settled_by: str


def catalogue_sheet(village: Village, round_: Round, *, url: str) -> CatalogueSheet:
    """Return what a round offers."""
    plan = round_.plan
    return CatalogueSheet(
        village=village.name,
        round_name=plan.name,
        opens_on=plan.opens_on,
        closes_on=plan.closes_on,
        collecting=_collecting(plan),
        goods=tuple(_goods(good) for good in plan.goods),
        url=url,
    )


def _collecting(plan: Plan) -> str:
    since, until = plan.collect_from, plan.collect_until
    days = f"{since.month}月{since.day}日"
    if until != since:
        days += f"到{until.month}月{until.day}日"
    return "，".join(part for part in (days, plan.hours, plan.place) if part)


def _goods(good: Good) -> Goods:
    return Goods(str(good.number), good.name, good.price, good.stock, good.limit, good.unit)


def vouchers(books: Books, village: int, round_: Round) -> tuple[Voucher, ...]:
    """Return the orders of a round with the names that belong to them, oldest first."""
    homes = {home.id: home for home in books.households.all(village)}

    @cache
    def name(person: PersonId) -> str:
        return books.people.get(village, person).name

    found = books.redemptions.of_round(village, round_.key, limit=VOUCHERS_MAX)
    return tuple(
        Voucher(
            one,
            written(homes[one.household].group_no, homes[one.household].house_no),
            homes[one.household].head,
            "" if one.settled_by is None else name(one.settled_by),
        )
        for one in found
    )


def voucher_sheet(books: Books, village: Village, round_: Round, *, today: date) -> VoucherSheet:
    """Return the vouchers of what was handed over, by number; full names, for the files."""
    lines = (
        VoucherLine(
            number=f"{one.redemption.key.year}-{one.redemption.key.number}",
            handed_on=village_day(one.redemption.settled_at),
            household=one.address,
            head=one.head,
            item=round_.good(one.redemption.good).name,
            quantity=one.redemption.quantity,
            points=one.redemption.points,
            handed_by=one.settled_by,
        )
        for one in vouchers(books, village.id, round_)
        if one.redemption.state is RedemptionState.HANDED_OVER
        and one.redemption.settled_at is not None
    )
    return VoucherSheet(village.name, round_.plan.name, today, tuple(lines))
