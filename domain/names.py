"""Names in public (隐去名字): 王*明 unless the household agreed, none if it asked for that."""

from typing import Final

STAR: Final = "*"
SHORT: Final = 2
"""Of a name as short as this only the first character stays."""


def masked(name: str) -> str:
    """Return a name as it may stand in public: 王小明 is 王*明, 王明 is 王*.

    The first character and, from three on, the last one stay; a name of one
    character is hidden whole.
    """
    if len(name) <= 1:
        return STAR * len(name)
    last = name[-1] if len(name) > SHORT else ""
    return f"{name[0]}{STAR * (len(name) - 1 - len(last))}{last}"


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
