"""A hunch (猜): which readings words resemble, by their pieces; never acted on, only asked about.

The weights in ``hunches.json`` come from the sentences beside the tests, by
``tests/generators/hunches.py``: a linear model over pieces of one to three
characters. It knows nothing of items, numbers or days.
"""

import base64
import json
import math
import sys
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from bot.understanding.deferred import deferred
from bot.understanding.reading import Intent

LONGEST: Final = 120
"""Characters: what stands behind them says little about what is wanted."""
STAFF: Final = "\ue100"
ADDRESSED: Final = "\ue101"
"""Pieces that stand for who speaks, and to whom."""
_DIGITS: Final = deferred(r"\d+")
_NAMES: Final = deferred(r"[\ue000-\ue0ff]")
_MOST: Final = 3
_BIASED: Final = bytes((value + 128) % 256 for value in range(256))
"""What turns a signed byte into one from 0 to 255: 128 more."""


@dataclass(frozen=True, slots=True)
class Guess:
    """An intent (None is silence) and how likely it is, of 1."""

    intent: Intent | None
    share: float


def pieces(text: str, *, is_staff: bool, is_addressed: bool) -> Iterator[str]:
    """Yield the pieces of a text, each once: ``^申``, ``申报`` ...; any number is 0, a name is 某."""
    plain = f"^{_NAMES.sub('某', _DIGITS.sub('0', text[:LONGEST]))}$"
    found = {
        plain[at : at + length]
        for length in range(1, _MOST + 1)
        for at in range(len(plain) - length + 1)
    }
    yield from found
    if is_staff:
        yield STAFF
    if is_addressed:
        yield ADDRESSED


class Hunch:
    """The weights, read once.

    The weights of a piece are the lanes of one large number, 32 bits for an intent and each
    128 too high: to add the weights of all intents is to add two numbers.
    """

    def __init__(self, told: str) -> None:
        given = json.loads(told)
        self._intents = tuple(Intent(name) if name else None for name in given["intents"])
        self._bias: list[float] = given["bias"]
        self._scale: float = given["scale"]
        self._rows: dict[str, int] = {
            piece: _lanes(base64.b64decode(row)) for piece, row in given["pieces"].items()
        }

    def guesses(self, text: str, *, is_staff: bool, is_addressed: bool) -> tuple[Guess, ...]:
        """Return every reading with its share, the likeliest first."""
        rows = [
            self._rows[piece]
            for piece in pieces(text, is_staff=is_staff, is_addressed=is_addressed)
            if piece in self._rows
        ]
        sums = array("I", sum(rows).to_bytes(4 * len(self._intents), sys.byteorder))
        high = 128 * len(rows)
        scores = [
            bias + (lane - high) * self._scale for bias, lane in zip(self._bias, sums, strict=True)
        ]
        top = max(scores)
        shares = [math.exp(score - top) for score in scores]
        whole = sum(shares)
        found = (Guess(i, s / whole) for i, s in zip(self._intents, shares, strict=True))
        return tuple(sorted(found, key=lambda guess: -guess.share))


def _lanes(row: bytes) -> int:
    """Return signed bytes as the lanes of a number."""
    return int.from_bytes(array("I", list(row.translate(_BIASED))).tobytes(), sys.byteorder)


@cache
def hunch() -> Hunch:
    """Return the weights that the program ships with."""
    return Hunch(files("bot.understanding").joinpath("hunches.json").read_text(encoding="utf-8"))
