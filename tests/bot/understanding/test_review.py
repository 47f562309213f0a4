"""The committee's words."""

from decimal import Decimal
from typing import Any

import pytest

from bot.understanding.reading import Intent
from tests.bot.understanding.village import say, tell

SENTENCES: list[tuple[str, Intent, dict[str, Any]]] = [
    ("待审", Intent.PENDING_LIST, {}),
    ("有哪些没审", Intent.PENDING_LIST, {}),
    ("看图 23", Intent.PHOTOS, {"claim_ids": (23,)}),
    ("看23的照片", Intent.PHOTOS, {"claim_ids": (23,)}),
    ("通过 23", Intent.APPROVE, {"claim_ids": (23,), "scope": None}),
    ("23通过", Intent.APPROVE, {"claim_ids": (23,)}),
    ("同意 23", Intent.APPROVE, {"claim_ids": (23,)}),
    ("通过 十二号", Intent.APPROVE, {"claim_ids": (12,)}),
    ("通过 #12 #16", Intent.APPROVE, {"claim_ids": (12, 16)}),
    ("通过 12 13 15", Intent.APPROVE, {"claim_ids": (12, 13, 15)}),
    ("通过 １２，１３，１５", Intent.APPROVE, {"claim_ids": (12, 13, 15)}),
    ("通过 12-15", Intent.APPROVE, {"claim_ids": (12, 13, 14, 15)}),
    ("12到15都通过", Intent.APPROVE, {"claim_ids": (12, 13, 14, 15)}),
    ("通过 12-15 不含13", Intent.APPROVE, {"claim_ids": (12, 14, 15)}),
    ("全部通过", Intent.APPROVE, {"scope": "all", "claim_ids": ()}),
    ("全部通过除了14", Intent.APPROVE, {"scope": "all", "except_ids": (14,)}),
    ("除14 15外全部通过", Intent.APPROVE, {"scope": "all", "except_ids": (14, 15)}),
    ("通过 23 5分", Intent.APPROVE, {"claim_ids": (23,), "points": Decimal(5)}),
    ("驳回 23 照片看不清", Intent.REJECT, {"claim_ids": (23,), "reason": "照片看不清"}),
    ("23驳回,照片看不清", Intent.REJECT, {"claim_ids": (23,), "reason": "照片看不清"}),
    ("驳回 23 2张照片一样", Intent.REJECT, {"claim_ids": (23,), "reason": "2张照片一样"}),
    ("驳回 23 3号已报过", Intent.REJECT, {"claim_ids": (23,), "reason": "3号已报过"}),
    ("驳回 23 和14重复", Intent.REJECT, {"claim_ids": (23,), "reason": "和14重复"}),
    ("驳回 23 照片上是什么看不清", Intent.REJECT, {"claim_ids": (23,)}),
    ("不同意 33 34", Intent.REJECT, {"claim_ids": (33, 34)}),
    ("不通过 14", Intent.REJECT, {"claim_ids": (14,)}),
    ("14不能通过，时间对不上", Intent.REJECT, {"claim_ids": (14,), "reason": "时间对不上"}),
    (
        "调整 15 3分 多算了",
        Intent.ADJUST,
        {"claim_ids": (15,), "points": Decimal(3), "reason": "多算了"},
    ),
    ("15改成3分", Intent.ADJUST, {"claim_ids": (15,), "points": Decimal(3), "delta": None}),
    ("12、13各改成2分", Intent.ADJUST, {"claim_ids": (12, 13), "points": Decimal(2)}),
    ("15减2分 重复", Intent.ADJUST, {"claim_ids": (15,), "delta": Decimal(-2), "points": None}),
    (
        "代录 3组12号 张三 垃圾分类",
        Intent.RECORD_FOR,
        {"household": "3组12号", "person": "张三", "item": "A101"},
    ),
    (
        "代录3组12号垃圾分类",
        Intent.RECORD_FOR,
        {"household": "3组12号", "person": None, "item": "A101"},
    ),
    (
        "扣分 8组5号 乱堆物 5分 没改",
        Intent.DEDUCT,
        {"household": "8组5号", "item": "A291", "points": Decimal(5), "reason": "没改"},
    ),
    ("亲属 3组12号", Intent.KIN, {"household": "3组12号"}),
    ("确认绑定 3", Intent.CONFIRM_BIND, {"claim_ids": (3,)}),
    ("不认绑定 3", Intent.REFUSE_BIND, {"claim_ids": (3,)}),
    ("拒绝绑定 3", Intent.REFUSE_BIND, {"claim_ids": (3,)}),
    (
        "「积分小助手：16号 平安巡逻 2分」\n- - - - -\n改成3分",
        Intent.ADJUST,
        {"claim_ids": (16,), "points": Decimal(3)},
    ),
]


@pytest.mark.parametrize(("text", "intent", "wanted"), SENTENCES)
@pytest.mark.parametrize("role", ["committee", "villager"])
def test_a_review_word_is_read_alike_from_everybody(
    text: str, intent: Intent, wanted: dict[str, Any], role: str
) -> None:
    reading = say(text, role=role)
    assert reading.intent is intent
    assert {name: getattr(reading.slots, name) for name in wanted} == wanted
    assert not reading.asks


@pytest.mark.parametrize(
    "text", ["通过 12345678901234567890", "通过 9-3", "通过 1-99999", "通过 0", "同意+1", "15可以"]
)
def test_impossible_numbers_approve_nothing(text: str) -> None:
    assert say(text, role="committee").slots.claim_ids == ()
    told = tell(text, role="committee")
    assert told.asks or told.slots.claim_ids == ()


def test_a_list_of_households_is_recorded_by_one_message() -> None:
    reading = say("代录 3组12号 张三 垃圾分类\n5组8号 陆阿根 巡逻", role="committee")
    assert [(act.slots.household, act.slots.person, act.slots.item) for act in reading.acts] == [
        ("3组12号", "张三", "A101"),
        ("5组8号", "陆阿根", "D202"),
    ]


def test_a_name_without_a_house_number_is_asked_about() -> None:
    reading = say("代录 3组王阿婆 垃圾分类", role="committee")
    assert (reading.slots.household, reading.slots.person) == ("3组", "王阿婆")
    assert reading.asks
