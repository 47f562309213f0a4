"""The filing desk: 申报, 代录 and 扣分 become claims."""

from dataclasses import dataclass, replace

from bot.commands.case import Case
from bot.commands.claim_parts import (
    Filing,
    act_of,
    day_of,
    needed,
    new_claim,
    note,
    others,
    quote_claim,
    store,
    waiting_photos,
)
from bot.commands.finding import check_present, find_household, find_item
from bot.understanding.reading import Reading
from domain.authority import require_committee, require_member
from domain.claim import CLAIM_STEPS, Claim, ClaimAction, ClaimOrigin, CommitteeOnly, check_day
from domain.points import Points, tenths
from domain.quote import Quote, check_cooldown, check_room
from domain.refusal import Refusal
from domain.rulebook import Item, Kind, Rulebook
from domain.scoring import QuantityMissing, TierMissing, tier_named
from domain.usage import PENDING
from domain.workflow import step
from storage.villages import Household


@dataclass(frozen=True, slots=True)
class ClaimIncomplete:
    """A draft and what is still missing: photos, a quantity in ``unit``, or a level."""

    claim: Claim
    item: Item
    household: Household
    photos_missing: int
    unit: str | None = None
    tiers: tuple[str, ...] = ()
    is_own: bool = True


@dataclass(frozen=True, slots=True)
class ClaimReceived:
    """A complete claim that waits for review; ``defaults`` names what was not said."""

    claim: Claim
    item: Item
    household: Household
    quote: Quote
    is_own: bool = True


@dataclass(frozen=True, slots=True)
class Recorded:
    """A claim that the committee wrote down; ``said`` is an amount the rule does not give."""

    claim: Claim
    item: Item
    household: Household
    quote: Quote
    needed: int
    said: Points | None = None


class PrivateItem(Refusal):
    """The item is claimed in direct chat only, never before a whole room."""

    def __init__(self, item_name: str) -> None:
        super().__init__(item_name)
        self.item_name = item_name


class HouseholdMissing(Refusal):
    """A record needs a household: group and number, or the head's name."""


class WrongDesk(Refusal):
    """A deduction is not recorded as an award, nor the other way round."""

    def __init__(self, item_name: str, *, is_deduction: bool) -> None:
        super().__init__(item_name)
        self.item_name = item_name
        self.is_deduction = is_deduction


def file_claim(
    case: Case, reading: Reading, *, is_last: bool = True
) -> ClaimReceived | ClaimIncomplete:
    """Take a villager's claim (申报): complete, or a draft that waits for what is missing.

    Photos from up to three minutes before the words are attached; of several
    acts in one message the last one takes those that are left over.

    Raises:
        NotBound, HouseholdUnknown, HouseholdAmbiguous: Who it is for is not clear.
        ItemUnclear, ItemUnknown, ItemOff, ItemMissing, CommitteeOnly, PrivateItem: The item.
        ActInFuture, ClaimTooLate, YearClosed: The day.
        CapReached, CooldownRunning, QuantityImpossible, QuantityRough: The amount.
        RulebookMissing: The village has no rulebook in force.

    """
    own = require_member(case.person)
    assert case.person is not None, "a member is a person"
    rulebook = case.rulebook(min(day_of(case, reading.slots), case.today))
    item = find_item(reading.slots, rulebook)
    if not item.may_be_filed_by_villager():
        raise CommitteeOnly(item.short_name)
    if item.is_private and case.room is not None:
        raise PrivateItem(item.short_name)
    household = find_household(case, reading.slots) or case.books.households.get(case.home.id, own)
    act = act_of(case, replace(reading.slots, points=None), item)  # their own guess counts nothing
    check_present(household, act.occurred_on)
    check_day(
        act.occurred_on,
        today=case.today,
        deadline_days=rulebook.claim_deadline_days,
        closed_through=case.home.closed_through,
    )
    filing = Filing(case.person, household, item, rulebook, act, ClaimOrigin.CLAIM)
    photos = waiting_photos(case, at_most=None if is_last else item.photos_min)
    outcome = _judged(
        case, new_claim(case, filing, photos), item=item, rulebook=rulebook, household=household
    )
    store(case, outcome.claim, photos)
    return outcome


