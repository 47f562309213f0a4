"""Fill the slots of an intent that the patterns told (填空)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from bot.understanding.addresses import find_address, find_group, houses_in
from bot.understanding.claim_command import spoken_claim
from bot.understanding.claim_numbers import Numbered, find_numbers
from bot.understanding.claim_reading import read_act
from bot.understanding.deferred import deferred
from bot.understanding.features import Features
from bot.understanding.goods import find_goods
from bot.understanding.items import Named
from bot.understanding.normalise import bare
from bot.understanding.patterns.words import APPROVE, EVERY, FINE, REJECT, UNFIT
from bot.understanding.people import people_of_groups
from bot.understanding.periods import when
from bot.understanding.points import bare_points, change_in, is_halved, points_in, worth_in
from bot.understanding.quantities import find_quantity
from bot.understanding.reading import Intent, Reading, Slots
from bot.understanding.reasons import reason_in
from bot.understanding.talk import Talk
from bot.understanding.whom import name_after, whom

Filler = Callable[[Talk, Features], Reading]
_NOT_BUT: Final = deferred(
    r"不是(?P<no>[^,。;是]{1,16})[,。;\s]*(?:而?是|应该是?|应当是?|要|得)|(?P<yes>[^,。;\s]{0,8}?[\d一二两三四五六七八九十半][^,。;\s]{0,6})[,\s]*不是[^,。;\s]{1,12}"
)
_NOT_THAT: Final = deferred(r"不是[^,。;是]{1,16}[,。;\s]*(?:而?是|应该?是|应当是)")
_LAST: Final = deferred(r"刚才|刚刚|方才|上一?条|最后[一那这]?条|最后(?:申?报|发)的?|刚报")
_ALL: Final = deferred(EVERY)
_CLAUSE: Final = deferred(r"[,。;!?\n]+")
_LISTED: Final = deferred(r"(?<=\d)([号条]?)\s*,\s*(?=[#第]?\d)")
"""The commas of a list: 12,13这两条通过 is one clause."""
_BOTH: Final = deferred(r"\d[号条]?(?:这|那)?(?:几|两|三|四|五)条")
_EACH: Final = deferred(r"\d[^,。;\d]+、\s*[#第]?\d.*(?:[两三四五几]条|[两三四五几]个)都")
_APPROVES: Final = deferred(rf"{APPROVE}|{FINE}")
_REJECTS: Final = deferred(rf"{REJECT}|{UNFIT}")


def item_slots(named: Named | None) -> Slots:
    """Return the slots of an item; of several the first where nothing is changed."""
    if named is None:
        return Slots()
    code = named.code or (named.choices[0] if named.choices else None)
    return Slots(item=code, item_choices=() if code else named.choices, item_words=named.words)


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
    counted = find_quantity(changed) or find_quantity(text)
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


def record(talk: Talk, features: Features) -> Reading:
    """Fill a record on behalf of a household."""
    return _of_whom(talk, features, Intent.RECORD_FOR, deductions=False)


def deduction(talk: Talk, features: Features) -> Reading:
    """Fill a deduction."""
    reading = _of_whom(talk, features, Intent.DEDUCT, deductions=True)
    if reading.acts:
        return reading
    points = points_in(talk.text)[0] or bare_points(talk.text)
    return replace(reading, slots=replace(reading.slots, points=points))


def _of_whom(talk: Talk, _features: Features, intent: Intent, *, deductions: bool) -> Reading:
    if len(houses := houses_in(talk.text)) > 1:
        return _of_houses(talk, houses, intent, deductions=deductions)
    if len(people := people_of_groups(talk.text)) > 1:
        return _of_people(talk, people, intent, deductions=deductions)
    household, person = whom(talk.text)
    address = find_address(talk.text) or find_group(talk.text)
    body = f"{address.before} {address.after}" if address else talk.text
    told = read_act(body, talk.items, talk.today, deductions=deductions, guesses=False).slots
    slots = replace(told, household=household, person=person)
    is_house = household is not None and "号" in household
    return Reading(intent, slots, asks=not (slots.item and is_house))


def _of_houses(
    talk: Talk, houses: tuple[tuple[str, int, int], ...], intent: Intent, *, deductions: bool
) -> Reading:
    """Return one act for each house of a list; what is said once holds for all."""
    shared = talk.text[: houses[0][1]] + " " + talk.text[houses[-1][2] :]
    said = "".join(_between_houses(talk.text, houses))
    common = read_act(said, talk.items, talk.today, deductions=deductions, guesses=False).slots
    day = when(shared, talk.today) or common.occurred
    points, _ = points_in(said)
    ends = [*(house[1] for house in houses[1:]), len(talk.text)]
    acts = []
    for (name, start, end), until in zip(houses, ends, strict=True):
        own = talk.text[end:until] if start < until else ""
        counted = find_quantity(own)
        named = item_slots(talk.items.meant(own, deductions=deductions))
        slots = replace(
            common, household=name, occurred=day,
            item=named.item or common.item, item_words=named.item_words or common.item_words,
            quantity=counted.amount if counted else None, unit=counted.unit if counted else None,
            points=points_in(own)[0] or points, person=name_after(own),
        )  # fmt: skip
        acts.append(Reading(intent, slots, asks=slots.item is None))
    return replace(acts[0], acts=tuple(acts))


def _between_houses(text: str, houses: tuple[tuple[str, int, int], ...]) -> list[str]:
    """Return the words before, between and after the houses."""
    starts = [0, *(end for _, _, end in houses)]
    ends = [*(start for _, start, _ in houses), len(text)]
    return [f"{text[a:b]} " for a, b in zip(starts, ends, strict=True) if a < b]


def _of_people(
    talk: Talk, people: tuple[tuple[str, str], ...], intent: Intent, *, deductions: bool
) -> Reading:
    """Return one act for each of 1组奚阿婆、2组凌阿姨; the houses are asked about."""
    common = read_act(talk.text, talk.items, talk.today, deductions=deductions, guesses=False).slots
    acts = tuple(
        Reading(intent, replace(common, household=group, person=name), asks=True)
        for group, name in people
    )
    return replace(acts[0], acts=acts)


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
