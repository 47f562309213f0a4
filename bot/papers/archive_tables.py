"""Publications, participation and redemption as tables (公示、参与、兑换归档), for Excel."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from bot.papers.book_tables import Row, number
from bot.papers.excel_out import Column, SheetOut
from bot.papers.redemption_vouchers import STATES as ORDER_STATES
from bot.papers.round_books import vouchers
from bot.papers.sheets import QUARTERS
from domain.money import YUAN
from domain.participation import FULL_PERCENT, GOAL_PERCENT, Home, Share, participation
from domain.period import village_day
from domain.publication import Publication, PublicationState
from domain.redemption_round import Round, RoundState
from storage.unit_of_work import Books

PUBLICATION_STATES: Final = {
    PublicationState.PREPARED: "还没公示",
    PublicationState.RELEASED: "正在公示",
    PublicationState.CORRECTED: "已更正",
    PublicationState.FINAL: "已定",
}
ROUND_STATES: Final = {
    RoundState.DRAFT: "还没开始",
    RoundState.OPEN: "正在换",
    RoundState.CLOSED: "截止了,等领",
    RoundState.ENDED: "办完了",
    RoundState.CANCELLED: "停办了",
}
YES: Final = "是"
_EDITIONS: Final = (
    Column("季度", 10),
    Column("第几次", 8),
    Column("状态", 10),
    Column("公示日期", 12),
    Column("异议截止", 12),
    Column("可参加户", 10),
    Column("已参加户", 10),
    Column("细则版本", 16),
    Column("通过细则的会议", 24),
    Column("文件依据", 40),
    Column("台账第几笔", 12),
    Column("台账校验码", 66),
    Column("公示校验码", 66),
)
_PLACES: Final = (
    Column("名次", 8),
    Column("组", 6),
    Column("户主", 12),
    Column("本季分", 10),
    Column("全年分", 10),
    Column("全年名次", 10),
)
_SHARES: Final = (
    Column("范围", 12),
    Column("可参加户", 10),
    Column("已绑定户", 10),
    Column("已参加户", 10),
    Column("参与率(%)", 11),
    Column("目标(%)", 9),
    Column("达到目标", 10),
    Column("还差户", 9),
)
_HOMES: Final = (
    Column("组", 6),
    Column("门牌", 9),
    Column("户主", 12),
    Column("星级", 7),
    Column("党员户", 8),
    Column("已绑定", 8),
    Column("已参加", 8),
    Column("今年得分", 10),
)
_ROUNDS: Final = (
    Column("第几轮", 8),
    Column("名称", 22),
    Column("状态", 13),
    Column("兑换开始", 12),
    Column("兑换截止", 12),
    Column("领取开始", 12),
    Column("领取截止", 12),
    Column("领取地点", 20),
    Column("预算(元)", 11),
    Column("已用(元)", 11),
)
_GOODS: Final = (
    Column("第几轮", 8),
    Column("编号", 7),
    Column("物品", 24),
    Column("单位", 7),
    Column("分值", 8),
    Column("数量", 8),
    Column("已订", 8),
    Column("每户最多", 10),
    Column("成本(元)", 10),
)
_VOUCHERS: Final = (
    Column("第几轮", 8),
    Column("凭证号", 8),
    Column("住户", 14),
    Column("户主", 12),
    Column("物品", 24),
    Column("数量", 7),
    Column("单位", 7),
    Column("分值", 8),
    Column("状态", 14),
    Column("预订时间", 17),
    Column("处理时间", 17),
    Column("经手人", 12),
)


def publication_sheets(books: Books, village: int, *, year: int) -> Iterator[SheetOut]:
    """Yield a list of a year's editions and a sheet for each; names as they may be shown now."""
    shown = books.publications.shown_in(village, year)
    yield SheetOut(f"{year}年公示", _EDITIONS, [_edition(one) for one in shown])
    for one in shown:
        again = f"更正{one.edition - 1}" if one.edition > 1 else ""
        name = f"第{QUARTERS[one.quarter.quarter - 1]}季度{again}"
        yield SheetOut(name, _PLACES, _places(books.boards.covered(village, one)))