def record(case: Case, reading: Reading, origin: ClaimOrigin) -> Recorded:
    """Write down a paper claim (代录) or a deduction (扣分) for a household.

    It waits for other members of the committee; who wrote it down does not
    approve it.

    Raises:
        NotAllowed: The person is not on the committee.
        HouseholdMissing, HouseholdUnknown, HouseholdAmbiguous: Whose it is.
        ItemUnclear, ItemUnknown, ItemOff, ItemMissing, WrongDesk: The item.
        CapReached: An award that could bring nothing.

    """
    person = require_committee(case.person)
    rulebook = case.rulebook(min(day_of(case, reading.slots), case.today))
    item = find_item(reading.slots, rulebook)
    if item.is_deduction is not (origin is ClaimOrigin.DEDUCTION):
        raise WrongDesk(item.short_name, is_deduction=item.is_deduction)
    household = find_household(case, reading.slots)
    if household is None:
        raise HouseholdMissing
    act = act_of(case, reading.slots, item)
    check_present(household, act.occurred_on)
    check_day(
        act.occurred_on,
        today=case.today,
        deadline_days=None,
        closed_through=case.home.closed_through,
    )
    photos = waiting_photos(case, at_most=None)
    filing = Filing(person, household, item, rulebook, act, origin)
    claim = new_claim(case, filing, photos)
    found = quote_claim(claim, item=item, rulebook=rulebook, beside=others(case, claim))
    check_room(found, item)
    submitted = _submitted(claim, found)
    store(case, submitted, photos)
    people = needed(submitted, item=item, rulebook=rulebook, worth=found.worth)
    return Recorded(submitted, item, household, found, people, _differing(reading, found))


def complete(
    case: Case, claim: Claim, *, item: Item, rulebook: Rulebook
) -> ClaimReceived | ClaimIncomplete:
    """Submit a stored draft if nothing is missing, else say what is.

    Raises:
        CapReached, CooldownRunning, QuantityImpossible: It could never be approved.

    """
    household = case.books.households.get(case.home.id, claim.household)
    outcome = _judged(case, claim, item=item, rulebook=rulebook, household=household)
    if isinstance(outcome, ClaimReceived):
        case.books.claims.save(case.home.id, outcome.claim)
        note(case, outcome.claim, "submit", points=outcome.claim.expected)
    return outcome


def _judged(
    case: Case, claim: Claim, *, item: Item, rulebook: Rulebook, household: Household
) -> ClaimReceived | ClaimIncomplete:
    """Return a draft as submitted, or what it lacks; nothing is stored here."""
    is_own = not claim.is_for_other
    beside = others(case, claim)
    check_cooldown(claim.act, item=item, claims=beside, states=PENDING)
    unit: str | None = None
    found = Quote(None, None, None)
    try:
        found = quote_claim(claim, item=item, rulebook=rulebook, beside=beside)
    except QuantityMissing as missing:
        unit = missing.unit
    else:
        check_room(found, item)
    needs_tier = item.kind is Kind.TIER and tier_named(item, claim.act.tier) is None
    tiers = TierMissing(item).names if needs_tier else ()
    photos_missing = max(0, item.photos_min - len(claim.photos))
    if photos_missing or unit or tiers:
        return ClaimIncomplete(claim, item, household, photos_missing, unit, tiers, is_own)
    return ClaimReceived(_submitted(claim, found), item, household, found, is_own)


def _submitted(claim: Claim, found: Quote) -> Claim:
    state = step(CLAIM_STEPS, claim.state, ClaimAction.COMPLETE)
    return replace(claim, state=state, expected=found.points, expires_at=None)


def _differing(reading: Reading, found: Quote) -> Points | None:
    """Return the amount that was said if it is not what the rule gives."""
    if reading.slots.points is None or found.worth is None:
        return None
    said = tenths(abs(reading.slots.points))
    return None if said == abs(found.worth) else said
