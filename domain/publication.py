"""The quarter's publication (公示): a snapshot that is frozen, released by two, and then final."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.basis import Basis
from domain.membership import HouseholdId
from domain.period import Month, Quarter, village_day
from domain.points import ZERO, Points
from domain.privacy import number_in
from domain.ranking import rank
from domain.refusal import Refusal

OBJECTION_DAYS: Final = 7
"""Days after the release, its own day not counted, in which objections are taken."""


class PublicationState(StrEnum):
    """Where an edition of a publication stands."""

    PREPARED = "prepared"
    RELEASED = "released"
    CORRECTED = "corrected"
    FINAL = "final"


class PublicationAction(StrEnum):
    """What can be done to an edition."""

    RENEW = "renew"
    RELEASE = "release"
    CORRECT = "correct"
    FINISH = "finish"


PUBLICATION_STEPS: Final = {
    (PublicationState.PREPARED, PublicationAction.RENEW): PublicationState.PREPARED,
    (PublicationState.PREPARED, PublicationAction.RELEASE): PublicationState.RELEASED,
    (PublicationState.RELEASED, PublicationAction.CORRECT): PublicationState.CORRECTED,
    (PublicationState.RELEASED, PublicationAction.FINISH): PublicationState.FINAL,
}
"""What nobody has seen may be prepared anew; what was released is never changed, only
followed by a corrected edition."""

SEEN: Final = frozenset(PublicationState) - {PublicationState.PREPARED}
"""States in which villagers have read the edition."""


@dataclass(frozen=True, slots=True)
class Line:
    """One household's line as it was frozen; its places are None under a veto.

    People are told the shown places: a household takes one with its first points.
    """

    household: HouseholdId
    group_no: int
    name: str
    quarter_points: Points
    year_points: Points
    quarter_place: int | None
    year_place: int | None

    @property
    def shown_place(self) -> int | None:
        """The place of the quarter as people are told it; None without points."""
        return self.quarter_place if self.quarter_points > ZERO else None

    @property
    def shown_year_place(self) -> int | None:
        """The place of the year so far as people are told it; None without points."""
        return self.year_place if self.year_points > ZERO else None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything that an edition says, as values.

    ``participating`` are eligible households with an award that stands in the year
    up to the quarter's end; ``chain_seq`` and ``chain_head`` are the end of the ledger
    when it was frozen; ``adopted`` is the meeting that adopted the rulebook.
    """

    quarter: Quarter
    eligible: int
    participating: int
    rulebook_version: str
    adopted: Basis
    basis: Basis
    chain_seq: int
    chain_head: str
    lines: tuple[Line, ...]

    @property
    def figures(self) -> tuple[object, ...]:
        """What changes when points or households change; the chain's end is not part of it."""
        return (self.eligible, self.participating, self.rulebook_version, self.basis, self.lines)


@dataclass(frozen=True, slots=True)
class Publication:
    """One edition; ``prepared_on`` and ``released_at`` say when."""

    edition: int
    state: PublicationState
    snapshot: Snapshot
    digest: str
    prepared_at: datetime
    released_at: datetime | None = None
    final_at: datetime | None = None

    @property
    def quarter(self) -> Quarter:
        """The quarter it is about."""
        return self.snapshot.quarter

    @property
    def objections_until(self) -> date | None:
        """The last village day on which objections are taken; None before the release."""
        return window_end(self.released_at) if self.released_at else None

    def takes_objections(self, day: date) -> bool:
        """Return whether objections are taken on a village day."""
        until = self.objections_until
        return self.state is PublicationState.RELEASED and until is not None and day <= until


@dataclass(frozen=True, slots=True)
class Account:
    """What a household has earned, before it has a place: name as it may be printed."""

    household: HouseholdId
    group_no: int
    name: str


@dataclass(frozen=True, slots=True)
class Telling:
    """On which day it was said what a quarter lacks: to people by name, to the room or not."""

    on: date
    people: tuple[str, ...]
    in_room: bool


