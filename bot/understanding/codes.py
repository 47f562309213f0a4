"""Find an invitation code (绑定码): ten characters of Crockford's base 32."""

import re
from typing import Final

from bot.understanding.deferred import deferred

CODE_LENGTH: Final = 10
_APART: Final = r"[-\s_‐-―−·]*"
_NAMED: Final = r"[\s:#,]*(?:的|我的|领取|兑换|兑奖)?码?[\s:#是为]*"
_TYPED: Final = deferred(rf"\A{_NAMED}((?:[0-9A-Z]{_APART}){{10}})[。.!,\s]*\Z")
_BIND_CODE: Final = rf"(?:绑定(?:本群|群|这个群|该群)?|换绑|码|bang\s?ding){_NAMED}(?P<code>[0-9A-Z](?:{_APART}[0-9A-Z]){{9}})"
_HAND_CODE: Final = rf"(?:核销|码|he\s?xiao){_NAMED}(?P<goods>[0-9A-Z](?:{_APART}[0-9A-Z]){{5}})"
_SAID: Final = deferred(rf"(?:{_BIND_CODE}|{_HAND_CODE})[。.!,\s]*\Z", re.IGNORECASE)
_ADDRESS: Final = deferred(r"\d+\s*zu\s*\d+\s*hao")
_PRINTED: Final = deferred(
    r"(?<![0-9A-Z-])(?=.{0,10}[A-Z])(?=.{0,10}\d)(?:[0-9A-Z]{5}[-_‐-―−·][0-9A-Z]{5}|(?<=\A)[0-9A-Z]{5} ?[0-9A-Z]{5}(?=\Z))(?![0-9A-Z-])",
    re.IGNORECASE,
)
_LOOKALIKE: Final = str.maketrans("OIL", "011")


def find_code(text: str) -> str | None:
    """Return the code when the words are nothing but one, upper case and without hyphens.

    ``abcde-fgh23`` is ``ABCDEFGH23``. O, I and L, which the alphabet leaves
    out, are read as 0, 1 and 1; a U is in no code.
    """
    found = _TYPED.match(text.upper())
    if not found:
        return None
    code = re.sub(_APART, "", found[1]).translate(_LOOKALIKE)
    return None if "U" in code else code


def printed_code(text: str) -> str | None:
    """Return the code that stands among other words as slips print it, or is all there is.

    ``您好,我的是ABCDE-23456,谢谢`` holds one; ten figures, or ten letters, are none.
    """
    found = _PRINTED.search(text)
    return find_code(found[0]) if found else None


def span_of_code(text: str) -> tuple[int, int] | None:
    """Return where a code stands: behind 绑定 or 核销 at the end, or as it is printed.

    Its letters are no pinyin, whatever they sound like: ``28GE`` is not 28个.
    """
    found = _SAID.search(text)
    if found and not _ADDRESS.search(text):
        return found.span("code" if found["code"] else "goods")
    printed = _PRINTED.search(text)
    return printed.span() if printed else None
