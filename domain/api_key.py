"""Keys of the district's platform (接口密钥): what one may read, where, and until when."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

SECRET_BYTES: Final = 32
_WRITTEN: Final = re.compile(r"jifen_([1-9][0-9]{0,8})_[A-Za-z0-9_-]{43}")


class Scope(StrEnum):
    """What a key may read."""

    VILLAGES = "villages:read"
    PARTICIPATION = "participation:read"
    TOTALS = "totals:read"
    REPORT = "report:read"


class KeyState(StrEnum):
    """How a key stands on a day."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as it is kept: its keyed fingerprint, never itself.

    ``town`` is None for a key that reads every town; ``until`` is the last day
    on which it opens anything, None for no end.
    """

    number: int
    name: str
    digest: str
    scopes: frozenset[Scope]
    town: str | None
    until: date | None
    created_at: datetime
    revoked_at: datetime | None = None
    last_used_on: date | None = None

    def state(self, today: date) -> KeyState:
        """Return whether it opens anything on a day; a revoked one is called revoked."""
        if self.revoked_at is not None:
            return KeyState.REVOKED
        is_over = self.until is not None and today > self.until
        return KeyState.EXPIRED if is_over else KeyState.VALID

    def reads(self, town: str) -> bool:
        """Return whether a town's villages are within its bounds."""
        return self.town is None or self.town == town


def new_key(number: int) -> str:
    """Return a fresh key of 256 random bits; its number stands in it, to be found by."""
    return f"jifen_{number}_{secrets.token_urlsafe(SECRET_BYTES)}"


def number_in(key: str) -> int | None:
    """Return the number that stands in a key; None for what is no key at all."""
    found = _WRITTEN.fullmatch(key)
    return int(found[1]) if found else None


def fingerprint(secret: bytes, key: str) -> str:
    """Return what is stored of a key: its keyed digest, 64 hex digits."""
    return hmac.new(secret, b"api-key:" + key.encode(), hashlib.sha256).hexdigest()
