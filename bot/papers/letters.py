"""Which letters can be printed (字库): read from the font that is shipped."""

import struct
import unicodedata
from bisect import bisect_right
from functools import cache
from pathlib import Path
from typing import Final

from noto_cjk_sans_otc import FONT_PATH

FACE: Final = 2
"""The face of the collection with the forms used on the mainland: Noto Sans CJK SC."""
_UNICODE_FULL: Final = (3, 10)
_GROUPS_FORMAT: Final = 12


def font_file() -> Path:
    """Return where the font lies."""
    return Path(str(FONT_PATH))


def unprintable(text: str) -> tuple[str, ...]:
    """Return the letters of a text that the font does not have, each once, in order.

    Signs that are not drawn (spaces, variation signs) are no letters. Nearly
    every rare name is there (𠮷, 㛃, 䶮, 堃); of the rarest some thousands are not.
    """
    letters = dict.fromkeys(text)
    return tuple(one for one in letters if not _has(ord(one)) and not _is_undrawn(one))


def _has(code: int) -> bool:
    starts, ends = _ranges()
    place = bisect_right(starts, code) - 1
    return place >= 0 and code <= ends[place]


def _is_undrawn(letter: str) -> bool:
    is_variation = "\ufe00" <= letter <= "\ufe0f" or "\U000e0100" <= letter <= "\U000e01ef"
    return is_variation or unicodedata.category(letter) in {"Cc", "Cf", "Zs", "Zl", "Zp"}


@cache
def _ranges() -> tuple[list[int], list[int]]:
    """Return the first and last codes of the ranges that the font draws, in order."""
    font = font_file().read_bytes()
    [face] = struct.unpack_from(">I", font, 12 + 4 * FACE)
    cmap = _table(font, face, b"cmap")
    [count] = struct.unpack_from(">H", font, cmap + 2)
    for n in range(count):
        *kind, offset = struct.unpack_from(">HHI", font, cmap + 4 + 8 * n)
        if tuple(kind) == _UNICODE_FULL:
            start = cmap + offset
            form, _, _, _, groups = struct.unpack_from(">HHIII", font, start)
            assert form == _GROUPS_FORMAT, form
            found = [struct.unpack_from(">III", font, start + 16 + 12 * g) for g in range(groups)]
            return [first for first, _, _ in found], [last for _, last, _ in found]
    raise AssertionError("the font that is shipped has a full character map")


def _table(font: bytes, face: int, name: bytes) -> int:
    [count] = struct.unpack_from(">H", font, face + 4)
    for n in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, face + 12 + 16 * n)
        if tag == name:
            return int(offset)
    raise AssertionError(name)
