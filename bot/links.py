"""Signed links (登录链接): short-lived, for one person, opened once."""

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

LINK_KEPT: Final = timedelta(minutes=10)
LOGIN: Final = "link"
REPORT: Final = "report"
"""What a link is for: one made for the files opens nothing else, nor the other way round."""


@dataclass(frozen=True, slots=True)
class Link:
    """Who a link logs in; ``digest`` names the link so that it is used once."""

    village: int
    person: int
    digest: str


def sign(
    secret: bytes,
    *,
    village: int,
    person: int,
    now: datetime,
    purpose: str = LOGIN,
) -> str:
    """Return a token that logs a person in within ten minutes."""
    until = int((now + LINK_KEPT).timestamp())
    body = json.dumps([village, person, until, secrets.token_hex(8)]).encode()
    return f"{_text(body)}.{_text(_mac(secret, body, purpose))}"


def read(secret: bytes, token: str, *, now: datetime, purpose: str = LOGIN) -> Link | None:
    """Return who a token logs in; None when it is forged, malformed, out of date or for else."""
    try:
        body, mac = (base64.urlsafe_b64decode(part + "==") for part in token.split("."))
        if not hmac.compare_digest(mac, _mac(secret, body, purpose)):
            return None
        village, person, until, _ = json.loads(body)
    except (ValueError, TypeError):
        return None
    if now.timestamp() > until:
        return None
    return Link(village, person, hashlib.sha256(body).hexdigest())


def _mac(secret: bytes, body: bytes, purpose: str) -> bytes:
    return hmac.new(secret, f"{purpose}:".encode() + body, hashlib.sha256).digest()


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
