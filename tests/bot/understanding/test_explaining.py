"""How a sentence was read is said in words, whatever it is."""

import pytest

from bot.replies.understanding import DOUBTS, FEATURES, INTENTS, STEPS, explained
from bot.understanding.certainty import Doubt
from bot.understanding.explaining import explain
from bot.understanding.patterns import PATTERNS
from bot.understanding.plain import READERS
from bot.understanding.reading import Intent, Scene, Utterance
from tests.bot.understanding.village import NOW, READER, around


def why(text: str, *, role: str = "villager", scene: Scene = Scene.DIRECT) -> str:
    return explained(explain(READER, Utterance(text, scene, role, NOW), around()))


def test_everything_that_may_be_said_is_worded() -> None:
    named = {feature for p in PATTERNS for feature in (*p.needs.split(), *p.bars.split())}
    assert named == FEATURES.keys()
    assert set(Doubt) == DOUBTS.keys()
    assert set(Intent) == INTENTS.keys()
    assert {step.__name__ for step in READERS} == STEPS.keys()


@pytest.mark.parametrize(
    ("text", "role", "said"),
    [
        ("申报 垃圾分类", "villager", "认出:申报口令"),
        ("通过 12", "committee", "认出:审核口令"),
        ("今天我去献血了", "villager", "先问一声"),
        ("申报 志愿服务 几个小时", "villager", "数量是约数"),
        ("申报 献血 明天", "villager", "日子还没到"),
        ("为什么少了两分", "villager", "有几种意思"),
        ("呜啦啦", "villager", "没有读懂"),
        ("把昨天报的献血取消", "villager", "没有编号"),
        ("3组老王家垃圾混投,扣2分", "committee", "不知道是哪一户"),
    ],
)
def test_why_says_what_decided(text: str, role: str, said: str) -> None:
    assert said in why(text, role=role)


def test_explaining_reads_as_the_reader_does() -> None:
    for pattern in PATTERNS:
        text, *_ = pattern.examples.split("|")
        assert why(text)
        assert why(text, role="committee", scene=Scene.ROOM)
