"""Rooms and privacy: silence on talk, and what no room may read."""

from tests.journeys.stage import Stage


def test_the_assistant_is_silent_on_talk(stage: Stage) -> None:
    stage.play(
        """
        张三@村群: 今天垃圾分类检查了吗
        王阿婆@村群: [照片 a]
        赵大伟@村群: 谁家的狗跑出来了
        张三@村群: 大家记得申报垃圾分类要拍照
        李会计@村群: 明天开会
        王阿婆@村群: 好的
        张三@村群: 通过了
        张三@村群: 1
        陈主任@委员群: 今晚开会
        """
    )


def test_in_a_direct_chat_everything_is_for_the_assistant(stage: Stage) -> None:
    stage.play(
        """
        张三: 今天天气真好
          → 张三: 这句没听懂。您可以这样说:…
        """
    )


def test_a_villager_who_is_called_on_by_name_is_answered_in_the_room(stage: Stage) -> None:
    stage.play(
        """
        张三@村群: @助手 在吗
          → 张三@村群: 这句没听懂。您可以这样说:…
        """
    )


def test_a_claim_made_in_the_room_is_answered_and_decided_there(stage: Stage) -> None:
    stage.play(
        """
        张三@村群: 申报 垃圾分类
          → 张三@村群: 张三家 #1 生活垃圾分类投放,还差1张照片,请在10:10前发来。
        张三@村群: [照片 a]
          → 张三@村群: 收到,张三家 #1 生活垃圾分类投放,预计+1分(本月还可得3分)。时间9月16日,地点自家门口,照片1张。…
        李会计@村群: 通过 1
          → 李会计@村群: #1 张三家 生活垃圾分类投放 已通过 +1分。
          ⇒ 张三@村群: 张三家 #1 生活垃圾分类投放 审核通过,+1分。
        张三@村群: 我家多少分
          → 张三@村群: 张三家2026年共1分。其中月审确认0分,待月审1分。本季度1分,可兑换1分。全村7户中排第1名。
        """
    )


def test_history_and_progress_are_told_directly(stage: Stage) -> None:
    stage.play(
        """
        张三@村群: 明细
          → 张三: 张三家还没有积分记录。报了等审核通过,就会记在这里。
        张三@村群: 进度
          → 张三: 您家还没有申报过。
        张三@村群: 网页
          → 张三: 点开就是网页版,10分钟内有效,只能用一次,别转给别人:
          | https://points.example/enter/link?token=…
        """
    )


def test_a_private_item_is_claimed_directly_only(stage: Stage) -> None:
    stage.play(
        """
        张三@村群: 申报 献血
          → 张三@村群: 无偿献血请私聊我报,不要在群里发,免得大家看到。
        张三: 申报 献血
          → 张三: 张三家 #1 无偿献血,还差1张照片,请在10:10前发来。
        张三: [照片 a]
          → 张三: 收到,张三家 #1 无偿献血,预计+10分(本季度已满)。时间9月16日,地点自家门口,照片1张。…
        张三@村群: 更正 1 昨天
          → 张三@村群: 无偿献血请私聊我报,不要在群里发,免得大家看到。
        """
    )


def test_a_private_item_is_decided_directly_even_when_it_is_said_in_the_room(stage: Stage) -> None:
    stage.play(
        """
        张三: [照片 a]
          → 张三: 照片收到。请说是报什么,比如“申报 垃圾分类”。
        张三: 申报 献血
          → 张三: 收到,张三家 #1 无偿献血,预计+10分(本季度已满)。时间9月16日,地点自家门口,照片1张。…
        李会计@村群: 通过 1
          → 李会计: #1 张三家 无偿献血 +10分,您已同意。这条要两个人,请另一位委员也回一次。
        陈主任@村群: 通过 1
          → 陈主任: #1 张三家 无偿献血 已通过 +10分。
          ⇒ 张三: 张三家 #1 无偿献血 审核通过,+10分。
        """
    )


def test_a_deduction_is_never_told_in_the_villagers_room(stage: Stage) -> None:
    stage.play(
        """
        李会计@村群: 扣分 3组15号 乱堆物
          → 李会计: 已记下 #1 3组15号王桂英家 宅前屋后乱堆物逾期未改 -2分,9月16日。请另一位委员核对后回“通过 1”。
        陈主任@村群: 待审
          → 陈主任: 待审1条:
          | #1 3组15号王桂英家 宅前屋后乱堆物逾期未改 -2分 9月16日
          | 看照片回“看图 1”,同意回“通过 1”,不同意回“驳回 1 原因”。
        陈主任@村群: 通过 1
          → 陈主任: #1 王桂英家 宅前屋后乱堆物逾期未改 已通过 0分(按细则是-2分,家里没有这么多分,扣到0为止)。
          ⇒ 王阿婆: 王桂英家 #1 宅前屋后乱堆物逾期未改:该扣2分,这次没有扣(家里没有这么多分,扣到0为止)。有不同意见可以向村委会提出。
        王阿婆@村群: 进度
          → 王阿婆: #1 宅前屋后乱堆物逾期未改 9月16日:已通过,0分(陈主任审核)
        """
    )


def test_the_committees_room_sees_the_committees_business(stage: Stage) -> None:
    stage.play(
        """
        李会计@委员群: 扣分 3组15号 乱堆物
          → 李会计@委员群: 已记下 #1 3组15号王桂英家 宅前屋后乱堆物逾期未改 -2分,9月16日。请另一位委员核对后回“通过 1”。
        陈主任@委员群: 待审
          → 陈主任@委员群: 待审1条:
          | #1 3组15号王桂英家 宅前屋后乱堆物逾期未改 -2分 9月16日
          | 看照片回“看图 1”,同意回“通过 1”,不同意回“驳回 1 原因”。
        陈主任@委员群: 通过 1
          → 陈主任@委员群: #1 王桂英家 宅前屋后乱堆物逾期未改 已通过 0分(按细则是-2分,家里没有这么多分,扣到0为止)。
          ⇒ 王阿婆: 王桂英家 #1 宅前屋后乱堆物逾期未改:该扣2分,这次没有扣(家里没有这么多分,扣到0为止)。有不同意见可以向村委会提出。
        """
    )


def test_a_direct_claim_is_decided_directly(stage: Stage) -> None:
    stage.play(
        """
        张三: 申报 开会
          → 张三: 收到,张三家 #1 参加议事会、户代表会、村民会议,预计+5分(本月已满)。时间9月16日,地点自家门口,不用照片。…
        李会计@委员群: 通过 1
          → 李会计@委员群: #1 张三家 参加议事会、户代表会、村民会议 已通过 +5分。
          ⇒ 张三: 张三家 #1 参加议事会、户代表会、村民会议 审核通过,+5分。
        """
    )


def test_a_photo_of_a_stranger_in_the_room_is_let_be(stage: Stage) -> None:
    stage.play(
        """
        生人@村群: [照片 a]
        生人@别的群: 大家好
        """
    )


def test_the_close_and_a_new_head_are_told_directly(stage: Stage) -> None:
    stage.play(
        """
        李会计@村群: 年终结算 2026
          → 李会计: 2026年还没过完,过了年再结算。
        李会计@村群: 换户主 3组15号 王小二
          → 李会计: …3组15号…王小二…
        """
    )
