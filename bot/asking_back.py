"""Asking back (反问): what may be meant is offered by number, and nothing is done meanwhile."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.commands.case import Answer, Case
from bot.commands.choosing import named
from bot.understanding.reading import (
    Intent,
    Reader,
    Reading,
    Surroundings,
    Utterance,
)
from storage.mail import Dialogue

KIND: Final = "intent"
_LOST: Final = frozenset({Intent.HELP, Intent.RULES})
KEPT: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Unsure:
    """What the words may mean, best first; one alone is answered by yes or no.

    ``names`` are the items that the readings mean, in the same order, "" for none.
    """

    readings: tuple[Reading, ...]
    names: tuple[str, ...]
    is_understood: bool = True


def question(case: Case, reading: Reading, text: str) -> Answer | None:
    """Ask what is meant; None when the reading may be acted on, or its desk asks for itself."""
    possible = ((one, named(case, one)) for one in _offered(reading))
    offered = tuple(
        meant for one, meant in possible if meant.slots.claim_ids or one.slots.scope != "all"
    )
    if not offered:
        return None
    body = {
        "text": text,
        "said_at": case.sent_at.isoformat(),
        "count": len(offered),
        "numbers": [list(one.slots.claim_ids) for one in offered],
    }
    until = case.now + KEPT
    case.books.dialogues.open(case.contact, case.room, Dialogue(KIND, body, until))
    names = tuple(_item_name(case, one) for one in offered)
    return Answer((Unsure(offered, names, is_understood=reading.intent is not Intent.HELP),))


def settled(
    reading: Reading,
    waiting: Dialogue,
    *,
    reader: Reader,
    asked: tuple[Utterance, Surroundings],
) -> Reading:
    """Turn a number that was offered into its reading, read again from the words asked about."""
    number = reading.slots.choice or 0
    if reading.intent is not Intent.CHOICE or not 1 <= number <= waiting.body["count"]:
        return reading
    utterance, around = asked
    first = replace(
        utterance,
        text=waiting.body["text"],
        now=datetime.fromisoformat(waiting.body["said_at"]),
        open_dialogue=None,
        is_mentioned=True,
    )
    offered = _offered(reader.read(first, around))
    if number > len(offered):
        return reading
    meant = replace(offered[number - 1], asks=False, choices=(), is_unsure=False)
    numbers = tuple(waiting.body["numbers"][number - 1])
    if meant.acts or not numbers:
        return meant
    return replace(meant, slots=replace(meant.slots, claim_ids=numbers, scope=None, except_ids=()))


def _offered(reading: Reading) -> tuple[Reading, ...]:
    """Return what is worth asking about: not whether somebody wants help or the rules.

    全部 of a day, a household or an item is put into numbers first.
    """
    is_telling = reading.intent in _LOST and all(one.intent in _LOST for one in reading.choices)
    if is_telling:
        return ()
    if reading.choices:
        return reading.choices
    is_narrowed = reading.asks and reading.slots.scope == "all"
    return (reading,) if reading.is_unsure or is_narrowed else ()


def _item_name(case: Case, reading: Reading) -> str:
    code = reading.slots.item
    if code is None:
        return reading.slots.item_words
    return next((i.short_name for i in case.rulebook().items if i.code == code), code)
