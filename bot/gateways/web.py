"""The web page as a gateway: always up, its outbox is what the page shows."""

import asyncio
from collections.abc import Callable

from bot.gateways.message import Intake, Outgoing, PhotoGone
from bot.gateways.web_spool import Spool


class WebGateway:
    """Speaks to the chat page; a message is delivered once it is in the database.

    ``notify`` makes the open pages of a contact look for new lines.
    """

    account = "web"

    def __init__(self, spool: Spool, notify: Callable[[str], None]) -> None:
        self._spool = spool
        self._notify = notify

    @property
    def is_up(self) -> bool:
        """Whether messages flow; there is no platform that could be away."""
        return True

    async def run(self, intake: Intake) -> None:  # noqa: ARG002 - the page submits by itself
        """Wait until cancelled."""
        await asyncio.Event().wait()

    async def send(self, outgoing: Outgoing) -> str:
        """Tell the person's open pages to look; there is no platform id."""
        if outgoing.person is not None:
            self._notify(outgoing.person)
        return ""

    async def photo(self, message_id: str) -> bytes:
        """Return an uploaded photo.

        Raises:
            PhotoGone: The upload is not there (any more).
        """
        content = await asyncio.to_thread(self._spool.get, message_id)
        if content is None:
            raise PhotoGone(message_id)
        return content
