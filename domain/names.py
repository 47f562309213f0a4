"""Names on what is public (公开的姓名): hidden in part, whole by consent, or not there at all."""

import unicodedata
from collections.abc import Iterator
from typing import Final

HIDDEN: Final = "*"
SHORT: Final = 3
"""Names up to this long show how many letters are hidden; of longer ones two stars stand."""


def masked(name: str) -> str:
    """Hide the middle of a name, of two letters the second.

    王强 is ``王*``, 王小明 ``王*明``, 欧阳小明 ``欧**明``, 阿卜杜拉 ``阿**拉``: names
    of four letters and more do not tell how long they are. A compound surname is
    treated as any other. A single letter is shown with a star, since a name is
    never whole. Letters that belong together (a variant sign after its
    ideograph) are kept together, spaces are left out.

    Source: design section 8; names on notice boards.
    """
    letters = tuple(_letters(name))
    if len(letters) < SHORT:
        return f"{letters[0] if letters else ''}{HIDDEN}"
    stars = HIDDEN * min(len(letters) - 2, 2)
    return f"{letters[0]}{stars}{letters[-1]}"


def public_name(head: str, *, is_named: bool, is_anonymous: bool) -> str:
    """Return what a publication may call a household: its head's name, masked, or nothing.

    Args:
        head: The head's name to the letter.
        is_named: The household agreed to be named.
        is_anonymous: The household asked not to be named at all; wins over the other.

    """
    if is_anonymous:
        return ""
    return head if is_named else masked(head)


def still_public(shown: str, *, is_named: bool, is_anonymous: bool) -> str:
    """Return what may still be shown of a name that was published once.

    A whole name is hidden in part again when the consent is taken back, and is
    left out when the household asks not to be named. What was left out stays out.
    """
    return public_name(shown, is_named=is_named, is_anonymous=is_anonymous) if shown else ""


def _letters(name: str) -> Iterator[str]:
    """Yield what the eye takes for one letter each."""
    whole = ""
    for sign in "".join(name.split()):
        if whole and (unicodedata.category(sign) in {"Mn", "Mc", "Me"} or _is_variation(sign)):
            whole += sign
            continue
        if whole:
            yield whole
        whole = sign
    if whole:
        yield whole


def _is_variation(sign: str) -> bool:
    return "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef"
