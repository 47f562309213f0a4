"""Photos that follow words: they belong to what the person filed last, or wait."""

from tests.journeys.stage import Stage


def test_a_photo_after_a_record_belongs_to_that_record(stage: Stage) -> None:
    stage.play(
        """
        李会计@委员群: 代录 3组12号 垃圾分类
          → 李会计@委员群: 已记下 #1 3组12号张三家 …
        李会计@委员群: [照片 d]
        李会计@委员群: 代录 3组15号 清理公共区域
          → 李会计@委员群: 已记下 #2 3组15号王桂英家 …
        李会计@委员群: [照片 e]
        陈主任: 待审
          → 陈主任: 待审2条:
          | #1 3组12号张三家 …照片1张
          | #2 3组15号王桂英家 …照片1张
          | …
        """
    )


def test_a_second_photo_for_a_neighbour_stays_with_the_neighbour(stage: Stage) -> None:
    stage.play(
        """
        张三: 帮王桂英申报 垃圾分类
          → 张三: 王桂英家 #1 …还差1张照片…
        张三: [照片 a]
          → 张三: 收到,王桂英家(您帮忙报的) #1 …
        张三: [照片 b]
        张三: 申报 狗打疫苗
          → 张三: 张三家 #2 犬只狂犬病免疫,还差1张照片…
        李会计: 待审
          → 李会计: 待审1条:
          | #1 3组15号王桂英家 …照片2张
          | …
        """
    )


def test_a_photo_after_a_refused_claim_waits_for_the_next_one(stage: Stage) -> None:
    stage.play(
        """
        王阿婆: 申报 狗打疫苗 2只
          → 王阿婆: 王桂英家 #1 …还差1张照片…
        王阿婆: [照片 a]
          → 王阿婆: 收到,王桂英家 #1 …
        王阿婆: 申报 志愿服务 100小时
          → 王阿婆: 100小时好像写多了,…
        王阿婆: [照片 b]
          → 王阿婆: 照片收到。请说是报什么,…
        王阿婆: 申报 志愿服务 10小时
          → 王阿婆: 收到,王桂英家 #2 志愿服务10小时,…照片1张。…
        李会计: 待审
          → 李会计: 待审2条:
          | #1 3组15号王桂英家 犬只狂犬病免疫 2只 +10分 9月16日 照片1张
          | …
        """
    )


def test_a_photo_after_a_claim_that_came_too_soon_waits_silently_in_the_room(stage: Stage) -> None:
    stage.play(
        """
        张三@村群: 申报 垃圾分类
          → 张三@村群: …还差1张照片…
        张三@村群: [照片 a]
          → 张三@村群: 收到,张三家 #1 …
        张三@村群: 申报 垃圾分类
          → 张三@村群: 生活垃圾分类投放两次要隔7天,9月23日起可以再报。
        张三@村群: [照片 b]
        张三@村群: 申报 狗打疫苗
          → 张三@村群: 收到,张三家 #2 犬只狂犬病免疫,…照片1张。…
        """
    )


def test_a_draft_that_was_asked_for_its_photo_still_gets_it(stage: Stage) -> None:
    stage.play(
        """
        张三: 申报 垃圾分类
          → 张三: 张三家 #1 …还差1张照片…
        张三: 申报 志愿服务 100小时
          → 张三: 100小时好像写多了,…
        张三: [照片 a]
          → 张三: 收到,张三家 #1 …照片1张。…
        """
    )
