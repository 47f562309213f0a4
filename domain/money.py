"""Money (钱): whole cents, never a float; yuan only where people read and write."""

import re
from typing import Final, NewType

Cents = NewType("Cents", int)
"""An amount in whole cents (分钱): ``Cents(1500)`` is 15 yuan."""

YUAN: Final = 100
_WRITTEN = re.compile(r"(?P<yuan>\d{1,8})(?:\.(?P<cents>\d{1,2}))?")


def parse_yuan(text: str) -> Cents | None:
    """Read yuan as people write them: ``15``, ``3000``, ``2.5``; None if it is no amount."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        return None
    return Cents(int(found["yuan"]) * YUAN + int((found["cents"] or "0").ljust(2, "0")))


def show_yuan(cents: int) -> str:
    """Write cents as yuan without trailing zeros: 1500 is ``15``, 250 is ``2.5``."""
    assert cents >= 0, cents
    yuan, rest = divmod(cents, YUAN)
    return f"{yuan}.{rest:02d}".rstrip("0") if rest else str(yuan)
