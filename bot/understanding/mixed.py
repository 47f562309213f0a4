"""Read a claim and a question of one message (一句两事): ``申报巡逻。超市里还有大米伐``."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.understanding.deferred import deferred
from bot.understanding.reading import Intent, Reading
from bot.understanding.talk import Talk

_BETWEEN: Final = deferred(
    r"[。;!?\n]+\s*|[,\s]+(?=另外|顺便|还有(?:一?件?事|就是)|对了|重新(?:申报|报)|改报|再(?:帮我|给我|替我)?(?:申报|报|查|看|问))"
)
_ALSO: Final = deferred(r"\A(?:(?:另外|顺便|还有(?:一?件?事|就是)?|对了|再|还|也|就)[,\s]*)+")
_TWO: Final = 2
_ASKED: Final = frozenset(
    {
        Intent.BALANCE,
        Intent.HISTORY,
        Intent.RANKING,
        Intent.RULES,
        Intent.CLAIM_STATUS,
        Intent.REDEEM_LIST,
        Intent.PUBLICATION,
    }
)
_BEFORE: Final = frozenset({*_ASKED, Intent.WITHDRAW_CLAIM})


def read_mixed(talk: Talk, read: Callable[[Talk], Reading | None]) -> Reading | None:
    """Return a claim that stands beside a question or a withdrawal, asking which comes first.

    None where the message is no such pair: a claim's own question
    (``申报巡逻。怎么没分``) is read as a whole.
    """
    parts = [part.strip() for part in _BETWEEN.split(talk.text) if part.strip()]
    if len(parts) != _TWO or not any("报" in part for part in parts):
        return None
    each = [read(replace(talk, text=_ALSO.sub("", part))) for part in parts]
    if any(one is None or one.choices or one.acts for one in each):
        return None
    readings = [one for one in each if one is not None]
    claims = [one for one in readings if one.intent is Intent.CLAIM and not one.asks]
    other = [one for one in readings if one.intent in _BEFORE]
    if not claims or not other:
        return None
    if other[0].intent in _ASKED and talk.items.contained(parts[readings.index(other[0])]):
        return None
    both = tuple(readings)
    return replace(both[0], asks=True, is_unsure=True, choices=both, acts=both)
