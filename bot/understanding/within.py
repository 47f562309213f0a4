"""Some of many (其中几条): ``22到26里头24不行`` speaks of 24; the range only says where it stands."""

import re
from typing import Final

from bot.understanding.claim_numbers import find_numbers
from bot.understanding.deferred import deferred
from bot.understanding.numerals import CHINESE, whole_of
from bot.understanding.patterns.words import APPROVE, FINE, REJECT, UNFIT

_ONE: Final = (
    rf"(?:[#第]?\d{{1,6}}(?!\d)|第?[{CHINESE}]{{2,6}}(?![{CHINESE}]))"
    r"(?!分|个|月|组|小时|元|块)[号条]?"
)
_TO: Final = r"\s*[-~—–到至]\s*"
_AND: Final = r"(?:\s*[、和跟与]\s*|\s+)"
_SOME: Final = rf"{_ONE}(?:(?:{_TO}|{_AND}){_ONE})*+"
_VERB: Final = rf"(?:{REJECT})|{APPROVE}"
_FRAME: Final = deferred(
    rf"\A(?P<lead>[^\d{CHINESE}。;]{{0,8}}?)"
    rf"(?:(?P<range>{_ONE}{_TO}{_ONE})|(?P<list>{_ONE}(?:{_AND}|,\s*)(?:{_ONE}(?:{_AND}|,\s*|{_TO}))*{_ONE}))"
    r"\s*(?:这?几条)?\s*(?P<frame>里头|里面|里边|里|当中|中间|之中|之间|其中|中)?[,\s]*(?:的|有)?"
    rf"(?P<only>只有|单单|唯独|独独|就是|就)?\s*(?P<verb>{_VERB})?\s*(?P<some>{_SOME})(?P<after>.*)\Z",
    re.DOTALL,
)
_VERDICT: Final = deferred(rf"{_VERB}|{FINE}|{UNFIT}|改|过|退|驳|打回|重复|看不清|糊|撤")
_LEFT_OUT: Final = deferred(r"\A[^,。;]*(?:[不除例先等放]|再[看说])")
_PUT_OFF: Final = deferred(r"\A[^,。;]*(?:放[放着一]|先放|等|再[看说核]|先不|暂|缓|留)")
_OTHERS: Final = deferred(
    r"(?:\A|(?<=[,。;\s行批过回]))(?:其余|其他|剩下|余下|别|另外)的?(?:几条|那些)?(?:都|全部|全|统统|一律|侪)*(?P<what>[^,。;]*)"
)


def some_of(text: str) -> str:
    """Return a reviewer's words without the range or list that some claims are picked from.

    What is said of the others is said of their numbers: ``22到24里头23不行,其余通过`` is
    ``23不行,22、24都通过``; others that are put off are left out. A range alone
    before one of its own numbers is such a frame too; a list needs its word. What is
    decided of the whole (``通过22到26,24不算``) leaves out what follows, and so does what
    is put off (``22到26里头24再看看,其余过``).
    """
    found = _FRAME.match(text)
    if found is None or not (found["frame"] or found["only"] or found["range"]):
        return text
    every, some = _numbers(found["range"] or found["list"]), _numbers(found["some"])
    if not some or not set(some) < set(every) or not _is_decided(found):
        return text
    others = "、".join(str(number) for number in every if number not in some)
    after = _OTHERS.sub(lambda rest: _of(others, rest), found["after"])
    picked = "、".join(str(number) for number in some)
    return f"{found['lead']}{found['verb'] or ''}{picked}{after}".rstrip(" ,。;")


def _numbers(words: str) -> tuple[int, ...]:
    """Return the numbers of a list in digits or characters, ranges filled in."""
    plain = re.sub(rf"[{CHINESE}]+", lambda said: str(whole_of(said[0]) or said[0]), words)
    return find_numbers(plain).ids


def _is_decided(found: re.Match[str]) -> bool:
    """Whether the words decide the ones picked, not the whole but for them."""
    if _PUT_OFF.match(found["after"]):
        return False
    if _VERDICT.search(found["lead"]):
        return bool(found["frame"]) and not _LEFT_OUT.match(found["after"])
    return bool(found["verb"] or _VERDICT.search(found["after"]))


def _of(others: str, rest: re.Match[str]) -> str:
    return f",{others}都{rest['what']}" if _VERDICT.search(rest["what"]) else ""
