"""The outbox (发件箱): what we say, from the act that caused it to its receipt."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, func, select, update

from domain.mail import OUTBOX_STEPS, OutboxAction, OutboxState, states_before
from storage.people import Contact
from storage.prepared import Row, run
from storage.statements import first, insert_numbered, one_of, read, rows, table_of
from storage.tables.mail import OutboxRow

OUTBOX = table_of(OutboxRow)
KINDS = ("reply", "notice")
"""What goes first."""
WAITING = (OutboxState.QUEUED, OutboxState.SENDING)
OPEN = states_before(OUTBOX_STEPS, OutboxAction.CONFIRM)
_DUE = (
    select(OUTBOX)
    .where(
        OUTBOX.c.account == bindparam("account"),
        OUTBOX.c.state == OutboxState.QUEUED,
        OUTBOX.c.kind == bindparam("kind"),
        OUTBOX.c.not_before <= bindparam("now"),
    )
    .order_by(OUTBOX.c.id)
    .limit(bindparam("most"))
)
_TARGET = func.coalesce(OUTBOX.c.room, OUTBOX.c.contact, "")
_DUE_ELSEWHERE = _DUE.where(bindparam("besides") != _TARGET)
_BEGIN = (
    update(OUTBOX)
    .where(OUTBOX.c.id == bindparam("at_id"), OUTBOX.c.state == OutboxState.QUEUED)
    .values(state=OutboxState.SENDING, attempts=OUTBOX.c.attempts + 1)
    .returning(OUTBOX.c.id)
)
_SETTLE = (
    update(OUTBOX)
    .where(OUTBOX.c.id == bindparam("at_id"), one_of(OUTBOX.c.state, OPEN))
    .values({name: bindparam(name) for name in ("state", "settled_at", "platform_id")})
)
_RECEIPT = (
    select(OUTBOX.c.id)
    .where(
        OUTBOX.c.account == bindparam("account"),
        (OUTBOX.c.room == bindparam("target"))
        | (OUTBOX.c.room.is_(None) & (OUTBOX.c.contact == bindparam("target"))),
        OUTBOX.c.text == bindparam("text"),
        one_of(OUTBOX.c.state, OPEN),
        OUTBOX.c.queued_at >= bindparam("since"),
    )
    .order_by(OUTBOX.c.id)
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A message to be sent: to a room, mentioning a person, or to a person directly.

    ``key`` is unique for ever: the same key is queued once. ``photo`` names a
    stored photo of ``village``.
    """

    key: str
    account: str
    room: str | None
    contact: str | None
    text: str
    kind: str = "reply"
    mention: str | None = None
    village: int | None = None
    photo: str | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A message of ours as stored."""

    id: int
    draft: Draft
    state: OutboxState
    queued_at: datetime
    not_before: datetime
    attempts: int
    settled_at: datetime | None
    relayed_by: int | None = None


class Outbox:
    """The outbox repository; every method runs inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._may_go: Callable[[Draft], bool] | None = None
        self._begun: list[Letter] = []

    def let_go(self, may_go: Callable[[Draft], bool]) -> None:
        """From now on begin at once what is put and ``may_go``: queued and begun in one row."""
        self._may_go = may_go

    @property
    def begun(self) -> tuple[Letter, ...]:
        """What was begun as it was put, in order; the caller sends it after the commit."""
        return tuple(self._begun)

    def put(
        self,
        draft: Draft,
        *,
        at: datetime,
        not_before: datetime | None = None,
        state: OutboxState = OutboxState.QUEUED,
    ) -> bool:
        """Queue a message; False when its key was queued before."""
        goes = state is OutboxState.QUEUED and (not_before is None or not_before <= at)
        if goes and self._may_go is not None and self._may_go(draft):
            state = OutboxState.SENDING
        values = {
            "key": draft.key,
            "account": draft.account,
            "room": draft.room,
            "contact": draft.contact,
            "mention": draft.mention,
            "kind": draft.kind,
            "text": draft.text,
            "village": draft.village,
            "photo": draft.photo,
            "state": state,
            "queued_at": at,
            "not_before": not_before or at,
            "settled_at": at if state is OutboxState.SENT else None,
            "attempts": int(state is OutboxState.SENDING),
            "platform_id": "",
        }
        number = insert_numbered(self._connection, OUTBOX, values)
        if number is not None and state is OutboxState.SENDING:
            self._begun.append(Letter(number, draft, state, at, at, attempts=1, settled_at=None))
        return number is not None

    def due(
        self, account: str, *, now: datetime, limit: int, besides: Collection[str] = ()
    ) -> tuple[Letter, ...]:
        """Return queued messages that may go now, replies before notices, oldest first.

        ``besides`` are rooms and persons to leave out.
        """
        found: list[Row] = []
        for kind in KINDS:
            values = {"account": account, "kind": kind, "now": now, "most": limit - len(found)}
            found += self._due(values, tuple(besides))
        return tuple(letter_of(row) for row in found)

    def _due(self, values: dict[str, object], besides: tuple[str, ...]) -> Sequence[Row]:
        if not besides:
            return read(self._connection, _DUE, values)
        if len(besides) == 1:  # one busy room: the usual case when there is much to say
            return read(self._connection, _DUE_ELSEWHERE, {**values, "besides": besides[0]})
        query = _DUE.where(_TARGET.not_in(sorted(besides)))
        return rows(self._connection, query.params(values))

    def begin(self, ids: tuple[int, ...]) -> tuple[int, ...]:
        """Mark queued messages as being sent; return those that were still queued."""
        return tuple(x for x in ids if read(self._connection, _BEGIN, {"at_id": x}))

    def settle(
        self, letter: int, state: OutboxState, *, at: datetime, platform_id: str = ""
    ) -> None:
        """Write what became of a message being sent; a receipt that came first stands."""
        values = {"at_id": letter, "state": state, "settled_at": at, "platform_id": platform_id}
        run(self._connection, _SETTLE, values)

    def retry(self, letter: int, *, not_before: datetime, counts: bool = True) -> None:
        """Queue a message again that certainly did not go out; ``counts`` if it was tried."""
        self._connection.execute(
            update(OUTBOX)
            .where(OUTBOX.c.id == letter, OUTBOX.c.state == OutboxState.SENDING)
            .values(
                state=OutboxState.QUEUED,
                not_before=not_before,
                attempts=OUTBOX.c.attempts - (0 if counts else 1),
            )
        )

    def postpone(self, key: str, *, not_before: datetime) -> None:
        """Let a queued message go from an instant on."""
        self._connection.execute(
            update(OUTBOX)
            .where(OUTBOX.c.key == key, OUTBOX.c.state == OutboxState.QUEUED)
            .values(not_before=not_before)
        )

    def receipt(
        self, account: str, *, target: str, text: str, at: datetime, window: timedelta
    ) -> bool:
        """Take our own message as a receipt for the oldest like it of uncertain fate."""
        like = {"account": account, "target": target, "text": text, "since": at - window}
        found = read(self._connection, _RECEIPT, like)
        if not found:
            return False
        self.settle(found[0]["id"], OutboxState.SENT, at=at)
        return True

    def orphaned(self, account: str, *, at: datetime) -> int:
        """Mark what a dead process was sending as uncertain; return how many."""
        marked = self._connection.execute(
            update(OUTBOX)
            .where(OUTBOX.c.account == account, OUTBOX.c.state == OutboxState.SENDING)
            .values(state=OutboxState.UNCERTAIN, settled_at=at)
        )
        return int(marked.rowcount)

    def recent(self, account: str, *, since: datetime) -> tuple[tuple[str, datetime], ...]:
        """Return targets and instants of what went out, for the pace."""
        query = (
            select(OUTBOX.c.room, OUTBOX.c.contact, OUTBOX.c.settled_at)
            .where(OUTBOX.c.account == account, OUTBOX.c.settled_at >= since)
            .order_by(OUTBOX.c.settled_at)
            .limit(200)
        )
        return tuple((r or c or "", at) for r, c, at in self._connection.execute(query))

    def to(self, contact: Contact, *, after: int, limit: int) -> tuple[Letter, ...]:
        """Return what was said to a contact directly after an id, oldest first."""
        query = (
            select(OUTBOX)
            .where(
                OUTBOX.c.account == contact.account,
                OUTBOX.c.contact == contact.id,
                OUTBOX.c.id > after,
                (OUTBOX.c.text != "") | OUTBOX.c.photo.is_not(None),
            )
            .order_by(OUTBOX.c.id.desc())
            .limit(limit)
        )
        return tuple(letter_of(row) for row in reversed(rows(self._connection, query)))

    def oldest_waiting(self, account: str) -> datetime | None:
        """Return since when the oldest message of an account that may go waits."""
        query = select(func.min(OUTBOX.c.not_before)).where(
            OUTBOX.c.account == account, OUTBOX.c.state.in_(WAITING)
        )
        found: datetime | None = self._connection.execute(query).scalar()
        return found

    def is_known(self, key: str) -> bool:
        """Return whether something was queued under a key, whatever became of it."""
        return first(self._connection, OUTBOX, key=key) is not None

    def has_noticed(self, account: str, room: str, *, since: datetime) -> bool:
        """Return whether a notice to a room is to go, or went, since an instant."""
        query = select(func.count()).where(
            OUTBOX.c.account == account,
            OUTBOX.c.room == room,
            OUTBOX.c.kind == "notice",
            OUTBOX.c.key.startswith("notice:"),
            OUTBOX.c.not_before >= since,
        )
        return bool(self._connection.execute(query).scalar_one())

    def counts(self) -> dict[str, int]:
        """Return how many messages are in each state."""
        query = select(OUTBOX.c.state, func.count()).group_by(OUTBOX.c.state)
        return {state: int(count) for state, count in self._connection.execute(query)}


def letter_of(row: Row) -> Letter:
    """Return the message that a row holds."""
    draft = Draft(
        key=row["key"],
        account=row["account"],
        room=row["room"],
        contact=row["contact"],
        text=row["text"],
        kind=row["kind"],
        mention=row["mention"],
        village=row["village"],
        photo=row["photo"],
    )
    return Letter(
        row["id"],
        draft,
        OutboxState(row["state"]),
        row["queued_at"],
        row["not_before"],
        row["attempts"],
        row["settled_at"],
        row["relayed_by"],
    )
