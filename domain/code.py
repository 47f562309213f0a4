"""Codes on slips and invitations (绑定码): 50 bits in letters that are hard to confuse."""

import hashlib
import hmac
import secrets
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's 32 letters: no I, L, O, U. ``O`` is read as 0, ``I`` and ``L`` as 1."""
LENGTH: Final = 10
_READ_AS: Final = str.maketrans("OIL", "011", "- ")


def new_code() -> str:
    """Return a random code of 50 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def derived_code(secret: bytes, *parts: object) -> str:
    """Return the code that belongs to ``parts`` under a secret: always the same one.

    A household's slip can so be printed again without the code being stored.
    """
    digest = hmac.new(secret, repr(parts).encode(), hashlib.sha256).digest()
    number = int.from_bytes(digest[:8], "big")
    return "".join(ALPHABET[(number >> (5 * i)) & 31] for i in range(LENGTH))


def canonical(written: str) -> str:
    """Return a code as typed by people in its one form: upper case, no hyphens or spaces."""
    return written.upper().translate(_READ_AS)


def shown(code: str) -> str:
    """Return a code as printed: two groups of five."""
    return f"{code[:5]}-{code[5:]}"


def digest(secret: bytes, code: str) -> str:
    """Return what is stored of a code: its keyed digest, 64 hex digits."""
    return hmac.new(secret, b"code:" + canonical(code).encode(), hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Compare two digests in constant time."""
    return hmac.compare_digest(one, other)