def _edition(publication: Publication) -> Row:
    told = publication.snapshot
    released = publication.released_at
    return (
        str(publication.quarter),
        publication.edition,
        PUBLICATION_STATES[publication.state],
        village_day(released) if released else None,
        publication.objections_until,
        told.eligible,
        told.participating,
        told.rulebook_version,
        told.adopted.title,
        told.basis.title if told.basis.is_policy else "",
        told.chain_seq,
        told.chain_head,
        publication.digest,
    )


def _places(publication: Publication) -> Iterator[Row]:
    for line in publication.snapshot.lines:
        yield (
            line.shown_place,
            line.group_no,
            line.name,
            number(line.quarter_points),
            number(line.year_points),
            line.shown_year_place,
        )


def participation_sheets(books: Books, village: int, *, as_of: date) -> Iterator[SheetOut]:
    """Yield the shares of a village on a day, and its households: for visits, not for the board."""
    homes = books.participations.homes(village, as_of)
    figures = participation(homes)
    shares = [
        _share("全村", figures.every, GOAL_PERCENT),
        _share("星级户", figures.stars, FULL_PERCENT),
        _share("党员户", figures.party, FULL_PERCENT),
        *(_share(f"{group}组", share, GOAL_PERCENT) for group, share in figures.groups),
    ]
    yield SheetOut(f"{as_of.year}年参与率", _SHARES, shares)
    yield SheetOut("住户", _HOMES, _households(books, village, homes, as_of))


def _share(name: str, share: Share, goal: int) -> Row:
    return (
        name,
        share.eligible,
        share.enrolled,
        share.taking_part,
        share.permille / 10,
        goal,
        YES if share.eligible and share.reaches(goal) else "",
        share.missing_to(goal),
    )


def _households(books: Books, village: int, homes: Iterable[Home], as_of: date) -> Iterator[Row]:
    known = {home.id: home for home in books.households.all(village)}
    earned = books.participations.earned(village, as_of)
    for home in homes:
        household = known[home.household]
        yield (
            household.group_no,
            household.house_no,
            household.head,
            household.star or None,
            YES if home.is_party else "",
            YES if home.is_enrolled else "",
            YES if home.takes_part else "",
            number(earned.get(home.household, 0)),
        )


def redemption_sheets(books: Books, village: int, *, year: int) -> Iterator[SheetOut]:
    """Yield a year's rounds, their catalogues, and every order with what became of it."""
    rounds = books.rounds.of_year(village, year)
    yield SheetOut(f"{year}年兑换", _ROUNDS, [_round(one) for one in rounds])
    yield SheetOut("目录", _GOODS, [row for one in rounds for row in _goods(one)])
    yield SheetOut("凭证", _VOUCHERS, _orders(books, village, rounds))


def _round(round_: Round) -> Row:
    plan = round_.plan
    return (
        round_.key.number,
        plan.name,
        ROUND_STATES[round_.state],
        plan.opens_on,
        plan.closes_on,
        plan.collect_from,
        plan.collect_until,
        plan.place,
        plan.budget / YUAN,
        round_.spent / YUAN,
    )


def _goods(round_: Round) -> Iterator[Row]:
    for good in round_.plan.goods:
        yield (
            round_.key.number,
            good.number,
            good.name,
            good.unit,
            number(good.price),
            good.stock,
            good.taken,
            good.limit,
            good.cost / YUAN,
        )


def _orders(books: Books, village: int, rounds: tuple[Round, ...]) -> Iterator[Row]:
    for round_ in rounds:
        for voucher in vouchers(books, village, round_):
            one = voucher.redemption
            good = round_.good(one.good)
            yield (
                round_.key.number,
                one.key.number,
                voucher.address,
                voucher.head,
                good.name,
                one.quantity,
                good.unit,
                number(one.points),
                ORDER_STATES[one.state],
                one.reserved_at,
                one.settled_at,
                voucher.settled_by,
            )
