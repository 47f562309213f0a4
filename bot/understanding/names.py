"""Names of the village (户主姓名) taken out before days and numbers are read, and put back."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, Final

from bot.understanding.reading import Reading, Slots

_FIRST: Final = 0xE000
_LEAST: Final = 2
_MOST: Final = 6


def hide(text: str, heads: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Return the text with each known head's name as one private character, and what it stands for.

    So 周三强 is no Wednesday and 陆百斤 no weight. The longest name goes first.
    """
    found: dict[str, str] = {}
    if not heads:
        return text, found
    for name in sorted(_named(text, heads), key=len, reverse=True):
        if name in text:
            mark = chr(_FIRST + len(found))
            found[mark] = name
            text = text.replace(name, mark)
    return text, found


def _named(text: str, heads: Mapping[str, str]) -> set[str]:
    """Return the heads that stand in a text; the cost does not grow with the village."""
    pieces = {
        text[start : start + length]
        for length in range(_LEAST, _MOST + 1)
        for start in range(len(text) - length + 1)
    }
    return {piece for piece in pieces if piece in heads}


def shown(reading: Reading, names: Mapping[str, str], heads: Mapping[str, str]) -> Reading:
    """Return the reading with the names put back; one that is named alone says the household."""
    if not names:
        return reading
    slots = _shown(reading.slots, names)
    if slots.person is None and len(names) == 1 and reading.intent is not None:
        name = next(iter(names.values()))
        slots = replace(slots, person=name, household=slots.household or heads.get(name) or None)
    return replace(
        reading,
        slots=slots,
        acts=tuple(shown(act, names, heads) for act in reading.acts),
        choices=tuple(shown(choice, names, heads) for choice in reading.choices),
    )


def _shown(slots: Slots, names: Mapping[str, str]) -> Slots:
    changed: dict[str, Any] = {}
    for field in fields(slots):
        value = getattr(slots, field.name)
        if isinstance(value, str) and (back := _back(value, names)) != value:
            changed[field.name] = back
    return replace(slots, **changed)


def _back(text: str, names: Mapping[str, str]) -> str:
    for mark, name in names.items():
        text = text.replace(mark, name)
    return text
