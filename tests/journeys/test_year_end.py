"""The year's end in dialogues: honours, the bottom line and the way back, the close."""

from datetime import UTC, datetime

import pytest

from domain.ledger import EntryKind
from domain.membership import HouseholdId
from domain.period import Month
from domain.points import Points
from storage.ledger import REVIEW
from tests.builders import a_final_publication, a_posting
from tests.cast import WANG, ZHANG, ZHAO
from tests.journeys.stage import Stage

JANUARY = datetime(2027, 1, 15, 2, tzinfo=UTC)

DECEMBER = 12


def confirm(stage: Stage, *months: Month) -> None:
    """Let the committee have confirmed months."""
    with stage.open_books() as books:
        for month in months:
            row = {"village": 1, "month": str(month), "confirmed_at": stage.clock.now}
            books.connection.execute(REVIEW.insert().values(row))
            if month.month == DECEMBER:
                books.publications.add(1, a_final_publication(month.quarter))


def give(stage: Stage, household: HouseholdId, points: int, cause: str) -> None:
    """Enter an award without the claim behind it."""
    posting = a_posting(cause, household=household, points=Points(points))
    with stage.open_books() as books:
        books.ledger.post(1, posting, at=stage.clock.now)


@pytest.fixture
def barred(stage: Stage) -> Stage:
    """张家 has 5 points, 王家 2; 赵家 the most, but crossed a bottom line in #3."""
    give(stage, ZHAO, 400, "before:1")
    stage.play(
        """
        张三: 申报 开会
          → 张三: …
        王阿婆: 申报 提建议
          → 王阿婆: …
        陈主任: 扣分 4组8号 违规停放充电引发火情
          → 陈主任: …
        李会计: 通过 1-3
          → 李会计: …
          ⇒ 张三: …
          ⇒ 王阿婆: …
          ⇒ 赵大伟: 赵大伟家 #3 违规停放充电引发火情:扣20分。有不同意见可以向村委会提出。
        """
    )
    return stage


def test_a_bottom_line_bars_from_honours_and_two_people_may_lift_it(barred: Stage) -> None:
    barred.play(
        """
        李会计: 评优
          → 李会计: 2026年度奖,参加的3户里取5%左右,现在是1户:
          | 第1名 3组12号张三家 5分
          | 碰了底线,今年不能参评:
          | 4组8号赵大伟家 20分(#3 违规停放充电引发火情)
          | 已经改好的,请两位委员回“恢复评优 3 原因”。
          | 年终结算时按这个名单授予。名单请不要发到村民群。
        李会计@村群: 评优 最美家庭 1
          → 李会计: “最美家庭”候选,按2026年积分:
          | 第1名 3组12号张三家 5分
          | 碰了底线,今年不能参评:
          | 4组8号赵大伟家 20分(#3 违规停放充电引发火情)
          | 已经改好的,请两位委员回“恢复评优 3 原因”。
          | 定下来请两位委员回“授予 最美家庭 3组12号”。
        李会计: 授予 最美家庭 4组8号
          → 李会计: 赵大伟家2026年碰了底线(#3),不能评优。已经改好的,请两位委员回“恢复评优 3 原因”。
        李会计: 恢复评优
          → 李会计: 请写明是哪一条和原因,比如“恢复评优 23 已经拆除”。
        李会计: 恢复评优 3
          → 李会计: 请写明是哪一条和原因,比如“恢复评优 3 已经拆除”。
        李会计: 恢复评优 1 已整改
          → 李会计: #1 没有影响评优,不用恢复。
        李会计: 恢复评优 99 已整改
          → 李会计: 没有找到#99这条申报,请看看号码。
        赵大伟: 恢复评优 3 已整改
          → 赵大伟: 这件事要审核委员来做,您不用管。想看自己家的,回“进度”或“我家多少分”。
        李会计: 恢复评优 3 已经整改
          → 李会计: 记下了,您已同意。这件事要两户人家的委员都同意,请另一位委员也回一次同样的话。
        李会计: 恢复评优 3 已经整改
          → 李会计: 您这一户已经同意过了,还要另一户的委员再回一次。
        陈主任: 恢复评优 3 已经整改
          → 陈主任: 好了,#3 不再影响评优(原因:已经整改)。4组8号赵大伟家可以参评了,扣的分不变。
        陈主任: 恢复评优 3 已经整改
          → 陈主任: #3 早就解除了,4组8号赵大伟家可以评优。
        李会计: 评优
          → 李会计: 2026年度奖,参加的3户里取5%左右,现在是1户:
          | 第1名 4组8号赵大伟家 20分
          | 年终结算时按这个名单授予。名单请不要发到村民群。
        """
    )


