"""The relay (代转): what people carry by hand while no account of ours does it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.refusal import Refusal

HAND: Final = "hand"
"""The account of rooms and people that no platform of ours reaches."""
AWAY_AFTER: Final = timedelta(minutes=10)
GONE_AFTER: Final = timedelta(days=1)
UNDO_WITHIN: Final = timedelta(minutes=30)
"""How long a tick may be taken back: who ticked the wrong letter notices soon."""
LATE_MAX: Final = timedelta(days=7)
_PREFIX: Final = f"{HAND}:"


class OwnWordOnly(Refusal):
    """It is for the person alone to say; nobody says it in their name."""


class SaidWhen(Refusal):
    """What was said in a room was not said in the future, and not more than a week ago."""


@dataclass(frozen=True, slots=True)
class Silence:
    """An account that carries nothing, and since when; by hand from the start has no instant."""

    account: str
    since: datetime | None


def is_away(down_since: datetime | None, *, now: datetime) -> bool:
    """Return whether an account has carried nothing for ten minutes.

    ``down_since`` is when it was last known to be up, None if it never was.
    """
    return down_since is None or now - down_since >= AWAY_AFTER


def is_gone(down_since: datetime | None, *, now: datetime) -> bool:
    """Return whether an account has been away so long that its rooms may be given up: a day."""
    return down_since is None or now - down_since >= GONE_AFTER


def silences(seen: Mapping[str, datetime | None], *, now: datetime) -> tuple[Silence, ...]:
    """Return which accounts are away, by name: what waits for them is carried by hand.

    Args:
        seen: When each account was last known to be up.
        now: An aware instant.

    """
    away = (Silence(account, since) for account, since in sorted(seen.items()))
    return tuple(one for one in away if is_away(one.since, now=now))


def check_said(sent_at: datetime, *, now: datetime) -> None:
    """Refuse an instant at which a message cannot have been said.

    Raises:
        SaidWhen: It lies ahead, or more than seven days back.

    """
    if not now - LATE_MAX <= sent_at <= now:
        raise SaidWhen


def hand_contact(village: int, who: str) -> str:
    """Return the contact of somebody who is reached by hand alone: ``hand:3:p12``.

    ``who`` tells people of one village apart.
    """
    return f"{_PREFIX}{village}:{who}"


def person_by_hand(contact: str) -> int | None:
    """Return the person of a contact reached by hand; None for somebody nobody knows."""
    _, _, who = contact.rpartition(":")
    return int(who[1:]) if who[:1] == "p" and who[1:].isdecimal() else None


def is_by_hand(contact: str | None) -> bool:
    """Return whether a contact is reached by hand alone."""
    return contact is not None and contact.startswith(_PREFIX)
