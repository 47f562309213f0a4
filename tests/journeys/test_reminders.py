"""What the committee and the rooms are reminded of: often enough, not more, and one thing a day."""

import itertools
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from bot.workdays import is_working
from domain.calendar import working_days_between
from domain.membership import Role
from domain.objection import ObjectionState
from domain.period import Month, Quarter
from domain.publication import Publication, PublicationState
from schedules.timetable import JobKind
from storage.jobs import JobSetting
from storage.ledger import REVIEW
from storage.outbox import Draft
from tests.builders import a_final_publication
from tests.cast import COMMITTEE_ROOM, VILLAGE_ROOM
from tests.journeys.calendar import CalendarStage
from tests.journeys.test_publication import EARNED, RELEASED
from tests.redemption import ROUND, give_points, make_administrator


def days(first: str, last: str) -> Iterator[date]:
    """Yield the days from one to another, both included."""
    day = date.fromisoformat(first)
    while day <= date.fromisoformat(last):
        yield day
        day += timedelta(days=1)


def confirm(stage: CalendarStage, *months: int) -> None:
    for month in months:
        for person in ("李会计", "陈主任"):
            stage.act(f"{person}: 审定 {month}月")


def to_committee(stage: CalendarStage, day: date) -> list[Draft]:
    return [one for one in stage.on(f"{day}T09:00") if one.room == COMMITTEE_ROOM]


def test_two_late_months_are_not_reminded_of_twice_as_often(calendar: CalendarStage) -> None:
    told = [
        day
        for day in days("2026-11-02", "2026-11-30")
        for one in to_committee(calendar, day)
        if "还没审定" in one.text
    ]
    assert len(told) > 5
    for one, other in itertools.pairwise(told):
        assert working_days_between(one, other, is_working) >= 3, (one, other)


