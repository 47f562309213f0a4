"""A reading as the JSON that ``jifen understand`` prints, one object a line."""

from decimal import Decimal
from typing import Any, Final

from bot.understanding.items import index_of
from bot.understanding.reading import Intent, Occurred, Reading
from domain.rulebook import Rulebook

_TEXTS = (
    "item",
    "household",
    "person",
    "place",
    "reason",
    "unit",
    "tier",
    "scope",
    "code",
    "choice",
    "claim_year",
)
_NUMBERS = ("quantity", "points", "delta")
_LISTS = ("item_choices", "claim_ids", "except_ids")


GOODS: Final = frozenset({Intent.REDEEM, Intent.REDEEM_LIST})
"""Intents whose item is a good of the catalogue, by its words."""


def to_dict(reading: Reading, rulebook: Rulebook | None = None) -> dict[str, Any]:
    """Return ``intent`` (None for silence), ``slots``, ``ask``, ``acts`` and ``choices``.

    With a rulebook the slots also hold the item's name and the words for it; a
    good to be had for points is its own name.

    Slots that hold nothing are left out; amounts are whole numbers where they
    are whole. An act in ``acts`` has the same keys.
    """
    found: dict[str, Any] = {
        "intent": reading.intent.value if reading.intent else None,
        "slots": _slots(reading, rulebook),
        "ask": reading.asks,
        "acts": [to_dict(act, rulebook) for act in reading.acts],
        "choices": [
            {"intent": choice.intent.value, "slots": _slots(choice, rulebook)}
            for choice in reading.choices
            if choice.intent
        ],
    }
    return found


def _slots(reading: Reading, rulebook: Rulebook | None) -> dict[str, Any]:
    """Return the slots that hold something."""
    slots = reading.slots
    found: dict[str, Any] = {}
    for name in _TEXTS:
        value = getattr(slots, name)
        if value is not None:
            found[name] = value
    for name in _NUMBERS:
        value = getattr(slots, name)
        if value is not None:
            found[name] = _number(value)
    for name in _LISTS:
        if getattr(slots, name):
            found[name] = list(getattr(slots, name))
    if slots.occurred:
        found["occurred"] = _occurred(slots.occurred)
    if rulebook is not None:
        found |= _item(reading, rulebook)
    return found


def _item(reading: Reading, rulebook: Rulebook) -> dict[str, str]:
    """Return the item's code, name and words; of a good only its words."""
    slots = reading.slots
    if reading.intent in GOODS:
        return (
            {"item": slots.item_words, "item_words": slots.item_words} if slots.item_words else {}
        )
    found = {"item_words": slots.item_words} if slots.item_words else {}
    if slots.item:
        found["item_name"] = index_of(rulebook).name(slots.item)
    return found


def _occurred(occurred: Occurred) -> dict[str, str]:
    """Return the words and the day, and the last day of a span."""
    found = {"text": occurred.text, "date": occurred.date.isoformat()}
    if occurred.date_to:
        found["date_to"] = occurred.date_to.isoformat()
    return found


def _number(value: Decimal) -> int | float:
    """Return a whole amount as int, another as float."""
    return int(value) if value == value.to_integral_value() else float(value)
