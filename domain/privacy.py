"""Privacy (隐私): numbers that no publication holds."""

import re
from typing import Final

_NUMBERS: Final = (
    ("identity", re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")),
    ("phone", re.compile(r"(?<!\d)1\d{10}(?!\d)")),
    ("card", re.compile(r"(?<!\d)\d{16,19}(?!\d)")),
)
_BETWEEN: Final = re.compile(r"(?<=\d)[\s\-·.]+(?=\d)")
_LONG: Final = re.compile(r"\d(?:[\s\-·.]*\d){10,}[Xx]?")


def number_in(text: str) -> str | None:
    """Return which kind of number a text holds: identity, phone or card; None for none.

    Spaces and dashes between the digits do not hide it. 18 digits, or 17 and an
    X, are an identity number; 11 that begin with 1 a phone; 16 to 19 a card.
    """
    plain = _BETWEEN.sub("", text)
    return next((kind for kind, pattern in _NUMBERS if pattern.search(plain)), None)


def without_numbers(text: str) -> str:
    """Return a text in which every run of eleven digits or more is left out."""
    return _LONG.sub("…", text)
