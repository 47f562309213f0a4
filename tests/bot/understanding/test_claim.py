"""What counts as a claim, and what is read of it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.understanding.reading import Intent, Slots
from tests.bot.understanding.village import say, tell

TODAY = date(2026, 9, 16)
YESTERDAY = date(2026, 9, 15)

SENTENCES: list[tuple[str, dict[str, Any]]] = [
    ("申报 垃圾分类", {"item": "A101", "occurred": None, "person": None}),
    ("申报垃圾分类", {"item": "A101"}),
    ("【申报】 垃圾分类 自家门口", {"item": "A101", "place": "自家门口"}),
    ("申报：垃圾分类", {"item": "A101"}),
    ("我要申报垃圾分类", {"item": "A101"}),
    (
        "帮我申报 垃圾分类 昨天 村口",
        {"item": "A101", "place": "村口", "occurred": YESTERDAY, "person": None},
    ),
    ("申報　垃圾分類　今天", {"item": "A101", "occurred": TODAY}),
    ("申 报 垃 圾 分 类", {"item": "A101"}),
    ("shenbao lajifenlei", {"item": "A101"}),
    ("审报 自愿服务 两小时", {"item": "D201", "quantity": Decimal(2), "unit": "小时"}),
    (
        "申报 志愿服务 两个半小时 睦邻点",
        {"item": "D201", "quantity": Decimal("2.5"), "place": "睦邻点"},
    ),
    ("申报 志愿服务 昨天下午2点到4点 在村委会 两小时", {"quantity": Decimal(2), "place": "村委会"}),
    ("申报 志愿服务 90分钟", {"quantity": Decimal("1.5"), "unit": "小时"}),
    ("申报 志愿服务 2", {"quantity": Decimal(2), "unit": "小时"}),
    ("申报 捐款200块", {"item": "B306", "quantity": Decimal(200), "unit": "元"}),
    ("申报 打狗针 两只", {"item": "C202", "quantity": Decimal(2), "unit": "只"}),
    ("申报 美丽庭院 五星", {"item": "A201", "tier": "五星"}),
    ("申报 最美家庭 镇级", {"item": "B201", "tier": "镇级"}),
    ("申报 a101 9月3号", {"item": "A101", "occurred": date(2026, 9, 3)}),
    ("替3组12号申报垃圾分类", {"item": "A101", "household": "3组12号"}),
    ("帮 三组十二号 张三 申报 垃圾分类", {"household": "3组12号", "person": "张三"}),
    ("申报 垃圾分类 替王阿婆", {"item": "A101", "person": "王阿婆"}),
    (
        "申报 看望老人 给隔壁王阿婆送饭",
        {"item": "B203", "person": None, "reason": "给隔壁王阿婆送饭"},
    ),
    ("申报 志愿服务 2小时 教老人怎么用手机", {"item": "D201", "reason": "教老人怎么用手机"}),
    ("今朝垃圾桶汏清爽了，申报垃圾分类", {"item": "A101", "occurred": TODAY}),
    ("申报 志愿服务 捡垃圾 3小时", {"item": "D201"}),
    (
        "申报\n项目：志愿服务\n时间：9月13日\n地点：村委会门口\n时长：3小时",
        {"item": "D201", "place": "村委会门口"},
    ),
]


@pytest.mark.parametrize(("text", "wanted"), SENTENCES)
def test_a_claim_is_read(text: str, wanted: dict[str, Any]) -> None:
    reading = say(text)
    assert reading.intent is Intent.CLAIM
    assert read_of(reading.slots, wanted) == wanted


def read_of(slots: Slots, wanted: dict[str, Any]) -> dict[str, Any]:
    found = {name: getattr(slots, name) for name in wanted}
    if found.get("occurred"):
        found["occurred"] = found["occurred"].date
    return found


@pytest.mark.parametrize(
    "text",
    [
        "垃圾分类怎么申报？",
        "我没申报过",
        "没申报过",
        "我不看我家的分",
        "申报截止了吗",
        "申报的材料交了",
        "没有拍照能申报志愿服务吗",
        "申报了",
        "申报成功了",
        "申报志愿服务怎么弄",
        "申报 志愿服务 要几张照片",
    ],
)
def test_questions_and_negations_are_no_claims(text: str) -> None:
    assert say(text).intent is not Intent.CLAIM
    assert tell(text).intent is not Intent.CLAIM


def test_what_is_unsure_is_asked_about() -> None:
    assert say("申报 志愿服务").asks  # how many hours
    assert say("申报 美丽庭院").asks  # which level
    assert say("申报 志愿服务 三个多小时").slots.quantity_is_rough
    assert say("申报 志愿服务 几个小时").slots.quantity is None
    assert say("申报 献血 明天").asks
    assert not say("申报 献血 昨天").asks


def test_an_unknown_item_keeps_its_words() -> None:
    slots = say("申报 跳绳").slots
    assert (slots.item, slots.item_words) == (None, "跳绳")


def test_a_likely_item_is_offered_as_choices() -> None:
    slots = say("申报 垃圾").slots
    assert slots.item is None
    assert 1 <= len(slots.item_choices) <= 3


def test_a_deduction_is_never_stretched_to_an_award() -> None:
    slots = say("申报 乱倒垃圾").slots
    assert (slots.item, slots.item_choices) == (None, ())


@pytest.mark.parametrize(
    "text",
    [
        "申报 垃圾分类、志愿服务2小时、献血",
        "申报\n1. 垃圾分类\n2. 志愿服务 2小时\n3. 献血",
        "申报垃圾分类\n申报志愿服务2小时\n申报献血",
        "申报 垃圾分类，志愿服务2小时和献血",
    ],
)
def test_several_acts_stand_in_acts(text: str) -> None:
    reading = say(text)
    assert [act.slots.item for act in reading.acts] == ["A101", "D201", "B305"]
    assert reading.acts[1].slots.quantity == Decimal(2)
    assert reading.slots == reading.acts[0].slots


def test_acts_share_the_day_and_the_person() -> None:
    acts = say("替3组12号申报 昨天 垃圾分类和志愿服务2小时").acts
    assert [act.slots.household for act in acts] == ["3组12号"] * 2
    assert all(act.slots.occurred and act.slots.occurred.date == YESTERDAY for act in acts)


def test_a_correction_holds_the_same_slots() -> None:
    reading = say("更正 23 不是昨天，是前天 2小时")
    assert reading.intent is Intent.AMEND
    assert reading.slots.claim_ids == (23,)
    assert reading.slots.quantity == Decimal(2)
    assert reading.slots.occurred is not None
    assert reading.slots.occurred.date == date(2026, 9, 14)
    assert reading.slots.reason == "不是昨天,是前天 2小时"
