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


def test_a_number_of_last_year_that_waits_is_still_within_reach(calendar: CalendarStage) -> None:
    calendar.set("2026-12-30T08:00")
    calendar.tick()
    calendar.play("张三: 申报 提建议\n→ 张三: 收到,张三家 #1 …")
    calendar.play("王阿婆: 申报 问卷\n→ 王阿婆: 收到,王桂英家 #2 …")
    calendar.set("2027-01-04T08:00")
    calendar.tick()
    calendar.play(
        """
        王阿婆: 申报 提建议
          → 王阿婆: 收到,王桂英家 #1 …时间1月4日,…
        赵大伟: 申报 提建议
          → 赵大伟: 收到,赵大伟家 #2 …
        王阿婆: 撤回 2
          → 王阿婆: …#2…
        张三: 更正 1 12月29日
          → 张三: 收到,张三家 #1 提出有效建议,预计+2分(本月已满)。时间12月29日,…
        李会计: 通过 1
          → 李会计: #1 王桂英家 提出有效建议 已通过 +2分。
          ⇒ 王阿婆: …
        李会计: 通过 1
          → 李会计: #1 张三家 提出有效建议 已通过 +2分。
          ⇒ 张三: …
        李会计: 通过 1
          → 李会计: #1 没有处理:#1 已经通过了(李会计),不能再改。
        """
    )
