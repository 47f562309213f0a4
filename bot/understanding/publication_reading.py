"""Read the words of month review, publication and objections (月审、公示、异议)."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from bot.understanding.claim_numbers import find_numbers, leading_numbers
from bot.understanding.deferred import deferred
from bot.understanding.normalise import bare
from bot.understanding.numerals import NUMERAL, number_of
from bot.understanding.periods import find_period
from bot.understanding.points import points_in
from bot.understanding.reading import Intent, Reading, Slots
from bot.understanding.talk import Talk
from domain.objection import Outcome

RELEASE: Final = "release"
"""The outcome of a publication that is to be shown."""
_MONTH: Final = r"(?:(?P<month>[^\s]{1,6}月份?|本月|上个?月|这个月)(?:的)?)"
_REVIEW: Final = deferred(rf"\A(?:看一?下?|查看)?\s*{_MONTH}?\s*月审\s*(?P<after>\S{{1,7}})?\s*\Z")
_CONFIRM: Final = deferred(
    r"\A(?:审定|确认月审|月审确认|月审通过)\s*(?P<after>\S{1,8}?)?[\s吧了。]*\Z"
    r"|\A(?P<before>\S{1,6}月份?)\s*(?:审定|月审通过)[\s吧了。]*\Z"
)
_MOVE: Final = deferred(
    r"\A(?:移到|挪到|转到|放到|算到|移)\s*(?:下个?月)(?P<rest>.*)\Z"
    r"|\A(?P<first>[#第\d号条\s,、]+?)\s*(?:移到|挪到|转到|放到|算到)\s*下个?月(?P<then>.*)\Z",
    re.DOTALL,
)
_RELEASE: Final = deferred(
    r"\A(?:发布|同意发布|确认发布|公布)\s*(?:季度|本季度?)?\s*公示[\s吧了。]*\Z"
)
_ANSWER: Final = deferred(r"\A异议(?:处理|答复|处置)(?P<rest>.*)\Z", re.DOTALL)
_OBJECT: Final = deferred(
    r"\A(?:我?要?(?:提|有)?异议|申诉|我要申诉|提出异议)[\s:,，]*(?P<rest>[#第\d].*)\Z", re.DOTALL
)
_OUTCOMES: Final[Mapping[str, Outcome]] = {
    "维持": Outcome.UPHOLD,
    "更正": Outcome.CHANGE,
    "不受理": Outcome.DISMISS,
    "不予受理": Outcome.DISMISS,
}
_OUTCOME: Final = deferred(r"\A[\s:,，]*(?P<word>维持|更正|不予受理|不受理)(?:原判|原来的?|结果)?")
_POINTS: Final = deferred(
    r"\A[\s:,，]*(?:(?P<sign>[+\-]|加|减|扣|增加|减少|多|少)\s*|(?:成|为|到)\s*)?"
    rf"(?P<number>{NUMERAL}|半)\s*分(?!钟)"
)
_LESS: Final = frozenset({"-", "减", "扣", "减少", "少"})
_REASON: Final = deferred(r"\A[\s,，。:;、]*(?:原因|理由|因为)?[\s:]*")


def read_publication(talk: Talk) -> Reading | None:
    """Return an act of this kind; None if the words are none."""
    readers: tuple[Callable[[Talk], Reading | None], ...] = (
        _answer, _objection, _review, _confirm, _move, _release,
    )  # fmt: skip
    return next((reading for reader in readers if (reading := reader(talk))), None)


def _review(talk: Talk) -> Reading | None:
    """Read 月审, 8月月审, 月审 8月."""
    found = _REVIEW.match(talk.text)
    if not found:
        return None
    words = found["month"] or found["after"]
    period = find_period(words, talk.today) if words else None
    if words and period is None:
        return None
    return Reading(Intent.MONTH_REVIEW, Slots(occurred=period))


def _confirm(talk: Talk) -> Reading | None:
    """Read 审定 8月, 8月审定; without a month it is asked for."""
    found = _CONFIRM.match(talk.text)
    if not found:
        return None
    words = found["after"] or found["before"]
    period = find_period(words, talk.today) if words else None
    if words and period is None:
        return None
    return Reading(Intent.CONFIRM_MONTH, Slots(occurred=period), asks=period is None)


def _move(talk: Talk) -> Reading | None:
    """Read 移到下月 23 原因, 23移到下月 原因."""
    found = _MOVE.match(talk.text)
    if not found:
        return None
    if found["first"]:
        ids, reason = find_numbers(found["first"]).ids, found["then"]
    else:
        ids, reason = leading_numbers(found["rest"].lstrip(" :,，、"))
    if not ids and not talk.is_addressed and bare(reason):
        return None
    slots = Slots(claim_ids=ids, reason=_reason(reason))
    return Reading(Intent.MOVE_ON, slots, asks=not ids)


def _release(talk: Talk) -> Reading | None:
    """Read 发布公示."""
    if not _RELEASE.match(talk.text):
        return None
    return Reading(Intent.PUBLICATION, Slots(outcome=RELEASE))


def _answer(talk: Talk) -> Reading | None:
    """Read 异议处理 3 维持 原因, 异议处理 3 更正 2分 原因; alone it lists what waits."""
    found = _ANSWER.match(talk.text)
    if not found:
        return None
    ids, rest = leading_numbers(found["rest"].lstrip(" :,，、"))
    outcome = _OUTCOME.match(rest)
    if outcome is None:
        return Reading(Intent.ANSWER_OBJECTION, Slots(claim_ids=ids[:1]), asks=bool(ids))
    rest = rest[outcome.end() :]
    meant = _OUTCOMES[outcome["word"]]
    points = delta = None
    if meant is Outcome.CHANGE:
        points, delta, rest = _amount(rest)
    slots = Slots(
        claim_ids=ids[:1], reason=_reason(rest), points=points, delta=delta, outcome=meant.value
    )
    return Reading(Intent.ANSWER_OBJECTION, slots, asks=not ids)


def _amount(text: str) -> tuple[Decimal | None, Decimal | None, str]:
    """Return points to (2分), points by (加2分), and the text behind them."""
    found = _POINTS.match(text)
    value = number_of(found["number"]) if found else None
    if found is None or value is None:
        return None, None, text
    rest = text[found.end() :]
    if not found["sign"]:
        return value, None, rest
    return None, -value if found["sign"] in _LESS else value, rest


def _objection(talk: Talk) -> Reading | None:
    """Read 异议 23 少算了1分: an objection that names a claim."""
    found = _OBJECT.match(talk.text)
    if not found:
        return None
    ids, rest = leading_numbers(found["rest"])
    if len(ids) != 1:
        return None
    points, _ = points_in(rest)
    return Reading(Intent.OBJECTION, Slots(claim_ids=ids, points=points, reason=_reason(rest)))


def _reason(text: str) -> str | None:
    return bare(_REASON.sub("", text)) or None
