"""Redemption (兑换) as dialogues: plan, order, collect, take back, and every refusal."""

from datetime import timedelta

import pytest

from domain.redemption import RedemptionKey, RedemptionState
from tests.journeys.stage import Stage
from tests.redemption import ROUND, give_points, make_administrator

WHERE = "9月20日到9月26日 上午8点到11点在村委会领"


@pytest.fixture
def fair(stage: Stage) -> Stage:
    """张家 has 60 points, 王家 45, 李家 100; the round is open."""
    with stage.open_books() as books:
        make_administrator(books)
        give_points(books, h1=60, h2=45, h3=100)
    stage.play(
        f"""
        陈主任: {ROUND}
          → 陈主任: 请核对:…
        陈主任: 1
          → 陈主任: 第1轮“秋季兑换”开始了,会通知村民群。要停就回“兑换停 1”。
          ⇒ @村群: 积分兑换开始了:秋季兑换,9月23日截止。可以换洗衣液20分、大米5斤装50分。{WHERE}。想换的私聊我回“兑换”。
        """
    )
    return stage


def code(stage: Stage, who: str) -> str:
    """Return the first code that a person is told when asking for them."""
    [told] = stage.act(f"{who}: 我的兑换")
    return told.text.partition("领取码 ")[2][:7]


def test_a_round_is_shown_before_it_is_kept_and_can_be_left(stage: Stage) -> None:
    with stage.open_books() as books:
        make_administrator(books)
        give_points(books, h1=60)
    stage.play(
        f"""
        陈主任: {ROUND}
          → 陈主任: 请核对:
          | 秋季兑换
          | 9月16日到9月23日可以换
          | {WHERE}
          | 预算3000元
          | 洗衣液 20分1瓶,共50瓶,每户最多2瓶,成本15元
          | 大米5斤装 50分1袋,共1袋,每户最多1袋,成本30元
          | 全村现在可兑换60分,最多换走45元的东西;全部换完要780元。
          | 没问题回1,不对回2,改好再发。
        陈主任: 3
          → 陈主任: 请回1到2中的一个数字,不报了就回“算了”。
        陈主任: 2
          → 陈主任: 好的,先不办了。
        陈主任: 1
          → 陈主任: 这句没听懂。…
        张三: 兑换
          → 张三: 现在没有积分兑换。下一轮什么时候办,委员会会通知。
        陈主任: {ROUND}
          → 陈主任: 请核对:…
        陈主任: 算了
          → 陈主任: 好的,先不办了。
        """
    )


def test_a_round_for_later_waits_for_its_day(stage: Stage) -> None:
    with stage.open_books() as books:
        make_administrator(books)
        give_points(books, h1=60)
    later = ROUND.replace("9月16日到9月23日", "9月18日到9月23日")
    stage.play(
        f"""
        陈主任: {later}
          → 陈主任: 请核对:…
        陈主任: 1
          → 陈主任: 第1轮“秋季兑换”记下了,9月18日自动开始,会通知村民群。要停就回“兑换停 1”。
        张三: 兑换
          → 张三: 秋季兑换从9月18日开始换,到时候在群里通知。
        张三: 兑换 洗衣液
          → 张三: 现在还不能换,9月18日开始,到时候在群里通知。
        -- 2天
        张三: 兑换 洗衣液
          → 张三: 张三家换好了:#1 洗衣液1瓶,…
        -- 6天
        张三: 兑换
          → 张三: 秋季兑换已经截止,{WHERE}。领取码回“我的兑换”看。
        张三: 兑换 洗衣液
          → 张三: 现在没有积分兑换。上一轮是9月23日截止的。下一轮什么时候办,委员会会通知。
        """
    )


