"""Finding what words name: households, claims, items."""

from collections.abc import Callable
from datetime import date
from typing import Final

from bot.commands.case import Case
from bot.understanding.deferred import deferred
from bot.understanding.reading import Slots
from domain.claim import UNDECIDED, Claim, ClaimKey, ClaimUnknown
from domain.membership import HouseholdAmbiguous, HouseholdUnknown
from domain.refusal import Refusal
from domain.rulebook import Item, ItemOff, ItemUnknown, Rulebook
from storage.villages import Household

_ADDRESS: Final = deferred(r"(\d+)组(.+)号")
_GROUP: Final = deferred(r"(\d+)组")
_OWN: Final = deferred(r"我|阿拉|伲|俺")
"""A relative of one's own (我婆婆) is spoken of within one's own household."""
CHOICES_MAX: Final = 3
Fits = Callable[[Claim], bool]


class ItemUnclear(Refusal):
    """The words may mean several items; the person chooses by number."""

    def __init__(self, words: str, choices: tuple[Item, ...]) -> None:
        super().__init__(words)
        self.words = words
        self.choices = choices


class HouseholdAway(Refusal):
    """The household takes part no longer since a day; what came before it stays."""

    def __init__(self, head: str, since: date) -> None:
        super().__init__(f"{head} {since}")
        self.head = head
        self.since = since


class ItemMissing(Refusal):
    """No item was named at all."""


def find_household(case: Case, slots: Slots) -> Household | None:
    """Return the household that an address or a name means; None when neither was given.

    Raises:
        HouseholdUnknown: Nothing fits, or the head at the address has another name.
        HouseholdAmbiguous: Several heads bear the name.

    """
    households, village = case.books.households, case.home.id
    if slots.household and group_of(slots) is None:
        found = _ADDRESS.fullmatch(slots.household)
        at = households.at(village, int(found[1]), found[2]) if found else None
        if at is None:
            raise HouseholdUnknown(slots.household)
        return at
    if not slots.person or _OWN.match(slots.person):
        return None
    named = households.headed(village, slots.person.removesuffix("家"))
    if not named:
        raise _unknown(case, slots)
    if len(named) > 1:
        raise HouseholdAmbiguous(slots.person, tuple(address(h) for h in named[:CHOICES_MAX]))
    return named[0]


def group_of(slots: Slots) -> int | None:
    """Return the group when the words name no more of an address than that (3组)."""
    found = _GROUP.fullmatch(slots.household or "")
    return int(found[1]) if found else None


def _unknown(case: Case, slots: Slots) -> Refusal:
    """Return who may be meant by 3组王阿婆: the heads of the group with that surname."""
    assert slots.person, "somebody was named"
    group, surname = group_of(slots), slots.person.lstrip("老小阿")[:1]
    alike = case.books.households.headed(case.home.id, surname) if surname else ()
    near = [h for h in alike if group in {None, h.group_no}][:CHOICES_MAX]
    if group is None or not near:
        return HouseholdUnknown(slots.person)
    return HouseholdAmbiguous(slots.person, tuple(address(h) for h in near))


def check_present(household: Household, day: date) -> None:
    """Refuse what is for a household that took part no longer on a day.

    Raises:
        HouseholdAway: It left, or was merged, before that day.

    """
    if household.eligible_until is not None and day >= household.eligible_until:
        raise HouseholdAway(household.head, household.eligible_until)


def address(household: Household) -> str:
    """Return a household as the committee knows it, in the parts that replies join."""
    return f"{household.group_no}|{household.house_no}|{household.head}"


def find_item(slots: Slots, rulebook: Rulebook) -> Item:
    """Return the item that the words name.

    Raises:
        ItemUnclear: Up to three items may be meant.
        ItemUnknown: The words name none.
        ItemOff: The village has not opened it.
        ItemMissing: There are no words.

    """
    if slots.item:
        item = rulebook.item(slots.item)
        if not item.is_on:
            raise ItemOff(item.short_name)
        return item
    if slots.item_choices:
        choices = tuple(rulebook.item(code) for code in slots.item_choices[:CHOICES_MAX])
        raise ItemUnclear(slots.item_words, choices)
    if not slots.item_words.strip():
        raise ItemMissing
    raise ItemUnknown(slots.item_words)


def find_claim(
    case: Case, number: int, *, year: int | None = None, fits: tuple[Fits, ...] = ()
) -> Claim:
    """Return the claim behind a number: this year's, else last year's.

    A page names the ``year`` as well, and so may the words (2026年2号). Without it
    the claim that ``fits`` what is to be done is meant: of the first wish that
    either year's claim meets, this year's before last year's. So an objection in
    January finds the claim of December that is on show, though January has its
    number as well.

    Raises:
        ClaimUnknown: There is none.

    """
    years = (case.today.year, case.today.year - 1) if year is None else (year,)
    keys = (ClaimKey(one, number) for one in years)
    found = [claim for key in keys if (claim := case.books.claims.get(case.home.id, key))]
    if not found:
        raise ClaimUnknown(number)
    wished = (claim for fit in fits for claim in found if fit(claim))
    return next(wished, found[0])


def waits(claim: Claim) -> bool:
    """Return whether a claim is undecided: what a reviewer means by a number."""
    return claim.state in UNDECIDED
