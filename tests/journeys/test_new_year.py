"""Over the new year: numbers begin again, caps and days between acts do not."""

import pytest

from tests.journeys.calendar import CalendarStage

FILED = """
    == 2026-12-28
    张三: 申报 问卷 12月20日
      → 张三: 收到,张三家 #1 参与问卷、民意征集,预计+1分(本月还可得1分)。…
    张三: 申报 问卷 12月21日
      → 张三: 收到,张三家 #2 参与问卷、民意征集,预计+1分(本月已满)。…
    李会计: 通过 1 2
      → 李会计: #1 …
      ⇒ 张三: …
"""


@pytest.fixture
def winter(calendar: CalendarStage) -> CalendarStage:
    """December is full for 张家's 问卷."""
    calendar.set("2026-12-28T08:00")
    calendar.tick()
    calendar.play(FILED)
    return calendar


def test_a_claim_whose_day_is_corrected_into_december_stays_under_its_caps(
    winter: CalendarStage,
) -> None:
    winter.set("2027-01-03T08:00")
    winter.tick()
    winter.play(
        """
        张三: 申报 问卷
          → 张三: 收到,张三家 #1 参与问卷、民意征集,预计+1分(本月还可得1分)。时间1月3日,…
        张三: 更正 1 12月30日
          → 张三: 参与问卷、民意征集本月最多2分,已经满了,不用再报。
        """
    )


def test_days_between_two_acts_do_not_end_with_the_year(calendar: CalendarStage) -> None:
    calendar.set("2026-12-30T08:00")
    calendar.tick()
    calendar.play(
        """
        张三: 申报 开会
          → 张三: 收到,张三家 #1 …
        李会计: 通过 1
          → 李会计: #1 …
          ⇒ 张三: …
        """
    )
    calendar.set("2027-01-02T08:00")
    calendar.tick()
    calendar.play(
        """
        张三: 申报 开会
          → 张三: 参加议事会、户代表会、村民会议两次要隔15天,1月14日起可以再报。
        """
    )
