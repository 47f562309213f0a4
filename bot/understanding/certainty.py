"""When a reading is sure enough to be acted on (把握)."""

import re
from dataclasses import replace
from typing import Final

from bot.understanding.features import without_politeness
from bot.understanding.reading import Intent, Reading
from bot.understanding.talk import Talk, asks

CHANGING: Final = frozenset(
    {
        Intent.CLAIM,
        Intent.RECORD_FOR,
        Intent.DEDUCT,
        Intent.APPROVE,
        Intent.REJECT,
        Intent.ADJUST,
        Intent.WITHDRAW_CLAIM,
        Intent.REDEEM,
        Intent.OBJECTION,
        Intent.BIND,
    }
)
"""Intents that change a record."""

_SUPPOSED: Final = re.compile(r"(?<!只)要是(?!公)|如果|假如|假使|倘若|万一|若是")
_FORWARDED: Final = re.compile(r"\A\s*(?:转发|转|通知)\s*[:：]")


def settled(reading: Reading, talk: Talk) -> Reading:
    """Return the reading, asking first where it would change a record and is not sure.

    Suppositions and forwarded words never change a record outright, nor does a
    claim of a day still to come.
    """
    if reading.asks or reading.intent not in CHANGING:
        return reading
    if _SUPPOSED.search(talk.text) or _FORWARDED.search(talk.text):
        return replace(reading, asks=True)
    if reading.intent is Intent.CLAIM and asks(without_politeness(talk.text)):
        return replace(reading, asks=True)
    when = reading.slots.occurred
    if reading.intent is Intent.CLAIM and when and when.date > talk.today:
        return replace(reading, asks=True)
    return reading
