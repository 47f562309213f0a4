"""An intake that writes down everything it hears, for the tests of gateways."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from bot.gateways.message import Message, MessageKind

PATIENCE_SECONDS = 20.0


class RecordingIntake:
    """Keeps messages, echoes and outages in the order in which they came."""

    def __init__(self) -> None:
        self.accounts: set[str] = set()
        self.announcements: list[str] = []
        self.messages: list[Message] = []
        self.lost: list[str] = []
        self.echoes: list[tuple[str, str, str]] = []
        self.outages: list[tuple[datetime, datetime]] = []
        self.broken_announcements = 0
        self.is_ordered = False
        self.may_announce = asyncio.Event()
        self.may_announce.set()
        self._seen: set[tuple[str, str]] = set()
        self._news = asyncio.Event()

    def expects_photo(self, account: str, room: str | None, person: str) -> bool:
        return False

    async def announced(self, account: str, message_id: str) -> bool:
        await self.may_announce.wait()
        if self.broken_announcements:
            self.broken_announcements -= 1
            raise OSError("no storage")
        self.announcements.append(message_id)
        is_new = (account, message_id) not in self._seen
        self._seen.add((account, message_id))
        self._news.set()
        return is_new

    async def received(self, message: Message) -> None:
        self.messages.append(message)
        self._news.set()

    async def unreadable(self, account: str, message_id: str) -> None:
        self.accounts.add(account)
        self.lost.append(message_id)
        self._news.set()

    async def echoed(self, account: str, *, target: str, text: str, message_id: str) -> None:
        self.accounts.add(account)
        self.echoes.append((target, text, message_id))
        self._news.set()

    async def reconnected(self, account: str, *, down_from: datetime, down_to: datetime) -> None:
        self.accounts.add(account)
        self.outages.append((down_from, down_to))
        self._news.set()

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.messages if message.kind is MessageKind.TEXT]

    async def until(self, condition: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> None:
        """Wait until something is true; looks at every piece of news and every 50 ms."""
        async with asyncio.timeout(seconds):
            while not condition():
                self._news.clear()
                try:
                    async with asyncio.timeout(0.05):
                        await self._news.wait()
                except TimeoutError:
                    continue
