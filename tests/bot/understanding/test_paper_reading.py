"""The ranking picture is asked for in its own words; a question about one's place stays one."""

import pytest

from bot.understanding.paper_reading import may_ask_picture
from bot.understanding.plain import PlainReader
from bot.understanding.reading import Intent, Scene, Surroundings, Utterance
from tests.fakes import MORNING


def _intent(text: str, scene: Scene) -> Intent | None:
    return PlainReader().read(Utterance(text, scene, "committee", MORNING), Surroundings()).intent


@pytest.mark.parametrize("scene", list(Scene))
@pytest.mark.parametrize(
    "text",
    ["排名图", "发排名图", "请发一下排名图。", "积分排名图", "本季度排名图片", "发张排行榜海报"],
)
def test_the_picture_is_asked_for(text: str, scene: Scene) -> None:
    assert _intent(text, scene) is Intent.RANKING_PICTURE
    assert may_ask_picture(text)


@pytest.mark.parametrize("scene", list(Scene))
@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("公示图", Intent.PUBLICATION_PICTURE),
        ("发一下公示海报", Intent.PUBLICATION_PICTURE),
        ("本季度公示图片", Intent.PUBLICATION_PICTURE),
        ("兑换目录图", Intent.CATALOGUE_PICTURE),
        ("礼品清单海报", Intent.CATALOGUE_PICTURE),
        ("发张兑换图", Intent.CATALOGUE_PICTURE),
    ],
)
def test_other_pictures_have_their_words(scene: Scene, text: str, intent: Intent) -> None:
    assert _intent(text, scene) is intent
    assert may_ask_picture(text)


@pytest.mark.parametrize("text", ["公示", "兑换清单", "公示海报贴好了,大家看看图", "我要兑换图书"])
def test_talk_about_them_is_no_call_for_a_picture(text: str) -> None:
    pictures = {Intent.PUBLICATION_PICTURE, Intent.CATALOGUE_PICTURE, Intent.RANKING_PICTURE}
    assert _intent(text, Scene.ROOM) not in pictures


@pytest.mark.parametrize("text", ["排名", "我的排名", "我家排第几", "待审", "看图 23"])
def test_other_words_keep_their_meaning(text: str) -> None:
    assert _intent(text, Scene.DIRECT) not in {None, Intent.RANKING_PICTURE}
    assert not may_ask_picture(text)
