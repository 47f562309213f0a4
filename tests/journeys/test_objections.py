"""Objections (异议): raised in private, decided by two who had no part, corrected in public."""

import pytest

from domain.membership import Role
from domain.objection import ObjectionState
from domain.period import Quarter
from tests.journeys.calendar import CalendarStage
from tests.journeys.test_publication import EARNED, RELEASED

STEPS = """
    李会计: 扣分 3组12号 混投
      → 李会计: 已记下 #3 3组12号张三家 混投混放经提醒不改 0分,…
    陈主任: 通过 3
      → 陈主任: #3 …
      ⇒ 张三: …
"""


@pytest.fixture
def open_quarter(calendar: CalendarStage) -> CalendarStage:
    """三季度 is out; 赵大伟 and 王阿婆 sit on the committee too and had no part."""
    calendar.play(EARNED + STEPS)
    calendar.play(RELEASED)
    calendar.promote("zhao")
    calendar.promote("wang")
    return calendar


def test_a_correction_is_an_entry_and_a_second_edition_as_visible_as_the_first(
    open_quarter: CalendarStage,
) -> None:
    open_quarter.play(
        """
        张三@村群: 异议 1 少算了1分
          → 张三: 记下了,张三家对#1有异议(1号)。委员会会核实,10月21日前私下答复您。
        张三: 进度 1
          → 张三: #1 参加议事会、户代表会、村民会议 9月16日:已通过,+5分(李会计审核)(有异议,正在核实)
        张三: 明细
          → 张三: 张三家最近2笔:
          | 9月16日 混投混放经提醒不改 0分
          | 9月16日 参加议事会、户代表会、村民会议 +5分(有异议,正在核实)
        张三: 我家多少分
          → 张三: 张三家2026年共5分。其中月审确认5分,待月审0分。本季度0分,可兑换5分。有1件异议正在核实。全村7户中排第1名。
        王阿婆: 异议处理
          → 王阿婆: 要处理的异议1件:
          | 1号 3组12号张三家 对#1:少算了1分(10月21日前答复)
          | 要两位没经过手的委员处理,回“异议处理 1 维持 原因”,或者“更正 2分 原因”“不受理 原因”。
        李会计: 异议处理 1 维持 没错
          → 李会计: 这件事您经过手,要请没经过手的两位委员来处理。人不够就请村里加一位委员。
        王阿婆: 异议处理 1 更正 3分 只到了半场
          → 王阿婆: 1号异议,您的意见是更正为+3分。请另一户没经过手的委员也回一次。
        王阿婆: 异议处理 1 更正 3分 只到了半场
          → 王阿婆: 您这一户已经同意过了,还要另一户的委员再回一次。
        赵大伟: 异议处理 1 更正 3分 签到表上只到半场
          → 赵大伟: 1号异议(张三家)处理好了:已更正,#1从+5分改为+3分。更正后的公示已发到村民群。已私下答复。
          ⇒ 张三: 您的1号异议核实过了:已更正,#1从+5分改为+3分。原因:签到表上只到半场。
          ⇒ @村群: 幸福村2026年三季度积分公示(更正后的,以这次为准):全村7户,今年参加2户。
          | 前几名:
          | 第1名 3组张*家 3分
          | 第2名 3组王*英家 2分
          | 想知道自己家第几名,…
        陈主任: 异议处理 1 维持 没错
          → 陈主任: 1号异议处理过了:已更正。
        张三: 异议 1 还是不对
          → 张三: 这件事您家已经提过异议(1号),已更正。还有不同意见,请找村务监督委员会。
        张三: 明细
          → 张三: 张三家最近3笔:
          | 10月8日 参加议事会、户代表会、村民会议 -2分,签到表上只到半场
          | 9月16日 混投混放经提醒不改 0分
          | 9月16日 参加议事会、户代表会、村民会议 +5分
        == 2026-10-16
          ⇒ @村群: 2026年三季度积分公示结束,收到异议1件:更正1件。结果就这样定了。
        """
    )
    with open_quarter.open_books() as books:
        first, second = books.publications.all(1)
    assert (first.state.value, second.state.value) == ("corrected", "final")
    assert first.snapshot.lines[0].quarter_points == 50
    assert second.snapshot.lines[0].quarter_points == 30


