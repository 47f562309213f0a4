"""The year said with a claim's number (哪年的号): 2026年2号, 2026年#2, 去年2号."""

from dataclasses import replace
from typing import Final

from bot.understanding.claim_numbers import NUMBER
from bot.understanding.deferred import deferred
from bot.understanding.reading import Intent, Reading
from bot.understanding.talk import Talk

_YEARED: Final = deferred(
    rf"\A(?P<before>\D*?)(?P<year>(?<!\d)20\d\d\s*(?:年度?|(?=#))|去年|今年)\s*的?\s*(?={NUMBER})"
)
_BY_NUMBER: Final = frozenset(
    {
        Intent.OBJECTION,
        Intent.ANSWER_OBJECTION,
        Intent.CLAIM_STATUS,
        Intent.PHOTOS,
        Intent.APPROVE,
        Intent.REJECT,
        Intent.ADJUST,
        Intent.MOVE_ON,
        Intent.VETO_LIFT,
        Intent.AMEND,
        Intent.WITHDRAW_CLAIM,
    }
)
"""Intents that name a claim, or an objection, by its number."""


def without_year(talk: Talk) -> tuple[int, Talk] | None:
    """Return the year said before the first number, and the words without it; None for no year.

    ``异议 2026年2号 少算了`` is 2026 and ``异议 2号 少算了``. Without a command word
    before it, only a year in digits is heard, where every word is meant for the
    assistant: 去年14不行了 tells something.
    """
    found = _YEARED.match(talk.text)
    if found is None:
        return None
    said = found["year"]
    if not found["before"].strip() and not (talk.is_addressed and said[0] == "2"):
        return None
    year = {"去年": talk.today.year - 1, "今年": talk.today.year}.get(said) or int(said[:4])
    return year, replace(talk, text=found["before"] + talk.text[found.end() :])


def of_year(reading: Reading | None, year: int) -> Reading | None:
    """Return an act by number with the year of its numbers; None when it is none."""
    if reading is None or reading.intent not in _BY_NUMBER or reading.choices:
        return None
    acts = reading.acts or (reading,)
    if not all(act.slots.claim_ids for act in acts):
        return None
    dated = tuple(replace(act, slots=replace(act.slots, claim_year=year)) for act in acts)
    slots = replace(reading.slots, claim_year=year)
    return replace(reading, slots=slots, acts=dated if reading.acts else ())