def test_a_household_that_has_something_to_collect_does_not_move_away(fair: Stage) -> None:
    fair.play(
        """
        张三: 兑换 洗衣液 1
          → 张三: 张三家换好了:#1 洗衣液1瓶,…
        李会计: 迁出 3组12号 搬到镇上住
          → 李会计: 张三家换的东西还有1样没领。请先领走,或者退掉(回“取消兑换”加号码),再办这件事。
        李会计: 取消兑换 1
          → 李会计: …
          ⇒ 张三: …
        李会计: 迁出 3组12号 搬到镇上住
          → 李会计: 记下了,您已同意。…
        陈主任: 迁出 3组12号 搬到镇上住
          → 陈主任: 好了,3组12号张三家从今天起不再参加积分,以前的记录都留着。
        """
    )


def test_only_the_administrator_plans_and_stops_rounds(fair: Stage) -> None:
    fair.play(
        f"""
        张三: {ROUND}
          → 张三: 这件事要村管理员来做。请找他办;村里还没有的话,请村委会让维护人员发一个码。
        李会计: 兑换停 1
          → 李会计: 这件事要村管理员来做。请找他办;村里还没有的话,请村委会让维护人员发一个码。
        陈主任: 兑换开
          → 陈主任: 请照这个样子一行一行写,整条发给我:…
        陈主任: {ROUND}
          → 陈主任: 这一轮兑换还不能办:
          | 这几天已经有别的兑换,日子不能重叠。
          | 改好以后,请把整条重新发一遍。
        """
    )


def test_a_round_without_a_budget_or_with_forbidden_goods_is_refused_with_all_its_faults(
    stage: Stage,
) -> None:
    with stage.open_books() as books:
        make_administrator(books)
    stage.play(
        """
        陈主任: 兑换开 秋季兑换\\n时间 9月20日到9月27日\\n领取 9月28日到9月30日 村委会\\n购物卡 20分 50张 成本100元\\n低保名额 5分 1个 成本0元\\n大家快来
          → 陈主任: 这一轮兑换还不能办:
          | “大家快来”:没有看懂。
          | 没有写预算,没有预算不能办,比如“预算 3000元”。
          | “购物卡 20分 50张 成本100元”:不能换:有“购物卡”。积分只换东西、服务和荣誉,不换钱、卡和待遇。
          | “低保名额 5分 1个 成本0元”:不能换:有“低保”。积分只换东西、服务和荣誉,不换钱、卡和待遇。
          | 改好以后,请把整条重新发一遍。
        """
    )


def test_the_catalogue_tells_amounts_in_private_alone(fair: Stage) -> None:
    fair.play(
        f"""
        张三: 能换什么
          → 张三: 秋季兑换,9月16日到9月23日可以换:
          | 洗衣液 20分1瓶,还有50瓶,每户最多2瓶
          | 大米5斤装 50分1袋,还有1袋,每户最多1袋
          | {WHERE}。您家可兑换60分。要换就回“兑换 洗衣液 1”这样。
        王阿婆@村群: 能换什么
          → 王阿婆@村群: 秋季兑换,9月16日到9月23日可以换:
          | 洗衣液 20分1瓶,还有50瓶,每户最多2瓶
          | 大米5斤装 50分1袋,还有1袋,每户最多1袋
          | {WHERE}。要换就回“兑换 洗衣液 1”这样。
        """
    )


def test_an_order_is_paid_kept_collected_and_told_to_the_household(fair: Stage) -> None:
    fair.play(
        f"""
        张三: 兑换 洗衣液 2
          → 张三: 张三家换好了:#1 洗衣液2瓶,用40分,还剩20分。领取码 …-…,{WHERE},领的时候报这个码。不要了回“取消兑换 1”。
        张三: 我家多少分
          → 张三: 张三家2026年共60分。其中月审确认0分,待月审60分。本季度60分,可兑换20分。…
        李会计: 领取名单
          → 李会计: 还没领的:
          | #1 3组12号张三家 洗衣液2瓶
          | 来领的报领取码,您就回“核销 领取码”。
        """
    )
    told = code(fair, "张三")
    fair.play(
        f"""
        张三: 核销 {told}
          → 张三: 这件事要审核委员来做,您不用管。…
        李会计: 核销 {told.lower().replace("-", "")}
          → 李会计: #1 3组12号张三家 洗衣液2瓶,已领。
          ⇒ 张三: 张三家#1 洗衣液2瓶已经领走(李会计经手)。要是没领到,请马上告诉村委会。
        陈主任: 核销 {told}
          → 陈主任: #1已经领了,不能再改。
        张三: 取消兑换 1
          → 张三: #1已经领了,不能再改。
        张三: 我的兑换
          → 张三: 张三家今年的兑换:
          | #1 洗衣液2瓶 40分:已经领了
        李会计: 领取名单
          → 李会计: 没有等着领的东西。
        张三: 明细
          → 张三: 张三家最近2笔:
          | 9月16日 兑换 -40分,洗衣液2瓶
          | …
        """
    )


