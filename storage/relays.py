"""The relay (代转) as stored: what waits for a hand, who carried it, and the rooms by hand."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, bindparam, func, select, update

from domain.mail import OUTBOX_STEPS, OutboxAction, OutboxState, states_before
from domain.membership import HouseholdId, PersonId
from domain.relay import HAND
from storage.doors import ROOM, Room
from storage.mail import PRESENCE
from storage.outbox import OUTBOX, Letter, letter_of
from storage.people import PERSON, Contact
from storage.statements import change, first, one_of, read, rows
from storage.villages import HOUSEHOLD

RELAYABLE = states_before(OUTBOX_STEPS, OutboxAction.RELAY)
LIMIT = 200
ROOMS_MAX = 50
DEAD_SHOWN = timedelta(days=30)
DOUBT_SHOWN = timedelta(days=1)
_OURS = (
    select(OUTBOX.c.text)
    .where(
        OUTBOX.c.account == bindparam("account"),
        one_of(OUTBOX.c.state, (*RELAYABLE, OutboxState.RELAYED)),
        OUTBOX.c.text != "",
        OUTBOX.c.text == func.substr(bindparam("text"), 1, func.length(OUTBOX.c.text)),
        OUTBOX.c.queued_at >= bindparam("since"),
    )
    .order_by(func.length(OUTBOX.c.text).desc())
    .limit(1)
)


class Relays:
    """The relay's repository; every method runs inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def seen(self, village: int) -> Mapping[str, datetime | None]:
        """Return when each account of a village's letters was last known to be up.

        One that was never up counts from its oldest waiting letter; the account
        of what is carried by hand from the start has no instant.
        """
        known = select(PRESENCE.c.account, PRESENCE.c.seen_at).limit(LIMIT)
        found: dict[str, datetime | None] = {
            row["account"]: row["seen_at"] for row in rows(self._connection, known)
        }
        theirs = select(ROOM.c.account).where(ROOM.c.village == village).distinct().limit(ROOMS_MAX)
        for account in self._connection.execute(theirs).scalars():
            since = found.get(account) or self._waits_since(account)
            if since is not None:
                found[account] = since
        return {**found, HAND: None}

    def _waits_since(self, account: str) -> datetime | None:
        query = select(func.min(OUTBOX.c.not_before)).where(
            OUTBOX.c.account == account, OUTBOX.c.state == OutboxState.QUEUED
        )
        since: datetime | None = self._connection.execute(query).scalar()
        return since

    def waiting(
        self,
        village: int,
        away: Collection[str],
        *,
        accounts: Collection[str],
        now: datetime,
    ) -> tuple[Letter, ...]:
        """Return what only a hand can carry now, oldest first, at most 200.

        Args:
            village: Whose letters.
            away: Accounts that carry nothing: all that waits for them is returned.
            accounts: Every account of the village; of these also what was given up.
            now: An aware instant; what may not be said yet is left out.

        """
        condition = _carried_by_hand(village, away, accounts=accounts, now=now)
        query = select(OUTBOX).where(condition).order_by(OUTBOX.c.id).limit(LIMIT)
        return tuple(letter_of(row) for row in rows(self._connection, query))

    def count(
        self,
        village: int,
        away: Collection[str],
        *,
        accounts: Collection[str],
        now: datetime,
    ) -> int:
        """Return how many ``waiting`` would find, without those to a person's own phone."""
        condition = _carried_by_hand(village, away, accounts=accounts, now=now)
        condition &= OUTBOX.c.room.is_not(None) | (OUTBOX.c.account == HAND)
        query = select(func.count()).select_from(OUTBOX).where(condition)
        return int(self._connection.execute(query).scalar_one())

    def in_doubt(
        self, village: int, accounts: Collection[str], *, now: datetime
    ) -> tuple[Letter, ...]:
        """Return what may have gone out to rooms in the last day, nobody knows, oldest first."""
        query = (
            select(OUTBOX)
            .where(
                OUTBOX.c.account.in_(sorted(accounts)),
                OUTBOX.c.state == OutboxState.UNCERTAIN,
                OUTBOX.c.village == village,
                OUTBOX.c.room.is_not(None),
                OUTBOX.c.settled_at >= now - DOUBT_SHOWN,
            )
            .order_by(OUTBOX.c.id)
            .limit(LIMIT)
        )
        return tuple(letter_of(row) for row in rows(self._connection, query))

    def relayed(
        self, village: int, accounts: Collection[str], *, since: datetime
    ) -> tuple[Letter, ...]:
        """Return what was carried by hand since an instant, the latest first."""
        query = (
            select(OUTBOX)
            .where(
                OUTBOX.c.account.in_(sorted(accounts)),
                OUTBOX.c.state == OutboxState.RELAYED,
                OUTBOX.c.village == village,
                OUTBOX.c.settled_at >= since,
            )
            .order_by(OUTBOX.c.settled_at.desc(), OUTBOX.c.id.desc())
            .limit(LIMIT)
        )
        return tuple(letter_of(row) for row in rows(self._connection, query))

    def some(self, village: int, ids: Sequence[int]) -> tuple[Letter, ...]:
        """Return letters of a village by their numbers, oldest first; unknown ones are left out."""
        query = (
            select(OUTBOX)
            .where(OUTBOX.c.village == village, OUTBOX.c.id.in_(ids))
            .order_by(OUTBOX.c.id)
            .limit(LIMIT)
        )
        return tuple(letter_of(row) for row in rows(self._connection, query))

    def by_keys(self, village: int, keys: Sequence[str]) -> tuple[Letter, ...]:
        """Return the letters of a village that were queued under some keys, oldest first."""
        query = (
            select(OUTBOX)
            .where(OUTBOX.c.key.in_(keys), OUTBOX.c.village == village)
            .order_by(OUTBOX.c.id)
            .limit(LIMIT)
        )
        return tuple(letter_of(row) for row in rows(self._connection, query))

    def relay(
        self, village: int, ids: Sequence[int], *, by: PersonId, at: datetime
    ) -> tuple[int, ...]:
        """Keep that somebody carried letters; return those that nobody had carried before."""
        won = []
        for number in sorted(ids):
            done = self._connection.execute(
                update(OUTBOX)
                .where(
                    OUTBOX.c.id == number,
                    OUTBOX.c.village == village,
                    OUTBOX.c.state.in_(RELAYABLE),
                )
                .values(state=OutboxState.RELAYED, settled_at=at, relayed_by=by)
            )
            won += [number] * done.rowcount
        return tuple(won)

    def take_back(self, village: int, letter: int, *, at: datetime, since: datetime) -> bool:
        """Let a letter wait again that was ticked by mistake since an instant."""
        done = self._connection.execute(
            update(OUTBOX)
            .where(
                OUTBOX.c.id == letter,
                OUTBOX.c.village == village,
                OUTBOX.c.state == OutboxState.RELAYED,
                OUTBOX.c.settled_at >= since,
            )
            .values(state=OutboxState.QUEUED, settled_at=None, relayed_by=None, not_before=at)
        )
        return done.rowcount == 1

    def ours_in(self, account: str, text: str, *, since: datetime) -> str:
        """Return the longest beginning of a text that is a letter somebody may have carried."""
        like = {"account": account, "text": text, "since": since}
        found = read(self._connection, _OURS, like)
        return str(found[0]["text"]) if found else ""

    def unheard(self, contact: Contact, *, since: datetime) -> tuple[Letter, ...]:
        """Return what a person was to hear directly and no account has told them, oldest first."""
        query = (
            select(OUTBOX)
            .where(
                OUTBOX.c.account == contact.account,
                OUTBOX.c.contact == contact.id,
                OUTBOX.c.room.is_(None),
                OUTBOX.c.state.in_((*RELAYABLE, OutboxState.RELAYED)),
                OUTBOX.c.queued_at >= since,
                OUTBOX.c.text != "",
            )
            .order_by(OUTBOX.c.id)
            .limit(20)
        )
        return tuple(letter_of(row) for row in rows(self._connection, query))

    def rooms(self, village: int) -> tuple[Room, ...]:
        """Return every room of a village, the oldest first."""
        query = select(ROOM).where(ROOM.c.village == village)
        found = rows(
            self._connection, query.order_by(ROOM.c.bound_at, ROOM.c.room).limit(ROOMS_MAX)
        )
        return tuple(
            Room(village, r["account"], r["room"], r["purpose"], r["name"] or "") for r in found
        )

    def members(
        self, village: int, households: Sequence[HouseholdId], *, name: str = ""
    ) -> tuple[tuple[PersonId, str, HouseholdId], ...]:
        """Return the known people of some households, or all who bear a name, by id."""
        condition: ColumnElement[bool] = PERSON.c.household.in_(households)
        if name:
            condition |= PERSON.c.household.is_not(None) & (PERSON.c.name == name)
        query = (
            select(PERSON.c.id, PERSON.c.name, PERSON.c.household)
            .where(PERSON.c.village == village, condition)
            .order_by(PERSON.c.id)
            .limit(LIMIT)
        )
        found = rows(self._connection, query)
        return tuple(
            (PersonId(r["id"]), r["name"], HouseholdId(r["household"])) for r in found if r["name"]
        )

    def houses(self, village: int, house_no: str, *, limit: int = 10) -> tuple[HouseholdId, ...]:
        """Return the households with a house number, whatever their group."""
        query = (
            select(HOUSEHOLD.c.id)
            .where(HOUSEHOLD.c.village == village, HOUSEHOLD.c.house_no == house_no)
            .order_by(HOUSEHOLD.c.group_no)
            .limit(limit)
        )
        return tuple(HouseholdId(h) for h in self._connection.execute(query).scalars())

    def household(self, village: int, household: int) -> HouseholdId | None:
        """Return a household's id if the village has it."""
        row = first(self._connection, HOUSEHOLD, village=village, id=household)
        return HouseholdId(row["id"]) if row else None

    def name_room(self, room: Room, name: str) -> None:
        """Give a room the name that people know it by."""
        key = {"village": room.village, "account": room.account, "room": room.room}
        change(self._connection, ROOM, key=key, values={"name": name})

    def close_room(self, room: Room) -> None:
        """Forget a room: nothing more is said to it."""
        self._connection.execute(
            ROOM.delete().where(
                ROOM.c.village == room.village,
                ROOM.c.account == room.account,
                ROOM.c.room == room.room,
            )
        )


def _carried_by_hand(
    village: int, away: Collection[str], *, accounts: Collection[str], now: datetime
) -> ColumnElement[bool]:
    waits = (
        OUTBOX.c.account.in_(sorted(away))
        & (OUTBOX.c.state == OutboxState.QUEUED)
        & (OUTBOX.c.not_before <= now)
    )
    given_up = (
        OUTBOX.c.account.in_(sorted(accounts))
        & (OUTBOX.c.state == OutboxState.DEAD)
        & (OUTBOX.c.settled_at >= now - DEAD_SHOWN)
    )
    return (OUTBOX.c.village == village) & (waits | given_up)
