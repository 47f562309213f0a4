"""A claim (申报): its states, what it holds, and the steps that change it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final, NewType

from domain.membership import HouseholdId, PersonId
from domain.period import Month
from domain.points import Points
from domain.refusal import Refusal

Sha256 = NewType("Sha256", str)

PHOTO_BEFORE: Final = timedelta(minutes=3)
"""A photo sent up to this long before the words belongs to the claim."""
PHOTO_AFTER: Final = timedelta(minutes=10)
"""A photo sent up to this long after the words belongs to the claim."""
LATE_DAYS: Final = 30
"""Acts further back than this need two people and are marked."""


class ClaimState(StrEnum):
    """Where a claim stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    HALF_APPROVED = "half-approved"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class ClaimAction(StrEnum):
    """What can be done to a claim."""

    COMPLETE = "complete"
    AMEND = "amend"
    ENDORSE = "endorse"
    APPROVE = "approve"
    ADJUST = "adjust"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"
    RESTORE = "restore"


CLAIM_STEPS: Final = {
    (ClaimState.DRAFT, ClaimAction.COMPLETE): ClaimState.SUBMITTED,
    (ClaimState.DRAFT, ClaimAction.AMEND): ClaimState.DRAFT,
    (ClaimState.DRAFT, ClaimAction.WITHDRAW): ClaimState.WITHDRAWN,
    (ClaimState.DRAFT, ClaimAction.LAPSE): ClaimState.LAPSED,
    (ClaimState.SUBMITTED, ClaimAction.AMEND): ClaimState.DRAFT,
    (ClaimState.SUBMITTED, ClaimAction.ENDORSE): ClaimState.HALF_APPROVED,
    (ClaimState.SUBMITTED, ClaimAction.APPROVE): ClaimState.APPROVED,
    (ClaimState.SUBMITTED, ClaimAction.REJECT): ClaimState.REJECTED,
    (ClaimState.SUBMITTED, ClaimAction.WITHDRAW): ClaimState.WITHDRAWN,
    (ClaimState.HALF_APPROVED, ClaimAction.AMEND): ClaimState.DRAFT,
    (ClaimState.HALF_APPROVED, ClaimAction.ENDORSE): ClaimState.HALF_APPROVED,
    (ClaimState.HALF_APPROVED, ClaimAction.APPROVE): ClaimState.APPROVED,
    (ClaimState.HALF_APPROVED, ClaimAction.REJECT): ClaimState.REJECTED,
    (ClaimState.HALF_APPROVED, ClaimAction.WITHDRAW): ClaimState.WITHDRAWN,
    (ClaimState.APPROVED, ClaimAction.ADJUST): ClaimState.APPROVED,
    (ClaimState.REJECTED, ClaimAction.RESTORE): ClaimState.APPROVED,
}
"""Every step of a claim. Endorsing is one approval of two; adjusting mends an approved claim;
restoring gives a rejected one its points after an objection.

An amended claim is a draft again until it is complete, which it mostly is at once."""

UNDECIDED: Final = frozenset({ClaimState.SUBMITTED, ClaimState.HALF_APPROVED})
OPEN: Final = frozenset({ClaimState.DRAFT, *UNDECIDED})


class ClaimOrigin(StrEnum):
    """How a claim came: 自报, 代录 or 扣分."""

    CLAIM = "claim"
    RECORD = "record"
    DEDUCTION = "deduction"


@dataclass(frozen=True, slots=True, order=True)
class ClaimKey:
    """The number of a claim within its village and year (#23)."""

    year: int
    number: int