def test_nobody_lifts_a_veto_from_relatives(barred: Stage) -> None:
    barred.play(
        """
        李会计: 亲属 4组8号
          → 李会计: …
        李会计: 恢复评优 3 已经整改
          → 李会计: 这是您亲属家的,请别的委员审。
        李会计: 授予 好邻居 4组8号
          → 李会计: 这是您亲属家的,请别的委员审。
        """
    )


def test_an_honour_takes_two_members_and_is_given_once(stage: Stage) -> None:
    stage.play(
        """
        张三: 评优
          → 张三: 这件事要审核委员来做,您不用管。想看自己家的,回“进度”或“我家多少分”。
        张三: 授予 最美家庭 3组12号
          → 张三: 这件事要审核委员来做,您不用管。想看自己家的,回“进度”或“我家多少分”。
        李会计: 评优 好邻居
          → 李会计: “好邻居”候选,按2026年积分:现在还没有人家有积分。
        李会计: 授予 最美家庭
          → 李会计: 请写明荣誉的名字和哪一户,比如“授予 最美家庭 3组12号”。
        李会计: 授予 最美家庭 9组9号
          → 李会计: 没有找到“9组9号”这一户。请写成“3组12号 张三”这样,组号、门牌和户主要对。
        李会计: 授予 最美家庭 1组6号
          → 李会计: 这是您自己家的,请别的委员审。
        李会计: 授予 最美家庭 3组12号
          → 李会计: 记下了,您已同意。这件事要两户人家的委员都同意,请另一位委员也回一次同样的话。
        陈主任: 授予 好邻居 3组12号
          → 陈主任: 记下了,您已同意。这件事要两户人家的委员都同意,请另一位委员也回一次同样的话。
        陈主任: 授予 最美家庭 3组12号
          → 陈主任: 好了,“最美家庭”授予3组12号张三家,记在2026年的荣誉里。
        李会计: 授予 最美家庭 3组12号
          → 李会计: 3组12号张三家已经有2026年的“最美家庭”了,不用再授。
        """
    )


def test_in_january_last_year_s_honour_is_given_as_the_list_says(barred: Stage) -> None:
    barred.clock.advance(days=110)
    barred.play(
        """
        李会计: 评优 2026 最美家庭 1
          → 李会计: “最美家庭”候选,按2026年积分:
          | 第1名 3组12号张三家 5分
          | 碰了底线,2026年不能参评:
          | 4组8号赵大伟家 20分(#3 违规停放充电引发火情)
          | 已经改好的,请两位委员回“恢复评优 3 原因”。
          | 定下来请两位委员回“授予 2026 最美家庭 3组12号”。
        李会计: 授予 2026 最美家庭 3组12号
          → 李会计: 记下了,您已同意。…
        陈主任: 授予 2026 最美家庭 3组12号
          → 陈主任: 好了,“最美家庭”授予3组12号张三家,记在2026年的荣誉里。
        """
    )


def test_a_year_is_closed_by_two_once_it_is_over_and_confirmed(barred: Stage) -> None:
    barred.play(
        """
        李会计: 年终结算 2026
          → 李会计: 2026年还没过完,过了年再结算。
        李会计: 年终结算
          → 李会计: 2025年村里还没有积分,没有要结算的。
        张三: 年终结算 2026
          → 张三: 这件事要审核委员来做,您不用管。想看自己家的,回“进度”或“我家多少分”。
        """
    )
    barred.clock.now = JANUARY
    barred.play(
        """
        李会计: 年终结算
          → 李会计: 2026年还不能结算:9月、10月、11月、12月还没审定。都审好了再来。
        """
    )
    confirm(barred, *(Month(2026, n) for n in (9, 10, 11, 12)))
    barred.play(
        """
        李会计: 年终结算
          → 李会计: 记下了,您已同意。这件事要两户人家的委员都同意,请另一位委员也回一次同样的话。
        李会计: 年终结算 2026
          → 李会计: 您这一户已经同意过了,还要另一户的委员再回一次。
        陈主任: 年终结算 2026
          → 陈主任: 2026年结清了:3户没用完的27分清零,全年得分和名次都留着。年度奖1户:3组12号张三家。新的一年从0分开始。有年度奖的,表扬通知会在白天发到村民群。
        李会计: 年终结算 2026
          → 李会计: 2026年1月15日已经结清过了,没有再动。年度奖1户:3组12号张三家。
        王阿婆: 申报 开会 12月31日
          → 王阿婆: 2026年的积分已经结清,不能再报了。
        李会计: 代录 3组12号 开会 12月31日
          → 李会计: 2026年的积分已经结清,不能再报了。
        王阿婆: 我家多少分
          → 王阿婆: 王桂英家2027年共0分。本季度0分,可兑换0分。
        王阿婆: 明细
          → 王阿婆: 王桂英家最近2笔:
          | 1月15日 年末清零 -2分
          | 9月16日 提出有效建议 +2分
        李会计: 年终结算 2027
          → 李会计: 2027年还没过完,过了年再结算。
        """
    )
    with barred.open_books() as books:
        close = books.years.closed(1, 2026)
        assert close is not None
        assert (close.eligible, close.taking_part, close.earned, close.ended) == (7, 3, 270, 270)
        assert close.head == books.ledger.head(1)
        assert all(b.spendable == 0 for b in books.ledger.balances(1, year=2026).values())
        assert books.ledger.balance(1, WANG, year=2026).earned == 20


