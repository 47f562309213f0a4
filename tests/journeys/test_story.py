"""The whole story on both databases, and a message that comes twice."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlmodel import SQLModel

from domain.claim import ClaimKey, ClaimState
from domain.ledger import EntryKind
from domain.period import Month
from domain.points import Points
from storage.claims import Origin
from storage.ledger import REVIEW
from storage.people import Contact
from storage.unit_of_work import OpenBooks
from tests.builders import ACCOUNT, a_claim, a_posting, an_act
from tests.cast import ZHANG
from tests.journeys.stage import Heard, Stage

STORY = """
    张三@村群: 申报 垃圾分类
      → 张三@村群: 张三家 #1 生活垃圾分类投放,还差1张照片,请在10:10前发来。
    张三@村群: [照片 门口]
      → 张三@村群: 收到,张三家 #1 生活垃圾分类投放,预计+1分(本月还可得3分)。时间9月16日,地点自家门口,照片1张。审核后告诉您。写错了回“更正 1”,不报了回“撤回 1”。
    王阿婆: 申报 办狗证
      → 王阿婆: 王桂英家 #2 办理养犬登记,还差1张照片,请在10:10前发来。
    王阿婆: [照片 狗证]
      → 王阿婆: 收到,王桂英家 #2 办理养犬登记,预计+20分(今年已满)。…
    李会计@委员群: 待审
      → 李会计@委员群: 待审2条:
      | #1 3组12号张三家 生活垃圾分类投放 +1分 9月16日 照片1张
      | #2 3组15号王桂英家 办理养犬登记 +20分 9月16日 照片1张
      | 看照片回“看图 1”,同意回“通过 1”,不同意回“驳回 1 原因”。
    李会计@委员群: 全部通过
      → 李会计@委员群: #1 张三家 生活垃圾分类投放 已通过 +1分。
      | #2 王桂英家 办理养犬登记 +20分,您已同意。这条要两个人,请另一位委员也回一次。
      ⇒ 张三@村群: 张三家 #1 生活垃圾分类投放 审核通过,+1分。
    陈主任@委员群: 通过 2
      → 陈主任@委员群: #2 王桂英家 办理养犬登记 已通过 +20分。
      ⇒ 王阿婆: 王桂英家 #2 办理养犬登记 审核通过,+20分。
    李会计@委员群: 扣分 3组15号 乱堆物
      → 李会计@委员群: 已记下 #3 3组15号王桂英家 宅前屋后乱堆物逾期未改 -2分,9月16日。…
    陈主任@委员群: 通过 3
      → 陈主任@委员群: #3 王桂英家 宅前屋后乱堆物逾期未改 已通过 -2分。
      ⇒ 王阿婆: 王桂英家 #3 宅前屋后乱堆物逾期未改:扣2分。有不同意见可以向村委会提出。
    张三@村群: 我家多少分
      → 张三@村群: 张三家2026年共1分。其中月审确认0分,待月审1分。本季度1分,可兑换1分。全村7户中排第2名。
    王阿婆: 我家多少分
      → 王阿婆: 王桂英家2026年共18分。其中月审确认0分,待月审18分。本季度18分,可兑换18分。全村7户中排第1名。