def test_a_step_that_an_objection_cancels_does_not_count(open_quarter: CalendarStage) -> None:
    open_quarter.play(
        """
        张三: 异议 3 不是我家扔的
          → 张三: 记下了,张三家对#3有异议(1号)。…
        王阿婆: 异议处理 1 更正 0分 邻居认了
          → 王阿婆: 1号异议,您的意见是更正为0分。请另一户没经过手的委员也回一次。
        赵大伟: 异议处理 1 更正 0分 邻居认了
          → 赵大伟: 1号异议(张三家)处理好了:已更正,#3不算了。已私下答复。
          ⇒ 张三: 您的1号异议核实过了:已更正,#3不算了。原因:邻居认了。
        张三: 进度 3
          → 张三: #3 混投混放经提醒不改 9月16日:核实后取消了(赵大伟审核,邻居认了)
        李会计: 扣分 3组12号 混投
          → 李会计: 已记下 #4 3组12号张三家 混投混放经提醒不改 0分,…
        """
    )


def test_a_decision_that_stands_and_one_that_is_not_taken_up(open_quarter: CalendarStage) -> None:
    open_quarter.play(
        """
        张三: 异议 3 不是我家扔的
          → 张三: 记下了,张三家对#3有异议(1号)。…
        张三: 异议 总分好像不对
          → 张三: 记下了,张三家对三季度总分有异议(2号)。…
        王阿婆: 异议处理 1 维持 有照片
          → 王阿婆: 1号异议,您的意见是维持。请另一户没经过手的委员也回一次。
        赵大伟: 异议处理 1 不受理 有照片
          → 赵大伟: 1号异议,您的意见是不受理。请另一户没经过手的委员也回一次。
        王阿婆: 异议处理 1 不受理 说的是别的事
          → 王阿婆: 1号异议(张三家)处理好了:没有受理。已私下答复。
          ⇒ 张三: 您的1号异议核实过了:没有受理。原因:说的是别的事。还有不同意见,可以找村务监督委员会。
        李会计: 异议处理 2 维持 逐笔核对过
          → 李会计: 2号异议,您的意见是维持。请另一户没经过手的委员也回一次。
        == 2026-10-16
          ⇒ @委员群: 有几件事等着办:
          | 1件异议要答复,最早的在10月21日前。回“异议处理”看。
        陈主任: 异议处理 2 维持 逐笔核对过
          → 陈主任: 2号异议(张三家)处理好了:维持原来的结果。已私下答复。
          ⇒ 张三: 您的2号异议核实过了:维持原来的结果。原因:逐笔核对过。还有不同意见,可以找村务监督委员会。
        == 2026-10-17
          ⇒ @村群: 2026年三季度积分公示结束,收到异议2件:维持1件、不受理1件。结果就这样定了。
        李会计: 异议处理
          → 李会计: 现在没有要处理的异议。
        """
    )


def test_a_total_is_mended_by_so_many_points(open_quarter: CalendarStage) -> None:
    open_quarter.play(
        """
        张三: 异议 总分少了,8月那次没算
          → 张三: 记下了,张三家对三季度总分有异议(1号)。…
        陈主任: 异议处理 1 更正 2分 漏了一次
          → 陈主任: 请写明加几分还是减几分,比如“异议处理 1 更正 加2分 少算一次”。
        陈主任: 异议处理 1 更正 加2分 漏了一次
          → 陈主任: 1号异议,您的意见是更正总分+2分。请另一户没经过手的委员也回一次。
        李会计: 异议处理 1 更正 加2分 漏了一次
          → 李会计: 1号异议(张三家)处理好了:已更正,总分+2分。更正后的公示已发到村民群。已私下答复。
          ⇒ 张三: …
          ⇒ @村群: 幸福村2026年三季度积分公示(更正后的,以这次为准):…第1名 3组张*家 7分…
        """
    )


