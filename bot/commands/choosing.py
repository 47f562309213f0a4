"""Choosing (哪几条): which claims a committee member's words mean."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from bot.commands.case import Case
from bot.commands.finding import find_household, group_of
from bot.understanding.reading import Occurred, Reading, Slots
from domain.claim import Claim
from domain.period import village_day
from domain.refusal import Refusal

MANY_MAX: Final = 100


class NothingToDecide(Refusal):
    """No claim was named."""


class NothingWaits(Refusal):
    """All that wait were meant (全部通过), and none does; ``others`` wait beside what was said."""

    def __init__(self, others: int) -> None:
        super().__init__(str(others))
        self.others = others


def chosen(case: Case, slots: Slots) -> tuple[int, ...]:
    """Return the numbers that are meant, without those that are excepted, at most 100.

    全部 means what waits, narrowed by what else was said: a household or a
    group, an item, a day (of the act, or of the filing).
    """
    if slots.scope != "all" and not (slots.except_ids and not slots.claim_ids):
        named = dict.fromkeys(slots.claim_ids)
        return tuple(n for n in named if n not in slots.except_ids)[:MANY_MAX]
    waiting: Iterable[Claim] = case.books.claims.waiting(case.home.id, limit=MANY_MAX)
    if slots.item:
        waiting = [c for c in waiting if c.act.item == slots.item]
    if slots.occurred:
        waiting = [c for c in waiting if _is_of(c, slots.occurred)]
    if slots.household or slots.person:
        homes = _households(case, slots)
        waiting = [c for c in waiting if c.household in homes]
    return tuple(c.key.number for c in waiting if c.key.number not in slots.except_ids)


def nothing_chosen(case: Case, said: Sequence[Slots]) -> Refusal:
    """Return why no claim is meant: none is named, or none of that kind waits."""
    if any(slots.scope == "all" or slots.except_ids for slots in said):
        return NothingWaits(len(case.books.claims.waiting(case.home.id, limit=MANY_MAX)))
    return NothingToDecide()


def named(case: Case, reading: Reading) -> Reading:
    """Return a decision in which 全部 is put into numbers, so that a yes means just these."""
    if reading.slots.scope != "all":
        return reading
    numbers = chosen(case, reading.slots)
    return replace(reading, slots=replace(reading.slots, claim_ids=numbers, scope=None))


def _is_of(claim: Claim, occurred: Occurred) -> bool:
    end = occurred.date_to or occurred.date
    days = (claim.act.occurred_on, village_day(claim.filed_at))
    return any(occurred.date <= day <= end for day in days)


def _households(case: Case, slots: Slots) -> frozenset[int]:
    """Return the households of an address, of a name, or of a whole group (3组).

    Raises:
        HouseholdUnknown, HouseholdAmbiguous: Nothing, or too much, fits.

    """
    group = group_of(slots)
    if group is not None and not slots.person:
        every = case.books.households.all(case.home.id)
        return frozenset(h.id for h in every if h.group_no == group)
    found = find_household(case, slots)
    return frozenset() if found is None else frozenset({found.id})
