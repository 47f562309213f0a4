"""Deductions (扣分): told directly, never before a room; their reason stays as written."""

from tests.journeys.stage import Stage


def test_a_deduction_that_waits_is_no_matter_of_the_room(stage: Stage) -> None:
    stage.play(
        """
        李会计: 扣分 3组15号 乱倒垃圾
          → 李会计: 已记下 #1 3组15号王桂英家 …
        王阿婆@村群: 我家多少分
          → 王阿婆@村群: 王桂英家2026年共0分。本季度0分,可兑换0分。
        王阿婆: 我家多少分
          → 王阿婆: 王桂英家2026年共0分。本季度0分,可兑换0分。还有1条等审核,通过后约-…
        """
    )


def test_a_scrap_of_words_is_no_reason_in_the_ledger(stage: Stage) -> None:
    stage.play(
        """
        李会计: 扣分 3组15号 乱倒垃圾 在河边倒的
          → 李会计: 已记下 #1 3组15号王桂英家 …
        陈主任: 通过 1
          → 陈主任: #1 王桂英家 …
          ⇒ 王阿婆: …
        """
    )
    with stage.open_books() as books:
        [entry] = books.ledger.walk(1)
        [claim] = books.claims.all(1, limit=10)
    assert entry.posting.reason == "在河边倒的"
    assert claim.act.place == "河边"
