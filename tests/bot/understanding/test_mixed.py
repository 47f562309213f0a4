"""A claim and a question of one message: the assistant asks which comes first."""

import pytest

from bot.understanding.reading import Intent
from tests.bot.understanding.village import tell


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("申报巡逻 昨晚。积分超市里还有大米伐", Intent.REDEEM_LIST),
        ("查一下我家还有几分，再申报今天的垃圾分类", Intent.BALANCE),
        ("申报 垃圾分类，顺便问下我家第几名", Intent.RANKING),
        ("撤回49，重新报志愿服务3小时", Intent.WITHDRAW_CLAIM),
    ],
)
def test_both_are_offered_and_nothing_is_filed_yet(text: str, asked: Intent) -> None:
    reading = tell(text)
    assert reading.asks
    assert {one.intent for one in reading.choices} == {Intent.CLAIM, asked}
    [claim] = [one for one in reading.choices if one.intent is Intent.CLAIM]
    assert claim.slots.item is not None


@pytest.mark.parametrize("text", ["申报巡逻。昨天夜里。", "申报垃圾分类，今天。再报一个巡逻"])
def test_what_is_said_of_the_claim_is_no_question(text: str) -> None:
    assert tell(text).choices == ()
