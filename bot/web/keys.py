"""A claim's number with its year (2026-23) and a month, as forms and addresses carry them."""

import re
from typing import Final

from domain.claim import ClaimKey
from domain.period import Month

KEY: Final = re.compile(r"([12]\d{3})-([1-9]\d{0,8})", re.ASCII)


MONTH: Final = re.compile(r"([12]\d{3})-(0[1-9]|1[0-2])", re.ASCII)


def key_in(text: str) -> ClaimKey | None:
    """Return the claim that a text names; None when it names none."""
    found = KEY.fullmatch(text)
    return ClaimKey(int(found[1]), int(found[2])) if found else None


def shown_key(key: ClaimKey) -> str:
    """Write a claim's number with its year."""
    return f"{key.year}-{key.number}"


def month_in(text: str) -> Month | None:
    """Return the month that a text names (2026-09); None when it names none."""
    found = MONTH.fullmatch(text)
    return Month(int(found[1]), int(found[2])) if found else None
