"""The carrier: hands queued messages to a gateway, photos with them."""

import asyncio
from dataclasses import dataclass

from bot.gateways.message import Gateway, Outgoing, SendFailed, SendUncertain
from schedules.carrying import Undelivered, Unknown
from storage.outbox import Draft
from storage.photo_store import PhotoStore
from storage.vault import VaultAway


@dataclass(frozen=True, slots=True)
class GatewayCarrier:
    """Carries drafts over one gateway."""

    gateway: Gateway
    photos: PhotoStore

    @property
    def is_up(self) -> bool:
        """Whether the gateway is connected."""
        return self.gateway.is_up

    async def carry(self, draft: Draft, *, text: str, mentions: tuple[str, ...]) -> str:
        """Send a draft's words or photo.

        Raises:
            Undelivered: Nothing went out.
            Unknown: It may have gone out.
        """
        photo = None
        if draft.photo:
            try:
                photo = await asyncio.to_thread(self.photos.read_for_sending, draft.photo)
            except VaultAway as error:
                raise Undelivered from error
        person = None if draft.room else draft.contact
        try:
            return await self.gateway.send(Outgoing(draft.room, person, text, mentions, photo))
        except SendUncertain as error:
            raise Unknown from error
        except SendFailed as error:
            raise Undelivered from error