@dataclass(frozen=True, slots=True)
class Act:
    """What was done (一事一记录): item, how much, when, where.

    ``quantity`` counts units of the item (hours, pieces, yuan), ``tier`` names
    a level, ``chosen`` is an amount within a range.
    """

    item: str
    occurred_on: date
    place: str = ""
    quantity: Decimal | None = None
    tier: str | None = None
    chosen: Points | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim as it stands.

    ``expected`` is what it brings if approved now, None while the amount is
    left to the committee; ``points`` is what was awarded, None before that.
    ``cancelled_at`` is when an objection took it back whole. ``relayed_by`` is who
    of the committee brought it in from a room that no account of ours hears.
    """

    key: ClaimKey
    household: HouseholdId
    act: Act
    state: ClaimState
    origin: ClaimOrigin
    rulebook_version: str
    effective_month: Month
    filed_by: PersonId
    filed_at: datetime
    photos: tuple[Sha256, ...] = ()
    expected: Points | None = None
    points: Points | None = None
    approvals: tuple[PersonId, ...] = ()
    expires_at: datetime | None = None
    is_for_other: bool = False
    is_late: bool = False
    cancelled_at: datetime | None = None
    relayed_by: PersonId | None = None

    @property
    def award_cause(self) -> str:
        """The ledger's natural key of the award: ``claim:2026:23:award``."""
        return f"claim:{self.key.year}:{self.key.number}:award"


class ClaimUnknown(Refusal):
    """No claim of this number in this village and year."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.number = number


class ClaimDecided(Refusal):
    """The claim was decided already, by whom."""

    def __init__(self, number: int, state: ClaimState, by: str) -> None:
        super().__init__(f"{number} {state}")
        self.number = number
        self.state = state
        self.by = by


class ClaimNotYours(Refusal):
    """The claim is not the person's to change; ``may_see`` if it is theirs to look at."""

    def __init__(self, number: int, *, may_see: bool = False) -> None:
        super().__init__(str(number))
        self.number = number
        self.may_see = may_see


class ClaimTooLate(Refusal):
    """The act lies before the deadline, or in a year that is closed."""

    def __init__(self, occurred_on: date, deadline_days: int) -> None:
        super().__init__(occurred_on.isoformat())
        self.occurred_on = occurred_on
        self.deadline_days = deadline_days


class ActInFuture(Refusal):
    """The act is said to happen after today."""

    def __init__(self, occurred_on: date) -> None:
        super().__init__(occurred_on.isoformat())
        self.occurred_on = occurred_on


class YearClosed(Refusal):
    """The act's year is closed; nothing carries over."""

    def __init__(self, year: int) -> None:
        super().__init__(str(year))
        self.year = year


class CommitteeOnly(Refusal):
    """The item is recorded by the committee; villagers do not claim it."""

    def __init__(self, item_name: str) -> None:
        super().__init__(item_name)
        self.item_name = item_name


class CapReached(Refusal):
    """Nothing is left under the cap named by ``bound`` (month, quarter, year or category)."""

    def __init__(self, item_name: str, bound: str, cap: Points) -> None:
        super().__init__(f"{item_name} {bound}")
        self.item_name = item_name
        self.bound = bound
        self.cap = cap


class CooldownRunning(Refusal):
    """A claim for the same item lies too near; possible again from ``next_on``."""

    def __init__(self, item_name: str, next_on: date, days: int) -> None:
        super().__init__(f"{item_name} {next_on}")
        self.item_name = item_name
        self.next_on = next_on
        self.days = days


def check_day(
    occurred_on: date, *, today: date, deadline_days: int | None, closed_through: int
) -> None:
    """Refuse an act in the future, in a closed year, or past the claim deadline.

    Args:
        occurred_on: The village day of the act.
        today: The village day of the claim.
        deadline_days: Days a villager has; None for a record by the committee.
        closed_through: The last closed year; 0 when none is.

    Raises:
        ActInFuture: Tomorrow or later.
        YearClosed: The year of the act is closed.
        ClaimTooLate: More than ``deadline_days`` ago.

    """
    if occurred_on > today:
        raise ActInFuture(occurred_on)
    if occurred_on.year <= closed_through:
        raise YearClosed(occurred_on.year)
    if deadline_days is not None and (today - occurred_on).days > deadline_days:
        raise ClaimTooLate(occurred_on, deadline_days)


def belongs(photo_at: datetime, *, words_at: datetime) -> bool:
    """Return whether a photo belongs to words by time: 3 minutes before to 10 after."""
    return words_at - PHOTO_BEFORE <= photo_at <= words_at + PHOTO_AFTER
