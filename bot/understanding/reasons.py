"""Find why (原因): the clause of a message that holds no command word."""

import re
from typing import Final

from bot.understanding.normalise import bare
from bot.understanding.patterns.words import APPROVE, REJECT, TAKE_BACK

_CLAUSE: Final = re.compile(r"[,。;!?\n]+|\s{1,}(?=[一-鿿])")
_LABEL: Final = re.compile(r"\A(?:原因|理由|因为|因)[\s:是]*")
_COMMAND: Final = re.compile(
    rf"\A(?:请|麻烦|帮我|帮|把|我)*(?:.{{0,8}}(?:异议|申诉|反映|有意见|核实|核对|复核|不服|不认)|我不)"
    rf"|(?:{REJECT}|{APPROVE})|(?:{TAKE_BACK})|改成|改为|改一下|减半|调整|麻烦|^[#\d号条、,\s和]+$|帮我|这个?条?$"
)
_STRIP: Final = re.compile(
    rf"\A[#\d\s号条、,和第]*(?:这条|那条)?(?:的)?|\A(?:就是|公示里|公示|那个)|(?:{REJECT})[掉了吧]*|麻烦.*\Z"
)


def reason_in(text: str) -> str | None:
    """Return the clause that says why: ``14不能通过，时间对不上`` is 时间对不上."""
    clauses = [clause for clause in _CLAUSE.split(text) if clause and clause.strip()]
    plain = [clause for clause in clauses if not _COMMAND.search(clause)]
    kept = plain[-1] if plain else None
    if kept is None:
        return None
    words = bare(_STRIP.sub("", _LABEL.sub("", kept.strip())))
    return words or None
