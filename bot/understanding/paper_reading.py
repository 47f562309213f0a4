"""Read the words that ask for a picture (排名图)."""

import re
from typing import Final

from bot.understanding.reading import Intent, Reading
from bot.understanding.talk import Talk

_PICTURE: Final = re.compile(
    r"(?:请|麻烦|帮我)?(?:发一?下|发个?|发张|来一?张|画一?张|出一?张|看|要)?(?:一下|本季度?|季度|本季的|积分|全村)*"
    r"(?:排名|排行|排行榜)(?:图片|图|照片|海报)[吧。!,\s]*"
)


def read_paper(talk: Talk) -> Reading | None:
    """Return a call for the ranking picture; permission is decided elsewhere."""
    return Reading(Intent.RANKING_PICTURE) if _PICTURE.fullmatch(talk.text) else None


def may_ask_picture(text: str) -> bool:
    """Whether words are worth a reading before anything is drawn: 排 stands before 图 or 海报."""
    return "排" in text and any(word in text for word in ("图", "海报", "照片"))
