"""Codes, rooms and rulebook versions: what opens a village to its people."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, ScalarSelect, bindparam, func, select, update

from domain.membership import HouseholdId
from domain.rulebook import Adoption
from storage.prepared import run
from storage.statements import first, insert_once, put, put_all, read, rows, table_of
from storage.tables.claims import AdoptionRow, CounterRow, RulebookRow
from storage.tables.people import CodeTryRow, InvitationRow, RoomRow, SlipRow
from storage.villages import ROSTER

INVITATION = table_of(InvitationRow)
SLIP = table_of(SlipRow)
TRY = table_of(CodeTryRow)
ROOM = table_of(RoomRow)
RULEBOOK = table_of(RulebookRow)
ADOPTION = table_of(AdoptionRow)
COUNTER = table_of(CounterRow)
LIFE_STEP = timedelta(minutes=5)
ALIASES = "alias"
"""The counter that goes up whenever a village's aliases change; ROSTER when its households do."""


def _revision(kind: str) -> ScalarSelect[int]:
    """Return how often something of the village has changed, as a column of another query."""
    counted = select(COUNTER.c.last).where(
        COUNTER.c.village == RULEBOOK.c.village, COUNTER.c.kind == kind, COUNTER.c.year == 0
    )
    return counted.scalar_subquery()


_IN_FORCE = (
    select(
        RULEBOOK.c.version,
        RULEBOOK.c.digest,
        func.coalesce(_revision(ALIASES), 0).label("words"),
        func.coalesce(_revision(ROSTER), 0).label("roster"),
    )
    .join(
        ADOPTION,
        (ADOPTION.c.village == RULEBOOK.c.village) & (ADOPTION.c.version == RULEBOOK.c.version),
    )
    .where(ADOPTION.c.village == bindparam("village"), ADOPTION.c.in_force_on <= bindparam("day"))
    .order_by(ADOPTION.c.in_force_on.desc())
    .limit(1)
)
_TOUCH = (
    update(ROOM)
    .where(
        ROOM.c.account == bindparam("at_account"),
        ROOM.c.room == bindparam("at_room"),
        ROOM.c.last_active_at.is_(None) | (ROOM.c.last_active_at < bindparam("before")),
    )
    .values(last_active_at=bindparam("now"))
)


@dataclass(frozen=True, slots=True)
class Invitation:
    """A code that grants a role or binds a room; kept by its keyed digest."""

    village: int
    digest: str
    kind: str
    grants: str
    expires_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Room:
    """A bound room: its village and purpose (villagers or committee); ``name`` if it has one."""

    village: int
    account: str
    room: str
    purpose: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class StoredRulebook:
    """A version's text and the digest it is cached under."""

    village: int
    version: str
    body: str
    digest: str


class InForce(NamedTuple):
    """A version in force, the digest of its text, the revisions of aliases and of the roster."""

    version: str
    digest: str
    words: int
    roster: int


class Codes:
    """The codes repository; every method runs inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def invite(self, invitation: Invitation, *, at: datetime) -> None:
        """Keep a new code."""
        self._connection.execute(
            INVITATION.insert().values(
                village=invitation.village,
                digest=invitation.digest,
                kind=invitation.kind,
                grants=invitation.grants,
                created_at=at,
                expires_at=invitation.expires_at,
            )
        )

    def invitation(self, digest: str) -> Invitation | None:
        """Return the role or room code of a digest, used or not."""
        row = first(self._connection, INVITATION, digest=digest)
        if row is None:
            return None
        return Invitation(
            row["village"],
            row["digest"],
            row["kind"],
            row["grants"],
            row["expires_at"],
            row["used_at"],
        )

    def use(self, invitation: Invitation, *, at: datetime) -> bool:
        """Use up a code; False when someone else was faster."""
        used = self._connection.execute(
            update(INVITATION)
            .where(
                INVITATION.c.village == invitation.village,
                INVITATION.c.digest == invitation.digest,
                INVITATION.c.used_at.is_(None),
            )
            .values(used_at=at)
        )
        return used.rowcount == 1

    def set_slip(
        self, village: int, household: HouseholdId, *, digest: str, generation: int
    ) -> None:
        """Keep the digest of a household's slip code, in place of an older one."""
        self.set_slips(village, [(household, digest, generation)])

    def set_slips(self, village: int, slips: Sequence[tuple[HouseholdId, str, int]]) -> None:
        """Keep household, digest and generation of many slips at once."""
        values = [
            {"village": village, "household": household, "digest": digest, "generation": number}
            for household, digest, number in slips
        ]
        put_all(self._connection, SLIP, values, key=("village", "household"))

    def slip(self, digest: str) -> tuple[int, HouseholdId] | None:
        """Return the village and household behind a slip code's digest."""
        row = first(self._connection, SLIP, digest=digest)
        return (row["village"], HouseholdId(row["household"])) if row else None

    def wrong_tries(self, account: str, contact: str, *, since: datetime) -> int:
        """Return the wrong codes a contact sent within the window that began after ``since``."""
        row = first(self._connection, TRY, account=account, contact=contact)
        return int(row["wrong"]) if row and row["window_from"] > since else 0

    def count_wrong(self, account: str, contact: str, *, at: datetime, window: timedelta) -> None:
        """Count one more wrong code, starting a new window when the old one has passed."""
        wrong = self.wrong_tries(account, contact, since=at - window)
        row = first(self._connection, TRY, account=account, contact=contact)
        start = row["window_from"] if row and wrong else at
        key = {"account": account, "contact": contact}
        put(self._connection, TRY, key=key, values={"window_from": start, "wrong": wrong + 1})


