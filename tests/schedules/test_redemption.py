"""Redemption by the calendar: rounds turn, what nobody collected lapses, and who hears what when."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.replies.results import word
from domain.ledger import EntryKind
from domain.membership import PersonId
from domain.period import Month
from domain.points import Points
from domain.redemption import RedemptionKey, RedemptionState, payment
from domain.redemption_round import RoundKey, RoundState
from schedules import redemption_notices as notices
from schedules.jobs import Errand, NotYet
from schedules.redemption import turn_the_day
from schedules.timetable import TIMETABLE, JobKind
from storage.doors import Room
from storage.outbox import Draft
from storage.unit_of_work import Books, OpenBooks
from tests.builders import ACCOUNT, NOON, TODAY
from tests.cast import COMMITTEE_ROOM, VILLAGE_ROOM, settle_in
from tests.redemption import a_good, a_redemption, a_round, give_points

Work = Callable[[Errand], tuple[Draft, ...]]
KEY = RoundKey(2026, 1)


def at(month: int, day: int, hour: int = 9, *, year: int = 2026) -> datetime:
    """An instant by the village's clock."""
    return datetime(year, month, day, hour, tzinfo=UTC) - timedelta(hours=8)


@pytest.fixture
def village(open_books: OpenBooks) -> OpenBooks:
    """A village with points; no round."""
    with open_books() as books:
        settle_in(books, has_rulebook=False)
        give_points(books, h1=60, h2=45)
    return open_books


def plan(open_books: OpenBooks, **changes: Any) -> None:
    with open_books() as books:
        state = changes.pop("state", RoundState.DRAFT)
        books.rounds.add(
            1, a_round(a_good(), state=state, **changes), planned_by=PersonId(4), at=NOON
        )


def order(open_books: OpenBooks, number: int = 1, **changes: Any) -> None:
    with open_books() as books:
        one = a_redemption(number, **changes)
        books.ledger.post(1, payment(one, name="洗衣液2瓶", today=TODAY), at=NOON)
        books.rounds.take(1, KEY, 1, one.quantity)
        books.redemptions.add(1, one, code_digest=f"d{number}")


def do(open_books: OpenBooks, work: Work, now: datetime, period: str = "") -> list[Draft]:
    with open_books() as books:
        day = (now + timedelta(hours=8)).date().isoformat()
        errand = Errand(
            books,
            books.villages.get(1),
            period or day,
            now,
            lambda result: word((result,)),
            lambda day: day.weekday() < 5,
        )
        return list(work(errand))


def state(open_books: OpenBooks) -> RoundState:
    with open_books() as books:
        round_ = books.rounds.get(1, KEY)
        assert round_ is not None
        return round_.state


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(9, 15, 23), RoundState.DRAFT),
        (at(9, 16, 0), RoundState.OPEN),
        (at(9, 23, 23), RoundState.OPEN),
        (at(9, 24, 0), RoundState.CLOSED),
        (at(9, 26, 23), RoundState.CLOSED),
        (at(9, 27, 0), RoundState.ENDED),
        (at(11, 6), RoundState.ENDED),
    ],
)
def test_a_round_turns_with_the_village_s_days_however_late(
    village: OpenBooks, now: datetime, expected: RoundState
) -> None:
    plan(village)
    do(village, turn_the_day, now)
    assert state(village) is expected
    assert do(village, turn_the_day, now) == []


def test_what_nobody_collected_lapses_and_is_told_once_by_day(village: OpenBooks) -> None:
    plan(village)
    order(village)
    [told] = do(village, turn_the_day, at(9, 27, 0))
    assert (told.contact, told.room, told.kind) == ("zhang", None, "notice")
    assert told.text == "您家在“秋季兑换”订的洗衣液2瓶没有来领,已经取消,40分退回了。"
    with village() as books:
        assert books.outbox.oldest_waiting(ACCOUNT) == at(9, 27, 8)
        one = books.redemptions.get(1, RedemptionKey(2026, 1))
        assert one is not None
        assert (one.state, one.settled_by) == (RedemptionState.LAPSED, None)
        assert books.ledger.balance(1, one.household, year=2026).spendable == 600
        assert books.audit.verify(1) == ()
    assert do(village, turn_the_day, at(9, 28, 0)) == []