@pytest.mark.parametrize("is_on", [True, False])
def test_an_objection_is_reminded_of_on_its_day_whatever_the_month_reminders_do(
    calendar: CalendarStage,
    is_on: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    with calendar.open_books() as books:
        for kind in (JobKind.MONTH_REMINDER_FIRST, JobKind.MONTH_REMINDER_SECOND):
            books.jobs.set(1, kind, JobSetting(is_on=is_on))
    calendar.play(EARNED)
    calendar.set("2026-10-20T10:00")
    confirm(calendar, 9)
    for person in ("李会计", "陈主任"):
        calendar.act(f"{person}: 发布公示")
    calendar.act("张三: 异议 总分少了")
    assert to_committee(calendar, date(2026, 10, 22)) == []
    [told] = to_committee(calendar, date(2026, 10, 23))
    assert "1件异议要答复" in told.text
    assert ("10月快结束了" in told.text) == is_on


def test_a_month_reminder_at_another_hour_takes_the_digest_along(calendar: CalendarStage) -> None:
    with calendar.open_books() as books:
        books.jobs.set(1, JobKind.MONTH_REMINDER_FIRST, JobSetting(hour=15))
    for day in days("2026-10-08", "2026-10-22"):
        calendar.on(f"{day}T09:00")
    assert to_committee(calendar, date(2026, 10, 23)) == []
    [told] = calendar.on("2026-10-23T15:00")
    assert told.text.startswith("10月快结束了")
    assert "三季度还不能公示:9月还没审定。" in told.text


def test_after_a_gap_the_committee_hears_one_thing_a_day(calendar: CalendarStage) -> None:
    with calendar.open_books() as books:
        for kind in (JobKind.REDEMPTION_DUE, JobKind.REDEMPTION_SECOND):
            books.jobs.reset(1, kind)
    calendar.on("2026-11-18T09:00")
    kinds = set()
    for day in days("2026-11-26", "2026-12-12"):
        told = to_committee(calendar, day) + [
            one for one in calendar.on(f"{day}T15:00") if one.room == COMMITTEE_ROOM
        ]
        assert len(told) <= 1, (day, told)
        kinds |= {
            what
            for what in ("快结束了", "还没有安排积分兑换", "还没审定")
            for d in told
            if what in d.text
        }
    assert kinds == {"快结束了", "还没有安排积分兑换", "还没审定"}, "nothing is lost"


def test_what_a_later_quarter_lacks_is_said_also_after_the_first_fell_silent(
    calendar: CalendarStage,
) -> None:
    calendar.promote("zhao", Role.ADMINISTRATOR)
    for day in days("2026-10-08", "2026-12-31"):
        calendar.on(f"{day}T09:00")
    with calendar.open_books() as books:
        assert len(books.publications.told_missing(1, Quarter(2026, 3))) == 10
    told = [one for day in days("2027-01-01", "2027-01-05") for one in to_committee(calendar, day)]
    assert [one.text for one in told if "四季度还不能公示:10月、11月、12月还没审定。" in one.text]


def test_a_quarter_ready_after_months_is_told_and_released_before_the_next(
    calendar: CalendarStage,
) -> None:
    calendar.play(EARNED)
    for day in days("2026-10-08", "2027-01-09"):
        calendar.on(f"{day}T09:00")
    confirm(calendar, 9, 10, 11, 12)
    told = [one for day in days("2027-01-10", "2027-01-12") for one in to_committee(calendar, day)]
    ready = [one.text for one in told if "公示准备好了" in one.text]
    assert len(ready) == 1
    assert "三季度公示准备好了,请两位委员回“发布公示”。" in ready[0]
    assert "三季度" in calendar.act("李会计: 发布公示")[0].text
    calendar.act("陈主任: 发布公示")
    [after] = to_committee(calendar, date(2027, 1, 13))
    assert after.text.startswith("四季度公示准备好了")


def test_the_year_s_close_is_reminded_of_without_a_committee_room(calendar: CalendarStage) -> None:
    with calendar.open_books() as books:
        books.connection.exec_driver_sql("DELETE FROM room WHERE purpose = 'committee'")
        for month in (9, 10, 11, 12):
            row = {
                "village": 1,
                "month": str(Month(2026, month)),
                "confirmed_at": calendar.clock.now,
            }
            books.connection.execute(REVIEW.insert().values(row))
        for quarter in (3, 4):
            books.publications.add(1, a_final_publication(Quarter(2026, quarter)))
    told = [one for one in calendar.on("2027-01-12T09:00") if "可以年终结算" in one.text]
    assert {one.contact for one in told} == {"li", "chen"}


def test_two_quarters_that_end_on_one_day_are_told_in_one_message(calendar: CalendarStage) -> None:
    calendar.play(EARNED)
    calendar.set("2027-01-04T10:00")
    for months in ((9,), (10, 11, 12)):
        confirm(calendar, *months)
        for person in ("李会计", "陈主任"):
            calendar.act(f"{person}: 发布公示")
    [told] = [one for one in calendar.on("2027-01-12T09:00") if one.room == VILLAGE_ROOM]
    assert told.text.count("积分公示结束") == 2


def test_the_end_of_a_publication_waits_for_a_day_on_which_the_room_hears_nothing_else(
    calendar: CalendarStage,
) -> None:
    calendar.play(EARNED + RELEASED)
    with calendar.open_books() as books:
        books.jobs.set(1, JobKind.POINTS_ENDING, JobSetting(hour=8, shift_days=-16))
    told = [one.text for one in calendar.on("2026-10-16T09:00") if one.room == VILLAGE_ROOM]
    assert [text for text in told if "公示结束" in text] == []
    assert len(told) == 1
    with calendar.open_books() as books:
        assert _newest(books.publications.newest(1, Quarter(2026, 3))).state is (
            PublicationState.RELEASED
        )
    [told_next] = [one for one in calendar.on("2026-10-17T00:05") if one.room == VILLAGE_ROOM]
    assert "公示结束" in told_next.text
    with calendar.open_books() as books:
        assert _newest(books.publications.newest(1, Quarter(2026, 3))).state is (
            PublicationState.FINAL
        )
        assert books.objections.count(1, Quarter(2026, 3))[ObjectionState.RAISED] == 0


def test_a_round_that_opens_on_such_a_day_is_told_tomorrow(calendar: CalendarStage) -> None:
    with calendar.open_books() as books:
        make_administrator(books)
        give_points(books, h1=60)
        books.jobs.set(1, JobKind.POINTS_ENDING, JobSetting(hour=10, shift_days=-46))
    assert [one.room for one in calendar.on("2026-09-16T10:00")] == [VILLAGE_ROOM]
    calendar.play(
        f"""
        陈主任: {ROUND}
          → 陈主任: 请核对:…
        陈主任: 1
          → 陈主任: 第1轮“秋季兑换”开始了,…
        == 2026-09-17
          ⇒ @村群: 积分兑换开始了:秋季兑换,…
        """
    )


def _newest(found: Publication | None) -> Publication:
    assert found is not None
    return found
