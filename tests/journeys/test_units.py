"""Units (单位): hours are no dogs, and what is less than nothing is refused."""

from tests.journeys.stage import Stage


def test_an_amount_in_another_unit_is_asked_about(stage: Stage) -> None:
    stage.play(
        """
        张三: 申报 狗打疫苗 3小时
          → 张三: 您说的是3小时,犬只狂犬病免疫按只算。是多少只?请写上再说一遍。
        张三: 申报 志愿服务 200元
          → 张三: 您说的是200元,志愿服务按小时算。是多少小时?请写上再说一遍。
        李会计: 代录 3组12号 捐款 3小时
          → 李会计: 您说的是3小时,公益捐赠、捐资助学按元算。是多少元?请写上再说一遍。
        张三: 申报 志愿服务
          → 张三: 张三家 #1 志愿服务,还差做了多少小时、1张照片…
        张三: 200元
          → 张三: 您说的是200元,志愿服务按小时算。…
        """
    )


def test_other_words_for_a_unit_are_good(stage: Stage) -> None:
    stage.play(
        """
        张三: [照片 a]
          → 张三: 照片收到。…
        张三: 申报 狗打疫苗 2条
          → 张三: 收到,张三家 #1 犬只狂犬病免疫2只,…
        李会计: 代录 3组12号 捐款 300块
          → 李会计: 已记下 #2 3组12号张三家 公益捐赠、捐资助学 +3分,…
        张三: 申报 志愿服务-2个钟头
          → 张三: 张三家 #3 志愿服务,还差1张照片,…
        张三: [照片 b]
          → 张三: 收到,张三家 #3 志愿服务2小时,…
        """
    )


def test_less_than_nothing_is_refused(stage: Stage) -> None:
    stage.play(
        """
        张三: 申报 志愿服务 -2小时
          → 张三: 志愿服务最少0.5小时才能算分。
        """
    )


def test_hours_of_what_is_not_counted_change_nothing(stage: Stage) -> None:
    stage.play(
        """
        张三: [照片 a]
          → 张三: 照片收到。…
        张三: 申报 垃圾分类
          → 张三: 收到,张三家 #1 …
        张三: 更正 1 3小时
          → 张三: 没看出要改什么。…
        李会计: 待审
          → 李会计: 待审1条:
          | #1 3组12号张三家 生活垃圾分类投放 +1分 9月16日 照片1张
          | …
        """
    )
