"""A reviewer who corrects themselves in one message: only what holds is done, the rest is asked."""

import pytest

from bot.understanding.reading import Intent, Scene
from tests.bot.understanding.village import say


@pytest.mark.parametrize(
    ("text", "intent", "ids"),
    [
        ("通过 12 不对 是 13", Intent.APPROVE, (13,)),
        ("26驳回，哦不对，是28，照片糊", Intent.REJECT, (28,)),
        ("驳回31 看错了 是32 时间不对", Intent.REJECT, (32,)),
        ("25和26是同一张照片，后面那条驳回", Intent.REJECT, (26,)),
        ("25和26重复了，前面那条退回", Intent.REJECT, (25,)),
        ("先别急着驳22，给他通过", Intent.APPROVE, (22,)),
    ],
)
def test_what_holds_is_decided(text: str, intent: Intent, ids: tuple[int, ...]) -> None:
    reading = say(text, role="committee")
    assert (reading.intent, reading.slots.claim_ids, reading.asks) == (intent, ids, False)


def test_a_correction_that_stays_open_is_asked_about() -> None:
    assert say("26通过，不对，是27号，28驳回", role="committee").asks


def test_a_deduction_meets_the_house_that_holds() -> None:
    reading = say("扣8组2号，不对，8组12号，乱倒垃圾5分", role="committee")
    assert (reading.intent, reading.slots.household) == (Intent.DEDUCT, "8组12号")


@pytest.mark.parametrize("scene", list(Scene))
@pytest.mark.parametrize(
    "text",
    [
        "45退回来了我重新拍",
        "61号驳回我不服",
        "36号改成1分我不认",
        "我的17不给过冤枉",
        "23不行我再拍",
    ],
)
def test_a_villager_who_names_a_verdict_of_his_own_claim_gives_no_order(
    text: str, scene: Scene
) -> None:
    reading = say(text, scene=scene)
    assert reading.asks or reading.intent not in {Intent.APPROVE, Intent.REJECT, Intent.ADJUST}


@pytest.mark.parametrize(
    "text",
    ["申报 3组9号王阿婆 捡垃圾", "3组9号王桂英 捡垃圾 报一下", "申报 3组9号 方阿婆家 捡垃圾"],
)
def test_a_house_and_its_name_before_the_act_say_whose_it_was(text: str) -> None:
    slots = say(text).slots
    assert (slots.household or "").startswith("3组9号")
    assert (slots.item, slots.place) == ("A303", None)


def test_a_house_without_a_name_is_where_it_was() -> None:
    slots = say("申报 3组9号门口 捡垃圾").slots
    assert (slots.household, slots.place) == (None, "3组9号门口")


def test_what_is_left_out_of_a_range_is_not_refused() -> None:
    slots = say("通过120-126，124不算", role="committee").slots
    assert slots.claim_ids == (120, 121, 122, 123, 125, 126)
    assert slots.except_ids == (124,)


def test_what_no_range_holds_is_refused_and_not_forgotten() -> None:
    acts = say("12通过，14不算", role="committee").acts
    assert [(act.intent, act.slots.claim_ids) for act in acts] == [
        (Intent.APPROVE, (12,)),
        (Intent.REJECT, (14,)),
    ]


def test_two_things_in_one_message_are_both_told_and_asked_about() -> None:
    reading = say("34撤掉，重新报巡逻 9月12号", scene=Scene.DIRECT)
    assert reading.asks
    assert [act.intent for act in reading.acts] == [Intent.WITHDRAW_CLAIM, Intent.CLAIM]
    assert reading.acts[1].slots.item == "D202"
