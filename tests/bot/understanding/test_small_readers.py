"""The small readers: people, goods, points, reasons, pinyin and misheard words."""

from decimal import Decimal

import pytest

from bot.understanding.goods import find_goods
from bot.understanding.people import find_person
from bot.understanding.points import change_in, is_halved, points_in
from bot.understanding.reasons import reason_in
from bot.understanding.spelling import as_heard, from_pinyin
from tests.bot.understanding.village import say, tell


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("替3组王阿婆报一下", "王阿婆"),
        ("给5组老金家记一次", "老金家"),
        ("帮我婆婆报", "我婆婆"),
        ("隔壁奚阿婆家", "隔壁奚阿婆"),
        ("帮王桂英代录 垃圾分类", "王桂英"),
        ("大家都来", None),
        ("小区里面", None),
        ("三个小时", None),
    ],
)
def test_people(text: str, person: str | None) -> None:
    assert find_person(text) == person


def test_a_pronoun_names_nobody() -> None:
    assert find_person("帮伊拉屋里录一录") is not None
    assert find_person("帮伊拉屋里录一录", pronouns=False) is None


@pytest.mark.parametrize(
    ("text", "good", "amount", "unit"),
    [
        ("侬帮我换两块肥皂", "肥皂", 2, "块"),
        ("还有没有大米可以兑换", "大米", None, None),
        ("不要洗衣液了,改换大米1袋", "大米", 1, "袋"),
        ("拿20分换个热水瓶行伐", "热水瓶", 1, "个"),
        ("毛巾要多少分换", "毛巾", None, None),
        ("油和米各换一份,油要5升的", "油和米", 1, "份"),
        ("换牙膏,两支", "牙膏", 2, "支"),
    ],
)
def test_goods(text: str, good: str, amount: int | None, unit: str | None) -> None:
    assert find_goods(text) == (good, None if amount is None else Decimal(amount), unit)


def test_several_goods_are_several_acts() -> None:
    assert [act.slots.item_words for act in tell("油和米各换一份").acts] == ["油", "米"]


@pytest.mark.parametrize(
    ("text", "points", "delta"),
    [
        ("改成3分", 3, None),
        ("加2分", None, 2),
        ("减一分半", None, "-1.5"),
        ("分数改为1.5", "1.5", None),
        ("扣到2分", 2, None),
        ("改三分通过", 3, None),
        ("扣掉2分,只给1分", 1, None),
        ("少给了1分", None, 1),
        ("多给了2分", None, -2),
        ("多给了2分,改成1分", 1, None),
        ("3小时", None, None),
    ],
)
def test_points_set_or_changed(text: str, points: object, delta: object) -> None:
    def exact(value: object) -> Decimal | None:
        return None if value is None else Decimal(str(value))

    assert change_in(text) == (exact(points), exact(delta))


def test_points_are_cut_out_and_halving_is_seen() -> None:
    assert points_in("扣2分 乱堆物") == (Decimal(2), "  乱堆物")
    assert is_halved("29只有一半人到场,减半")
    assert is_halved("31扣掉一半")
    assert not is_halved("29只有一半人到场")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("14不能通过,时间对不上", "时间对不上"),
        ("19退回去,让他补张照片", "让他补张照片"),
        ("16改成3分", None),
    ],
)
def test_reasons(text: str, reason: str | None) -> None:
    assert reason_in(text) == reason


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("shenbao lajifenlei 2xiaoshi", "申报 垃圾分类 2小时"),
        ("3zu12hao", "3组12号"),
        ("shen bao", "申报"),
        ("ok", "ok"),
        ("hello world", "hello world"),
        ("http://zhongwen", "http://zhongwen"),
    ],
)
def test_pinyin_becomes_characters_where_every_letter_fits(typed: str, words: str) -> None:
    assert from_pinyin(typed, ("垃圾分类",)) == words


@pytest.mark.parametrize(
    ("heard", "words"),
    [
        ("搏回 45", "驳回 45"),
        ("童果 12", "通过 12"),
        ("积分派名", "积分排名"),
        ("几分钟", "几分钟"),
    ],
)
def test_misheard_command_words(heard: str, words: str) -> None:
    assert as_heard(heard, anywhere=False) == words


def test_a_quoted_message_says_which_claim_is_meant() -> None:
    quote = "「积分小助手：44号 志愿服务 3小时」\n- - - - - -\n"
    assert say(quote + "通过", role="committee").slots.claim_ids == (44,)
    assert say(quote + "知道了", role="committee").intent is None
