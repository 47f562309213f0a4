"""The quarter's publication (一季一公示): prepared, released by two, told once, asked by anybody."""

from bot.papers.publication_books import publication_sheet
from domain.membership import HouseholdId, Role
from domain.period import Quarter
from domain.publication import PublicationState
from schedules import basis
from storage.villages import HOUSEHOLD, VILLAGE
from tests.journeys.calendar import CalendarStage

EARNED = """
    张三: 申报 开会
      → 张三: 收到,张三家 #1 …
    王阿婆: 申报 提建议
      → 王阿婆: 收到,王桂英家 #2 …
    李会计: 通过 1 2
      → 李会计: #1 …
      ⇒ 张三: …
      ⇒ 王阿婆: …
"""
CONFIRMED = """
    李会计: 审定 9月
      → 李会计: 9月您已同意,…
    陈主任: 审定 9月
      → 陈主任: 9月审定好了。
"""
RELEASED = """
    == 2026-10-08
      ⇒ @委员群: 有几件事等着办:…
    李会计: 审定 9月
      → 李会计: 9月您已同意,…
    陈主任: 审定 9月
      → 陈主任: 9月审定好了。
    == 2026-10-08 09:10
      ⇒ @委员群: 三季度公示准备好了:…
    李会计: 发布公示
      → 李会计: 三季度公示您已同意,请另一户的委员也回一次“发布公示”。…
    陈主任: 发布公示
      → 陈主任: 三季度公示已发到村民群,10月15日前可以提异议。
      ⇒ @村群: 幸福村2026年三季度积分公示:…
"""


def test_a_household_is_named_as_far_as_it_agreed(calendar: CalendarStage) -> None:
    calendar.play(EARNED)
    calendar.play(
        """
        张三: 同意公开姓名
          → 张三: 好的,以后公示和表扬里写您家全名“张三”。不想写了回“不公开姓名”。
        王阿婆: 退出
          → 王阿婆: 真的要退出吗?…
        王阿婆: 1
          → 王阿婆: 已退出,…以后公示里不写您家的名字。
        """
        + RELEASED.replace(
            "村群: 幸福村2026年三季度积分公示:…",
            """村群: 幸福村2026年三季度积分公示:…
          | 第1名 3组张三家 5分
          | 第2名 3组不留名的一户 2分
          | 想知道自己家第几名,私聊我回“公示”。…""",
        )
    )


def test_the_publication_and_the_rate_mean_the_same_by_taking_part(
    calendar_on_both: CalendarStage,
) -> None:
    calendar_on_both.play(
        """
        张三: 申报 开会
          → 张三: 收到,张三家 #1 …
        李会计: 通过 1
          → 李会计: #1 …
          ⇒ 张三: …
        李会计: 调整 1 0分 没有去
          → 李会计: #1 …
          ⇒ 张三: …
        陈主任: 扣分 4组8号 违规停放充电引发火情
          → 陈主任: …
        李会计: 通过 2
          → 李会计: #2 …
          ⇒ 赵大伟: …
        王阿婆: 申报 提建议
          → 王阿婆: 收到,王桂英家 #3 …
        李会计: 通过 3
          → 李会计: #3 …
          ⇒ 王阿婆: …
        """
        + RELEASED.replace(
            "村群: 幸福村2026年三季度积分公示:…",
            "村群: 幸福村2026年三季度积分公示:全村7户,今年参加1户。…",
        )
        + """
        李会计: 参与率
          → 李会计: 幸福村2026年参与情况:…有积分的1户。…
        """
    )


