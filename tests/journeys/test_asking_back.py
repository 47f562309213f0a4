"""Asking back: what is not sure waits for a number or a yes, and changes nothing meanwhile."""

from tests.journeys.stage import Stage


def test_a_supposition_waits_for_a_yes(stage: Stage) -> None:
    stage.play(
        """
        张三: 要是我把垃圾分好了,帮我申报垃圾分类
          → 张三: 您是要申报生活垃圾分类投放吗?是的回“是”,不是回“不是”。
        张三: 进度
          → 张三: 您家还没有申报过。
        张三: 要是我把垃圾分好了,帮我申报垃圾分类
          → 张三: 您是要申报生活垃圾分类投放吗?是的回“是”,不是回“不是”。
        张三: 是
          → 张三: 张三家 #1 生活垃圾分类投放,还差1张照片,请在…前发来。
        """
    )


def test_a_no_leaves_everything_as_it_was(stage: Stage) -> None:
    stage.play(
        """
        张三: 要是我把垃圾分好了,帮我申报垃圾分类
          → 张三: 您是要申报生活垃圾分类投放吗?是的回“是”,不是回“不是”。
        张三: 不是
          → 张三: …
        张三: 进度
          → 张三: 您家还没有申报过。
        """
    )


def test_a_number_that_was_not_offered_is_refused_and_the_question_stands(stage: Stage) -> None:
    stage.play(
        """
        张三: 要是我把垃圾分好了,帮我申报垃圾分类
          → 张三: 您是要申报生活垃圾分类投放吗?是的回“是”,不是回“不是”。
        张三: 7
          → 张三: 请回1到1中的一个数字,不报了就回“算了”。
        张三: 1
          → 张三: 张三家 #1 生活垃圾分类投放,还差1张照片,请在…前发来。
        """
    )


def test_all_of_a_day_is_put_into_numbers_before_anything_is_approved(stage: Stage) -> None:
    stage.play(
        """
        张三: 申报 邻里互助
          → 张三: 收到,张三家 #1 邻里互助帮扶,…
        王阿婆: 申报 提建议
          → 王阿婆: 收到,王桂英家 #2 提出有效建议,…
        李会计: 今天报的都通过
          → 李会计: 您是要通过#1、#2吗?是的回“是”,不是回“不是”。
        赵大伟: 申报 提建议
          → 赵大伟: 收到,赵大伟家 #3 提出有效建议,…
        李会计: 对
          → 李会计: #1 张三家 邻里互助帮扶 已通过 +2分。
          | #2 王桂英家 提出有效建议 已通过 +2分。
          ⇒ 张三: 张三家 #1 邻里互助帮扶 审核通过,+2分。
          ⇒ 王阿婆: 王桂英家 #2 提出有效建议 审核通过,+2分。
        """
    )


def test_several_decisions_in_one_message_go_each_its_way(stage: Stage) -> None:
    stage.play(
        """
        张三: 申报 邻里互助
          → 张三: 收到,张三家 #1 邻里互助帮扶,…
        王阿婆: 申报 提建议
          → 王阿婆: 收到,王桂英家 #2 提出有效建议,…
        李会计: 1通过,2驳回 照片看不清
          → 李会计: #1 张三家 邻里互助帮扶 已通过 +2分。
          | #2 王桂英家 提出有效建议 已驳回,原因:照片看不清。
          ⇒ 张三: 张三家 #1 邻里互助帮扶 审核通过,+2分。
          ⇒ 王阿婆: 王桂英家 #2 提出有效建议 没有通过。原因:照片看不清。有疑问可以问村委会。
        """
    )


def test_hours_put_right_by_the_committee_bring_what_those_hours_bring(stage: Stage) -> None:
    stage.play(
        """
        张三: 申报 志愿服务 3小时
          → 张三: 张三家 #1 志愿服务,还差1张照片,请在…前发来。
        张三: [照片 a]
          → 张三: 收到,张三家 #1 志愿服务3小时,预计+6分…
        李会计: 1改成2小时
          → 李会计: #1 张三家 志愿服务 已通过 +4分。
          ⇒ 张三: 张三家 #1 志愿服务 审核通过,+4分。
        """
    )


def test_a_neighbour_named_by_group_and_surname_is_asked_about(stage: Stage) -> None:
    stage.play(
        """
        张三: 帮3组王阿婆申报 邻里互助
          → 张三: “王阿婆”是3组15号王桂英家吗?请写上组号和门牌,再说一遍。
        张三: 帮我婆婆申报 邻里互助
          → 张三: 收到,张三家 #1 邻里互助帮扶,…
        """
    )