def test_nothing_more_is_approved_into_a_quarter_that_is_final(stage: Stage) -> None:
    stage.clock.now = JANUARY
    stage.play("张三: 申报 开会 12月31日\n→ 张三: 收到,张三家 #1 …")
    confirm(stage, Month(2026, 12))
    stage.play(
        """
        张三: 申报 提建议 12月31日
          → 张三: 2026年四季度的公示已经结束,那时候的分不能再变了。今年的事做了就来报。
        李会计: 代录 3组12号 提建议 12月31日
          → 李会计: 2026年四季度的公示已经结束,那时候的分不能再变了。今年的事做了就来报。
        李会计: 通过 1
          → 李会计: #1 没有处理:四季度的公示已经结束,#1的分不能再变。还没审的请驳回;真有错,请找村务监督委员会。
        李会计: 驳回 1 公示已经结束
          → 李会计: #1 张三家 …已驳回,原因:公示已经结束。
          ⇒ 张三: …
        """
    )
    with stage.open_books() as books:
        assert books.ledger.balance(1, ZHANG, year=2026).earned == 0


def test_an_undecided_claim_holds_up_the_close(stage: Stage) -> None:
    stage.play(
        """
        张三: 申报 开会
          → 张三: …
        """
    )
    confirm(stage, *(Month(2026, n) for n in (9, 10, 11, 12)))
    stage.clock.now = JANUARY
    stage.play(
        """
        李会计: 年终结算
          → 李会计: 2026年还不能结算:#1还没审完。都审好了再来。
        """
    )


def test_an_earlier_year_is_closed_first(stage: Stage) -> None:
    posting = a_posting("before:1", effective_month=Month(2025, 12))
    with stage.open_books() as books:
        books.ledger.post(1, posting, at=stage.clock.now)
        books.connection.execute(_began_in_2025())
    confirm(stage, *(Month(2025, 12),), *(Month(2026, n) for n in range(1, 13)))
    stage.clock.now = JANUARY
    stage.play(
        """
        李会计: 年终结算
          → 李会计: 2025年还没结清,请先回“年终结算 2025”。
        李会计: 年终结算 2025
          → 李会计: 记下了,您已同意。…
        陈主任: 年终结算 2025
          → 陈主任: 2025年结清了:1户没用完的1分清零,全年得分和名次都留着。新的一年从0分开始。…
        李会计: 年终结算
          → 李会计: 记下了,您已同意。…
        """
    )


def _began_in_2025() -> object:
    from storage.villages import VILLAGE

    return VILLAGE.update().values(created_at=datetime(2025, 12, 1, tzinfo=UTC))


def test_a_claim_that_waits_cannot_be_approved_into_a_closed_year(stage: Stage) -> None:
    stage.play(
        """
        张三: 申报 开会
          → 张三: …
        """
    )
    with stage.open_books() as books:
        books.villages.close_year(1, 2026)
    stage.play(
        """
        李会计: 通过 1
          → 李会计: #1 没有处理:2026年的积分已经结清,不能再报了。
        """
    )


def test_kinds_of_entries_of_a_year_end_are_said(stage: Stage) -> None:
    give(stage, WANG, 30, "before:1")
    with stage.open_books() as books:
        moved = a_posting(
            "household:1:merge:2026:out",
            household=WANG,
            kind=EntryKind.TRANSFER,
            points=Points(-30),
            item="",
        )
        books.ledger.post(1, moved, at=stage.clock.now)
    stage.play(
        """
        王阿婆: 明细
          → 王阿婆: 王桂英家最近2笔:
          | 9月16日 并户转分 -3分
          | …
        """
    )
