"""From a message id to a ``Message``: load, name, take the mention out (读消息)."""

import asyncio
from collections.abc import Callable

from bot.gateways.message import Message, MessageKind
from bot.gateways.supervisor import Clock, Timing
from bot.gateways.wechaty_client import CallFailed, PuppetClient
from bot.gateways.wechaty_names import NameBook, Names
from bot.gateways.wechaty_payload import (
    HIGHEST_MESSAGE_TYPE,
    Payload,
    has_mention_mark,
    instant_of,
    kind_of,
    recalled_id_of,
    take_out_mention,
)

Line = Callable[[], PuppetClient]


class Reader:
    """Reads messages for one account.

    Args:
        account: The name of the account, such as ``wechaty:bot``.
        line: Returns the client of the moment, or raises ``Unreached``.
        clock: Stands in for a time stamp that is missing.
        timing: Deadlines and the pauses between tries.
    """

    def __init__(self, account: str, *, line: Line, clock: Clock, timing: Timing) -> None:
        self._account = account
        self._line = line
        self._clock = clock
        self._timing = timing
        self._own_ids: set[str] = set()
        self._own_id = ""
        self.names = NameBook(self._look_up)
        self.unknown_messages = 0

    def is_me(self, own_id: str) -> None:
        """Learn our own id, which web puppets change at each login."""
        self._own_id = own_id
        self._own_ids.add(own_id)

    def is_own(self, payload: Payload) -> bool:
        """Say whether we sent this ourselves."""
        return payload.talker in self._own_ids

    async def load(self, message_id: str) -> Payload:
        """Load a message, trying again after each pause.

        Raises:
            CallFailed: The last try failed too.
        """
        for pause in self._timing.payload_pauses:
            try:
                return await self._line().message(message_id, self._timing.call_deadline)
            except CallFailed:
                await asyncio.sleep(pause)
        return await self._line().message(message_id, self._timing.call_deadline)

    async def message_of(self, payload: Payload) -> Message:
        """Turn a payload of somebody else into a message."""
        if not 0 <= payload.type <= HIGHEST_MESSAGE_TYPE:
            self.unknown_messages += 1
        kind = kind_of(payload.type)
        room = payload.room or None
        names = await self.names.find(room, payload.talker)
        text, is_mentioned = "", False
        if kind is MessageKind.TEXT:
            text, is_mentioned = await self._words(payload, room)
        return Message(
            account=self._account,
            id=payload.id,
            kind=kind,
            person=payload.talker,
            person_name=names.shown,
            room=room,
            sent_at=instant_of(payload.timestamp, fallback=self._clock()),
            text=text,
            is_mentioned=is_mentioned,
            recalled_id=recalled_id_of(payload.text) if kind is MessageKind.RECALL else None,
        )

    async def _words(self, payload: Payload, room: str | None) -> tuple[str, bool]:
        is_named_by_id = not self._own_ids.isdisjoint(payload.mentions)
        if not has_mention_mark(payload.text):
            return payload.text.strip(), is_named_by_id
        own = await self.names.find(room, self._own_id) if self._own_id else Names()
        return take_out_mention(
            payload.text, names=(own.alias, own.nickname), is_named_by_id=is_named_by_id
        )

    async def _look_up(self, room: str | None, person: str) -> Names:
        seconds = self._timing.name_deadline
        if room is not None:
            try:
                alias, nickname = await self._line().member_names(room, person, seconds)
            except CallFailed:
                alias = nickname = ""
            if alias or nickname:
                return Names(alias, nickname)
        return Names(nickname=await self._line().contact_name(person, seconds))
