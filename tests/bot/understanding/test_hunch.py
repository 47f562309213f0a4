"""The hunch: only ever asks, stays silent on talk, and is quick enough to be asked each time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.hunch import hunch, pieces
from bot.understanding.reading import Intent, Scene, Utterance
from bot.understanding.second_thought import thought_over
from bot.understanding.talk import talk_of
from tests.bot.understanding.village import NOW, around, say, tell


def test_any_number_and_any_name_is_the_same_piece() -> None:
    first = set(pieces("通过12", is_staff=False, is_addressed=False))
    assert first == set(pieces("通过7", is_staff=False, is_addressed=False))
    assert "通过0" in first
    assert "某" in set(pieces("\ue003的", is_staff=False, is_addressed=False))


def test_shares_are_of_one_and_in_order() -> None:
    guesses = hunch().guesses("这个月哪些还没审", is_staff=True, is_addressed=True)
    assert sum(guess.share for guess in guesses) == pytest.approx(1.0)
    assert [g.share for g in guesses] == sorted((g.share for g in guesses), reverse=True)
    assert guesses[0].intent is Intent.PENDING_LIST


@pytest.mark.parametrize(
    "words",
    [
        "伲老头子今早捡仔一包垃圾要不要紧呀侬讲讲看",
        "前趟讲好额物事到现在没看见上头有",
        "格桩事体侬帮我弄弄清爽好伐",
    ],
)
def test_what_no_pattern_reads_is_asked_about_and_never_done(words: str) -> None:
    reading = tell(words)
    assert reading.asks
    assert reading.intent is Intent.HELP or reading.choices or reading.is_unsure


@pytest.mark.parametrize("words", ["你好", "侬好呀", "谢谢侬", "今天天气真好"])
def test_a_greeting_is_no_riddle(words: str) -> None:
    assert tell(words).choices == ()


@pytest.mark.parametrize(
    "words",
    [
        "明朝去公园伐",
        "全部通过，除了语文，哈哈哈我儿子",
        "[链接] 垃圾分类积分活动开始了",
        "超市积分换鸡蛋要排队",
    ],
)
def test_talk_in_a_room_is_not_even_asked_about(words: str) -> None:
    assert say(words).intent is None


@given(
    st.text(alphabet="申报垃圾分类通过驳回撤兑换我家今天12 ,。了吧", max_size=30),
    st.sampled_from(Scene),
)
def test_a_guess_is_never_outright(words: str, scene: Scene) -> None:
    talk = talk_of(Utterance(words, scene, "committee", NOW), around())
    guessed = thought_over(None, talk)
    assert guessed is None or guessed.asks
