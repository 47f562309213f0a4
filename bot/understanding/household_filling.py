"""Fill what a committee records of households (代录, 扣分): one house, several, or people of a group."""

from dataclasses import replace

from bot.understanding.addresses import find_address, find_group, houses_in
from bot.understanding.claim_reading import read_act
from bot.understanding.features import Features
from bot.understanding.items import Named
from bot.understanding.people import people_of_groups
from bot.understanding.periods import when
from bot.understanding.points import bare_points, points_in
from bot.understanding.quantities import find_quantity
from bot.understanding.reading import Intent, Reading, Slots
from bot.understanding.talk import Talk
from bot.understanding.whom import name_after, whom


def item_slots(named: Named | None) -> Slots:
    """Return the slots of an item; of several the first where nothing is changed."""
    if named is None:
        return Slots()
    code = named.code or (named.choices[0] if named.choices else None)
    return Slots(item=code, item_choices=() if code else named.choices, item_words=named.words)


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
