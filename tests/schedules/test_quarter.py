"""The quarter on the calendar: its first working day, late after a long sleep, and once."""

from datetime import date, timedelta

import pytest

from bot.workdays import is_working
from domain.period import Quarter
from schedules.publication import quarters_waiting
from schedules.timetable import JobKind, after_quarters
from tests.cast import memory_books
from tests.journeys.calendar import CalendarStage


def _weekday(day: date) -> bool:
    return day.weekday() < 5


def test_a_quarter_falls_on_the_first_working_day_after_it() -> None:
    assert list(after_quarters(2026, is_working)) == [
        ("2025-Q4", date(2026, 1, 4)),
        ("2026-Q1", date(2026, 4, 1)),
        ("2026-Q2", date(2026, 7, 1)),
        ("2026-Q3", date(2026, 10, 8)),
    ]


@pytest.mark.parametrize("year", range(2024, 2034))
def test_every_quarter_falls_on_a_working_day_within_ten_days(year: int) -> None:
    found = list(after_quarters(year, _weekday))
    ends = [date(year - 1, 12, 31), date(year, 3, 31), date(year, 6, 30), date(year, 9, 30)]
    for (_, day), end in zip(found, ends, strict=True):
        assert end < day <= end + timedelta(days=10)
        assert _weekday(day)


def test_a_quarter_is_prepared_late_after_forty_days_asleep_and_once() -> None:
    with memory_books() as open_books:
        stage = CalendarStage(open_books)
        stage.set("2026-10-02T09:00")
        for person in ("李会计", "陈主任"):
            stage.act(f"{person}: 审定 9月")
        told = stage.on("2026-11-17T09:00")
        assert sum("三季度公示准备好了:" in draft.text for draft in told) == 1
        assert not stage.tick()
        for minute in range(10, 50, 10):
            assert not stage.on(f"2026-11-17T09:{minute}")


def test_a_kind_that_is_switched_off_says_nothing_but_the_word_still_works() -> None:
    from storage.jobs import JobSetting

    with memory_books() as open_books:
        stage = CalendarStage(open_books)
        with open_books() as books:
            for kind in (JobKind.QUARTER_PUBLICATION, JobKind.COMMITTEE_DIGEST):
                books.jobs.set(1, kind, JobSetting(is_on=False))
        stage.set("2026-10-08T08:00")
        for person in ("李会计", "陈主任"):
            stage.act(f"{person}: 审定 9月")
        assert stage.on("2026-10-09T09:00") == ()
        stage.act("李会计: 发布公示")
        assert "已发到村民群" in stage.act("陈主任: 发布公示")[0].text


def test_quarters_wait_in_order_from_the_village_s_beginning() -> None:
    with memory_books() as open_books, open_books() as books:
        village = books.villages.get(1)
        assert quarters_waiting(books, village, today=date(2026, 9, 30)) == ()
        assert quarters_waiting(books, village, today=date(2026, 10, 1)) == (Quarter(2026, 3),)
        later = quarters_waiting(books, village, today=date(2027, 1, 1))
        assert later == (Quarter(2026, 3), Quarter(2026, 4))


def test_a_village_without_rules_has_nothing_to_publish() -> None:
    with memory_books() as open_books:
        stage = CalendarStage(open_books)
        with open_books() as books:
            books.connection.exec_driver_sql("DELETE FROM adoption")
        assert stage.on("2026-10-08T09:00") == ()
        [answer] = stage.act("李会计: 发布公示")
        assert "还没有表决通过积分细则" in answer.text