def test_nobody_hands_over_to_their_own_house(fair: Stage) -> None:
    fair.play("李会计: 兑换 大米\n  → 李会计: 李国平家换好了:#1 大米5斤装1袋,…")
    told = code(fair, "李会计")
    fair.play(
        f"""
        李会计: 核销 {told}
          → 李会计: 这是您自己家的,请别的委员来核销。
        陈主任: 核销 {told}
          → 陈主任: #1 1组6号李国平家 大米5斤装1袋,已领。
          ⇒ 李会计: 李国平家#1 大米5斤装1袋已经领走(陈主任经手)。…
        """
    )


def test_a_code_is_not_guessed(fair: Stage) -> None:
    fair.play(
        """
        李会计: 核销
          → 李会计: 请写上领取码,比如“核销 7K3-9QF”。
        李会计: 核销 AAAAA1
          → 李会计: 领取码不对,请对方回“我的兑换”再看一遍。
        李会计: 核销 AAAAA2
          → 李会计: 领取码不对,…
        李会计: 核销 AAAAA3
          → 李会计: 领取码不对,…
        李会计: 核销 AAAAA4
          → 李会计: 领取码不对,…
        李会计: 核销 AAAAA5
          → 李会计: 领取码不对,…
        李会计: 核销 AAAAA6
          → 李会计: 码错了太多次,请过30分钟再试,或者找村委会。
        """
    )


def test_a_thousand_guesses_of_a_collection_code_hand_nothing_over(fair: Stage) -> None:
    fair.play("张三: 兑换 洗衣液 1\n  → 张三: 张三家换好了:#1 …")
    told = code(fair, "张三")
    answers = set()
    for number in range(1_000):
        who = ("李会计", "陈主任", "张三", "生人")[number % 4]
        [reply] = fair.act(f"{who}: 核销 {told[:3]}{number:03}")
        answers.add(reply.text[:8])
    assert answers == {"领取码不对,请对", "码错了太多次,请", "这件事要审核委员"}
    fair.pause(timedelta(minutes=31))
    fair.play(f"李会计: 核销 {told}\n  → 李会计: #1 3组12号张三家 洗衣液1瓶,已领。\n  ⇒ 张三: …")


def test_what_cannot_be_had_is_refused_with_the_reason(fair: Stage) -> None:
    fair.play(
        """
        生人: 兑换 洗衣液
          → 生人: 您还没有绑定到哪一户。…
        张三: 兑换 电视机
          → 张三: 清单里没有“电视机”。回“兑换”看能换什么。
        张三: 兑换 洗衣液 几瓶
          → 张三: 洗衣液要几瓶?请写个准数,比如“兑换 洗衣液 1”。
        张三: 兑换 洗衣液 3
          → 张三: 洗衣液每户最多换2瓶。
        张三: 兑换 洗衣液
          → 张三: 张三家换好了:#1 洗衣液1瓶,用20分,还剩40分。…
        张三: 兑换 洗衣液 2
          → 张三: 洗衣液每户最多换2瓶,您家已经换了1瓶。
        王阿婆: 兑换 大米
          → 王阿婆: 大米5斤装1袋要50分,现在可兑换45分,还差5分。
        李会计: 兑换 大米
          → 李会计: 李国平家换好了:#2 大米5斤装1袋,…
        张三: 兑换 大米
          → 张三: 大米5斤装已经换完了。回“兑换”看看别的。
        张三: 兑换
          → 张三: 秋季兑换,9月16日到9月23日可以换:
          | 洗衣液 20分1瓶,还有49瓶,每户最多2瓶
          | 大米5斤装 50分1袋,已经换完
          | …
        张三: 取消兑换 2
          → 张三: #2不是您家换的,不能取消。
        张三: 取消兑换 9
          → 张三: 没有找到#9这笔兑换。回“我的兑换”看号码。
        张三: 取消兑换
          → 张三: 请写上号码,比如“取消兑换 3”。回“我的兑换”看号码。
        王阿婆: 我的兑换
          → 王阿婆: 王桂英家今年还没有换过东西。回“兑换”看能换什么。
        """
    )


