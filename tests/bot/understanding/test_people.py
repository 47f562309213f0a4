"""Honours, the year's end, one's own records, the roster: what is heard, and what is not meant."""

from typing import Any

import pytest

from bot.understanding.people_reading import LEAVE
from bot.understanding.reading import SILENCE, Intent
from tests.bot.understanding.village import say, tell

READ: list[tuple[str, Intent, dict[str, Any]]] = [
    ("评优", Intent.HONOUR_LIST, {}),
    ("评优 2026", Intent.HONOUR_LIST, {"year": 2026}),
    ("评优 最美家庭 5", Intent.HONOUR_LIST, {"honour": "最美家庭", "choice": 5}),
    ("评优:最美家庭 前十户", Intent.HONOUR_LIST, {"honour": "最美家庭", "choice": 10}),
    ("评优 2026年 好邻居", Intent.HONOUR_LIST, {"honour": "好邻居", "year": 2026}),
    ("授予 最美家庭 3组12号", Intent.HONOUR_GIVE, {"honour": "最美家庭", "household": "3组12号"}),
    (
        "授予 2026 好邻居 给 三组十二号",
        Intent.HONOUR_GIVE,
        {"honour": "好邻居", "household": "3组12号", "year": 2026},
    ),
    ("授予 3组12号 最美家庭", Intent.HONOUR_GIVE, {"honour": "最美家庭", "household": "3组12号"}),
    ("恢复评优 23 已经拆除", Intent.VETO_LIFT, {"claim_ids": (23,), "reason": "已经拆除"}),
    ("恢复评优 #23号,已经拆除", Intent.VETO_LIFT, {"claim_ids": (23,), "reason": "已经拆除"}),
    ("年终结算", Intent.YEAR_CLOSE, {}),
    ("年终结算 2026", Intent.YEAR_CLOSE, {"year": 2026}),
    ("2026年年终结算", Intent.YEAR_CLOSE, {"year": 2026}),
    ("我的数据", Intent.MY_DATA, {}),
    ("未参与", Intent.NOT_REACHED, {}),
    ("未参与名单", Intent.NOT_REACHED, {}),
    ("同意公开姓名", Intent.PUBLICITY, {"scope": "name", "agrees": True}),
    ("我家不同意公开名字", Intent.PUBLICITY, {"scope": "name", "agrees": False}),
    ("不公开照片", Intent.PUBLICITY, {"scope": "photo", "agrees": False}),
    ("可以公开照片", Intent.PUBLICITY, {"scope": "photo", "agrees": True}),
    ("换户主 3组12号 李四", Intent.NEW_HEAD, {"household": "3组12号", "person": "李四"}),
    (
        "迁出 3组12号 搬到镇上住",
        Intent.MOVED_AWAY,
        {"household": "3组12号", "reason": "搬到镇上住"},
    ),
    ("参与率", Intent.PARTICIPATION, {}),
]
ADDRESSED: list[tuple[str, Intent]] = [
    ("没参加的有谁", Intent.NOT_REACHED),
    ("我的个人信息", Intent.MY_DATA),
    ("存了我的什么信息", Intent.MY_DATA),
    ("评选 最美家庭 3", Intent.HONOUR_LIST),
    ("搬走 3组12号 去上海了", Intent.MOVED_AWAY),
    ("授予 最美家庭", Intent.HONOUR_GIVE),
    ("换户主", Intent.NEW_HEAD),
]
NOT_MEANT = (
    "没参加",
    "评优活动真热闹",
    "评选开始了大家快来",
    "结清了",
    "搬走 3组12号门口的垃圾",
    "迁出户口要哪些手续",
    "换户主要带什么?",
    "公开照片",
    "不公开",
    "授予他称号",
    "我的资料放哪了",
    "年终结算发奖金了吗",
)


@pytest.mark.parametrize(("text", "intent", "slots"), READ, ids=[text for text, _, _ in READ])
def test_a_command_is_understood_in_a_room_and_directly(
    text: str, intent: Intent, slots: dict[str, Any]
) -> None:
    for reading in (say(text), tell(text)):
        assert reading.intent is intent
        for name, value in slots.items():
            assert getattr(reading.slots, name) == value


@pytest.mark.parametrize(("text", "intent"), ADDRESSED)
def test_freer_words_count_where_they_are_meant_for_nobody_else(text: str, intent: Intent) -> None:
    assert tell(text).intent is intent
    assert say(text) == SILENCE


@pytest.mark.parametrize("text", NOT_MEANT)
def test_what_only_sounds_like_it_is_passed_over_in_a_room(text: str) -> None:
    assert say(text) == SILENCE


@pytest.mark.parametrize(
    ("text", "choice"), [("1", 1), ("确定", 1), ("是的", 1), ("退出", 1), ("2", 2), ("不写名字", 2)]
)
def test_the_question_about_leaving_is_answered(text: str, choice: int) -> None:
    reading = say(text, dialogue=LEAVE)
    assert (reading.intent, reading.slots.choice) == (Intent.CHOICE, choice)


def test_other_words_do_not_answer_it() -> None:
    assert say("今天天气好", dialogue=LEAVE) == SILENCE
    assert tell("算了", dialogue=LEAVE).intent is Intent.CANCEL
    assert tell("申报 垃圾分类", dialogue=LEAVE).intent is Intent.CLAIM


@pytest.mark.parametrize("name", ["王家明", "李家栋", "丁瑞芳", "丁丽", "常建国"])
def test_a_name_is_kept_to_the_letter_whatever_its_characters_mean(name: str) -> None:
    for text in (
        f"绑定 3组12号 {name}",
        f"我叫{name},3组12号,帮我绑定",
        f"替3组12号{name}申报 垃圾分类",
    ):
        slots = tell(text).slots
        assert (slots.household, slots.person) == ("3组12号", name), text


def test_a_house_with_a_letter_is_not_taken_for_a_name() -> None:
    assert tell("绑定 3组12号丁 王明").slots.household == "3组12号丁"
    assert tell("代录 3组12号甲 垃圾分类", role="committee").slots.household == "3组12号甲"
