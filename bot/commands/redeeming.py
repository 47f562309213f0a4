"""The redemption desk (兑换): an order is kept, and taken back."""

from dataclasses import dataclass

from bot.commands.case import Answer, Case, Notice
from bot.commands.collection import new_code
from bot.commands.finding import find_household
from bot.commands.redemption_asking import catalogue, day_of, spendable, what
from bot.understanding.catalogue import find_good
from bot.understanding.reading import Slots
from domain.authority import require_committee, require_member
from domain.membership import HouseholdId, Role
from domain.points import Points
from domain.redemption import (
    Order,
    QuantityUnclear,
    Redemption,
    RedemptionAction,
    RedemptionKey,
    RedemptionNotYours,
    RedemptionState,
    RedemptionUnknown,
    RoundNotOpen,
    check_order,
    payment,
)
from domain.redemption_round import Good, Round, RoundKey, RoundState, budget_level, taken
from domain.refusal import Refusal
from schedules.redemption import current, good_words, return_one
from storage.villages import Household


@dataclass(frozen=True, slots=True)
class Reserved:
    """An order is kept: what, for how much, the code to collect it with, what is left."""

    redemption: Redemption
    round: Round
    household: Household
    code: str
    spendable: Points
    is_own: bool


@dataclass(frozen=True, slots=True)
class BudgetWarned:
    """So much of a round's budget is bespoken, told to the administrators."""

    round: Round
    level: int


@dataclass(frozen=True, slots=True)
class OrderCancelled:
    """An order was taken back; points and pieces returned."""

    redemption: Redemption
    what: str
    household: Household
    spendable: Points


class GoodUnknown(Refusal):
    """The catalogue holds nothing like the words."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class GoodUnclear(Refusal):
    """Several goods may be meant; the person chooses by number, ``rest`` goes on with it."""

    def __init__(self, names: tuple[str, ...], *, goods: tuple[int, ...], order: "Wanted") -> None:
        super().__init__(" ".join(names))
        self.names = names
        self.goods = goods
        self.order = order


class OrderNumberMissing(Refusal):
    """Taking back needs the number of the order."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An order whose good is still to be chosen."""

    round: RoundKey
    household: HouseholdId
    quantity: int | None


def redeem(case: Case, slots: Slots) -> Answer:
    """Keep an order (兑换 洗衣液 2); without words, tell the catalogue.

    Only the committee orders for another household, for people without a phone.

    Raises:
        NotBound, NotAllowed, HouseholdUnknown, HouseholdAmbiguous: Whose points.
        RoundNotOpen, GoodUnknown, GoodUnclear, QuantityUnclear: What.
        LimitReached, OutOfStock, PointsShort: It cannot be had.

    """
    is_for_other = bool(slots.household or slots.person)
    words = slots.body or _composed(slots)
    if not words and not is_for_other:
        return Answer((catalogue(case),))
    own = None if is_for_other else require_member(case.person)
    if is_for_other:
        require_committee(case.person)
    household = own or _other(case, slots)
    round_ = open_round(case)
    picked = find_good(words, [good.name for good in round_.plan.goods])
    if not picked.choices:
        raise GoodUnknown(slots.item_words or words)
    goods = tuple(round_.plan.goods[i] for i in picked.choices)
    wanted = Wanted(round_.key, household, picked.quantity)
    if not picked.is_sure:
        numbers = tuple(good.number for good in goods)
        raise GoodUnclear(tuple(good.name for good in goods), goods=numbers, order=wanted)
    return order(case, wanted, goods[0].number)


def order(case: Case, wanted: Wanted, number: int) -> Answer:
    """Keep an order whose good is known: points, stock and limit in this transaction.

    The village is held first, so of two who want the last piece one gets it.

    Raises:
        RoundNotOpen, QuantityUnclear, LimitReached, OutOfStock, PointsShort: See ``check_order``.

    """
    books, village, today = case.books, case.home.id, day_of(case)
    assert case.person is not None, "somebody is bound, as the caller saw"
    books.villages.lock(village)
    round_ = books.rounds.get(village, wanted.round)
    if round_ is None or not round_.is_open(today):
        raise _not_open(case)
    good = round_.good(number)
    if wanted.quantity is None:
        raise QuantityUnclear(good.name, good.unit)
    held = books.redemptions.held(village, round_.key, good=number, household=wanted.household)
    balance = books.ledger.balance(village, wanted.household, year=round_.key.year)
    is_own = case.person.household == wanted.household
    asked = Order(wanted.household, good, wanted.quantity, held, balance, is_own)
    price = check_order(asked, round_, today=today)
    key = RedemptionKey(
        round_.key.year, books.villages.next_number(village, "redemption", round_.key.year)
    )
    redemption = Redemption(
        key=key,
        round=round_.key,
        good=number,
        household=wanted.household,
        quantity=wanted.quantity,
        points=price,
        state=RedemptionState.RESERVED,
        reserved_by=case.person.id,
        reserved_at=case.now,
    )
    return _kept(case, redemption, round_, good)


