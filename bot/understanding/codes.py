"""Find an invitation code (绑定码): ten characters of Crockford's base 32."""

import re
from typing import Final

from bot.understanding.deferred import deferred

CODE_LENGTH: Final = 10
_TYPED: Final = deferred(r"\A[\s:#]*((?:[0-9A-Z][-\s_]*){10})[。.!,\s]*\Z")
_LOOKALIKE: Final = str.maketrans("OIL", "011")


def find_code(text: str) -> str | None:
    """Return the code when the words are nothing but one, upper case and without hyphens.

    ``abcde-fgh23`` is ``ABCDEFGH23``. O, I and L, which the alphabet leaves
    out, are read as 0, 1 and 1; a U is in no code.
    """
    found = _TYPED.match(text.upper())
    if not found:
        return None
    code = re.sub(r"[-\s_]", "", found[1]).translate(_LOOKALIKE)
    return None if "U" in code else code
