"""The month review (一月一审核): shown to the committee, confirmed by two, reminded of when late."""

from domain.membership import PersonId, Role
from domain.period import Month
from schedules.month import late_months
from tests.journeys.calendar import CalendarStage

FILED = """
    张三: 申报 开会
      → 张三: 收到,张三家 #1 …
    王阿婆: 申报 提建议
      → 王阿婆: 收到,王桂英家 #2 …
    李会计: 通过 1
      → 李会计: #1 …
      ⇒ 张三: …
    李会计: 扣分 3组12号 乱堆物
      → 李会计: 已记下 #3 …
    陈主任: 通过 3
      → 陈主任: #3 …
      ⇒ 张三: …
"""


def test_a_month_is_reminded_of_shown_and_confirmed_by_two(calendar: CalendarStage) -> None:
    calendar.play(FILED)
    calendar.play(
        """
        李会计@委员群: 月审
          → 李会计@委员群: 2026年9月(还没过完):
          | 加分1条,共5分:人人参与1条5分。
          | 扣分1条(不要外传):#3 张三家 宅前屋后乱堆物逾期未改 -2分。
          | 还没审完:#2。请先审,或者回“移到下月 2 原因”。
          | 9月过完以后再审定。
        李会计: 审定 9月
          → 李会计: 9月还没过完,下个月1日起才能审定。
        李会计: 审定
          → 李会计: 没有要审定的月份,上个月以前都审定过了。
        == 2026-09-22
          ⇒ @委员群: 9月快结束了,还有1条申报没审。看待审回“待审”,看本月情况回“月审 9月”。过了月底请两位委员回“审定 9月”。
        == 2026-09-28
          ⇒ @委员群: 9月快结束了,还有1条申报没审。看待审回“待审”,看本月情况回“月审 9月”。过了月底请两位委员回“审定 9月”。
        == 2026-10-08
          ⇒ @委员群: 有几件事等着办:
          | 三季度还不能公示:9月还没审定,#2还没审完。季度过完10天内要公示。
        李会计: 审定
          → 李会计: 请写上月份,比如“审定 9月”。
        李会计: 审定 9月
          → 李会计: 9月还不能审定:#2还没审完。请先审,或者回“移到下月 2 原因”。
        李会计: 通过 2
          → 李会计: #2 …
          ⇒ 王阿婆: …
        李会计: 月审
          → 李会计: 2026年9月(还没审定):
          | 加分2条,共7分:人人参与2条7分。
          | 扣分1条(不要外传):…
          | 抽到复查的:#1、#2(抽签号…),请找人再核对一遍。
          | 没有问题请两位不同人家的委员回“审定 9月”。
        李会计: 审定 9月
          → 李会计: 9月您已同意,请另一户的委员也回一次“审定 9月”。
        李会计: 审定 9月
          → 李会计: 您这一户已经同意过了,还要另一户的委员再回一次。
        陈主任: 月审
          → 陈主任: 2026年9月(还没审定):…李会计已同意,还要另一户的委员回“审定 9月”。
        陈主任: 审定 9月
          → 陈主任: 9月审定好了。
        陈主任: 审定 9月
          → 陈主任: 9月已经审定过了。
        张三: 我家多少分
          → 张三: 张三家2026年共3分。其中月审确认3分,待月审0分。…
        """
    )


def test_the_month_is_for_the_committee_and_what_it_says_never_for_the_room(
    calendar: CalendarStage,
) -> None:
    calendar.play(FILED)
    calendar.play(
        """
        张三: 月审
          → 张三: 这件事要审核委员来做,您不用管。想看自己家的,回“进度”或“我家多少分”。
        张三: 审定 9月
          → 张三: 这件事要审核委员来做,您不用管。想看自己家的,回“进度”或“我家多少分”。
        张三: 移到下月 2 等
          → 张三: 这件事要审核委员来做,您不用管。想看自己家的,回“进度”或“我家多少分”。
        张三: 发布公示
          → 张三: 这件事要审核委员来做,您不用管。想看自己家的,回“进度”或“我家多少分”。
        张三: 异议处理 1 维持 对的
          → 张三: 这件事要审核委员来做,您不用管。想看自己家的,回“进度”或“我家多少分”。
        李会计@村群: 月审
          → 李会计: 2026年9月(还没过完):…
        """
    )


def test_counts_of_each_reviewer_are_for_the_supervisor_alone(calendar: CalendarStage) -> None:
    calendar.play(FILED)
    calendar.promote("zhao", Role.SUPERVISOR)
    calendar.play(
        """
        赵大伟: 月审
          → 赵大伟: 2026年9月(还没过完):
          | 加分1条,共5分:人人参与1条5分。
          | 还没审完:#2。请先审,或者回“移到下月 2 原因”。
          | 各位委员:李会计通过1条、陈主任通过1条。
          | 9月过完以后再审定。
        赵大伟: 审定 9月
          → 赵大伟: 这件事由审核委员来做,监督员只看不审。想看哪一条回“进度 23”,看这个月的回“月审”。
        """
    )