def test_points_that_lapse_after_the_year_go_back_into_it(village: OpenBooks) -> None:
    december = {
        "closes_on": date(2026, 12, 20),
        "collect_from": date(2026, 12, 21),
        "collect_until": date(2026, 12, 31),
    }
    plan(village, **december)
    order(village)
    do(village, turn_the_day, at(1, 1, 0, year=2027))
    with village() as books:
        entry = books.ledger.caused_by(1, "redemption:2026:1:refund")
        assert entry is not None
        assert entry.posting.kind is EntryKind.REFUND
        assert entry.posting.effective_month == Month(2026, 12)
        assert books.ledger.balance(1, entry.posting.household, year=2027).spendable == 0
        assert books.audit.verify(1) == ()


def test_a_round_of_a_closed_year_is_left_as_it_is(village: OpenBooks) -> None:
    plan(village)
    order(village)
    with village() as books:
        from sqlalchemy import text

        books.connection.execute(text("UPDATE village SET closed_through = 2026"))
    assert do(village, turn_the_day, at(2, 1, year=2027)) == []
    with village() as books:
        assert books.redemptions.count_reserved(1, year=2026) == 1
        assert {fault.kind for fault in books.audit.verify(1)} == {"year_close"}


def test_the_opening_is_told_once_in_the_villagers_rooms(village: OpenBooks) -> None:
    plan(village)
    assert do(village, notices.tell_opening, at(9, 15)) == []
    [told] = do(village, notices.tell_opening, at(9, 16))
    assert (told.room, told.contact) == (VILLAGE_ROOM, None)
    assert told.text.startswith("积分兑换开始了:秋季兑换,9月23日截止。")
    assert do(village, notices.tell_opening, at(9, 17)) == []


def test_an_opening_found_too_late_is_no_news(village: OpenBooks) -> None:
    plan(village)
    assert do(village, notices.tell_opening, at(9, 20)) == []


@pytest.mark.parametrize(
    ("work", "now", "words"),
    [
        (notices.tell_last_week, at(9, 23), "“秋季兑换”还有7天截止(9月30日)"),
        (notices.tell_last_week, at(9, 25), "“秋季兑换”还有5天截止(9月30日)"),
        (notices.tell_last_day, at(9, 29), "“秋季兑换”明天截止(9月30日)"),
        (notices.tell_last_day, at(9, 30), "“秋季兑换”今天是最后一天(9月30日)"),
    ],
)
def test_the_last_week_and_the_last_day_are_told_once(
    village: OpenBooks, work: Work, now: datetime, words: str
) -> None:
    plan(village, closes_on=date(2026, 9, 30), collect_until=date(2026, 10, 2))
    [told] = do(village, work, now)
    assert told.text.startswith(words)
    assert do(village, work, now + timedelta(days=1)) == []


@pytest.mark.parametrize(
    ("work", "now"),
    [
        (notices.tell_last_week, at(9, 22)),
        (notices.tell_last_week, at(9, 29)),
        (notices.tell_last_day, at(9, 28)),
        (notices.tell_last_day, at(10, 1)),
    ],
)
def test_before_and_after_their_days_nothing_is_told(
    village: OpenBooks, work: Work, now: datetime
) -> None:
    plan(village, closes_on=date(2026, 9, 30), collect_until=date(2026, 10, 2))
    assert do(village, work, now) == []


def test_a_round_of_a_week_is_not_told_to_close_on_the_day_it_opens(village: OpenBooks) -> None:
    plan(village)
    assert do(village, notices.tell_last_week, at(9, 16)) == []


def test_a_room_hears_one_thing_a_day(village: OpenBooks) -> None:
    plan(village, opens_on=date(2026, 9, 20), closes_on=date(2026, 9, 28))
    do(village, notices.tell_opening, at(9, 21))
    with pytest.raises(NotYet):
        do(village, notices.tell_last_week, at(9, 21, 10))
    [told] = do(village, notices.tell_last_week, at(9, 22))
    assert told.text.startswith("“秋季兑换”还有6天截止")


def test_those_who_have_something_to_collect_are_told_directly_once(village: OpenBooks) -> None:
    plan(village)
    order(village)
    order(village, 2, household=2, reserved_by=PersonId(3), quantity=1, points=Points(200))
    assert do(village, notices.tell_collecting, at(9, 19)) == []
    told = do(village, notices.tell_collecting, at(9, 20))
    assert {(d.contact, d.room) for d in told} == {("zhang", None), ("wang", None)}
    assert told[0].text == (
        "您家换的洗衣液2瓶可以领了:9月20日到9月26日 上午8点到11点在村委会领。领取码回“我的兑换”看。"
    )
    assert do(village, notices.tell_collecting, at(9, 21)) == []


