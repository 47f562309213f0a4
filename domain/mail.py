"""Mail (收发): how far a message in got, and what is known of a message out."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, TypeVar


class InboxState(StrEnum):
    """How far a message got."""

    ANNOUNCED = "announced"
    RECEIVED = "received"
    DONE = "done"
    DUPLICATE = "duplicate"
    LOST = "lost"


class InboxAction(StrEnum):
    """What happens to a message in."""

    SETTLE = "settle"
    SKIP = "skip"
    LOSE = "lose"


INBOX_STEPS: Final = {
    (InboxState.ANNOUNCED, InboxAction.SETTLE): InboxState.DONE,
    (InboxState.RECEIVED, InboxAction.SETTLE): InboxState.DONE,
    (InboxState.ANNOUNCED, InboxAction.SKIP): InboxState.DUPLICATE,
    (InboxState.RECEIVED, InboxAction.SKIP): InboxState.DUPLICATE,
    (InboxState.ANNOUNCED, InboxAction.LOSE): InboxState.LOST,
}
"""A message is announced by its id or received whole, and settled once."""


class OutboxState(StrEnum):
    """What is known about a message of ours."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    DEAD = "dead"
    RELAYED = "relayed"


class OutboxAction(StrEnum):
    """What happens to a message out."""

    BEGIN = "begin"
    CONFIRM = "confirm"
    DOUBT = "doubt"
    RETRY = "retry"
    BURY = "bury"
    RELAY = "relay"
    TAKE_BACK = "take-back"


OUTBOX_STEPS: Final = {
    (OutboxState.QUEUED, OutboxAction.BEGIN): OutboxState.SENDING,
    (OutboxState.SENDING, OutboxAction.CONFIRM): OutboxState.SENT,
    (OutboxState.SENDING, OutboxAction.DOUBT): OutboxState.UNCERTAIN,
    (OutboxState.SENDING, OutboxAction.RETRY): OutboxState.QUEUED,
    (OutboxState.SENDING, OutboxAction.BURY): OutboxState.DEAD,
    (OutboxState.UNCERTAIN, OutboxAction.CONFIRM): OutboxState.SENT,
    (OutboxState.QUEUED, OutboxAction.RELAY): OutboxState.RELAYED,
    (OutboxState.DEAD, OutboxAction.RELAY): OutboxState.RELAYED,
    (OutboxState.RELAYED, OutboxAction.TAKE_BACK): OutboxState.QUEUED,
}
"""Only what certainly did not go out is queued again; what is in doubt is never sent twice.

For the same reason a person relays (代发) only what certainly did not go out, and
what they relayed no account sends, unless they take back that they did."""

S = TypeVar("S", bound=StrEnum)
A = TypeVar("A", bound=StrEnum)


def states_before(table: Mapping[tuple[S, A], S], action: A) -> tuple[S, ...]:
    """Return the states from which an action is offered, in the order of the table."""
    return tuple(state for state, offered in table if offered is action)
