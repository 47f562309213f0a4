"""A claim's number with its year (2026-23), as forms and addresses carry it."""

import re
from typing import Final

from domain.claim import ClaimKey

KEY: Final = re.compile(r"([12]\d{3})-([1-9]\d{0,8})", re.ASCII)


def key_in(text: str) -> ClaimKey | None:
    """Return the claim that a text names; None when it names none."""
    found = KEY.fullmatch(text)
    return ClaimKey(int(found[1]), int(found[2])) if found else None


def shown_key(key: ClaimKey) -> str:
    """Write a claim's number with its year."""
    return f"{key.year}-{key.number}"