@pytest.mark.parametrize("period", ["2026-07-01", "2026-08-01", "2026-09-01", "2026-09-20"])
def test_the_committee_is_reminded_until_a_round_was_held(village: OpenBooks, period: str) -> None:
    day = date.fromisoformat(period)
    now = at(day.month, day.day)
    [told] = do(village, notices.remind_due, now, period)
    assert told.room == COMMITTEE_ROOM
    assert "10月前至少要办一次" in told.text
    assert ("只有几天了" in told.text) == (period == "2026-09-20")
    plan(village, state=RoundState.ENDED)
    order(village)
    with village() as books:
        one = books.redemptions.get(1, RedemptionKey(2026, 1))
        assert one is not None
        assert not books.rounds.is_carried_through(1, 2026), "nothing was handed over"
        books.redemptions.save(1, replace(one, state=RedemptionState.HANDED_OVER), at=NOON)
    assert do(village, notices.remind_due, now, period) == []


def test_a_round_on_its_way_is_named_in_the_reminder(village: OpenBooks) -> None:
    plan(village)
    [told] = do(village, notices.remind_due, at(9, 20), "2026-09-20")
    assert "“秋季兑换”9月26日领完" in told.text


def test_a_committee_without_a_room_is_reminded_one_by_one(village: OpenBooks) -> None:
    with village() as books:
        books.rooms.bind(Room(1, ACCOUNT, COMMITTEE_ROOM, "villagers"), at=NOON)
    told = do(village, notices.remind_due, at(7, 1), "2026-07-01")
    assert {d.contact for d in told} == {"li", "chen"}


def test_the_second_round_is_asked_for_unless_it_is_planned(village: OpenBooks) -> None:
    plan(village)
    [told] = do(village, notices.remind_second, at(11, 25))
    assert told.room == COMMITTEE_ROOM
    assert told.text.startswith("12月1日到20日还没有安排积分兑换。")
    with village() as books:
        second = a_round(
            opens_on=date(2026, 12, 5),
            closes_on=date(2026, 12, 10),
            collect_from=date(2026, 12, 11),
            collect_until=date(2026, 12, 12),
            state=RoundState.DRAFT,
        )
        second = type(second)(RoundKey(2026, 2), second.state, second.plan)
        books.rounds.add(1, second, planned_by=None, at=NOON)
    assert do(village, notices.remind_second, at(11, 25)) == []


@pytest.mark.parametrize(("month", "day", "days"), [(11, 1, 60), (12, 1, 30), (12, 24, 7)])
def test_unspent_points_are_announced_without_amounts(
    village: OpenBooks, month: int, day: int, days: int
) -> None:
    [slot] = [s for s in TIMETABLE if s.kind is JobKind.POINTS_ENDING]
    assert (f"2026-{days}", date(2026, month, day)) in list(slot.days(2026, lambda _: True))
    [told] = do(village, notices.tell_points_ending, at(month, day, 10), f"2026-{days}")
    assert told.room == VILLAGE_ROOM
    assert told.text == (
        f"2026年的积分还有{days}天到期,没用的分不转到明年。自己家还有多少,私聊我回“我家多少分”。"
    )
    again = do(village, notices.tell_points_ending, at(month, day, 11), f"2026-{days}")
    assert again == []


def test_nothing_is_announced_where_nobody_has_points_or_the_year_is_over(
    open_books: OpenBooks,
) -> None:
    with open_books() as books:
        settle_in(books, has_rulebook=False)
    assert do(open_books, notices.tell_points_ending, at(12, 1, 10), "2026-30") == []
    with open_books() as books:
        give_points(books, h1=5)
    assert do(open_books, notices.tell_points_ending, at(1, 2, 10, year=2027), "2026-7") == []


def test_a_round_on_its_way_is_named_when_points_end(village: OpenBooks) -> None:
    plan(village, closes_on=date(2026, 12, 20), collect_until=date(2026, 12, 30))
    [told] = do(village, notices.tell_points_ending, at(12, 1, 10), "2026-30")
    assert "“秋季兑换”正在办" in told.text


def test_what_was_opened_in_chat_is_not_told_again_by_the_calendar(village: OpenBooks) -> None:
    plan(village)
    with village() as books:
        _announce(books)
    assert do(village, notices.tell_opening, at(9, 17)) == []


def _announce(books: Books) -> None:
    key = notices.opening_key(a_round())
    draft = Draft(
        f"notice:1:{key}:{ACCOUNT}:{VILLAGE_ROOM}", ACCOUNT, VILLAGE_ROOM, None, "开始了", "notice"
    )
    books.outbox.put(draft, at=at(9, 16))