def test_a_rejected_claim_gets_its_points_after_all(calendar: CalendarStage) -> None:
    calendar.play(EARNED)
    calendar.play(
        """
        张三: 申报 提建议
          → 张三: 收到,张三家 #3 …
        李会计: 驳回 3 没有建议
          → 李会计: #3 …
          ⇒ 张三: …
        """
        + RELEASED
    )
    calendar.promote("zhao")
    calendar.play(
        """
        张三: 异议 3 我书面交过建议
          → 张三: 记下了,张三家对#3有异议(1号)。…
        李会计: 异议处理 1 维持 没有
          → 李会计: 这件事您经过手,…
        陈主任: 异议处理 1 更正 2分 找到了书面建议
          → 陈主任: 1号异议,您的意见是更正为+2分。…
        赵大伟: 异议处理 1 更正 2分 找到了书面建议
          → 赵大伟: 1号异议(张三家)处理好了:已更正,#3现在算+2分。更正后的公示已发到村民群。已私下答复。
          ⇒ 张三: 您的1号异议核实过了:已更正,#3现在算+2分。原因:找到了书面建议。
          ⇒ @村群: …第1名 3组张*家 7分…
        """
    )


def test_an_answer_says_how_and_why(open_quarter: CalendarStage) -> None:
    open_quarter.play(
        """
        张三: 异议 1 少算了
          → 张三: 记下了,…
        王阿婆: 异议处理 1
          → 王阿婆: 请写明怎么处理:“维持”“更正”或“不受理”,再写原因,比如“异议处理 1 维持 照片看得清”。
        王阿婆: 异议处理 1 维持
          → 王阿婆: 请写上原因,对方要看的,比如“异议处理 1 维持 照片看得清”。
        王阿婆: 异议处理 1 更正
          → 王阿婆: 请写明更正成几分,比如“异议处理 1 更正 2分 数量写错”。
        王阿婆: 异议处理 9 维持 没错
          → 王阿婆: 没有9号异议。回“异议处理”看有哪些。
        """
    )


def test_nobody_decides_for_their_own_house_or_relatives(open_quarter: CalendarStage) -> None:
    open_quarter.play(
        """
        王阿婆: 异议 2 少了
          → 王阿婆: 记下了,王桂英家对#2有异议(1号)。…
        王阿婆: 异议处理 1 更正 5分 应该的
          → 王阿婆: 这是您自己家的,请别的委员审。
        陈主任: 亲属 3组15号
          → 陈主任: 记下了:…
        陈主任: 异议处理 1 维持 对的
          → 陈主任: 这是您亲属家的,请别的委员审。
        """
    )


def test_an_objection_says_what_and_is_about_one_s_own(open_quarter: CalendarStage) -> None:
    open_quarter.play(
        """
        张三: 异议
          → 张三: 请用一句话写明哪里不对,比如“异议 23 少算了1分”,23是申报的号。
        张三: 异议 1
          → 张三: 请用一句话写明哪里不对,比如“异议 23 少算了1分”,23是申报的号。
        张三: 异议 2 他家多了
          → 张三: #2不是您家的申报,不能看也不能改。
        张三: 异议 99 没有
          → 张三: 没有找到#99这条申报,请看看号码。
        张三: 申报 提建议 10月8日
          → 张三: 收到,张三家 #4 …
        张三: 异议 4 怎么还没审
          → 张三: #4没有审出结果,不用提异议。回“进度 4”看。
        王阿婆: 驳回 4 重复
          → 王阿婆: #4 …
          ⇒ 张三: …
        张三: 异议 4 没有重复
          → 张三: 这条不在这次公示的季度里。请先问审核委员,等它公示的时候也可以再提。
        张三: 异议 1 身份证310115195001011234为证,打我电话13812345678
          → 张三: 记下了,…
        路人: 异议 1 我也不服
          → 路人: 您还没有绑定到哪一户。…
        """
    )
    with open_quarter.open_books() as books:
        [one] = books.objections.open(1)
    assert one.words == "身份证…为证,打我电话…"