def test_the_limit_of_another_household_is_told_as_theirs(fair: Stage) -> None:
    fair.play(
        """
        李会计: 代兑换 3组15号 洗衣液 2
          → 李会计: …#1 洗衣液2瓶…
        陈主任: 代兑换 3组15号 洗衣液 1
          → 陈主任: 洗衣液每户最多换2瓶,这家已经换了2瓶。
        王阿婆: 兑换 洗衣液 1
          → 王阿婆: 洗衣液每户最多换2瓶,您家已经换了2瓶。
        """
    )


def test_what_sounds_alike_is_asked_about_by_number(fair: Stage) -> None:
    fair.play(
        """
        张三: 兑换 洗衣夜 2
          → 张三: 是要哪一样?请回数字:1.洗衣液。都不是就回“算了”。
        张三: 2
          → 张三: 请回1到1中的一个数字,不报了就回“算了”。
        张三: 1
          → 张三: 张三家换好了:#1 洗衣液2瓶,…
        张三: 1
          → 张三: 这句没听懂。…
        王阿婆: 兑换 大洗衣米
          → 王阿婆: 是要哪一样?请回数字:…
        王阿婆: 算了
          → 王阿婆: 好的,先不办了。
        """
    )


def test_in_the_villagers_room_codes_and_balances_go_to_the_direct_chat(fair: Stage) -> None:
    fair.play(
        """
        张三@村群: 兑换 洗衣液
          → 张三: 张三家换好了:#1 洗衣液1瓶,…
        王阿婆@村群: 兑换 大米
          → 王阿婆: 大米5斤装1袋要50分,现在可兑换45分,还差5分。
        王阿婆@村群: 兑换 洗衣夜
          → 王阿婆: 是要哪一样?…
        王阿婆: 1
          → 王阿婆: 王桂英家换好了:#2 洗衣液1瓶,…
        张三@村群: 我的兑换
          → 张三: 张三家今年的兑换:…
        张三@村群: 取消兑换 1
          → 张三: #1 洗衣液1瓶不换了,20分退回张三家,现在可兑换60分。
        """
    )


def test_a_returned_piece_can_be_had_by_the_next(fair: Stage) -> None:
    fair.play(
        """
        李会计: 兑换 大米
          → 李会计: 李国平家换好了:#1 …
        张三: 兑换 大米
          → 张三: 大米5斤装已经换完了。…
        李会计: 取消兑换 1
          → 李会计: #1 大米5斤装1袋不换了,50分退回李国平家,现在可兑换100分。
        张三: 兑换 大米
          → 张三: 张三家换好了:#2 大米5斤装1袋,用50分,还剩10分。…
        李会计: 取消兑换 1
          → 李会计: #1取消了,分已退回,不能再改。
        """
    )


