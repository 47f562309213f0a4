"""A message that was announced: its row, its content, and how it is handed on (新消息)."""

import asyncio
from collections.abc import Callable
from functools import partial

from bot.gateways.arrivals import Deliver
from bot.gateways.message import Intake, Message, MessageKind
from bot.gateways.wechaty_client import CallFailed
from bot.gateways.wechaty_payload import Payload, kind_of, without_mention_prefix
from bot.gateways.wechaty_photos import Photos
from bot.gateways.wechaty_reader import Reader
from schedules.logs import Log

log = Log(__name__)


class Newcomers:
    """Prepares what an account is told of: each message once, our own as receipts.

    Args:
        account: The gateway's account.
        reader: Loads messages.
        photos: Fetches their pictures ahead.
        is_alone: Whether no other message is under way.
    """

    def __init__(
        self, account: str, *, reader: Reader, photos: Photos, is_alone: Callable[[], bool]
    ) -> None:
        self.account = account
        self._is_alone = is_alone
        self._reader = reader
        self._photos = photos

    async def prepare(self, intake: Intake, message_id: str) -> Deliver | None:
        """Announce and load one message; returns how to hand it on when its turn comes.

        Loading, which changes nothing, begins while the durable row is written.
        Nothing is handed on before that row is, unless all that comes of it is
        written behind the row: then a second event of one message changes nothing either.
        In a crowd the row is waited for: many are then written together.
        """
        announcing = asyncio.ensure_future(intake.announced(self.account, message_id))
        try:
            payload = await self._load(intake, message_id)
        except CallFailed as error:
            if not await announcing:
                return None
            log.warning("gateway.unreadable", account=self.account, reason=error.reason)
            return partial(intake.unreadable, self.account, message_id)
        except BaseException:
            announcing.cancel()
            raise
        is_own = self._reader.is_own(payload)
        may_go = intake.is_ordered and self._is_alone() and not is_own
        if (announcing.done() or not may_go) and not await self._is_new(message_id, announcing):
            return None
        if is_own:
            target, text = payload.room or payload.listener, without_mention_prefix(payload.text)
            return partial(
                intake.echoed, self.account, target=target, text=text, message_id=message_id
            )
        return partial(self._hand_on, intake, await self._reader.message_of(payload), announcing)

    async def _is_new(self, message_id: str, announcing: "asyncio.Future[bool]") -> bool:
        """Return whether the row is the message's first; if not, its picture is not kept."""
        is_new = False
        try:
            is_new = await announcing
        finally:
            if not is_new:
                self._photos.drop(message_id)
        return is_new

    @staticmethod
    async def _hand_on(
        intake: Intake, message: Message, announcing: "asyncio.Future[bool]"
    ) -> None:
        """Hand a message on, and hear of it if its row could not be written."""
        await intake.received(message)
        await announcing

    async def _load(self, intake: Intake, message_id: str) -> Payload:
        payload = await self._reader.load(message_id)
        is_photo = kind_of(payload.type) is MessageKind.PHOTO
        if is_photo and intake.expects_photo(self.account, payload.room or None, payload.talker):
            self._photos.begin(message_id)
        return payload