def test_a_supervisor_disputes_any_claim(open_quarter: CalendarStage) -> None:
    open_quarter.promote("zhao", Role.SUPERVISOR)
    open_quarter.play(
        """
        赵大伟: 异议 2 建议和去年一样
          → 赵大伟: 记下了,王桂英家对#2有异议(1号)。…
        赵大伟: 异议处理 1 更正 0分 重复
          → 赵大伟: 这件事您经过手,…
        """
    )


def test_outside_the_window_the_way_is_named(calendar: CalendarStage) -> None:
    calendar.play(EARNED)
    told = "现在不在公示期。对分数有疑问请先问审核委员,会帮您查;下次公示时也可以再提异议。"
    calendar.play(f"张三: 异议 1 少算了\n→ 张三: {told}")
    calendar.play(RELEASED)
    calendar.set("2026-10-16T00:00")
    calendar.play("张三: 异议 总分不对\n→ 张三: 现在不在公示期。…")


def test_the_last_evening_of_the_window_still_counts(open_quarter: CalendarStage) -> None:
    open_quarter.set("2026-10-15T23:50")
    open_quarter.play("张三: 异议 总分不对\n→ 张三: 记下了,…")


def test_the_committee_is_reminded_at_three_and_eight_working_days_and_then_every_third(
    open_quarter: CalendarStage,
) -> None:
    open_quarter.play(
        """
        张三: 异议 总分不对
          → 张三: 记下了,张三家对三季度总分有异议(1号)。委员会会核实,10月21日前私下答复您。
        """
    )
    told = []
    for day in range(9, 31):
        found = open_quarter.on(f"2026-10-{day:02d}T09:00")
        told += [day for draft in found if "异议要答复" in draft.text]
        assert not [draft for draft in found if "公示结束" in draft.text]
    assert told == [12, 19, 22, 27, 30]
    [late] = [d for d in open_quarter.on("2026-11-04T09:00") if "异议" in d.text]
    assert "1件异议要答复,最早的10月21日就到期了。回“异议处理”看。" in late.text
    with open_quarter.open_books() as books:
        [one] = books.objections.open(1)
        assert one.reminders == 6
        assert books.objections.count(1, Quarter(2026, 3)) == {ObjectionState.RAISED: 1}


def test_a_change_after_the_release_is_shown_as_widely_as_the_first_edition(
    open_quarter: CalendarStage,
) -> None:
    open_quarter.play(
        """
        李会计: 调整 1 3分 只到了半场
          → 李会计: #1 张三家 参加议事会、户代表会、村民会议 已从+5分改为+3分,原因:只到了半场。
          | 三季度更正后的公示已发到村民群。
          ⇒ 张三: 张三家 #1 参加议事会、户代表会、村民会议 从+5分改为+3分,原因:只到了半场。
          ⇒ @村群: 幸福村2026年三季度积分公示(更正后的,以这次为准):…第1名 3组张*家 3分…
        李会计: 调整 1 3分 写得更清楚
          → 李会计: #1 没有处理:现在就是+3分,不用改。
        """
    )
    with open_quarter.open_books() as books:
        first, second = books.publications.all(1)
    assert (first.state.value, second.state.value) == ("corrected", "released")


