"""The books as tables (台账、申报): rows for Excel, one after another."""

import json
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from typing import Final

from bot.papers import rulebook_toml
from bot.papers.excel_out import Column, SheetOut, Value
from domain.claim import Claim, ClaimOrigin, ClaimState
from domain.ledger import Entry, EntryKind
from domain.membership import HouseholdId, PersonId
from domain.period import Month
from domain.points import show
from storage.unit_of_work import Books
from storage.villages import Household

KINDS: Final = {
    EntryKind.AWARD: "加分",
    EntryKind.DEDUCTION: "扣分",
    EntryKind.ADJUSTMENT: "调整",
    EntryKind.REVERSAL: "冲正",
    EntryKind.REDEMPTION: "兑换",
    EntryKind.REFUND: "退回",
    EntryKind.YEAR_CLOSE: "年终结清",
    EntryKind.TRANSFER: "并户转分",
}
STATES: Final = {
    ClaimState.DRAFT: "没报完",
    ClaimState.SUBMITTED: "待审",
    ClaimState.HALF_APPROVED: "待第二人审",
    ClaimState.APPROVED: "通过",
    ClaimState.REJECTED: "驳回",
    ClaimState.WITHDRAWN: "撤回",
    ClaimState.LAPSED: "作废",
}
ORIGINS: Final = {
    ClaimOrigin.CLAIM: "自报",
    ClaimOrigin.RECORD: "代录",
    ClaimOrigin.DEDUCTION: "扣分",
}
_HOME: Final = (Column("组", 6), Column("门牌", 9), Column("户主", 12))
LEDGER_COLUMNS: Final = (
    Column("序号", 8),
    Column("记账时间", 17),
    *_HOME,
    Column("类别", 9),
    Column("条目编号", 9),
    Column("条目", 24),
    Column("分", 8),
    Column("计入月份", 10),
    Column("经手人", 18),
    Column("原因", 30),
    Column("来由", 24),
    Column("校验码", 20),
)
CLAIM_COLUMNS: Final = (
    Column("年", 7),
    Column("号", 7),
    *_HOME,
    Column("条目编号", 9),
    Column("条目", 24),
    Column("状态", 11),
    Column("预计分", 8),
    Column("得分", 8),
    Column("日期", 12),
    Column("地点", 16),
    Column("数量", 8),
    Column("说明", 30),
    Column("照片", 6),
    Column("来源", 8),
    Column("申报人", 12),
    Column("审核人", 18),
    Column("计入月份", 10),
    Column("申报时间", 17),
    Column("细则版本", 14),
)
Row = tuple[Value, ...]


def ledger_sheet(books: Books, village: int, *, year: int) -> SheetOut:
    """Return a year's ledger in the order of the chain; the books stay open while it is written."""
    return SheetOut(f"{year}年台账", LEDGER_COLUMNS, _entries(books, village, year))


def claims_sheet(books: Books, village: int, *, year: int) -> SheetOut:
    """Return a year's claims by number; the books stay open while they are written."""
    return SheetOut(f"{year}年申报", CLAIM_COLUMNS, _claims(books, village, year))


def _entries(books: Books, village: int, year: int) -> Iterator[Row]:
    names = _Names(books, village)
    for entry in books.ledger.walk(village, year=year):
        yield _entry(entry, names)


def _entry(entry: Entry, names: "_Names") -> Row:
    posting = entry.posting
    return (
        entry.seq,
        entry.at,
        *names.home(posting.household),
        KINDS[posting.kind],
        posting.item,
        names.item_in(posting.effective_month, posting.item),
        number(posting.points),
        str(posting.effective_month),
        names.people(posting.actors),
        posting.reason,
        posting.cause,
        entry.hash,
    )


def _claims(books: Books, village: int, year: int) -> Iterator[Row]:
    names = _Names(books, village)
    for claim in books.claims.walk(village, year=year):
        yield _claim(claim, names)


def _claim(claim: Claim, names: "_Names") -> Row:
    act = claim.act
    return (
        claim.key.year,
        claim.key.number,
        *names.home(claim.household),
        act.item,
        names.item(claim.rulebook_version, act.item),
        STATES[claim.state],
        None if claim.expected is None else number(claim.expected),
        None if claim.points is None else number(claim.points),
        act.occurred_on,
        act.place,
        None if act.quantity is None else float(act.quantity),
        act.reason,
        len(claim.photos),
        ORIGINS[claim.origin],
        names.people((claim.filed_by,)),
        names.people(claim.approvals),
        str(claim.effective_month),
        claim.filed_at,
        claim.rulebook_version,
    )


def number(points: int) -> int | float:
    """Return tenths as a number of points: 10 is 1, 5 is 0.5."""
    return json.loads(show(points))  # type: ignore[no-any-return]


class _Names:
    """The village's addresses, its persons and the items of its rulebooks as they are needed."""

    def __init__(self, books: Books, village: int) -> None:
        self._homes = {home.id: home for home in books.households.all(village)}

        @cache
        def person(of: PersonId) -> str:
            return books.people.get(village, of).name

        @cache
        def items(version: str) -> dict[str, str]:
            stored = books.rulebooks.get(village, version)
            if stored is None:
                return {}
            rulebook, _ = rulebook_toml.loads(stored.body)
            return {item.code: item.short_name for item in rulebook.items}

        @cache
        def in_force(month: Month) -> str:
            found = books.rulebooks.in_force(village, month.end - timedelta(days=1))
            return found.version if found else ""

        self._person = person
        self._items = items
        self._in_force = in_force

    def home(self, household: HouseholdId) -> tuple[int, str, str]:
        """Return group, house number and head."""
        found: Household = self._homes[household]
        return found.group_no, found.house_no, found.head

    def people(self, persons: tuple[PersonId, ...]) -> str:
        """Return names, each once."""
        return "、".join(dict.fromkeys(self._person(one) for one in persons))

    def item(self, version: str, code: str) -> str:
        """Return an item's short name; its code where the version is not stored."""
        return self._items(version).get(code, code)

    def item_in(self, month: Month, code: str) -> str:
        """Return an item's short name in the version in force at the end of a month."""
        return self.item(self._in_force(month), code) if code else ""