def test_a_claim_moves_on_with_a_reason_and_counts_there(calendar: CalendarStage) -> None:
    calendar.play(FILED)
    calendar.play(
        """
        李会计: 移到下月
          → 李会计: 请写上申报的号和原因,比如“移到下月 23 等补材料”。
        李会计: 移到下月 2
          → 李会计: 请写上原因,比如“移到下月 2 等补材料”。
        李会计: 移到下月 1 等材料
          → 李会计: #1 已经通过了(李会计),不能再改。
        李会计: 移到下月 2 等材料
          → 李会计: #2 王桂英家 提出有效建议 移到10月了,原因:等材料。
          ⇒ 王阿婆: 王桂英家 #2 提出有效建议(9月16日)算到10月里审,原因:等材料。审好告诉您。
        == 2026-10-08
          ⇒ @委员群: 有几件事等着办:
          | 三季度还不能公示:9月还没审定。季度过完10天内要公示。
        李会计: 审定 9月
          → 李会计: 9月您已同意,请另一户的委员也回一次“审定 9月”。
        陈主任: 审定 9月
          → 陈主任: 9月审定好了。
        李会计: 通过 2
          → 李会计: #2 王桂英家 提出有效建议 已通过 +2分。
          ⇒ 王阿婆: …
        """
    )
    with calendar.open_books() as books:
        entry = books.ledger.caused_by(1, "claim:2026:2:award")
        assert entry is not None
        assert entry.posting.effective_month == Month(2026, 10)


def test_nobody_moves_their_own_claim_and_nothing_leaves_december(calendar: CalendarStage) -> None:
    calendar.play(
        """
        李会计: 申报 开会
          → 李会计: 收到,李国平家 #1 …
        李会计: 移到下月 1 明年再说
          → 李会计: 这是您自己家的,请别的委员审。
        陈主任: 移到下月 1 明年再说
          → 陈主任: #1 李国平家 参加议事会、户代表会、村民会议 移到10月了,…
          ⇒ 李会计: …
        陈主任: 移到下月 1 再等等
          → 陈主任: #1 …移到11月了,…
          ⇒ 李会计: …
        陈主任: 移到下月 1 再等等
          → 陈主任: #1 …移到12月了,…
          ⇒ 李会计: …
        陈主任: 移到下月 1 明年再说
          → 陈主任: #1是12月的,积分不跨年,不能移到下月。请通过或驳回。
        """
    )


def test_what_stands_out_is_pointed_out(calendar: CalendarStage) -> None:
    calendar.play(
        """
        张三: [照片 a]
          → 张三: …
        张三: 申报 垃圾分类
          → 张三: 收到,张三家 #1 …
        王阿婆: [照片 a]
          → 王阿婆: …
        王阿婆: 申报 垃圾分类
          → 王阿婆: 收到,王桂英家 #2 …
        赵大伟: [照片 b]
          → 赵大伟: …
        赵大伟: 申报 垃圾分类
          → 赵大伟: 收到,赵大伟家 #3 …
        陈主任: [照片 c 像 b]
          → 陈主任: …
        陈主任: 申报 垃圾分类
          → 陈主任: 收到,陈卫东家 #4 …
        李会计: 代录\\n3组12号 提建议\\n3组15号 提建议\\n2组3号 提建议\\n4组8号 提建议\\n4组9-1号 提建议
          → 李会计: 已记下 #5 …
        陈主任: 通过 5 6 8 9
          → 陈主任: #5 …
          ⇒ 张三: …
          ⇒ 王阿婆: …
          ⇒ 赵大伟: …
        李会计: 代录 5组1号 提建议
          → 李会计: 已记下 #10 …
        陈主任: 通过 10
          → 陈主任: #10 …
        李会计: 月审
          → 李会计: …请多看一眼:照片和别的一样:#1、#2;照片很像:#3、#4;李会计一次记了同样的:#5、#6、#8、#9、#10。…
        == 2026-09-22
          ⇒ @委员群: 9月快结束了,还有5条申报没审,9条要多看一眼。…
        """
    )


def test_an_act_long_past_is_pointed_out_and_its_month_has_to_be_confirmed(
    calendar: CalendarStage,
) -> None:
    calendar.play(
        """
        李会计: 代录 3组12号 开会 7月1日
          → 李会计: 已记下 #1 …
        李会计: 月审
          → 李会计: 2026年7月(还没审定):
          | 没有加分。
          | 请多看一眼:过了30天才报:#1。
          | 还没审完:#1。请先审,或者回“移到下月 1 原因”。
          | 没有问题请两位不同人家的委员回“审定 7月”。
        """
    )
    with calendar.open_books() as books:
        late = late_months(books, books.villages.get(1), today=calendar.clock.now.date())
        assert late == (Month(2026, 7), Month(2026, 8))


def test_a_corrected_day_moves_the_claim_to_its_own_month(calendar: CalendarStage) -> None:
    calendar.play(
        """
        张三: 申报 开会
          → 张三: 收到,张三家 #1 …
        张三: 更正 1 8月30日
          → 张三: 收到,张三家 #1 …时间8月30日,…
        李会计: 审定 8月
          → 李会计: 8月还不能审定:#1还没审完。…
        """
    )