class Rooms:
    """The rooms repository; every method runs inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._active: dict[tuple[str, str], datetime] = {}

    def get(self, account: str, room: str) -> Room | None:
        """Return the room if it is bound to a village."""
        row = first(self._connection, ROOM, account=account, room=room)
        if row is None:
            return None
        if row["last_active_at"] is not None:
            self._active[account, room] = row["last_active_at"]
        return Room(row["village"], account, room, row["purpose"], row["name"] or "")

    def bind(self, room: Room, *, at: datetime) -> None:
        """Bind a room to a village, or change what it is for."""
        key = {"account": room.account, "room": room.room}
        values = {"village": room.village, "purpose": room.purpose, "bound_at": at}
        if room.name:
            values["name"] = room.name
        put(self._connection, ROOM, key=key, values=values)

    def touch(self, account: str, room: str, *, at: datetime) -> None:
        """Keep that the room has life, to the nearest five minutes."""
        known = self._active.get((account, room))
        if known is not None and known >= at - LIFE_STEP:
            return
        values = {"at_account": account, "at_room": room, "before": at - LIFE_STEP, "now": at}
        run(self._connection, _TOUCH, values)

    def lively(self, account: str, *, since: datetime) -> tuple[Room, ...]:
        """Return the account's rooms that had life since an instant."""
        query = select(ROOM).where(ROOM.c.account == account, ROOM.c.last_active_at >= since)
        found = rows(self._connection, query.order_by(ROOM.c.room).limit(500))
        return tuple(Room(r["village"], account, r["room"], r["purpose"]) for r in found)

    def of_village(self, village: int, purpose: str) -> tuple[Room, ...]:
        """Return the rooms of a village for a purpose."""
        query = select(ROOM).where(ROOM.c.village == village, ROOM.c.purpose == purpose)
        found = rows(self._connection, query.order_by(ROOM.c.bound_at).limit(50))
        return tuple(Room(village, r["account"], r["room"], purpose) for r in found)


class Rulebooks:
    """The rulebook versions repository; every method runs inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._in_force: dict[tuple[int, date], InForce | None] = {}

    def store(self, stored: StoredRulebook, *, at: datetime) -> bool:
        """Keep a version; False when the village has another text under this version."""
        values = {
            "village": stored.village,
            "version": stored.version,
            "body": stored.body,
            "digest": stored.digest,
            "imported_at": at,
        }
        if insert_once(self._connection, RULEBOOK, values):
            return True
        known = self.get(stored.village, stored.version)
        return known is not None and known.digest == stored.digest

    def get(self, village: int, version: str) -> StoredRulebook | None:
        """Return a stored version."""
        row = first(self._connection, RULEBOOK, village=village, version=version)
        return StoredRulebook(village, version, row["body"], row["digest"]) if row else None

    def adopt(self, village: int, adoption: Adoption, *, at: datetime) -> bool:
        """Keep an adoption record; False when another takes effect on the same day."""
        values: dict[str, Any] = {"village": village, **asdict(adoption), "recorded_at": at}
        self._in_force.clear()
        return insert_once(self._connection, ADOPTION, values)

    def adoption(self, village: int, day: date) -> Adoption | None:
        """Return the record of the meeting that put in force what holds on a village day."""
        return self._adopted(ADOPTION.c.village == village, ADOPTION.c.in_force_on <= day)

    def adoption_of(self, village: int, version: str) -> Adoption | None:
        """Return the record of the meeting that adopted a version."""
        return self._adopted(ADOPTION.c.village == village, ADOPTION.c.version == version)

    def _adopted(self, *where: ColumnElement[bool]) -> Adoption | None:
        query = select(ADOPTION).where(*where).order_by(ADOPTION.c.in_force_on.desc()).limit(1)
        found = rows(self._connection, query)
        names = [field.name for field in fields(Adoption)]
        return Adoption(**{name: found[0][name] for name in names}) if found else None

    def in_force(self, village: int, day: date) -> InForce | None:
        """Return which rulebook is in force on a village day, and which aliases beside it."""
        key = village, day
        if key not in self._in_force:
            found = read(self._connection, _IN_FORCE, {"village": village, "day": day})
            self._in_force[key] = InForce(**found[0]) if found else None
        return self._in_force[key]