"""


def test_the_main_story_is_the_same_on_every_database(stage_on_both: Stage) -> None:
    stage_on_both.play(STORY)
    with stage_on_both.open_books() as books:
        assert [e.posting.kind for e in books.ledger.walk(1)] == [
            EntryKind.AWARD,
            EntryKind.AWARD,
            EntryKind.DEDUCTION,
        ]


def test_every_message_worked_off_again_changes_nothing(stage_on_both: Stage) -> None:
    stage_on_both.play(STORY)
    before = counted(stage_on_both.open_books)
    for heard in list(stage_on_both.heard):
        assert stage_on_both.work(heard) == ()
    assert counted(stage_on_both.open_books) == before


def counted(open_books: OpenBooks) -> dict[str, object]:
    """Return how many rows each table has, and the head of the chain."""
    with open_books() as books:
        found: dict[str, object] = {
            table.name: books.connection.execute(
                select(func.count()).select_from(table)
            ).scalar_one()
            for table in SQLModel.metadata.sorted_tables
        }
        return found | {"head": books.ledger.head(1)}


@pytest.mark.parametrize(("seconds", "claims"), [(5, 1), (10, 1), (11, 2)])
def test_the_same_words_under_another_id_within_ten_seconds_are_one_act(
    stage: Stage, seconds: int, claims: int
) -> None:
    stage.say("zhang", "申报 问卷")
    first = stage.heard[-1].message
    sent_at = first.sent_at + timedelta(seconds=seconds)
    stage.clock.advance(seconds=seconds)
    answered = stage.handle(Heard(replace(first, id="again", sent_at=sent_at)))
    assert len(answered) == claims - 1
    with stage.open_books() as books:
        assert len(books.claims.all(1, limit=5)) == claims


def test_the_same_photo_under_another_id_within_ten_seconds_is_one_photo(stage: Stage) -> None:
    stage.say("zhang", "申报 打扫卫生")
    stage.send_photo("zhang", "前")
    twin = replace(stage.heard[-1].message, id="again")
    assert stage.handle(replace(stage.heard[-1], message=twin)) == ()
    stage.play(
        """
        张三: [照片 后]
          → 张三: 收到,张三家 #1 宅前屋后整治,…照片2张。…
        """
    )


def test_a_category_gives_no_more_than_its_cap_in_a_year(stage: Stage) -> None:
    granted = a_claim(
        900,
        act=an_act(item="C102"),
        state=ClaimState.APPROVED,
        points=Points(650),
    )
    with stage.open_books() as books:
        books.claims.add(1, granted, Origin(Contact(ACCOUNT, "zhang"), None, "before"))
        books.ledger.post(1, a_posting(granted.award_cause, points=Points(650)), at=stage.clock())
    stage.play(
        """
        张三: [照片 a]
          → 张三: 照片收到。…
        张三: 申报 办狗证
          → 张三: 收到,张三家 #1 办理养犬登记,预计+5分(原本20分,这一类今年最多70分,只能算这些)。…
        李会计: 通过 1
          → 李会计: #1 张三家 办理养犬登记 +20分,您已同意。…
        陈主任: 通过 1
          → 陈主任: #1 张三家 办理养犬登记 已通过 +5分(按细则是20分,这一类今年最多70分)。
          ⇒ 张三: 张三家 #1 办理养犬登记 审核通过,+5分(原本20分,这一类今年最多70分,到上限了)。
        张三: 申报 换租客
          → 张三: 租客变动及时报告这一类今年最多70分,已经满了,不用再报。
        """
    )


def test_hours_bring_less_after_the_first_twenty(stage: Stage) -> None:
    for number, month in ((901, 2), (902, 5)):
        act = an_act(
            item="D201", occurred_on=an_act().occurred_on.replace(month=month), quantity=10
        )
        done = a_claim(number, act=act, state=ClaimState.APPROVED, points=Points(160))
        with stage.open_books() as books:
            origin = Origin(Contact(ACCOUNT, "zhang"), None, f"before{number}")
            books.claims.add(1, done, origin)
            posting = a_posting(
                done.award_cause, points=Points(160), effective_month=Month(2026, month)
            )
            books.ledger.post(1, posting, at=stage.clock())
    stage.play(
        """
        张三: [照片 a]
          → 张三: 照片收到。…
        张三: 申报 志愿服务 4小时
          → 张三: 收到,张三家 #1 志愿服务4小时,预计+4分(本月还可得12分)。…
        """
    )


def test_a_confirmed_month_is_told_apart(stage: Stage) -> None:
    stage.play(
        """
        张三: 申报 开会
          → 张三: 收到,…
        李会计: 通过 1
          → 李会计: …
          ⇒ 张三: …
        """
    )
    with stage.open_books() as books:
        confirmed = {"village": 1, "month": "2026-09", "confirmed_at": stage.clock()}
        books.connection.execute(REVIEW.insert().values(**confirmed))
    stage.play(
        """
        张三: 我家多少分
          → 张三: 张三家2026年共5分。其中月审确认5分,待月审0分。…
        """
    )


def test_a_claim_for_last_year_is_counted_in_last_year_until_it_is_closed(stage: Stage) -> None:
    stage.clock.advance(days=110)  # the fourth of January
    stage.play(
        """
        张三: 申报 开会 12月30日
          → 张三: 收到,张三家 #1 参加议事会、户代表会、村民会议,…时间2026年12月30日,…
        李会计: 通过 1
          → 李会计: #1 张三家 参加议事会、户代表会、村民会议 已通过 +5分。
          ⇒ 张三: …
        张三: 我家多少分
          → 张三: 张三家2027年共0分。…
        """
    )
    with stage.open_books() as books:
        assert books.claims.get(1, ClaimKey(2026, 1)) is not None
        assert books.ledger.balance(1, ZHANG, year=2026).earned == 50