def test_what_is_final_is_not_changed_by_the_way(open_quarter: CalendarStage) -> None:
    open_quarter.play(
        """
        == 2026-10-16
          ⇒ @村群: 2026年三季度积分公示结束,没有收到异议。结果就这样定了。
        李会计: 调整 1 3分 只到了半场
          → 李会计: #1 没有处理:三季度的公示已经结束,#1的分不能再变。还没审的请驳回;真有错,请找村务监督委员会。
        """
    )


def test_the_year_s_points_of_a_later_quarter_are_corrected_as_well(
    open_quarter: CalendarStage,
) -> None:
    open_quarter.play("张三: 异议 1 少算了\n→ 张三: 记下了,…")
    for day in ("2026-11-02T09:00", "2026-12-01T09:00", "2027-01-04T09:00"):
        open_quarter.on(day)
        month = (open_quarter.clock.now.month - 2) % 12 + 1
        open_quarter.act(f"李会计: 审定 {month}月")
        open_quarter.act(f"陈主任: 审定 {month}月")
    open_quarter.act("李会计: 发布公示")
    open_quarter.act("陈主任: 发布公示")
    open_quarter.act("王阿婆: 异议处理 1 更正 3分 只到了半场")
    told = open_quarter.act("赵大伟: 异议处理 1 更正 3分 只到了半场")
    assert ["更正后的" in draft.text for draft in told if draft.room].count(True) == 2
    with open_quarter.open_books() as books:
        newest = books.publications.newest(1, Quarter(2026, 4))
    assert newest is not None
    assert newest.edition == 2
    assert {line.household: line.year_points for line in newest.snapshot.lines}[1] == 30


def test_a_supervisor_s_objection_leaves_the_household_its_own(
    open_quarter: CalendarStage,
) -> None:
    open_quarter.promote("zhao", Role.SUPERVISOR)
    open_quarter.play(
        """
        赵大伟: 异议 1 只到半场
          → 赵大伟: 记下了,张三家对#1有异议(1号)。…
        张三: 异议 1 应该6分
          → 张三: 记下了,张三家对#1有异议(2号)。…
        张三: 异议 1 应该6分的
          → 张三: 这件事您家已经提过异议(2号),正在核实。
        赵大伟: 异议 1 就是只到半场
          → 赵大伟: 这件事村务监督已经提过异议(1号),正在核实。
        """
    )


def test_one_decision_answers_all_that_waits_about_a_claim(open_quarter: CalendarStage) -> None:
    open_quarter.promote("chen", Role.SUPERVISOR)
    open_quarter.play(
        """
        陈主任: 异议 1 只到半场
          → 陈主任: 记下了,张三家对#1有异议(1号)。…
        张三: 异议 1 应该6分
          → 张三: 记下了,张三家对#1有异议(2号)。…
        王阿婆: 异议处理 1 更正 3分 只到半场
          → 王阿婆: 1号异议,您的意见是更正为+3分。…
        陈主任: 异议处理 2 更正 3分 只到半场
          → 陈主任: 这件事您经过手,…
        赵大伟: 异议处理 2 更正 3分 只到半场
          → 赵大伟: 1号异议(张三家)处理好了:已更正,#1从+5分改为+3分。更正后的公示已发到村民群。已私下答复。
          | 2号异议(张三家)处理好了:已更正,#1从+5分改为+3分。更正后的公示已发到村民群。已私下答复。
          ⇒ 陈主任: 您的1号异议核实过了:已更正,…
          ⇒ 张三: 您的2号异议核实过了:已更正,…
          ⇒ @村群: …
        """
    )


