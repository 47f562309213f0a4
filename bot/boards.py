"""The address of a village's notice board (公示栏): public to whoever has it, not to be guessed."""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import Final

from bot.commands.case import Tools

_NAME: Final = re.compile(r"([1-9]\d{0,8})-([a-z2-7]{16})", re.ASCII)
_KEY_BYTES: Final = 10
"""80 bits: sixteen letters."""


def board_path(secret: bytes, village: int) -> str:
    """Return the path of a village's notice board; the same for ever with the same secret."""
    return f"/v/{village}-{_key(secret, village)}"


@dataclass(frozen=True, slots=True)
class Boards:
    """The addresses of all boards; ``is_reachable`` says whether people can open ``site``."""

    site: str
    secret: bytes
    is_reachable: bool

    def address(self, village: int) -> str:
        """Return the address that people are told, "" while the site has none they can open."""
        return f"{self.site}{board_path(self.secret, village)}" if self.is_reachable else ""


def board_of(tools: Tools, village: int) -> str:
    """Return the address that people are told, as the tools of an act know it."""
    return Boards(tools.site, tools.secret, tools.is_reachable).address(village)


def village_in(secret: bytes, name: str) -> int | None:
    """Return the village that the last part of a board's path names; None if it is no board."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    village = int(found[1])
    return village if hmac.compare_digest(found[2], _key(secret, village)) else None


def _key(secret: bytes, village: int) -> str:
    mac = hmac.new(secret, f"board:{village}".encode(), hashlib.sha256).digest()
    return base64.b32encode(mac[:_KEY_BYTES]).decode().lower()
