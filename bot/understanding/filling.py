"""Fill the slots of an intent that the patterns told (填空)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from bot.understanding.addresses import find_address, find_group
from bot.understanding.claim_command import spoken_claim
from bot.understanding.claim_numbers import Numbered, find_numbers
from bot.understanding.deferred import deferred
from bot.understanding.features import Features
from bot.understanding.goods import after_order, find_goods
from bot.understanding.household_filling import deduction, item_slots, record
from bot.understanding.normalise import bare
from bot.understanding.numerals import NUMERAL
from bot.understanding.patterns.words import APPROVE, EVERY, FINE, REJECT, UNFIT
from bot.understanding.periods import when
from bot.understanding.points import change_in, is_halved, points_in, worth_in
from bot.understanding.quantities import find_quantity
from bot.understanding.reading import Intent, Reading, Slots
from bot.understanding.reasons import reason_in
from bot.understanding.redemption_reading import ordered
from bot.understanding.talk import Talk
from bot.understanding.whom import whom

Filler = Callable[[Talk, Features], Reading]
_NOT_BUT: Final = deferred(
    r"不是(?P<no>[^,。;是]{1,16})[,。;\s]*(?:而?是|应该是?|应当是?|要|得)|(?P<yes>[^,。;\s]{0,8}?[\d一二两三四五六七八九十半][^,。;\s]{0,6})[,\s]*不是[^,。;\s]{1,12}"
)
_NOT_THAT: Final = deferred(r"不是[^,。;是]{1,16}[,。;\s]*(?:而?是|应该?是|应当是)")
_NOT_SO: Final = deferred(r"(?:又|从来|根本|明明)?(?:呒没|没有?|勿|不)(?=[一-鿿])")
"""What an objector denies is what it is about: 呒没散养鸡鸭."""
_LAST: Final = deferred(
    r"最近(?:那|的)?(?:一)?[条个]|刚才|刚刚|方才|上一?条|最后[一那这]?条|最后(?:申?报|发)的?|刚报"
)
_RIGHT: Final = deferred(
    rf"(?:应该|应当|实际|其实|只有|只做了)(?:是|为|有)?\s*(?P<new>{NUMERAL}个?半?(?:小时|钟头|袋|次|趟|人|元|块|毫升|斤|只|件))"
)
"""写成40小时了,应该4小时."""
_ALL: Final = deferred(EVERY)
_CLAUSE: Final = deferred(r"[,。;!?\n]+")
_LISTED: Final = deferred(r"(?<=\d)([号条]?)\s*,\s*(?=[#第]?\d)")
"""The commas of a list: 12,13这两条通过 is one clause."""
_BOTH: Final = deferred(r"\d[号条]?(?:这|那)?(?:几|两|三|四|五)条")
_EACH: Final = deferred(r"\d[^,。;\d]+、\s*[#第]?\d.*(?:[两三四五几]条|[两三四五几]个)都")
_APPROVES: Final = deferred(rf"{APPROVE}|{FINE}")
_REJECTS: Final = deferred(rf"{REJECT}|{UNFIT}")


def asking(talk: Talk, features: Features) -> Reading:
    """Fill what a question names: item, day, claim, household."""
    bad = talk.items.meant(talk.text, deductions=True)
    named = bad if bad and re.search(r"扣|罚", talk.text) else features.named or bad
    household = find_address(talk.text) or find_group(talk.text)
    slots = replace(
        item_slots(named),
        occurred=when(talk.text, talk.today),
        claim_ids=features.numbers,
        household=household.household if household else None,
        points=worth_in(talk.text),
    )
    return Reading(Intent.HELP, slots)


def objection(talk: Talk, features: Features) -> Reading:
    """Fill an objection: what it is about and why."""
    told = asking(talk, features).slots
    if told.item is None and (bad := talk.items.meant(_NOT_SO.sub("", talk.text), deductions=True)):
        told = replace(told, item=item_slots(bad).item, item_words=item_slots(bad).item_words)
    if told.item is None or re.search(r"违|乱(?!七)|没(?:有)?(?:牵|拴)|烧", talk.text):
        bad = talk.items.meant(talk.text, deductions=True)
        filled_in = item_slots(bad)
        told = replace(told, item=filled_in.item, item_words=filled_in.item_words) if bad else told
    points, _ = points_in(_NOT_BUT.sub(lambda m: m["yes"] or "是", talk.text))
    _, person = whom(talk.text)
    return Reading(
        Intent.OBJECTION,
        replace(told, points=points, reason=reason_in(talk.text) or talk.text, person=person),
    )


def goods(talk: Talk, _features: Features) -> Reading:
    """Fill what is to be had for points, and how many."""
    if (each := ordered(after_order(talk.text))) is not None:
        return each
    words, quantity, unit = find_goods(talk.text)
    points, _ = points_in(talk.text)
    slots = Slots(
        item_words=words, quantity=quantity, unit=unit, points=points, reason=words or None
    )
    several = [name for name in re.split(r"和|跟|、|还有", words) if name]
    if len(several) > 1:
        acts = tuple(
            Reading(Intent.REDEEM, replace(slots, item_words=name, reason=name)) for name in several
        )
        return replace(acts[0], acts=acts)
    return Reading(Intent.REDEEM, slots)


def withdrawal(talk: Talk, features: Features) -> Reading:
    """Fill which claim is to be withdrawn; one that is not named by number is asked about."""
    named = features.named
    slots = replace(
        item_slots(named),
        occurred=when(talk.text, talk.today),
        claim_ids=features.numbers,
        scope="last" if _LAST.search(talk.text) else None,
        reason=reason_in(talk.text),
    )
    return Reading(Intent.WITHDRAW_CLAIM, slots, asks=not slots.claim_ids)


def binding(talk: Talk, _features: Features) -> Reading:
    """Fill whose house is bound; of two (从…换到…) the last."""
    household, person = whom(talk.text)
    is_house = household is not None and "号" in household
    slots = Slots(household=household if is_house else None, person=person)
    return Reading(Intent.BIND, slots, asks=not is_house)


def decision(talk: Talk, features: Features, words: re.Pattern[str] | None = None) -> Slots:
    """Fill what is decided: numbers, or whose, which item, which day, and all of them.

    Of several numbers those count that stand beside the ``words`` that decide.
    """
    numbers = beside(features, words) if words else features.numbered
    ids = numbers.ids
    household, person = whom(talk.text)
    is_all = numbers.scope or (None if ids else _ALL.search(talk.text) and "all")
    return replace(
        item_slots(features.named),
        claim_ids=ids,
        except_ids=numbers.except_ids,
        scope=is_all or None,
        household=household,
        person=person,
        occurred=when(_NOT_THAT.sub(" ", talk.text), talk.today),
    )


def beside(features: Features, words: re.Pattern[str]) -> Numbered:
    """Return the claims of the clause that decides: ``91跟92是一桩事,留91,驳回92`` is 92."""
    every = features.numbered
    if every.except_ids or every.scope:
        return every
    text = features.numbered_text
    for clause in _CLAUSE.split(_LISTED.sub(r"\1、", text) if _BOTH.search(text) else text):
        if words.search(clause) and (found := find_numbers(clause)).ids:
            return _of_each(clause, found)
    return every


def _of_each(clause: str, first: Numbered) -> Numbered:
    """Return all claims of 61张家的、62李家的两条都通过, whose numbers stand apart."""
    if not _EACH.search(clause):
        return first
    ids, rest = first.ids, first.rest
    while (more := find_numbers(rest)).ids:
        ids, rest = (*ids, *more.ids), more.rest
    return replace(first, ids=tuple(dict.fromkeys(ids)))


def approval(talk: Talk, features: Features) -> Reading:
    """Fill an approval; without numbers it is sure only of all there is."""
    points, _ = points_in(talk.text)
    slots = replace(decision(talk, features, _APPROVES), points=points)
    return Reading(Intent.APPROVE, slots, asks=not slots.claim_ids)


def rejection(talk: Talk, features: Features) -> Reading:
    """Fill a rejection with its reason."""
    slots = replace(decision(talk, features, _REJECTS), reason=reason_in(talk.text))
    return Reading(Intent.REJECT, slots, asks=not slots.claim_ids)


def adjustment(talk: Talk, features: Features) -> Reading:
    """Fill new points, a change of points, or a new amount."""
    numbers = features.numbered
    told = talk.text
    if numbers.ids and not talk.quoted_ids:
        told = re.sub(rf"(?<![\d.])[#第]?{numbers.ids[0]}(?:号|条)?(?![\d.])", " ", told, count=1)
    text = _NOT_BUT.sub(lambda m: f" {m['yes'] or ''} ", told)
    points, delta = change_in(text)
    changed = re.split(r"改(?:成|为)?", text)[-1]
    right = _RIGHT.search(text)
    counted = (right and find_quantity(right["new"])) or find_quantity(changed)
    counted = counted or find_quantity(text)
    halved = points is None and delta is None and is_halved(talk.text)
    counted = counted if points is None and delta is None and not halved else None
    slots = replace(
        decision(talk, features),
        points=points,
        delta=delta,
        is_halved=halved,
        quantity=counted.amount if counted else None,
        unit=counted.unit if counted else None,
        reason=reason_in(talk.text),
    )
    is_told = points is not None or delta is not None or slots.is_halved
    return Reading(Intent.ADJUST, slots, asks=not (slots.claim_ids and is_told))


def claim(talk: Talk, features: Features) -> Reading:
    """Fill a claim told in a sentence."""
    reading = spoken_claim(talk)
    return reading if features.item else replace(reading, asks=True)


FILLERS: Final[Mapping[Intent, Filler]] = {
    Intent.CLAIM: claim,
    Intent.OBJECTION: objection,
    Intent.REDEEM: goods,
    Intent.REDEEM_LIST: goods,
    Intent.WITHDRAW_CLAIM: withdrawal,
    Intent.BIND: binding,
    Intent.APPROVE: approval,
    Intent.REJECT: rejection,
    Intent.ADJUST: adjustment,
    Intent.RECORD_FOR: record,
    Intent.DEDUCT: deduction,
}


def filled(intent: Intent, talk: Talk, features: Features) -> Reading:
    """Return the reading of an intent with all that the words hold."""
    reading = FILLERS.get(intent, asking)(talk, features)
    return replace(reading, intent=intent)


__all__ = ["bare", "filled"]
