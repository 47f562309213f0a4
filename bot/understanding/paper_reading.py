"""Read the words that ask for a picture or for what is printed (排名图、公示图、打印奖状)."""

from typing import Final

from bot.understanding.deferred import deferred
from bot.understanding.reading import Intent, Reading
from bot.understanding.talk import Talk

_ASKED: Final = (
    r"(?:请|麻烦|帮我)?(?:发一?下|发个?|发张|来一?张|画一?张|出一?张|看|要)?"
    r"(?:一下|本季度?|季度|本季的|积分|全村|最新的?|这次的?)*"
)
_SHOWN: Final = r"(?:图片|图|照片|海报)[吧。!,\s]*"
_PICTURES: Final = {
    Intent.RANKING_PICTURE: deferred(rf"{_ASKED}(?:排名|排行|排行榜){_SHOWN}"),
    Intent.PUBLICATION_PICTURE: deferred(rf"{_ASKED}公示{_SHOWN}"),
    Intent.CATALOGUE_PICTURE: deferred(rf"{_ASKED}(?:兑换|礼品|奖品)(?:目录|清单|物品)?{_SHOWN}"),
}
_TO_PRINT: Final = (
    r"公示|公示海报|海报|公示表|奖状|荣誉证书|证书|兑换目录|兑换海报|兑换凭证|凭证|凭证登记"
)
_PRINTED: Final = deferred(
    rf"(?:请|帮我|我要)?(?:打印|下载)(?:一下)?(?:{_TO_PRINT})[吧。!,\s]*"
    r"|海报|荣誉证书|兑换凭证|凭证登记"
)
_WORTH_A_LOOK: Final = deferred(r"排|公示|兑换|礼品|奖品")


def read_paper(talk: Talk) -> Reading | None:
    """Return a call for a picture or for the files; permission is decided elsewhere.

    What is printed is asked for by the office: villagers in a room are not answered.
    """
    for intent, asked in _PICTURES.items():
        if asked.fullmatch(talk.text):
            return Reading(intent)
    is_ours = talk.is_addressed or talk.role != "villager"
    return Reading(Intent.REPORT) if is_ours and _PRINTED.fullmatch(talk.text) else None


def may_ask_picture(text: str) -> bool:
    """Whether words are worth a reading before anything is drawn: 排 stands before 图 or 海报."""
    is_named = _WORTH_A_LOOK.search(text) is not None
    return is_named and any(word in text for word in ("图", "海报", "照片"))
