"""What is decided as the one before (同上): ``23通过,24也是,25驳回``."""

import re
from typing import Final

from bot.understanding.deferred import deferred
from bot.understanding.patterns.words import APPROVE, REJECT

_ONE: Final = r"[#第]?\d{1,6}[号条]?"
_DECIDED: Final = deferred(
    rf"(?P<verdict>(?:{REJECT})|{APPROVE})"
    rf"|(?P<before>[,。;\s])(?P<ids>{_ONE}(?:\s*[、和跟与到至~-]\s*{_ONE})*)(?:这条|那条)?(?:都|也)?(?:也是|同上|同样|也一样|是一样)(?:处理|的)?(?=[,。;\s了吧]|\Z)"
)


def likewise(text: str) -> str:
    """Return a reviewer's words with ``24也是`` said as what was decided before it."""
    last = ""

    def told(found: re.Match[str]) -> str:
        nonlocal last
        last = found["verdict"] or last
        if found["verdict"] or not last:
            return found[0]
        return f"{found['before']}{found['ids']}{last}"

    return _DECIDED.sub(told, text)
