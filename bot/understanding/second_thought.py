"""A second thought (再想想): where the patterns are silent or alone, a hunch makes them ask."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from bot.understanding.deferred import deferred
from bot.understanding.features import Features
from bot.understanding.filling import filled
from bot.understanding.hunch import Guess, hunch
from bot.understanding.reading import SILENCE, Intent, Reading
from bot.understanding.talk import Talk

MOST: Final = 3
DOUBTFUL: Final = 0.08
"""A reading whose own share is smaller, and that is not among the two likeliest, is asked about."""
LOUD: Final = 0.7
"""From this share on a room's message that no pattern reads is asked about."""
QUIET: Final = 0.9
"""From this share of silence on, what a room says is talk, whatever pattern it fits."""
LOST: Final = 0.33
"""From this share of help on, nothing is guessed: a greeting, or somebody who is lost."""
ORDERED: Final = 0.3
"""From this share on, among a reviewer's words, a villager's order is one, and is refused."""
_FIRST_PERSON: Final = deferred(r"(?:我|阿拉|伲|俺|咱)(?!们?(?:批准|通过|同意|批|看|驳回|代录))")
"""45退回来了我重新拍: who speaks of himself tells, or objects."""
_OF_OTHERS: Final = deferred(
    r"\A(?!.*[帮替给代])(?:.*[,。;\s])?(?:[他她]家|[他她]们|伊拉|人家|别人)", re.DOTALL
)
"""天天打卡垃圾分类,他家真坚持: what others do is talked about, not claimed."""
_LEAST: Final = 2
_FEW: Final = 3
"""With fewer Chinese characters there is nothing to guess from: 2小时 answers what is over."""
_CHINESE: Final = deferred(r"[一-鿿]")
_STAFFS: Final = frozenset(
    {
        Intent.APPROVE,
        Intent.REJECT,
        Intent.ADJUST,
        Intent.DEDUCT,
        Intent.RECORD_FOR,
        Intent.PENDING_LIST,
    }
)
"""What only the committee does: a villager's such words are refused, or talk."""
_TELLING: Final = frozenset({Intent.RULES, Intent.HELP})
"""Both tell how it is done: which of them is not worth a question."""
_DECIDING: Final = frozenset({Intent.APPROVE, Intent.REJECT, Intent.ADJUST, Intent.DEDUCT})
_TOPIC: Final = deferred(
    r"[报分审批录记兑换撤绑]|通过|驳|退回|打回|公示|排名|名次|前十|异议|意见|指令|规则|细则|进度|月报|报表|参与|待|过[了吧,\s]|过\Z"
)
"""Without any of these a room's message is talk: it is not even guessed about."""

_NOTICE: Final = deferred(r"\A\s*(?:通知|公告|温馨提示|提醒|转|链接|各位|请各|请村民)")
_ANNOUNCED: Final = deferred(r"\A申报|大家|记得|截止|各位|村民们|通知|\A链接")
"""A room's words about claiming: what the claim's own reader passed over is no claim."""


def thought_over(reading: Reading | None, talk: Talk) -> Reading | None:
    """Return the reading, asking where a hunch speaks against it; a guess where there is none.

    A guess is never outright. In a room only a strong one is asked about.
    """
    if talk.dialogue is not None or (reading is not None and reading.intent in _OWN):
        return reading
    if len(_CHINESE.findall(talk.text)) < _FEW:
        return reading
    if reading is not None and reading.intent in _STAFFS and talk.role == "villager":
        if not _is_ordered(reading, talk):
            return _not_theirs(talk)
        if talk.is_addressed:
            return reading
    return _addressed(reading, talk) if talk.is_addressed else _overheard(reading, talk)


def _is_ordered(reading: Reading, talk: Talk) -> bool:
    """Whether a reviewer's same words would be an order: it is refused kindly, not guessed about."""
    if _FIRST_PERSON.search(talk.text):
        return False
    guesses = hunch().guesses(talk.text, is_staff=True, is_addressed=True)
    return _share(reading, guesses) > ORDERED