def test_a_quarter_is_prepared_released_by_two_and_told_once(calendar: CalendarStage) -> None:
    calendar.play(EARNED)
    calendar.play(
        """
        张三: 公示
          → 张三: 还没有公示过。每个季度过完审好以后公示,会在群里说。
        == 2026-10-08
          ⇒ @委员群: 有几件事等着办:
          | 三季度还不能公示:9月还没审定。季度过完10天内要公示。
        李会计: 发布公示
          → 李会计: 三季度还不能公示:9月还没审定。10月8日已经告诉委员群。回“月审”看。
        """
        + CONFIRMED
        + """
        == 2026-10-08 09:10
          ⇒ @委员群: 三季度公示准备好了:全村7户,今年参加2户。
          | 前几名:
          | 第1名 3组张*家 5分
          | 第2名 3组王*英家 2分
          | 请两位不同人家的委员核对后回“发布公示”。
        张三: 公示
          → 张三: 还没有公示过。每个季度过完审好以后公示,会在群里说。
        李会计@委员群: 发布公示
          → 李会计@委员群: 三季度公示您已同意,请另一户的委员也回一次“发布公示”。
          | 前几名:
          | 第1名 3组张*家 5分
          | 第2名 3组王*英家 2分
        李会计: 发布公示
          → 李会计: 您这一户已经同意过了,还要另一户的委员再回一次。
        陈主任: 发布公示
          → 陈主任: 三季度公示已发到村民群,10月15日前可以提异议。
          ⇒ @村群: 幸福村2026年三季度积分公示:全村7户,今年参加2户。
          | 前几名:
          | 第1名 3组张*家 5分
          | 第2名 3组王*英家 2分
          | 想知道自己家第几名,私聊我回“公示”。
          | 有不同意见,10月15日前(含当天)私聊我回“异议”加原因,比如“异议 23 少算了1分”。
          | 依据:2025年12月10日村民代表会议通过的细则。细则版本:draft-2026。台账校验码:…。
        陈主任: 发布公示
          → 陈主任: 三季度以前的都公示过了,现在没有要发布的。
        == 2026-10-09
        王阿婆: 公示
          → 王阿婆: 幸福村2026年三季度积分公示:全村7户,今年参加2户。
          | 前几名:
          | 第1名 3组张*家 5分
          | 第2名 3组王*英家 2分
          | 您家第2名,这个季度2分,今年到季末2分。
          | 有不同意见,10月15日前(含当天)私聊我回“异议”加原因,比如“异议 23 少算了1分”。
          | 依据:2025年12月10日村民代表会议通过的细则。细则版本:draft-2026。台账校验码:…。
        路人@村群: 公示
          → 路人@村群: 幸福村2026年三季度积分公示:全村7户,今年参加2户。
          | 前几名:
          | 第1名 3组张*家 5分
          | 第2名 3组王*英家 2分
          | 有不同意见,10月15日前(含当天)私聊我回“异议”加原因,比如“异议 23 少算了1分”。
          | 依据:2025年12月10日村民代表会议通过的细则。细则版本:draft-2026。台账校验码:…。
        == 2026-10-15
        == 2026-10-16
          ⇒ @村群: 2026年三季度积分公示结束,没有收到异议。结果就这样定了。
        == 2026-10-17
        王阿婆: 公示
          → 王阿婆: 幸福村2026年三季度积分公示:…
          | 这次公示提意见的时间已经过了。
          | 依据:2025年12月10日村民代表会议通过的细则。细则版本:draft-2026。台账校验码:…。
        """
    )
    with calendar.open_books() as books:
        [one] = books.publications.all(1)
    assert one.state is PublicationState.FINAL


def test_what_is_missing_is_said_to_the_committee_and_administrators_and_noted(
    calendar: CalendarStage,
) -> None:
    calendar.promote("zhao", Role.ADMINISTRATOR)
    calendar.play(
        """
        王阿婆: 申报 提建议
          → 王阿婆: 收到,王桂英家 #1 …
        == 2026-10-08
          ⇒ @委员群: 有几件事等着办:
          | 三季度还不能公示:9月还没审定,#1还没审完。季度过完10天内要公示。
          ⇒ 赵大伟: 三季度还不能公示:9月还没审定,#1还没审完。季度过完10天内要公示。
        """
    )
    with calendar.open_books() as books:
        [(day, told)] = books.publications.told_missing(1, Quarter(2026, 3))
    assert day.isoformat() == "2026-10-08"
    assert "committee@chatroom" in told
    assert "missing:2026-Q3:2026-10-08:5" in told
    calendar.play(
        """
        李会计: 发布公示
          → 李会计: 三季度还不能公示:9月还没审定,#1还没审完。10月8日已经告诉委员群、赵大伟。回“月审”看。
        """
    )


def test_before_a_quarter_is_over_nothing_was_published_yet(calendar: CalendarStage) -> None:
    calendar.play(
        """
        李会计: 发布公示
          → 李会计: 村里还没有过完一个季度。三季度过完、每个月都审定了,就能公示。
        """
    )


