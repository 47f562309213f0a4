"""Read the administrator's words about words (别名): 别名建议, 采用别名 3, 不用别名 3."""

from typing import Final

from bot.understanding.deferred import deferred
from bot.understanding.reading import Intent, Reading, Slots
from bot.understanding.talk import Talk

_LIST: Final = deferred(r"(?:看|查)?(?:别名建议|别名|叫法建议|新叫法)[吧。!\s]*")
_DECIDE: Final = deferred(
    r"(?P<yes>采用|用|同意|通过)?(?P<no>不用|不要|不采用|删除|删掉)?(?:别名|叫法)\s*#?(?P<number>\d{1,6})[号吧。!\s]*"
)


def read_words(talk: Talk) -> Reading | None:
    """Return what is said about aliases; permission is decided elsewhere."""
    if _LIST.fullmatch(talk.text):
        return Reading(Intent.ALIASES)
    found = _DECIDE.fullmatch(talk.text)
    if found is None or bool(found["yes"]) == bool(found["no"]):
        return None
    intent = Intent.ADOPT_ALIAS if found["yes"] else Intent.DROP_ALIAS
    return Reading(intent, Slots(claim_ids=(int(found["number"]),)))
