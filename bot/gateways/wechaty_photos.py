"""Photos of the Wechaty gateway, fetched while their message is written down (取照片)."""

import asyncio
from typing import Final

from bot.gateways.message import PhotoGone
from bot.gateways.supervisor import Timing
from bot.gateways.wechaty_client import CallFailed
from bot.gateways.wechaty_reader import Line

PHOTO_BYTES: Final = 25_000_000
IMAGE_ARTWORK, IMAGE_HD = 3, 2
AHEAD_MOST: Final = 4
"""So many photos may wait in memory; further ones are fetched when they are asked for."""


class Photos:
    """Fetches a photo when it is asked for, or a little before.

    Args:
        line: Returns the client of the moment, or raises ``Unreached``.
        timing: How long a photo may take.
    """

    def __init__(self, *, line: Line, timing: Timing) -> None:
        self._line = line
        self._timing = timing
        self._ahead: dict[str, asyncio.Task[bytes]] = {}

    def begin(self, message_id: str) -> None:
        """Begin to fetch what will be asked for soon."""
        if len(self._ahead) < AHEAD_MOST and message_id not in self._ahead:
            self._ahead[message_id] = asyncio.create_task(self._fetch(message_id))

    async def get(self, message_id: str) -> bytes:
        """Return the largest version that there is; what failed too early is fetched again.

        Raises:
            PhotoGone: The platform does not have it (any more), or it is over 25 MB.
        """
        early = self._ahead.pop(message_id, None)
        if early is not None:
            try:
                await asyncio.wait([early])
            finally:
                early.cancel()  # where we were cancelled: nobody else asks for it
            if not early.cancelled() and early.exception() is None:
                return early.result()
        return await self._fetch(message_id)

    def drop(self, message_id: str) -> None:
        """Give up what nobody will ask for."""
        early = self._ahead.pop(message_id, None)
        if early is not None:
            early.cancel()

    def close(self) -> None:
        """Give up everything."""
        for message_id in list(self._ahead):
            self.drop(message_id)

    async def _fetch(self, message_id: str) -> bytes:
        reason = "empty"
        for image_type in (IMAGE_ARTWORK, IMAGE_HD):
            try:
                found = await self._line().image(
                    message_id,
                    image_type,
                    self._timing.photo_deadline,
                    silence=self._timing.photo_silence,
                    limit=PHOTO_BYTES,
                )
            except CallFailed as error:
                reason = error.reason
                continue
            if found:
                return found
        raise PhotoGone(reason)
