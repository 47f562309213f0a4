"""The uploads (上传): photos on their way, which nobody but the worker needs, and not for long."""

import asyncio
from collections.abc import Iterable
from typing import Protocol

from storage.mail import OPEN
from storage.performer import Perform
from storage.unit_of_work import Books


class Uploads(Protocol):
    """Keeps uploaded photos until they are worked off."""

    def put(self, message_id: str, content: bytes) -> None:
        """Keep the bytes durably."""

    def get(self, message_id: str) -> bytes | None:
        """Return the bytes, None when there are none."""

    def drop(self, message_id: str) -> None:
        """Forget the bytes."""


async def drop_unneeded(
    uploads: Uploads, perform: Perform, account: str, message_ids: Iterable[str]
) -> None:
    """Forget the bytes of messages that nobody works off: refused ones, and those done before."""
    ids = tuple(message_ids)

    def waiting(books: Books) -> frozenset[str]:
        return frozenset(one for one in ids if books.inbox.state(account, one) in OPEN)

    needed = await perform(waiting)
    for one in ids:
        if one not in needed:
            await asyncio.to_thread(uploads.drop, one)