def test_the_committee_orders_for_people_without_a_phone(fair: Stage) -> None:
    fair.play(
        """
        张三: 代兑换 3组15号 洗衣液
          → 张三: 这件事要审核委员来做,您不用管。…
        李会计: 代兑换 3组15号 洗衣液
          → 李会计: 王桂英家(您帮忙换的)换好了:#1 洗衣液1瓶,用20分,还剩25分。领取码 …,请把码告诉他家,领的时候要报。…
        李会计: 代兑换 9组9号 洗衣液
          → 李会计: 没有找到“9组9号”这一户。…
        李会计: 取消兑换 1
          → 李会计: #1 洗衣液1瓶不换了,20分退回王桂英家,现在可兑换45分。
          ⇒ 王阿婆: #1 洗衣液1瓶不换了,20分退回王桂英家,现在可兑换45分。
        """
    )


def test_a_round_is_stopped_after_asking_and_everybody_gets_their_points_back(fair: Stage) -> None:
    fair.play(
        """
        张三: 兑换 洗衣液
          → 张三: 张三家换好了:#1 …
        陈主任: 兑换停 7
          → 陈主任: 今年没有第7轮兑换,请看看号码。
        陈主任: 兑换停
          → 陈主任: 真的要停掉第1轮“秋季兑换”吗?还没领的1笔会取消,分退给各家。停回1,不停回2。
        陈主任: 2
          → 陈主任: 好的,先不办了。
        陈主任: 兑换停 1
          → 陈主任: 真的要停掉…
        陈主任: 1
          → 陈主任: 第1轮“秋季兑换”停了。1笔的分已退给各家。
          ⇒ 张三: “秋季兑换”不办了,您家订的洗衣液1瓶取消了,20分已退回。
        陈主任: 兑换停 1
          → 陈主任: 第1轮兑换已经结束了,不能再停。
        陈主任: 兑换停
          → 陈主任: 请写上第几轮,比如“兑换停 1”。
        张三: 我家多少分
          → 张三: 张三家2026年共60分。…可兑换60分。…
        """
    )


def test_the_administrators_hear_of_the_budget_once_at_each_level(stage: Stage) -> None:
    with stage.open_books() as books:
        make_administrator(books)
        give_points(books, h1=100, h2=100, h3=100)
    small = ROUND.replace("3000元", "100元").replace("成本15元", "成本35元")
    stage.play(
        f"""
        陈主任: {small}
          → 陈主任: 请核对:…这比预算多。换到预算用完为止,后面的人就换不到了。…
        陈主任: 1
          → 陈主任: 第1轮“秋季兑换”开始了,…
          ⇒ @村群: 积分兑换开始了…
        张三: 兑换 洗衣液
          → 张三: 张三家换好了:#1 …
        王阿婆: 兑换 洗衣液
          → 王阿婆: 王桂英家换好了:#2 …
          ⇒ 陈主任: “秋季兑换”已经订了70元,超过预算100元的70%了。
        王阿婆: 取消兑换 2
          → 王阿婆: #2 洗衣液1瓶不换了,…
        王阿婆: 兑换 洗衣液
          → 王阿婆: 王桂英家换好了:#3 …
        王阿婆: 兑换 洗衣液
          → 王阿婆: 洗衣液已经换完了。回“兑换”看看别的。
        李会计: 兑换 大米
          → 李会计: 李国平家换好了:#4 …
          ⇒ 陈主任: “秋季兑换”的预算100元已经订满(100元),大家不能再换了。
        """
    )


@pytest.fixture
def photo_fair(stage: Stage) -> Stage:
    """A round that wants a photo of every handing over; 张家 has ordered."""
    with stage.open_books() as books:
        make_administrator(books)
        give_points(books, h1=60)
    stage.play(
        f"""
        陈主任: {ROUND}\\n照片 要
          → 陈主任: 请核对:…在村委会领,领取时要拍照…
        陈主任: 1
          → 陈主任: 第1轮“秋季兑换”开始了,…
          ⇒ @村群: …
        张三: 兑换 洗衣液
          → 张三: 张三家换好了:#1 …
        """
    )
    return stage


def photo_of(stage: Stage) -> str | None:
    with stage.open_books() as books:
        found = books.redemptions.get(1, RedemptionKey(2026, 1))
        assert found is not None
        assert (found.photo is not None) == (found.state is RedemptionState.HANDED_OVER)
        return found.photo