class NotPublishable(Refusal):
    """Months to confirm or claims to decide are missing; ``told`` is to whom it was said."""

    def __init__(
        self,
        quarter: Quarter,
        months: tuple[Month, ...],
        numbers: tuple[int, ...],
        told: tuple[Telling, ...],
    ) -> None:
        super().__init__(f"{quarter} {months} {numbers}")
        self.quarter = quarter
        self.months = months
        self.numbers = numbers
        self.told = told


class QuarterNotOver(Refusal):
    """No quarter of the village is over yet; ``quarter`` will be the first."""

    def __init__(self, quarter: Quarter) -> None:
        super().__init__(str(quarter))
        self.quarter = quarter


class ReleasedAlready(Refusal):
    """The quarter's publication is out already."""

    def __init__(self, quarter: Quarter) -> None:
        super().__init__(str(quarter))
        self.quarter = quarter


class NumberFound(Refusal):
    """The publication would show an identity, phone or card number."""

    def __init__(self, kind: str, group_no: int | None) -> None:
        super().__init__(kind)
        self.kind = kind
        self.group_no = group_no


def window_end(released_at: datetime) -> date:
    """Return the last village day on which objections to a release are taken."""
    return village_day(released_at) + timedelta(days=OBJECTION_DAYS)


def check_ready(
    quarter: Quarter,
    *,
    today: date,
    months: tuple[Month, ...],
    numbers: tuple[int, ...],
    told: tuple[Telling, ...] = (),
) -> None:
    """Refuse to publish a quarter before it is confirmed and decided.

    Args:
        quarter: What is to be published; only a quarter that is over ever waits.
        today: The village day.
        months: Its months that are not confirmed.
        numbers: Its claims that are undecided.
        told: When that was said, and to whom, latest first.

    Raises:
        NotPublishable: Something is missing.

    """
    assert today >= quarter.months[-1].end, quarter
    if months or numbers:
        raise NotPublishable(quarter, months, numbers, told)


def lines_of(
    accounts: Iterable[Account],
    *,
    quarter: Mapping[HouseholdId, Points],
    year: Mapping[HouseholdId, Points],
    barred: AbstractSet[HouseholdId],
) -> tuple[Line, ...]:
    """Return a line for every household, in the order of the quarter's places.

    Households under a veto come last and have no place; those without points
    share the last place.
    """
    known = {a.household: a for a in accounts}
    under = barred & known.keys()
    ranked = rank({h: quarter.get(h, ZERO) for h in known}, barred=under)
    of_year = {
        s.household: s.place for s in rank({h: year.get(h, ZERO) for h in known}, barred=under)
    }
    return tuple(
        Line(
            s.household,
            known[s.household].group_no,
            known[s.household].name,
            s.points,
            year.get(s.household, ZERO),
            s.place,
            of_year[s.household],
        )
        for s in ranked
    )


def check_numbers(snapshot: Snapshot) -> None:
    """Refuse a snapshot whose words hold a number that nobody may publish.

    Raises:
        NumberFound: ``group_no`` names where, None when it stands in the basis.

    """
    for text in (snapshot.basis.title, snapshot.adopted.title, snapshot.rulebook_version):
        kind = number_in(text)
        if kind:
            raise NumberFound(kind, None)
    for line in snapshot.lines:
        kind = number_in(line.name)
        if kind:
            raise NumberFound(kind, line.group_no)


def digest(snapshot: Snapshot, *, edition: int) -> str:
    """Return the SHA-256 over everything an edition says (64 hex digits).

    Canonical form: JSON lists in a fixed order, UTF-8, no spaces; lines by household.
    """
    s = snapshot
    head = [str(s.quarter), edition, s.eligible, s.participating, s.rulebook_version]
    told = [_basis(s.adopted), _basis(s.basis), s.chain_seq, s.chain_head]
    lines = [
        [
            line.household,
            line.group_no,
            line.name,
            line.quarter_points,
            line.year_points,
            line.quarter_place,
            line.year_place,
        ]
        for line in sorted(s.lines, key=lambda one: one.household)
    ]
    text = json.dumps([*head, *told, lines], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _basis(basis: Basis) -> list[str | None]:
    until = basis.until.isoformat() if basis.until else None
    return [basis.title, basis.since.isoformat(), until]
