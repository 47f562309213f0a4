"""Several quarters at once: windows that overlap, and a year with an earlier quarter open."""

from datetime import UTC, date, datetime

import pytest

from storage.villages import HOUSEHOLD, VILLAGE
from tests.journeys.calendar import CalendarStage


def _confirm(calendar: CalendarStage, *months: int) -> None:
    for month in months:
        calendar.transcript(f"李会计: 审定 {month}月\n陈主任: 审定 {month}月")


def _release(calendar: CalendarStage) -> None:
    calendar.transcript("李会计: 发布公示\n陈主任: 发布公示")


@pytest.fixture
def two_windows(calendar: CalendarStage) -> CalendarStage:
    """二季度 came out on 8 October, 三季度 on the 9th; 张家's #1 counts in the earlier one."""
    with calendar.open_books() as books:
        began = datetime(2026, 4, 1, 1, tzinfo=UTC)
        books.connection.execute(VILLAGE.update().values(created_at=began))
        books.connection.execute(HOUSEHOLD.update().values(eligible_since=date(2026, 4, 1)))
    calendar.set("2026-06-20T10:00")
    calendar.transcript("张三: 申报 开会\n李会计: 通过 1")
    calendar.set("2026-10-08T10:00")
    _confirm(calendar, 4, 5, 6)
    _release(calendar)
    _confirm(calendar, 7, 8, 9)
    calendar.set("2026-10-09T10:00")
    _release(calendar)
    return calendar


def test_the_earlier_quarter_is_disputed_as_long_as_its_window_is_open(
    two_windows: CalendarStage,
) -> None:
    two_windows.play(
        """
        张三: 异议 1 应该6分
          → 张三: 记下了,张三家对#1有异议(1号)。…
        张三: 异议 二季度总分不对
          → 张三: 记下了,张三家对二季度总分有异议(2号)。…
        张三: 异议 总分不对
          → 张三: 记下了,张三家对三季度总分有异议(3号)。…
        """
    )
    two_windows.set("2026-10-16T10:00")
    two_windows.play(
        """
        王阿婆: 异议 二季度总分不对
          → 王阿婆: 记下了,王桂英家对三季度总分有异议(4号)。…
        """
    )


def test_a_year_is_not_closed_while_an_earlier_quarter_is_in_dispute(
    calendar: CalendarStage,
) -> None:
    calendar.promote("zhao")
    calendar.transcript("张三: 申报 开会\n李会计: 通过 1")
    calendar.set("2026-10-08T10:00")
    _confirm(calendar, 9)
    _release(calendar)
    calendar.transcript("张三: 异议 总分不对")
    calendar.set("2027-01-04T10:00")
    _confirm(calendar, 10, 11, 12)
    _release(calendar)
    calendar.transcript("== 2027-01-12")
    calendar.play(
        """
        李会计: 年终结算
          → 李会计: 2026年三季度的公示还没定下来。公示期满、异议都答复了才能结算。
        陈主任: 异议处理 1 更正 减1分 多算
          → 陈主任: 1号异议,您的意见是更正总分-1分。…
        赵大伟: 异议处理 1 更正 减1分 多算
          → 赵大伟: 1号异议(张三家)处理好了:已更正,总分-1分。…
          ⇒ 张三: …
          ⇒ @村群: …
        """
    )
