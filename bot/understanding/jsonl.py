"""A reading as the JSON that ``jifen understand`` prints, one object a line."""

from decimal import Decimal
from typing import Any

from bot.understanding.reading import Occurred, Reading, Slots

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
)
_NUMBERS = ("quantity", "points", "delta")
_LISTS = ("item_choices", "claim_ids", "except_ids")


def to_dict(reading: Reading) -> dict[str, Any]:
    """Return ``intent`` (None for silence), ``slots``, ``ask`` and, of several, ``acts``.

    Slots that hold nothing are left out; amounts are whole numbers where they
    are whole. An act in ``acts`` has the same keys.
    """
    found: dict[str, Any] = {
        "intent": reading.intent.value if reading.intent else None,
        "slots": _slots(reading.slots),
        "ask": reading.asks,
        "acts": [to_dict(act) for act in reading.acts],
    }
    return found


def _slots(slots: Slots) -> dict[str, Any]:
    """Return the slots that hold something."""
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