def _kept(case: Case, redemption: Redemption, round_: Round, good: Good) -> Answer:
    """Store an order, its payment and its pieces; tell the code, and warn of the budget."""
    books, village = case.books, case.home.id
    name = good_words(round_, redemption)
    code, digest = new_code(case, redemption)
    books.ledger.post(village, payment(redemption, name=name, today=day_of(case)), at=case.now)
    books.rounds.take(village, round_.key, good.number, redemption.quantity)
    books.redemptions.add(village, redemption, code_digest=digest)
    household = books.households.get(village, redemption.household)
    left = spendable(case, redemption.household)
    is_own = case.person is not None and case.person.household == redemption.household
    result = Reserved(redemption, round_, household, code, left, is_own)
    after = taken(round_, good.number, redemption.quantity)
    return Answer((result,), _warnings(case, round_, after))


def _warnings(case: Case, before: Round, after: Round) -> tuple[Notice, ...]:
    """Tell each administrator, by day, that another part of the budget is bespoken."""
    level, village = budget_level(after), case.home.id
    if level <= budget_level(before):
        return ()
    told, notices = BudgetWarned(after, level), []
    own = f"notice:{village}:redemption:budget:{after.key.year}-{after.key.number}:{level}"
    for person in case.books.people.holders(village, Role.ADMINISTRATOR):
        contacts = case.books.people.contacts_of(village, person)
        key = f"{own}:{person}"
        notices += [Notice(key, c, None, told, is_quiet=True) for c in contacts[:1]]
    return tuple(notices)


def cancel(case: Case, slots: Slots) -> Answer:
    """Take an order back (取消兑换 3), by its household or the committee.

    Raises:
        OrderNumberMissing, RedemptionUnknown, RedemptionNotYours, RedemptionSettled: Which.

    """
    if not slots.claim_ids:
        raise OrderNumberMissing
    number, books, village = slots.claim_ids[0], case.books, case.home.id
    reviews = case.person is not None and case.person.reviews
    own = None if reviews else require_member(case.person)
    assert case.person is not None, "checked above"
    books.villages.lock(village)
    found = books.redemptions.get(village, RedemptionKey(day_of(case).year, number))
    if found is None:
        raise RedemptionUnknown(number)
    if not reviews and found.household != own:
        raise RedemptionNotYours(number)
    name = what(case, found)
    settled = return_one(
        books, village, found, RedemptionAction.CANCEL, by=case.person.id, now=case.now
    )
    household = books.households.get(village, found.household)
    result = OrderCancelled(settled, name, household, spendable(case, found.household))
    is_own = case.person.household == found.household
    return Answer((result,), () if is_own else told_at_home(case, settled, result, "cancelled"))


def told_at_home(
    case: Case, redemption: Redemption, result: object, occasion: str
) -> tuple[Notice, ...]:
    """Tell the household's latest phone, directly and by day, what others did with its order."""
    village, key = case.home.id, redemption.key
    own = f"notice:{village}:redemption:{occasion}:{key.year}-{key.number}"
    contacts = case.books.people.of_household(village, redemption.household)
    return tuple(Notice(own, c, None, result, is_quiet=True) for c in contacts[:1])


def open_round(case: Case) -> Round:
    """Return the round that takes orders now.

    Raises:
        RoundNotOpen: There is none.

    """
    rounds = current(case.books, case.home.id, today=day_of(case))
    found = next((r for r in rounds if r.is_open(day_of(case))), None)
    if found is None:
        raise _not_open(case)
    return found


def _not_open(case: Case) -> RoundNotOpen:
    rounds = current(case.books, case.home.id, today=day_of(case))
    coming = next((r for r in rounds if r.state is RoundState.DRAFT), None)
    last = case.books.rounds.latest(case.home.id)
    return RoundNotOpen(
        coming.plan.opens_on if coming else None, last.plan.closes_on if last else None
    )


def _other(case: Case, slots: Slots) -> HouseholdId:
    household = find_household(case, slots)
    assert household is not None, "a household is named, as the caller saw"
    return household.id


def _composed(slots: Slots) -> str:
    """Return the words of an order that was read in parts: 两瓶洗衣液."""
    amount = "" if slots.quantity is None else f"{slots.quantity.normalize():f}{slots.unit or ''}"
    return f"{amount}{slots.item_words}".strip()