def test_a_publication_that_nobody_releases_is_reminded_of(calendar: CalendarStage) -> None:
    calendar.play(EARNED)
    calendar.play(
        """
        == 2026-10-08
          ⇒ @委员群: 有几件事等着办:…
        """
        + CONFIRMED
        + """
        == 2026-10-08 09:10
          ⇒ @委员群: 三季度公示准备好了:…
        == 2026-10-10
        == 2026-10-13
          ⇒ @委员群: 有几件事等着办:
          | 三季度公示准备好了,请两位委员回“发布公示”。
        """
    )


def test_what_is_not_released_yet_is_never_told_in_the_villagers_room(
    calendar: CalendarStage,
) -> None:
    calendar.play(EARNED)
    calendar.set("2026-10-08T09:00")
    calendar.play(CONFIRMED)
    calendar.play(
        """
        李会计@村群: 发布公示
          → 李会计: 三季度公示您已同意,…第1名 3组张*家 5分…
        """
    )


def test_figures_that_change_after_the_first_agreement_are_prepared_anew(
    calendar: CalendarStage,
) -> None:
    calendar.play(EARNED)
    calendar.play(
        """
        == 2026-10-08
          ⇒ @委员群: 有几件事等着办:…
        """
        + CONFIRMED
        + """
        李会计: 发布公示
          → 李会计: 三季度公示您已同意,…
          | 第2名 3组王*英家 2分
        王阿婆: 申报 开会 9月20日
          → 王阿婆: 收到,王桂英家 #3 …
        陈主任: 发布公示
          → 陈主任: 三季度还不能公示:#3还没审完。10月8日已经告诉委员群。回“月审”看。
        李会计: 通过 3
          → 李会计: #3 …
          ⇒ 王阿婆: …
        陈主任: 发布公示
          → 陈主任: 上次准备以后分数有变动,已按现在的重新准备。三季度公示您已同意,请另一户的委员也回一次“发布公示”。
          | 前几名:
          | 第1名 3组王*英家 7分
          | 第2名 3组张*家 5分
        李会计: 发布公示
          → 李会计: 三季度公示已发到村民群,10月15日前可以提异议。
          ⇒ @村群: …
        """
    )


def test_an_act_of_a_published_quarter_counts_now_and_the_receipt_says_so(
    calendar: CalendarStage,
) -> None:
    calendar.play(EARNED + RELEASED)
    calendar.play(
        """
        赵大伟: 申报 开会 9月20日
          → 赵大伟: 收到,赵大伟家 #3 参加议事会、户代表会、村民会议,预计+5分(本月已满)。时间9月20日,地点自家门口,不用照片。那个季度已经公示了,这次算在10月。审核后告诉您。…
        """
    )


def test_a_number_that_nobody_may_publish_blocks_the_release(calendar: CalendarStage) -> None:
    calendar.play(EARNED)
    calendar.set("2026-10-08T09:00")
    calendar.play(CONFIRMED)
    with calendar.open_books() as books:
        books.connection.exec_driver_sql("UPDATE adoption SET meeting = '代表会议,联系13812345678'")
    calendar.play(
        """
        李会计: 发布公示
          → 李会计: 还不能公示:会议或文件名称里有电话号码。请村管理员先改掉。
        """
    )


def test_a_release_at_night_is_told_in_the_morning(calendar: CalendarStage) -> None:
    calendar.play(EARNED)
    calendar.set("2026-10-08T21:00")
    calendar.play(CONFIRMED)
    calendar.play(
        """
        李会计: 发布公示
          → 李会计: 三季度公示您已同意,…
        陈主任: 发布公示
          → 陈主任: 三季度公示已发到村民群,10月15日前可以提异议。
        """
    )
    calendar.set("2026-10-09T07:59")
    with calendar.open_books() as books:
        due = books.outbox.due("wechat", now=calendar.clock.now, limit=50)
        assert not [letter for letter in due if "积分公示" in letter.draft.text]
    calendar.set("2026-10-09T08:00")
    with calendar.open_books() as books:
        due = books.outbox.due("wechat", now=calendar.clock.now, limit=50)
        assert len([letter for letter in due if "积分公示" in letter.draft.text]) == 1


