"""Claims (申报) as stored."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, func, select, update

from domain.claim import (
    OPEN,
    UNDECIDED,
    Claim,
    ClaimKey,
    ClaimState,
    Sha256,
)
from domain.membership import HouseholdId, PersonId
from domain.period import Month, parse_month
from storage.claim_rows import claim_of, values_of
from storage.people import Contact
from storage.prepared import Row
from storage.reviews import Reviews
from storage.statements import change, first, insert, one_of, read, rows, table_of
from storage.tables.claims import ClaimPhotoRow, ClaimRow

CLAIM = table_of(ClaimRow)
PHOTO = table_of(ClaimPhotoRow)
PAGE = 1_000
_OF_HOUSEHOLD = (
    select(CLAIM)
    .where(
        CLAIM.c.village == bindparam("village"),
        CLAIM.c.household == bindparam("household"),
        CLAIM.c.year.between(bindparam("since"), bindparam("until")),
    )
    .order_by(CLAIM.c.year, CLAIM.c.number)
    .limit(bindparam("most"))
)
_DRAFTS = (
    select(CLAIM)
    .where(
        CLAIM.c.village == bindparam("village"),
        CLAIM.c.state == ClaimState.DRAFT,
        CLAIM.c.account == bindparam("account"),
        CLAIM.c.contact == bindparam("contact"),
        func.coalesce(CLAIM.c.room, "") == bindparam("room"),
    )
    .order_by(CLAIM.c.year.desc(), CLAIM.c.number.desc())
    .limit(bindparam("most"))
)
_NEWEST = (
    select(CLAIM)
    .where(CLAIM.c.village == bindparam("village"), CLAIM.c.year == bindparam("year"))
    .order_by(CLAIM.c.number.desc())
    .limit(200)
    .subquery()
)
"""Far more than a village files in the ten minutes in which photos follow words."""
_FILED = (
    select(_NEWEST.c.year, _NEWEST.c.number)
    .where(
        _NEWEST.c.filed_by == bindparam("filed_by"),
        func.coalesce(_NEWEST.c.room, "") == bindparam("room"),
        _NEWEST.c.filed_at >= bindparam("since"),
        one_of(_NEWEST.c.state, OPEN),
    )
    .order_by(_NEWEST.c.filed_at.desc(), _NEWEST.c.number.desc())
    .limit(1)
)
_PHOTOS = (
    select(PHOTO.c.sha256)
    .where(
        PHOTO.c.village == bindparam("village"),
        PHOTO.c.year == bindparam("year"),
        PHOTO.c.number == bindparam("number"),
    )
    .order_by(PHOTO.c.added_at, PHOTO.c.sha256)
    .limit(50)
)


@dataclass(frozen=True, slots=True)
class Origin:
    """The message a claim came from: where to answer, and what a recall names."""

    contact: Contact
    room: str | None
    message_id: str


class Claims:
    """The claims repository; every method runs inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, village: int, claim: Claim, origin: Origin) -> None:
        """Store a new claim under the number it bears."""
        values = values_of(claim) | {
            "village": village,
            "account": origin.contact.account,
            "room": origin.room,
            "contact": origin.contact.id,
            "message_id": origin.message_id,
        }
        insert(self._connection, CLAIM, values)

    def save(self, village: int, claim: Claim) -> None:
        """Write back a claim already stored."""
        key = {"village": village, "year": claim.key.year, "number": claim.key.number}
        values = {n: v for n, v in values_of(claim).items() if n not in key}
        assert change(self._connection, CLAIM, key=key, values=values) == 1, claim.key

    def get(self, village: int, key: ClaimKey) -> Claim | None:
        """Return one claim with its photos and approvals."""
        row = first(self._connection, CLAIM, village=village, year=key.year, number=key.number)
        return self._whole(row) if row else None

    def origin(self, village: int, key: ClaimKey) -> Origin:
        """Return the message a claim came from."""
        row = first(self._connection, CLAIM, village=village, year=key.year, number=key.number)
        assert row, key
        return Origin(Contact(row["account"], row["contact"]), row["room"], row["message_id"])

    def from_message(self, account: str, message_id: str) -> tuple[tuple[int, Claim], ...]:
        """Return the claims that one message made, each with its village."""
        query = (
            select(CLAIM)
            .where(CLAIM.c.account == account, CLAIM.c.message_id == message_id)
            .order_by(CLAIM.c.year, CLAIM.c.number)
            .limit(20)
        )
        return tuple((row["village"], self._whole(row)) for row in rows(self._connection, query))

    def waiting(
        self, village: int, *, limit: int, after: ClaimKey | None = None
    ) -> tuple[Claim, ...]:
        """Return undecided claims, oldest first, those behind a number when one is given."""
        condition: ColumnElement[bool] = CLAIM.c.state.in_(UNDECIDED)
        if after is not None:
            condition &= (CLAIM.c.year > after.year) | (
                (CLAIM.c.year == after.year) & (CLAIM.c.number > after.number)
            )
        return self._some(village, condition, limit=limit)

    def count_waiting(self, village: int) -> int:
        """Return how many claims are undecided."""
        query = select(func.count()).where(CLAIM.c.village == village, CLAIM.c.state.in_(UNDECIDED))
        return int(self._connection.execute(query).scalar_one())

    def open_in(
        self, village: int, months: tuple[Month, ...], *, limit: int = 500
    ) -> tuple[tuple[ClaimKey, Month], ...]:
        """Return the undecided claims that count in some months, oldest first."""
        query = (
            select(CLAIM.c.year, CLAIM.c.number, CLAIM.c.effective_month)
            .where(
                CLAIM.c.village == village,
                CLAIM.c.state.in_(UNDECIDED),
                CLAIM.c.effective_month.in_([str(m) for m in months]),
            )
            .order_by(CLAIM.c.year, CLAIM.c.number)
            .limit(limit)
        )
        found = self._connection.execute(query)
        return tuple((ClaimKey(year, number), parse_month(month)) for year, number, month in found)

    def of_month(self, village: int, month: Month, *, limit: int = 20_000) -> tuple[Claim, ...]:
        """Return the claims that count in a month, oldest first, without photos.

        Its day may have been corrected: a number of the year after is possible.
        """
        query = select(CLAIM).where(
            CLAIM.c.village == village,
            CLAIM.c.year.in_((month.year, month.year + 1)),
            CLAIM.c.effective_month == str(month),
        )
        found = rows(self._connection, query.order_by(CLAIM.c.year, CLAIM.c.number).limit(limit))
        return tuple(claim_of(row) for row in found)

    def drafts(
        self, village: int, contact: Contact, room: str | None, *, limit: int = 10
    ) -> tuple[Claim, ...]:
        """Return a person's drafts in a room, newest first, with their photos."""
        who = {"account": contact.account, "contact": contact.id, "room": room or ""}
        found = read(self._connection, _DRAFTS, {"village": village, "most": limit, **who})
        return tuple(self._whole(row) for row in found)

    def last_filed(
        self, village: int, person: PersonId, room: str | None, *, since: datetime, year: int
    ) -> Claim | None:
        """Return the open claim of a year that a person filed last in a room, for whomever."""
        who = {"filed_by": person, "room": room or "", "since": since}
        found = read(self._connection, _FILED, {"village": village, "year": year, **who})
        return self.get(village, ClaimKey(found[0]["year"], found[0]["number"])) if found else None

    def lapsing(self, now: datetime, *, limit: int) -> Sequence[tuple[int, Claim]]:
        """Return drafts past their end, oldest first, each with its village."""
        query = (
            select(CLAIM)
            .where(CLAIM.c.state == ClaimState.DRAFT, CLAIM.c.expires_at <= now)
            .order_by(CLAIM.c.expires_at)
            .limit(limit)
        )
        return [(row["village"], self._whole(row)) for row in rows(self._connection, query)]

    def of_household(
        self, village: int, household: HouseholdId, *, year: int, limit: int = 2_000
    ) -> tuple[Claim, ...]:
        """Return a household's claims of a year, oldest first, without photos."""
        return self.around(village, household, since=year, until=year, limit=limit)

    def around(
        self, village: int, household: HouseholdId, *, since: int, until: int, limit: int = 6_000
    ) -> tuple[Claim, ...]:
        """Return a household's claims of some years, oldest first, without photos."""
        key = {"village": village, "household": household, "since": since, "until": until}
        found = read(self._connection, _OF_HOUSEHOLD, {**key, "most": limit})
        return tuple(claim_of(row) for row in found)

    def all(self, village: int, *, limit: int) -> tuple[Claim, ...]:
        """Return the village's claims, oldest first, with photos and approvals."""
        return self._some(village, CLAIM.c.number > 0, limit=limit)

    def count(self, village: int, *, year: int) -> int:
        """Return how many claims a year has."""
        query = select(func.count()).where(CLAIM.c.village == village, CLAIM.c.year == year)
        return int(self._connection.execute(query).scalar_one())

    def walk(self, village: int, *, year: int) -> Iterator[Claim]:
        """Yield a year's claims by number, with photos and approvals, 1,000 at a time."""
        last = 0
        while True:
            later = (CLAIM.c.year == year) & (CLAIM.c.number > last)
            page = self._some(village, later, limit=PAGE)
            yield from page
            if len(page) < PAGE:
                return
            last = page[-1].key.number

    def latest(self, village: int, household: HouseholdId, *, limit: int) -> tuple[Claim, ...]:
        """Return a household's open and decided claims, newest first."""
        query = (
            select(CLAIM)
            .where(CLAIM.c.village == village, CLAIM.c.household == household)
            .order_by(CLAIM.c.year.desc(), CLAIM.c.number.desc())
            .limit(limit)
        )
        return tuple(self._whole(row) for row in rows(self._connection, query))

    def count_adjustment(self, village: int, key: ClaimKey) -> int:
        """Count one more adjustment of the claim and return how many there are."""
        statement = (
            update(CLAIM)
            .where(
                CLAIM.c.village == village,
                CLAIM.c.year == key.year,
                CLAIM.c.number == key.number,
            )
            .values(adjustments=CLAIM.c.adjustments + 1)
            .returning(CLAIM.c.adjustments)
        )
        return int(self._connection.execute(statement).scalar_one())

    def _some(self, village: int, condition: Any, *, limit: int) -> tuple[Claim, ...]:
        query = (
            select(CLAIM)
            .where(CLAIM.c.village == village, condition)
            .order_by(CLAIM.c.year, CLAIM.c.number)
            .limit(limit)
        )
        return tuple(self._whole(row) for row in rows(self._connection, query))

    def _whole(self, row: Row) -> Claim:
        key = ClaimKey(row["year"], row["number"])
        which = {"village": row["village"], "year": key.year, "number": key.number}
        photos = tuple(Sha256(r["sha256"]) for r in read(self._connection, _PHOTOS, which))
        approvals = tuple(p for p, _ in Reviews(self._connection).approvals(row["village"], key))
        return claim_of(row, photos=photos, approvals=approvals)