def test_a_household_hears_of_a_correction_that_a_supervisor_asked_for(
    open_quarter: CalendarStage,
) -> None:
    open_quarter.promote("chen", Role.SUPERVISOR)
    open_quarter.play(
        """
        陈主任: 异议 1 只到半场
          → 陈主任: 记下了,张三家对#1有异议(1号)。…
        王阿婆: 异议处理 1 更正 3分 只到半场
          → 王阿婆: 1号异议,…
        赵大伟: 异议处理 1 更正 3分 只到半场
          → 赵大伟: 1号异议(张三家)处理好了:…
          ⇒ 陈主任: 您的1号异议核实过了:…
          ⇒ 张三: 告诉您一声:村务监督对张三家#1提了异议,核实后已更正,#1从+5分改为+3分。原因:只到半场。有不同意见,公示期里私聊我回“异议”加原因。
          ⇒ @村群: …
        """
    )


def test_a_correction_that_changes_nothing_is_no_correction(open_quarter: CalendarStage) -> None:
    open_quarter.play(
        """
        张三: 异议 1 少算了1分
          → 张三: 记下了,张三家对#1有异议(1号)。…
        王阿婆: 异议处理 1 更正 5分 就是5分
          → 王阿婆: 这样改,分数和原来一样。不用改的话,回“异议处理 1 维持 原因”就好。
        王阿婆: 异议处理 1 更正 8分 多到一次
          → 王阿婆: 按细则本月最多5分,改了也还是原来的分数。不用改的话,回“异议处理 1 维持 原因”就好。
        """
    )


REJECTED = """
    张三: 申报 提建议
      → 张三: 收到,张三家 #3 …
    李会计: 驳回 3 没有建议
      → 李会计: #3 …
      ⇒ 张三: …
"""


def test_a_cap_that_cuts_a_correction_is_named_to_both_sides(calendar: CalendarStage) -> None:
    calendar.play(EARNED + REJECTED + RELEASED)
    calendar.promote("zhao")
    calendar.play(
        """
        张三: 异议 3 我交过建议
          → 张三: 记下了,张三家对#3有异议(1号)。…
        陈主任: 异议处理 1 更正 5分 找到了
          → 陈主任: 1号异议,您的意见是更正为+2分(写的是5分,按细则本月最多2分)。请另一户没经过手的委员也回一次。
        赵大伟: 异议处理 1 更正 5分 找到了
          → 赵大伟: 1号异议(张三家)处理好了:已更正,#3现在算+2分(写的是5分,按细则本月最多2分)。…
          ⇒ 张三: 您的1号异议核实过了:已更正,#3现在算+2分(写的是5分,按细则本月最多2分)。原因:找到了。
          ⇒ @村群: …
        """
    )


def test_a_rejected_claim_stays_rejected_when_it_is_worth_nothing(calendar: CalendarStage) -> None:
    calendar.play(EARNED + REJECTED + RELEASED)
    calendar.promote("zhao")
    calendar.play(
        """
        张三: 异议 3 我交过建议
          → 张三: 记下了,张三家对#3有异议(1号)。…
        陈主任: 异议处理 1 更正 0分 没有找到
          → 陈主任: 这样改,分数和原来一样。不用改的话,回“异议处理 1 维持 原因”就好。
        张三: 进度 3
          → 张三: #3 提出有效建议 9月16日:没有通过(李会计审核,没有建议)(有异议,正在核实)
        """
    )


def test_what_is_private_is_not_said_before_the_room_and_a_total_is_mended_by_more_or_less(
    open_quarter: CalendarStage,
) -> None:
    open_quarter.play(
        """
        张三: 异议 总分少了
          → 张三: 记下了,张三家对三季度总分有异议(1号)。…
        张三@村群: 我家多少分
          → 张三@村群: 张三家2026年共5分。其中月审确认5分,待月审0分。本季度0分,可兑换5分。全村7户中排第1名。
        张三: 我家多少分
          → 张三: …有1件异议正在核实。…
        王阿婆: 异议处理
          → 王阿婆: 要处理的异议1件:
          | 1号 3组12号张三家 对三季度总分:总分少了(10月21日前答复)
          | 要两位没经过手的委员处理,回“异议处理 1 维持 原因”,或者“更正 加2分 原因”“不受理 原因”。
        """
    )
