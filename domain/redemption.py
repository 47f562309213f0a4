"""Redemption (兑换): reserve, hand over, cancel, lapse - and what each posts."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from domain.claim import Sha256
from domain.ledger import Balance, BalanceTooLow, EntryKind, Posting
from domain.membership import HouseholdId, Person, PersonId
from domain.period import Month, month_of
from domain.points import Points
from domain.redemption_round import Good, Round, RoundKey
from domain.refusal import Refusal
from domain.workflow import step

PIECES_MAX: Final = 99
CODE_LENGTH: Final = 6
"""30 bits: only members of the committee may try, five times in half an hour."""
DECEMBER: Final = 12


class RedemptionState(StrEnum):
    """Where a reservation stands."""

    RESERVED = "reserved"
    HANDED_OVER = "handed-over"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"


class RedemptionAction(StrEnum):
    """What can be done to a reservation."""

    HAND_OVER = "hand-over"
    CANCEL = "cancel"
    LAPSE = "lapse"


REDEMPTION_STEPS: Final = {
    (RedemptionState.RESERVED, RedemptionAction.HAND_OVER): RedemptionState.HANDED_OVER,
    (RedemptionState.RESERVED, RedemptionAction.CANCEL): RedemptionState.CANCELLED,
    (RedemptionState.RESERVED, RedemptionAction.LAPSE): RedemptionState.LAPSED,
}
"""What is handed over stays so: goods do not come back by a message."""

TAKES_STOCK: Final = frozenset({RedemptionState.RESERVED, RedemptionState.HANDED_OVER})
RETURNED: Final = frozenset({RedemptionState.CANCELLED, RedemptionState.LAPSED})


@dataclass(frozen=True, slots=True, order=True)
class RedemptionKey:
    """The number of a redemption within its village and year (#3)."""

    year: int
    number: int

    @property
    def reserve_cause(self) -> str:
        """The ledger's natural key of what is paid: ``redemption:2026:3:reserve``."""
        return f"redemption:{self.year}:{self.number}:reserve"

    @property
    def refund_cause(self) -> str:
        """The ledger's natural key of what is given back: ``redemption:2026:3:refund``."""
        return f"redemption:{self.year}:{self.number}:refund"


@dataclass(frozen=True, slots=True)
class Redemption:
    """One reservation and what became of it; it is the voucher (凭证) once handed over.

    ``points`` is the whole price, positive; ``settled_by`` handed over or
    cancelled, None if the calendar let it lapse.
    """

    key: RedemptionKey
    round: RoundKey
    good: int
    household: HouseholdId
    quantity: int
    points: Points
    state: RedemptionState
    reserved_by: PersonId
    reserved_at: datetime
    settled_by: PersonId | None = None
    settled_at: datetime | None = None
    photo: Sha256 | None = None


class RoundNotOpen(Refusal):
    """No round takes orders now; ``opens_on`` is the next one's first day, if any is planned."""

    def __init__(self, opens_on: date | None, last_on: date | None) -> None:
        super().__init__(f"{opens_on} {last_on}")
        self.opens_on = opens_on
        self.last_on = last_on


class QuantityUnclear(Refusal):
    """How many is not a whole number from 1 to 99."""

    def __init__(self, name: str, unit: str) -> None:
        super().__init__(name)
        self.name = name
        self.unit = unit


class OutOfStock(Refusal):
    """There are not as many left; ``left`` may be none."""

    def __init__(self, name: str, unit: str, left: int) -> None:
        super().__init__(f"{name} {left}")
        self.name = name
        self.unit = unit
        self.left = left


class LimitReached(Refusal):
    """A household may have ``limit`` of this; it ``held`` some already.

    ``is_own`` when it is the household of who orders.
    """

    def __init__(self, name: str, unit: str, *, limit: int, held: int, is_own: bool = True) -> None:
        super().__init__(f"{name} {held}/{limit}")
        self.name = name
        self.unit = unit
        self.limit = limit
        self.held = held
        self.is_own = is_own


class PointsShort(BalanceTooLow):
    """The household has fewer points to spend than the goods cost."""

    def __init__(self, spendable: Points, points: Points, *, what: str) -> None:
        super().__init__(spendable, Points(-points))
        self.what = what


class RedemptionUnknown(Refusal):
    """No redemption of this number this year."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.number = number


class RedemptionNotYours(Refusal):
    """The redemption belongs to another household."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.number = number


class RedemptionSettled(Refusal):
    """The redemption was handed over, cancelled or lapsed already."""

    def __init__(self, number: int, state: RedemptionState) -> None:
        super().__init__(f"{number} {state}")
        self.number = number
        self.state = state


class HandOverOwn(Refusal):
    """Nobody hands over to their own household."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.number = number


@dataclass(frozen=True, slots=True)
class Order:
    """Who wants how many of what; ``held`` is what the household has of it already.

    Not ``is_own`` when the committee orders for somebody without a phone.
    """

    household: HouseholdId
    good: Good
    quantity: int
    held: int
    balance: Balance
    is_own: bool = True


def check_order(order: Order, round_: Round, *, today: date) -> Points:
    """Return the whole price of an order that can be filled.

    Raises:
        RoundNotOpen: Outside the round's days.
        QuantityUnclear: Not 1 to 99 pieces.
        OutOfStock: Neither stock nor budget bear as many.
        LimitReached: The household has its share.
        PointsShort: The spendable points do not reach.

    """
    good, quantity = order.good, order.quantity
    if not round_.is_open(today):
        raise RoundNotOpen(None, None)
    if not 1 <= quantity <= PIECES_MAX:
        raise QuantityUnclear(good.name, good.unit)
    if good.limit is not None and order.held + quantity > good.limit:
        raise LimitReached(
            good.name, good.unit, limit=good.limit, held=order.held, is_own=order.is_own
        )
    left = round_.left(good)
    if quantity > left:
        raise OutOfStock(good.name, good.unit, left)
    price = Points(good.price * quantity)
    if price > order.balance.spendable:
        what = f"{good.name}{quantity}{good.unit}"
        raise PointsShort(order.balance.spendable, price, what=what)
    return price


def payment(redemption: Redemption, *, name: str, today: date) -> Posting:
    """Return what a reservation posts: the price, in the month of today."""
    assert redemption.key.year == today.year, "points do not carry over"
    return Posting(
        household=redemption.household,
        kind=EntryKind.REDEMPTION,
        points=Points(-redemption.points),
        cause=redemption.key.reserve_cause,
        effective_month=month_of(today),
        actors=(redemption.reserved_by,),
        reason=name,
    )


def hand_over(redemption: Redemption, *, by: Person, photo: Sha256 | None) -> Redemption:
    """Return the redemption as handed over by a member of the committee.

    Raises:
        HandOverOwn: It is the member's own household.
        RedemptionSettled: It is settled already.

    """
    if by.household == redemption.household:
        raise HandOverOwn(redemption.key.number)
    return replace(_settled(redemption, RedemptionAction.HAND_OVER, by=by.id), photo=photo)


def give_back(
    redemption: Redemption,
    action: RedemptionAction,
    *,
    by: PersonId | None,
    name: str,
    today: date,
) -> tuple[Redemption, Posting]:
    """Cancel a reservation, or let it lapse; its points go back into the year they came from.

    Raises:
        RedemptionSettled: It is settled already.

    """
    settled = _settled(redemption, action, by=by)
    year = redemption.key.year
    refund = Posting(
        household=redemption.household,
        kind=EntryKind.REFUND,
        points=redemption.points,
        cause=redemption.key.refund_cause,
        effective_month=month_of(today) if today.year == year else Month(year, DECEMBER),
        actors=() if by is None else (by,),
        reason=name,
    )
    return settled, refund


def _settled(
    redemption: Redemption, action: RedemptionAction, *, by: PersonId | None
) -> Redemption:
    if redemption.state is not RedemptionState.RESERVED:
        raise RedemptionSettled(redemption.key.number, redemption.state)
    state = step(REDEMPTION_STEPS, redemption.state, action)
    return replace(redemption, state=state, settled_by=by)