def _not_theirs(talk: Talk) -> Reading:
    """Return what a villager may have meant by words that sound like an order of the committee."""
    if not talk.is_addressed:
        return SILENCE
    guesses = (guess.intent for guess in _guesses(talk) if guess.intent not in _STAFFS)
    choices = _filled(list(guesses)[:MOST], talk)
    return replace(choices[0], asks=True, is_unsure=True, choices=choices)


def _addressed(reading: Reading | None, talk: Talk) -> Reading:
    guesses = [guess for guess in _guesses(talk) if guess.intent is not None]
    if reading is None or (reading.intent is Intent.HELP and reading.asks):
        named = [one.intent for one in reading.choices] if reading else []
        is_lost = guesses[0].intent is Intent.HELP and guesses[0].share > LOST
        likely = [] if is_lost else [guess.intent for guess in guesses[:MOST]]
        return Reading(Intent.HELP, asks=True, choices=_filled((*likely, *named), talk))
    if reading.choices and {one.intent for one in reading.choices} <= _TELLING:
        return reading
    is_likely = reading.intent in {guess.intent for guess in guesses[:_LEAST]}
    if reading.choices or not (is_likely or _share(reading, guesses) > DOUBTFUL):
        others = [guess.intent for guess in guesses[:_LEAST]]
        return _between(reading, others, talk)
    return reading


def _overheard(reading: Reading | None, talk: Talk) -> Reading | None:
    if reading is None and not _TOPIC.search(talk.text):
        return None
    guesses = _guesses(talk)
    best = guesses[0]
    if reading is not None:
        is_talk = best.intent is None and best.share > QUIET and talk.role == "villager"
        if reading.intent is Intent.CLAIM and _OF_OTHERS.search(talk.text):
            return SILENCE
        is_vague = reading.intent in _DECIDING and not reading.slots.claim_ids
        return SILENCE if is_talk and is_vague else reading
    is_announced = best.intent is Intent.CLAIM and _ANNOUNCED.search(talk.text)
    is_announced = is_announced or _NOTICE.search(talk.text)
    is_theirs = best.intent in _STAFFS and talk.role == "villager"
    if best.intent is None or best.share < LOUD or is_announced or is_theirs:
        return None
    likely = [guess.intent for guess in guesses if guess.intent is not None][:MOST]
    choices = _filled(likely, talk)
    return replace(choices[0], asks=True, is_unsure=True, choices=choices)


def _between(reading: Reading, others: Iterable[Intent | None], talk: Talk) -> Reading:
    """Return the reading as one of several that are asked about."""
    kept = reading.choices or (replace(reading, asks=False),)
    more = _filled((o for o in others if o not in {one.intent for one in kept}), talk)
    choices = (*kept[:_LEAST], *more, *kept[_LEAST:])[:MOST]
    return replace(reading, asks=True, choices=choices)


def _guesses(talk: Talk) -> tuple[Guess, ...]:
    is_staff = talk.role != "villager"
    return hunch().guesses(talk.text, is_staff=is_staff, is_addressed=talk.is_addressed)


def _share(reading: Reading, guesses: Iterable[Guess]) -> float:
    return next((guess.share for guess in guesses if guess.intent is reading.intent), 1.0)


def _filled(intents: Iterable[Intent | None], talk: Talk) -> tuple[Reading, ...]:
    features = Features(talk)
    unique = dict.fromkeys(intent for intent in intents if intent is not None)
    return tuple(filled(intent, talk, features) for intent in list(unique)[:MOST])


_OWN: Final = frozenset(Intent) - frozenset(
    {
        Intent.CLAIM,
        Intent.BALANCE,
        Intent.HISTORY,
        Intent.RANKING,
        Intent.RULES,
        Intent.HELP,
        Intent.BIND,
        Intent.OBJECTION,
        Intent.REDEEM,
        Intent.REDEEM_LIST,
        Intent.WITHDRAW_CLAIM,
        Intent.CLAIM_STATUS,
        Intent.PENDING_LIST,
        Intent.APPROVE,
        Intent.REJECT,
        Intent.ADJUST,
        Intent.RECORD_FOR,
        Intent.DEDUCT,
        Intent.PUBLICATION,
        Intent.PARTICIPATION,
        Intent.REPORT,
    }
)
"""Words of the assistant's own dialogues: exact, and not among what is guessed."""