def test_a_photo_after_the_code_completes_the_handing_over(photo_fair: Stage) -> None:
    told = code(photo_fair, "张三")
    photo_fair.play(
        f"""
        李会计@委员群: 核销 {told}
          → 李会计@委员群: 码对了:#1 3组12号张三家 洗衣液1瓶。请在10:10前在这里发一张领取照片,收到照片才算领。
        """
    )
    assert photo_of(photo_fair) is None
    photo_fair.play(
        """
        李会计@委员群: [照片 瓶子]
          → 李会计@委员群: #1 3组12号张三家 洗衣液1瓶,已领。
          ⇒ 张三: 张三家#1 洗衣液1瓶已经领走(李会计经手)。…
        """
    )
    assert photo_of(photo_fair)


def test_a_photo_before_the_code_is_taken(photo_fair: Stage) -> None:
    told = code(photo_fair, "张三")
    photo_fair.play(
        f"""
        李会计: [照片 瓶子]
          → 李会计: 照片收到。…
        李会计: 核销 {told}
          → 李会计: #1 3组12号张三家 洗衣液1瓶,已领。
          ⇒ 张三: 张三家#1 洗衣液1瓶已经领走(李会计经手)。…
        """
    )
    kept = photo_of(photo_fair)
    assert kept
    with photo_fair.open_books() as books:
        later = photo_fair.clock.now + timedelta(hours=2)
        assert books.evidence.forget_strays(now=later, limit=10) == ()


def test_asked_in_the_villagers_room_the_photo_is_sent_directly(photo_fair: Stage) -> None:
    told = code(photo_fair, "张三")
    photo_fair.play(
        f"""
        李会计@村群: 核销 {told}
          → 李会计: 码对了:#1 …
        李会计: [照片 瓶子]
          → 李会计: #1 3组12号张三家 洗衣液1瓶,已领。
          ⇒ 张三: …
        """
    )


def test_a_photo_too_late_hands_nothing_over(photo_fair: Stage) -> None:
    told = code(photo_fair, "张三")
    photo_fair.play(
        f"""
        李会计: 核销 {told}
          → 李会计: 码对了:…
        -- 11分钟
        李会计: [照片 瓶子]
          → 李会计: 照片收到。请说是报什么,比如“申报 垃圾分类”。
        """
    )
    assert photo_of(photo_fair) is None


def test_of_two_at_the_counter_one_hands_over(photo_fair: Stage) -> None:
    told = code(photo_fair, "张三")
    photo_fair.play(
        f"""
        李会计: 核销 {told}
          → 李会计: 码对了:…
        陈主任: 核销 {told}
          → 陈主任: 码对了:…
        李会计: [照片 瓶子]
          → 李会计: #1 3组12号张三家 洗衣液1瓶,已领。
          ⇒ 张三: …
        陈主任: [照片 瓶子二]
          → 陈主任: #1已经领了,不能再改。
        陈主任: [照片 瓶子三]
          → 陈主任: 照片收到。…
        """
    )


def test_several_goods_of_one_message_are_each_kept_or_told_why_not(fair: Stage) -> None:
    """张家 has 60 points: the second bottle's worth is there, a bag of rice is not."""
    fair.play(
        """
        张三: 我要换一瓶洗衣液,再换一袋大米
          → 张三: 张三家换好了:#1 洗衣液1瓶,用20分,还剩40分。…
          | “大米”没换上:大米5斤装1袋要50分,现在可兑换40分,还差10分。
        王阿婆: 兑换 洗衣液 1 肥皂 2
          → 王阿婆: 王桂英家换好了:#2 洗衣液1瓶,用20分,还剩25分。…
          | “肥皂”没换上:清单里没有“肥皂”。回“兑换”看能换什么。
        李会计: 换洗衣液、大米各一份
          → 李会计: 李国平家换好了:#3 洗衣液1瓶,用20分,还剩80分。…
          | 李国平家换好了:#4 大米5斤装1袋,用50分,还剩30分。…
        """
    )