def test_a_household_under_a_veto_is_listed_without_a_place(calendar: CalendarStage) -> None:
    calendar.play(EARNED)
    calendar.play(
        """
        李会计: 扣分 3组12号 充电起火
          → 李会计: 已记下 #3 …
        陈主任: 通过 3
          → 陈主任: #3 …
          ⇒ 张三: …
        """
        + RELEASED
        + """
        张三: 公示
          → 张三: 幸福村2026年三季度积分公示:全村7户,今年参加2户。
          | 前几名:
          | 第1名 3组王*英家 2分
          | 您家这个季度…分,今年到季末…分。
          | 有不同意见,…
        """
    )
    with calendar.open_books() as books:
        [one] = books.publications.all(1)
    assert [line.household for line in one.snapshot.lines if line.quarter_place is None] == [1]
    assert one.snapshot.lines[-1].household == HouseholdId(1)


def _without_place(calendar: CalendarStage) -> list[int]:
    with calendar.open_books() as books:
        newest = books.publications.all(1)[-1]
    return [line.household for line in newest.snapshot.lines if line.quarter_place is None]


def test_a_first_reminder_worth_nothing_costs_no_place(calendar: CalendarStage) -> None:
    calendar.play(EARNED)
    calendar.play(
        """
        李会计: 扣分 3组12号 违建
          → 李会计: 已记下 #3 3组12号张三家 新增违法建筑逾期不拆 0分,…
        陈主任: 通过 3
          → 陈主任: #3 …
          ⇒ 张三: …
        """
        + RELEASED
    )
    assert _without_place(calendar) == []


def test_of_two_acts_noted_at_once_the_one_decided_later_costs_the_place(
    calendar: CalendarStage,
) -> None:
    """It looked like the first reminder when it was noted, and finds nothing to take."""
    calendar.play(EARNED)
    calendar.play(
        """
        李会计: 扣分 5组1号 违建 9月2日
          → 李会计: 已记下 #3 5组1号周小妹家 新增违法建筑逾期不拆 0分,…
        李会计: 扣分 5组1号 违建 9月3日
          → 李会计: 已记下 #4 5组1号周小妹家 新增违法建筑逾期不拆 …
        陈主任: 通过 4
          → 陈主任: #4 周小妹家 新增违法建筑逾期不拆 已通过 0分。
        陈主任: 通过 3
          → 陈主任: #3 周小妹家 新增违法建筑逾期不拆 已通过 0分(按细则是-20分,家里没有这么多分,扣到0为止)。
        """
        + RELEASED
    )
    with calendar.open_books() as books:
        found = books.bottom_lines.deductions(1, year=2026)
    assert [claim.key.number for claim in found] == [3]
    assert len(_without_place(calendar)) == 1


def test_an_act_that_became_the_first_reminder_before_it_was_decided_costs_no_place(
    calendar: CalendarStage,
) -> None:
    """It would have taken 20 points when it was noted; the earlier one was turned down."""
    calendar.play(EARNED)
    calendar.play(
        """
        李会计: 扣分 5组1号 违建 9月2日
          → 李会计: 已记下 #3 5组1号周小妹家 新增违法建筑逾期不拆 0分,…
        李会计: 扣分 5组1号 违建 9月3日
          → 李会计: 已记下 #4 5组1号周小妹家 新增违法建筑逾期不拆 …
        陈主任: 驳回 3 照片看不清
          → 陈主任: #3 …
        陈主任: 通过 4
          → 陈主任: #4 周小妹家 新增违法建筑逾期不拆 已通过 0分。
        """
        + RELEASED
    )
    assert _without_place(calendar) == []


def test_a_veto_that_two_people_lifted_costs_no_place(calendar: CalendarStage) -> None:
    calendar.play(EARNED)
    calendar.play(
        """
        李会计: 扣分 3组12号 充电起火
          → 李会计: 已记下 #3 …
        陈主任: 通过 3
          → 陈主任: #3 …
          ⇒ 张三: …
        李会计: 恢复评优 3 已经整改
          → 李会计: 记下了,您已同意。…
        陈主任: 恢复评优 3 已经整改
          → 陈主任: 好了,#3 不再影响评优…
        """
        + RELEASED
    )
    assert _without_place(calendar) == []


