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


@pytest.mark.parametrize("text", ["排名", "我的排名", "我家排第几", "待审", "看图 23"])
def test_other_words_keep_their_meaning(text: str) -> None:
    assert _intent(text, Scene.DIRECT) not in {None, Intent.RANKING_PICTURE}
    assert not may_ask_picture(text)
