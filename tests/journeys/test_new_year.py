"""Over the new year: numbers begin again, caps and days between acts do not."""

import pytest

from domain.membership import Role
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


DECEMBER = """
    张三: 申报 开会
      → 张三: 收到,张三家 #1 …
    王阿婆: 申报 提建议
      → 王阿婆: 收到,王桂英家 #2 …
    李会计: 通过 1
      → 李会计: #1 …
      ⇒ 张三: …
    李会计: 驳回 2 没有记录
      → 李会计: #2 …
      ⇒ 王阿婆: …
"""
THIS_YEARS = """
    陈主任: 申报 开会
      → 陈主任: 收到,陈卫东家 #1 …
    赵大伟: 申报 开会
      → 赵大伟: 收到,赵大伟家 #2 …
"""


@pytest.fixture
def fourth_quarter(calendar: CalendarStage) -> CalendarStage:
    """四季度 is on show in January: 张家's #1 was approved, 王家's #2 rejected."""
    calendar.set("2026-12-16T10:00")
    calendar.play(DECEMBER)
    calendar.set("2027-01-04T10:00")
    for month in (9, 10, 11, 12):
        calendar.transcript(f"李会计: 审定 {month}月\n陈主任: 审定 {month}月")
    calendar.transcript("李会计: 发布公示\n陈主任: 发布公示")
    calendar.transcript("李会计: 发布公示\n陈主任: 发布公示")
    return calendar


def test_what_was_decided_last_year_is_named_by_its_number_in_january(
    fourth_quarter: CalendarStage,
) -> None:
    fourth_quarter.play(
        """
        张三: 进度 1
          → 张三: #1 参加议事会、户代表会、村民会议 12月16日:已通过,+5分(李会计审核)
        李会计: 看图 1
          → 李会计: #1没有照片。
        张三: 异议 1 少算了1分
          → 张三: 记下了,张三家对2026年#1有异议(1号)。…
        李会计: 通过 1
          → 李会计: #1 没有处理:#1 已经通过了(李会计),不能再改。
        """
    )


def test_an_objection_in_january_means_the_claim_on_show_though_this_year_has_its_number(
    fourth_quarter: CalendarStage,
) -> None:
    fourth_quarter.promote("zhao", Role.SUPERVISOR)
    fourth_quarter.play(THIS_YEARS)
    fourth_quarter.play(
        """
        王阿婆: 异议 2 我提过建议的
          → 王阿婆: 记下了,王桂英家对2026年#2有异议(1号)。…
        张三: 进度 1
          → 张三: #1 参加议事会、户代表会、村民会议 12月16日:已通过,+5分(李会计审核)
        赵大伟: 异议 1 张家没有来
          → 赵大伟: 记下了,张三家对2026年#1有异议(2号)。…
        李会计: 调整 2026年1号 4分 只来了半天
          → 李会计: #1 张三家 …已从+5分改为+4分,原因:只来了半天。
          | 四季度更正后的公示已发到村民群。
          ⇒ 张三: …
          ⇒ @村群: …
        李会计: 通过 1
          → 李会计: #1 陈卫东家 …
          ⇒ 陈主任: …
        """
    )


def test_the_year_may_be_said_with_the_number(fourth_quarter: CalendarStage) -> None:
    fourth_quarter.play(THIS_YEARS)
    fourth_quarter.play(
        """
        王阿婆: 异议 去年2号 我提过建议的
          → 王阿婆: 记下了,王桂英家对2026年#2有异议(1号)。…
        李会计: 进度 2026年#2
          → 李会计: #2 提出有效建议 12月16日:没有通过(李会计审核,没有记录)(有异议,正在核实)
        李会计: 看图 2027年2号
          → 李会计: #2没有照片。
        王阿婆: 异议 2025年2号 我提过建议的
          → 王阿婆: 没有找到#2这条申报,请看看号码。
        """
    )


def test_the_review_of_december_says_the_year_of_its_numbers(
    fourth_quarter: CalendarStage,
) -> None:
    fourth_quarter.play(
        """
        李会计: 月审 12月
          → 李会计: 2026年12月(已审定):…
          | 抽到复查的:#1(…
          | 这些是2026年的号,回的时候带上年份,比如“看图 2026年1号”。
        """
    )


def test_a_veto_of_last_year_is_lifted_in_january(calendar: CalendarStage) -> None:
    calendar.set("2026-12-16T10:00")
    calendar.play(
        """
        李会计: 扣分 3组12号 违规停放充电引发火情
          → 李会计: …
        陈主任: 通过 1
          → 陈主任: #1 …
          ⇒ 张三: …
        """
    )
    calendar.set("2027-01-04T10:00")
    calendar.play(
        """
        赵大伟: 申报 提建议
          → 赵大伟: 收到,赵大伟家 #1 …
        李会计: 恢复评优 1 已经整改
          → 李会计: 记下了,您已同意。…
        陈主任: 恢复评优 1 已经整改
          → 陈主任: …3组12号张三家…
        """
    )