def test_many_ties_are_cut_short_in_the_room(calendar: CalendarStage) -> None:
    with calendar.open_books() as books:
        for number in range(10, 20):
            books.connection.execute(
                HOUSEHOLD.insert().values(
                    village=1,
                    id=number,
                    group_no=6,
                    house_no=str(number),
                    head="周小妹",
                    eligible_since=calendar.clock.now.date(),
                )
            )
    for number in range(10, 20):
        calendar.act(f"李会计: 代录 6组{number}号 提建议")
    calendar.act("陈主任: 全部通过")
    calendar.play(RELEASED)
    [answer] = calendar.act("李会计: 公示")
    assert answer.text.count("第1名 6组周*妹家 2分") == 8
    assert "并列的还有2户。" in answer.text


def test_the_town_s_plan_is_named_while_it_holds_and_its_end_is_told(
    calendar: CalendarStage,
) -> None:
    [plan] = basis.policies()
    calendar.promote("zhao", Role.ADMINISTRATOR)
    with calendar.open_books() as books:
        books.connection.execute(
            VILLAGE.update().values(
                town=plan.town, created_at=calendar.clock.now.replace(month=1, day=5)
            )
        )
    told = []
    for day in ("03-01", "03-02", "03-03", "04-30", "05-01", "05-31", "06-01", "06-20", "07-05"):
        told += [
            (day, draft.text)
            for draft in calendar.on(f"2026-{day}T09:00")
            if draft.contact == "zhao" and "到期" in draft.text
        ]
    assert [day for day, _ in told] == ["03-02", "05-01", "05-31"]
    assert told[0][1] == (
        "《川沙新镇关于深化完善乡村治理积分制工作的实施方案》2026年5月31日到期,还有90天。"
        "到期后公示不再写它,只写村里开会通过细则的记录。镇里有了新文件,请告诉维护人员。"
    )
    assert "2026年5月31日到期。到期后" in told[2][1]


def test_the_plan_is_printed_in_the_first_quarter_and_the_adoption_after_its_end(
    calendar: CalendarStage,
) -> None:
    [plan] = basis.policies()
    with calendar.open_books() as books:
        books.connection.execute(
            VILLAGE.update().values(
                town=plan.town, created_at=calendar.clock.now.replace(month=3, day=5)
            )
        )
    calendar.set("2026-04-01T09:00")
    for person in ("李会计", "陈主任"):
        calendar.act(f"{person}: 审定 3月")
    calendar.act("李会计: 发布公示")
    shown = calendar.act("陈主任: 发布公示")
    assert f"依据:《{plan.title}》。" in shown[-1].text
    calendar.set("2026-07-01T09:00")
    for month in (4, 5, 6):
        for person in ("李会计", "陈主任"):
            calendar.act(f"{person}: 审定 {month}月")
    calendar.act("李会计: 发布公示")
    shown = calendar.act("陈主任: 发布公示")
    assert "依据:2025年12月10日村民代表会议通过的细则。" in shown[-1].text
    assert plan.title not in shown[-1].text


def test_without_a_room_every_member_is_told(calendar: CalendarStage) -> None:
    with calendar.open_books() as books:
        books.connection.exec_driver_sql("DELETE FROM room WHERE purpose = 'committee'")
    calendar.play(
        """
        == 2026-10-08
          ⇒ 李会计: 有几件事等着办:…
          ⇒ 陈主任: 有几件事等着办:…
        """
    )


def test_a_name_is_hidden_again_once_the_consent_is_taken_back(calendar: CalendarStage) -> None:
    calendar.transcript("张三: 同意公开姓名")
    calendar.play(EARNED + RELEASED)
    calendar.play(
        """
        王阿婆@村群: 公示
          → 王阿婆@村群: …第1名 3组张三家 5分…
        张三: 不公开姓名
          → 张三: …
        王阿婆@村群: 公示
          → 王阿婆@村群: …第1名 3组张*家 5分…
        """
    )
    assert _printed(calendar) == ["张*", "王*英"]
    calendar.transcript("张三: 退出\n张三: 2")
    calendar.play("王阿婆@村群: 公示\n→ 王阿婆@村群: …第1名 3组不留名的一户 5分…")
    assert _printed(calendar) == ["", "王*英"]


def _printed(calendar: CalendarStage) -> list[str]:
    with calendar.open_books() as books:
        shown = books.publications.current(1)
        assert shown is not None
        sheet = publication_sheet(books, books.villages.get(1), shown, url="")
    return [line.household for line in sheet.lines][:2]