def test_the_recheck_is_drawn_once_whoever_looks_when(calendar: CalendarStage) -> None:
    calendar.play(FILED)
    calendar.play(
        """
        李会计: 通过 2
          → 李会计: …
          ⇒ 王阿婆: …
        """
    )
    calendar.set("2026-10-08T09:00")
    [first] = calendar.act("李会计: 月审")
    calendar.play(
        """
        李会计: 代录 3组15号 开会 9月20日
          → 李会计: 已记下 #4 …
        陈主任: 通过 4
          → 陈主任: #4 …
          ⇒ 王阿婆: …
        """
    )
    [again] = calendar.act("陈主任: 月审")
    drawn = [line for line in first.text.splitlines() if line.startswith("抽到复查的")]
    assert drawn
    assert drawn == [line for line in again.text.splitlines() if line.startswith("抽到复查的")]


def test_a_late_month_is_reminded_of_every_third_working_day_and_not_for_ever(
    calendar: CalendarStage,
) -> None:
    with calendar.open_books() as books:
        assert late_months(books, books.villages.get(1), today=calendar.clock.now.date()) == ()
    told = []
    for month, days in ((10, 31), (11, 30), (12, 31)):
        for day in range(1, days + 1):
            found = calendar.on(f"2026-{month:02d}-{day:02d}T09:00")
            rooms = [d.room for d in found]
            assert len(rooms) == len(set(rooms)) or any("快结束了" in d.text for d in found)
            told += [f"{month}-{day}" for d in found if "9月还没审定" in d.text]
    assert told[:4] == ["10-8", "10-12", "10-15", "10-20"]
    assert len(told) <= 25
    with calendar.open_books() as books:
        record = books.month_reviews.get(1, Month(2026, 9))
        assert record.reminders == 10


def test_nothing_is_reminded_of_in_a_village_without_rules_or_on_a_day_off(
    calendar: CalendarStage,
) -> None:
    assert calendar.on("2026-10-04T09:00") == ()
    with calendar.open_books() as books:
        books.connection.exec_driver_sql("DELETE FROM adoption")
    assert calendar.on("2026-10-08T09:00") == ()


def test_a_claim_moves_past_a_month_that_is_confirmed(calendar: CalendarStage) -> None:
    calendar.set("2026-10-20T10:00")
    calendar.transcript("张三: 申报 开会 9月20日")
    calendar.set("2026-11-02T10:00")
    calendar.transcript("李会计: 审定 10月\n陈主任: 审定 10月")
    calendar.play(
        """
        李会计: 移到下月 1 等材料
          → 李会计: #1 张三家 参加议事会、户代表会、村民会议 移到11月了(10月已经审定),原因:等材料。
          ⇒ 张三: …算到11月里审,…
        """
    )


def test_counts_of_each_reviewer_are_told_in_no_room(calendar: CalendarStage) -> None:
    calendar.play(FILED)
    calendar.promote("zhao", Role.SUPERVISOR)
    for room in ("委员群", "村群"):
        [draft] = calendar.act(f"赵大伟@{room}: 月审")
        assert "各位委员" not in draft.text


def test_who_left_the_committee_signs_nothing_with_another(calendar: CalendarStage) -> None:
    calendar.promote("zhao")
    calendar.set("2026-10-08T10:00")
    calendar.play("李会计: 审定 9月\n→ 李会计: 9月您已同意,…")
    _take_back(calendar)
    calendar.play(
        """
        陈主任: 月审 9月
          → 陈主任: 2026年9月(还没审定):…没有问题请两位不同人家的委员回“审定 9月”。
        陈主任: 审定 9月
          → 陈主任: 9月您已同意,请另一户的委员也回一次“审定 9月”。
        赵大伟: 审定 9月
          → 赵大伟: 9月审定好了。
        """
    )


def test_who_left_the_committee_approves_nothing_with_another(calendar: CalendarStage) -> None:
    calendar.promote("zhao")
    calendar.play(
        """
        张三: 申报 办理养犬登记
          → 张三: …
        张三: [照片 a]
          → 张三: …#1…
        李会计: 通过 1
          → 李会计: #1 张三家 办理养犬登记 +20分,您已同意。…
        李会计: 扣分 4组9-1号 混投
          → 李会计: 已记下 #2 …
        """
    )
    _take_back(calendar)
    calendar.play(
        """
        陈主任: 通过 1
          → 陈主任: #1 张三家 办理养犬登记 +20分,您已同意。…
        陈主任: 通过 2
          → 陈主任: #2 周小妹家 …您已同意。这条要两个人,请另一位委员也回一次。
        赵大伟: 通过 2
          → 赵大伟: #2 周小妹家 混投混放经提醒不改 已通过 0分。
        """
    )


def _take_back(calendar: CalendarStage) -> None:
    with calendar.open_books() as books:
        books.offices.take_back(
            1, PersonId(3), Role.COMMITTEE, reason="换届", at=calendar.clock.now
        )
